"""Worker processes, each with a thread that gives it batches of files and takes its answers.

A process that dies or says nothing for too long is replaced. The files it had are then tried one at a time, so that the
one that did it is found and set aside, and no other is.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from briefing.ingest import limits
from briefing.ingest.messages import Broken, Channel, Done, Failed, Job, Outcome, Started, TakenApart
from briefing.ingest.processes import environment, module_command
from briefing.ingest.wire import receive, send
from briefing.ingest.worker import PARTS, TASKS
from briefing.library.errors import LibraryError
from briefing.model.facts import Extraction
from briefing.model.source import Source

MOST_FILES: Final = 32
_MOST_BYTES: Final = 400_000
"""Of a batch: more are no faster and take more memory."""
WORTH: Final = 150_000
"""Bytes of waiting text for which another process is worth its start, about two seconds."""
PATIENCE: Final = 120.0
_SLOWEST: Final = 5_000
"""Seconds without an answer after which a process is taken for dead, and bytes of its batch that give it one more."""
_STARTING: Final = 60.0
"""Seconds that a process may take to start."""
_ASLEEP: Final = 5.0
"""Seconds between two looks at the processes after which the program must have been stopped meanwhile."""
_GIVE_UP: Final = 8
"""Processes in a row that die without having extracted anything, before any has: it is not the files."""

_ONE_THREAD: Final = (
    "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS",
)  # fmt: skip
"""Matrix products in a worker take one thread: there are as many workers as processors."""
_SHOT: Final = -9
"""Code of a process that was killed without warning, on the systems that have signals."""


class Pool:
    """Starts processes as they are needed, ``most`` at a time, and none before there is something to do."""

    def __init__(
        self,
        command: Sequence[str],
        outcomes: Channel[Outcome],
        halt: threading.Event,
        *,
        most: int,
        patience: float = PATIENCE,
        pause: threading.Event | None = None,
    ) -> None:
        self.command = command
        self.outcomes = outcomes
        self.halt = halt
        self.most = most
        self.patience = patience
        self.deaths = 0
        """Processes that died while nothing has been extracted yet."""
        self.proven = False
        """Whether anything has been extracted."""
        self._jobs: Channel[Job] = Channel(512, halt, pause)
        self._checked = time.monotonic()
        self._waiting = 0
        self._lock = threading.Lock()
        self._hands: list[_Hand] = []

    def submit(self, job: Job) -> bool:
        """Queue a file to be read and extracted; waits while the queue is full.

        Returns false where the end came first.
        """
        with self._lock:
            self._waiting += job.size
            several = len(self._jobs) and self._waiting > WORTH * len(self._hands)
            if len(self._hands) < self.most and (several or not self._hands) and not self.halt.is_set():
                hand = _Hand(self, len(self._hands))
                hand.thread.start()
                self._hands.append(hand)
        return self._jobs.put(job)

    def take(self, most: int) -> list[Job]:
        """The next batch, of ``most`` files at most; empty at the end."""
        first = self._jobs.get()
        if first is None:
            return []
        batch, size = [first], first.size
        share = min(most, len(self._jobs) // max(1, len(self._hands)) + 1)
        while len(batch) < share and size < _MOST_BYTES and (job := self._jobs.poll()) is not None:
            batch.append(job)
            size += job.size
        with self._lock:
            self._waiting -= size
        return batch

    def check(self) -> None:
        """Kill the processes that have said nothing for too long. To be called from time to time.

        Time in which this program did not run, stopped by Ctrl+Z or asleep with the machine, is not held against them.
        """
        now = time.monotonic()
        slept, self._checked = now - self._checked, now
        for hand in self._hands:
            if hand.deadline is not None and slept > _ASLEEP:
                hand.deadline += slept
            elif hand.deadline is not None and now > hand.deadline:
                hand.overdue = True
                hand.kill()

    def close(self) -> None:
        """End all processes; ``halt`` must be set."""
        with self._lock:  # no other can be started from now on
            hands = list(self._hands)
        for hand in hands:
            hand.kill()
        for hand in hands:
            hand.thread.join()


class _Hand:
    """A slot of the pool: one process at a time, and the thread that talks to it."""

    def __init__(self, pool: Pool, number: int) -> None:
        self.pool = pool
        self.thread = threading.Thread(target=self._serve, name=f"ingest-{number}", daemon=True)
        self.deadline: float | None = None
        self.overdue = False
        self.ready = False
        """Whether the process has come as far as waiting for work."""
        self.shot = False
        """Whether the last process was killed, and not by us."""
        self.allowed = 0.0
        """Seconds that it may be silent."""
        self.sources: dict[int, Source] = {}
        """What has been read and not yet extracted, by the numbers of the batch."""
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    def kill(self) -> None:
        """End the process, from any thread; the thread of this one notices."""
        if (process := self._process) is not None:
            with suppress(OSError):
                process.kill()

    def _serve(self) -> None:
        most = 1  # small batches first: the first documents should appear soon
        try:
            while batch := self.pool.take(most):
                self._work(batch)
                most = min(4 * most, MOST_FILES)
        except OSError as error:
            self.pool.outcomes.put(Broken(LibraryError(f"The process that extracts cannot be started: {error}")))
        except Exception as error:  # noqa: BLE001 - a thread that dies in silence would be waited for without end
            self.pool.outcomes.put(Broken(LibraryError(f"The process that extracts gave a wrong answer: {error}")))
        finally:
            self._end()

    def _work(self, batch: list[Job], *, again: bool = False) -> None:
        """Have a batch done; where the process does not survive it, each file of the rest on its own.

        A process that someone shot, the system for want of memory or the user, says nothing of the file: that one is
        tried ``again``.
        """
        left = self._exchange(batch)
        if not left or self.pool.halt.is_set():
            return
        limit, reason = self._post_mortem()
        if not (self.ready or self.shot) or (not self.pool.proven and self.pool.deaths >= _GIVE_UP):
            self.pool.outcomes.put(Broken(LibraryError(f"The process that extracts cannot run: it {reason}")))
            self.pool.halt.wait()
        elif len(batch) == 1 and self.shot and not again:
            self._work(batch, again=True)
        elif len(batch) == 1:
            why = limit or f"could not be extracted: the process that reads it {reason}"
            self.pool.outcomes.put(Failed(batch[0], why))
        else:
            for job in left:
                self._work([job])

    def _exchange(self, batch: list[Job]) -> list[Job]:
        """Send a batch and pass the answers on; the files that are not answered for, because the process died."""
        left = dict(enumerate(batch))
        sources = self.sources = {}
        allowed = self.allowed = self.pool.patience + sum(job.size for job in batch) / _SLOWEST
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        self.deadline = time.monotonic() + allowed + (0 if self.ready else _STARTING)
        for job in batch:
            self.pool.outcomes.put(Started(job))
        with suppress(OSError):  # it died; reading says so too
            send(process.stdin, "batch", 0, TASKS.dump_json([job.task for job in batch]))
        while (frame := receive(process.stdout)) is not None and frame.kind != "done":
            self.deadline = time.monotonic() + allowed
            if frame.kind == "fatal":
                self.pool.outcomes.put(Broken(LibraryError(frame.data.decode())))
                self.pool.halt.wait()
            elif frame.kind == "source":
                sources[frame.number] = Source.model_validate_json(frame.data)
            elif frame.kind == "failure":
                self.pool.outcomes.put(Failed(left.pop(frame.number), frame.data.decode()))
            elif frame.kind == "parts":
                parts = tuple(PARTS.validate_json(frame.data))
                self.pool.outcomes.put(TakenApart(left.pop(frame.number), parts))
            elif frame.kind == "page":
                page, pages = map(int, frame.data.split())
                self.pool.outcomes.put(Started(left[frame.number], page, pages))
            elif frame.kind == "ready":
                self.ready = True
            elif frame.kind == "extraction":
                self.pool.proven = True
                extraction = Extraction.model_validate_json(frame.data)
                job = left.pop(frame.number)
                self.pool.outcomes.put(Done(job, sources.pop(frame.number), extraction))
        self.deadline = None
        return list(left.values())

    def _start(self) -> subprocess.Popen[bytes]:
        threads = dict.fromkeys(_ONE_THREAD, "1")
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            self.pool.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**environment(), **threads},
        )
        self.overdue = self.ready = False
        if self.pool.halt.is_set():  # the end may have come before there was a process to kill
            self.kill()
        return self._process

    def _post_mortem(self) -> tuple[str | None, str]:
        """Why the process died: the sentence about a limit it met, if any, and the end of one about the process.

        The next batch starts another. A process that died of a file, in reading it or at a limit, is no sign that
        nothing can be extracted at all.
        """
        said = self._said
        assert said is not None
        code, peak = self._waited()
        said.seek(max(0, said.seek(0, os.SEEK_END) - 2000))
        words = said.read().decode(errors="replace").strip().splitlines()
        overdue, reading = self.overdue, not self.sources
        characters = sum(len(source.text) for source in self.sources.values())
        limit = limits.limit_met(code, peak, reading=reading, characters=characters)
        self.shot = not overdue and code == _SHOT
        self._end()
        if limit is None and not (self.ready and reading and not self.shot):
            self.pool.deaths += 1
        if overdue:
            return None, f"took too long: it said nothing for {self.allowed:,.0f} seconds and was stopped"
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        return limit, f"{how}: {words[-1].strip()}" if words else how

    def _waited(self) -> tuple[int, int]:
        """The code that the process ended with, and the most memory it took, in bytes; 0 where that is not known."""
        process = self._process
        assert process is not None
        if hasattr(os, "wait4"):
            try:
                _, status, usage = os.wait4(process.pid, 0)
            except ChildProcessError:  # whoever killed it has waited for it already
                return process.wait(), 0
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return process.wait(), 0

    def _end(self) -> None:
        """Close the pipes and forget the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
        if self._said is not None:
            self._said.close()
            self._said = None


def worker_command(
    model: str,
    lexicons: Path | None,
    fingerprint: str,
    kernels: str = "auto",
    kernels_file: Path | None = None,
    languages: Mapping[str, str] | None = None,
) -> list[str]:
    """The command line of a worker process.

    Args:
        model: Name of the spaCy model.
        lexicons: Folder of the user's lexicons; None for none.
        fingerprint: Fingerprint of the extractor, which every extraction carries.
        kernels: Name of the matrix kernels, or ``auto``.
        kernels_file: File of measured kernel timings; None for none.
        languages: Pipelines of other languages by ISO 639-1 code; None for none.
    """
    command = module_command("briefing.ingest.worker", "--model", model, "--fingerprint", fingerprint)
    command += ["--kernels", kernels]
    for language, pipeline in (languages or {}).items():
        command += ["--language", language, pipeline]
    for option, path in (("--lexicons", lexicons), ("--kernels-file", kernels_file)):
        command += [option, str(path)] if path is not None else []
    return command
