"""Counts: numerals, what is counted, and who operates it."""
