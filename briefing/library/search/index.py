"""The interface of an index of words, and SQLite's full-text index behind it.

Another engine (the one of a server, a search service) stands behind the same two calls. Whatever it is given is cut
into words by :mod:`briefing.library.store.tokenizer` and by nothing else.
"""

import json
from collections.abc import Collection
from typing import Final, Protocol

from briefing.library.search.conditions import Condition
from briefing.library.search.sql import Statement, compile_search
from briefing.library.store.database import Database

RANKED: Final = 1000
"""Matches up to which a search is ordered by how well they match, unasked: 1.5 milliseconds. All are, after a rest."""
SAMPLE: Final = 600
"""The newest sources tell how frequent a term is: one that a quarter of them have tells little."""


class Index(Protocol):
    """Finds the sources of a library by their words."""

    def compiled(self, condition: Condition, db: Database, *, spilled: bool) -> Statement:
        """Make the statement that finds the sources for which a condition holds.

        Args:
            condition: The condition.
            db: Connection to the library.
            spilled: Whether some row numbers are not in the order of dates.
        """

    def first(self, statement: Statement, db: Database) -> tuple[int, list[int] | None]:
        """How many sources match, or one more than ``RANKED``; and the newest of them in order, where they are known.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
        """

    def best(
        self, statement: Statement, db: Database, limit: int, offset: int, among: Collection[int] | None
    ) -> list[int]:
        """Row numbers of the sources that match best, best first.

        Terms that very many sources have, which weigh little, are left out where there are others, and so is what must
        not occur.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
            limit: Sources of a page.
            offset: Sources before the page.
            among: Row numbers of the sources that match, where they are known; else None.
        """


class FullText:
    """SQLite's own index.

    To weigh a term, it goes through all sources with it, also when few of these have the other terms.
    """

    def compiled(self, condition: Condition, db: Database, *, spilled: bool) -> Statement:  # noqa: ARG002
        """Make the statement that finds the sources for which a condition holds.

        Args:
            condition: The condition.
            db: Connection to the library; not used.
            spilled: Whether some row numbers are not in the order of dates.
        """
        return compile_search(condition, spilled=spilled)

    def first(self, statement: Statement, db: Database) -> tuple[int, list[int] | None]:
        """How many sources match, or one more than ``RANKED``; and the newest of them in order, where they are known.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
        """
        if statement.several:
            newest = newest_of(statement, db)
            return len(newest), newest
        counted = f"SELECT count(*) FROM ({statement.sql('1', f'LIMIT {RANKED + 1}')}) AS few"
        return int(db.execute(counted, statement.values).fetchone()[0]), None

    def best(
        self, statement: Statement, db: Database, limit: int, offset: int, among: Collection[int] | None
    ) -> list[int]:
        """Row numbers of the sources that match best, best first.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
            limit: Sources of a page.
            offset: Sources before the page.
            among: Row numbers of the sources that match, where they are known; else None.
        """
        terms = statement.terms
        if len(terms) > 1:
            terms = _telling(terms, db) or terms
        if terms == statement.terms and not statement.without:
            page, values = statement.sql(statement.doc, "ORDER BY rank LIMIT ? OFFSET ?"), statement.values
        else:
            # given as one value: to compile a statement with a thousand numbers takes as long as to weigh them
            matching = statement.sql(statement.doc) if among is None else "SELECT value FROM json_each(?)"
            page = (
                f"SELECT rowid FROM word_index WHERE word_index MATCH ? AND +rowid IN ({matching})"
                " ORDER BY bm25(word_index, 1.0, 4.0) LIMIT ? OFFSET ?"
            )
            values = [f"({' AND '.join(terms)})", *(statement.values if among is None else (json.dumps([*among]),))]
        return [row[0] for row in db.execute(page, (*values, limit, offset))]


_FULL_TEXT: Final = FullText()


def index_of(db: Database) -> Index:
    """The index of a library: the one that its connection brings, or SQLite's own."""
    found: Index = getattr(db, "index", _FULL_TEXT)
    return found


def newest_of(statement: Statement, db: Database) -> list[int]:
    """Row numbers of the newest sources that a statement finds, one more than ``RANKED`` at most.

    Args:
        statement: The statement.
        db: Connection to the library.
    """
    newest = statement.sql(statement.doc, f"ORDER BY {statement.doc} DESC LIMIT {RANKED + 1}")
    return [row[0] for row in db.execute(newest, statement.values)]


def _telling(terms: tuple[str, ...], db: Database) -> tuple[str, ...]:
    """The terms that less than a quarter of the newest sources have."""
    oldest = "SELECT id FROM word_index_docsize ORDER BY id DESC LIMIT 1 OFFSET ?"
    found, frequent = db.execute(oldest, (SAMPLE - 1,)).fetchone(), SAMPLE // 4
    if found is None:
        return terms
    some = f"SELECT 1 FROM word_index WHERE word_index MATCH ? AND rowid >= {found[0]} LIMIT {frequent}"
    counted = f"SELECT count(*) FROM ({some}) AS few"
    return tuple(term for term in terms if db.execute(counted, (term,)).fetchone()[0] < frequent)
