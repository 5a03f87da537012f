"""Ingests that are stopped, paused or killed, and several at once."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from briefing.ingest.messages import Channel
from briefing.ingest.pool import Pool, _Hand
from briefing.library import Library, LibraryError
from briefing.model.progress import Added, Finished, IngestEvent, Paused, Reading, Resumed, Waiting

from .runner import FAKE, Runner, check

SOME = 400
"""Files that are not all read before the first of them is written down, however slow the writer is."""


def test_stop_keeps_what_is_done_and_the_next_run_does_the_rest(runner: Runner) -> None:
    for n in range(SOME):
        runner.file(f"{n:03}.txt", f"Text {n}")
    stop = threading.Event()

    def on_event(event: IngestEvent) -> None:
        if isinstance(event, Added):
            stop.set()

    stopped = runner.ingest().run(on_event, stop)
    assert stopped.stopped
    assert 0 < stopped.added < SOME
    assert runner.library.totals().sources == stopped.added
    done = runner.run()
    assert done.added + done.known == SOME
    assert runner.library.totals().sources == SOME
    assert not [t for t in threading.enumerate() if t.name.startswith("ingest-")]


def test_while_paused_nothing_is_begun_and_what_is_done_is_kept(runner: Runner) -> None:
    many = 300  # more than fit into the queues
    for n in range(many):
        runner.file(f"{n:03}.txt", f"Text {n}")
    pause, paused = threading.Event(), threading.Event()
    told: list[type[IngestEvent]] = []

    def on_event(event: IngestEvent) -> None:
        if isinstance(event, Reading) and not told:
            pause.set()
        if isinstance(event, Paused):
            paused.set()
        if isinstance(event, Reading | Paused | Resumed):
            told.append(type(event))

    results: list[Finished] = []
    thread = threading.Thread(target=lambda: results.append(runner.ingest().run(on_event, None, pause)))
    thread.start()
    assert paused.wait(60)
    deadline = time.monotonic() + 60
    while (written := runner.library.totals().sources) == 0 or written != len(runner.lines()) - 1:
        assert time.monotonic() < deadline
        paused.wait(0.01)
    assert written < many
    assert thread.is_alive()
    pause.clear()
    thread.join(60)
    assert results[0].added == many
    assert [kind for kind in told if kind is not Reading] == [Paused, Resumed]


def test_stopped_while_paused(runner: Runner) -> None:
    for n in range(40):
        runner.file(f"{n:02}.txt", f"Text {n}")
    pause, stop = threading.Event(), threading.Event()
    pause.set()
    told = []

    def on_event(event: IngestEvent) -> None:
        told.append(type(event))
        if isinstance(event, Paused):
            stop.set()

    done = runner.ingest().run(on_event, stop, pause)
    assert (done.added, done.stopped) == (0, True)
    assert told[0] is Paused
    assert runner.lines() == []


def test_time_in_which_the_program_stood_still_is_not_the_workers_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("briefing.ingest.pool.time.monotonic", lambda: now[0])
    halt = threading.Event()
    pool = Pool(["none"], Channel(1, halt), halt, most=1)
    hand = _Hand(pool, 0)
    pool._hands.append(hand)
    hand.deadline = 1100.0
    now[0] = 5000.0
    pool.check()
    assert not hand.overdue
    for _ in range(120):
        now[0] += 1
        pool.check()
    assert hand.overdue


PROGRAM = """
import sys
from pathlib import Path
from briefing.library import Library
from briefing.ingest import Ingest
library = Library.open(Path(sys.argv[1]))
ingest = Ingest(library, sys.argv[4:], jobs=1)
ingest.command = (sys.executable, sys.argv[2], sys.argv[3], ingest.fingerprint)
ingest.run(lambda event: print(type(event).__name__, flush=True))
"""


def started(runner: Runner, *folders: str) -> "subprocess.Popen[str]":
    refs = [str(runner.inbox / folder) for folder in folders or ("",)]
    args = [str(runner.folder / "library.db"), str(FAKE), str(runner.log), *refs]
    return subprocess.Popen([sys.executable, "-c", PROGRAM, *args], stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9")
@pytest.mark.parametrize("after", [1, 40])
def test_killed_and_resumed(runner: Runner, after: int) -> None:
    for n in range(60):
        runner.file(f"{n:03}.txt", f"Text {n}")
    program = started(runner)
    assert program.stdout is not None
    for _ in range(after):
        program.stdout.readline()
    program.kill()
    program.wait()
    done = runner.run()
    assert done.added + done.known == 60
    assert runner.library.totals().sources == 60
    check(runner.library)


def test_two_programs_on_one_library(runner: Runner) -> None:
    for n in range(80):
        runner.file(f"{n:03}.txt", f"Text {n}")
    program = started(runner)
    done = runner.run()
    assert program.wait(60) == 0
    assert done.added + done.known == 80
    assert runner.library.totals().sources == 80
    assert len(runner.library.search("text", limit=100).hits) == 80
    check(runner.library)


def test_two_programs_with_different_folders_that_overlap(runner: Runner) -> None:
    for n in range(60):
        runner.file(f"{'left' if n < 25 else 'both' if n < 35 else 'right'}/{n:03}.txt", f"Text {n}")
    runner.file("right/twin.txt", "Text 3")
    programs = [started(runner, "left", "both"), started(runner, "both", "right")]
    for program in programs:
        program.communicate(timeout=120)
        assert program.returncode == 0
    library = runner.library
    assert library.totals().sources == library.totals().mentions == 60
    assert {row.title for row in library.sources(limit=100)} == {f"Text {n}" for n in range(60)}
    assert library.search("text", limit=100).total == 60
    assert library.entities("t")[0][2] == 60
    check(library)


def test_a_library_that_another_program_writes_for_long(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.library.store.connection.WAIT", 0.05)
    runner.library.close()
    runner.library = Library.open(runner.folder / "library.db")
    runner.file("a.txt", "Text")
    other = sqlite3.connect(runner.folder / "library.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError, match="is being written by another program"):
        runner.run()
    assert not [t for t in threading.enumerate() if t.name.startswith("ingest-")]
    other.execute("ROLLBACK")
    other.close()
    assert runner.run().added == 1


def test_a_second_ingest_waits_for_the_first(runner: Runner) -> None:
    runner.file("a.txt", "Alpha")
    second = runner.folder / "second"
    second.mkdir()
    (second / "b.txt").write_text("Beta")
    told: list[tuple[str, IngestEvent]] = []
    begun, waits = threading.Event(), threading.Event()
    results: dict[str, Finished] = {}

    def hold(event: IngestEvent) -> None:
        told.append(("first", event))
        if isinstance(event, Reading):
            begun.set()
            assert waits.wait(60)

    def note(event: IngestEvent) -> None:
        told.append(("second", event))
        if isinstance(event, Waiting):
            waits.set()

    first = threading.Thread(target=lambda: results.update(first=runner.ingest().run(hold)))
    first.start()
    assert begun.wait(60)
    results["second"] = runner.ingest(str(second)).run(note)
    first.join(60)
    assert [one.added for one in results.values()] == [1, 1]
    order = [who for who, event in told if isinstance(event, Added | Finished)]
    assert order == ["first", "first", "second", "second"]
    assert isinstance(next(event for who, event in told if who == "second"), Waiting)


def test_what_waits_can_be_stopped(runner: Runner) -> None:
    told: list[IngestEvent] = []
    stop = threading.Event()

    def on_event(event: IngestEvent) -> None:
        told.append(event)
        stop.set()

    with runner.library.turn:
        done = runner.ingest().run(on_event, stop)
    assert done.stopped
    assert [type(event) for event in told] == [Waiting, Finished]
    assert runner.run().stopped is False
