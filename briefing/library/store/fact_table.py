"""The facts of all sources as narrow rows, to query a library by fact: item, operator, bounds, speaker, participant.

A row has the kind, the item of a count or the name of a participant or speaker, the bounds, the operator and the span,
as extracted. Edits of entities and verdicts are not in it: it tells in which sources to look, and what they say is read
there (see :mod:`briefing.library.search.fact_filter`). Names stand once, in ``term``, under numbers that are never used
again while a source has them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Final

from briefing.library.store.database import Database
from briefing.library.store.fact_codecs import CODECS, Narrow
from briefing.model.fact_forms import FORMS
from briefing.model.facts import Extraction

KINDS: Final = tuple(form.kind for form in FORMS)
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


Row = tuple[int, Narrow]
"""The number of a fact's kind, and what the table has of it."""


def rows(found: Extraction) -> Iterator[Row]:
    """The rows of what was found in one source."""
    for number, form in enumerate(FORMS):
        for fact in form.of(found):
            yield number, CODECS[form.kind].narrow(fact)


_Values = tuple[int, int, int, int, int, int, int | None, int | None, int | None]
"""The columns of a row of ``fact``."""


class FactTable:
    """Write and remove the rows of sources. Its cache of names holds until some program takes sources out."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses: Counter[int] = Counter()
        self._new: list[_Values] = []

    def add(self, db: Database, doc: int, found: Extraction) -> None:
        """Gather the rows of a source.

        Args:
            db: Connection in a transaction.
            doc: Row number of the source.
            found: Its extraction.
        """
        self._new += [self._values(db, doc, n, row, 1) for n, row in enumerate(rows(found))]

    def remove(self, db: Database, doc: int, found: Extraction) -> set[int]:
        """Remove the rows of a source; returns the numbers of the names in them.

        Args:
            db: Connection in a transaction.
            doc: Row number of the source.
            found: The extraction that its rows were made of.
        """
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
        """Write the gathered rows, in their order, and the changed numbers of uses of each name."""
        db.executemany(
            "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", sorted(self._new, key=itemgetter(0, 1, 2, 3))
        )
        self._new.clear()
        changes = [(n, term) for term, n in sorted(self._uses.items()) if n and term != NOBODY]
        db.executemany("UPDATE term SET uses = uses + ? WHERE term = ?", changes)
        self._uses.clear()

    def _values(self, db: Database, doc: int, n: int, row: Row, sign: int) -> _Values:
        kind, fact = row
        term = NOBODY if fact.name is None else self._number(db, fact.name, sign)
        operator = None if fact.operator is None else self._number(db, fact.operator, sign)
        return term, doc, kind, n, fact.start, fact.length, fact.low, fact.high, operator

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
    """Delete those of the names that no fact has any more.

    Args:
        db: Connection in a transaction.
        terms: Numbers of the names.
    """
    db.executemany("DELETE FROM term WHERE term = ? AND uses <= 0", [(term,) for term in sorted(terms)])
