"""The ingest engine: finds files, has them read and extracted by workers, writes the results, reports progress.

One thread finds the files and tells which are new; each worker process has a thread that talks to it; the caller's
writes. Queues between them are bounded. A source is in the library whole or not at all; a run cut short goes on there.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from briefing.extract.nlp import base_model, fingerprint
from briefing.ingest.dispatch import Feed
from briefing.ingest.extraction_cache import ExtractionCache
from briefing.ingest.inputs import Named, Origin, Stored, readers
from briefing.ingest.ledger import Ledger
from briefing.ingest.messages import (
    Broken,
    Channel,
    Counted,
    Done,
    Failed,
    Fed,
    Job,
    Known,
    Outcome,
    Settled,
    Started,
    TakenApart,
    Twin,
    guarded,
    name_of,
    older_of,
    ref_of,
    take_turn,
)
from briefing.ingest.passed_over import PassedOverFiles
from briefing.ingest.pool import PATIENCE, Pool, worker_command
from briefing.ingest.processes import default_jobs
from briefing.ingest.temp_folder import Scratch
from briefing.ingest.worker import Unpacked
from briefing.library.library import Library
from briefing.library.store.writer import Item
from briefing.model.listing import Failure
from briefing.model.progress import (
    Added,
    Discovered,
    Finished,
    IngestEvent,
    Moved,
    Paused,
    Reading,
    Resumed,
    SetAside,
    Waiting,
)
from briefing.model.safetext import SafeText
from briefing.sources import INSIDE

BATCH: Final = 50
_LATEST: Final = (0.3, 3.0)
"""Sources in a transaction; seconds after which fewer are written, and where nobody waits but others for their turn."""


class Ingest:
    """Brings ``refs`` (files, folders, web addresses, ``-`` for the bytes of ``stdin``) into ``library``.

    Of files that hold several sources each becomes one. Addresses of this machine and of private networks are fetched
    only with ``allow_private``. With ``outdated``, there are no ``refs``: what another extractor read is extracted
    anew, from the texts that the library has. With ``changed_only``, files that are as they were are passed over, also
    those whose sources were taken out of the library, or read by another extractor.

    ``jobs`` worker processes at most, 0 for as many as there are processors. What the ``cache`` knows is not extracted.
    With an ``origin``, that gives the files instead of ``refs``; ``on_settled`` is told what became of each one.
    ``languages``: pipelines for names in others. ``patience``: seconds without an answer; ``command`` is for tests.
    """

    def __init__(
        self,
        library: Library,
        refs: Sequence[str] = (),
        *,
        jobs: int = 0,
        model: str = base_model.DEFAULT_MODEL,
        lexicons: Path | None = None,
        kernels: str = "auto",
        kernels_file: Path | None = None,
        languages: Mapping[str, str] | None = None,
        cache: ExtractionCache | None = None,
        stdin: bytes | None = None,
        allow_private: bool = False,
        outdated: bool = False,
        changed_only: bool = False,
        origin: Origin | None = None,
        on_settled: Settled | None = None,
        command: Sequence[str] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.library = library
        self.refs = tuple(refs)
        self.jobs = jobs or default_jobs()
        self.cache = cache
        self.stdin = stdin
        self.allow_private = allow_private
        self.outdated = outdated
        self.changed_only = changed_only
        self.origin = origin
        self.on_settled = on_settled or (lambda *_: None)
        self.fingerprint = mark = fingerprint.fingerprint(model, lexicons, languages)
        self.placed: list[tuple[int, str, str]] = []
        """Of each file that was read, or what is in one: its place in the order of all, its name, its source's id."""
        self.command = tuple(command or worker_command(model, lexicons, mark, kernels, kernels_file, languages))
        self.patience = patience

    def run(
        self,
        on_event: Callable[[IngestEvent], None],
        stop: threading.Event | None = None,
        pause: threading.Event | None = None,
    ) -> Finished:
        """Ingest all, in turn with other ingests into this :class:`Library` object. Raises :class:`LibraryError`.

        Args:
            on_event: Called in this thread with each event of progress.
            stop: Ends the ingest once it is set; what is extracted by then is kept. None for never.
            pause: While it is set, no new source is started; None for never.
        """
        self.library.require_writable()
        begun = time.monotonic()
        stop = stop or threading.Event()
        if not take_turn(self.library.turn, stop, lambda: on_event(Waiting())):
            finished = Finished(added=0, known=0, failures=(), stopped=True, seconds=time.monotonic() - begun)
            on_event(finished)
            return finished
        try:
            return _Run(self, on_event, stop, pause or threading.Event()).run()
        finally:
            self.library.turn.release()


