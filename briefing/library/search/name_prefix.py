"""Complete a name that is being typed: names with a word that begins so, the most frequent first."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from briefing.library.store.database import Database
from briefing.library.store.tokenizer import texts

_FEW: Final = 400
"""Up to so many words that begin as what is typed, their names are gathered and put in order. With more, the most
frequent names are gone through first, until enough of them fit: a millisecond either way."""
_FREQUENT: Final = 2000


class Name(NamedTuple):
    """A name that sources hold."""

    name: str
    type: str
    sources: int


def named(db: Database, written: str, kinds: Sequence[str], limit: int) -> list[Name]:
    """Names of these types with all words of ``written``, frequent ones first.

    Where very many names match, only the frequent ones are looked at.

    Args:
        db: Connection to the library.
        written: Words of the name or an alias; the last one may be unfinished. Empty for the most frequent names.
        kinds: Types of names: entity types, ``SPEAKER``, ``PUBLISHER``.
        limit: Upper bound on the names returned.
    """
    *whole, last = texts(written) or [""]
    found: list[Name] = []
    if not whole and (not last or _many(db, last)):
        found = _frequent(db, last, kinds, limit)
    if last and len(found) < limit:
        found += [name for name in _gathered(db, whole, last, kinds, limit) if name not in found]
    return found[:limit]


def _frequent(db: Database, begun: str, kinds: Sequence[str], limit: int) -> list[Name]:
    names = f"SELECT * FROM entity WHERE sources > 0 ORDER BY sources DESC LIMIT {_FREQUENT}"
    test, values = ("(name LIKE ? OR name LIKE ?)", (f"{begun}%", f"% {begun}%")) if begun else ("1 = 1", ())
    sql = f"SELECT name, type, sources FROM ({names}) AS frequent WHERE type IN ({_marks(kinds)}) AND {test} LIMIT ?"
    found = [Name(*row) for row in db.execute(sql, (*kinds, *values, limit))]
    return sorted(found, key=lambda name: (-name.sources, name.name))


def _gathered(db: Database, whole: Sequence[str], last: str, kinds: Sequence[str], limit: int) -> list[Name]:
    words = "".join(" AND entity IN (SELECT entity FROM entity_word WHERE word = ?)" for _ in whole)
    few = "" if whole else f"LIMIT {2 * _FEW}"
    sql = (
        f"SELECT name, type, sources FROM entity WHERE +sources > 0 AND +type IN ({_marks(kinds)}){words}"
        f" AND entity IN (SELECT entity FROM entity_word WHERE word >= ? AND word < ? {few})"
        " ORDER BY +sources DESC, name LIMIT ?"
    )
    return [Name(*row) for row in db.execute(sql, (*kinds, *whole, last, last + "\U0010ffff", limit))]


def _many(db: Database, begun: str) -> bool:
    counted = f"SELECT count(*) FROM (SELECT 1 FROM entity_word WHERE word >= ? AND word < ? LIMIT {_FEW + 1}) AS few"
    return bool(db.execute(counted, (begun, begun + "\U0010ffff")).fetchone()[0] > _FEW)


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
