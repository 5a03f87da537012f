"""Looking for things: lists, searches, kept searches, lists of names."""
