"""Briefs and what is made of them: comparing, exporting, checking, verifying, taking over."""
