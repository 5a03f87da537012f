"""Taking sources in while one reads: what is named, what comes into watched folders, what an older version read."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Final

from textual import on
from textual.message import Message

from briefing.model.safetext import SafeText
from briefing.tui.actions import shown_keys
from briefing.tui.ingest import INTERVAL, Watcher, ingest, watch
from briefing.tui.main_screen.reviewing import ReviewingScreen
from briefing.tui.messages import Counted, Ingested, Ingesting
from briefing.tui.threads import in_thread
from briefing.tui.wording import number, own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.library import Library
    from briefing.model.selection import Order

_READ_ONLY: Final = (
    "Verdicts, tags, pins, where you were and what you asked for are not kept. To work with it, copy the file to a"
    " folder where you may write and open the copy: briefing --library COPY"
)
_WINDOW: Final = 10.0
"""Seconds over which the rate of an ingest is averaged."""


class Outdated(Message):
    """So many sources were read by another version of the extractor."""

    def __init__(self, sources: int) -> None:
        self.sources = sources
        super().__init__()


class Unwatched(Message):
    """The folders are not watched any more; ``error`` says why, where nobody asked for that."""

    def __init__(self, error: SafeText | None) -> None:
        self.error = error
        super().__init__()


class Rate:
    """How fast something goes, by the last seconds of it."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def per_second(self, done: int, now: float | None = None) -> float:
        """The rate, now that so many are ``done``; 0 until it can be told."""
        now = time.monotonic() if now is None else now
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()  # the next run has begun
        self._seen.append((now, done))
        while now - self._seen[0][0] > _WINDOW and len(self._seen) > 2:
            self._seen.popleft()
        begun, before = self._seen[0]
        return (done - before) / (now - begun) if now > begun else 0.0


