"""Inputs of an ingest: files, folders and addresses that the user named, or the texts of outdated sources."""

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import IO, Final, Protocol

import briefing.sources
from briefing.ingest.messages import Job
from briefing.ingest.worker import Task
from briefing.library.errors import LibraryError
from briefing.library.library import Library
from briefing.library.store.file_records import Stamp
from briefing.model.regular_files import open_regular
from briefing.model.source import kind_of_file
from briefing.sources import MAX_BYTES, discover, holds_several, is_address
from briefing.sources.plugins import plugin_versions

MOST_PARTS: Final = 1 << 17
"""Places that are kept free for what is in a file, so that it comes before the next one."""
_WORK: Final = 1_000_000
"""Bytes that a file of several sources counts for at most: a process that takes one apart shows that it is alive."""
_STEP: Final = 200
"""Files after which their number is told."""
_FRESH: Final = 2_000_000_000
"""Nanoseconds for which a file that is written again might look the same: so coarse are the times of some systems."""
_READERS: Final = (
    *("trafilatura", "lxml", "charset-normalizer", "pypdfium2", "py3langid", "olefile"),
    *("python-calamine", "warcio", "rapidocr"),
)
_CHUNK: Final = 1 << 20
"""Libraries on which it depends what text a file has."""


class Origin(Protocol):
    """The inputs of one ingest, in order."""

    def jobs(self) -> "Iterator[Job | None]":
        """All jobs; the parts of a file of several sources come later. None where the next may be long in coming."""

    def totals(self) -> Iterator[int]:
        """Number of jobs, as far as that is known, rising to the whole."""

    def folders(self) -> Mapping[str, Mapping[str, int]]:
        """The folders that were walked, with the number of files of each unsupported kind."""

    def end(self) -> None:
        """Have whoever waits for the next job wait no longer: none is wanted."""


class Named:
    """Files, folders and addresses, and ``-`` for the file ``spooled``, which holds standard input."""

    def __init__(self, refs: Sequence[str], spooled: Path | None, *, allow_private: bool) -> None:
        self.refs = refs
        self.spooled = spooled
        self.allow_private = allow_private
        self._passed: dict[str, Counter[str]] = {}

    def jobs(self) -> Iterator[Job]:
        """Each file once, in the order in which they are found, not read yet."""
        return (found(task, number * MOST_PARTS) for number, task in enumerate(self._tasks(self._pass_over)))

    def end(self) -> None:
        """Nothing is waited for."""

    def folders(self) -> Mapping[str, Mapping[str, int]]:
        """The named folders that were walked, known once :meth:`jobs` has come to its end."""
        every = {ref: self._passed.get(ref, Counter[str]()) for ref in self.refs if ref != "-" and not is_address(ref)}
        return {ref: kinds for ref, kinds in every.items() if kinds or Path(ref).is_dir()}

    def _pass_over(self, folder: Path, file: Path) -> None:
        self._passed.setdefault(str(folder), Counter())[kind_of_file(file.name)] += 1

    def totals(self) -> Iterator[int]:
        """Number of files, in steps."""
        total = 0
        for _ in self._tasks():
            total += 1
            if total % _STEP == 0:
                yield total
        yield total

    def _tasks(self, passed_over: Callable[[Path, Path], None] | None = None) -> Iterator[Task]:
        files: list[str] = []
        for ref in self.refs:
            if is_address(ref):
                yield from _files(files, passed_over)
                yield Task(path=ref, name=ref, allow_private=self.allow_private)
                files = []
            elif ref != "-":
                files.append(ref)
            elif self.spooled is not None:
                yield from _files(files, passed_over)
                yield Task(path=str(self.spooled), name="-")
                files = []
        yield from _files(files, passed_over)


class Stored:
    """Sources of the library that another extractor read; their texts are put into files of the folder ``spool``."""

    def __init__(self, library: Library, fingerprint: str, spool: Callable[[], Path]) -> None:
        self.library = library
        self.fingerprint = fingerprint
        self.spool = spool

    def jobs(self) -> Iterator[Job]:
        """Each source, the newest of an extractor first."""
        for number, source_id in enumerate(self.library.outdated_ids(self.fingerprint)):
            try:
                source = self.library.source(source_id)
            except LibraryError:
                continue  # it was taken out meanwhile
            path = self.spool() / f"stored-{number}.json"
            path.write_text(source.model_dump_json(), encoding="utf-8")
            task = Task(path=str(path), name=source.path, made=True)
            yield Job(task, number * MOST_PARTS, source.id, len(source.text), stored=True)

    def end(self) -> None:
        """Nothing is waited for."""

    def folders(self) -> Mapping[str, Mapping[str, int]]:
        """None."""
        return {}

    def totals(self) -> Iterator[int]:
        """Number of outdated sources."""
        yield self.library.outdated(self.fingerprint)


def _files(refs: Sequence[str], passed_over: Callable[[Path, Path], None] | None) -> Iterator[Task]:
    return (Task(path=str(path), name=str(path)) for path in discover(refs, passed_over))


def found(task: Task, place: int) -> Job:
    """Make the job of a file, with its size and age. Never raises.

    Only files that are named from the root on are remembered: what others are depends on where the program was started.

    Args:
        task: The file or address.
        place: Its number in the order of discovery.
    """
    if is_address(task.path):
        return Job(task, place, several=True)
    path = Path(task.path)
    try:
        status = path.stat()
    except (OSError, ValueError):
        return Job(task, place)
    if task.name != task.path or not path.is_absolute():
        return Job(task, place)
    old = time.time_ns() - status.st_mtime_ns > _FRESH
    changed = status.st_mtime_ns + status.st_ctime_ns  # who may read it is not told by the first
    name = os.fsencode(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps ".."
    return Job(task, place, stamp=Stamp(name, status.st_size, changed if old else 0))


def identify(job: Job) -> Job:
    """Hash a file and return its job with that. Never waits on a pipe or a device, and never raises."""
    if job.several or job.sha:
        return job
    path = Path(job.task.path)
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if holds_several(path, job.task.name):
                return replace(job, size=min(size, _WORK), several=True)
            if not 0 < size <= MAX_BYTES:
                return job
            sha, size = _digest(file)
    except (OSError, ValueError):
        return job
    return replace(job, sha=sha, size=size, read_as=read_as(job.task.name)) if size <= MAX_BYTES else job


def _digest(file: IO[bytes]) -> tuple[str, int]:
    """SHA-256 of a file and its size, of no more than one byte above what is read: it may grow all the while."""
    digest, size = hashlib.sha256(), 0
    while size <= MAX_BYTES and (data := file.read(min(_CHUNK, MAX_BYTES + 1 - size))):
        digest.update(data)
        size += len(data)
    return digest.hexdigest(), size


def read_as(name: str) -> str:
    """Name the readers and the suffix that make a source of a file: with the content, that decides the text."""
    return readers() + Path(name).suffix.lower()


@lru_cache(maxsize=1)
def readers() -> str:
    """8 hex digits that change whenever a file might be read into another text."""
    digest = hashlib.sha256()
    for file in sorted(Path(briefing.sources.__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    for package in _READERS:
        with suppress(metadata.PackageNotFoundError):
            digest.update(metadata.version(package).encode())
    for plugin in plugin_versions():
        digest.update(plugin.encode())
    return digest.hexdigest()[:8]
