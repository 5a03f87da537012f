"""A server whose rows other programs and people have written: what is damaged costs itself, nothing else."""

import re
import threading
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from briefing.library import Library, LibraryError
from briefing.library.checking import problems
from briefing.library.notes import note_on, write_note
from briefing.library.opening import changes_of, open_library
from briefing.model.safetext import UNSAFE

from .made import CAFE, ESCORT, make_extraction, make_source
from .server import Cluster

pytest.importorskip("psycopg")

import psycopg

from briefing.library.postgres.library import disputes

EVIL = "E'\\x1b[31mX\\u202e'"
DAMAGE = {
    "words of others": f"UPDATE source SET title = {EVIL}, path = {EVIL}, publisher = {EVIL}, language = {EVIL}",
    "a day": "UPDATE source SET published = '9999999-99-99'",
    "pages": "UPDATE source SET pages = repeat('[', 100000)",
    "warnings": "UPDATE source SET warnings = repeat('[', 100000)",
    "an extractor that is not there": "DELETE FROM extractor",
    "a text that is not there": "DELETE FROM body",
    "facts of another": "UPDATE extraction SET facts = (SELECT facts FROM extraction ORDER BY kept DESC LIMIT 1)",
    "facts": "UPDATE extraction SET facts = '\\xdeadbeef'",
    "corrections in lists": "UPDATE verdict SET edited = repeat('[', 100000)",
    "corrections that do not fit": """UPDATE verdict SET edited = '{"low": "many", "start": -5}'""",
    "corrections without end": f"""UPDATE verdict SET edited = '{{"low": 1{"0" * 400}}}'""",
    "a kind of fact that nobody knows": "UPDATE verdict SET kind = 'weird'",
    "states": f"UPDATE verdict SET state = {EVIL}",
    "workspaces": "UPDATE workspace SET body = repeat('[', 100000)",
    "events": "UPDATE claim_edit SET body = repeat('[', 100000)",
    "searches": f"UPDATE saved_search_of SET name = {EVIL}, query = repeat('(', 100000), seen = -5",
    "what the index holds": "DELETE FROM measure",
    "how much the index holds": "UPDATE measure SET n = -1; UPDATE lexeme SET n = -5",
    "tags": f"UPDATE tag SET name = {EVIL}",
    "names": f"UPDATE entity SET name = {EVIL} || entity::text",
    "a function": (
        "CREATE OR REPLACE FUNCTION read_by_me(bytea) RETURNS smallint LANGUAGE plpgsql STABLE AS"
        f" $$ BEGIN RAISE EXCEPTION {EVIL[:-1]} %', repeat('x', 100000); END $$"
    ),
}


@pytest.fixture
def filled(server: Cluster) -> str:
    """The address of a library with everything in it."""
    address = server.new_library()
    with open_library(address) as library:
        for n, text in enumerate((ESCORT, CAFE)):
            source = make_source(f"{text}\n\n{n}.", title=f"Report {n}")
            library.add(source, make_extraction(source))
            for fact in library.extraction(source.id).counts:
                library.review(source.id, "count", fact.key, "edited", {"low": 7, "high": 7}, note="seen")
            library.tags.set(source.id, ["fleet"])
            write_note(library, source.id, "Ask the desk")
        library.workspaces.new("Desk", [row.id for row in library.sources()])
        library.searches.save("Bombers", "bombers")
    return address


def change(address: str, sql: str, *values: Any) -> None:
    with psycopg.connect(address, autocommit=True) as db:
        db.execute("SET search_path = briefing")
        db.execute(sql, values or None)


def shown(library: Library) -> Iterator[Any]:
    """What screens and commands ask of a library, each for itself."""
    ids: list[str] = []
    asked: list[Any] = [
        library.sources, library.entities, library.workspaces.all, library.claim_edits.all, library.entity_edits.all,
        library.searches.saved, lambda: library.search("bombers").hits, lambda: list(disputes(library)),
    ]  # fmt: skip
    try:
        ids = [row.id for row in library.sources()]
    except LibraryError as error:
        yield str(error)
    for key in ids:
        asked += [
            lambda key=key: library.source(key), lambda key=key: library.extraction(key),
            lambda key=key: library.reviews(key), lambda key=key: note_on(library, key),
        ]  # fmt: skip
    for ask in asked:
        try:
            yield ask()
        except LibraryError as error:
            yield str(error)


