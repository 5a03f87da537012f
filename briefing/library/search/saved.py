"""Saved searches with their new hits since the last look, and past queries."""

from collections.abc import Iterable
from typing import Final

from briefing.library.errors import LibraryError
from briefing.library.search.index import RANKED, index_of
from briefing.library.search.name_lists import NameLists
from briefing.library.search.search import ask
from briefing.library.search.sql import Statement
from briefing.library.store.database import Database, Rows, Store
from briefing.model.answers import SavedSearch
from briefing.model.safetext import SafeText

PAST: Final = 500
"""Queries of before that are remembered, the latest ones."""


class Searches:
    """The saved searches and past queries of one library."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def lists(self) -> NameLists:
        """Lists of names that are searched for at once."""
        return NameLists(self._store)

    def saved(self) -> list[SavedSearch]:
        """Every kept search by name, with how many sources it finds and how many of these came since the last look."""
        with self._store.read() as db:
            kept = db.execute("SELECT name, query, seen FROM saved_search ORDER BY name").fetchall()
            latest = _latest(db)
            return [_counted(db, name, query, seen if seen < latest else None) for name, query, seen in kept]

    def query(self, name: str) -> SafeText | None:
        """The query of a saved search; None where there is none of that name."""
        with self._store.read() as db:
            found = db.execute("SELECT query FROM saved_search WHERE name = ?", (_key(name),)).fetchone()
        return SafeText(found[0]) if found else None

    def save(self, name: str, query: str) -> None:
        """Save a search, replacing another of that name. Its current hits count as seen.

        Args:
            name: The name, in one line; it must not be empty.
            query: The query.

        Raises:
            LibraryError: Where the name is empty.
        """
        shown = SafeText(name).line()
        if not shown:
            raise LibraryError("A saved search needs a name.")
        with self._store.write() as db:
            db.execute("DELETE FROM saved_search WHERE name = ?", (shown,))
            values = (shown, SafeText(query).line(), _latest(db))
            db.execute("INSERT INTO saved_search (name, query, seen) VALUES (?, ?, ?)", values)

    def remove(self, name: str) -> None:
        """Keep a search no longer. Raises :class:`LibraryError` where there is none of that name."""
        with self._store.write() as db:
            _required(db.execute("DELETE FROM saved_search WHERE name = ?", (_key(name),)), name)

    def mark_seen(self, name: str) -> None:
        """Note that its hits were looked at: only those that come from now on are new.

        Raises :class:`LibraryError` where there is none of that name.
        """
        with self._store.write() as db:
            latest = _latest(db)
            seen = "UPDATE saved_search SET seen = CASE WHEN seen < ? THEN ? ELSE seen END WHERE name = ?"
            _required(db.execute(seen, (latest, latest, _key(name))), name)

    def past(self, prefix: str = "", limit: int = 20) -> list[SafeText]:
        """Past queries that begin as ``prefix`` does, in any case, the latest first.

        Args:
            prefix: Beginning of the queries.
            limit: Upper bound on the queries returned.
        """
        with self._store.read() as db:
            return past(db, prefix, limit)

    def remember(self, query: str) -> None:
        """Note what was asked. The latest 500 queries are kept; an empty one is not."""
        shown = SafeText(query).line()
        if not shown:
            return
        with self._store.write() as db:
            latest = db.execute("SELECT coalesce(max(at), 0) FROM past_query").fetchone()[0]
            db.execute("DELETE FROM past_query WHERE query = ?", (shown,))
            db.execute("INSERT INTO past_query (query, at) VALUES (?, ?)", (shown, latest + 1))
            last = "SELECT at FROM past_query ORDER BY at DESC LIMIT 1 OFFSET ?"
            db.execute(f"DELETE FROM past_query WHERE at <= ({last})", (PAST,))

    def forget_past(self) -> None:
        """Forget what was asked before."""
        with self._store.write() as db:
            db.execute("DELETE FROM past_query")


def past(db: Database, prefix: str, limit: int) -> list[SafeText]:
    """Past queries that begin as ``prefix`` does, in any case, the latest first.

    Args:
        db: Connection to the library.
        prefix: Beginning of the queries.
        limit: Upper bound on the queries returned.
    """
    begun = SafeText(prefix).lstrip().casefold()
    found: Iterable[tuple[str]] = db.execute("SELECT query FROM past_query ORDER BY at DESC")
    return [SafeText(query) for (query,) in found if query.casefold().startswith(begun)][: max(0, limit)]


def _counted(db: Database, name: str, query: str, seen: int | None) -> SavedSearch:
    """What it finds; ``seen`` is None where nothing came since."""
    statement = ask(db, query, typing=False).statement
    total = _up_to(db, statement)
    new = _up_to(db, index_of(db).arrived(statement, db, seen)) if total and seen is not None else 0
    return SavedSearch(
        name=SafeText(name),
        query=SafeText(query),
        total=min(total, RANKED),
        exact=total <= RANKED,
        new=min(new, RANKED),
        new_exact=new <= RANKED,
    )


def _up_to(db: Database, statement: Statement) -> int:
    """How many sources it finds; of more than ``RANKED``, one more than that."""
    some = statement.sql("1", f"LIMIT {RANKED + 1}")
    return int(db.execute(f"SELECT count(*) FROM ({some}) AS few", statement.values).fetchone()[0])


def _latest(db: Database) -> int:
    """The number of the source that came last."""
    return int(db.execute("SELECT coalesce(max(came), 0) FROM source").fetchone()[0])


def _key(name: str) -> SafeText:
    return SafeText(name).line()


def _required(done: Rows, name: str) -> None:
    if not done.rowcount:
        raise LibraryError(f"There is no saved search “{_key(name)}”. See them with: briefing searches")
