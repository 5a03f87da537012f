"""The store: sources, texts, facts, search, reviews, and the ingest engine that fills it."""
