"""Stopping an ingest, what is set aside, extracting anew, and watched folders, from the command line."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefing.ingest
from briefing.cli.stopping import stoppable
from briefing.ingest.folder_watcher import Watching
from briefing.library import Library, LibraryError
from briefing.model.listing import Failure
from briefing.model.progress import Added, Finished, Gone, Hindered, Moved, SetAside, Watched
from briefing.model.safetext import SafeText

PLAIN = Path(__file__).parents[1] / "library" / "plain_worker.py"


@pytest.fixture
def opened(library: Path) -> Iterator[Library]:
    with Library.open(library) as made:
        yield made


class TestStopping:
    def test_the_first_ctrl_c_asks_and_the_second_does_not_wait(self) -> None:
        before = signal.getsignal(signal.SIGINT)
        with stoppable() as stop:
            signal.raise_signal(signal.SIGINT)
            assert stop.is_set()
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is before

    def test_what_is_done_is_kept_and_said(self, call, folder: Path, library: Path, monkeypatch) -> None:
        def run(ingest: object, on_event: object, stop: object) -> Finished:
            signal.raise_signal(signal.SIGINT)
            assert stop.is_set()
            return Finished(added=7, known=0, failures=(), stopped=True)

        monkeypatch.setattr(briefing.ingest.Ingest, "run", run)
        done = call("add", folder)
        assert (done.code, done.out) == (130, "7 sources added\n")
        assert done.err == "briefing: stopped; the same command goes on from here\n"

    @pytest.mark.parametrize("pressed", [True, False])
    def test_a_worker_that_dies_of_it_is_no_error(
        self, call, folder: Path, library: Path, monkeypatch: pytest.MonkeyPatch, pressed: bool
    ) -> None:
        def run(*_: object) -> Finished:
            if pressed:
                signal.raise_signal(signal.SIGINT)
            raise LibraryError("The process that extracts cannot run: it was killed by signal 2")

        monkeypatch.setattr(briefing.ingest.Ingest, "run", run)
        done = call("add", folder)
        assert done.code == (130 if pressed else 2)
        assert ("killed" in done.err) is not pressed


class TestSetAside:
    def test_it_is_listed_tried_again_and_forgotten(self, call, folder: Path, library: Path, opened: Library) -> None:
        for name in ("bad.txt", "worse.txt"):
            path = folder / name
            path.write_bytes(b"")
            failure = Failure(path=SafeText(str(path)), reason=SafeText("is empty"))
            opened.set_aside.add(failure, str(path))
        assert call("list", "--failed").out.splitlines() == [
            "PATH" + " " * (len(str(folder / "worse.txt")) - 2) + "REASON",
            f"{folder / 'bad.txt'}    is empty",
            f"{folder / 'worse.txt'}  is empty",
        ]
        made = json.loads(call("list", "worse", "--failed", "--format", "json").out)
        assert made == {"failures": [{"path": str(folder / "worse.txt"), "reason": "is empty"}]}
        done = call("add", "--retry")
        assert (done.code, done.out) == (1, "0 sources added, 2 set aside\n")
        done = call("remove", "--failed", folder / "bad.txt", folder / "good.txt")
        assert (done.code, done.out) == (1, "1 forgotten\n")
        assert "good.txt is not among" in done.err
        assert call("remove", "--failed", "--yes").out == "1 forgotten\n"
        assert call("add", "--retry").out == "nothing is set aside\n"

    def test_what_to_add_must_be_said_in_one_way(self, call, folder: Path) -> None:
        for words in ([], [folder, "--retry"], ["--retry", "--again"]):
            assert call("add", *words).code == 2
        assert call("remove").code == 2


def test_extracting_anew_is_asked_of_the_engine(call, folder: Path, library: Path, ingest_options) -> None:
    call("add", folder)
    assert not ingest_options["outdated"]
    assert call("add", "--again").out == "0 sources extracted anew\n"
    assert ingest_options["outdated"]


def test_sources_are_remembered_from_the_root_on(
    call, folder: Path, library: Path, opened: Library, monkeypatch
) -> None:
    monkeypatch.chdir(folder.parent)
    call("add", folder.name)
    assert {Path(row.path).parent for row in opened.sources()} == {folder}


class TestWatching:
    @pytest.fixture(autouse=True)
    def _worker(self, monkeypatch) -> None:
        from briefing.extract.nlp.fingerprint import fingerprint

        command = (sys.executable, str(PLAIN), fingerprint())
        made = Watching.__init__
        monkeypatch.setattr(Watching, "__init__", lambda *args, **more: made(*args, **{**more, "command": command}))

    def test_the_list(self, call, folder: Path, library: Path, opened: Library) -> None:
        opened.folders.watch(folder)
        (folder.parent / "other").mkdir()
        opened.folders.watch(folder.parent / "other")
        (folder.parent / "other").rmdir()
        listed = call("watch", "--list").out.splitlines()
        assert sorted(listed) == sorted([str(folder), f"{folder.parent / 'other'}  (not there)"])
        made = json.loads(call("watch", "--list", "--format", "json").out)["folders"]
        assert {"folder": str(folder), "there": True} in made
        assert call("watch", "--remove", folder).code == 0
        assert call("watch", "--remove", folder).code == 2
        assert call("watch", "--remove").code == 2
        assert call("watch", "--once", "--list").code == 2
        done = call("watch", "--once")
        assert (done.code, done.out) == (1, "0 sources added\n")
        assert "other is not there" in done.err

    def test_no_folder(self, call, library: Path) -> None:
        done = call("watch", "--once")
        assert done.code == 2
        assert "no folder is watched yet" in done.err

    def test_once(self, call, folder: Path, library: Path) -> None:
        (folder / "bad.txt").write_bytes(b"")
        done = call("watch", folder, "--once")
        assert (done.code, done.out) == (1, "2 sources added, 1 set aside\n")
        (folder / "bad.txt").unlink()
        names = sorted(path.name for path in folder.iterdir())
        (folder / names[0]).write_text("Other text")
        (folder / names[1]).rename(folder / "moved.txt")
        done = call("watch", "--once")
        assert (done.code, done.out) == (0, "1 source added, 1 changed, 1 moved\n")
        (folder / "moved.txt").unlink()
        assert call("watch", "--once").out == "0 sources added, 1 gone\n"

    def test_staying(self, call, folder: Path, library: Path, opened: Library, monkeypatch) -> None:
        call("watch", folder, "--once")
        row = opened.sources()[0]

        def run(watching: Watching, on_event, stop, pause=None) -> None:
            for event in (
                Added(row=row),
                Added(row=row, known=True),
                Added(row=row, older="00"),
                Moved(row=row, before=SafeText("x")),
                Gone(row=row),
                SetAside(failure=Failure(path=SafeText("p"), reason=SafeText("is bad"))),
                Watched(folders=(SafeText("a"),)),
                Hindered(reason=SafeText("something is in the way")),
            ):
                on_event(event)
            os.kill(os.getpid(), signal.SIGINT)
            assert stop.wait(60)

        monkeypatch.setattr(Watching, "run", run)
        done = call("watch")
        assert done.code == 0
        assert [line.split()[1] for line in done.out.splitlines()] == ["added", "changed", "moved", "gone"]
        assert all(line.endswith(f"{row.title}  ({row.path})") for line in done.out.splitlines())
        for words in ("p: is bad", "watching 1 folder", "something is in the way"):
            assert words in done.err


def test_the_doctor_says_what_is_outdated_or_set_aside(call, folder: Path, library: Path, opened: Library) -> None:
    call("add", folder)  # by an extractor that is none of ours
    opened.fail(Failure(path=SafeText("x"), reason=SafeText("is bad")))
    said = call("doctor").out
    assert "2 read by another version" in said
    assert "1 set aside" in said
    assert "'briefing add --retry'" in said


def test_a_file_that_may_not_be_read_does_not_keep_the_others_out(
    call, folder: Path, library: Path, monkeypatch
) -> None:
    closed = folder / "b-wire.txt"
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, *more, **named: str(path) != str(closed) and access(path, *more, **named)
    )
    assert call("add", folder / "a-release.txt", closed).out.startswith("2 sources added")


def test_what_is_passed_over_is_said_and_is_no_failure(call, folder: Path, library: Path, monkeypatch) -> None:
    skipped = Failure(path=SafeText("in"), reason=SafeText("holds 2 files of kinds that are not read: 2 .psd"))
    done = Finished(added=1, known=0, failures=(), passed_over=(skipped,))
    monkeypatch.setattr(briefing.ingest.Ingest, "run", lambda *_: done)
    said = call("add", folder)
    assert (said.code, said.out) == (0, "1 source added\n")
    assert said.err == "briefing: in: holds 2 files of kinds that are not read: 2 .psd\n"
