"""The ingest engine, with a worker process that needs no spaCy."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from briefing.library import ExtractionCache, Ingest, Library, LibraryError
from briefing.library.jobs import Channel
from briefing.library.pool import Pool, _Hand, worker_command
from briefing.model.listing import Failure
from briefing.model.progress import Added, Discovered, Finished, IngestEvent, Paused, Reading, Resumed, SetAside
from briefing.model.safetext import SafeText

FAKE = Path(__file__).with_name("fake_worker.py")


class Runner:
    """Runs ingests into one library, and keeps what was told and what the workers did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inbox = folder / "in"
        self.inbox.mkdir()
        self.log = folder / "log"
        self.log.touch()
        self.library = Library.open(folder / "library.db")
        self.events: list[IngestEvent] = []

    def file(self, name: str, text: str) -> str:
        path = self.inbox / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
        return str(path)

    def ingest(self, *refs: str, **more: Any) -> Ingest:
        made = Ingest(self.library, refs or (str(self.inbox),), **{"jobs": 1, **more})
        made.command = (sys.executable, str(FAKE), str(self.log), made.fingerprint)
        return made

    def run(self, *refs: str, stop: threading.Event | None = None, **more: Any) -> Finished:
        self.events = []
        return self.ingest(*refs, **more).run(self.events.append, stop)

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def titles(self) -> list[str]:
        return [row.title for row in self.library.sources("added")]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_files_in_sources_out(runner: Runner) -> None:
    for n in range(5):
        runner.file(f"{n}.txt", f"Title {n}\n\nText.")
    done = runner.run()
    assert (done.added, done.known, done.failures, done.stopped) == (5, 0, (), False)
    assert runner.titles() == [f"Title {n}" for n in range(5)]
    kinds = {type(event) for event in runner.events}
    assert kinds == {Discovered, Reading, Added, Finished}
    assert runner.events[-1] == done
    assert [e.total for e in runner.events if isinstance(e, Discovered)] == [5]


def test_what_is_known_is_not_done_again_and_starts_no_process(runner: Runner) -> None:
    runner.file("a.txt", "One")
    runner.run()
    before = runner.lines()
    done = runner.run()
    assert (done.added, done.known) == (0, 1)
    assert runner.lines() == before
    (added,) = (e for e in runner.events if isinstance(e, Added))
    assert added.known
    assert added.row.title == "One"


def test_another_extractor_does_it_again_in_place(runner: Runner, tmp_path: Path) -> None:
    runner.file("a.txt", "One")
    runner.run()
    lexicons = tmp_path / "lexicons"
    lexicons.mkdir()
    (lexicons / "nations.toml").write_text("x = 1")
    done = runner.run(lexicons=lexicons)
    assert (done.added, done.known) == (1, 0)
    assert runner.library.totals().sources == 1
    assert runner.library.totals().mentions == 1


def test_the_same_content_twice_in_one_run(runner: Runner) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        runner.file(name, "Same")
    runner.file("d.txt", "BAD")
    runner.file("e.txt", "BAD")
    done = runner.run()
    assert (done.added, done.known) == (1, 2)
    assert sorted(Path(f.path).name for f in done.failures) == ["d.txt", "e.txt"]
    assert runner.library.totals().sources == 1


def test_a_file_that_cannot_be_read_is_set_aside_and_forgotten_once_it_can(runner: Runner) -> None:
    good, bad = runner.file("a.txt", "Good"), runner.file("b.txt", "BAD")
    missing = str(runner.inbox / "missing.txt")
    done = runner.run(missing, good, bad)
    assert [(f.path, f.reason) for f in done.failures] == [(missing, "is not there"), (bad, "is bad")]
    assert done.added == 1
    assert {f.path for f in runner.library.failures()} == {missing, bad}
    assert sum(isinstance(e, SetAside) for e in runner.events) == 2
    runner.file("b.txt", "Better")
    assert runner.run(bad).added == 1
    assert {f.path for f in runner.library.failures()} == {missing}


def test_a_file_set_aside_that_turns_out_to_be_known(runner: Runner) -> None:
    runner.file("a.txt", "Text")
    runner.file("b.txt", "BAD")
    runner.run()
    assert len(runner.library.failures()) == 1
    runner.file("b.txt", "Text")
    assert runner.run().known == 2
    assert runner.library.failures() == []


def test_a_worker_that_dies_costs_one_file(runner: Runner) -> None:
    for n in range(30):
        runner.file(f"{n:02}.txt", f"Text {n}" if n not in {7, 20} else f"CRASH {n}")
    done = runner.run()
    assert done.added == 28
    assert {Path(f.path).stem for f in done.failures} == {"07", "20"}
    assert {f.reason for f in done.failures} == {
        "could not be extracted: the process that reads it ended with code 7: it crashed"
    }


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9")
def test_a_worker_that_someone_kills_costs_nothing(runner: Runner) -> None:
    for n in range(6):
        runner.file(f"{n}.txt", f"Text {n}")
    runner.file("0.txt", "SHOT alone")
    runner.file("4.txt", "SHOT among others")
    runner.file("5.txt", "SHOT AGAIN and again")
    done = runner.run()
    assert done.added == 5
    assert [(Path(f.path).stem, f.reason) for f in done.failures] == [
        ("5", "could not be extracted: the process that reads it was killed by signal 9")
    ]


