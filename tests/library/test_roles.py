"""Who may do what in a library on a server, and whose name stands on it."""

from collections.abc import Iterator

import pytest

from briefing.library import Library, LibraryError
from briefing.library.errors import LibraryReadOnly
from briefing.library.opening import open_library
from briefing.model.source import Source

from .made import ESCORT, make_extraction, make_source
from .server import Cluster

pytest.importorskip("psycopg")

from briefing.library.postgres.library import disputes, verdicts_of

PEOPLE = {"olga": "owner", "rosa": "reviewer", "rob": "reviewer", "rea": "reader"}


@pytest.fixture
def desk(server: Cluster, sources: list[Source]) -> Iterator[dict[str, Library]]:
    """One library, open for several people."""
    address = server.new_library()
    for name, role in PEOPLE.items():
        server.ask(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name} LOGIN;"
            f" GRANT briefing_{role} TO {name}; END IF; END $$"
        )
    opened = {name: open_library(address.replace("tests@", f"{name}@")) for name in PEOPLE}
    for source in sources:
        opened["olga"].add(source, make_extraction(source))
    yield opened
    for library in opened.values():
        library.close()


def a_count(library: Library, source: Source) -> str:
    return library.extraction(source.id).counts[0].key


def test_everybody_reads(desk: dict[str, Library], sources: list[Source]) -> None:
    for library in desk.values():
        assert library.totals().sources == 3
        assert library.search("ballistic missile").total == 2
        assert library.facets("").counted == 3
        assert library.entity("Dan Caine", "PERSON").mentions == 1
        assert library.row(sources[0].id).title == sources[0].title


def test_a_reader_writes_nothing(desk: dict[str, Library], sources: list[Source]) -> None:
    rea, key = desk["rea"], sources[0].id
    assert rea.read_only
    for write in (
        lambda: rea.review(key, "count", a_count(rea, sources[0]), "accepted"),
        lambda: rea.tags.set(key, ["x"]),
        lambda: rea.remove(key),
        lambda: rea.add(make_source("More."), make_extraction(make_source("More."))),
        lambda: rea.mark_read(key),
    ):
        with pytest.raises(LibraryReadOnly, match="may only read"):
            write()


def test_a_reader_writes_nothing_by_hand_either(desk: dict[str, Library]) -> None:
    rea = desk["rea"]
    rea.store.read_only = False  # type: ignore[misc]
    for sql in ("DELETE FROM source", "DELETE FROM tag", "UPDATE total SET n = 0", "SELECT * FROM past_query_of"):
        with pytest.raises(LibraryError, match="role may not"), rea.store.write() as db:
            db.execute(sql)


def test_a_reviewer_judges_and_takes_nothing_out(desk: dict[str, Library], sources: list[Source]) -> None:
    rosa, key = desk["rosa"], sources[0].id
    assert not rosa.read_only
    rosa.review(key, "count", a_count(rosa, sources[0]), "accepted")
    rosa.tags.set(key, ["navy"])
    rosa.pin(key)
    rosa.mark_reviewed(key)
    assert desk["rea"].row(key).tags == ("navy",)
    assert desk["rea"].row(key).pinned
    for write in (
        lambda: rosa.remove(key),
        lambda: rosa.add(make_source("More."), make_extraction(make_source("More."))),
        lambda: rosa.entity_edits.rename("PERSON", "Dan Caine", "D. Caine"),
    ):
        with pytest.raises(LibraryReadOnly, match="role may not"):
            write()
    assert desk["olga"].totals().sources == 3


def test_verdicts_are_each_authors_own(desk: dict[str, Library], sources: list[Source]) -> None:
    key, fact = sources[0].id, a_count(desk["olga"], sources[0])
    desk["rosa"].review(key, "count", fact, "accepted")
    desk["rob"].review(key, "count", fact, "rejected")
    everybody = verdicts_of(desk["rea"], key)
    assert [(author, one.state) for author, one in everybody] == [("rob", "rejected"), ("rosa", "accepted")]
    assert desk["rosa"].reviews(key)[fact].state == "rejected"  # the later one holds
    desk["rosa"].review(key, "count", fact, "edited", {"low": 5})
    assert desk["rob"].reviews(key)[fact].edited == {"low": 5}
    ((disputed, about),) = disputes(desk["rea"])
    assert (disputed, [(author, one.state) for author, one in about]) == (
        key,
        [("rosa", "edited"), ("rob", "rejected")],
    )
    desk["olga"].review(key, "count", fact, "accepted")
    desk["rob"].review(key, "count", fact, "rejected")
    assert desk["rob"].reviews(key)[fact].state == "accepted"  # an owner's holds before those of others
    desk["olga"].review(key, "count", fact, "unreviewed")
    assert desk["rosa"].reviews(key)[fact].state == "rejected"


