"""The base model's batched run, sentence boundaries, token columns, text folding, the extractor's fingerprint."""
