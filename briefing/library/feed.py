"""From what the user named to the files that need work; by content, the library and the cache know the others."""

import hashlib
import queue
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Final

import briefing.sources
from briefing.library.cache import ExtractionCache
from briefing.library.jobs import Channel, Counted, Done, Failed, Fed, Job, Known, Outcome, Twin
from briefing.library.library import Library
from briefing.library.pool import Pool
from briefing.library.worker import Task, Unpacked
from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import MAX_BYTES, discover, holds_several, is_address, read_file

_GROUP: Final = 64
"""Files that the library is asked about at once."""
_MOST_PARTS: Final = 1 << 17
"""Places that are kept free for what is in a file, so that it comes before the next one."""
_WORK: Final = 1_000_000
"""Bytes that a file of several sources counts for at most: a process that takes one apart shows that it is alive."""
_TICK: Final = 0.1
_STEP: Final = 200
"""Files after which their number is told."""
_READERS: Final = ("trafilatura", "lxml", "charset-normalizer", "pypdfium2")
"""Libraries on which it depends what text a file has."""


class Feed:
    """Finds the files and hands them on, each exactly once: as known, as a twin, as done, or to the pool."""

    def __init__(
        self,
        library: Library,
        refs: Sequence[str],
        spooled: Path | None,
        spool: Callable[[], Path],
        *,
        fingerprint: str,
        cache: ExtractionCache | None,
        pool: Pool,
        outcomes: Channel[Outcome],
        halt: threading.Event,
        allow_private: bool = False,
    ) -> None:
        self.library = library
        self.refs = refs
        self.spooled = spooled
        """Where the bytes of standard input lie, which the name ``-`` stands for."""
        self.spool = spool
        """Gives the folder for what comes out of files that hold several sources."""
        self.fingerprint = fingerprint
        self.cache = cache
        self.pool = pool
        self.outcomes = outcomes
        self.halt = halt
        self.allow_private = allow_private
        self.unpacked: queue.SimpleQueue[tuple[Job, tuple[Unpacked, ...]]] = queue.SimpleQueue()
        """Files with what came out of them, for each one that was submitted to be taken apart."""
        self._seen: set[bytes] = set()
        self._apart = 0
        """Files that are being taken apart."""
        self._handed = 0

    def run(self) -> None:
        """Hand on every file, in the order in which they are found, and what is in them as it comes out."""
        group: list[Job] = []
        for number, task in enumerate(self._tasks()):
            if self.halt.is_set():
                return
            group.append(identify(task, number * _MOST_PARTS))
            if len(group) >= (_GROUP if number >= _GROUP else 1):  # the first ones should not wait for others
                self._hand_on(group)
                group = []
            self._take_parts()
        self._hand_on(group)
        while self._apart and not self.halt.is_set():
            self._take_parts(_TICK)
        self.outcomes.put(Fed(self._handed))

    def _take_parts(self, seconds: float = 0.0) -> None:
        """Hand on what came out of a file, if anything has in that time."""
        try:
            job, parts = self.unpacked.get(seconds > 0, seconds or None)
        except queue.Empty:
            return
        self._apart -= 1
        jobs = [
            Job(
                Task(path=part.path, name=part.name, made=True),
                job.place + min(number, _MOST_PARTS - 1),
                part.sha,
                part.size,
                f"{readers()}{Path(part.name).suffix.lower()}",
            )
            for number, part in enumerate(parts, start=1)
        ]
        for start in range(0, len(jobs), _GROUP):
            self._hand_on(jobs[start : start + _GROUP])

    def count(self) -> None:
        """Tell how many files there are, in steps, while they are being worked on."""
        total = 0
        for _ in self._tasks():
            if self.halt.is_set():
                return
            total += 1
            if total % _STEP == 0:
                self.outcomes.put(Counted(total))
        self.outcomes.put(Counted(total))

    def _tasks(self) -> Iterator[Task]:
        files: list[str] = []
        for ref in self.refs:
            if is_address(ref):
                yield from _files(files)
                yield Task(path=ref, name=ref, allow_private=self.allow_private)
                files = []
            elif ref != "-":
                files.append(ref)
            elif self.spooled is not None:
                yield from _files(files)
                yield Task(path=str(self.spooled), name="-")
                files = []
        yield from _files(files)

    def _hand_on(self, group: list[Job]) -> None:
        known = self.library.extractors({job.sha for job in group if job.sha})
        self._handed += len(group)
        for job in group:
            key = bytes.fromhex(job.sha)
            if job.several:
                self._apart += 1
                folder = str(self.spool() / str(job.place))
                self.pool.submit(replace(job, task=job.task.model_copy(update={"unpack": folder})))
            elif not key:
                self._unreadable(job)
            elif key in self._seen:
                self.outcomes.put(Twin(job))
            else:
                self._seen.add(key)
                if known.get(job.sha) == self.fingerprint:
                    self.outcomes.put(Known(job))
                elif (done := self._cached(job)) is not None:
                    self.outcomes.put(done)
                else:
                    self.pool.submit(job)

    def _unreadable(self, job: Job) -> None:
        """A file that could not even be hashed: reading it fails at once, and says why."""
        try:
            read_file(Path(job.task.path))
        except Unreadable as error:
            self.outcomes.put(Failed(job, error.reason))
        else:  # it came into being just now
            self.pool.submit(job)

    def _cached(self, job: Job) -> Done | None:
        pair = self.cache.pair(job.sha, self.fingerprint, job.read_as) if self.cache is not None else None
        if pair is None:
            return None
        source, extraction = pair
        return Done(job, source.model_copy(update={"path": SafeText(job.task.name).line()}), extraction, fresh=False)


def _files(refs: Sequence[str]) -> Iterator[Task]:
    return (Task(path=str(path), name=str(path)) for path in discover(refs))


def identify(task: Task, place: int) -> Job:
    """The file with the hash of its content. Never waits on a pipe or a device, and never raises."""
    if is_address(task.path):
        return Job(task, place, several=True)
    path = Path(task.path)
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and holds_several(path, task.name):
            return Job(task, place, size=min(status.st_size, _WORK), several=True)
        if not stat.S_ISREG(status.st_mode) or not 0 < status.st_size <= MAX_BYTES:
            return Job(task, place)
        with path.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return Job(task, place)
    return Job(task, place, sha, status.st_size, f"{readers()}{Path(task.name).suffix.lower()}")


@lru_cache(maxsize=1)
def readers() -> str:
    """8 hex digits that change whenever a file might be read into another text."""
    digest = hashlib.sha256()
    for file in sorted(Path(briefing.sources.__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    for package in _READERS:
        with suppress(metadata.PackageNotFoundError):
            digest.update(metadata.version(package).encode())
    return digest.hexdigest()[:8]
