"""Read the facts of all sources that are listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.worker import get_current_worker

from briefing.tui.fact_rows import Document
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from textual.screen import Screen
    from textual.widget import Widget

    from briefing.tui.changes import ReviewsChanged
    from briefing.tui.state import ReaderState

ALL_FACTS: Final = 500
"""Sources whose facts are listed together."""
FIRST: Final = 50
"""Of these, sources whose facts are shown before the others are read."""


@dataclass(eq=False)
class AllFactsLoaded(Message):
    """The facts of many sources. ``more`` sources were left out."""

    documents: Sequence[Document]
    more: int

    def with_reviews(self, change: ReviewsChanged) -> AllFactsLoaded:
        """The same with other verdicts on one source."""
        documents = [
            one._replace(reviews=change.reviews) if one.extraction.source_id == change.source_id else one
            for one in self.documents
        ]
        return AllFactsLoaded(documents, self.more)


class AllFacts:
    """Reads facts in a thread, and posts :class:`AllFactsLoaded` to the pane that shows them."""

    def __init__(self, pane: Widget, state: ReaderState) -> None:
        self._pane = pane
        self._state = state

    @property
    def screen(self) -> Screen[Any]:
        """The screen of the pane."""
        return self._pane.screen

    @in_thread("facts", exclusive=True)
    def read(self) -> None:
        """Read the facts of the sources that are listed, without their mentions, which take most of the room."""
        library, worker, state = self._state.library, get_current_worker(), self._state
        if library is None:
            return
        rows = library.sources(order=state.order, limit=ALL_FACTS, where=state.where)
        more = library.count(state.where) - len(rows)
        documents: list[Document] = []
        for row in rows:
            if worker.is_cancelled:
                return
            found = library.extraction(row.id).model_copy(update={"mentions": (), "sentences": ()})
            documents.append(Document(row.title, found, library.reviews(row.id)))
            if len(documents) == FIRST < len(rows):
                self._pane.post_message(AllFactsLoaded(list(documents), more))
        self._pane.post_message(AllFactsLoaded(documents, more))