@pytest.mark.parametrize("name", DAMAGE)
def test_what_is_damaged_is_named_and_the_rest_is_there(filled: str, name: str) -> None:
    change(filled, DAMAGE[name])
    with open_library(filled) as library:
        for found in shown(library):
            assert not re.search(UNSAFE, str(found)), name
            assert not isinstance(found, str) or len(found) < 1000


@pytest.mark.parametrize(
    ("table", "column"),
    [("source", "id"), ("source", "words"), ("source", "language"), ("names", "entities"), ("body", "text"),
     ("entity", "sources"), ("total", "n"), ("measure", "n"), ("verdict", "state"), ("tag", "name")],
)  # fmt: skip
def test_a_column_of_another_type_is_told_and_ends_nothing(filled: str, table: str, column: str) -> None:
    change(
        filled,
        """DO $$ DECLARE one text; BEGIN
        FOR one IN SELECT viewname FROM pg_views WHERE schemaname = 'briefing' LOOP
            EXECUTE format('DROP VIEW IF EXISTS %I CASCADE', one); END LOOP;
        FOR one IN SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname)
            FROM pg_constraint WHERE connamespace = 'briefing'::regnamespace AND contype <> 't' LOOP EXECUTE one;
        END LOOP; END $$""",
    )
    change(filled, f"ALTER TABLE {table} ALTER {column} DROP DEFAULT, ALTER {column} TYPE jsonb USING '[1.5]'")
    with open_library(filled) as library:
        for found in (*shown(library), *map(str, _checked(library))):
            assert not re.search(UNSAFE, str(found))


def _checked(library: Library) -> list[str]:
    try:
        return list(problems(library))
    except LibraryError as error:
        return [str(error)]


def test_a_bomb_in_a_row_is_not_unpacked(filled: str) -> None:
    bomb = zlib.compress(b"\0" * 300_000_000, 9)
    change(filled, "UPDATE body SET text = %s", bomb)
    with open_library(filled) as library:
        (first, _) = library.sources()
        with pytest.raises(LibraryError):
            library.source(first.id)


@pytest.mark.parametrize(
    "sql",
    ["UPDATE version SET n = -1", "UPDATE version SET n = NULL", "ALTER TABLE version ALTER n TYPE text USING 'abc'",
     "ALTER TABLE version ALTER n TYPE integer[] USING ARRAY[1]", "UPDATE version SET n = 99999",
     "DELETE FROM version"],
)  # fmt: skip
def test_a_version_that_is_none_changes_nothing(filled: str, sql: str) -> None:
    change(filled, sql)
    with pytest.raises(LibraryError):
        open_library(filled)
    change(filled, "SELECT 1 FROM source, verdict, workspace")


def test_what_anybody_may_tell_is_looked_at(filled: str) -> None:
    with open_library(filled) as library:
        key, stop = library.sources()[0].id, threading.Event()
        told = changes_of(library, stop)
        assert next(told) is None
        for line in ("verdict zz evil", "verdict " + "f" * 5000, "tag ../.. x", "", f"tag {key} \x1b[31mX\u202e"):
            change(filled, "SELECT pg_notify('briefing', %s)", line)
        heard = next(one for one in told if one is not None)
        stop.set()
    assert (heard.kind, heard.source_id, heard.who) == ("tag", key, "\ufffd[31mX\ufffd")


def test_a_source_is_taken_out_of_a_library_that_lost_its_counters(filled: str) -> None:
    change(filled, "DELETE FROM removal; DELETE FROM measure; DELETE FROM total")
    with open_library(filled) as library:
        first, second = library.sources()
        library.remove(first.id)
        assert [row.id for row in library.sources()] == [second.id]