class TakingScreen(ReviewingScreen):
    """What has to do with taking sources in: what is asked for and what comes into folders, one after the other."""

    def __init__(self, measure: int, order: Order) -> None:
        super().__init__(measure, order)
        self._watcher: Watcher | None = None
        """State of what was asked for."""
        self._queue: list[tuple[tuple[str, ...], dict[str, object]]] = []
        """What was asked for after it, with its options."""
        self._folders: Watcher | None = None
        """State of the watching of folders."""
        self._rate = Rate()
        self._offered: tuple[bool | None, ...] = ()
        """Which of the actions on an ingest the keys below were told of last."""
        self._counted_so_far = 0
        self._told_added = 0
        self._told_hindrance = SafeText()
        self.outdated = 0

    def library_ready(self) -> None:
        """Take in what was named on the command line; in a library of its own, do what waits there."""
        super().library_ready()
        if self.reader.refs:
            self.ingest(self.reader.refs)
        elif self.library is not None and self.library.read_only:
            self.app.notify(_READ_ONLY, title="This library can only be read", timeout=10)
        elif self.library is not None:
            self.follow_folders()
            self._look_for_outdated()

    # What was asked for

    def action_samples(self) -> None:
        """Add the samples, while there is nothing else."""
        if self.has_class("-empty") and self._watcher is None:
            self.ingest([str(self.reader.samples)])

    def action_add(self) -> None:
        """Ask for files, folders and addresses to add."""
        from briefing.tui.dialogs.add_sources import Adding, AddScreen

        def chosen(adding: Adding | None) -> None:
            if adding is None:
                return
            if adding.watch:
                self._watch_folder(adding.ref)
            else:
                self.ingest([adding.ref])

        self.app.push_screen(AddScreen(), chosen)

    def ingest(self, refs: Sequence[str], **more: object) -> None:
        """Take sources in; they appear as they are read. ``more`` are options of :class:`briefing.ingest.Ingest`.

        While others are being read, they wait until these are done.
        """
        if not self.may_write():
            return
        if self._watcher is None:
            self._begin(refs, more)
            return
        asked = (tuple(refs), more)
        if asked not in self._queue:
            self._queue.append(asked)
        self.app.notify("That is read next, once what is being read is done.", timeout=4)
        self._tell_progress()

    def _begin(self, refs: Sequence[str], more: dict[str, object]) -> None:
        if self.library is not None:
            self._watcher = Watcher(self.post_message)
            self._counted_so_far = -1
            self.welcome.tell_reading(True)
            self.refresh_bindings()
            self.status.tell_progress(0, 0, own("starting"))
            self._ingest(self.library, refs, self._watcher, {**self.reader.ingest_options, **more})

    @in_thread("ingest")
    def _ingest(self, library: Library, refs: Sequence[str], watcher: Watcher, options: dict[str, object]) -> None:
        self.post_message(ingest(library, refs, watcher, options))

    @on(Ingested)
    def _ingested(self, message: Ingested) -> None:
        self.end_ingest()
        self._count_again()
        self.compare()
        if message.error is not None:
            self.app.notify(message.error, severity="error", timeout=10)
            return
        if message.passed_over and not message.failures:
            one = message.passed_over[0]
            self.app.notify(one.path + ": " + one.reason, severity="information", timeout=8)
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
            self.app.notify("Nothing there to read.", severity="warning")

    def end_ingest(self) -> None:
        """Nothing that was asked for is being read any more."""
        if self.outdated:
            self._look_for_outdated()
        self._watcher = None
        self.welcome.tell_reading(False)
        if self._queue:
            self._begin(*self._queue.pop(0))
        self._tell_progress()
        self.refresh_bindings()

    # Watched folders

    def follow_folders(self) -> None:
        """Watch the library's folders, if there are any and the settings say so; or stop watching."""
        if not self.reader.settings.watch or (self.library is not None and self.library.read_only):
            if self._folders is not None:
                self._folders.stop.set()
        elif self._folders is None and self.library is not None and not self.reader.refs:
            self._folders = Watcher(self.post_message)
            self._follow(self.library, self._folders)

    @in_thread("watching")
    def _follow(self, library: Library, watcher: Watcher) -> None:
        error = watch(library, watcher, self.reader.ingest_options).error if library.folders.all() else None
        self.post_message(Unwatched(error))

    @on(Unwatched)
    def _unwatched(self, message: Unwatched) -> None:
        self._folders = None
        self._tell_progress()
        if message.error is not None:
            self.app.notify(message.error, title="Folders are not watched", severity="warning", timeout=10)

    @in_thread("write")
    def _watch_folder(self, folder: str) -> None:
        """Put a folder on the list, and watch it from now on."""
        from briefing.library import LibraryError

        if self.library is None:
            return
        try:
            path: Path = self.library.folders.watch(folder)
        except LibraryError as error:
            self.app.call_from_thread(self.app.notify, str(error), severity="warning", timeout=8)
            return
        said = f"{path} is watched: what comes into it is taken in."
        if not self.reader.settings.watch:
            said = f"{path} is on the list, but watching is off in the settings."
        self.app.call_from_thread(self.app.notify, said, timeout=6)
        self.app.call_from_thread(self.follow_folders)

    def _tell_folders(self, folders: Watcher) -> None:
        """Say what has come, once it is all in, and what is in the way."""
        if folders.hindrance != self._told_hindrance:
            self._told_hindrance = folders.hindrance
            if folders.hindrance:
                self.app.notify(folders.hindrance, title="Watched folders", severity="warning", timeout=8)
        if not folders.busy and folders.added > self._told_added:
            came = plural(folders.added - self._told_added, "new source")
            self._told_added = folders.added
            self.app.notify(came + own(" from watched folders."), timeout=4)
            self.compare()

    # What an older version read

    @in_thread("outdated", exclusive=True)
    def _look_for_outdated(self) -> None:
        if self.library is not None and self.reader.extractor is not None:
            self.post_message(Outdated(self.library.outdated(self.reader.extractor())))

    @on(Outdated)
    def _outdated_known(self, message: Outdated) -> None:
        known, self.outdated = self.outdated, message.sources
        self.refresh_bindings()
        if message.sources and not known:
            key = shown_keys("renew", self.reader.keymap.keys)
            said = "Another version of the extractor read " + plural(message.sources, "source")
            self.app.notify(f"{said}. {key} reads anew; what you said of facts stays.", timeout=8)

    def action_renew(self) -> None:
        """Extract anew what another version of the extractor read."""
        if self.outdated:
            self.ingest((), outdated=True)

    # While it goes on

    @on(Ingesting)
    def _ingesting(self) -> None:
        for watcher in (self._watcher, self._folders):
            if watcher is not None:
                watcher.taken()
                self.set_timer(INTERVAL, watcher.rest)
        every = [watcher for watcher in (self._watcher, self._folders) if watcher is not None]
        counted = sum(watcher.added + watcher.changes + len(watcher.failures) for watcher in every)
        if counted != self._counted_so_far:
            self._counted_so_far = counted
            self._count_again()
        self._tell_progress()
        if self._folders is not None:
            self._tell_folders(self._folders)
        offered = tuple(self.check_action(name, ()) for name in ("stop", "pause", "failures"))
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def _tell_progress(self) -> None:
        """Show how far the reading is: of what was asked for or comes from folders, what is being read; what waits."""
        folders = self._folders if self._folders is not None and self._folders.busy else None
        asked = self._watcher
        watcher = folders if folders is not None and (asked is None or asked.waiting) else asked
        behind = len(self._queue) + (asked is not None and asked is not watcher)
        waiting = own(f"  {behind} waiting" if behind else "")
        if watcher is None:
            self.status.end_progress()
        elif watcher.waiting:
            self.status.tell_progress(0, 0, own("waiting for its turn") + waiting)
        elif watcher.pause.is_set():
            keys = shown_keys("pause", self.reader.keymap.keys)
            self.status.tell_progress(watcher.done, watcher.total, own(f"paused, {keys} goes on") + waiting)
        else:
            rate = self._rate.per_second(watcher.done)
            self.status.tell_progress(watcher.done, watcher.total, watcher.now + waiting, rate)

    @in_thread("totals", exclusive=True)
    def _count_again(self) -> None:
        if self.library is not None:
            self.post_message(Counted(self.library.totals()))

    @on(Counted)
    def _counted(self, message: Counted) -> None:
        self.rows_changed(message.totals)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would change nothing is not offered."""
        if action == "stop":
            return self._watcher is not None
        if action == "pause":
            return any(one is not None and (one.busy or one.pause.is_set()) for one in (self._watcher, self._folders))
        if action == "renew":
            return self.outdated > 0
        if action == "failures":
            return self.totals is not None and self.totals.failures > 0
        return super().check_action(action, parameters)

    def action_stop(self) -> None:
        """Stop taking in what was asked for; what waits is not begun."""
        if self._queue:
            self.app.notify("What was to be read next is not begun.", timeout=5)
            self._queue.clear()
        if self._watcher is not None:
            self._watcher.stop.set()

    def action_pause(self) -> None:
        """Hold the reading of sources back, or let it go on."""
        every = [watcher for watcher in (self._watcher, self._folders) if watcher is not None]
        paused = any(watcher.pause.is_set() for watcher in every)
        for watcher in every:
            watcher.pause.clear() if paused else watcher.pause.set()
        self._tell_progress()

    def action_failures(self) -> None:
        """List what could not be read, to try it again or to forget it."""
        from briefing.tui.dialogs.failures import FailuresScreen

        def done(refs: list[str] | None) -> None:
            if refs:
                self.ingest(refs)
            self._count_again()

        if self.library is not None:
            self.app.push_screen(FailuresScreen(self.library), done)

    # The end

    def what_is_cut_short(self) -> str | None:
        """What the user is told who leaves while sources are being read."""
        watcher = self._watcher
        if watcher is None:
            return None
        if not watcher.total:
            return "What was to be read was not begun." if watcher.waiting or self._queue else None
        done = f"Stopped after {number(watcher.done)} of {plural(watcher.total, 'source')}."
        if self._queue:
            done += " What was to be read next was not begun."
        if self.reader.refs:
            return f"{done} What was read is remembered: the same command goes on from there."
        return f"{done} Those are in the library; adding the same again goes on from there."

    def stop_work(self) -> None:
        """Let threads end: the program is about to."""
        self._queue.clear()
        for watcher in (self._watcher, self._folders):
            if watcher is not None:
                watcher.stop.set()
                watcher.pause.clear()
