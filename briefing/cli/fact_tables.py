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
    """How facts of a kind are told.

    ``line`` is given a fact and what puts an offset in words; ``sentence`` tells a fact to who listens; columns in
    ``right`` are set flush right.
    """

    title: str
    heads: tuple[str, ...]
    line: Callable[[Any, Passage], tuple[object, ...]]
    sentence: Callable[[Any], str]
    right: tuple[int, ...] = ()


def _count(count: Any) -> str:
    operator = f", {count.operator.line()}" if count.operator else ""
    return f"Count: {number(count)} {count.item.line()}{operator}. As written: “{count.evidence.line()}”."


def _participant(participant: Any) -> str:
    known = [part.line() for part in (participant.role, participant.affiliation) if part]
    part = "takes part" if participant.core else "is mentioned"
    about = f", {', '.join(known)}" if known else ""
    return f"Participant: {participant.name.line()}, {participant.kind}{about}; {part}."


def _quote(quote: Any) -> str:
    speaker = quote.speaker.line() if quote.speaker else "speaker not named"
    return f"Quote: {speaker}: “{quote.text.line()}”."


FACT_TABLES: Final[dict[FactKind, FactTable]] = {
    "count": FactTable(
        "Counts",
        ("NUMBER", "WHAT", "OPERATOR", "CATEGORY", "SURE", "AT", "AS WRITTEN"),
        lambda c, at: (number(c), c.item, c.operator, c.category, c.confidence, at(c.start), c.evidence),
        _count,
        right=(0,),
    ),
    "participant": FactTable(
        "Participants",
        ("NAME", "KIND", "PART", "ROLE", "AFFILIATION", "SURE", "AT"),
        lambda p, at: (
            p.name, p.kind, "takes part" if p.core else "mentioned", p.role, p.affiliation, p.confidence,
            at(p.mentions[0][0]) if p.mentions else "",
        ),
        _participant,
    ),
    "quote": FactTable(
        "Quotes",
        ("SPEAKER", "SURE", "AT", "WORDS"),
        lambda q, at: (q.speaker or "not named", q.confidence, at(q.start), f"“{q.text}”"),
        _quote,
    ),
}  # fmt: skip
