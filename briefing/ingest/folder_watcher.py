"""Watch folders: new files are added, changed ones become newer versions, vanished ones are marked.

A change is only a hint of where to look. What is done is always the same: the files in a place are compared with what
the library remembers of them, so that it does not matter how much was missed while nobody watched.
"""

import os
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import watchfiles
from watchfiles.main import FileChange

from briefing.ingest.engine import Ingest
from briefing.library.errors import LibraryBusy
from briefing.library.library import Library
from briefing.model.progress import Finished, Gone, Hindered, IngestEvent, Moved, Watched
from briefing.model.safetext import SafeText
from briefing.sources.formats import OPENED, suffixes

TICK: Final = 0.25
"""Seconds between two looks at the folders and at what is waiting."""
QUIET: Final = 0.7
"""Seconds for which a file must not have been written to: one that is still being copied is not read in halves."""
TOGETHER: Final = 3.0
"""Seconds that what is ready waits for the rest: where a file is gone, it may have been moved to where one is new."""
LONGEST: Final = 30.0
"""Seconds after which one that is written to all the time is read as it is."""
_WHOLE: Final = 600.0
"""Seconds between two comparisons of everything: no file system tells of what others do over a network."""
AGAIN: Final = 10.0
"""Seconds between them where changes are not told of at all, or something was in the way."""

Tell = Callable[[IngestEvent], None]
_Places = dict[Path, tuple[int, int]]


class Watching:
    """Keeps a library up to date with its watched folders; ``options`` are those of :class:`Ingest`.

    The list of folders may change meanwhile, also by another program.
    """

    def __init__(self, library: Library, **options: Any) -> None:
        self.library = library
        self.options = options
        self._absent: set[Path] = set()
        """Folders of which it was said that they are not there."""
        self._busy = False
        """Whether it was said that another program is writing."""

    def run(self, on_event: Tell, stop: threading.Event, pause: threading.Event | None = None) -> None:
        """Bring everything up to date, then watch until stopped.

        Args:
            on_event: Called in this thread with each event of progress.
            stop: Ends the watching once it is set.
            pause: While it is set, no new source is started; None for never.

        Raises:
            LibraryError: Where nothing can be extracted, or the library cannot be used.
        """
        while not stop.is_set():
            try:
                self._watch(on_event, stop, pause or threading.Event())
            except LibraryBusy as error:
                if not self._busy:
                    on_event(Hindered(reason=error.message))
                self._busy = True
                stop.wait(AGAIN)

    def catch_up(
        self, on_event: Tell, stop: threading.Event | None = None, pause: threading.Event | None = None
    ) -> Finished:
        """Bring everything up to date, once.

        Args:
            on_event: Called in this thread with each event of progress.
            stop: Ends it early once it is set; None for never.
            pause: While it is set, no new source is started; None for never.

        Raises:
            LibraryError: Where nothing can be extracted, or the library cannot be used.
        """
        folders = self._folders(on_event)
        return self._compare(folders, folders, on_event, stop or threading.Event(), pause or threading.Event())

    def _watch(self, on_event: Tell, stop: threading.Event, pause: threading.Event) -> None:
        """Compare everything and follow the changes, until it is time to do so again or other folders are listed."""
        folders = self._folders(on_event)
        waiting = _Waiting(folders)
        with closing(_changes(folders, stop)) as changes:
            next(changes, None)  # from here on, nothing is missed
            done = self._compare(folders, folders, on_event, stop, pause)
            if not done.stopped:
                on_event(Watched(folders=tuple(SafeText(str(folder)).line() for folder in folders)))
            until = time.monotonic() + _WHOLE
            while not stop.is_set() and time.monotonic() < until:
                changed = next(changes, None)
                if changed is None:  # changes are not told of
                    until = min(until, time.monotonic() + AGAIN)
                    stop.wait(TICK)
                waiting.add(changed or ())
                if _identified(self.library.folders.all()) != folders:
                    return
                if not pause.is_set() and (ready := waiting.ready()):
                    self._compare(ready, folders, on_event, stop, pause)

    def _folders(self, on_event: Tell) -> _Places:
        """The watched folders that are there, each with what makes it the same one later."""
        listed = self.library.folders.all()
        there = _identified(listed)
        for folder in listed:
            if folder not in there and folder not in self._absent:
                reason = SafeText(f"{folder} is not there or may not be opened; it is looked for again").line()
                on_event(Hindered(reason=reason))
        self._absent = set(listed) - set(there)
        return there

    def _compare(
        self, places: Iterable[Path], folders: _Places, on_event: Tell, stop: threading.Event, pause: threading.Event
    ) -> Finished:
        """Take in what is new in these places, and find out what became of what is not there any more."""
        every = list(places)
        there = [str(place) for place in every if os.path.lexists(place)]
        done = Ingest(self.library, there, changed_only=True, **self.options).run(on_event, stop, pause)
        self._busy = False
        if done.stopped:
            return done
        now = _identified(folders)  # of a folder that is gone as a whole, nothing is known: it may be a disk
        sure = [folder for folder in folders if now.get(folder) == folders[folder]]
        fate = self.library.files.vanished([str(place) for place in every if {place, *place.parents} & set(sure)])
        rows = self.library.rows({*fate.gone, *(source_id for source_id, _ in fate.moved)})
        for source_id in fate.gone:
            if source_id in rows:
                on_event(Gone(row=rows[source_id]))
        for source_id, before in fate.moved:
            if source_id in rows:
                on_event(Moved(row=rows[source_id], before=before))
        return done


