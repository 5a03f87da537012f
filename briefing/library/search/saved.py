"""Saved searches with their new hits since the last look, and past queries."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from briefing.library.errors import LibraryError
from briefing.library.search.name_lists import NameLists
from briefing.library.search.search import RANKED, Asked, ask
from briefing.library.store.database import Database, Rows, Store
from briefing.model.answers import SavedSearch
from briefing.model.safetext import SafeText

PAST: Final = 500
"""Queries of before that are remembered, the latest ones."""
MANY: Final = 20_000
"""Up to so many new sources are gathered first; of more, most hits are new ones, and each is asked in turn."""


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
            fresh = {seen: _fresh(db, seen) for seen in {row[2] for row in kept}}
            return [_counted(db, name, query, fresh[seen]) for name, query, seen in kept]

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


def _counted(db: Database, name: str, query: str, fresh: "_Fresh") -> SavedSearch:
    asked = ask(db, query, typing=False)
    total = _up_to(db, asked, "")
    new = _new(db, asked, fresh) if total and fresh.n else 0
    return SavedSearch(
        name=SafeText(name),
        query=SafeText(query),
        total=min(total, RANKED),
        exact=total <= RANKED,
        new=min(new, RANKED),
        new_exact=new <= RANKED,
    )


class _Fresh(NamedTuple):
    """The sources that came after one of them: how many, and their lowest and highest row numbers."""

    came: int
    n: int
    lowest: int
    highest: int


def _fresh(db: Database, seen: int) -> _Fresh:
    some = f"SELECT doc FROM source WHERE came > {seen} LIMIT {MANY + 1}"
    n, lowest, highest = db.execute(f"SELECT count(*), min(doc), max(doc) FROM ({some}) AS fresh").fetchone()
    return _Fresh(seen, int(n), lowest or 0, highest or 0)


def _new(db: Database, asked: Asked, fresh: _Fresh) -> int:
    """Hits among the fresh sources."""
    doc = asked.statement.doc
    if fresh.n > MANY:
        return _up_to(db, asked, f"EXISTS (SELECT 1 FROM source new WHERE new.doc = {doc} AND new.came > {fresh.came})")
    some = f"SELECT doc FROM source WHERE came > {fresh.came}"
    return _up_to(db, asked, f"{doc} BETWEEN {fresh.lowest} AND {fresh.highest} AND +{doc} IN ({some})")


def _up_to(db: Database, asked: Asked, condition: str) -> int:
    """How many sources it finds for which ``condition`` holds too; of more than ``RANKED``, one more than that."""
    statement = asked.statement
    narrowed = statement.sql("1", f"{'AND ' + condition if condition else ''} LIMIT {RANKED + 1}")
    return int(db.execute(f"SELECT count(*) FROM ({narrowed}) AS few", statement.values).fetchone()[0])


def _latest(db: Database) -> int:
    """The number of the source that came last."""
    return int(db.execute("SELECT coalesce(max(came), 0) FROM source").fetchone()[0])


def _key(name: str) -> SafeText:
    return SafeText(name).line()


def _required(done: Rows, name: str) -> None:
    if not done.rowcount:
        raise LibraryError(f"There is no saved search “{_key(name)}”. See them with: briefing searches")
