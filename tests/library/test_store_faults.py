"""The store when the power goes, the disk is full, or the file comes from an earlier version of the program."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from briefing.library import Library, LibraryError
from briefing.library.store.schema import MIGRATIONS
from briefing.library.store.versions import copies_of
from briefing.model.source import Source

from .made import CAFE, ESCORT, MISSILE, make_extraction, make_source, set_back
from .runner import check
from .test_entity_edits_property import check_against_facts

Work = Callable[[Library, list[Source]], object]
NEW = make_source("Newly come\n\nDan Caine counted two B-52Hs of Japan.")
WORK: dict[str, Work] = {
    "add": lambda library, _: library.add(NEW, make_extraction(NEW)),
    "extract anew": lambda library, sources: library.add(sources[0], make_extraction(sources[0], "f2")),
    "review": lambda library, sources: library.review(
        sources[0].id, "count", library.extraction(sources[0].id).counts[0].key, "rejected"
    ),
    "merge": lambda library, _: library.entity_edits.merge("NATION", "Japan", "United States"),
    "tag": lambda library, sources: library.tags.set(sources[1].id, ["fleet", "dawn"]),
    "remove": lambda library, sources: library.remove(sources[0].id),
}


def filled(path: Path) -> list[Source]:
    sources = [make_source(text) for text in (ESCORT, MISSILE, CAFE)]
    with Library.open(path) as library:
        for source in sources:
            library.add(source, make_extraction(source))
        library.review(sources[0].id, "count", library.extraction(sources[0].id).counts[0].key, "accepted")
        library.tags.set(sources[0].id, ["kept"])
    return sources


def state(library: Library) -> object:
    """All that a reader would see."""
    rows = library.sources("added")
    return [
        (row, library.source(row.id), library.extraction(row.id), library.tags.of(row.id),
         {key: one.state for key, one in library.reviews(row.id).items()})
        for row in rows
    ]  # fmt: skip


@pytest.mark.parametrize("name", WORK)
def test_when_the_power_goes_it_is_all_there_or_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / "library.db"
    sources = filled(path)
    copies: list[Path] = []

    def copy(_: str) -> None:
        """The files as they lie on the disk just now."""
        if len(copies) < 60:
            folder = tmp_path / f"copy{len(copies)}"
            folder.mkdir()
            for file in tmp_path.glob("library.db*"):
                if not file.name.endswith("-shm"):
                    shutil.copy(file, folder / file.name)
            copies.append(folder)

    with Library.open(path) as library:
        before = state(library)
        library.store._writer.set_trace_callback(copy)
        WORK[name](library, sources)
        library.store._writer.set_trace_callback(None)
        copy("")
        after = state(library)
    assert before != after
    assert len(copies) > 2
    chance = random.Random(1)
    for folder in copies:
        log = folder / "library.db-wal"
        if log.exists() and chance.random() < 0.7:  # what was not synced may be lost, from some byte on
            data = log.read_bytes()
            log.write_bytes(data[: chance.randint(0, len(data))])
        with Library.open(folder / "library.db") as found:
            assert state(found) in (before, after)
            check(found)
            check_against_facts(found)


@pytest.mark.parametrize("name", WORK)
def test_on_a_full_disk_nothing_is_lost(tmp_path: Path, name: str) -> None:
    path = tmp_path / "library.db"
    sources = filled(path)
    with Library.open(path) as library:
        before = state(library)
        with library.store._lock:
            writer = library.store._writer
        pages = writer.execute("PRAGMA page_count").fetchone()[0]
        writer.execute(f"PRAGMA max_page_count = {pages}")
        if name == "add":  # the others may find room in pages that are free
            long = make_source("Long\n\n" + " ".join(f"word{n * 7919}" for n in range(20_000)))
            with pytest.raises(LibraryError, match="is full"):
                library.add(long, make_extraction(long))
        else:
            try:
                WORK[name](library, sources)
            except LibraryError as error:
                assert "is full" in str(error)  # noqa: PT017 - there may be room enough
                if name != "remove":  # that may be done, and only what is left of it not overwritten yet
                    assert state(library) == before
        writer.execute("PRAGMA max_page_count = 1000000")
        check(library)
        check_against_facts(library)


@pytest.mark.parametrize("version", range(2, len(MIGRATIONS)))
def test_every_earlier_format_is_brought_up_to_date_with_a_copy_kept(tmp_path: Path, version: int) -> None:
    path = tmp_path / "library.db"
    sources = filled(path)
    with Library.open(path) as library:
        before = state(library)
        with library.store.write() as db:
            set_back(db, version)
    with Library.open(path) as library:
        assert state(library) == before
        check(library)
        check_against_facts(library)
        (copy,) = copies_of(path)
        with closing(sqlite3.connect(copy)) as kept:
            assert kept.execute("PRAGMA user_version").fetchone() == (version,)
        library.remove(sources[0].id)
        check(library)


def test_a_large_library_says_that_it_takes_a_while(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "library.db"
    filled(path)
    with Library.open(path) as library, library.store.write() as db:
        db.execute("UPDATE total SET n = n + 120000 WHERE name = 'sources'")
        set_back(db, 5)
    with Library.open(path):
        assert "brought up to date once" in caplog.text
        assert "about 3 minutes" in caplog.text


def test_a_migration_that_cannot_keep_a_copy_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    filled(path)
    with Library.open(path) as library, library.store.write() as db:
        set_back(db, 4)

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("briefing.library.store.versions.make_file", full)
    with pytest.raises(LibraryError, match="no copy of it can be made"):
        Library.open(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (4,)
