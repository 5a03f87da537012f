"""Ingest while the user reads: named files, watched folders, outdated sources."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from briefing.model.safetext import SafeText
from briefing.tui.app_protocol import reader
from briefing.tui.changes import LibraryOpened, OffersChanged
from briefing.tui.keymap import shown_keys
from briefing.tui.main_screen.ingest_watcher import INTERVAL, Watcher, ingest, watch
from briefing.tui.main_screen.writing import may_write
from briefing.tui.threads import in_thread
from briefing.tui.wording import number, own, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.screen import Screen

    from briefing.library import Library
    from briefing.model.listing import Totals
    from briefing.tui.main_screen.compare import CompareController
    from briefing.tui.main_screen.ingest_watcher import Ingested
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.status import Status

_READ_ONLY: Final = (
    "Verdicts, tags, pins, places and searches are not saved. To work with it, copy the file to a"
    " folder where you may write and open the copy: briefing --library COPY"
)
_WINDOW: Final = 10.0
"""Seconds over which the rate of an ingest is averaged."""
_LONG: Final = 10.0
"""Seconds after which the end of an ingest is told to who is looking elsewhere."""


class Rate:
    """Rate of progress over the last seconds."""

    def __init__(self, window: float = _WINDOW) -> None:
        self._window = window
        """Seconds over which it is averaged."""
        self._seen: deque[tuple[float, int]] = deque()

    def per_second(self, done: int, now: float | None = None) -> float:
        """Note progress and return the rate per second; 0 until it can be told.

        Args:
            done: Number done by now; fewer than before begins another run.
            now: Time in seconds of ``time.monotonic()``; None for the present.
        """
        now = time.monotonic() if now is None else now
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()  # the next run has begun
        self._seen.append((now, done))
        while now - self._seen[0][0] > self._window and len(self._seen) > 2:
            self._seen.popleft()
        begun, before = self._seen[0]
        return (done - before) / (now - begun) if now > begun else 0.0


class IngestController:
    """Ingests named files one run after the other, and watched folders.

    Its progress is shown in ``status``; ``reading`` is told whether named files are being read.
    """

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        status: Status,
        compare: CompareController,
        reading: Callable[[bool], None],
    ) -> None:
        self.screen = screen
        self.state = state
        self.app = reader(screen)
        self._status = status
        self._compare = compare
        self._tell_reading = reading
        self.asked: Watcher | None = None
        """Progress of what was asked for."""
        self.queue: list[tuple[tuple[str, ...], dict[str, object]]] = []
        """What was asked for after it, with its options."""
        self.folders: Watcher | None = None
        """Progress of the watching of folders."""
        self._rate = Rate()
        self._offered: tuple[bool, ...] = ()
        """Which of the actions on an ingest the keys below were told of last."""
        self._counted_so_far = 0
        self._told_added = 0
        self._told_hindrance = SafeText()
        self.outdated = 0
        """Sources that another version of the extractor read."""
        state.listen(LibraryOpened, lambda _: self._begin_with_library())

    def _notify(self, message: str, **more: Any) -> None:
        self.screen.app.notify(message, **more)

    def _begin_with_library(self) -> None:
        """Take in what was named on the command line; in a library of its own, do what waits there."""
        library = self.state.library
        if self.app.refs:
            self.start(self.app.refs)
        elif library is not None and library.read_only:
            self._notify(_READ_ONLY, title="This library is read-only", timeout=10)
        elif library is not None:
            self.follow_folders()
            self._look_for_outdated()

    # What was asked for

    def samples(self) -> None:
        """Add the samples, while there is nothing else."""
        if self.state.totals is not None and not self.state.totals.sources and self.asked is None:
            self.start([str(self.app.samples)])

    def ask_what(self) -> None:
        """Ask for files, folders and addresses to add."""
        from briefing.tui.dialogs.add_sources import Adding, AddScreen

        def chosen(adding: Adding | None) -> None:
            if adding is None:
                return
            if adding.watch:
                self._watch_folder(adding.ref)
            else:
                self.start([adding.ref])

        self.screen.app.push_screen(AddScreen(), chosen)

    def start(self, refs: Sequence[str], **more: object) -> None:
        """Add sources, or queue them while others are being added; they appear as they are read.

        Args:
            refs: Files, folders and web addresses.
            **more: Options of :class:`briefing.ingest.Ingest`.
        """
        if not may_write(self.screen, self.state):
            return
        if self.asked is None:
            self._begin(refs, more)
            return
        asked = (tuple(refs), more)
        if asked not in self.queue:
            self.queue.append(asked)
        self._notify("Queued: they are added once the current sources are done.", timeout=4)
        self._tell_progress()

    def _begin(self, refs: Sequence[str], more: dict[str, object]) -> None:
        if self.state.library is not None:
            self.asked = Watcher(self._tell_from_thread)
            self._counted_so_far = -1
            self._tell_reading(True)
            self.state.announce(OffersChanged())
            self._status.tell_progress(0, 0, own("starting"))
            self._ingest(self.state.library, refs, self.asked, {**self.app.ingest_options, **more})

    @in_thread("ingest")
    def _ingest(self, library: Library, refs: Sequence[str], watcher: Watcher, options: dict[str, object]) -> None:
        self.screen.call_later(self._ingested, ingest(library, refs, watcher, options))

    def _ingested(self, message: Ingested) -> None:
        if self.asked is not None and self.asked.seconds > _LONG:
            failed = f", {len(message.failures)} not read" if message.failures else ""
            self.app.terminal.call(f"briefing: {number(message.added)} sources added{failed}")
        self.end_ingest()
        self._count_again()
        self._compare.refresh()
        if message.error is not None:
            self._notify(message.error, severity="error", timeout=10)
            return
        if message.passed_over and not message.failures:
            one = message.passed_over[0]
            self._notify(one.path + ": " + one.reason, severity="information", timeout=8)
        if message.failures:
            first = message.failures[0]
            words = plural(len(message.failures), "file") + own(" could not be read. F lists them.\n")
            self._notify(words + first.path + ": " + first.reason, severity="warning", timeout=8)
        elif message.stopped:
            self._notify(f"Stopped. {number(message.added)} added.", timeout=3)
        elif message.added:
            known = f", {number(message.known)} known already" if message.known else ""
            self._notify(own(plural(message.added, "source") + f" added{known}."), timeout=3)
        elif not message.known:
            self._notify("No readable files there.", severity="warning")

    def end_ingest(self) -> None:
        """Note the end of an ingest of named files; the next queued one starts."""
        if self.outdated:
            self._look_for_outdated()
        self.asked = None
        self._tell_reading(False)
        if self.queue:
            self._begin(*self.queue.pop(0))
        self._tell_progress()
        self.state.announce(OffersChanged())

    # Watched folders

    def follow_folders(self) -> None:
        """Watch the library's folders, if there are any and the settings say so; or stop watching."""
        if not self.app.settings.watch or (self.state.library is not None and self.state.library.read_only):
            if self.folders is not None:
                self.folders.stop.set()
        elif self.folders is None and self.state.library is not None and not self.app.refs:
            self.folders = Watcher(self._tell_from_thread)
            self._follow(self.state.library, self.folders)

    @in_thread("watching")
    def _follow(self, library: Library, watcher: Watcher) -> None:
        error = watch(library, watcher, self.app.ingest_options).error if library.folders.all() else None
        self.screen.call_later(self._unwatched, error)

    def _unwatched(self, error: SafeText | None) -> None:
        self.folders = None
        self._tell_progress()
        if error is not None:
            self._notify(error, title="Folders are not watched", severity="warning", timeout=10)

    @in_thread("write")
    def _watch_folder(self, folder: str) -> None:
        """Put a folder on the list, and watch it from now on."""
        from briefing.library import LibraryError

        if self.state.library is None:
            return
        try:
            path: Path = self.state.library.folders.watch(folder)
        except LibraryError as error:
            self.screen.app.call_from_thread(self._notify, str(error), severity="warning", timeout=8)
            return
        said = f"Watching {path}: new files in it are added."
        if not self.app.settings.watch:
            said = f"{path} will be watched once watching is on in the settings."
        self.screen.app.call_from_thread(self._notify, said, timeout=6)
        self.screen.app.call_from_thread(self.follow_folders)

    def _tell_folders(self, folders: Watcher) -> None:
        """Say what has come, once it is all in, and what is in the way."""
        if folders.hindrance != self._told_hindrance:
            self._told_hindrance = folders.hindrance
            if folders.hindrance:
                self._notify(folders.hindrance, title="Watched folders", severity="warning", timeout=8)
        if not folders.busy and folders.added > self._told_added:
            came = plural(folders.added - self._told_added, "new source")
            self._told_added = folders.added
            self._notify(came + own(" from watched folders."), timeout=4)
            self._compare.refresh()

    # What an older version read

    @in_thread("outdated", exclusive=True)
    def _look_for_outdated(self) -> None:
        if self.state.library is not None and self.app.extractor is not None:
            self.screen.call_later(self._outdated_known, self.state.library.outdated(self.app.extractor()))

    def _outdated_known(self, sources: int) -> None:
        known, self.outdated = self.outdated, sources
        self.state.announce(OffersChanged())
        if sources and not known:
            key = shown_keys("renew", self.app.keymap.keys)
            said = plural(sources, "source") + " read by another version of the extractor"
            self._notify(f"{said}. {key} updates them; your verdicts stay.", timeout=8)

    def renew(self) -> None:
        """Extract sources again that an older version of the extractor read."""
        if self.outdated:
            self.start((), outdated=True)

    # While it goes on

    def _tell_from_thread(self) -> None:
        self.screen.call_later(self._gone_on)

    def _gone_on(self) -> None:
        for watcher in (self.asked, self.folders):
            if watcher is not None:
                watcher.taken()
                self.screen.set_timer(INTERVAL, watcher.rest)
        every = [watcher for watcher in (self.asked, self.folders) if watcher is not None]
        counted = sum(watcher.added + watcher.changes + len(watcher.failures) for watcher in every)
        if counted != self._counted_so_far:
            self._counted_so_far = counted
            self._count_again()
        self._tell_progress()
        if self.folders is not None:
            self._tell_folders(self.folders)
        offered = tuple(self.offers(name) for name in ("stop", "pause", "failures"))
        if offered != self._offered:
            self._offered = offered
            self.state.announce(OffersChanged())

    def _tell_progress(self) -> None:
        """Show how far the reading is: of what was asked for or comes from folders, what is being read; what waits."""
        folders = self.folders if self.folders is not None and self.folders.busy else None
        asked = self.asked
        watcher = folders if folders is not None and (asked is None or asked.waiting) else asked
        behind = len(self.queue) + (asked is not None and asked is not watcher)
        waiting = own(f"  {behind} waiting" if behind else "")
        if watcher is None:
            self._status.end_progress()
        elif watcher.waiting:
            self._status.tell_progress(0, 0, own("waiting for its turn") + waiting)
        elif watcher.pause.is_set():
            keys = shown_keys("pause", self.app.keymap.keys)
            self._status.tell_progress(watcher.done, watcher.total, own(f"paused, {keys} goes on") + waiting)
        else:
            rate = self._rate.per_second(watcher.done)
            self._status.tell_progress(watcher.done, watcher.total, watcher.now + waiting, rate)

    @in_thread("totals", exclusive=True)
    def _count_again(self) -> None:
        if self.state.library is not None:
            self.screen.call_later(self._counted, self.state.library.totals())

    def _counted(self, totals: Totals) -> None:
        """Sources have come or gone."""
        self.state.take_totals(totals)
        self.state.relist(keep=True)

    def offers(self, action: str) -> bool:
        """Whether an action would change anything: ``stop``, ``pause``, ``renew``, ``failures``."""
        if action == "stop":
            return self.asked is not None
        if action == "pause":
            return any(one is not None and (one.busy or one.pause.is_set()) for one in (self.asked, self.folders))
        if action == "renew":
            return self.outdated > 0
        return self.state.totals is not None and self.state.totals.failures > 0

    def stop(self) -> None:
        """Stop adding the named sources; queued ones will not be added."""
        if self.queue:
            self._notify("The queued sources will not be added.", timeout=5)
            self.queue.clear()
        if self.asked is not None:
            self.asked.stop.set()

    def pause(self) -> None:
        """Pause the ingest, or resume it."""
        every = [watcher for watcher in (self.asked, self.folders) if watcher is not None]
        paused = any(watcher.pause.is_set() for watcher in every)
        for watcher in every:
            watcher.pause.clear() if paused else watcher.pause.set()
        self._tell_progress()

    def show_failures(self) -> None:
        """List what could not be read, to try it again or to forget it."""
        from briefing.tui.dialogs.failures import FailuresScreen

        def done(refs: list[str] | None) -> None:
            if refs:
                self.start(refs)
            self._count_again()

        if self.state.library is not None:
            self.screen.app.push_screen(FailuresScreen(self.state.library), done)

    # The end

    def what_is_cut_short(self) -> str | None:
        """The message for a user who leaves while sources are being read."""
        watcher = self.asked
        if watcher is None:
            return None
        if not watcher.total:
            return "The sources were not added." if watcher.waiting or self.queue else None
        done = f"Stopped after {number(watcher.done)} of {plural(watcher.total, 'source')}."
        if self.queue:
            done += " The queued sources were not added."
        if self.app.refs:
            return f"{done} The same command goes on from there."
        return f"{done} They are in the library; adding the same again goes on from there."

    def stop_work(self) -> None:
        """End all threads, as the program is about to end."""
        self.queue.clear()
        for watcher in (self.asked, self.folders):
            if watcher is not None:
                watcher.stop.set()
                watcher.pause.clear()
