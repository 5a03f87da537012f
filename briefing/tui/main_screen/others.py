"""What others do to a shared library while one reads: it appears, and the place where one is stays.

Only a library on a server tells of it; of one in a file nothing runs.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Final

from briefing.tui.changes import LibraryOpened, NamesChanged, QueueChanged, ServerBack
from briefing.tui.main_screen.ingest import Rate
from briefing.tui.main_screen.verdicts import tell_facts
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from textual.screen import Screen

    from briefing.library import Library
    from briefing.library.postgres.listening import Told
    from briefing.tui.state import ReaderState

_TOGETHER: Final = 0.3
"""Seconds from one look at changes to the next, for which they are gathered: an ingest elsewhere tells of every batch.
The first after a while is looked at at once."""
_LOOK: Final = 5.0
"""Seconds between two looks at how much is left in the queue of the library."""
_LONG: Final = 60.0
"""Seconds over which the rate of the queue is averaged."""
_MOST: Final = 200
"""Sources of which notes are fetched at once."""


class Others:
    """Listens in a thread; the state announces what has changed."""

    def __init__(self, screen: Screen[Any], state: ReaderState) -> None:
        self.screen = screen
        self.state = state
        self._stop = threading.Event()
        self._looked = -_LOOK
        self._left = 0
        self._rate = Rate(_LONG)
        state.listen(LibraryOpened, lambda _: self._begin())

    def _begin(self) -> None:
        from briefing.library.address import on_server

        library = self.state.library
        if library is not None and on_server(library.address):
            self._listen(library)

    def stop_work(self) -> None:
        """Let the thread end."""
        self._stop.set()

    @in_thread("others")
    def _listen(self, library: Library) -> None:
        from briefing.library import LibraryError
        from briefing.library.opening import changes_of

        waiting: list[Told] = []
        last = 0.0
        for told in changes_of(library, self._stop):
            if told is not None and told.kind in {"gone", "back"}:
                self.screen.call_later(self._gone if told.kind == "gone" else self._back)
            if told is not None:
                waiting.append(told)
                continue
            self._look_at_queue(library)
            if waiting and not self._stop.wait(last + _TOGETHER - time.monotonic()):
                last = time.monotonic()
                try:
                    self._tell(library, waiting)
                except LibraryError:
                    continue  # the server went meanwhile; it is told once it is back
                waiting = []

    def _look_at_queue(self, library: Library) -> None:
        """Announce how much is left in the queue and how fast that is done, while there is something."""
        from briefing.library import LibraryError
        from briefing.library.opening import queue_of

        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        try:
            left = queue_of(library).left()
        except LibraryError:
            return  # it is told once the server is back
        if left or self._left:
            fast = self._rate.per_second(-left, now)
            self.screen.call_later(self.state.announce, QueueChanged(left, round(60 * fast)))
        self._left = left

    def _tell(self, library: Library, changes: list[Told]) -> None:
        """Fetch what the changes are about, and have it announced in the event loop."""
        kinds = {told.kind for told in changes}
        ids = list(dict.fromkeys(told.source_id for told in changes if told.source_id))
        later = self.screen.call_later
        if "back" in kinds or "sources" in kinds:
            later(self.state.take_totals, library.totals())
            later(self.state.relist, keep=True)
        if "back" in kinds and self.state.source is not None:
            ids.append(self.state.source.id)
        if "names" in kinds:
            later(self.state.announce, NamesChanged())
        judged = set(ids) if "back" in kinds else {told.source_id for told in changes if told.kind == "verdict"}
        for start in range(0, len(ids), _MOST):
            self._tell_of(library, ids[start : start + _MOST], judged)

    def _tell_of(self, library: Library, ids: list[str], judged: set[str]) -> None:
        """Announce what is noted of some sources, and the verdicts on some of these."""
        from briefing.library.judging import reviews_of

        later = self.screen.call_later
        rows = library.rows(ids)
        if rows:
            later(self.state.take_rows, list(rows.values()))
        reviewed = [source_id for source_id in rows if source_id in judged]
        for source_id, verdicts in (reviews_of(library, reviewed) if reviewed else {}).items():
            tell_facts(self.screen, self.state, library, source_id)
            later(self.state.take_reviews, source_id, verdicts)

    def _gone(self) -> None:
        words = "The server does not answer. What is on the screen can be read on; the library is looked for again."
        self.screen.app.notify(words, title="Library out of reach", severity="warning", timeout=10)

    def _back(self) -> None:
        self.screen.app.notify("The library is there again.", timeout=4)
        self.state.announce(ServerBack())
