"""Base types of the readers: what a format's reader takes and returns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from briefing.model.source import Aside, Box, Format, PageKind

MAX_CHARS: Final = 20_000_000
"""Of the text of one source, whatever its format."""


class Refused(Exception):
    """Bytes that cannot be read as a format; the message is a sentence about them, beginning with its verb."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its format states it; null where it does not. Strings may be unsafe and span lines.

    ``pages`` are offsets into ``text``, which must hold no carriage return then, with what each is called.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: datetime | date | None = None
    language: str | None = None
    pages: tuple[tuple[int, str], ...] = ()
    page_kind: PageKind = "page"
    scanned: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)
    """Which of the pages, counted from zero, were recognised in pictures, with where their words stand."""
    encoding: str = "utf-8"
    """Of formats that are not text as a whole: what the text in them is in."""
    published_from: str | None = None
    """Where ``published`` was read, in a few words."""
    published_inferred: bool = False
    made: datetime | date | None = None
    """When the file was made, by its own account: never when it was published."""
    message_id: str | None = None
    replies_to: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    """Offsets into ``text``, which must hold no carriage return then."""
    lost: tuple[str, ...] = ()
    """What the file holds and ``text`` does not, a sentence each: shown as warnings of the source."""


@dataclass(frozen=True, slots=True)
class Part:
    """A source in a file that holds several, or the reason why there is none."""

    name: str
    """Within the file; empty for what the file is itself, as a mail message is before its attachments."""
    data: bytes
    """Its original bytes, from which its id is made."""
    format: Format | None = None
    document: Document | None = None
    """Where the part has been read along with the whole; else it is read from ``data``."""
    refused: str | None = None
    passed_over: str | None = None
    """Of a part that is of no kind that is read: what it is, in a few words."""


class Wordless(Refused):
    """A file of a kind that is read, in which there is nothing to read: a picture without words."""


def limited(paragraphs: Iterable[str]) -> Iterator[str]:
    """The paragraphs, up to the most characters that a source may have. Raises :class:`Refused` behind them."""
    size = 0
    for paragraph in paragraphs:
        size += len(paragraph)
        if size > MAX_CHARS:
            raise Refused(f"holds more than {MAX_CHARS:,} characters of text; split it")
        yield paragraph


def _undeclared(data: bytes) -> str | None:  # noqa: ARG001 - the signature is the contract
    """Most formats do not name their encoding."""
    return None


@dataclass(frozen=True, slots=True)
class Reader:
    """Describes a text format: its name, suffixes, how it is recognised and read."""

    format: Format
    suffixes: tuple[str, ...]
    """Lower case, with the dot."""
    looks_like: Callable[[bytes], bool]
    """Whether bytes without a telling file name are of this format."""
    read: Callable[[str], Document]
    """Takes decoded, cleaned text."""
    declared: Callable[[bytes], str | None] = _undeclared
    """The encoding that the bytes themselves name."""
    certain: bool = False
    """Whether bytes that look like it are of it, whatever the file's name says."""


@dataclass(frozen=True, slots=True)
class BytesReader:
    """Describes a format that takes more than decoding its bytes: how it is recognised and read."""

    format: Format
    suffixes: tuple[str, ...]
    looks_like: Callable[[bytes], bool]
    """Whether bytes begin as no other format does; that counts for more than a file's name."""
    read: Callable[[bytes], Document]
    """Raises :class:`Refused`, and nothing else, where there is nothing to read."""
    packed: bool = False
    """Whether it is a zip file inside, so that its name is what tells it from an archive where the bytes do not."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Describes a file of several sources: how it is recognised and taken apart."""

    format: Format | None
    """None where the parts have formats of their own."""
    suffixes: tuple[str, ...]
    looks_like: Callable[[bytes], bool]
    parts: Callable[[bytes], Iterator[Part]]
    """Raises :class:`Refused`, and nothing else, also after some parts."""
    nests: bool = True
    """Whether what is in it counts as a level deeper."""
    large: bool = False
    """Whether it is taken apart piece by piece, so that it may be larger than memory; ``parts`` is given a map then."""
    certain: bool = False
    """Whether bytes that look like it are of it, whatever the file's name says."""
    wraps: bool = False
    """Whether it is one file packed: a part without a name is called as the file is, without its last suffix."""
