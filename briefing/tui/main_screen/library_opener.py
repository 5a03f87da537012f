"""Open the library once the first frame is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.tui.app_protocol import reader
from briefing.tui.places import Target
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from textual.screen import Screen

    from briefing.library import Library
    from briefing.model.listing import Totals
    from briefing.tui.main_screen.recall import Recall
    from briefing.tui.recalled import Lists
    from briefing.tui.state import ReaderState


class LibraryOpener:
    """Opens it in a thread, and has the lists shown as they were left."""

    def __init__(self, screen: Screen[Any], state: ReaderState, recall: Recall) -> None:
        self.screen = screen
        self._state = state
        self._recall = recall

    @in_thread("library")
    def open(self) -> None:
        """Open it; the state announces that."""
        library = reader(self.screen).open_library()
        lists = self._recall.read()
        if lists is not None and lists.source and not library.has(lists.source):
            lists = lists._replace(source="")
        self.screen.call_later(self._opened, library, library.totals(), lists)

    def _opened(self, library: Library, totals: Totals, lists: Lists | None) -> None:
        if lists is not None:
            self._recall.take(lists)
        self._state.take_library(library, totals)
        if lists is not None and lists.source and totals.sources:
            self._state.open(Target(lists.source, preview=True))
            self._state.go_to(lists.pane)
