"""Lists of names to search for at once: read from a table, kept in the library under a name."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from briefing.library.errors import LibraryError
from briefing.library.store.database import Store
from briefing.model.data_files import parse_json
from briefing.model.safetext import SafeText

_MOST: Final = 100_000
"""Names of one list."""


class Sought(NamedTuple):
    """A name, and the query that finds it."""

    name: str
    query: str


def read_names(text: str, told: str) -> list[Sought]:
    """Read the names of a CSV table: its column ``name``, else the first; a column ``query`` holds one's own queries.

    A table without a heading of these names is a plain list.

    Args:
        text: The table.
        told: What it is called in messages.

    Raises:
        LibraryError: Where it holds no names, or too many.
    """
    try:
        rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise LibraryError(f"{told} is no list of names: {error}") from error
    heads = [cell.strip().casefold() for cell in rows[0]] if rows else []
    named = heads.index("name") if "name" in heads else 0
    asked = heads.index("query") if "query" in heads else None
    body = rows[1:] if {"name", "query"} & set(heads) else rows
    if not body or len(body) > _MOST:
        raise LibraryError(f"{told} holds no names" if not body else f"{told} holds more than {_MOST:,} names")
    return [sought for row in body if (sought := _sought(row, named, asked)) is not None]


def _sought(row: Sequence[str], named: int, asked: int | None) -> Sought | None:
    def cell(place: int | None) -> str:
        return row[place].strip() if place is not None and place < len(row) else ""

    name, query = cell(named), cell(asked)
    if not name and not query:
        return None
    return Sought(name or query, query or '"' + " ".join(name.replace('"', " ").split()) + '"')


class NameLists:
    """The lists of names that a library keeps."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[tuple[SafeText, int]]:
        """The lists by name, each with how many names it has."""
        with self._store.read() as db:
            rows = db.execute("SELECT name, body FROM name_list ORDER BY name").fetchall()
        return [(SafeText(name), len(_unpacked(body))) for name, body in rows]

    def get(self, name: str) -> list[Sought]:
        """The names of a list. Raises :class:`LibraryError` where there is no such list."""
        with self._store.read() as db:
            found = db.execute("SELECT body FROM name_list WHERE name = ?", (SafeText(name).line(),)).fetchone()
        if found is None:
            known = ", ".join(known for known, _ in self.all())
            there = f" There are: {known}." if known else ""
            raise LibraryError(f"There is no list of names “{SafeText(name).line()}”.{there}")
        return _unpacked(found[0])

    def save(self, name: str, names: Sequence[Sought]) -> None:
        """Keep a list, in place of another of that name.

        Args:
            name: The name, in one line; it must not be empty.
            names: The names with their queries.
        """
        shown = SafeText(name).line()
        if not shown:
            raise LibraryError("A list of names needs a name.")
        rows = [[SafeText(one.name).line(), SafeText(one.query).line()] for one in names]
        body = json.dumps(rows, ensure_ascii=False)
        with self._store.write() as db:
            db.execute("DELETE FROM name_list WHERE name = ?", (shown,))
            db.execute("INSERT INTO name_list (name, body) VALUES (?, ?)", (shown, body))

    def remove(self, name: str) -> None:
        """Keep a list no longer. Raises :class:`LibraryError` where there is none of that name."""
        self.get(name)
        with self._store.write() as db:
            db.execute("DELETE FROM name_list WHERE name = ?", (SafeText(name).line(),))


def _unpacked(body: str) -> list[Sought]:
    """The names as they are kept; none where that is damaged."""
    try:
        return [Sought(SafeText(str(name)), SafeText(str(query))) for name, query in parse_json(body)]
    except (ValueError, TypeError):
        return []