def test_undo_takes_back_ones_own(desk: dict[str, Library], sources: list[Source]) -> None:
    key, fact = sources[0].id, a_count(desk["olga"], sources[0])
    desk["rosa"].review(key, "count", fact, "accepted")
    desk["rob"].review(key, "count", fact, "rejected")
    undone = desk["rosa"].undo_review()
    assert undone is not None
    assert undone.state == "rejected"  # what holds now
    assert desk["rosa"].undo_review() is None
    assert [author for author, _ in verdicts_of(desk["olga"], key)] == ["rob"]


def test_nobody_writes_under_another_name(desk: dict[str, Library], sources: list[Source]) -> None:
    fact = a_count(desk["rosa"], sources[0])
    desk["rob"].review(sources[0].id, "count", fact, "rejected")
    forged = (
        "(id, kind, key, author, by_owner, state, fact) VALUES ('x', 'count', 'k', 'rob', false, 'a', '')",
        "(id, kind, key, by_owner, state, fact) VALUES ('x', 'count', 'k', true, 'a', '')",
    )
    for values in forged:
        with pytest.raises(LibraryError, match="role may not"), desk["rosa"].store.write() as db:
            db.execute(f"INSERT INTO verdict {values}")
    with desk["rosa"].store.write() as db:
        assert db.execute("DELETE FROM verdict WHERE author = 'rob'").rowcount == 0


def test_verdicts_of_all_outlive_a_new_extraction(desk: dict[str, Library], sources: list[Source]) -> None:
    key, fact = sources[0].id, a_count(desk["olga"], sources[0])
    for name in ("rosa", "rob"):
        desk[name].review(key, "count", fact, "accepted")
    desk["rosa"].mark_read(key)
    desk["olga"].add(sources[0], make_extraction(sources[0], "f2"))
    assert [author for author, _ in verdicts_of(desk["rea"], key)] == ["rob", "rosa"]
    assert desk["rosa"].row(key).read
    undone = desk["rosa"].undo_review()
    assert undone is not None
    assert undone.key == fact
    desk["olga"].remove(key)
    desk["olga"].add(sources[0], make_extraction(sources[0]))
    assert verdicts_of(desk["rea"], key) == []
    assert not desk["rosa"].row(key).read


def test_what_is_personal(desk: dict[str, Library], sources: list[Source]) -> None:
    rosa, rob, key = desk["rosa"], desk["rob"], sources[0].id
    rosa.mark_read(key)
    rosa.set_position(key, 40)
    rosa.searches.save("Missiles", "missile")
    rosa.searches.remember("ballistic")
    assert rosa.row(key).read
    assert rosa.search("is:read").total == 1
    assert not rob.row(key).read
    assert rob.search("is:read").total == 0
    assert (rosa.position(key), rob.position(key)) == (40, 0)
    assert rob.searches.saved() == []
    assert rob.searches.past() == []
    rob.searches.save("missiles", "bomber")
    assert rosa.searches.query("MISSILES") == "missile"


def test_no_library_for_who_may_not_make_one(server: Cluster) -> None:
    server.ask("DROP ROLE IF EXISTS nob")
    server.ask("CREATE ROLE nob LOGIN")
    with pytest.raises(LibraryError, match="role may not"):
        open_library(server.new_database().replace("tests@", "nob@"))
    with pytest.raises(LibraryError, match="role may not"):
        open_library(server.new_library().replace("tests@", "nob@"))
    with pytest.raises(LibraryError, match="There is no library"):
        open_library(server.new_database(), create=False)


def test_the_escort_is_there(desk: dict[str, Library]) -> None:
    assert desk["rea"].search("escorted").hits[0].source.title == ESCORT.partition("\n")[0]
