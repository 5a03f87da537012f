"""Counts of tables: rows, heads, titles and the numbers of cells."""
