"""The library's file: what goes in comes out, lists and counters, damage, newer versions, several users at once."""

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing.library import Library, LibraryError
from briefing.library.store import schema
from briefing.library.store.writer import Item
from briefing.model.listing import Failure
from briefing.model.safetext import SafeText
from briefing.model.source import Page, Source

from .made import CAFE, ESCORT, make_extraction, make_source


def test_what_goes_in_comes_out(library: Library, sources: list[Source]) -> None:
    for source in sources:
        assert library.source(source.id) == source
        assert library.extraction(source.id) == make_extraction(source)
        assert library.extractors([source.id]) == {source.id: "f1"}
        assert library.has(source.id)
    row = library.row(sources[0].id)
    assert (row.title, row.counts, row.participants, row.quotes, row.published) == (
        "Bombers escorted over the sea",
        2,
        2,
        2,
        date(2025, 7, 11),
    )
    assert library.row(sources[2].id).warnings == ("It ends early.",)


def test_totals_follow_every_change(library: Library, sources: list[Source]) -> None:
    def counted() -> tuple[int, ...]:
        found = [library.extraction(row.id) for row in library.sources()]
        return (
            len(found),
            sum(len(f.mentions) for f in found),
            sum(len(f.counts) for f in found),
            sum(len(f.participants) for f in found),
            sum(len(f.quotes) for f in found),
            len(library.failures()),
        )

    library.fail(Failure(path=SafeText("/x"), reason=SafeText("is bad")))
    assert tuple(library.totals()) == counted()
    library.add(sources[0], make_extraction(sources[1]).model_copy(update={"source_id": sources[0].id}))
    assert tuple(library.totals()) == counted()
    library.remove(sources[1].id)
    assert tuple(library.totals()) == counted()


