"""Work through the queue of a shared library: one run of the ingest engine, fed from the queue.

What is taken is extracted by the same processes, within the same limits, as at home. A task is over once its source is
in the library; until then this program says in time that it is alive, and what it held when it ends is taken by others.
"""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from briefing.ingest.engine import BATCH, Ingest
from briefing.ingest.inputs import MOST_PARTS, Named, found, identify
from briefing.ingest.messages import Job
from briefing.ingest.temp_folder import Scratch
from briefing.ingest.worker import Task
from briefing.library.errors import LibraryError, LibraryUnreachable
from briefing.library.library import Library
from briefing.model.progress import Added, Finished, IngestEvent
from briefing.model.regular_files import read_regular
from briefing.sources import MAX_BYTES, is_address

if TYPE_CHECKING:
    from briefing.library.postgres.tasks import Reader, Taken, Tasks, Wanted

_AHEAD: Final = 48
"""Tasks that are held for each process: enough for its batches, few enough to be shared.

What is extracted and waits to be written comes on top: else a single process would have nothing to do until it is."""
_TOGETHER: Final = 20
"""Tasks that are said to be over at once."""
AGAIN: Final = 2.0
"""Seconds between two looks for a server that is gone."""
_POLL: Final = 1.0
"""Seconds between two looks into a queue with nothing to take."""


def wanted(refs: "tuple[str, ...]", *, send: bool) -> "Iterator[Wanted]":
    """Files to put into the queue, for files, folders and addresses.

    Args:
        refs: Files, folders and web addresses.
        send: Whether to include the files' bytes.
    """
    import hashlib

    from briefing.library.postgres.tasks import Wanted

    for job in Named(refs, None, allow_private=False).jobs():
        task = job.task
        if is_address(task.path):
            yield Wanted(hashlib.sha256(task.path.encode()).hexdigest(), os.fsencode(task.path), task.path)
            continue
        path = Path(task.path)
        known = identify(job)
        data = None
        if send or known.several or not known.sha:
            try:
                data = read_regular(path, MAX_BYTES + 1)
            except OSError:
                data = None
        sha = known.sha or hashlib.sha256(task.path.encode() if data is None else data).hexdigest()
        yield Wanted(sha, os.fsencode(os.path.abspath(path)), task.name, data if send else None)  # noqa: PTH100


class Queued:
    """What the queue holds for this program, as long as there is something; see :class:`Origin`."""

    def __init__(
        self, tasks: "Tasks", reader: "Reader", *, jobs: int, stop: threading.Event, until_empty: bool, lease: float
    ) -> None:
        self._tasks = tasks
        self._reader = reader
        self._most = _AHEAD * max(1, jobs) + BATCH
        self._stop = stop
        self._until_empty = until_empty
        self._lease = lease
        self._lock = threading.Lock()
        self._held: dict[int, int] = {}
        """Numbers of tasks that are held, with how much of each is not over."""
        self._failed: dict[int, str] = {}
        self._done: list[int] = []
        """Numbers of tasks that are over, which the queue has not been told yet."""
        self._scratch = Scratch()
        self._unwanted = threading.Event()
        self._ended = threading.Event()
        self._pulse = threading.Thread(target=self._say_alive, name="queue-pulse", daemon=True)
        self._pulse.start()

    def end(self) -> None:
        """Take nothing more."""
        self._unwanted.set()

    def folders(self) -> Mapping[str, Mapping[str, int]]:
        """None."""
        return {}

    def totals(self) -> Iterator[int]:
        """How much there is at the beginning."""
        yield self._tasks.left(self._reader)

    def jobs(self) -> Iterator[Job | None]:
        """Task after task, taken from the queue when there is room for it; None after those that were taken at once."""
        while not (self._stop.is_set() or self._unwanted.is_set()):
            self._finish()
            with self._lock:
                room = self._most - len(self._held)
            if room <= self._most // 4:
                self._stop.wait(_POLL / 10)
                continue
            taken = self._tasks.take(room, self._reader, self._lease)
            with self._lock:
                self._held.update((one.number, 1) for one in taken)
            for one in taken:
                yield self._job(one)
            if taken:
                yield None
            elif self._until_empty and not self._tasks.left(self._reader):
                return
            else:
                self._stop.wait(_POLL)

    def _job(self, taken: "Taken") -> Job:
        place = taken.number * MOST_PARTS
        path = os.fsdecode(taken.path)
        if not taken.kept:
            return found(Task(path=path, name=path), place)
        file = self._scratch() / str(taken.number)
        with suppress(LibraryError):  # reading it will say that it is not there
            file.write_bytes(self._tasks.original(taken))
        return found(Task(path=str(file), name=taken.name), place)

    def settled(self, job: Job, source_id: str, reason: str, parts: int) -> None:  # noqa: ARG002
        """Note that a file or a part of one is over; with its last part the task is.

        Args:
            job: Its job.
            source_id: Id of the source; not used.
            reason: Why it could not be read; empty where it could.
            parts: Number of the parts that came out of it, which are to be waited for.
        """
        number = job.place // MOST_PARTS
        with self._lock:
            left = self._held.get(number)
            if left is None:
                return
            self._held[number] = left = left - 1 + parts
            if reason and job.parent is None:
                self._failed[number] = reason
            if left:
                return
            del self._held[number]
            why = self._failed.pop(number, "")
        if why:
            self._tasks.fail(number, why)
        else:
            with self._lock:
                self._done.append(number)
                due = len(self._done) >= _TOGETHER
            if due:
                self._finish()
        (self._scratch() / str(number)).unlink(missing_ok=True)

    def _finish(self) -> None:
        """Say that tasks are over. Their sources are in the library: whoever takes one again finds it there."""
        with self._lock:
            done, self._done = self._done, []
        if done:
            self._tasks.finish(done)

    def _say_alive(self) -> None:
        while not self._ended.wait(self._lease / 4):
            with self._lock:
                held = [*self._held, *self._done]
            with suppress(LibraryError):  # what is not said in time is taken by others, which is no harm
                if held:
                    self._tasks.alive(held, self._lease)

    def close(self) -> None:
        """Give back what is held."""
        self._ended.set()
        self._pulse.join()
        with self._lock:
            held, self._held = list(self._held), {}
        with suppress(LibraryError):
            self._finish()
            if held:
                self._tasks.give_back(held)
        self._scratch.close()


