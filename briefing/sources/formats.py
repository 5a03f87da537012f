"""The formats that can be read. A new one is a file of its own and its name in the list here."""

from pathlib import PurePath
from typing import Final

from briefing.model.source import Format
from briefing.sources import html, markdown, plain
from briefing.sources.document import Document, Reader

READERS: Final[tuple[Reader, ...]] = (html.READER, markdown.READER, plain.READER)
"""In the order in which content is tried; the last one takes any text."""

SUFFIXES: Final[frozenset[str]] = frozenset(suffix for reader in READERS for suffix in reader.suffixes)
"""What a folder is searched for, in lower case."""

__all__ = ["READERS", "SUFFIXES", "Document", "choose"]


def choose(path: str, data: bytes, format: Format | None = None) -> Reader:  # noqa: A002 - the field's word
    """The reader for ``data``: by the format asked for, else by the suffix of ``path``, else by the bytes."""
    suffix = PurePath(path).suffix.lower()
    for reader in READERS:
        if reader.format == format or (format is None and suffix in reader.suffixes):
            return reader
    return next(reader for reader in READERS if reader.looks_like(data))
