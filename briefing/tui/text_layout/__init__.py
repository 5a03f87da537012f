"""Text to screen lines: wrapping, grapheme cells, highlight layers."""
