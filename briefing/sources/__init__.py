"""Bytes, files and folders to sources: decoding, cleaning to safe text, metadata. One file per format."""
