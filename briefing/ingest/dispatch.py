"""Route each file once: unchanged, duplicate, cached, or to a worker.

By their size and age, then by their content, the library and the cache know most files that were seen before.
"""

import os
import queue
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from briefing.ingest.extraction_cache import ExtractionCache
from briefing.ingest.inputs import MOST_PARTS, Origin, identify, read_as
from briefing.ingest.messages import Channel, Counted, Done, Failed, Fed, Job, Known, Outcome, Twin
from briefing.ingest.pool import Pool
from briefing.ingest.worker import Task, Unpacked
from briefing.library.library import Library
from briefing.library.store.file_records import Row, Stamp, missing, shown
from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import INSIDE, read_file

_GROUP: Final = 64
"""Files that the library is asked about at once."""
_TICK: Final = 0.1


class Feed:
    """Routes the files of an origin."""

    def __init__(
        self,
        library: Library,
        origin: Origin,
        spool: Callable[[], Path],
        *,
        fingerprint: str,
        tried: str,
        cache: ExtractionCache | None,
        pool: Pool,
        outcomes: Channel[Outcome],
        halt: threading.Event,
        pause: threading.Event,
        changed_only: bool = False,
    ) -> None:
        self.library = library
        self.origin = origin
        self.spool = spool
        """Gives the folder for what comes out of files that hold several sources."""
        self.fingerprint = fingerprint
        self.tried = tried
        """By which readers and extractor files are tried now."""
        self.cache = cache
        self.pool = pool
        self.outcomes = outcomes
        self.halt = halt
        self.pause = pause
        self.changed_only = changed_only
        """Whether files that have not changed are passed over without a word, whatever became of their sources."""
        self.unpacked: queue.SimpleQueue[tuple[Job, tuple[Unpacked, ...]]] = queue.SimpleQueue()
        """Files with what came out of them, for each one that was submitted to be taken apart."""
        self._seen: set[bytes] = set()
        self._apart = 0
        """Files that are being taken apart."""
        self._handed = 0

    def run(self) -> None:
        """Route every file, in the order in which they are found, and what is in them as it comes out."""
        group: list[Job] = []
        for number, job in enumerate(self.origin.jobs()):
            while self.pause.is_set() and not self.halt.is_set():
                self.halt.wait(_TICK)
            if self.halt.is_set():
                return
            if job is not None:
                group.append(job)
            if job is None or len(group) >= min(_GROUP, 1 + number // 4):  # the first ones should not wait for others
                self._hand_on(list(self._changed(group)))
                group = []
            self._take_parts()
        self._hand_on(list(self._changed(group)))
        while self._apart and not self.halt.is_set():
            self._take_parts(_TICK)
        self.outcomes.put(Fed(self._handed))

    def count(self) -> None:
        """Report the number of files, in steps, while they are being worked on.

        How many have changed is known only when they have been looked at.
        """
        if self.changed_only:
            return
        for total in self.origin.totals():
            if self.halt.is_set():
                return
            self.outcomes.put(Counted(total))

    def _changed(self, group: Sequence[Job]) -> Iterator[Job]:
        """The changed files of a group, with their hashes; the others are settled here."""
        rows = self.library.files.rows({job.stamp.path for job in group if job.stamp})
        ids = {row.id for parts in rows.values() for row in parts.values() if row.id}
        read = {} if self.changed_only else self._extractors(ids)
        known: list[Job] = []
        for job in group:
            parts = rows.get(job.stamp.path, {}) if job.stamp else {}
            own = parts.get("")
            if self.changed_only and job.stamp is None and missing(os.fsencode(job.task.path)):
                continue  # it is gone by now, or a link to nothing
            if own is None or job.stamp is None or not own.fits(job.stamp):
                yield replace(identify(job), before=own.id if own else "")
            elif self.changed_only and own.tried in {None, self.tried}:
                continue
            elif own.tried is None and self._all_current(parts, read):
                known += (_recalled(job, part, row.id) for part, row in parts.items() if row.id)
            else:
                yield replace(identify(job), before=own.id)
        self._handed += len(known)
        self._tell_known(known)

    def _all_current(self, parts: Mapping[str, Row], read: Mapping[str, str]) -> bool:
        """Whether the library has all that is in a file, from this extractor."""
        return all(read.get(row.id) == self.fingerprint for row in parts.values() if row.id)

    def _take_parts(self, seconds: float = 0.0) -> None:
        """Route the parts that came out of a file, waiting for so many seconds at most."""
        try:
            job, parts = self.unpacked.get(seconds > 0, seconds or None)
        except queue.Empty:
            return
        self._apart -= 1
        known = self.library.files.rows([job.stamp.path]).get(job.stamp.path, {}) if job.stamp else {}
        jobs = list(_parts(job, parts, {part: row.id for part, row in known.items()}))
        for start in range(0, len(jobs), _GROUP):
            self._hand_on(jobs[start : start + _GROUP])

    def _hand_on(self, group: Sequence[Job]) -> None:
        read = self._extractors({job.sha for job in group if job.sha})
        known: list[Job] = []
        for job in group:
            key = bytes.fromhex(job.sha)
            self._handed += 1
            if job.several:
                self._apart += 1
                folder = str(self.spool() / str(job.place))
                self.pool.submit(replace(job, task=job.task.model_copy(update={"unpack": folder})))
            elif not key:
                self._unreadable(job)
            elif self.changed_only and job.sha not in read and self.library.files.was_removed(job.sha):
                known.append(replace(job, stamp=None))  # the reader took it out: nothing is to be remembered of it
            elif key in self._seen:
                self.outcomes.put(Twin(job))
            else:
                self._seen.add(key)
                if read.get(job.sha) == self.fingerprint:
                    known.append(job)
                elif (done := self._cached(job)) is not None:
                    self.outcomes.put(done)
                else:
                    self.pool.submit(job)
        if self.changed_only and group:
            self.outcomes.put(Counted(self._handed))
        self._tell_known(known)

    def _tell_known(self, jobs: Sequence[Job]) -> None:
        for start in range(0, len(jobs), _GROUP):
            self.outcomes.put(Known(tuple(jobs[start : start + _GROUP])))

    def _extractors(self, ids: Collection[str]) -> dict[str, str]:
        """Which extractor read each of the sources that the library has."""
        every, read = list(ids), {}
        for start in range(0, len(every), _GROUP):
            read.update(self.library.extractors(every[start : start + _GROUP]))
        return read

    def _unreadable(self, job: Job) -> None:
        """A file that could not even be hashed: reading it fails at once, and says why."""
        try:
            read_file(Path(job.task.path))
        except Unreadable as error:
            self.outcomes.put(Failed(job, error.reason))
        else:  # it came into being just now
            self.pool.submit(job)

    def _cached(self, job: Job) -> Done | None:
        if self.cache is None or not job.read_as:
            return None
        pair = self.cache.pair(job.sha, self.fingerprint, job.read_as)
        if pair is None:
            return None
        source, extraction = pair
        return Done(job, source.model_copy(update={"path": SafeText(job.task.name).line()}), extraction, fresh=False)


def _recalled(job: Job, part: str, source_id: str) -> Job:
    """The parts of an unchanged file when it was last read."""
    assert job.stamp is not None
    name = shown(job.stamp.path, part) if part else job.task.name
    return Job(Task(path=job.task.path, name=name), job.place, source_id)


def _parts(job: Job, parts: Sequence[Unpacked], before: dict[str, str]) -> Iterator[Job]:
    """What came out of a file. ``before`` has the sources that were in it when it was read last.

    A part that holds another source than before is a newer version of that one, unless things only changed places.
    """
    base = SafeText(job.task.name).line()
    stamp = Stamp(job.stamp.path, 0, 0) if job.stamp else None
    same = set(before.values()) & {part.sha for part in parts}
    times: Counter[str] = Counter()
    for number, part in enumerate(parts, start=1):
        inner = part.name.removeprefix(base) if part.name.startswith(base) else part.name[part.name.find(INSIDE) :]
        key = f"{inner}\n{times[inner]}"
        times[inner] += 1
        old = before.get(key, "")
        yield Job(
            Task(path=part.path, name=part.name, made=True),
            job.place + min(number, MOST_PARTS - 1),
            part.sha,
            part.size,
            read_as(part.name),
            stamp=stamp,
            part=key,
            before=old if old == part.sha or not {old, part.sha} & same else "",
            parent=job,
        )
