"""Grades of the Admiralty code: reliability of sources (A to F) and credibility of statements (1 to 6)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from briefing.model.agreement import Agreement
from briefing.model.source import Source

RELIABILITY: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY: Final = {
    "1": "confirmed by independent sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
_ITEM: Final = re.compile(r"([0-9a-f]{6,64}):([0-9]+)-([0-9]+)")
_KEYS: Final = {
    "publishers": (re.compile(r"(?s).*\S.*"), "a name of a publisher"),
    "sources": (re.compile("[0-9a-f]{6,64}"), "an id of a source, of which six digits or more are written"),
    "items": (_ITEM, "a place, as id:start-end"),
}
"""What may stand in each table: a key that is too short would be a grade of sources that nobody meant."""


_LONGEST: Final = 80
"""Characters of a key or a grade that are shown."""


class GradeError(ValueError):
    """An invalid grade; the message says which one and where."""


@dataclass(frozen=True)
class Grades:
    """The user's grades of publishers (by name), single sources (by id) and single statements (by place).

    A source's own grade goes before its publisher's. Statements are ``id:start-end`` of a fact.
    """

    publishers: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)

    def over(self, tables: Mapping[str, Mapping[str, str]]) -> "Grades":
        """These grades under others, which go before them: a workspace's own."""
        made = {}
        for table in ("publishers", "sources", "items"):
            known = CREDIBILITY if table == "items" else RELIABILITY
            may = _KEYS[table][0]
            first = {
                name: grade for name, grade in tables.get(table, {}).items() if grade in known and may.fullmatch(name)
            }
            under = getattr(self, table)
            same = {name.strip().casefold() for name in first}
            made[table] = {**first, **{name: one for name, one in under.items() if name.strip().casefold() not in same}}
        return Grades(**made)

    def of_source(self, source: Source) -> str | None:
        """The reliability of a source, A to F; None where neither it nor its publisher was graded."""
        for begin, grade in self.sources.items():
            if source.id.startswith(begin):
                return grade
        publisher = (source.publisher or "").strip().casefold()
        return next((grade for name, grade in self.publishers.items() if name.strip().casefold() == publisher), None)

    def of_claim(self, group: Agreement, reliabilities: Iterable[str | None]) -> str | None:
        """Both grades of a claim (``B2``); None where nothing of it was graded.

        The reliability is the best of its sources', the credibility the best that was given to one of its items; 1
        stands only where at least two origins make the claim.

        Args:
            group: The claim.
            reliabilities: Reliability of its sources, A to F; None for those without a grade.
        """
        given = sorted(grade for item in group.items if (grade := self._of_item(item.document, item.start, item.end)))
        known = sorted(grade for grade in reliabilities if grade)
        if not given and not known:
            return None
        credibility = given[0] if given else "6"
        if credibility == "1" and group.origins < 2:
            credibility = "2"
        return (known[0] if known else "F") + credibility

    def _of_item(self, document: str, start: int, end: int) -> str | None:
        if not self.items:
            return None
        for place, grade in self.items.items():
            match = _ITEM.fullmatch(place)
            if match and document.startswith(match[1]) and (int(match[2]), int(match[3])) == (start, end):
                return grade
        return None


def grades_from(tables: Mapping[str, object]) -> Grades:
    """The grades of a file with the tables ``publishers``, ``sources`` and ``items``. Raises :class:`GradeError`."""
    unknown = sorted(tables.keys() - {"publishers", "sources", "items"})
    if unknown:
        raise GradeError(f"there is no table {unknown[0]!r}: publishers, sources and items are known")
    return Grades(
        publishers=_checked(tables, "publishers", RELIABILITY),
        sources=_checked(tables, "sources", RELIABILITY),
        items=_checked(tables, "items", CREDIBILITY),
    )


def offered(origins: int) -> tuple[str, ...]:
    """The degrees of credibility that a claim with so many origins can be given."""
    return tuple(degree for degree in CREDIBILITY if degree != "1" or origins > 1)


def _checked(tables: Mapping[str, object], name: str, known: Mapping[str, str]) -> dict[str, str]:
    table = tables.get(name, {})
    if not isinstance(table, Mapping):
        raise GradeError(f"{name} is no table")
    made = {str(key): str(grade).strip().upper() for key, grade in table.items()}
    may, what = _KEYS[name]
    for key, grade in made.items():
        if not may.fullmatch(key):
            raise GradeError(f"{name}: {key[:_LONGEST]!r} is not {what}")
        if grade not in known:
            raise GradeError(f"{name}: {key[:_LONGEST]}: {grade[:_LONGEST]!r} is none of {', '.join(known)}")
    return made
