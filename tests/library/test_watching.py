"""Watched folders: the list of them, and what is noticed in them."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest

from briefing.ingest import folder_watcher
from briefing.library import Library, LibraryError
from briefing.model.progress import Added, Gone, Hindered, IngestEvent, Moved, SetAside, Watched

from .desk import Desk


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


@contextmanager
def watched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[type], Any]]:
    """Watching in a thread; gives what waits for the next event of a type."""
    monkeypatch.setattr(folder_watcher, "QUIET", 0.05)
    monkeypatch.setattr(folder_watcher, "TICK", 0.05)
    monkeypatch.setattr(folder_watcher, "AGAIN", 0.05)
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
    monkeypatch.setattr("briefing.library.store.connection.WAIT", 0.05)
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
    monkeypatch.setattr("briefing.ingest.folder_watcher.time.monotonic", lambda: now[0])
    waiting = folder_watcher._Waiting([tmp_path])
    growing, still, folder = (str(tmp_path / name) for name in ("growing.txt", "in/still.txt", "in"))
    Path(folder).mkdir()
    waiting.add([growing, still, folder, str(tmp_path / ".hidden.txt"), str(tmp_path / "in/.git/x.txt"), "/else.txt"])
    assert waiting.ready() == []
    while now[0] < 100 + folder_watcher.TOGETHER:
        waiting.add([growing])
        assert waiting.ready() == []
        now[0] += folder_watcher.QUIET / 2
    waiting.add([growing])
    assert waiting.ready() == [Path(folder)]
    while now[0] < 100 + folder_watcher.LONGEST:
        waiting.add([growing])
        assert waiting.ready() == []
        now[0] += folder_watcher.QUIET / 2
    assert waiting.ready() == [Path(growing)]
    assert waiting.ready() == []
    waiting.add([growing])
    now[0] += folder_watcher.QUIET + 0.001
    assert waiting.ready() == [Path(growing)]