def require_same(tasks: "Tasks", reader: "Reader") -> str:
    """Words on tasks that other versions of the program are to read; empty where there are none.

    Args:
        tasks: The queue.
        reader: This program.

    Raises:
        LibraryError: Where all tasks are for others.
    """
    waiting = tasks.state().readers
    others = [f"{n:,} for {other}" for other, n in waiting if other.extractor != reader.extractor]
    if not others:
        return ""
    said = (
        f"The queue holds {', '.join(others)}; this is {reader}. Machines that share a library need the same version,"
        " model and lexicons"
    )
    if len(others) == len(waiting):
        raise LibraryError(f"{said}, so nothing is taken. Install those here, or add the sources again from here.")
    return f"{said}: those are left to others."


def work(
    library: Library,
    make: "Callable[..., Ingest]",
    *,
    jobs: int,
    reader: "Reader",
    stop: threading.Event,
    until_empty: bool,
    lease: float,
    on_event: Callable[[IngestEvent], None],
    tell: Callable[[str], None] = lambda _: None,
) -> Finished:
    """Work through the queue of ``library`` until it is empty, or ``stop`` is set; wait for a server that is gone.

    Args:
        library: One on a server.
        make: What makes the ingest, given ``origin`` and ``on_settled``.
        jobs: Processes that extract.
        reader: By which program they do.
        stop: Set to end it in good order.
        until_empty: Whether to end once nothing is left, rather than wait for more.
        lease: Seconds after which others may take what this program held when it ended.
        on_event: Called with what happens.
        tell: Called with words for the user when the server goes, and when it is back.

    Returns:
        What came of it.

    Raises:
        LibraryError: Where nothing can be extracted, or the library cannot be written.
    """
    from briefing.library.opening import queue_of

    tasks, added = queue_of(library), 0

    def heard(event: IngestEvent) -> None:
        nonlocal added
        added += isinstance(event, Added)
        on_event(event)

    while True:
        queued = Queued(tasks, reader, jobs=jobs, stop=stop, until_empty=until_empty, lease=lease)
        try:
            done = make(origin=queued, on_settled=queued.settled).run(heard, stop)
        except LibraryUnreachable as error:
            tell(f"{error} It is looked for again every {AGAIN:g} seconds.")
        else:
            return done.model_copy(update={"added": added})
        finally:
            queued.close()
        _wait_for(tasks, reader, stop)
        if stop.is_set():
            return Finished(added=added, known=0, failures=(), stopped=True)
        tell("The library is there again.")


def _wait_for(tasks: "Tasks", reader: "Reader", stop: threading.Event) -> None:
    """Wait until the server answers, or for ``stop``."""
    while not stop.wait(AGAIN):
        with suppress(LibraryUnreachable):
            tasks.left(reader)
            return
