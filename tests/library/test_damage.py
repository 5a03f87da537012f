"""A damaged value costs its source, which is named; everything else goes on."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from briefing.library import Library, LibraryError
from briefing.library.checking import problems
from briefing.library.errors import Damaged
from briefing.model.source import Source

from .made import CAFE, ESCORT, MISSILE, make_extraction, make_source
from .runner import check
from .test_entity_edits_property import check_against_facts

HARM = {
    "text": "UPDATE body SET text = x'0102' WHERE kept = {kept}",
    "half a text": "UPDATE body SET text = substr(text, 1, 40) WHERE kept = {kept}",
    "no text": "DELETE FROM body WHERE kept = {kept}",
    "text that is a number": "UPDATE body SET text = 7 WHERE kept = {kept}",
    "facts": "UPDATE extraction SET facts = zeroblob(20) WHERE kept = {kept}",
    "no facts": "DELETE FROM extraction WHERE kept = {kept}",
    "other facts": "UPDATE extraction SET facts = (SELECT max(facts) FROM extraction WHERE kept > 1)"
    " WHERE kept = {kept}",
    "names": "UPDATE names SET entities = x'010203' WHERE kept = {kept}",
    "names that are text": "UPDATE names SET entities = 'abc' WHERE kept = {kept}",
    "date": "UPDATE source SET published = 'yesterday' WHERE kept = {kept}",
    "pages": "UPDATE source SET pages = '[[' WHERE kept = {kept}",
    "warnings": "UPDATE source SET warnings = '{{' WHERE kept = {kept}",
    "format": "UPDATE source SET format = 'opera' WHERE kept = {kept}",
    "words": "UPDATE source SET words = 'many' WHERE kept = {kept}",
    "title": "UPDATE source SET title = x'00ff' WHERE kept = {kept}",
    "review": "UPDATE review SET edited = '{{', fact = 'x', at = 'never'",
}


QUERIES = ("", "bombers", "nation:Japan", '"ready for"', "quote:stand", "(bombers guam) OR cafe", "is:read")


def message(call: Callable[[str], object], key: str) -> str | None:
    """What is said where a call fails."""
    try:
        call(key)
    except LibraryError as error:
        return str(error)
    return None


@pytest.fixture(params=HARM)
def harmed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Library, Source, list[Source]]]:
    """A library with one damaged source among others."""
    path = tmp_path / "library.db"
    sources = [make_source(text) for text in (ESCORT, MISSILE, CAFE)]
    with Library.open(path) as library:
        for source in sources:
            library.add(source, make_extraction(source))
        library.review(sources[0].id, "count", library.extraction(sources[0].id).counts[0].key, "accepted")
    with closing(sqlite3.connect(path)) as db:
        kept = db.execute("SELECT kept FROM source WHERE id = ?", (bytes.fromhex(sources[0].id),)).fetchone()[0]
        db.execute(HARM[request.param].format(kept=kept))
        db.commit()
    with Library.open(path) as library:
        yield library, sources[0], sources[1:]


def test_everything_else_goes_on(harmed: tuple[Library, Source, list[Source]]) -> None:
    library, bad, good = harmed
    assert len(library.sources()) == 3
    for source in good:
        assert library.source(source.id).text == source.text
        assert library.extraction(source.id) == make_extraction(source)
    for one in (library.source, library.extraction, library.reviews, lambda key: library.marked(key, bad.text)):
        said = message(one, bad.id)
        assert said is None or (bad.id[:12] in said and "briefing rescue" in said)
    for query in QUERIES:
        found = library.search(query)
    for query in (
        "",
        "bombers",
        "missile",
        "nation:Japan",
        '"ready for"',
        "quote:stand",
        "(bombers guam) OR cafe",
        "is:read",
    ):
        found = library.search(query)
        for hit in found.hits:
            library.matches(query, hit.source.id)
        library.facets(query)
    assert library.search("missile").total == 2
    library.entity("United States", "NATION")
    library.entities("un")
    library.entity_edits.merge("NATION", "Japan", "United States")
    library.entity_edits.undo()


def test_it_is_found(harmed: tuple[Library, Source, list[Source]], request: pytest.FixtureRequest) -> None:
    library, bad, _ = harmed
    said = [str(problem) for problem in library.damaged()]
    if "[review]" not in request.node.name and "[other facts]" not in request.node.name:
        assert len(said) == 1
        assert bad.id[:12] in said[0]


def test_it_can_be_taken_out_and_put_in_again(harmed: tuple[Library, Source, list[Source]]) -> None:
    library, bad, _ = harmed
    library.remove(bad.id)
    assert not library.has(bad.id)
    assert library.search("bombers").total == 0
    assert library.search("missile").total == 1
    assert library.totals().sources == 2
    check(library)
    check_against_facts(library)
    library.add(bad, make_extraction(bad))
    assert library.search("bombers").total == 1
    check_against_facts(library)


def test_it_can_be_replaced(harmed: tuple[Library, Source, list[Source]]) -> None:
    library, bad, _ = harmed
    row = library.add(bad, make_extraction(bad, "f2"))
    assert library.source(row.id).text == bad.text
    assert library.extraction(row.id) == make_extraction(bad, "f2")
    check(library)


@pytest.mark.parametrize("harm", ["n = x'00ff'", "n = 'a'", "n = 1e308", "name = name || 'x'"])
def test_counters_that_are_none_are_found_and_end_nothing(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(make_source(ESCORT), make_extraction(make_source(ESCORT)))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"UPDATE total SET {harm}")
    with Library.open(path) as library:
        assert f"{library.totals().sources:,}" == "0"
        assert any("there are 1" in one for one in problems(library))


@pytest.mark.parametrize("column", ["id", "came", "kept", "pinned", "published"])
@pytest.mark.parametrize("value", ["x'00ff'", "'a'", "9223372036854775807", "1e308"])
def test_a_column_of_another_type_is_told_and_ends_nothing(tmp_path: Path, column: str, value: str) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(make_source(ESCORT), make_extraction(make_source(ESCORT)))
        library.searches.save("Bombers", "bombers")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"UPDATE source SET {column} = {value}")
    with Library.open(path) as library:
        for ask in (library.sources, library.searches.saved, lambda: list(problems(library)), library.totals):
            message(lambda _, ask=ask: ask(), "")


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    import zlib

    packed = zlib.compressobj()
    bomb = b"".join([packed.compress(bytes(1 << 20)) for _ in range(300)]) + packed.flush()
    with Library.open(tmp_path / "library.db") as library:
        library.add(source := make_source(CAFE), make_extraction(source))
        with library.store.write() as db:
            db.execute("UPDATE body SET text = ?", (bomb,))
        with pytest.raises(Damaged):
            library.source(source.id)


FOREIGN = {
    "trigger": "CREATE TRIGGER t AFTER UPDATE ON source BEGIN DELETE FROM review; END",
    "view": "CREATE VIEW v AS SELECT * FROM source",
    "virtual table": "CREATE VIRTUAL TABLE x USING fts5 (a)",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_library_with_what_is_not_ours_is_not_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(FOREIGN[kind])
    with pytest.raises(LibraryError, match=f"holds a {kind} that is not briefing's"):
        Library.open(path)


def test_a_virtual_table_in_place_of_ours_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE quote_index")
        db.execute("CREATE VIRTUAL TABLE quote_index USING fts5 (text, content = 'source', tokenize = 'ascii')")
    with pytest.raises(LibraryError, match="holds a virtual table that is not briefing's"):
        Library.open(path)


def test_connections_trust_nothing_in_the_file(library: Library) -> None:
    with library.store.read() as db:
        asked = ("trusted_schema", "cell_size_check", "secure_delete")
        assert [db.execute(f"PRAGMA {name}").fetchone()[0] for name in asked] == [0, 1, 1]
        assert db.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) < 10**9
