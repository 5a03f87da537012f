"""The facts of all sources as narrow rows, so that a library can be asked for them: who has how many of what.

A row has the kind, the item of a count or the name of a participant or speaker, the bounds, the operator and the span,
as extracted. Edits of entities and verdicts are not in it: it tells in which sources to look, and what they say is read
there (see :mod:`briefing.library.search.facts`). Names stand once, in ``term``, under numbers that are never used
again while a source has them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, get_args

from briefing.library.store.database import Database
from briefing.model.facts import Extraction, FactKind

KINDS: Final = get_args(FactKind)
"""A kind's number is its place here: kinds are only ever added at the end."""
NOBODY: Final = 0
"""The number of a speaker that the text does not name."""
_REMEMBERED: Final = 50_000

TABLES: Final = """
CREATE TABLE term (term INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE, uses INTEGER NOT NULL DEFAULT 0);
CREATE TABLE fact (
    term INTEGER, doc INTEGER, kind INTEGER, n INTEGER,
    start INTEGER NOT NULL, length INTEGER NOT NULL, low INTEGER, high INTEGER, operator INTEGER,
    PRIMARY KEY (term, doc, kind, n)
) WITHOUT ROWID;
CREATE INDEX fact_operator ON fact (operator, doc) WHERE operator IS NOT NULL;
"""


class Row(NamedTuple):
    """A fact, with its names written out."""

    kind: FactKind
    name: str | None
    start: int
    length: int
    low: int | None = None
    high: int | None = None
    operator: str | None = None


def rows(found: Extraction) -> Iterator[Row]:
    """The rows of what was found in one source."""
    for count in found.counts:
        length = count.end - count.start
        yield Row("count", count.item, count.start, length, count.low, count.high, count.operator)
    for one in found.participants:
        start, end = one.mentions[0] if one.mentions else (0, 0)
        yield Row("participant", one.name, start, end - start)
    for quote in found.quotes:
        yield Row("quote", quote.speaker, quote.start, quote.end - quote.start)


_Values = tuple[int, int, int, int, int, int, int | None, int | None, int | None]
"""The columns of a row of ``fact``."""


class FactTable:
    """Writes the rows of sources, and takes them out. What it remembers holds until some program takes sources out."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses: Counter[int] = Counter()

    def add(self, db: Database, doc: int, found: Extraction) -> None:
        """Write the rows of the source with the number ``doc``."""
        written = [self._values(db, doc, n, row, 1) for n, row in enumerate(rows(found))]
        db.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", written)

    def remove(self, db: Database, doc: int, found: Extraction) -> set[int]:
        """Take out the rows of a source, in which ``found`` was found; the numbers of their names."""
        taken = [self._values(db, doc, n, row, -1) for n, row in enumerate(rows(found))]
        terms = {term for term, *_ in taken}
        db.executemany("DELETE FROM fact WHERE term = ? AND doc = ?", [(term, doc) for term in sorted(terms)])
        return terms | {operator for *_, operator in taken if operator is not None}

    def learn(self, numbers: Mapping[str, int]) -> None:
        """Know the numbers of these names without asking for each."""
        if len(self._numbers) + len(numbers) >= _REMEMBERED:
            self._numbers.clear()
        self._numbers.update(numbers)

    def unknown(self, names: Iterable[str]) -> list[str]:
        """Those of the names of which the numbers are not known, each once, in their order."""
        return [str(name) for name in dict.fromkeys(names) if name not in self._numbers]

    def flush(self, db: Database) -> None:
        """Write how often each name is used."""
        changes = [(n, term) for term, n in sorted(self._uses.items()) if n and term != NOBODY]
        db.executemany("UPDATE term SET uses = uses + ? WHERE term = ?", changes)
        self._uses.clear()

    def _values(self, db: Database, doc: int, n: int, row: Row, sign: int) -> _Values:
        term = NOBODY if row.name is None else self._number(db, row.name, sign)
        operator = None if row.operator is None else self._number(db, row.operator, sign)
        return term, doc, KINDS.index(row.kind), n, row.start, row.length, row.low, row.high, operator

    def _number(self, db: Database, text: str, sign: int) -> int:
        number = self._numbers.get(text)
        if number is None:
            found = db.execute("SELECT term FROM term WHERE text = ?", (text,)).fetchone()
            if found is None:
                found = (db.execute("INSERT INTO term (text) VALUES (?)", (text,)).lastrowid,)
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            number = self._numbers[str(text)] = int(found[0])
        self._uses[number] += sign
        return number


def forget_terms(db: Database, terms: set[int]) -> None:
    """Take out those of the names that no fact has any more."""
    db.executemany("DELETE FROM term WHERE term = ? AND uses <= 0", [(term,) for term in sorted(terms)])
