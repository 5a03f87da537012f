"""The main screen: the pieces put together, sources taken in, what Esc leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import Worker, WorkerState

from briefing.model.safetext import SafeText
from briefing.tui.actions import shown_keys
from briefing.tui.ingest import INTERVAL, Watcher, ingest
from briefing.tui.messages import Counted, Ingested, Ingesting, LibraryOpened
from briefing.tui.screens.reviewing import ReviewingScreen
from briefing.tui.screens.tour import leave, offer
from briefing.tui.widgets.tour import Tour
from briefing.tui.wording import number, own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.library import Library
    from briefing.model.selection import Order
    from briefing.model.settings import Settings


class MainScreen(ReviewingScreen):
    """The reader. Workers post messages; this screen keeps the state; widgets show it."""

    def __init__(self, measure: int, order: Order) -> None:
        super().__init__(measure, order)
        self._watcher: Watcher | None = None

    # The library

    @work(thread=True, group="library", exit_on_error=False)
    def open_library(self) -> None:
        """Open the library once the first frame is drawn."""
        library = self.reader.open_library()
        self.post_message(LibraryOpened(library, library.totals()))

    def library_ready(self) -> None:
        """Take in what was named on the command line."""
        super().library_ready()
        if self.reader.refs:
            self.ingest(self.reader.refs)
        else:
            offer(self, self.reader, self.totals.sources if self.totals else 0)

    def settings_changed(self, settings: Settings) -> None:
        """Go by other settings."""
        if settings.measure != self.text_view.measure:
            self.text_view.measure = settings.measure
            self.text_view.on_resize()
        self.refresh_bindings()
        self.welcome.refresh()
        for tour in self.query(Tour):
            tour.say(self.reader.keymap.keys)

    @on(Tour.Left)
    def _tour_left(self) -> None:
        leave(self)

    def action_samples(self) -> None:
        """Add the samples, while there is nothing else."""
        if self.has_class("-empty") and self._watcher is None:
            self.ingest([str(self.reader.samples)])

    def action_add(self) -> None:
        """Ask for files and folders to add."""
        from briefing.tui.screens.add import AddScreen

        def chosen(ref: str | None) -> None:
            if ref:
                self.ingest([ref])

        self.app.push_screen(AddScreen(), chosen)

    # Taking in

    def ingest(self, refs: Sequence[str]) -> None:
        """Take sources in; they appear as they are read."""
        if self._watcher is not None:
            self.app.notify("Sources are being read already; add more when that is done.", severity="warning")
            return
        if self.library is not None:
            self._watcher = Watcher(self.post_message)
            self.welcome.tell_reading(True)
            self.refresh_bindings()
            self.status.tell_progress(0, 0, own("starting"))
            self._ingest(self.library, refs, self._watcher)

    @work(thread=True, group="ingest", exit_on_error=False)
    def _ingest(self, library: Library, refs: Sequence[str], watcher: Watcher) -> None:
        self.post_message(ingest(library, refs, watcher, self.reader.ingest_options))

    @on(Ingesting)
    def _ingesting(self) -> None:
        watcher = self._watcher
        if watcher is not None:
            watcher.taken()
            self.set_timer(INTERVAL, watcher.rest)
            self._tell_progress(watcher)
            if watcher.done:
                self._count_again()

    def _tell_progress(self, watcher: Watcher) -> None:
        if watcher.pause.is_set():
            now = own("paused, ") + shown_keys("pause", self.reader.keymap.keys) + own(" goes on")
        else:
            now = watcher.now
        self.status.tell_progress(watcher.done, watcher.total, now)

    @on(Ingested)
    def _ingested(self, message: Ingested) -> None:
        self._end_ingest()
        self._count_again()
        self.compare()
        if message.error is not None:
            self.app.notify(message.error, severity="error", timeout=10)
            return
        if message.failures:
            first = message.failures[0]
            words = plural(len(message.failures), "file") + own(" could not be read. F lists them.\n")
            self.app.notify(words + first.path + ": " + first.reason, severity="warning", timeout=8)
        elif message.stopped:
            self.app.notify(f"Stopped. {number(message.added)} added.", timeout=3)
        elif message.added:
            known = f", {number(message.known)} known already" if message.known else ""
            self.app.notify(own(plural(message.added, "source") + f" added{known}."), timeout=3)
        elif not message.known:
            self.app.notify("Nothing there to read: text, Markdown and HTML files are.", severity="warning")

    def _end_ingest(self) -> None:
        self._watcher = None
        self.welcome.tell_reading(False)
        self.status.end_progress()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would change nothing is not offered."""
        if action in {"stop", "pause"}:
            return self._watcher is not None
        if action == "failures":
            return self.totals is not None and self.totals.failures > 0
        return super().check_action(action, parameters)

    @work(thread=True, exclusive=True, group="totals", exit_on_error=False)
    def _count_again(self) -> None:
        if self.library is not None:
            self.post_message(Counted(self.library.totals()))

    @on(Counted)
    def _counted(self, message: Counted) -> None:
        self.rows_changed(message.totals)

    def action_stop(self) -> None:
        """Stop taking in."""
        if self._watcher is not None:
            self._watcher.stop.set()

    def action_pause(self) -> None:
        """Hold the reading of sources back, or let it go on."""
        watcher = self._watcher
        if watcher is not None:
            watcher.pause.clear() if watcher.pause.is_set() else watcher.pause.set()
            self._tell_progress(watcher)

    def what_is_cut_short(self) -> str | None:
        """What the user is told who leaves while sources are being read."""
        watcher = self._watcher
        if watcher is None or not watcher.total:
            return None
        done = f"Stopped after {number(watcher.done)} of {plural(watcher.total, 'source')}."
        if self.reader.refs:
            return f"{done} What was read is remembered: the same command goes on from there."
        return f"{done} Those are in the library; adding the same again goes on from there."

    def action_failures(self) -> None:
        """List what could not be read, to try it again or to forget it."""
        from briefing.tui.screens.failures import FailuresScreen

        def done(refs: list[str] | None) -> None:
            if refs:
                self.ingest(refs)
            self._count_again()

        if self.library is not None:
            self.app.push_screen(FailuresScreen(self.library), done)

    # Export

    def action_export(self) -> None:
        """Ask what to write where."""
        from briefing.tui.screens.export import ExportScreen

        if self.library is not None and self.totals is not None and self.totals.sources:
            self.app.push_screen(ExportScreen(self.library, self.source, self.order))
        else:
            self.app.notify("There is nothing to export yet.", timeout=3)

    # Leaving

    def action_leave(self) -> None:
        """Leave the tour, else what was entered last: the find, the search, the filter, the evidence, the mention."""
        if leave(self):
            return
        if self.focused is self.legend_bar:
            self.go_to(self.pane)
        elif self.text_view.text_selection is not None:
            self.clear_selection()
        elif self.focused is self.find_bar or (not self.searching and self.leave_find()):
            self.leave_find()
        elif self.end_search() or self.leave_filter() or self.leave_evidence():
            return
        else:
            self.text_view.leave_mention()

    def stop_work(self) -> None:
        """Let threads end: the program is about to."""
        if self._watcher is not None:
            self._watcher.stop.set()
        if self._searches and self.library is not None:
            self.library.interrupt()

    def on_unmount(self) -> None:
        """Whatever ended the program, no thread may keep it from ending."""
        self.stop_work()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in a thread, instead of ending the program."""
        if event.state is WorkerState.ERROR:
            if event.worker.group == "ingest":
                self._end_ingest()
            elif event.worker.group == "library":
                self.status.tell(SafeText(f"No library is open: {event.worker.error}").line())
            self.reader.tell_error(event.worker.error)
