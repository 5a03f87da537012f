"""Entities over all sources: cards, the user's edits, and the effect of an edit on the counters."""
