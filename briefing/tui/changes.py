"""Changes of the reader's state that its panes and controllers are told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.model.answers import SearchResult
    from briefing.model.listing import SourceRow, Totals
    from briefing.model.review import Review
    from briefing.tui.places import Target
    from briefing.tui.state import Pane


class Change:
    """Base class of what a :class:`ReaderState` announces; listeners subscribe to one of those below.

    They are not frozen and do not compare: making two dozen classes that do would delay the first frame.
    """


class LibraryOpened(Change):
    """The library was opened; its totals are known."""


@dataclass(eq=False)
class TotalsChanged(Change):
    """The library holds more or fewer sources; ``before`` is what it held."""

    before: Totals | None


@dataclass(eq=False)
class ListingChanged(Change):
    """Order, groups or filter of the list have changed; with ``keep`` only the library's contents may have."""

    keep: bool = False


class Listed(Change):
    """The sources were listed again."""


@dataclass(eq=False)
class Opening(Change):
    """A place of a source is to be shown now."""

    target: Target


@dataclass(eq=False)
class Previewing(Change):
    """A place of a source is to be shown once the cursor rests on it."""

    target: Target | None


@dataclass(eq=False)
class Arrived(Change):
    """The wanted place is in sight."""

    target: Target


class SourceChanged(Change):
    """The text of another source is shown, or of none; its facts are not loaded yet."""


@dataclass(eq=False)
class FactsChanged(Change):
    """The facts of the source in sight are loaded; with ``renamed`` only names in them have changed."""

    renamed: bool = False


@dataclass(eq=False)
class RowsChanged(Change):
    """Marks or tags of sources have changed; ``rows`` are as they are now."""

    rows: Sequence[SourceRow]


@dataclass(eq=False)
class Removed(Change):
    """Sources were removed from the library."""

    source_ids: Sequence[str]


@dataclass(eq=False)
class ReviewsChanged(Change):
    """The verdicts on a source's facts; ``reviews`` are all there are, by the facts' keys."""

    source_id: str
    reviews: Mapping[str, Review]


class StandingsChanged(Change):
    """Standings of facts among the sources have changed, or are unknown again."""


class FactsShown(Change):
    """Other facts are shown, or the same ones in another way."""


class NamesChanged(Change):
    """Entities have other names than before."""


@dataclass(eq=False)
class EvidenceWanted(Change):
    """Spans of the source in sight are to be marked as evidence and shown."""

    spans: Sequence[tuple[int, int]]


@dataclass(eq=False)
class HitsFound(Change):
    """A search was answered; with ``more`` by further hits; with ``open`` the first one is to be read."""

    result: SearchResult
    more: bool = False
    open: bool = False


@dataclass(eq=False)
class HitKey(Change):
    """A key of the search bar is for the hits: ``open_hit``, or how their cursor moves."""

    action: Literal["open_hit", "down", "up", "page_down", "page_up"]


class SearchLeft(Change):
    """The search is over: the sources come back."""


@dataclass(eq=False)
class PaneWanted(Change):
    """A pane is to have the focus."""

    pane: Pane


@dataclass(eq=False)
class QueueChanged(Change):
    """So many sources wait in the queue of a library on a server or are being read; so many a minute are done."""

    left: int
    a_minute: int


class ServerBack(Change):
    """The server that keeps the library answers again."""


class Moved(Change):
    """A cursor has moved: the status line may say something else."""


class TitlesChanged(Change):
    """The panes hold more or less than their titles say."""


class OffersChanged(Change):
    """Other actions than before are available."""
