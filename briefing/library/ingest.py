"""The ingest engine: files in, sources and extractions in the library, progress told on the way."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from briefing.extract.version import DEFAULT_MODEL, fingerprint
from briefing.library.cache import ExtractionCache
from briefing.library.errors import LibraryError
from briefing.library.frames import Frame, receive, send
from briefing.library.library import Library
from briefing.library.worker import TASKS, Task
from briefing.model.facts import Extraction
from briefing.model.listing import Failure
from briefing.model.progress import Added, Discovered, Finished, IngestEvent, Reading, SetAside
from briefing.model.safetext import SafeText
from briefing.model.source import Source
from briefing.sources import discover, source_id

_BATCH: Final = 16


class Ingest:
    """One run over ``refs`` (files, folders, ``-`` for the bytes of ``stdin``) into ``library``."""

    def __init__(
        self,
        library: Library,
        refs: Sequence[str],
        *,
        jobs: int = 0,
        model: str = DEFAULT_MODEL,
        lexicons: Path | None = None,
        cache: ExtractionCache | None = None,
        stdin: bytes | None = None,
    ) -> None:
        self.library = library
        self.refs = refs
        self.jobs = jobs
        self.model = model
        self.lexicons = lexicons
        self.cache = cache
        self.stdin = stdin
        self.fingerprint = fingerprint(model, lexicons)
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, on_event: Callable[[IngestEvent], None], stop: threading.Event | None = None) -> Finished:
        """Do it all; ``on_event`` is called in this thread. Raises :class:`LibraryError` where nothing can be done."""
        begun = time.monotonic()
        self._added = self._known = 0
        self._failures: list[Failure] = []
        stopped = False
        with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
            tasks = list(self._tasks(Path(folder)))
            on_event(Discovered(total=len(tasks)))
            pending = self._unknown(iter(tasks), on_event)
            try:
                while batch := list(islice(pending, _BATCH)):
                    if stop is not None and stop.is_set():
                        stopped = True
                        break
                    self._run_batch(batch, on_event)
            finally:
                if self._process is not None:
                    self._process.kill()
                    self._process.wait()
        done = Finished(
            added=self._added,
            known=self._known,
            failures=tuple(self._failures),
            stopped=stopped,
            seconds=time.monotonic() - begun,
        )
        on_event(done)
        return done

    def _tasks(self, folder: Path) -> Iterator[Task]:
        for ref in self.refs:
            if ref == "-":
                spool = folder / "stdin"
                spool.write_bytes(self.stdin or b"")
                yield Task(path=str(spool), name="-")
            else:
                for path in discover([ref]):
                    yield Task(path=str(path), name=str(path))

    def _unknown(self, tasks: Iterator[Task], on_event: Callable[[IngestEvent], None]) -> Iterator[Task]:
        for task in tasks:
            try:
                sha = source_id(Path(task.path).read_bytes())
            except OSError:
                sha = ""  # the reader says why
            if sha and self.library.has(sha) and self.library.extractor(sha) == self.fingerprint:
                self._known += 1
                on_event(Added(row=self.library.row(sha), known=True))
                continue
            on_event(Reading(path=SafeText(task.name).line()))
            yield task

    def _run_batch(self, batch: list[Task], on_event: Callable[[IngestEvent], None]) -> None:
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        send(process.stdin, "batch", 0, TASKS.dump_json(batch))  # type: ignore[arg-type]
        sources: dict[int, Source] = {}
        while True:
            frame: Frame | None = receive(process.stdout)  # type: ignore[arg-type]
            if frame is None:
                raise LibraryError("The worker that extracts ended unexpectedly.")
            if frame.kind == "done":
                return
            if frame.kind == "fatal":
                raise LibraryError(frame.data.decode())
            if frame.kind == "source":
                sources[frame.number] = Source.model_validate_json(frame.data)
            elif frame.kind == "extraction":
                extraction = Extraction.model_validate_json(frame.data)
                if self.cache is not None:
                    self.cache.put(extraction)
                row = self.library.add(sources.pop(frame.number), extraction)
                self._added += 1
                on_event(Added(row=row))
            else:
                failure = Failure(
                    path=SafeText(batch[frame.number].name).line(), reason=SafeText(frame.data.decode()).line()
                )
                self._failures.append(failure)
                self.library.fail(failure)
                on_event(SetAside(failure=failure))

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "briefing.library.worker", "--model", self.model]
        command += ["--fingerprint", self.fingerprint]
        if self.lexicons is not None:
            command += ["--lexicons", str(self.lexicons)]
        env = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        return subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
        )
