"""A library that may only be read: all that reads works, all that writes says so, and nothing appears beside it."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.ingest import Ingest
from briefing.library import Library, LibraryError
from briefing.library.errors import LibraryBusy, LibraryReadOnly
from briefing.library.store.writer import Item
from briefing.model.listing import Failure
from briefing.model.source import Source

from .made import ESCORT, make_extraction, make_source


@pytest.fixture
def locked(library: Library, sources: list[Source], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a library that nobody has open. Root may write anything, so the question is answered for it."""
    library.searches.save("kept", "bombers")
    library.entity_edits.rename("PLACE", "Guam", "Guåhan")
    library.close()
    monkeypatch.setattr("briefing.library.store.connection.may_write", lambda path: False)
    return library.path


def test_reading(locked: Path, sources: list[Source]) -> None:
    before, lying = locked.read_bytes(), sorted(locked.parent.iterdir())
    with Library.open(locked) as library:
        assert library.read_only
        assert [row.id for row in library.sources(order="added")] == [one.id for one in sources]
        key = sources[0].id
        assert library.source(key) == sources[0]
        assert library.search("balistic~1 missile").total == 2
        assert library.facets("missile").exact
        assert library.matches("missile", key)
        assert library.entity("Guåhan", "PLACE").sources == 1
        assert library.entities("japan")
        assert library.suggest("per", 3)
        assert [one.name for one in library.searches.saved()] == ["kept"]
        assert library.marked(key, sources[0].text)[0].quotes
        assert library.reviews(key) == {}
        assert library.totals().sources == len(sources)
    assert sorted(locked.parent.iterdir()) == lying
    assert locked.read_bytes() == before


WRITES: list[Callable[[Library, str], object]] = [
    lambda library, key: library.review(key, "quote", "x", "accepted"),
    lambda library, key: library.undo_review(),
    lambda library, key: library.tags.change([key], ["navy"]),
    lambda library, key: library.pin(key),
    lambda library, key: library.mark_read(key),
    lambda library, key: library.mark_reviewed(key),
    lambda library, key: library.set_position(key, 7),
    lambda library, key: library.remove(key),
    lambda library, key: library.searches.remember("missile"),
    lambda library, key: library.searches.save("name", "missile"),
    lambda library, key: library.searches.mark_seen("kept"),
    lambda library, key: library.searches.forget_past(),
    lambda library, key: library.folders.watch(library.path.parent),
    lambda library, key: library.fail(Failure(path="a", reason="b")),
    lambda library, key: library.entity_edits.remove("NATION", "Japan"),
    lambda library, key: library.entity_edits.undo(),
    lambda library, key: library.add_all([Item(s := make_source("New"), make_extraction(s))]),
    lambda library, key: Ingest(library, ["/"], command=["/nowhere"]).run(lambda event: None),
]  # fmt: skip


@pytest.mark.parametrize("write", WRITES)
def test_writing(write: Callable[[Library, str], object], locked: Path, sources: list[Source]) -> None:
    before = locked.read_bytes()
    with (
        Library.open(locked) as library,
        pytest.raises(LibraryReadOnly, match=r"library\.db can only be read, .* copy it to a folder"),
    ):
        write(library, sources[0].id)
    assert locked.read_bytes() == before


def another_program(path: Path, text: str) -> None:
    """What adds a source and closes the file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefing.library.store.connection.may_write", lambda path: True)
        with Library.open(path) as db:
            source = make_source(text)
            db.add(source, make_extraction(source))


def test_what_others_write_is_seen(locked: Path) -> None:
    with Library.open(locked) as library:
        before = library.totals().sources
        another_program(locked, f"Later. {ESCORT}")
        assert library.totals().sources == before + 1
        assert library.search("later").total == 1


def test_beside_a_program_that_has_it_open(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.library.store.connection.may_write", lambda path: True)
    with Library.open(locked) as other:
        source = make_source(f"One. {ESCORT}")
        other.add(source, make_extraction(source))
        monkeypatch.setattr("briefing.library.store.connection.may_write", lambda path: False)
        with Library.open(locked) as library:
            before = library.totals().sources
            source = make_source(f"Two. {ESCORT}")
            other.add(source, make_extraction(source))
            assert library.totals().sources == before + 1
            with pytest.raises(LibraryReadOnly):
                library.pin(source.id)
            other.close()
            assert library.search("two", within=[source.id]).total == 1


def test_what_is_in_the_log_alone_is_not_passed_over(locked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    db = sqlite3.connect(locked)
    db.execute("UPDATE source SET pinned = 1")
    db.commit()
    for end in ("", "-wal"):
        shutil.copy(f"{locked}{end}", f"{copy}{end}")
    db.close()
    with pytest.raises(LibraryError, match=r"last changes are still in copy\.db-wal beside it.* copy both files"):
        Library.open(copy)


def test_written_in_the_middle_of_reading(locked: Path) -> None:
    def interrupted(library: Library) -> None:
        with library.store.read() as db:
            another_program(locked, f"Later. {ESCORT}")
            db.execute("SELECT nothing")

    with Library.open(locked) as library:
        with pytest.raises(LibraryBusy, match="was written while it was read"):
            interrupted(library)
        assert library.search("later").total == 1


@pytest.mark.parametrize(
    ("version", "said"), [(2, "older version .* Open it once where it can be written"), (99, "newer version")]
)
def test_another_format(version: int, said: str, locked: Path) -> None:
    with sqlite3.connect(locked) as db:
        db.execute(f"PRAGMA user_version = {version}")
    db.close()
    with pytest.raises(LibraryError, match=said):
        Library.open(locked)


def test_an_empty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.library.store.connection.may_write", lambda path: False)
    path = tmp_path / "here" / "empty?%.db"
    path.parent.mkdir()
    path.touch()
    with pytest.raises(LibraryError, match="is empty and can only be read"):
        Library.open(path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("what", ["file", "folder"])
def test_permissions(what: str, library: Library, sources: list[Source]) -> None:
    library.close()
    held = library.path if what == "file" else library.path.parent
    mode = held.stat().st_mode
    held.chmod(0o444 if what == "file" else 0o555)
    try:
        if os.access(held, os.W_OK):
            pytest.skip("root may write anywhere")
        with Library.open(library.path) as again:
            assert again.read_only
            assert again.search("missile").total == 2
    finally:
        held.chmod(mode)
