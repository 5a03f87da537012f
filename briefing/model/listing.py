"""Light rows for lists, and the answers of a search: what a screen shows without loading a whole source.

Plain tuples, as lists and searches are shown before pydantic is loaded: whoever makes one gives text that is safe.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from briefing.model.kinds import EntityType
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from briefing.model.facts import Fact


def as_json(row: NamedTuple) -> dict[str, Any]:
    """A row as JSON holds it: its fields by name, dates in ISO 8601."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row._asdict().items()}


class SourceRow(NamedTuple):
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


class Failure(NamedTuple):
    """A source that was set aside, with the reason."""

    path: SafeText
    reason: SafeText


class Totals(NamedTuple):
    """How much the library holds."""

    sources: int
    mentions: int
    counts: int
    participants: int
    quotes: int
    failures: int


class Hit(NamedTuple):
    """A source that answers a search. ``snippet`` is text around the match; ``marks`` are spans within the snippet."""

    source: SourceRow
    snippet: SafeText
    marks: tuple[tuple[int, int], ...]
    start: int
    """Offset of the first match in the source's text (0 where only its title or a field matches)."""
    end: int


NOTHING_FOUND: Final = "No source holds this. Fewer words find more, as do OR, word* and word~ (misspelt)."
"""What is said where a search finds nothing: words are found as they are written, ``frigate*`` finds frigates too."""


class SearchResult(NamedTuple):
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


class Occurrence(NamedTuple):
    """One place where an entity stands, with the words around it."""

    source_id: str
    title: SafeText
    start: int
    end: int
    snippet: SafeText
    at: int = 0
    """Where it stands within the snippet."""


class Way(NamedTuple):
    """How an entity is written, and how often."""

    text: SafeText
    mentions: int


class Company(NamedTuple):
    """An entity that stands in the same sources as another one; in so many of those that were looked at."""

    name: SafeText
    type: EntityType
    sources: int


NamedAs = Literal["item", "operator", "speaker", "participant"]


class EntityFact(NamedTuple):
    """A fact of a source that names an entity: as what is counted or who has it, as who said it, as who takes part."""

    source_id: str
    title: SafeText
    start: int
    """Where it was read: an offset in the source's text."""
    end: int
    fact: Fact
    named_as: NamedAs


class EntityCard(NamedTuple):
    """What is known about one entity over all sources."""

    name: SafeText
    type: EntityType
    about: tuple[tuple[SafeText, SafeText], ...] = ()
    """Label and value from the lexicon: role, maker, nations."""
    ways: tuple[Way, ...] = ()
    """How it is written, the most frequent way first."""
    mentions: int = 0
    sources: int = 0
    company: tuple[Company, ...] = ()
    """Entities that stand in the same sources, the most frequent first."""
    facts: tuple[EntityFact, ...] = ()
    """The facts that name it, the newest sources first."""
    occurrences: tuple[Occurrence, ...] = ()
    looked: int = 0
    """In so many sources, the newest ones, facts were looked for."""


FacetKind = Literal["entity", "speaker", "publisher", "year", "tag"]


class Facet(NamedTuple):
    """One thing that sources of a result have in common, with how many have it."""

    kind: FacetKind
    value: SafeText
    type: EntityType | None
    """Of an entity."""
    n: int
    """Sources; a lower bound where ``exact`` is false."""
    exact: bool
    term: SafeText
    """What narrows the search to it, in the query language: ``org:"Norland Navy"``."""


class Facets(NamedTuple):
    """What the sources of a result have in common: groups with a title each, the most frequent first."""

    groups: tuple[tuple[SafeText, tuple[Facet, ...]], ...] = ()
    exact: bool = True
    """Whether every number is; else those that are not were counted over the newest ``counted`` sources alone."""
    counted: int = 0


SuggestionKind = Literal["field", "entity", "past", "saved", "publisher", "tag", "value"]


class Suggestion(NamedTuple):
    """One way to go on with a query that is being typed."""

    shown: SafeText
    about: SafeText | None
    """What it is: the meaning of a field, the type of a name and how many sources have it."""
    kind: SuggestionKind
    query: SafeText
    """The whole query once it is taken."""
    cursor: int
    """Where one goes on typing in it."""


class SavedSearch(NamedTuple):
    """A search that is kept, and what it finds now."""

    name: SafeText
    query: SafeText
    total: int
    """Sources; a lower bound where ``exact`` is false."""
    exact: bool
    new: int
    """Sources among them that came after the last look; a lower bound where ``new_exact`` is false."""
    new_exact: bool
