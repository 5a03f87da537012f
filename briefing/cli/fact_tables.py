"""How each kind of fact is listed for a person: title, columns, a fact's line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from briefing.model.kinds import FactKind
from briefing.model.wording import number

Passage = Callable[[int], str]
"""An offset in the text as ``¶2.1``: paragraph 2, sentence 1."""


@dataclass(frozen=True, slots=True)
class FactTable:
    """``line`` is given a fact and what puts an offset in words; columns in ``right`` are set flush right."""

    title: str
    heads: tuple[str, ...]
    line: Callable[[Any, Passage], tuple[object, ...]]
    right: tuple[int, ...] = ()


FACT_TABLES: Final[dict[FactKind, FactTable]] = {
    "count": FactTable(
        "Counts",
        ("NUMBER", "WHAT", "OPERATOR", "CATEGORY", "SURE", "AT", "AS WRITTEN"),
        lambda c, at: (number(c), c.item, c.operator, c.category, c.confidence, at(c.start), c.evidence),
        right=(0,),
    ),
    "participant": FactTable(
        "Participants",
        ("NAME", "KIND", "PART", "ROLE", "AFFILIATION", "SURE", "AT"),
        lambda p, at: (
            p.name, p.kind, "takes part" if p.core else "mentioned", p.role, p.affiliation, p.confidence,
            at(p.mentions[0][0]) if p.mentions else "",
        ),
    ),
    "quote": FactTable(
        "Quotes",
        ("SPEAKER", "SURE", "AT", "WORDS"),
        lambda q, at: (q.speaker or "not named", q.confidence, at(q.start), f"“{q.text}”"),
    ),
}  # fmt: skip
