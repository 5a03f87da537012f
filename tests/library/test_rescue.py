"""A new library is made of what can be read of a damaged one: reviews, tags and notes first, then the sources."""

import random
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing.library import Library, LibraryError
from briefing.library.notes import write_note
from briefing.library.store.rescue import rescue
from briefing.model.source import Source

from .made import CAFE, ESCORT, MISSILE, make_extraction, make_source
from .runner import check
from .test_entity_edits_property import check_against_facts


def fill(path: Path, copies: int = 1) -> list[Source]:
    """A library with sources and all kinds of notes."""
    sources = [
        make_source(f"{text}\n\nCopy {n}.", published=date(2025, 7, 1 + n % 28), publisher="Wire", path=f"/in/{n}.txt")
        for n in range(copies)
        for text in (ESCORT, MISSILE, CAFE)
    ]
    with Library.open(path) as library:
        for source in sources:
            library.add(source, make_extraction(source))
        first = sources[0].id
        for fact in library.extraction(first).counts:
            library.review(first, "count", fact.key, "accepted")
        for source in sources[::3]:
            library.tags.set(source.id, ["fleet"])
        library.pin(first)
        write_note(library, first, "Ask the desk")
        library.mark_read(first)
        library.set_position(first, 12)
        library.entity_edits.merge("NATION", "Japan", "United States")
        library.searches.save("Bombers", "bombers")
    return sources


def test_a_whole_library_is_saved_as_it_is(tmp_path: Path) -> None:
    sources = fill(tmp_path / "old.db")
    saved = rescue(tmp_path / "old.db", tmp_path / "new.db")
    assert (saved.sources, saved.without_facts, saved.lost) == (3, 0, ())
    with Library.open(tmp_path / "old.db") as old, Library.open(tmp_path / "new.db") as new:
        assert new.sources() == old.sources()
        for source in sources:
            assert new.source(source.id) == source
            assert new.extraction(source.id) == old.extraction(source.id)
            assert new.reviews(source.id) == old.reviews(source.id)
            assert new.tags.of(source.id) == old.tags.of(source.id)
            assert new.position(source.id) == old.position(source.id)
        assert new.entity_edits.all() == old.entity_edits.all()
        assert new.searches.saved() == old.searches.saved()
        check(new)
        check_against_facts(new)


def test_damaged_values_cost_their_source_or_its_facts(tmp_path: Path) -> None:
    sources = fill(tmp_path / "old.db")
    with closing(sqlite3.connect(tmp_path / "old.db")) as db:
        db.execute("UPDATE body SET text = x'00' WHERE kept = 1")
        db.execute("UPDATE extraction SET facts = x'00' WHERE kept = 2")
        db.execute("UPDATE source SET published = 'x', pages = '{' WHERE kept = 3")
        db.execute("DROP TABLE word_index")
        db.execute("CREATE TRIGGER t AFTER UPDATE ON source BEGIN DELETE FROM review; END")
        db.commit()
    saved = rescue(tmp_path / "old.db", tmp_path / "new.db")
    assert (saved.sources, saved.without_facts, saved.lost) == (2, 1, ("/in/0.txt",))
    with Library.open(tmp_path / "new.db") as new:
        assert new.source(sources[1].id).text == sources[1].text
        assert list(new.outdated_ids("f1")) == [sources[1].id]
        assert new.source(sources[2].id).published is None
        assert new.extraction(sources[2].id).mentions == make_extraction(sources[2]).mentions
        new.add(sources[0], make_extraction(sources[0]))
        assert len(new.reviews(sources[0].id)) == 2  # the verdicts on what was lost waited for it
        check(new)


@pytest.mark.parametrize("seed", range(6))
def test_pages_that_are_lost_cost_what_is_on_them(tmp_path: Path, seed: int) -> None:
    sources = fill(tmp_path / "old.db", copies=40)
    chance = random.Random(seed)
    data = bytearray((tmp_path / "old.db").read_bytes())
    pages = [page for page in range(1, len(data) // 4096) if b"CREATE " not in data[page * 4096 : (page + 1) * 4096]]
    for page in chance.sample(pages, 6):  # without the list of tables nothing can be found
        data[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
    (tmp_path / "old.db").write_bytes(data)
    saved = rescue(tmp_path / "old.db", tmp_path / "new.db")
    with Library.open(tmp_path / "new.db") as new:
        texts = {source.id: source.text for source in sources}
        rows = new.sources()
        assert len(rows) == saved.sources
        assert all(new.source(row.id).text == texts[row.id] for row in rows)
        assert saved.notes
        check(new)


def test_a_rescue_that_was_cut_off_leaves_nothing_that_looks_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "old.db")
    added = []

    def once(library: Library, *given: Any) -> None:
        if added:
            raise KeyboardInterrupt
        added.append(add_all(library, *given))

    add_all = Library.add_all
    with monkeypatch.context() as patched:
        patched.setattr(Library, "add_all", once)
        with pytest.raises(KeyboardInterrupt):
            rescue(tmp_path / "old.db", tmp_path / "new.db")
    assert added
    assert not (tmp_path / "new.db").exists()
    assert rescue(tmp_path / "old.db", tmp_path / "new.db").sources == 3
    assert sorted(path.name for path in tmp_path.glob("new*")) == ["new.db"]


def test_nothing_is_written_over_and_no_library_is_said(tmp_path: Path) -> None:
    fill(tmp_path / "old.db")
    with pytest.raises(LibraryError, match="there already"):
        rescue(tmp_path / "old.db", tmp_path / "old.db")
    with pytest.raises(LibraryError, match="no library at"):
        rescue(tmp_path / "gone.db", tmp_path / "new.db")
    (tmp_path / "text.db").write_text("no database at all " * 500)
    with pytest.raises(LibraryError, match="no database"):
        rescue(tmp_path / "text.db", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()
