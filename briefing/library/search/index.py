"""The interface of an index of words, and SQLite's full-text index behind it.

Another engine (the one of a server, a search service) stands behind the same two calls. Whatever it is given is cut
into words by :mod:`briefing.library.store.tokenizer` and by nothing else.
"""

import json
from collections.abc import Collection
from typing import Final, Protocol

from briefing.library.search.arrivals import begin_of_block, marks_since
from briefing.library.search.beginnings import longer_beginnings, weighing
from briefing.library.search.conditions import Condition
from briefing.library.search.sql import BY_WORDS, Statement, all_of, compile_search
from briefing.library.store.database import Database

RANKED: Final = 1000
"""Matches up to which a search is ordered by how well they match, unasked: 1.5 milliseconds. All are, after a rest."""
MANY: Final = 20_000
"""Up to so many new sources are gathered first; of more, most hits are new ones, and each is asked in turn."""
_MARKS: Final = 100
"""The same where the index of words knows which these are: 256 sources have one word."""
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

    def arrived(self, statement: Statement, db: Database, seen: int) -> Statement:
        """The statement that finds those of its sources that came after one.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
            seen: ``came`` of the one, see :mod:`briefing.library.store.schema`.
        """


class FullText:
    """SQLite's own index.

    To weigh a term, it goes through all sources with it, also when few of these have the other terms.
    """

    def compiled(self, condition: Condition, db: Database, *, spilled: bool) -> Statement:
        """Make the statement that finds the sources for which a condition holds.

        Args:
            condition: The condition.
            db: Connection to the library.
            spilled: Whether some row numbers are not in the order of dates.
        """
        return compile_search(condition, spilled=spilled, longer=longer_beginnings(db))

    def first(self, statement: Statement, db: Database) -> tuple[int, list[int] | None]:
        """How many sources match, or one more than ``RANKED``; and all in order, where they are known and no more.

        They are gone through from the oldest, which takes the index little more than half as long as from the newest.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
        """
        if statement.several:
            some = statement.sql(statement.doc, f"LIMIT {RANKED + 1}")
            found = [row[0] for row in db.execute(some, statement.values)]
            return len(found), None if len(found) > RANKED else sorted(found, reverse=True)
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
        terms = tuple(statement.terms[n] for n in weighing(statement.weighed))
        if len(terms) > 1:
            terms = _telling(terms, db) or terms
        if statement.values[0] == all_of(terms):  # what is weighed is what was asked for
            page, values = statement.sql(statement.doc, "ORDER BY rank LIMIT ? OFFSET ?"), statement.values
        else:
            # given as one value: to compile a statement with a thousand numbers takes as long as to weigh them
            matching = statement.sql(statement.doc) if among is None else "SELECT value FROM json_each(?)"
            page = (
                f"SELECT rowid FROM word_index WHERE word_index MATCH ? AND +rowid IN ({matching})"
                " ORDER BY bm25(word_index, 1.0, 4.0) LIMIT ? OFFSET ?"
            )
            values = [all_of(terms), *(statement.values if among is None else (json.dumps([*among]),))]
        return [row[0] for row in db.execute(page, (*values, limit, offset))]

    def arrived(self, statement: Statement, db: Database, seen: int) -> Statement:
        """The statement that finds those of its sources that came after one; goes from one of these to the next.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
            seen: ``came`` of the one.
        """
        (latest,) = db.execute("SELECT coalesce(max(came), 0) FROM source").fetchone()
        marks = marks_since(seen, latest, _MARKS)
        if statement.where[:1] != [BY_WORDS] or not marks:
            return arrived_by_rows(statement, db, seen)
        anyone = " OR ".join(f'"{mark}"' for mark in marks)
        values = [f"{statement.values[0]} AND ({anyone})", *statement.values[1:]]
        before = f"SELECT doc FROM source WHERE came BETWEEN {begin_of_block(seen + 1)} AND {seen}"
        return Statement(
            statement.table, statement.doc, [*statement.where, f"+{statement.doc} NOT IN ({before})"], values
        )


_FULL_TEXT: Final = FullText()


def index_of(db: Database) -> Index:
    """The index of a library: the one that its connection brings, or SQLite's own."""
    found: Index = getattr(db, "index", _FULL_TEXT)
    return found


def arrived_by_rows(statement: Statement, db: Database, seen: int) -> Statement:
    """The statement that finds those of its sources that came after one, by the rows of sources.

    Args:
        statement: The statement that finds the sources.
        db: Connection to the library.
        seen: ``came`` of the one.
    """
    doc, where = statement.doc, [*statement.where]
    some = f"SELECT doc FROM source WHERE came > {seen} LIMIT {MANY + 1}"
    n, lowest, highest = db.execute(f"SELECT count(*), min(doc), max(doc) FROM ({some}) AS fresh").fetchone()
    if n > MANY:
        where.append(f"EXISTS (SELECT 1 FROM source new WHERE new.doc = {doc} AND new.came > {seen})")
    else:
        few = f"SELECT doc FROM source WHERE came > {seen}"
        where.append(f"{doc} BETWEEN {lowest or 0} AND {highest or 0} AND +{doc} IN ({few})")
    return Statement(statement.table, doc, where, statement.values)


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
