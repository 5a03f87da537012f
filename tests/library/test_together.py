"""Statements that run for many values, as one over arrays of them."""

import pytest

from briefing.library import Library
from briefing.library.opening import open_library

from .server import Cluster

pytest.importorskip("psycopg")

from briefing.library.postgres.connection import Session
from briefing.library.postgres.together import array, together


@pytest.mark.parametrize(
    ("sql", "rows", "expected"),
    [
        (
            "INSERT OR IGNORE INTO a VALUES (?, ?)",
            [(1, "x"), (2, "y")],
            "INSERT OR IGNORE INTO a SELECT each.v0, each.v1 FROM unnest(?::bigint[], ?::text[]) AS each (v0, v1)",
        ),
        (
            "UPDATE a SET n = n + ? WHERE id = ?",
            [(1, b"x"), (2, b"y")],
            "UPDATE a SET n = n + each.v0 FROM unnest(?::bigint[], ?::bytea[]) AS each (v0, v1) WHERE id = each.v1",
        ),
        (
            "DELETE FROM a WHERE id = ? AND n <= 0",
            [(1,), (1,)],
            "DELETE FROM a USING unnest(?::bigint[]) AS each (v0) WHERE id = each.v0 AND n <= 0",
        ),
        (
            "INSERT INTO a VALUES (?, ?)",
            [(1, None), (2, None)],
            "INSERT INTO a SELECT each.v0, NULL FROM unnest(?::bigint[]) AS each (v0)",
        ),
        ("UPDATE a SET n = n + ? WHERE id = ?", [(1, 7), (2, 7)], None),  # one statement would change it once
        ("INSERT INTO a VALUES (?)", [(1,), ("x",)], None),
        ("SELECT ? FROM a", [(1,), (2,)], None),
    ],
)
def test_statements(sql: str, rows: list[tuple[object, ...]], expected: str | None) -> None:
    made = together(sql, rows)
    assert (made and made.sql) == expected


def test_values_come_as_they_are(server: Cluster) -> None:
    texts = ['a "quoted" one', "back\\slash", "{brace, comma}", "NULL", "", " ", "ünï\n\t'", None]
    library = open_library(server.new_library())
    with library, library.store.read() as db:
        assert isinstance(db, Session)
        assert db.execute("SELECT ?::text[]", (array(texts, "text"),)).fetchone()[0] == texts
        numbers = [1, None, -(2**40)]
        assert db.execute("SELECT ?::bigint[]", (array(numbers, "bigint"),)).fetchone()[0] == numbers
        flags = [True, None, False]
        assert db.execute("SELECT ?::boolean[]", (array(flags, "boolean"),)).fetchone()[0] == flags


def test_many_at_once_are_as_one_after_the_other(server: Cluster) -> None:
    library: Library = open_library(server.new_library())
    with library, library.store.write() as db:
        db.executemany("INSERT INTO term (text) VALUES (?)", [("a",), ('b"',), ("c\\",)])
        db.executemany("UPDATE term SET uses = uses + ? WHERE text = ?", [(2, "a"), (3, 'b"')])
        db.executemany("UPDATE term SET uses = uses + ? WHERE text = ?", [(1, "a"), (1, "a")])
        db.executemany("DELETE FROM term WHERE text = ? AND uses <= 0", [("c\\",), ("a",)])
        assert db.execute("SELECT text, uses FROM term ORDER BY text").fetchall() == [("a", 4), ('b"', 3)]