class _Waiting:
    """Places that have changed, until nothing changes in them any more."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = list(folders)
        self._changed: dict[str, tuple[float, float]] = {}
        """When each changed first, and last."""

    def add(self, paths: Iterable[str]) -> None:
        """Note that these paths have just changed."""
        now = time.monotonic()
        for path in paths:
            if self._is_of_interest(Path(path)):
                self._changed[path] = (self._changed.get(path, (now,))[0], now)

    def ready(self) -> list[Path]:
        """Paths that have not changed for a while; none of them is within another."""
        now = time.monotonic()
        ready = {path: a for path, (a, z) in self._changed.items() if now - z >= QUIET or now - a >= LONGEST}
        if len(ready) < len(self._changed) and all(now - a < TOGETHER for a in ready.values()):
            return []
        for path in ready:
            del self._changed[path]
        places = set(map(Path, ready))
        return sorted(place for place in places if not places & set(place.parents))

    def _is_of_interest(self, path: Path) -> bool:
        """Whether what is there would be found in a watched folder, or may have been a folder in it."""
        for folder in self._folders:
            if path == folder or folder in path.parents:
                hidden = any(name.startswith(".") for name in path.relative_to(folder).parts)
                return not hidden and (path.suffix.lower() in suffixes() | OPENED or not path.is_file())
        return False


def _changes(folders: Iterable[Path], stop: threading.Event) -> Generator[set[str] | None, None, None]:
    """The paths that change in the folders, as they do, an empty set now and then; None where that cannot be known."""
    there = [str(folder) for folder in folders]
    while there and not stop.is_set():
        try:
            yield from ({path for _, path in changes} for changes in _told_of(there, stop))
        except RuntimeError:  # the name of what changed is no text: it may be anything
            yield set(there)
            stop.wait(TICK)
        except OSError:  # one of them is gone, or this system watches no more
            break
    while not stop.is_set():
        yield None


def _told_of(folders: Iterable[str], stop: threading.Event) -> Generator[set[FileChange], None, None]:
    return watchfiles.watch(
        *folders,
        watch_filter=None,
        debounce=int(TICK * 1000),
        rust_timeout=int(TICK * 1000),
        yield_on_timeout=True,
        stop_event=stop,
        ignore_permission_denied=True,
    )


def _identified(folders: Iterable[Path]) -> _Places:
    """Those of the folders that are there and can be looked into, with their devices and numbers on them."""
    there: _Places = {}
    for folder in folders:
        try:
            status = folder.stat()
            with os.scandir(folder):
                there[folder] = (status.st_dev, status.st_ino)
        except OSError:
            continue
    return there
