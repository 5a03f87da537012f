"""The main screen: the pieces put together, what Esc leaves, how it ends."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from textual import on
from textual.worker import Worker, WorkerState

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.dialogs.tour import leave, offer
from briefing.tui.main_screen.entities import EntitiesScreen
from briefing.tui.main_screen.taking import TakingScreen
from briefing.tui.messages import LibraryOpened, ListsRecalled
from briefing.tui.recalled import Lists
from briefing.tui.threads import in_thread
from briefing.tui.widgets.tour import Tour

if TYPE_CHECKING:
    from briefing.model.settings import Settings


_WRITING: Final = Lock()
"""Held while it is written how the lists are left."""


class MainScreen(EntitiesScreen, TakingScreen, made=True, inherit_bindings=False):
    """The reader. Workers post messages; this screen keeps the state; widgets show it."""

    BINDINGS = bindings("main")

    # The library

    @in_thread("library")
    def open_library(self) -> None:
        """Open the library once the first frame is drawn."""
        library = self.reader.open_library()
        if self.reader.lists is not None:
            self.post_message(ListsRecalled(self.reader.lists.read()))
        self.post_message(LibraryOpened(library, library.totals()))

    def library_ready(self) -> None:
        """Whoever opens the reader for the first time is shown around."""
        super().library_ready()
        offer(self, self.reader, self.totals.sources if self.totals else 0)

    # How the lists are left

    _kept: Lists | None = None
    """As they were kept last; None before that is known, or where nothing is kept."""

    @on(ListsRecalled)
    def _recall_lists(self, message: ListsRecalled) -> None:
        """Go on with the lists as they were left. The library comes after this, so nothing is listed twice."""
        lists = message.lists
        self.order = lists.order or self.order
        self.grouping = lists.grouping
        self.where = self.where._replace(state=lists.state, tag=lists.tag)
        self.kind = lists.kind
        self.fact_groups = dict(lists.fact_groups)
        self.wanted = {kind: dict(wanted) for kind, wanted in lists.wanted.items()}
        self._kept = self._lists()

    def _lists(self) -> Lists:
        wanted = {kind: dict(one) for kind, one in self.wanted.items()}
        where = self.where
        return Lists(self.order, self.grouping, where.state, where.tag, self.kind, dict(self.fact_groups), wanted)

    def list_changed(self) -> None:
        """Remember how the sources are listed."""
        super().list_changed()
        self._keep_lists()

    def show_facts(self, keep: bool = False) -> None:
        """Remember how the facts are shown."""
        super().show_facts(keep)
        self._keep_lists()

    def _keep_lists(self) -> None:
        if self._kept is not None and self._kept != (lists := self._lists()):
            self._kept = lists
            self._write_lists(lists)

    @in_thread("lists")
    def _write_lists(self, lists: Lists) -> None:
        with _WRITING:
            if self.reader.lists is not None and lists is self._kept:  # else a newer one is about to be written
                self.reader.lists.write(lists)

    def settings_changed(self, settings: Settings) -> None:
        """Go by other settings."""
        if settings.measure != self.text_view.measure:
            self.text_view.measure = settings.measure
            self.text_view.on_resize()
        self.follow_folders()
        self.refresh_bindings()
        self.welcome.refresh()
        for tour in self.query(Tour):
            tour.say(self.reader.keymap.keys)

    @on(Tour.Left)
    def _tour_left(self) -> None:
        leave(self)

    # Export

    def action_export(self) -> None:
        """Ask what to write where."""
        from briefing.tui.dialogs.export import ExportScreen

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
        super().stop_work()
        if self.library is not None:
            self.library.interrupt()

    def on_unmount(self) -> None:
        """Whatever ended the program, no thread may keep it from ending."""
        self.stop_work()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in a thread, instead of ending the program."""
        if event.state is WorkerState.ERROR:
            if event.worker.group == "ingest":
                self.end_ingest()
            elif event.worker.group == "library":
                self.status.tell(SafeText(f"No library is open: {event.worker.error}").line())
            self.reader.tell_error(event.worker.error)
