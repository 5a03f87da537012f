"""Textual's private parts, borrowed or replaced, each with its reason."""
