"""Answers of a search: hits, facets, suggestions, saved searches; plain tuples as rows are."""

from typing import Final, Literal, NamedTuple

from briefing.model.kinds import EntityType
from briefing.model.listing import SourceRow
from briefing.model.safetext import SafeText


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


FacetKind = Literal["entity", "speaker", "publisher", "year", "tag"]


class Facet(NamedTuple):
    """A value that sources of a result share (a name, publisher, year or tag), with how many have it."""

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
    """Facets of a search result in titled groups, the most frequent first."""

    groups: tuple[tuple[SafeText, tuple[Facet, ...]], ...] = ()
    exact: bool = True
    """Whether every number is; else those that are not were counted over the newest ``counted`` sources alone."""
    counted: int = 0


SuggestionKind = Literal["field", "entity", "past", "saved", "publisher", "tag", "value"]


class Suggestion(NamedTuple):
    """A completion of a query that is being typed."""

    shown: SafeText
    about: SafeText | None
    """What it is: the meaning of a field, the type of a name and how many sources have it."""
    kind: SuggestionKind
    query: SafeText
    """The whole query once it is taken."""
    cursor: int
    """Where one goes on typing in it."""


class SavedSearch(NamedTuple):
    """A saved search and its current number of hits."""

    name: SafeText
    query: SafeText
    total: int
    """Sources; a lower bound where ``exact`` is false."""
    exact: bool
    new: int
    """Sources among them that came after the last look; a lower bound where ``new_exact`` is false."""
    new_exact: bool
