"""What was taken out of a library is in none of its files any more, whatever it left behind while it was there."""

import os
import sqlite3
import stat
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from briefing.ingest import ExtractionCache
from briefing.library import Library
from briefing.library.store import removal
from briefing.library.store.fts.pages import segments
from briefing.library.store.fts.states import ONCE, SOME
from briefing.library.store.versions import copies_of

from .desk import Desk
from .made import CAFE, ESCORT, make_extraction, make_source
from .runner import check
from .test_entity_edits_property import check_against_facts

SECRET = (
    "Zweifelhaftig grumblewort\n\nDan Caine counted two quibberjets over Guam with the KCNA.\n\n"
    '"The frobnicator stays secret," said Kim Myung-soo.'
)
WORDS = ("weifelhaftig", "grumblewort", "quibberjet", "frobnicator", "secretive-place")


def traces(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """Which of the words stand in which files, as they are or in the library's other ways of writing them."""
    return [
        (file.name, word)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for word in words
        if word.encode() in (data := file.read_bytes()) or word.encode("utf-16-le") in data
    ]


def test_nothing_stays_in_any_file(tmp_path: Path) -> None:
    source = make_source(
        SECRET, path="/secretive-place/a.txt", publisher="Grumblewort Gazette", published=date(2025, 1, 2)
    )
    library = Library.open(tmp_path / "library.db")
    with library:
        others = [make_source(f"Other {n}\n\n{ESCORT}") for n in range(30)]
        for other in others:
            library.add(other, make_extraction(other))
        library.add(source, make_extraction(source))
        library.tags.set(source.id, ["quibberjet-tag"])
        library.review(source.id, "quote", library.extraction(source.id).quotes[0].key, "accepted")
        assert traces(tmp_path, ["grumblewort"])
        library.remove(source.id)
        assert traces(tmp_path, WORDS) == []
        assert not any(bytes.fromhex(source.id) in file.read_bytes() for file in tmp_path.glob("*.db*"))
        check(library)
        check_against_facts(library)
        assert library.search("grumblewort").total == 0
        assert library.suggest("grumble", 7) == []
        assert library.search("bombers").total == 30
        again = library.add(source, make_extraction(source))  # the numbers of its names may be used again
        assert library.search("person:Myung-soo").total == 31
        check_against_facts(library)
        library.remove(again.id, *(other.id for other in others))
        assert library.totals().sources == 0
        check(library)
    assert traces(tmp_path, [*WORDS, "escorted", "Stratofortress"]) == []


def test_another_program_notices_that_words_and_names_are_gone(tmp_path: Path) -> None:
    source = make_source(SECRET)
    with Library.open(tmp_path / "library.db") as one, Library.open(tmp_path / "library.db") as other:
        one.add(source, make_extraction(source))
        other.add(extra := make_source(ESCORT), make_extraction(extra))
        other.remove(source.id)
        new = make_source("New words\n\nDan Caine of KCNA met the frobnicator at Guam.")
        other.add(new, make_extraction(new))
        one.add(source, make_extraction(source))
        assert one.search("frob*").total == 2
        assert one.search("grumblew*").total == 1
        check_against_facts(one)


def test_what_an_earlier_version_left_in_free_pages_is_gone_too(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(source := make_source(CAFE), make_extraction(source))
        library.add(other := make_source(ESCORT), make_extraction(other))
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA secure_delete = off")
        db.execute("CREATE TABLE old (text)")
        db.executemany("INSERT INTO old VALUES (?)", [("grumblewort" * 400,)] * 20)
        db.execute("DROP TABLE old")
        db.execute("UPDATE removal SET overwritten = 0")
        db.commit()
    assert traces(tmp_path, ["grumblewort"])
    with Library.open(path) as library:
        library.remove(other.id)
        assert traces(tmp_path, ["grumblewort"]) == []
        check(library)


def test_a_removal_that_was_cut_short_is_finished_by_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(source := make_source(SECRET), make_extraction(source))
        library.add(other := make_source(ESCORT), make_extraction(other))
        with monkeypatch.context() as killed:
            killed.setattr(removal, "overwrite", lambda store: None)
            library.remove(source.id)
    with Library.open(path) as library:
        assert traces(tmp_path, WORDS) == []
        check(library)


def state_of(library: Library) -> tuple[int, int]:
    """What the indexes hold beside what they find, and how many segments the index of words has."""
    with library.store.read() as db:
        (state,) = db.execute("SELECT overwritten FROM removal").fetchone()
        return int(state), len(segments(db, "word_index"))


def indexed_by(folder: Path) -> bytes:
    """The pages of the index of words."""
    with closing(sqlite3.connect(folder / "library.db")) as db:
        return b"".join(row[0] for row in db.execute("SELECT block FROM word_index_data"))


def test_indexes_are_merged_only_where_a_source_could_not_be_cut_out(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        sources = [make_source(f"{SECRET}\n\nNumber {n}: wordlet{n}") for n in range(3)]
        for source in sources:
            library.add(source, make_extraction(source))
        assert state_of(library) == (ONCE, 3)
        library.remove(sources[0].id)
        assert state_of(library) == (ONCE, 3)
        assert traces(tmp_path, ["wordlet0"]) == []
        library.add(sources[1].model_copy(update={"title": "Frobnicated"}), make_extraction(sources[1]))
        library.add(sources[1].model_copy(update={"title": "Zweifelhaft"}), make_extraction(sources[1]))
        assert state_of(library)[0] == SOME  # its first title is noted as taken out, and still there
        assert b"frobnicated" in indexed_by(tmp_path)
        assert library.search("frobnicated").total == 0
        assert library.search("zweifelhaft wordlet1").total == 1
        library.remove(sources[1].id)
        assert state_of(library) == (ONCE, 1)
        assert traces(tmp_path, ["wordlet1"]) == []
        assert b"frobnicated" not in indexed_by(tmp_path)
        assert library.search("wordlet2").total == 1
        library.add(sources[0], make_extraction(sources[0]))
        library.add(sources[1], make_extraction(sources[1]))
        library.remove(sources[0].id, sources[2].id)  # of so few, merging is quicker
        assert state_of(library) == (ONCE, 1)
        assert traces(tmp_path, ["wordlet0", "wordlet2"]) == []
        check(library)


def test_the_cache_is_told(tmp_path: Path) -> None:
    source = make_source(SECRET)
    cache = ExtractionCache(tmp_path / "cache.db")
    cache.put(make_extraction(source), source, "txt")
    with Library.open(tmp_path / "library.db") as library:
        library.on_removal(cache.forget)
        library.add(source, make_extraction(source))
        library.remove(source.id)
    assert cache.get(source.id, "f1") is None
    key = source.id.encode()
    assert not any(key in file.read_bytes() for file in tmp_path.glob("cache.db*"))
    cache.close()


def test_one_from_a_watched_folder_does_not_come_back_and_leaves_no_hash(desk: Desk) -> None:
    desk.file("a.txt", "Alpha grumblewort")
    desk.file("b.txt", "Beta")
    desk.catch_up()
    gone = desk.rows()["Alpha grumblewort"].id
    desk.library.remove(gone)
    for _ in range(2):
        assert desk.catch_up().added == 0
        assert set(desk.rows()) == {"Beta"}
    desk.library.store.settle()
    data = desk.path.read_bytes()
    assert bytes.fromhex(gone) not in data
    assert b"a.txt" not in data
    desk.file("a.txt", "Alpha grumblewort and more")
    assert desk.catch_up().added == 1
    desk.add(desk.file("c.txt", "Alpha grumblewort"))  # asked for by name
    assert desk.library.has(gone)
    assert not desk.library.files.was_removed(gone)


def test_copies_from_before_a_migration_go_with_it(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(source := make_source(SECRET), make_extraction(source))
    (tmp_path / "library.db.v2.bak").write_bytes(path.read_bytes())
    (tmp_path / "library.db.bak").write_text("the user's own")
    assert [copy.name for copy in copies_of(path)] == ["library.db.v2.bak"]
    with Library.open(path) as library:
        library.remove(source.id)
    assert copies_of(path) == []
    assert (tmp_path / "library.db.bak").exists()


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_files_and_folders_are_the_users_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Library.open(tmp_path / "deep" / "er" / "library.db") as library:
            library.add(source := make_source(CAFE), make_extraction(source))
            cache = ExtractionCache(tmp_path / "cached" / "cache.db")
            cache.put(make_extraction(source))
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
            cache.close()
    finally:
        os.umask(before)
    assert {name: mode for name, mode in modes.items() if "db" in name} == dict.fromkeys(
        ["library.db", "library.db-wal", "library.db-shm", "cache.db", "cache.db-wal", "cache.db-shm"], 0o600
    )
    assert {modes[name] for name in ("deep", "er", "cached")} == {0o700}


def test_of_all_sources_taken_out_no_word_stays_in_the_index(tmp_path: Path) -> None:
    """Not even the one that tells when they came: of that, too, what is taken out must be what was put in."""
    sources = [make_source(f"Other {n}\n\n{ESCORT}") for n in range(3)]
    with Library.open(tmp_path / "library.db") as library:
        for source in (*sources, sources[0]):
            library.add(source, make_extraction(source, f"f{source.title}"))
        for source in sources:
            library.remove(source.id)
        with library.store.write() as db:
            db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, word_index, row)")
            assert db.execute("SELECT term FROM temp.terms").fetchall() == []