def test_a_worker_that_hangs_costs_one_file(runner: Runner) -> None:
    for n in range(4):
        runner.file(f"{n}.txt", f"Text {n}" if n != 1 else "HANG")
    done = runner.run(patience=0.5)
    assert done.added == 3
    assert [f.reason for f in done.failures] == [
        "could not be extracted: the process that reads it took too long and was stopped"
    ]


def test_what_makes_everything_impossible_is_said_once(runner: Runner) -> None:
    runner.file("a.txt", "MISSING")
    with pytest.raises(LibraryError, match="Install it with: pip install it"):
        runner.run()


def test_a_process_that_never_starts(runner: Runner) -> None:
    runner.file("a.txt", "Text")
    ingest = runner.ingest()
    ingest.command = (sys.executable, "-c", "raise SystemExit('no such module')")
    with pytest.raises(LibraryError, match="cannot run: it ended with code 1: no such module"):
        ingest.run(runner.events.append)
    ingest.command = (str(runner.folder / "nothing"),)
    with pytest.raises(LibraryError, match="cannot be started"):
        ingest.run(runner.events.append)


def test_a_wrong_answer_ends_the_run(runner: Runner) -> None:
    runner.file("a.txt", "NONSENSE")
    with pytest.raises(LibraryError, match="wrong answer"):
        runner.run()


