"""The reader: the Textual application."""
