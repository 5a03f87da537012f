"""Entities over all sources: cards, the user's edits, and what an edit changes."""
