"""Bytes, files and folders to sources: decoding, cleaning to safe text, metadata. One file per format."""

from briefing.sources.discover import discover
from briefing.sources.reading import MAX_BYTES, read_bytes, read_file, source_id

__all__ = ["MAX_BYTES", "discover", "read_bytes", "read_file", "source_id"]
