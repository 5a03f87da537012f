"""Theme files, palettes, and switching between themes."""
