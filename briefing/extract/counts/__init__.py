"""Extract counts: numerals, items, operators, asserters."""
