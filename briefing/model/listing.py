"""Rows of the source list, failures and totals: light, without a source's text."""

import re
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from briefing.model.safetext import SafeText


def as_json(row: NamedTuple) -> dict[str, Any]:
    """A row as JSON holds it: its fields by name, dates in ISO 8601."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row._asdict().items()}


class SourceRow(NamedTuple):
    """A source as a row of the list."""

    id: str
    path: SafeText
    title: SafeText
    publisher: SafeText | None
    published: datetime | date | None
    words: int
    counts: int
    participants: int
    quotes: int
    warnings: tuple[SafeText, ...] = ()
    read: bool = False
    reviewed: bool = False
    pinned: bool = False
    tags: tuple[SafeText, ...] = ()
    gone: bool = False
    """Whether its file was deleted from a watched folder."""
    newer: str | None = None
    """Id of the source that its file became when it was changed."""
    note: SafeText | None = None
    """What its reader wrote on it."""


class Note(NamedTuple):
    """What a reader wrote on a source: the words, who, when."""

    words: SafeText
    by: SafeText | None = None
    at: datetime | None = None


INSIDE: Final = " » "
"""Between the path of a file and the name of a part within it (an attachment, an entry of an archive)."""
NOT_READ: Final = re.compile(r"\bof (?:a kind that is|kinds that are) not read\b")
"""What the reason of :class:`briefing.model.source.PassedOver` says, and of no other."""


class Failure(NamedTuple):
    """A source that was set aside, with the reason."""

    path: SafeText
    reason: SafeText


class Totals(NamedTuple):
    """Numbers of what the library holds."""

    sources: int
    mentions: int
    counts: int
    participants: int
    quotes: int
    failures: int
