"""Read bytes, files, folders and web addresses as sources: safe text and metadata. One file per format."""

from briefing.model.source import INSIDE
from briefing.sources.discover import discover
from briefing.sources.ocr.picture import picture_page
from briefing.sources.pdf.drawing import pdf_page
from briefing.sources.reading import (
    MAX_BYTES,
    holds_several,
    read_all,
    read_bytes,
    read_file,
    read_parts,
    source_id,
)
from briefing.sources.web import is_address, read_address

__all__ = [
    "INSIDE",
    "MAX_BYTES",
    "discover",
    "holds_several",
    "is_address",
    "pdf_page",
    "picture_page",
    "read_address",
    "read_all",
    "read_bytes",
    "read_file",
    "read_parts",
    "source_id",
]
