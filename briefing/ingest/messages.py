"""Queue messages between the threads of an ingest."""

import os
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from briefing.ingest.worker import Task, Unpacked
from briefing.library.errors import LibraryError
from briefing.library.store.file_records import Stamp
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.source import Source
from briefing.sources import is_address

T = TypeVar("T")

_TICK: Final = 0.1
"""Seconds after which a thread that waits looks whether it should end."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One file to ingest.

    ``place`` is its number in the order of discovery, ``size`` its bytes; ``sha`` is empty where it could not be read,
    which whoever reads it will explain.
    """

    task: Task
    place: int
    sha: str = ""
    size: int = 0
    read_as: str = ""
    """Which readers make a source of it, and by which suffix: with the content, that decides the text."""
    several: bool = False
    """Whether it is a file with several sources in it, or an address, rather than a source."""
    stored: bool = False
    """Whether the source comes from the library, to be extracted anew."""
    stamp: Stamp | None = None
    """The file, where the library is to remember it; for what is in a file, that one."""
    part: str = ""
    """Which of several sources in the file."""
    before: str = ""
    """The source that was there when the file was read last, where that is to become an older version."""
    parent: "Job | None" = None
    """The file that this came out of."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Number of files seen so far."""

    total: int


@dataclass(frozen=True, slots=True)
class TakenApart:
    """A file held these parts."""

    job: Job
    parts: tuple[Unpacked, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """A worker started a file, or a page of it whose words are recognised: of so many the one with that number."""

    job: Job
    page: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A file was read and extracted; ``fresh`` unless it came from the cache."""

    job: Job
    source: Source
    extraction: Extraction
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """A file could not be read or extracted."""

    job: Job
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """The library has these contents from this extractor."""

    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """Another file of this run has the same content."""

    job: Job


@dataclass(frozen=True, slots=True)
class Fed:
    """The final number of files."""

    jobs: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A fatal error; the message is for the user."""

    message: str


Settled = Callable[[Job, str, str, int], object]
"""Told of a file that is over: the id of its source, or why there is none; or how many parts of it are to come."""
Outcome = Counted | Started | Done | Failed | Known | Twin | Fed | Broken | TakenApart


def name_of(job: Job) -> SafeText:
    """A file as users see it."""
    return SafeText(job.task.name).line()


def ref_of(job: Job) -> str:
    """The file or address to read to try a job again; empty for what cannot be read again."""
    task = (job.parent or job).task
    if task.made or task.name != task.path:
        return ""
    return task.path if is_address(task.path) else os.path.abspath(task.path)  # noqa: PTH100 - see discover


def older_of(job: Job, source_id: str) -> str | None:
    """The id of the source that was in the file before; None where that is the same, or unknown.

    Args:
        job: The file's job.
        source_id: Id of the source that is in it now.
    """
    return job.before if job.before not in {"", source_id} else None


class Channel(Generic[T]):
    """A queue of bounded length between threads that all end when ``halt`` is set.

    While ``pause`` is set, :meth:`get` gives nothing.
    """

    def __init__(self, length: int, halt: threading.Event, pause: threading.Event | None = None) -> None:
        self._queue: queue.Queue[T] = queue.Queue(length)
        self._halt = halt
        self._pause = pause or threading.Event()

    def __len__(self) -> int:
        return self._queue.qsize()

    def put(self, item: T) -> bool:
        """Wait for room; false where the end came first."""
        while not self._halt.is_set():
            try:
                self._queue.put(item, timeout=_TICK)
            except queue.Full:
                continue
            return True
        return False

    def get(self) -> T | None:
        """Wait for an item; None where the end came first."""
        while not self._halt.is_set():
            if self._pause.is_set():
                self._halt.wait(_TICK)
            elif (item := self.poll(_TICK)) is not None:
                return item
        return None

    def poll(self, seconds: float = 0.0) -> T | None:
        """An item, or None where none comes in that time."""
        try:
            return self._queue.get(seconds > 0, seconds or None)
        except queue.Empty:
            return None


def take_turn(turn: threading.Lock, stop: threading.Event, wait: Callable[[], object]) -> bool:
    """Acquire a lock, or give up when stopped; returns whether it was acquired.

    Args:
        turn: The lock.
        stop: Ends the waiting once it is set.
        wait: Called once before waiting.
    """
    if turn.acquire(blocking=False):
        return True
    wait()
    while not stop.is_set():
        if turn.acquire(timeout=_TICK):
            return True
    return False


def guarded(work: Callable[[], None], outcomes: Channel[Outcome]) -> None:
    """Run a thread's work; an error of it ends the whole run.

    Args:
        work: The work.
        outcomes: Where the error is sent.
    """
    try:
        work()
    except LibraryError as error:
        outcomes.put(Broken(str(error)))
    except Exception as error:  # noqa: BLE001 - a thread that dies in silence would be waited for without end
        outcomes.put(Broken(f"The files cannot be gone through: {type(error).__name__}: {error}"))
