"""The SQLite store: connection, schema, rows, packed extractions, reviews, tags, files."""
