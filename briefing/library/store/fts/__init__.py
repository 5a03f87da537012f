"""SQLite's full-text index as it lies in its tables."""