def state(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is counted or indexed about names and words."""
    with library.store.read() as db:
        return {
            "names": db.execute(
                "SELECT type, name, sources, mentions FROM entity WHERE sources ORDER BY 1, 2"
            ).fetchall(),
            "places": db.execute(
                "SELECT type, name, doc FROM entity_doc JOIN entity USING (entity) ORDER BY 1, 2, 3"
            ).fetchall(),
            "aliases": db.execute(
                "SELECT type, name, text, n FROM alias JOIN entity USING (entity) ORDER BY 1, 2, 3"
            ).fetchall(),
            "words": db.execute(
                "SELECT type, name, word FROM entity_word JOIN entity USING (entity) WHERE sources ORDER BY 1, 2, 3"
            ).fetchall(),
            "totals": db.execute("SELECT * FROM total ORDER BY 1").fetchall(),
            "facts": db.execute(
                "SELECT text, uses, doc, start, kind, low FROM fact LEFT JOIN term USING (term) ORDER BY 3, 4, 5, 1"
            ).fetchall(),
        }


def test_taking_out_undoes_putting_in(library: Library) -> None:
    before = state(library)
    extra = make_source(ESCORT + "\n\nGen. Caine left Guam for Japan.", published=date(2025, 7, 12))
    library.add(extra, make_extraction(extra))
    assert state(library) != before
    library.remove(extra.id)
    assert state(library) == before
    assert library.search("guam").total == 1


def test_adding_again_replaces(library: Library, sources: list[Source]) -> None:
    before = state(library)
    source = sources[0]
    none = make_extraction(source, "f2").model_copy(update={"mentions": (), "quotes": (), "counts": ()})
    library.mark_read(source.id)
    library.set_position(source.id, 40)
    library.add(source, none)
    assert library.extraction(source.id) == none
    assert library.search("person:caine").total == 0
    assert library.search("quote:ready").total == 0
    assert library.search("guam").total == 1
    assert library.row(source.id).read
    assert library.position(source.id) == 40
    library.add(source, make_extraction(source))
    assert state(library) == before


def test_a_source_read_anew_with_another_text_and_date(library: Library, sources: list[Source]) -> None:
    changed = sources[0].model_copy(
        update={"text": SafeText("Other words"), "title": SafeText("Other"), "published": date(2020, 1, 1)}
    )
    library.add(changed, make_extraction(changed))
    assert library.search("guam").total == 0
    assert library.search("other words").total == 1
    assert library.search("date:2020").total == 1
    assert library.search("date:2025-07").total == 0
    assert library.totals().sources == 3


def test_the_same_source_twice_in_one_batch(tmp_path: Path) -> None:
    source = make_source(ESCORT)
    with Library.open(tmp_path / "l.db") as library:
        library.add_all([Item(source, make_extraction(source)), Item(source, make_extraction(source, "f2"))])
        assert library.extractors([source.id]) == {source.id: "f2"}
        assert library.totals().sources == 1
        assert library.search("quote:ready").total == 1
        library.remove(source.id)
        assert library.search("quote:ready OR guam").total == 0


def test_lists(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.db") as library:
        for n, (title, publisher, day) in enumerate(
            [
                ("beta", "Wire", date(2025, 7, 2)),
                ("Alpha", None, None),
                ("gamma", "air force", datetime(2025, 7, 3, 8, tzinfo=UTC)),
                ("delta", "Wire", date(2024, 1, 1)),
            ]
        ):
            source = make_source(f"text {n}", title=title, publisher=publisher, published=day)
            library.add(source, make_extraction(source))

        def titles(order: str, **more: object) -> list[str]:
            return [row.title for row in library.sources(order, **more)]  # type: ignore[arg-type]

        assert titles("newest") == ["gamma", "beta", "delta", "Alpha"]
        assert titles("title") == ["Alpha", "beta", "delta", "gamma"]
        assert titles("publisher") == ["gamma", "beta", "delta", "Alpha"]
        assert titles("added") == ["beta", "Alpha", "gamma", "delta"]
        assert titles("newest", offset=1, limit=2) == ["beta", "delta"]
        assert titles("newest", text="WIRE") == ["beta", "delta"]
        assert titles("newest", text="100%_") == []
        assert library.sources()[0].published == datetime(2025, 7, 3, 8, tzinfo=UTC)


def test_ids(library: Library, sources: list[Source]) -> None:
    key = sources[0].id
    assert library.resolve(key[:10]) == key
    assert library.resolve(key.upper()) == key
    for ref, message in (("xyz", "is no id"), ("", "is no id"), ("0" * 64, "No source")):
        with pytest.raises(LibraryError, match=message):
            library.resolve(ref)
    common = make_source("a")
    with Library.open(library.path.with_name("two.db")) as other:
        for last in "12":
            one = common.model_copy(update={"id": "ab" * 31 + f"0{last}"})
            other.add(one, make_extraction(one))
        with pytest.raises(LibraryError, match="Several sources"):
            other.resolve("abab")
    for call in (library.source, library.row, library.extraction, library.position, library.remove):
        with pytest.raises(LibraryError, match="No source"):
            call("ff" * 32)
        with pytest.raises(LibraryError, match="No source"):
            call("no id")


def test_what_is_kept_is_safe_text(library: Library) -> None:
    source = make_source("x \x1b]52;c;aGk=\x07 [@click=app.quit]y[/] \u202e", path="/a/\x1b[31m.txt", title="[/nope]")
    library.add(source, make_extraction(source))
    kept = library.source(source.id)
    assert kept == source
    assert "\x1b" not in kept.text + kept.path
    hit = library.search("click").hits[0]
    assert type(hit.snippet) is SafeText
    assert "\x1b" not in hit.snippet
    library.fail(Failure(path=SafeText("\x1b"), reason=SafeText("\x07")))
    assert library.failures()[0].path == "\ufffd"


def test_not_there(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library at"):
        Library.open(tmp_path / "no.db", create=False)
    with Library.open(tmp_path / "deep" / "down" / "l.db") as library:
        assert library.totals().sources == 0
    with pytest.raises(LibraryError, match="is closed"):
        library.totals()


@pytest.mark.parametrize(
    "data", [b"not a database at all, but long enough to look like one" * 40, b"SQLite format 3\0" * 99]
)
def test_a_damaged_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(data)
    with pytest.raises(LibraryError, match=r"l\.db is damaged or not a library .* move the file away"):
        Library.open(path)
    assert path.read_bytes() == data


def test_damage_inside(library: Library) -> None:
    path = library.path
    library.close()
    data = bytearray(path.read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 64] = b"\xff" * 64
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="damaged"), Library.open(path) as damaged:
        damaged.sources()


def test_a_file_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(LibraryError, match="database of another program"):
        Library.open(path)


def test_a_newer_library_is_refused(library: Library) -> None:
    library.close()
    with sqlite3.connect(library.path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="newer version of briefing"):
        Library.open(library.path)


def test_a_newer_program_comes_while_the_library_is_open(library: Library) -> None:
    source, row = make_source("One more."), library.sources()[0]
    with sqlite3.connect(library.path) as db:
        db.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    for act in (
        lambda: library.add(source, make_extraction(source)),
        lambda: library.remove(row.id),
        library.sources,
        lambda: library.search("one"),
    ):
        with pytest.raises(LibraryError, match="brought up to date by a newer version of briefing while it was open"):
            act()
    with sqlite3.connect(library.path) as db:
        db.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS)}")
    assert len(library.sources()) == 3


def test_an_older_library_is_brought_up_to_date(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.close()

    def step(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE added_later (x)")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
    for _ in range(2):
        with Library.open(library.path) as newer:
            assert newer.totals().sources == 3
            with newer.store.read() as db:
                assert db.execute("SELECT count(*) FROM added_later").fetchone() == (0,)
                assert db.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)


def test_a_step_that_fails_changes_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.close()

    def step(db: sqlite3.Connection) -> None:
        db.execute("DROP TABLE body")
        raise sqlite3.OperationalError("disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
        with pytest.raises(LibraryError, match="disk with the library"):
            Library.open(library.path)
    with Library.open(library.path) as same:
        assert same.source(same.sources()[0].id).text


def test_a_file_that_may_not_be_written(library: Library, sources: list[Source]) -> None:
    library.close()
    with Library.open(library.path) as again:
        again.store._writer.execute("PRAGMA query_only = on")
        with pytest.raises(LibraryError, match="can only be read"):
            again.mark_read(sources[0].id)


def test_a_failed_batch_leaves_nothing_behind(library: Library) -> None:
    before = state(library)
    good, bad = make_source(CAFE + " Gen. Caine", title="new"), make_source("bad")
    with pytest.raises(ZeroDivisionError):
        library.add_all([Item(good, make_extraction(good)), Item(bad, make_extraction(bad), Boom())])
    assert state(library) == before
    library.add(good, make_extraction(good))
    assert library.search("person:caine title:new").total == 1


class Boom(int):
    """A number that SQLite cannot have."""

    def __conform__(self, protocol: object) -> object:
        return 1 // 0


def test_two_libraries_on_one_file(library: Library) -> None:
    with Library.open(library.path) as other:
        made = [make_source(f"Shared words number {n}") for n in range(20)]

        def fill(one: Library, part: list[Source]) -> None:
            for source in part:
                one.add(source, make_extraction(source))

        threads = [threading.Thread(target=fill, args=(one, made[n::2])) for n, one in enumerate((library, other))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for one in (library, other):
            assert one.totals().sources == 23
            assert one.search('"shared words"', limit=50).total == 20
            assert len({row.id for row in one.sources()}) == 23


def test_opened_while_another_program_makes_it(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(0.2, other.execute, ("COMMIT",))
    timer.start()
    with Library.open(path) as library:
        assert library.totals().sources == 0
    timer.join()
    other.close()


def test_opening_loads_no_more_than_a_list_needs() -> None:
    code = "import sys; from briefing.library import Library; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "rapidfuzz",
        "lxml",
        "trafilatura",
        "spacy",
        "textual",
        "briefing.sources",
        "briefing.library.search.search",
    }
    assert not heavy & set(loaded)


def test_reading_while_writing(library: Library) -> None:
    failed: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                found = library.search("missile OR shared", limit=50)
                assert found.total == len(found.hits)
                for row in library.sources(limit=5):
                    library.extraction(row.id)
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(30):
        source = make_source(f"Shared words number {n}")
        library.add(source, make_extraction(source))
    done.set()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(library.store._idle) <= 4


def test_pages_come_out_as_they_went_in(library: Library) -> None:
    pages = (Page(start=0, label=SafeText("iv")), Page(start=6, label=SafeText("A–1")))
    source = make_source("First page, second.", format="pdf", pages=pages)
    library.add(source, make_extraction(source))
    assert library.source(source.id) == source