class _Run:
    """One run, in the thread that writes."""

    def __init__(
        self,
        ingest: Ingest,
        on_event: Callable[[IngestEvent], None],
        stop: threading.Event,
        pause: threading.Event,
    ) -> None:
        self.library = ingest.library
        self.ingest = ingest
        self.on_event = on_event
        self.stop = stop
        self.pause = pause
        self.halt = threading.Event()
        self.outcomes: Channel[Outcome] = Channel(2 * BATCH, self.halt)
        self.pool = Pool(
            ingest.command, self.outcomes, self.halt, most=ingest.jobs, patience=ingest.patience, pause=pause
        )
        self.tried = f"{readers()}-{ingest.fingerprint}"
        self.ledger = Ledger(ingest.library, self.tried)
        self.known = self.settled = self.total = 0
        self.publishers: Counter[SafeText] = Counter()  # of what was added
        self.jobs: int | None = None  # how many files there are, once that is known
        self.paused = False
        self.latest = _LATEST[ingest.origin is not None]
        self.failures: list[Failure] = []
        self.passed_over = PassedOverFiles(ingest.library, on_event, quiet=ingest.changed_only)
        self.waiting: list[Done] = []  # to be written
        self.written = 0.0
        self.twins: dict[str, list[Job]] = {}  # files with the content of one that is not settled yet, by that content
        self.failed: dict[str, str] = {}  # contents that were set aside, and why

    def run(self) -> Finished:
        begun = time.monotonic()
        self.first_place = self.library.next_place()
        self.doubtful: set[str] = {failure.path for failure in self.library.failures()}
        with self._threads():
            try:
                while self._going_on():
                    self._take(self.outcomes.poll(0.1))
                    self.pool.check()
                while (outcome := self.outcomes.poll()) is not None:
                    self._take(outcome)
            finally:
                self._write()
                self._tell_moved(self.ledger.end())
        for name in self.passed_over.tell_folders(self.origin.folders()):
            self.doubtful.discard(name)
        finished = Finished(
            added=self.publishers.total(),
            known=self.known,
            failures=tuple(self.failures),
            passed_over=tuple(self.passed_over.told),
            stopped=self.jobs is None or self.settled < self.jobs,
            seconds=time.monotonic() - begun,
            publishers=tuple(self.publishers.most_common()),
        )
        self.on_event(finished)
        return finished

    def _going_on(self) -> bool:
        """Whether there is more to wait for."""
        if self.pause.is_set() != self.paused:
            self.paused = not self.paused
            self.on_event(Paused() if self.paused else Resumed())
        return (self.jobs is None or self.settled < self.jobs) and not self.stop.is_set()

    @contextmanager
    def _threads(self) -> Iterator[None]:
        """The threads and processes, for as long as the block runs."""
        spool = Scratch()
        self.origin = self._origin(spool)
        self.feed = feed = Feed(
            self.library,
            self.origin,
            spool,
            fingerprint=self.ingest.fingerprint,
            tried=self.tried,
            cache=self.ingest.cache,
            pool=self.pool,
            outcomes=self.outcomes,
            halt=self.halt,
            pause=self.pause,
            changed_only=self.ingest.changed_only,
        )
        threads = [
            threading.Thread(target=guarded, args=(work, self.outcomes), name=f"ingest-{work.__name__}", daemon=True)
            for work in (feed.run, feed.count)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.halt.set()
            self.origin.end()
            self.pool.close()
            for thread in threads:
                thread.join()
            spool.close()

    def _origin(self, spool: Callable[[], Path]) -> Origin:
        ingest = self.ingest
        if ingest.origin is not None:
            return ingest.origin
        if ingest.outdated:
            return Stored(self.library, ingest.fingerprint, spool)
        spooled = None
        if ingest.stdin is not None:
            spooled = spool() / "stdin"
            spooled.write_bytes(ingest.stdin)
        return Named(ingest.refs, spooled, allow_private=ingest.allow_private)

    def _take(self, outcome: Outcome | None) -> None:
        match outcome:
            case Counted(total):
                self._discovered(total)
            case Started(job, page, pages):
                self.on_event(Reading(path=name_of(job), page=page, pages=pages))
            case Done():
                self.waiting.append(outcome)
            case TakenApart(job, parts):
                self._take_apart(job, parts)
            case Failed(job, reason):
                self._fail(job, reason)
            case Known(jobs):
                self._know(jobs)
            case Twin(job):
                self._twin(job)
            case Fed(jobs):
                self.jobs = jobs
                self._discovered(jobs)
            case Broken(error):
                raise error
        due = time.monotonic() - self.written > self.latest
        if len(self.waiting) >= BATCH or (self.waiting and due):
            self._write()
        self._tell_moved(self.ledger.write())

    def _fail(self, job: Job, reason: str) -> None:
        """Set a file aside, and those with the same content."""
        if job.several:
            self._set_aside(job, reason)
            self.feed.unpacked.put((job, ()))
            return
        self.failed[job.sha] = reason
        for each in (job, *self.twins.pop(job.sha, ())):
            self._set_aside(each, reason)

    def _take_apart(self, job: Job, parts: Sequence[Unpacked]) -> None:
        """Queue the parts that came out of a file, and set aside those that cannot be read."""
        for failure in self._within(job):
            self._forgive(failure)
        for part in parts:
            if part.passed_over:
                self.passed_over.tell(SafeText(part.name).line(), part.reason, ref_of(job))
            elif part.reason:
                self._tell_failure(job, SafeText(part.name).line(), part.reason)
        self.settled += 1
        made = tuple(part for part in parts if not part.reason)
        self.ingest.on_settled(job, "", "", len(made))
        self.ledger.open(job, len(made), failed=any(part.reason and not part.passed_over for part in parts))
        self._discovered(self.total + len(made))
        self.feed.unpacked.put((job, made))

    def _write(self) -> None:
        """Put into the library what was extracted."""
        batch, self.waiting = self.waiting, []
        if not batch:
            return
        there = self.library.extractors({done.source.id for done in batch})
        needed = [done for done in batch if self._is_needed(done, there)]
        items = [Item(done.source, done.extraction, self.first_place + done.job.place) for done in needed]
        rows = self.library.add_all(items)
        self.written = time.monotonic()
        for done, row in zip(needed, rows, strict=True):
            if done.fresh and done.job.read_as and self.ingest.cache is not None:
                self.ingest.cache.put(done.extraction, done.source, done.job.read_as)
            self.publishers[row.publisher or SafeText()] += 1
            self._settle(done.job, row.id)
            self.on_event(Added(row=row, older=older_of(done.job, row.id)))
            self._know(self.twins.pop(done.job.sha, ()), row.id)

    def _is_needed(self, done: Done, there: Mapping[str, str]) -> bool:
        """Whether to write what was extracted: not what another program did, or took out, meanwhile."""
        extractor = there.get(done.source.id)
        if extractor == self.ingest.fingerprint:
            self._know((done.job, *self.twins.pop(done.job.sha, ())), done.source.id)
            return False
        if extractor is None and done.job.stored:
            self._settle(done.job)
            return False
        return True

    def _know(self, jobs: Sequence[Job], source_id: str = "") -> None:
        """Settle jobs whose source is in the library; all with one content where ``source_id`` is given."""
        rows = self.library.rows({source_id or job.sha for job in jobs}) if jobs else {}
        for job in jobs:
            if name_of(job) in self.doubtful:
                self._forgive(name_of(job))
            self.known += 1
            key = source_id or job.sha
            self._settle(job, key)
            if key in rows:
                self.on_event(Added(row=rows[key], known=True, older=older_of(job, key)))

    def _twin(self, job: Job) -> None:
        """A file with the same content as an earlier one shares its fate."""
        if job.sha in self.failed:
            self._set_aside(job, self.failed[job.sha])
        elif self.library.has(job.sha):
            self._know([job])
        else:
            self.twins.setdefault(job.sha, []).append(job)

    def _set_aside(self, job: Job, reason: str) -> None:
        self._settle(job, reason=reason)
        self._tell_failure(job, name_of(job), reason)

    def _settle(self, job: Job, source_id: str = "", reason: str = "") -> None:
        """A job is over, with a source that is in the library or none; its file is not needed if it was made for it."""
        self.settled += 1
        if source_id:
            self.ledger.read(job, source_id)
            self.ingest.placed.append((job.place, name_of(job), source_id))
        else:
            self.ledger.fail(job)
        self.ingest.on_settled(job, source_id, reason, 0)
        if job.task.made:
            Path(job.task.path).unlink(missing_ok=True)

    def _tell_failure(self, job: Job, path: SafeText, reason: str) -> None:
        self.failures.append(failure := Failure(path=path, reason=SafeText(reason).line()))
        self.library.set_aside.add(failure, ref_of(job))
        self.on_event(SetAside(failure=failure))

    def _tell_moved(self, moved: Sequence[tuple[str, SafeText]]) -> None:
        rows = self.library.rows({source_id for source_id, _ in moved}) if moved else {}
        for source_id, before in sorted(moved, key=lambda each: each[1]):
            if source_id in rows:
                self.on_event(Moved(row=rows[source_id], before=before))

    def _within(self, job: Job) -> set[str]:
        """Earlier failures of a file, or of what is in it."""
        name = name_of(job)
        return {path for path in self.doubtful if path == name or path.startswith(name + INSIDE)}

    def _forgive(self, path: str) -> None:
        self.library.set_aside.forget([path])
        self.doubtful.discard(path)

    def _discovered(self, total: int) -> None:
        if total > self.total:
            self.total = total
            self.on_event(Discovered(total=total))
