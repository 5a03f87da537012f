"""Run an ingest in a thread, and keep its progress for the screen."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.library import Library
    from briefing.model.listing import Failure
    from briefing.model.progress import IngestEvent

INTERVAL: Final = 0.2
"""Seconds between two messages about an ingest, however quick it is."""


@dataclass(frozen=True)
class Ingested:
    """The end of an ingest; ``error`` says why where it could not begin or go on."""

    added: int
    known: int
    failures: Sequence[Failure]
    stopped: bool
    error: SafeText | None = None
    passed_over: Sequence[Failure] = ()


class Watcher:
    """Progress of one ingest, or of watching folders, written by its thread and read by the screen.

    ``tell`` is called in the ingest's thread of a change at once, and of those that follow after :data:`INTERVAL`,
    together.
    """

    def __init__(self, tell: Callable[[], object]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._told = False
        self._changed = False
        self._over = False
        self._began = time.monotonic()
        self.stop = threading.Event()
        self.pause = threading.Event()
        self.total = 0
        self.done = 0
        """Of what is being taken in at the moment."""
        self.added = 0
        self.now = SafeText()
        self.waiting = False
        """Whether another ingest is to be done first."""
        self.failures: list[Failure] = []
        self.changes = 0
        """Files that went, came to lie elsewhere or were changed."""
        self.folders: tuple[SafeText, ...] = ()
        """Those that are watched, once all in them is taken in."""
        self.hindrance = SafeText()
        """What keeps a folder from being looked into, or the library from being written, at the moment."""

    @property
    def seconds(self) -> float:
        """For how long it has been going on."""
        return time.monotonic() - self._began

    @property
    def busy(self) -> bool:
        """Whether sources are being added, rather than waited for."""
        return self.done < self.total and not self._over

    def on_event(self, event: IngestEvent) -> None:
        """Note an event, and tell the screen unless it was told just now. Called by the ingest's thread."""
        with self._lock:
            self._note(event)
            self._changed = True
            told, self._told = self._told, True
        if not told:
            self._tell()

    def taken(self) -> None:
        """The screen has shown all that is noted so far."""
        self._changed = False

    def rest(self) -> None:
        """The screen has shown it for a while and may be told of more."""
        with self._lock:
            self._told = self._changed
        if self._told:
            self._tell()

    def _note(self, event: IngestEvent) -> None:
        from briefing.model import progress

        if self._over:
            self.total = self.done = 0  # while folders are watched, one ingest follows another
            self._over = False
        self.waiting = isinstance(event, progress.Waiting)
        match event:
            case progress.Discovered(total=total):
                self.total = total
            case progress.Reading():
                self.now = event.now
            case progress.Added(known=known, older=older):
                self.done += 1
                self.added += not known
                self.changes += older is not None
            case progress.SetAside(failure=failure):
                self.done += 1
                self.failures.append(failure)
            case progress.Gone() | progress.Moved():
                self.changes += 1
            case progress.Watched(folders=folders):
                self.folders, self.hindrance = folders, SafeText()
            case progress.Hindered(reason=reason):
                self.hindrance = reason
            case progress.Finished():
                self._over = True


def ingest(library: Library, refs: Sequence[str], watcher: Watcher, options: dict[str, object]) -> Ingested:
    """Run an ingest to its end, in the calling thread.

    Args:
        library: The library.
        refs: Files, folders, addresses, ``-``; those of ``library.set_aside.refs()`` to try failures again.
        watcher: Keeps the progress; its events stop and pause the ingest.
        options: Options of :class:`briefing.ingest.Ingest`; with ``outdated``, ``refs`` are empty.
    """
    from briefing.ingest import Ingest
    from briefing.library import LibraryError
    from briefing.library.store.watched_folders import absolute
    from briefing.sources import is_address

    named = [ref if ref == "-" or is_address(ref) else str(absolute(ref)) for ref in refs]
    try:
        done = Ingest(library, named, **options).run(watcher.on_event, watcher.stop, watcher.pause)  # type: ignore[arg-type]
    except LibraryError as error:
        return Ingested(watcher.added, 0, watcher.failures, stopped=False, error=SafeText(str(error)))
    return Ingested(done.added, done.known, done.failures, done.stopped, passed_over=done.passed_over)


def watch(library: Library, watcher: Watcher, options: dict[str, object]) -> Ingested:
    """Keep a library up to date with its watched folders until stopped, in the calling thread.

    Args:
        library: The library.
        watcher: Keeps the progress; its events stop and pause the watching.
        options: Options of :class:`briefing.ingest.Ingest`.
    """
    from briefing.ingest.folder_watcher import Watching
    from briefing.library import LibraryError

    error = None
    try:
        Watching(library, **options).run(watcher.on_event, watcher.stop, watcher.pause)
    except LibraryError as raised:
        error = raised.message
    return Ingested(watcher.added, 0, watcher.failures, stopped=error is None, error=error)