def test_a_failure_while_finding_files_ends_the_run(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    runner.file("a.txt", "Text")
    monkeypatch.setattr("briefing.library.feed.identify", lambda job: 1 // 0)
    with pytest.raises(LibraryError, match="ZeroDivisionError"):
        runner.run()


def test_stop_keeps_what_is_done_and_the_next_run_does_the_rest(runner: Runner) -> None:
    for n in range(40):
        runner.file(f"{n:02}.txt", f"Text {n}")
    stop = threading.Event()

    def on_event(event: IngestEvent) -> None:
        if isinstance(event, Added):
            stop.set()

    stopped = runner.ingest().run(on_event, stop)
    assert stopped.stopped
    assert 0 < stopped.added < 40
    assert runner.library.totals().sources == stopped.added
    done = runner.run()
    assert done.added + done.known == 40
    assert runner.library.totals().sources == 40
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
    monkeypatch.setattr("briefing.library.pool.time.monotonic", lambda: now[0])
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


def test_what_was_set_aside_is_tried_again(runner: Runner) -> None:
    bad, worse = runner.file("a\u202e.txt", "BAD"), runner.file("b.txt", "BAD too")
    runner.run()
    library = runner.library
    assert library.set_aside.refs() == [bad, worse]  # as the file system spells them
    assert library.set_aside.refs([worse]) == [worse]
    runner.file("a\u202e.txt", "Good")
    Path(worse).unlink()
    done = runner.run(*library.set_aside.refs())
    assert done.added == 1
    assert [(failure.path, failure.reason) for failure in library.failures()] == [(worse, "is not there")]
    reason = SafeText("is bad")
    library.fail(Failure(path=SafeText("-"), reason=reason))  # was piped in
    library.fail(Failure(path=SafeText("/in/a.zip » 1.txt"), reason=reason))
    assert library.set_aside.refs() == ["/in/a.zip", worse]
    assert library.set_aside.forget(["-", "/in/a.zip » 1.txt", "nowhere"]) == 2
    assert library.set_aside.forget([worse]) == 1
    library.fail(done.failures[0])
    assert library.set_aside.refs() == [worse]
    assert library.set_aside.forget() == 1
    assert library.failures() == []


def test_what_another_extractor_read_is_extracted_anew_without_the_files(runner: Runner, tmp_path: Path) -> None:
    for n in range(70):
        runner.file(f"{n:02}.txt", f"Text {n:02}")
    runner.run()
    library, before = runner.library, runner.library.sources("added")
    first = before[0].id
    library.mark_read(first)
    library.pin(first)
    library.tags.set(first, ["mine"])
    shutil.rmtree(runner.inbox)
    lexicons = tmp_path / "lexicons"
    lexicons.mkdir()
    (lexicons / "nations.toml").write_text("x = 1")
    again = {"lexicons": lexicons, "outdated": True}
    now = runner.ingest(**again).fingerprint
    assert library.outdated(now) == 70
    stop = threading.Event()

    def on_event(event: IngestEvent) -> None:
        if isinstance(event, Added):
            stop.set()

    stopped = runner.ingest(**again).run(on_event, stop)
    assert stopped.stopped
    assert library.outdated(now) == 70 - stopped.added
    gone = next(iter(library.outdated_ids(now)))
    library.remove(gone)
    done = runner.run(**again)
    assert done.added == 69 - stopped.added
    assert [e.total for e in runner.events if isinstance(e, Discovered)] == [done.added]
    assert library.outdated(now) == 0
    after = library.sources("added")
    assert [row.id for row in after] == [row.id for row in before if row.id != gone]
    row = library.row(first)
    assert (row.read, row.pinned, row.tags, row.path) == (True, True, ("mine",), before[0].path)
    assert {library.extractor(row.id) for row in after} == {now}
    check(library)


def test_a_source_that_is_taken_out_while_it_is_extracted_anew_stays_out(runner: Runner, tmp_path: Path) -> None:
    runner.file("a.txt", "Text")
    runner.run()
    lexicons = tmp_path / "lexicons"
    lexicons.mkdir()
    (lexicons / "nations.toml").write_text("x = 1")

    def on_event(event: IngestEvent) -> None:
        if isinstance(event, Reading):
            for row in runner.library.sources():
                runner.library.remove(row.id)

    done = runner.ingest(lexicons=lexicons, outdated=True).run(on_event)
    assert (done.added, done.stopped) == (0, False)
    assert runner.library.totals().sources == 0


def test_a_name_that_is_no_text(runner: Runner) -> None:
    runner.file("a\udcff.txt", "Text")
    assert runner.run().added == 1
    assert runner.library.sources()[0].path.endswith("a\ufffd.txt")


def test_an_error_of_the_caller_ends_the_run_cleanly(runner: Runner) -> None:
    runner.file("a.txt", "Text")

    def on_event(event: IngestEvent) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runner.ingest().run(on_event)
    assert not [t for t in threading.enumerate() if t.name.startswith("ingest-")]


def test_several_processes_keep_the_order_of_the_files(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.library.pool._WORTH", 10)
    for n in range(60):
        runner.file(f"{n:02}.txt", f"Text {n:02} " + "x" * (n % 7) * 50)
    runner.run(jobs=2)
    assert [title[:7] for title in runner.titles()] == [f"Text {n:02}" for n in range(60)]
    assert runner.lines().count("'start'") == 2


def test_few_files_start_one_process(runner: Runner) -> None:
    for n in range(10):
        runner.file(f"{n}.txt", f"Text {n}")
    runner.run(jobs=0)
    assert runner.lines().count("'start'") == 1


def test_standard_input(runner: Runner) -> None:
    path = runner.file("a.txt", "File")
    done = runner.run("-", path, stdin=b"Piped\n\ntext")
    assert done.added == 2
    assert [(row.path, row.title) for row in runner.library.sources("added")] == [("-", "Piped"), (path, "File")]


def test_the_cache_saves_reading_and_extracting(runner: Runner, tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path / "cache.db")
    path = runner.file("a.txt", "Text")
    runner.run(path, cache=cache)
    before = runner.lines()
    with Library.open(tmp_path / "scratch.db") as runner.library:
        other = runner.file("other/b.txt", "Text")
        assert runner.run(other, cache=cache).added == 1
        assert runner.library.sources()[0].path == other
    assert runner.lines() == before
    with Library.open(tmp_path / "scratch2.db") as runner.library:
        runner.run(runner.file("c.md", "Text"), cache=cache)  # read as another format
    assert len(runner.lines()) > len(before)


def test_a_pipe_is_not_waited_for(runner: Runner) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes")
    pipe = runner.inbox / "pipe.txt"
    os.mkfifo(pipe)
    done = runner.run(str(pipe))
    assert "is a pipe" in done.failures[0].reason


def test_nothing_to_do(runner: Runner) -> None:
    done = runner.run()
    assert (done.added, done.known, done.stopped) == (0, 0, False)


def test_a_folder_of_sources_is_not_imported_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "argparse.py").write_text("raise SystemExit('hijacked')")
    run = subprocess.run([*worker_command("m", None, "f"), "--help"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


PROGRAM = """
import sys
from pathlib import Path
from briefing.library import Ingest, Library
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


def check(library: Library) -> None:
    with library._store.write() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for index in ("word_index", "quote_index"):
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")


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
    monkeypatch.setattr("briefing.library.store._WAIT", 0.05)
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


def test_real_extraction(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Bombers over Guam\n\nTwo B-52H bombers flew from Guam to Japan on Friday.\n")
    events: list[IngestEvent] = []
    with Library.open(tmp_path / "library.db") as library:
        done = Ingest(library, [str(text)]).run(events.append)
        assert (done.added, done.failures) == (1, ())
        (row,) = library.sources()
        assert library.extraction(row.id).mentions
        assert library.search("bombers").total == 1


def test_a_missing_model(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Text")
    with Library.open(tmp_path / "library.db") as library:
        with pytest.raises(LibraryError, match=r"no_such_model is not installed.*pip install"):
            Ingest(library, [str(text)], model="no_such_model").run(lambda event: None)
        assert library.totals().sources == 0
