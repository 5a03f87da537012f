"""Passages that recall other events than their source's main one, and the events that these are joined into."""
