"""Lay text out on the screen: wrapping, graphemes and their cells, highlight layers."""
