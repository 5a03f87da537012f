"""The formats that can be read. A new one is a file of its own and its name in the list here.

Other packages add theirs by an entry point in the group ``briefing.sources``: see :mod:`briefing.sources.plugins`.
"""

from functools import cache
from pathlib import PurePath
from typing import Final

from briefing.model.source import Format
from briefing.sources import archive, epub, feed, html, markdown, packed, plain, tape, web_archive
from briefing.sources.document import Bundle, BytesReader, Document, Reader
from briefing.sources.lists import links, references
from briefing.sources.mail import message, mhtml, outlook
from briefing.sources.ocr import picture
from briefing.sources.ocr.engine import available
from briefing.sources.office import docx, odt, pptx, rtf
from briefing.sources.pdf import reader as pdf
from briefing.sources.plugins import plugin_readers
from briefing.sources.said import subtitles, telegram, whatsapp
from briefing.sources.sheets import delimited, ods, xlsx
from briefing.sources.sheets import old as old_sheets

READERS: Final[tuple[Reader | BytesReader | Bundle, ...]] = (
    pdf.READER,
    docx.READER,
    xlsx.READER,
    pptx.READER,
    odt.READER,
    ods.READER,
    epub.READER,
    rtf.READER,
    old_sheets.READER,
    web_archive.READER,
    archive.READER,
    tape.READER,
    packed.READER,
    message.MONTH,
    links.READER,
    feed.READER,
    outlook.READER,
    telegram.READER,
    references.READER,
    subtitles.READER,
    whatsapp.READER,
    delimited.READER,
    mhtml.READER,
    message.BOX,
    message.READER,
    html.READER,
    markdown.READER,
    plain.READER,
)
"""In the order in which content is tried; the last one takes any text."""

OPENED: Final = frozenset({".json", ".xml", ".gz", ".bz2", ".xz"})
"""Suffixes of many kinds of files, of which some are read: in a folder those are told by their first bytes."""

__all__ = ["OPENED", "READERS", "Document", "can_be_read", "can_be_told", "choose", "readers", "suffixes"]


@cache
def readers() -> tuple[Reader | BytesReader | Bundle, ...]:
    """Our readers and those of other packages, in the order in which content is tried."""
    pictures = (picture.READER,) if available() else ()
    return (*READERS[:-1], *pictures, *plugin_readers(), READERS[-1])


@cache
def suffixes() -> frozenset[str]:
    """Suffixes of files that are read in folders, in lower case."""
    return frozenset(suffix for reader in readers() for suffix in reader.suffixes)


def choose(path: str, data: bytes, format: Format | None = None) -> Reader | BytesReader | Bundle:  # noqa: A002
    """Choose the reader of a file.

    Bytes that only one format begins with decide first, then the suffix, then what the bytes look like.

    Args:
        path: Name of the file or address.
        data: Its bytes, or the first of them.
        format: The format, where it is known; None to find out.
    """
    if format is not None:
        return next(reader for reader in readers() if reader.format == format)
    looking = next(reader for reader in readers() if reader.looks_like(data))
    suffix = PurePath(path).suffix.lower()
    named = next((reader for reader in readers() if suffix in reader.suffixes), None)
    if isinstance(looking, BytesReader) or named is None or looking.certain:
        return looking
    if looking is archive.READER:
        return named if isinstance(named, BytesReader) and named.packed else looking
    if isinstance(named, BytesReader) and looking is html.READER:  # an error page saved as a PDF
        return looking
    return named


def can_be_read(path: str, data: bytes) -> bool:
    """Whether a file found in a folder is one to read: by its suffix, or by bytes that only one format begins with.

    Args:
        path: Name of the file.
        data: Its first bytes.
    """
    return PurePath(path).suffix.lower() in suffixes() or can_be_told(data)


def can_be_told(data: bytes) -> bool:
    """Whether the bytes are of a format that is known by them alone."""
    return isinstance(next(reader for reader in readers() if reader.looks_like(data)), BytesReader | Bundle)
