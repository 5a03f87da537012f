"""The parse: the base model's batched run, sentence boundaries, token columns, the extractor's identity."""
