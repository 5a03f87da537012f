"""Asking for facts: counts of an item, by an operator, within bounds; participants of a name; a speaker's words.

The table of facts tells in which sources to look; what is kept is decided on the facts themselves, with the names that
edits of entities give them and as their reader corrected them. So the same filter is good for documents that are in no
library.
"""

import json
from collections.abc import Iterator
from typing import Final, NamedTuple

from briefing.library.store.added_facts import IS_ADDED
from briefing.library.store.database import Database
from briefing.library.store.entity_view import Edits, edits_of
from briefing.library.store.fact_table import KINDS
from briefing.library.store.tokenizer import texts
from briefing.model.fact_forms import form_of, with_facts
from briefing.model.facts import Count, Extraction, Fact
from briefing.model.kinds import FactKind

_CORRECTED: Final = (
    "SELECT doc FROM review JOIN source USING (id) WHERE live = 1 AND edited IS NOT NULL"
    " AND substr(edited, 1, 6) NOT IN ('{\"@note', '{\"@by\"')"
)
"""What its reader corrected may say now what was not extracted."""
_ADDED: Final = "SELECT doc FROM review JOIN source USING (id) WHERE live = 1 AND fact LIKE ?"
"""What readers added stands in no table of facts."""


BY_NAME: Final[dict[FactKind, str]] = {"participant": "name", "quote": "speaker"}
"""Kinds of facts that are found by one name, with the field that has it: that of a condition and of a fact alike."""


class FactFilter(NamedTuple):
    """Conditions on facts. A kind of fact is wanted only if a condition names it; all conditions of a kind must hold.

    Words match where they stand next to each other in the name, in whatever case, the last one also in its plural.
    ``at_least`` and ``at_most`` hold where the text's own bounds leave no other number: "more than 300" is at least
    100 and "up to 20" is not.
    """

    item: str = ""
    operator: str = ""
    at_least: int | None = None
    at_most: int | None = None
    name: str = ""
    speaker: str = ""
    category: str = ""

    @property
    def asks(self) -> bool:
        """Whether anything is asked."""
        return self != FactFilter()

    @property
    def of_counts(self) -> bool:
        """Whether anything is asked of counts."""
        return bool(self.item or self.operator or self.category) or (self.at_least, self.at_most) != (None, None)

    def holds(self, fact: Fact) -> bool:
        """Whether the fact is wanted."""
        if isinstance(fact, Count):
            return self.of_counts and self._is_counted(fact)
        field = BY_NAME.get(form_of(fact).kind)
        wanted = getattr(self, field) if field else ""
        return bool(wanted) and _named(getattr(fact, field or ""), wanted)

    def _is_counted(self, count: Count) -> bool:
        if self.at_least is not None and (count.low is None or count.low < self.at_least):
            return False
        if self.at_most is not None and (count.high is None or count.high > self.at_most):
            return False
        return (
            (not self.item or _named(count.item, self.item))
            and (not self.operator or _named(count.operator, self.operator))
            and self.category in {"", count.category}
        )

    def kept(self, found: Extraction) -> Extraction:
        """The extraction with the facts that are wanted, and without its mentions."""
        wanted = with_facts(found, lambda _, facts: filter(self.holds, facts))
        return wanted.model_copy(update={"mentions": ()})


def places(db: Database, wanted: FactFilter) -> list[int]:
    """Row numbers of the sources that may have such facts, the newest first; no other source has any.

    Args:
        db: Connection to the library.
        wanted: The conditions.
    """
    found = {row[0] for row in db.execute(_CORRECTED)}
    found |= {row[0] for row in db.execute(_ADDED, (IS_ADDED,))}
    edits = edits_of(db)
    for sql, values in _questions(db, wanted, edits):
        found.update(row[0] for row in db.execute(f"SELECT doc FROM fact WHERE {sql}", values))
    return sorted(found, reverse=True)


def _questions(db: Database, wanted: FactFilter, edits: Edits) -> Iterator[tuple[str, list[object]]]:
    """Conditions on the table of facts with their values, one a kind."""
    if wanted.of_counts:
        tests: list[tuple[str, object]] = [("kind = ?", KINDS.index("count"))]
        if wanted.item:
            tests.append((_AMONG.format("term"), _terms(db, wanted.item, edits)))
        if wanted.operator:
            tests.append((_AMONG.format("operator"), _terms(db, wanted.operator, edits)))
        if wanted.at_least is not None:
            tests.append(("low >= ?", wanted.at_least))
        if wanted.at_most is not None:
            tests.append(("high <= ?", wanted.at_most))
        yield " AND ".join(sql for sql, _ in tests), [value for _, value in tests]
    for kind, field in BY_NAME.items():
        if name := getattr(wanted, field):
            yield f"{_AMONG.format('term')} AND kind = {KINDS.index(kind)}", [_terms(db, name, edits)]


_AMONG: Final = "{} IN (SELECT value FROM json_each(?))"


def _terms(db: Database, words: str, edits: Edits) -> str:
    """The numbers of the names that hold the words, and of those that an edit leads to one of these, as JSON."""
    before = _before(words, edits)
    numbers = [
        term for term, text in db.execute("SELECT term, text FROM term") if text in before or _named(text, words)
    ]
    return json.dumps(numbers)


def _before(words: str, edits: Edits) -> set[str]:
    """Names, as extracted, of which edits may have made one that holds the words."""
    found: set[str] = set()
    for edit in reversed(edits.all):
        if edit.to_name is not None and (edit.to_name in found or _named(edit.to_name, words)):
            found.add(edit.name)
    return found


def _named(name: str | None, words: str) -> bool:
    """Whether the words stand in the name."""
    if name is None:
        return False
    wanted, there = texts(words), texts(name)
    n = len(wanted)
    return n > 0 and any(
        there[at : at + n - 1] == wanted[:-1] and there[at + n - 1] in {wanted[-1], wanted[-1].removesuffix("s")}
        for at in range(len(there) - n + 1)
    )
