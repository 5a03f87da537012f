"""The ingest engine, with a worker process that needs no spaCy."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from briefing.ingest import ExtractionCache, Ingest
from briefing.ingest.pool import worker_command
from briefing.library import Library, LibraryError
from briefing.model.listing import Failure
from briefing.model.progress import Added, Discovered, Finished, IngestEvent, Reading, SetAside
from briefing.model.safetext import SafeText

from .runner import Runner, check


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


def test_the_end_tells_who_published_what_was_added(runner: Runner) -> None:
    for name in ("a.txt", "b.txt"):
        runner.file(name, f"Title {name}")
    assert runner.run().publishers == (("", 2),)  # these name nobody
    assert runner.run().publishers == ()


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
        "could not be extracted: the process that reads it took too long: it said nothing for 1 seconds and was stopped"
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
    monkeypatch.setattr("briefing.ingest.dispatch.identify", lambda job: 1 // 0)
    with pytest.raises(LibraryError, match="ZeroDivisionError"):
        runner.run()


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
    assert {*library.extractors([row.id for row in after]).values()} == {now}
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
    monkeypatch.setattr("briefing.ingest.pool.WORTH", 10)
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
