"""What a format's reader yields, and how it is described to the rest of this room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from briefing.model.source import Format


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its format states it; null where it does not. Strings may be unsafe and span lines."""

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: datetime | date | None = None
    language: str | None = None


def _undeclared(data: bytes) -> str | None:  # noqa: ARG001 - the signature is the contract
    """Most formats do not name their encoding."""
    return None


@dataclass(frozen=True, slots=True)
class Reader:
    """How one format is recognised and read."""

    format: Format
    suffixes: tuple[str, ...]
    """Lower case, with the dot."""
    looks_like: Callable[[bytes], bool]
    """Whether bytes without a telling file name are of this format."""
    read: Callable[[str], Document]
    """Takes decoded, cleaned text."""
    declared: Callable[[bytes], str | None] = _undeclared
    """The encoding that the bytes themselves name."""
