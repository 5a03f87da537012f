"""State shared by the panes of the reader, and the changes that it announces.

Panes and controllers hold the state and not each other. Who changes it announces that at once, in the event loop, and
whoever listens has followed by the time that :meth:`ReaderState.announce` returns: what is highlighted, shown and
acted on can so be one source at every moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from briefing.model.selection import EVERYTHING
from briefing.tui.changes import (
    Change,
    FactsChanged,
    LibraryOpened,
    ListingChanged,
    Moved,
    Opening,
    PaneWanted,
    Previewing,
    Removed,
    ReviewsChanged,
    RowsChanged,
    SourceChanged,
    StandingsChanged,
    TotalsChanged,
)
from briefing.tui.history import History
from briefing.tui.places import Place

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.model.facts import Extraction
    from briefing.model.listing import SourceRow, Totals
    from briefing.model.mentions import Mentions
    from briefing.model.review import Review
    from briefing.model.selection import GroupBy, Order, SourceFilter
    from briefing.model.source import Source
    from briefing.tui.agreement import Standings
    from briefing.tui.kept_grades import KeptGrades
    from briefing.tui.places import Target

Pane = Literal["sources", "text", "facts"]
PANES: Final[tuple[Pane, ...]] = ("sources", "text", "facts")


C = TypeVar("C", bound=Change)


class ReaderState:
    """Library, list, source in sight with its facts and verdicts, history. Changed in the event loop only."""

    def __init__(self, order: Order = "newest") -> None:
        self._listeners: dict[type[Change], list[Callable[[Any], object]]] = {}
        self.library: Library | None = None
        self.totals: Totals | None = None
        self.order: Order = order
        self.grouping: GroupBy | None = None
        self.where: SourceFilter = EVERYTHING
        self.listed = 0
        """How many sources pass the filter."""
        self.pane: Pane = "sources"
        self.target: Target | None = None
        """Where one wants to be: in the source in sight, or in one that is being loaded."""
        self.arrived: Target | None = None
        """The target that was shown last."""
        self.resting: Target | None = None
        """Where one will be once the cursor has rested on a row, or the text comes into sight."""
        self.source: Source | None = None
        self.row: SourceRow | None = None
        self.paragraphs: Sequence[tuple[int, int]] = ()
        """Spans of the paragraphs of the source in sight."""
        self.place_in_text: Callable[[], int] = lambda: 0
        """The character of the source in sight that stands on top; the text pane knows."""
        self.span_in_text: Callable[[], tuple[int, int] | None] = lambda: None
        """The match or mention in the text that one is on."""
        self.extraction: Extraction | None = None
        self.mentions: Mentions | None = None
        self.reviews: Mapping[str, Review] = MappingProxyType({})
        self.all_sources = False
        """Whether the facts of all sources that are listed are shown, not only those of the one in sight."""
        self.standings: Standings | None = None
        self.grading: KeptGrades | None = None
        """The grades that the reader gives; read when one is asked for."""
        self.copies: Mapping[str, int] = {}
        self.history = History()
        self.undoable: list[tuple[str, Callable[[], object]]] = []
        """What was done here and can be undone, the last at the end: what kind it is of, and what undoes it."""

    def listen(self, change: type[C], told: Callable[[C], object]) -> None:
        """Have a listener called with each change of a type; listeners are called in the order of these calls.

        Args:
            change: The type of change.
            told: The listener.
        """
        self._listeners.setdefault(change, []).append(told)

    def announce(self, change: Change) -> None:
        """Call all who listen for this type of change."""
        for told in self._listeners.get(type(change), ()):
            told(change)

    @property
    def writable(self) -> Library | None:
        """The library, if there is one that can be written."""
        return self.library if self.library is not None and not self.library.read_only else None

    def take_library(self, library: Library, totals: Totals) -> None:
        """Take over the opened library.

        Args:
            library: The library.
            totals: Its totals.
        """
        self.library = library
        self.take_totals(totals)
        self.announce(ListingChanged())
        self.announce(LibraryOpened())

    def take_totals(self, totals: Totals) -> None:
        """Take over the library's totals."""
        before, self.totals = self.totals, totals
        self.announce(TotalsChanged(before))

    def relist(self, *, keep: bool = False) -> None:
        """List the sources again; with ``keep`` they are about the same, and the cursor stays."""
        self.announce(ListingChanged(keep))

    # Undoing

    def done(self, kind: str, undo: Callable[[], object]) -> None:
        """Note how to undo what was done.

        Args:
            kind: What was done: the kind of undo step.
            undo: Undoes it.
        """
        self.undoable.append((kind, undo))

    def undone(self, kind: str) -> None:
        """Forget the last undo step of a kind: it was undone in another way."""
        last = next((at for at in range(len(self.undoable) - 1, -1, -1) if self.undoable[at][0] == kind), None)
        if last is not None:
            del self.undoable[last]

    # Going about

    @property
    def loading(self) -> bool:
        """Whether a source, or what was found in it, is wanted and not here yet."""
        return self.target is not None and (
            self.source is None or self.source.id != self.target.source_id or self.extraction is None
        )

    @property
    def going(self) -> bool:
        """Whether one is on the way to a place that will take the focus."""
        return self.target is not None and not self.target.preview and self.target is not self.arrived

    @property
    def here(self) -> Place | None:
        """The place in sight."""
        return Place(self.source.id, self.place_in_text()) if self.source else None

    def open(self, target: Target) -> None:
        """Go to a place of a source."""
        if not target.preview:
            self.history.remember(self.here)
        self.target, self.resting = target, None
        self.announce(Opening(target))

    def preview(self, target: Target | None) -> None:
        """Show a place once the cursor rests; None where nothing is to be shown any more."""
        self.resting = target
        self.announce(Previewing(target))

    def settle(self) -> None:
        """Open at once what the cursor rests on."""
        if self.resting is not None:
            self.open(self.resting)

    @property
    def wanted(self) -> str | None:
        """Id of the source that is to be in sight: the one that is, unless another one is on its way."""
        target = self.resting or self.target
        return target.source_id if target is not None else None

    def go_to(self, pane: Pane) -> None:
        """Give a pane the focus."""
        self.announce(PaneWanted(pane))

    def moved(self) -> None:
        """A cursor has moved."""
        self.announce(Moved())

    # The source in sight

    def show(self, source: Source, row: SourceRow, paragraphs: Sequence[tuple[int, int]]) -> None:
        """Show another source.

        Args:
            source: The source.
            row: Its row of the list.
            paragraphs: Half-open spans of the paragraphs of its text, in characters.
        """
        self.source, self.row, self.paragraphs = source, row, paragraphs
        self.extraction = self.mentions = None
        self.reviews = {}
        self.announce(SourceChanged())

    def close(self) -> None:
        """No source is in sight."""
        self.target = self.resting = self.source = self.row = self.extraction = self.mentions = None
        self.reviews, self.paragraphs = {}, ()
        self.announce(SourceChanged())

    def take_facts(
        self, extraction: Extraction, mentions: Mentions, reviews: Mapping[str, Review], *, renamed: bool = False
    ) -> None:
        """Take over the facts of the source in sight; those of another source are dropped.

        Args:
            extraction: The extraction, without mentions.
            mentions: Its mentions, in columns.
            reviews: Verdicts by key of the fact.
            renamed: Whether only names have changed.
        """
        if self.source is not None and extraction.source_id == self.source.id:
            self.extraction, self.mentions, self.reviews = extraction, mentions, reviews
            self.announce(FactsChanged(renamed))

    def take_rows(self, rows: Sequence[SourceRow]) -> None:
        """Take over changed rows of sources."""
        for row in rows:
            if self.row is not None and self.row.id == row.id:
                self.row = row
        self.announce(RowsChanged(rows))

    def take_reviews(self, source_id: str, reviews: Mapping[str, Review]) -> None:
        """Take over the verdicts on a source's facts.

        Args:
            source_id: Id of the source.
            reviews: All its verdicts, by key of the fact.
        """
        if self.source is not None and self.source.id == source_id:
            self.reviews = reviews
        self.announce(ReviewsChanged(source_id, reviews))

    def take_standings(self, standings: Standings | None, copies: Mapping[str, int]) -> None:
        """Take over how facts stand among the sources, and the number of copies of each source.

        Args:
            standings: How facts stand; None while that is unknown.
            copies: Number of copies by id of the source.
        """
        self.standings, self.copies = standings, copies
        self.announce(StandingsChanged())

    def removed(self, source_ids: Sequence[str], totals: Totals) -> None:
        """Follow the removal of sources from the library.

        Args:
            source_ids: Ids of the removed sources.
            totals: Totals of the library now.
        """
        self.history.forget(source_ids)
        if self.source is not None and self.source.id in source_ids:
            self.close()
        if self.wanted in source_ids:
            self.target = self.resting = None
        self.announce(Removed(source_ids))
        self.take_totals(totals)
        self.relist(keep=True)
