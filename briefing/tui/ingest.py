"""Taking sources in while one reads: a thread that runs the engine, and what it has done so far."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from briefing.model.safetext import SafeText
from briefing.tui.messages import Ingested, Ingesting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from briefing.library import Library
    from briefing.model.listing import Failure
    from briefing.model.progress import IngestEvent

INTERVAL: Final = 0.1
"""Seconds between two messages about an ingest, however quick it is."""


class Watcher:
    """State of one ingest, written by its thread and read by the screen.

    The screen is told of a change at once, and of those that follow after :data:`INTERVAL`, together.
    """

    def __init__(self, post: Callable[[Message], object]) -> None:
        self._post = post
        self._lock = threading.Lock()
        self._told = False
        self._changed = False
        self.stop = threading.Event()
        self.pause = threading.Event()
        self.total = 0
        self.done = 0
        self.added = 0
        self.now = SafeText()
        self.failures: list[Failure] = []

    def on_event(self, event: IngestEvent) -> None:
        """Take note, and tell the screen unless it was told just now. Called by the ingest's thread."""
        with self._lock:
            self._note(event)
            self._changed = True
            told, self._told = self._told, True
        if not told:
            self._post(Ingesting())

    def taken(self) -> None:
        """The screen has shown all that is noted so far."""
        self._changed = False

    def rest(self) -> None:
        """The screen has shown it for a while and may be told of more."""
        with self._lock:
            self._told = self._changed
        if self._told:
            self._post(Ingesting())

    def _note(self, event: IngestEvent) -> None:
        kind = type(event).__name__
        if kind == "Discovered":
            self.total = event.total  # type: ignore[union-attr]
        elif kind == "Reading":
            self.now = event.path  # type: ignore[union-attr]
        elif kind == "Added":
            self.done += 1
            self.added += not event.known  # type: ignore[union-attr]
        elif kind == "SetAside":
            self.done += 1
            self.failures.append(event.failure)  # type: ignore[union-attr]


def ingest(library: Library, refs: Sequence[str], watcher: Watcher, options: dict[str, object]) -> Ingested:
    """Run the engine to its end, in the calling thread; ``options`` are those of :class:`briefing.library.Ingest`."""
    from briefing.library import Ingest, LibraryError

    try:
        done = Ingest(library, refs, **options).run(watcher.on_event, watcher.stop)  # type: ignore[arg-type]
    except LibraryError as error:
        return Ingested(watcher.added, 0, watcher.failures, stopped=False, error=SafeText(str(error)))
    return Ingested(done.added, done.known, done.failures, done.stopped)
