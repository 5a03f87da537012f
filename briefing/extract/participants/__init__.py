"""Extract participants: actors of a document, their roles and whether they act."""
