"""Documents of office programs: Word, OpenDocument, presentations, rich text."""
