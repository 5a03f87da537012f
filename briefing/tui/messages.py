"""What workers tell the main screen. They touch no widget; it takes these up when it comes to them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from textual.message import Message

from briefing.model.passage import paragraphs

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from briefing.library import Library
    from briefing.model.agreement import Agreement, Comparison
    from briefing.model.facts import Extraction
    from briefing.model.listing import (
        EntityCard,
        Facets,
        Failure,
        SavedSearch,
        SearchResult,
        SourceRow,
        Suggestion,
        Totals,
    )
    from briefing.model.mentions import Mentions
    from briefing.model.review import Review
    from briefing.model.safetext import SafeText
    from briefing.model.selection import Group
    from briefing.model.source import Source
    from briefing.tui.agreement import Standings
    from briefing.tui.dialogs.entity_card import CardPlace
    from briefing.tui.fact_rows import Document
    from briefing.tui.recalled import Lists
    from briefing.tui.widgets.facts_panel import Measured
    from briefing.tui.widgets.source_list import Page


class LibraryOpened(Message):
    """The library is there."""

    def __init__(self, library: Library, totals: Totals) -> None:
        self.library = library
        self.totals = totals
        super().__init__()


class ListsRecalled(Message):
    """How the lists of the library were left the last time."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        super().__init__()


class Listed(Message):
    """How the source list is laid out: ``count`` sources, in ``groups`` unless None, and its first rows.

    ``keep`` as in :meth:`SourceList.lay_out`.
    """

    def __init__(
        self,
        count: int,
        groups: Sequence[Group] | None,
        page: Page | None,
        rows: Sequence[SourceRow],
        version: int,
        *,
        keep: bool,
    ) -> None:
        self.count = count
        self.groups = groups
        self.page = page
        self.rows = rows
        self.version = version
        self.keep = keep
        super().__init__()


class RowsFetched(Message):
    """A page of the source list."""

    def __init__(self, page: Page, rows: Sequence[SourceRow], version: int) -> None:
        self.page = page
        self.rows = rows
        self.version = version
        super().__init__()


class Noted(Message):
    """What the reader noted on sources was written down; ``names`` are the columns that changed."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = names
        super().__init__()


class Target:
    """Where in which source to go, and what to mark there.

    ``at`` None is where the reader left the source; with ``top`` the row of ``at`` becomes the first one in sight.
    A ``preview`` leaves focus, history and the unread mark alone.
    """

    def __init__(
        self,
        source_id: str,
        at: int | None = None,
        *,
        evidence: Sequence[tuple[int, int]] = (),
        query: str = "",
        preview: bool = False,
        top: bool = False,
    ) -> None:
        self.source_id = source_id
        self.at = at
        self.top = top
        self.evidence = evidence
        self.query = query
        self.preview = preview


class SourceLoaded(Message):
    """The text of a source is here. What was found in it follows once ``shown`` is set, or after a moment."""

    def __init__(
        self, target: Target, source: Source, row: SourceRow, place: int, matches: Sequence[tuple[int, int]]
    ) -> None:
        self.target = target
        self.source = source
        self.row = row
        self.place = place
        self.matches = matches
        self.paragraphs = paragraphs(source.text)
        self.shown = threading.Event()
        super().__init__()


class FactsLoaded(Message):
    """What was found in a source, and the reader's verdicts on it."""

    def __init__(
        self, target: Target, extraction: Extraction, mentions: Mentions, reviews: Mapping[str, Review]
    ) -> None:
        self.target = target
        self.extraction = extraction
        self.mentions = mentions
        self.reviews = reviews
        super().__init__()


class Counted(Message):
    """How much the library holds by now."""

    def __init__(self, totals: Totals) -> None:
        self.totals = totals
        super().__init__()


class Removed(Message):
    """Sources are out of the library, which now holds ``totals``."""

    def __init__(self, source_ids: Sequence[str], totals: Totals) -> None:
        self.source_ids = source_ids
        self.totals = totals
        super().__init__()


class Reviewed(Message):
    """The verdicts on a source's facts have changed; ``reviews`` are all there are now."""

    def __init__(self, source_id: str, reviews: Mapping[str, Review]) -> None:
        self.source_id = source_id
        self.reviews = reviews
        super().__init__()


class AllFactsLoaded(Message):
    """The facts of many sources. ``more`` sources were left out."""

    def __init__(self, documents: Sequence[Document], more: int) -> None:
        self.documents = documents
        self.more = more
        super().__init__()


class FactsArranged(Message):
    """The answer to question number ``version`` of what the facts panel shows: its rows, and how many are facts."""

    def __init__(self, version: int, measured: Measured, facts: int, *, keep: bool) -> None:
        self.version = version
        self.measured = measured
        self.facts = facts
        self.keep = keep
        super().__init__()


class ClaimsCompared(Message):
    """A comparison to be looked at, the titles of its sources, and the claim and the source to begin with."""

    def __init__(
        self, comparison: Comparison | None, titles: Mapping[str, SafeText], at: tuple[Agreement, str] | None
    ) -> None:
        self.comparison = comparison
        self.titles = titles
        self.at = at
        super().__init__()


class Compared(Message):
    """How facts stand among the sources, and for how many others a source has the text."""

    def __init__(self, standings: Standings | None, copies: Mapping[str, int]) -> None:
        self.standings = standings
        self.copies = copies
        super().__init__()


class Searched(Message):
    """The answer to query number ``number``; ``more`` when it continues the one before."""

    def __init__(self, number: int, result: SearchResult, more: bool = False) -> None:
        self.number = number
        self.result = result
        self.more = more
        super().__init__()


class Suggested(Message):
    """Ways to go on with what was typed up to ``cursor``."""

    def __init__(self, query: str, cursor: int, suggestions: Sequence[Suggestion]) -> None:
        self.query = query
        self.cursor = cursor
        self.suggestions = suggestions
        super().__init__()


class FacetsCounted(Message):
    """What the sources that answer ``query`` have in common."""

    def __init__(self, query: str, facets: Facets) -> None:
        self.query = query
        self.facets = facets
        super().__init__()


class SearchesListed(Message):
    """The searches that are kept, and those asked before, the latest first."""

    def __init__(self, saved: Sequence[SavedSearch], past: Sequence[SafeText]) -> None:
        self.saved = saved
        self.past = past
        super().__init__()


class CardMade(Message):
    """All that is known of an entity, to be shown at a place of its card."""

    def __init__(self, card: EntityCard, place: CardPlace) -> None:
        self.card = card
        self.place = place
        super().__init__()


class Ingesting(Message):
    """An ingest has gone on; the newest state is in the watcher."""

    def can_replace(self, message: Message) -> bool:
        """The state is read when the message is taken up, so one message does for many."""
        return isinstance(message, Ingesting)


class Ingested(Message):
    """An ingest has ended, or could not begin: then ``error`` says why."""

    def __init__(
        self,
        added: int,
        known: int,
        failures: Sequence[Failure],
        stopped: bool,
        error: SafeText | None = None,
        passed_over: Sequence[Failure] = (),
    ) -> None:
        self.added = added
        self.known = known
        self.failures = failures
        self.passed_over = passed_over
        self.stopped = stopped
        self.error = error
        super().__init__()
