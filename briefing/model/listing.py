"""Light rows for lists, and the answers of a search: what a screen shows without loading a whole source."""

from datetime import date, datetime
from typing import Literal

from briefing.model.base import Frozen
from briefing.model.facts import EntityType
from briefing.model.safetext import SafeText


class SourceRow(Frozen):
    """One line of the source list."""

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


class Failure(Frozen):
    """A source that was set aside, with the reason."""

    path: SafeText
    reason: SafeText


class Totals(Frozen):
    """How much the library holds."""

    sources: int
    mentions: int
    counts: int
    participants: int
    quotes: int
    failures: int


class Hit(Frozen):
    """A source that answers a search. ``snippet`` is text around the match; ``marks`` are spans within the snippet."""

    source: SourceRow
    snippet: SafeText
    marks: tuple[tuple[int, int], ...]
    start: int
    """Offset of the first match in the source's text (0 where only its title or a field matches)."""
    end: int


class SearchResult(Frozen):
    """The answer to one query."""

    query: str
    interpreted: SafeText
    """How the query was understood, in the query language."""
    hits: tuple[Hit, ...]
    total: int
    """Sources that match; a lower bound where ``exact`` is false."""
    exact: bool = True
    order: Literal["ranked", "newest"] = "ranked"
    note: SafeText | None = None
    """Said to the user when the query could not be parsed as written, or results are not fully ranked."""


class Occurrence(Frozen):
    """One place where an entity stands, with the words around it."""

    source_id: str
    title: SafeText
    start: int
    end: int
    snippet: SafeText


class EntityCard(Frozen):
    """What is known about one entity over all sources."""

    name: SafeText
    type: EntityType
    about: tuple[tuple[SafeText, SafeText], ...] = ()
    """Label and value from the lexicon: role, maker, nations."""
    aliases: tuple[SafeText, ...] = ()
    mentions: int = 0
    sources: int = 0
    with_: tuple[SafeText, ...] = ()
    """Entities that stand in the same sources most often."""
    occurrences: tuple[Occurrence, ...] = ()
