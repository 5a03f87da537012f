"""Watched folders, and what the library remembers of files: new, changed, moved, deleted and come back."""

import os
import shutil
import sqlite3
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest

from briefing.library import Ingest, Library, LibraryError, watching
from briefing.library.watching import Watching
from briefing.model.listing import SourceRow
from briefing.model.progress import Added, Finished, Gone, Hindered, IngestEvent, Moved, SetAside, Watched
from briefing.model.source import Unreadable

PLAIN = Path(__file__).with_name("plain_worker.py")
PAST = 1_700_000_000


class Desk:
    """A library that watches one folder, and a worker process that finds nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "watched"
        self.folder.mkdir()
        self.path = folder / "library.db"
        self.library = Library.open(self.path)
        self.library.folders.watch(self.folder)
        self.events: list[IngestEvent] = []
        self.clock = PAST

    def file(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        self.clock += 10
        os.utime(path, (self.clock, self.clock))
        return path

    def watching(self, **more: Any) -> Watching:
        from briefing.extract.version import fingerprint

        return Watching(self.library, jobs=1, command=(sys.executable, str(PLAIN), fingerprint()), **more)

    def catch_up(self) -> Finished:
        self.events = []
        return self.watching().catch_up(self.events.append)

    def add(self, *refs: Path | str, **more: Any) -> Finished:
        made = Ingest(self.library, [str(ref) for ref in refs], jobs=1, **more)
        made.command = (sys.executable, str(PLAIN), made.fingerprint)
        self.events = []
        return made.run(self.events.append)

    def rows(self) -> dict[str, SourceRow]:
        return {row.title: row for row in self.library.sources("added")}

    def told(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.library.close()


def test_the_list_of_folders(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = desk.library.folders
    other = tmp_path / "a\u202eb\udcff"
    other.mkdir()
    monkeypatch.chdir(tmp_path)
    assert folders.watch(other.name) == other
    assert folders.watch("watched/../watched") == desk.folder
    assert folders.all() == [other, desk.folder]
    folders.unwatch(other)
    with pytest.raises(LibraryError, match="is not watched"):
        folders.unwatch(other)
    with pytest.raises(LibraryError, match="is not there"):
        folders.watch("nowhere")
    with pytest.raises(LibraryError, match="is not a folder"):
        folders.watch(desk.file("a.txt", "Text"))
    with pytest.raises(LibraryError, match="everything"):
        folders.watch("/")


def test_what_is_in_a_watched_folder_is_taken_in_once(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.file("in/b.txt", "Beta")
    desk.file(".hidden.txt", "Hidden")
    desk.file("c.xyz", "Other")
    assert desk.catch_up().added == 2
    done = desk.catch_up()
    assert (done.added, done.known, len(desk.events)) == (0, 0, 1)
    desk.file("in/d.txt", "Delta")
    assert desk.catch_up().added == 1
    assert set(desk.rows()) == {"Alpha", "Beta", "Delta"}


def test_a_changed_file_is_a_newer_version(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.catch_up()
    old = desk.rows()["Alpha"]
    desk.library.pin(old.id)
    desk.library.tags.set(old.id, ["mine"])
    desk.file("a.txt", "Beta")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Beta"].id
    assert rows["Alpha"].pinned
    assert rows["Beta"].pinned
    assert rows["Beta"].tags == ("mine",)
    assert (rows["Beta"].newer, rows["Beta"].gone, rows["Alpha"].gone) == (None, False, False)
    assert [event.older for event in desk.told(Added)] == [old.id]


def test_versions_follow_each_other_and_an_earlier_one_may_come_back(desk: Desk) -> None:
    for text in ("Alpha", "Beta", "Gamma"):
        desk.file("a.txt", text)
        desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Beta"].id
    assert rows["Beta"].newer == rows["Gamma"].id
    desk.file("a.txt", "Alpha")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Gamma"].newer == rows["Alpha"].id
    assert rows["Alpha"].newer is None
    desk.file("a.txt", "Gamma")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Gamma"].newer is None
    assert rows["Alpha"].newer == rows["Gamma"].id


def test_a_newer_version_that_is_taken_out_leaves_no_trace(desk: Desk) -> None:
    for text in ("Alpha", "Beta", "Gamma"):
        desk.file("a.txt", text)
        desk.catch_up()
    rows = desk.rows()
    desk.library.remove(rows["Beta"].id)
    assert desk.rows()["Alpha"].newer == rows["Gamma"].id
    desk.library.remove(rows["Gamma"].id)
    assert desk.rows()["Alpha"].newer is None


def test_what_lies_in_another_file_too_is_not_replaced(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.file("b.txt", "Alpha")
    desk.catch_up()
    desk.file("a.txt", "Beta")
    desk.catch_up()
    assert desk.rows()["Alpha"].newer is None
    desk.file("b.txt", "Gamma")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Gamma"].id


def test_files_that_change_places_replace_nothing(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.file("b.txt", "Beta")
    desk.catch_up()
    desk.library.pin(desk.rows()["Alpha"].id)
    desk.file("a.txt", "Beta")
    desk.file("b.txt", "Alpha")
    desk.catch_up()
    rows = desk.rows()
    assert {row.newer for row in rows.values()} == {None}
    assert not rows["Beta"].pinned
    # a log that is put away under another name, and begun anew
    shutil.copy2(desk.folder / "a.txt", desk.folder / "a.1.txt")
    desk.file("a.txt", "Gamma")
    desk.catch_up()
    assert desk.rows()["Beta"].newer is None


def test_a_deleted_file_is_marked_until_it_comes_back(desk: Desk) -> None:
    path = desk.file("in/a.txt", "Alpha")
    desk.catch_up()
    shutil.rmtree(path.parent)
    desk.catch_up()
    (event,) = desk.told(Gone)
    assert event.row == desk.rows()["Alpha"]
    assert event.row.gone
    desk.catch_up()
    assert desk.told(Gone) == []
    path = desk.file("in/a.txt", "Alpha")
    os.utime(path, (PAST + 10, PAST + 10))
    done = desk.catch_up()
    assert done.known == 1
    assert not desk.rows()["Alpha"].gone


def test_a_file_that_is_deleted_and_written_anew_is_a_newer_version(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.catch_up()
    (desk.folder / "a.txt").unlink()
    desk.catch_up()
    desk.file("a.txt", "Beta")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Beta"].id
    assert not rows["Alpha"].gone


def test_a_moved_file_is_neither_new_nor_gone(desk: Desk) -> None:
    desk.file("in/a.txt", "Alpha")
    desk.file("in/b.txt", "Beta")
    desk.catch_up()
    (desk.folder / "in").rename(desk.folder / "out")
    done = desk.catch_up()
    assert (done.added, desk.told(Gone)) == (0, [])
    rows = desk.rows()
    assert rows["Alpha"].path == str(desk.folder / "out/a.txt")
    assert not rows["Alpha"].gone
    # its old name is free for another
    desk.file("in/a.txt", "Gamma")
    desk.catch_up()
    assert desk.rows()["Alpha"].newer is None


def test_of_two_copies_one_is_deleted(desk: Desk) -> None:
    first, second = desk.file("a.txt", "Alpha"), desk.file("b.txt", "Alpha")
    desk.catch_up()
    assert desk.rows()["Alpha"].path == str(first)
    first.unlink()
    desk.catch_up()
    row = desk.rows()["Alpha"]
    assert (row.path, row.gone) == (str(second), False)
    assert [(event.row.id, event.before) for event in desk.told(Moved)] == [(row.id, str(first))]
    second.unlink()
    desk.catch_up()
    assert desk.rows()["Alpha"].gone


def test_names_that_cannot_be_shown(desk: Desk) -> None:
    path = desk.file("a\nb \x1b[1m \udcff.txt", "Alpha")
    desk.catch_up()
    assert desk.catch_up().known == 0
    path.unlink()
    desk.catch_up()
    assert desk.rows()["Alpha"].gone


def test_what_the_reader_took_out_does_not_come_back_by_itself(desk: Desk) -> None:
    path = desk.file("a.txt", "Alpha")
    desk.catch_up()
    desk.library.remove(desk.rows()["Alpha"].id)
    desk.catch_up()
    os.utime(path, (PAST + 500, PAST + 500))
    desk.catch_up()
    assert desk.rows() == {}
    assert desk.add(path).added == 1
    desk.library.remove(desk.rows()["Alpha"].id)
    desk.file("a.txt", "Beta")
    desk.catch_up()
    assert set(desk.rows()) == {"Beta"}


def test_a_file_that_cannot_be_read_is_tried_again_once_it_has_changed(desk: Desk) -> None:
    path = desk.file("a.txt", "Alpha")
    desk.catch_up()
    desk.file("a.txt", b"")
    assert len(desk.catch_up().failures) == 1
    assert desk.catch_up().failures == ()
    assert len(desk.add(desk.folder).failures) == 1  # who asks for it gets it
    desk.file("a.txt", "Beta")
    desk.catch_up()
    assert desk.library.failures() == []
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Beta"].id
    desk.file("b.txt", b"")
    desk.catch_up()
    assert len(desk.library.failures()) == 1
    (desk.folder / "b.txt").unlink()
    desk.catch_up()
    assert desk.library.failures() == []
    assert path.exists()


def test_a_link_to_nothing_is_passed_over(desk: Desk) -> None:
    link = desk.folder / "a.txt"
    link.symlink_to("target")
    assert desk.catch_up().failures == ()
    (desk.folder / "target").write_text("Alpha")
    assert desk.catch_up().added == 1
    (desk.folder / "target").unlink()
    assert desk.catch_up().failures == ()
    assert desk.rows()["Alpha"].gone


def test_a_file_that_may_be_read_after_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.file("a.txt", "Alpha")

    def refuse(file: Path) -> None:
        raise Unreadable(str(file), "may not be read")

    monkeypatch.setattr("briefing.library.feed.identify", lambda job: job)
    monkeypatch.setattr("briefing.library.feed.read_file", refuse)
    assert len(desk.catch_up().failures) == 1
    monkeypatch.undo()
    assert (desk.catch_up().failures, desk.rows()) == ((), {})
    path.chmod(0o600)
    os.utime(path, (desk.clock, desk.clock))
    assert desk.catch_up().added == 1


def _zip(path: Path, files: dict[str, str], clock: int) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    os.utime(path, (clock, clock))


def test_what_is_in_a_file_of_several_sources(desk: Desk) -> None:
    path = desk.folder / "a.zip"
    _zip(path, {"1.txt": "Alpha", "2.txt": "Beta", "3.txt": ""}, PAST)
    assert desk.catch_up().added == 2
    done = desk.catch_up()
    assert (done.known, done.failures) == (0, ())
    _zip(path, {"1.txt": "Alpha", "2.txt": "Gamma"}, PAST + 10)
    desk.catch_up()
    rows = desk.rows()
    assert rows["Beta"].newer == rows["Gamma"].id
    assert desk.library.failures() == []
    assert desk.add(path).known == 2
    assert {event.row.title for event in desk.told(Added)} == {"Alpha", "Gamma"}
    _zip(path, {"1.txt": "Gamma", "2.txt": "Delta"}, PAST + 20)
    desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer is None  # it was left out, and another took its name
    assert rows["Gamma"].newer is None
    path.rename(desk.folder / "b.zip")
    desk.catch_up()
    assert desk.rows()["Delta"].path == str(desk.folder / "b.zip » 2.txt")
    (desk.folder / "b.zip").unlink()
    desk.catch_up()
    assert {title for title, row in desk.rows().items() if row.gone} == {"Gamma", "Delta"}


def test_unchanged_files_are_not_opened_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.file("a.txt", "Alpha")
    later = time.time() + 3600  # might be written again within the same moment
    os.utime(desk.file("now.txt", "Now"), (later, later))
    desk.add(desk.folder)
    opened: list[Path] = []
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda path, *args: opened.append(path) or real(path, *args))
    done = desk.add(desk.folder)
    assert (done.added, done.known) == (0, 2)
    assert {path.name for path in opened if desk.folder in path.parents} == {"now.txt"}


def test_unchanged_files_are_read_again_for_another_extractor_or_when_they_were_taken_out(
    desk: Desk, tmp_path: Path
) -> None:
    desk.file("a.txt", "Alpha")
    desk.add(desk.folder)
    lexicons = tmp_path / "lexicons"
    lexicons.mkdir()
    (lexicons / "nations.toml").write_text("x = 1")
    assert desk.add(desk.folder, lexicons=lexicons).added == 1
    assert desk.add(desk.folder, lexicons=lexicons).known == 1
    desk.library.remove(desk.rows()["Alpha"].id)
    assert desk.add(desk.folder, lexicons=lexicons).added == 1


def test_a_file_that_lies_elsewhere_gets_its_path(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.file("a.txt", "Alpha")
    monkeypatch.chdir(desk.folder)
    desk.add("a.txt")
    assert desk.rows()["Alpha"].path == "a.txt"
    desk.add(path)
    assert desk.rows()["Alpha"].path == str(path)
    other = tmp_path / "other.txt"
    shutil.copy2(path, other)
    desk.add(other)
    assert desk.rows()["Alpha"].path == str(path)
    path.unlink()
    os.utime(other, (PAST + 500, PAST + 500))
    desk.add(other)
    assert desk.rows()["Alpha"].path == str(other)


@contextmanager
def watched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[type], Any]]:
    """Watching in a thread; gives what waits for the next event of a type."""
    monkeypatch.setattr(watching, "_QUIET", 0.05)
    monkeypatch.setattr(watching, "_TICK", 0.05)
    monkeypatch.setattr(watching, "_AGAIN", 0.05)
    events: Queue[IngestEvent | BaseException] = Queue()
    stop = threading.Event()

    def run() -> None:
        try:
            desk.watching().run(events.put, stop)
        except LibraryError as error:
            events.put(error)

    def wait_for(kind: type) -> Any:
        while True:
            try:
                event = events.get(timeout=60)
            except Empty:
                pytest.fail(f"no {kind.__name__} came")
            if isinstance(event, kind):
                return event

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield wait_for
    finally:
        stop.set()
        thread.join()


def test_what_happens_in_a_watched_folder_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.file("a.txt", "Alpha")
    with watched(desk, monkeypatch) as wait_for:
        assert wait_for(Added).row.title == "Alpha"
        assert wait_for(Watched).folders == (str(desk.folder),)
        desk.file("b.txt", "Beta")
        assert wait_for(Added).row.title == "Beta"
        desk.file("b.txt", "Gamma")
        assert wait_for(Added).older == desk.rows()["Beta"].id
        (desk.folder / "a.txt").unlink()
        assert wait_for(Gone).row.title == "Alpha"
        (desk.folder / "b.txt").rename(desk.folder / "c.txt")
        assert wait_for(Moved).before == str(desk.folder / "b.txt")
        desk.file("\udcff.txt", "Delta")
        assert wait_for(Added).row.title == "Delta"
        desk.file("d.txt", b"")
        assert wait_for(SetAside).failure.path == str(desk.folder / "d.txt")


def test_a_watched_folder_that_goes_and_comes_back(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    desk.file("a.txt", "Alpha")
    with watched(desk, monkeypatch) as wait_for:
        wait_for(Watched)
        desk.folder.rename(tmp_path / "away")
        assert "is not there" in wait_for(Hindered).reason
        assert not desk.rows()["Alpha"].gone
        (tmp_path / "away").rename(desk.folder)
        wait_for(Watched)
        desk.file("b.txt", "Beta")
        assert wait_for(Added).row.title == "Beta"
        # another folder is put on the list, and this one taken from it
        other = tmp_path / "other"
        other.mkdir()
        (other / "c.txt").write_text("Gamma")
        desk.library.folders.watch(other)
        desk.library.folders.unwatch(desk.folder)
        assert wait_for(Added).row.title == "Gamma"
    assert not desk.rows()["Alpha"].gone


def test_a_library_that_another_program_writes_for_long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.library.store._WAIT", 0.05)
    desk.library.close()
    desk.library = Library.open(desk.path)
    desk.file("a.txt", "Alpha")
    other = sqlite3.connect(desk.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with watched(desk, monkeypatch) as wait_for:
        assert "another program" in wait_for(Hindered).reason
        other.execute("ROLLBACK")
        other.close()
        assert wait_for(Added).row.title == "Alpha"
        wait_for(Watched)


def test_where_changes_are_not_told_of_folders_are_compared(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_many(*args: object, **more: object) -> None:
        raise OSError("no more watches")

    monkeypatch.setattr("watchfiles.watch", too_many)
    with watched(desk, monkeypatch) as wait_for:
        wait_for(Watched)
        desk.file("a.txt", "Alpha")
        assert wait_for(Added).row.title == "Alpha"


def test_a_file_that_is_written_to_all_the_time_waits_until_it_is_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("briefing.library.watching.time.monotonic", lambda: now[0])
    waiting = watching._Waiting([tmp_path])
    growing, still, folder = (str(tmp_path / name) for name in ("growing.txt", "in/still.txt", "in"))
    Path(folder).mkdir()
    waiting.add([growing, still, folder, str(tmp_path / ".hidden.txt"), str(tmp_path / "in/.git/x.txt"), "/else.txt"])
    assert waiting.ready() == []
    while now[0] < 100 + watching._TOGETHER:
        waiting.add([growing])
        assert waiting.ready() == []
        now[0] += watching._QUIET / 2
    waiting.add([growing])
    assert waiting.ready() == [Path(folder)]
    while now[0] < 100 + watching._LONGEST:
        waiting.add([growing])
        assert waiting.ready() == []
        now[0] += watching._QUIET / 2
    assert waiting.ready() == [Path(growing)]
    assert waiting.ready() == []
    waiting.add([growing])
    now[0] += watching._QUIET + 0.001
    assert waiting.ready() == [Path(growing)]
