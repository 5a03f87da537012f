"""Bytes, files and folders to sources: decoding, cleaning to safe text, metadata. One file per format."""

from briefing.sources.discover import discover
from briefing.sources.reading import MAX_BYTES, read_all, read_bytes, read_file, read_parts, source_id

__all__ = ["MAX_BYTES", "discover", "read_all", "read_bytes", "read_file", "read_parts", "source_id"]
