"""What a library promises to the other rooms, whatever keeps it: types only, of which nothing is there at run time.

:class:`briefing.library.Library` keeps these promises over a file and over a server, and the type checker holds it to
them. What is said of each call more closely stands with its implementation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from briefing.library.entities.cards import About
    from briefing.library.errors import Damaged
    from briefing.library.library import Library
    from briefing.library.promised_parts import (
        EntityEditing,
        FileRecords,
        KeptSearches,
        SetAside,
        Tagged,
        WatchedFolders,
    )
    from briefing.library.search.fact_filter import FactFilter
    from briefing.library.search.search import SearchOrder
    from briefing.library.store.reviews import Edited
    from briefing.library.store.writer import Item
    from briefing.model.answers import Facets, SearchResult, Suggestion
    from briefing.model.entity_card import EntityCard
    from briefing.model.facts import Extraction, Fact
    from briefing.model.kinds import EntityType, FactKind
    from briefing.model.listing import Failure, SourceRow, Totals
    from briefing.model.mentions import Mentions
    from briefing.model.review import Review, ReviewState
    from briefing.model.safetext import SafeText
    from briefing.model.selection import Group, GroupBy, Order, SourceFilter
    from briefing.model.source import Source


class Opened(Protocol):
    """A library that is open."""

    @property
    def read_only(self) -> bool:
        """Whether the file can only be read: then whatever would write raises :class:`LibraryReadOnly`."""

    def require_writable(self) -> None:
        """Raise :class:`LibraryReadOnly` where the library can only be read, before any work is begun."""

    def close(self) -> None:
        """Close the file."""

    def interrupt(self) -> None:
        """Stop the searches that run in other threads."""

    def totals(self) -> Totals:
        """Totals of the library."""

    def damaged(self) -> Iterator[Damaged]:
        """Check every source; returns what is wrong with those that cannot be unpacked."""


class Filled(Protocol):
    """Sources come in and go out."""

    def add(self, source: Source, extraction: Extraction) -> SourceRow:
        """Add a source, or replace its extraction. Its verdicts stay where they still fit.

        Args:
            source: The source.
            extraction: What was found in it.
        """

    def add_all(self, items: Sequence[Item]) -> list[SourceRow]:
        """Add all of them, or none where that fails; much faster than one by one."""

    def remove(self, *source_ids: str) -> None:
        """Take sources out, with all that was found in them and thought of them."""

    def on_removal(self, forget: Callable[[Collection[str]], None]) -> None:
        """Have this called with the ids of sources that were taken out."""

    def fail(self, failure: Failure) -> None:
        """Remember a source that was set aside; forgotten when a source of that path is added."""

    def failures(self) -> list[Failure]:
        """Sources that were set aside, by path."""

    def next_place(self) -> int:
        """The place, in the order of adding, after all that are taken."""


class Lists(Protocol):
    """Sources as lines of lists."""

    def sources(
        self,
        order: Order = "newest",
        text: str = "",
        offset: int = 0,
        limit: int = 200,
        *,
        where: SourceFilter = ...,
        group: Group | None = None,
    ) -> list[SourceRow]:
        """A page of the sources that pass a filter; pinned ones first.

        Args:
            order: ``newest`` is by date published, undated sources last; ``added`` by the time they were added.
            text: Words of the title or the publisher, in short for ``where.text``; empty for none.
            offset: Sources before the page.
            limit: Sources of the page.
            where: The filter.
            group: One of the :meth:`groups` of the filtered sources; None for all.
        """

    def groups(self, by: GroupBy, where: SourceFilter = ...) -> list[Group]:
        """The groups, with their numbers, that the sources which pass a filter fall into; first the pinned ones.

        Args:
            by: What sources are grouped by.
            where: The filter that they pass.
        """

    def count(self, where: SourceFilter = ...) -> int:
        """Number of sources that pass a filter."""

    def row(self, source_id: str) -> SourceRow:
        """A source as a line of a list."""

    def rows(self, source_ids: Collection[str]) -> dict[str, SourceRow]:
        """Sources as lines of a list, by id; ids that are not in the library are left out."""


class Texts(Protocol):
    """Sources themselves, and what was found in them."""

    def source(self, source_id: str) -> Source:
        """A source with its text."""

    def extraction(self, source_id: str) -> Extraction:
        """The extraction of a source, with the edits of entities applied."""

    def marked(self, source_id: str, text: str) -> tuple[Extraction, Mentions]:
        """The extraction of a source, whose ``text`` the caller has, with the mentions in columns.

        Args:
            source_id: Id of the source.
            text: Its text.
        """

    def extractors(self, source_ids: Collection[str]) -> dict[str, str]:
        """The fingerprints of the extractors that read these sources; ids that are not in the library are left out."""

    def has(self, source_id: str) -> bool:
        """Whether the library holds a source with this id."""

    def outdated(self, fingerprint: str) -> int:
        """Number of sources that another extractor than the one with this fingerprint read. Quick at any size."""

    def outdated_ids(self, fingerprint: str) -> Iterator[str]:
        """The ids of these sources, read as they are asked for."""

    def resolve(self, ref: str) -> str:
        """The id that ``ref`` is, or begins. Raises :class:`LibraryError` where none or several do."""


class Judged(Protocol):
    """What people make of sources and facts."""

    def review(
        self,
        source_id: str,
        kind: FactKind,
        key: str,
        state: ReviewState,
        edited: Edited | None = None,
        *,
        note: str | None = None,
        by: str | None = None,
    ) -> Review:
        """Note a verdict on a fact, and why; ``unreviewed`` takes it back.

        Args:
            source_id: Id of the source.
            kind: Kind of the fact.
            key: Key of the fact.
            state: The verdict.
            edited: Corrected fields by name; None for none.
            note: The reason; None for none.
            by: Who gave it; None for this machine's user.
        """

    def add_fact(
        self, source_id: str, fact: Fact, *, note: str | None = None, by: str | None = None
    ) -> tuple[Fact, Review]:
        """Keep a fact that its reader marked in a source, with their verdict on it.

        Args:
            source_id: Id of the source.
            fact: The fact.
            note: Why it was added; None for no reason.
            by: Who added it; None for this machine's user.
        """

    def undo_review(self) -> Review | None:
        """Undo the last verdict; returns what holds for its fact now, or None where there is nothing to undo."""

    def reviews(self, source_id: str) -> dict[str, Review]:
        """The verdicts on a source's facts, by the facts' keys."""

    def pin(self, source_id: str, pinned: bool = True) -> None:
        """List a source before all others, whatever the order, or at its own place again.

        Args:
            source_id: Id of the source.
            pinned: Whether it comes first.
        """

    def mark_read(self, source_id: str, read: bool = True) -> None:
        """Mark a source as read, or as unread.

        Args:
            source_id: Id of the source.
            read: Whether it was read.
        """

    def mark_reviewed(self, source_id: str, reviewed: bool = True) -> None:
        """Mark the review of a source as done, or as open.

        Args:
            source_id: Id of the source.
            reviewed: Whether its review is done.
        """

    def position(self, source_id: str) -> int:
        """Where the user stopped reading a source: a character of its text."""

    def set_position(self, source_id: str, position: int) -> None:
        """Note where the user stops reading a source: a character of its text.

        Args:
            source_id: Id of the source.
            position: Number of a character of its text.
        """


class Entities(Protocol):
    """Names over all sources."""

    def entity(self, name: str, kind: EntityType, *, about: About = (), occurrences: int = 200) -> EntityCard:
        """The card of one entity over all sources.

        Args:
            name: Canonical name.
            kind: Type.
            about: What lexicons say of it, shown on the card as it is.
            occurrences: Upper bound on the mentions that are shown.
        """

    def entities(self, prefix: str = "", limit: int = 50) -> list[tuple[SafeText, EntityType, int]]:
        """Entities with a word that begins as ``prefix``, in name or alias: name, type and number of sources.

        Args:
            prefix: What the word begins with, and whole words before it.
            limit: Upper bound on the number of entities.
        """

    def entity_counts(self, name: str, kind: EntityType) -> tuple[int, int]:
        """Number of mentions of an entity, and of the sources with it.

        Args:
            name: The entity's name.
            kind: Its type.
        """


class Searched(Protocol):
    """Finding sources, and how to go on."""

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        order: SearchOrder = "auto",
        within: Collection[str] | None = None,
        typing: bool = False,
    ) -> SearchResult:
        """Return a page of the sources that match a query of :mod:`briefing.library.search.query`.

        Args:
            query: The query.
            limit: Sources of a page.
            offset: Sources before the page.
            order: ``auto`` ranks the matches where few enough match, else newest first; ``ranked`` ranks them all,
                however slow.
            within: Ids of the sources to search; None for all.
            typing: Whether the query's last word may be unfinished.
        """

    def facets(
        self, query: str, *, within: Collection[str] | None = None, typing: bool = False, limit: int = 8
    ) -> Facets:
        """Facets of the sources that match a query: entities by type, publishers, years, tags.

        Args:
            query: The query.
            within: Ids of the sources to search; None for all.
            typing: Whether the query's last word may be unfinished.
            limit: Upper bound on the facets of each group.
        """

    def suggest(self, query: str, cursor: int, limit: int = 8) -> list[Suggestion]:
        """Completions of a query: fields, names, tags, values, saved and past searches.

        Args:
            query: The query.
            cursor: Number of characters before the cursor.
            limit: Upper bound on the suggestions.
        """

    def matches(self, query: str, source_id: str, *, typing: bool = False) -> list[tuple[int, int]]:
        """Half-open spans of a source's text that match a query, in order.

        Args:
            query: The query.
            source_id: Id of the source.
            typing: Whether the query's last word may be unfinished.
        """

    def with_facts(self, wanted: FactFilter) -> Iterator[SourceRow]:
        """Rows of the sources that may have the wanted facts, the newest first; whether they do, their facts tell."""


class AnyLibrary(Opened, Filled, Lists, Texts, Judged, Entities, Searched, Protocol):
    """All that a library promises, whatever keeps it. Everything raises :class:`LibraryError`."""

    @property
    def tags(self) -> Tagged:
        """The user's tags."""

    @property
    def set_aside(self) -> SetAside:
        """Sources that could not be read or extracted."""

    @property
    def folders(self) -> WatchedFolders:
        """The folders that are watched."""

    @property
    def files(self) -> FileRecords:
        """The files that sources were read from."""

    @property
    def searches(self) -> KeptSearches:
        """Saved searches and past queries."""

    @property
    def entity_edits(self) -> EntityEditing:
        """The user's edits of entities."""


if TYPE_CHECKING:

    def _kept(library: Library) -> AnyLibrary:
        return library
