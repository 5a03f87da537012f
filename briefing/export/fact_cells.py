"""The columns that each kind of fact has in a table, and how a fact fills them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from briefing.model.kinds import FactKind
from briefing.model.wording import number

Row = dict[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class Cells:
    """``columns`` in order, and the cells of a fact by column."""

    columns: tuple[str, ...]
    of: Callable[[Any], Row]


def _count(fact: Any) -> Row:
    bounds: Row = {"number": number(fact), "low": fact.low, "high": fact.high, "approx": fact.approx}
    what: Row = {"item": fact.item, "category": fact.category, "operator": fact.operator}
    return {**bounds, **what, "what": fact.what, "asserted_by": fact.asserted_by}


def _participant(fact: Any) -> Row:
    who: Row = {"name": fact.name, "type": fact.kind, "role": fact.role}
    return {**who, "affiliation": fact.affiliation, "aliases": "; ".join(fact.aliases), "core": fact.core}


def _quote(fact: Any) -> Row:
    return {"speaker": fact.speaker, "speaker_kind": fact.speaker_kind, "cue": fact.cue}


CELLS: Final[dict[FactKind, Cells]] = {
    "count": Cells(("number", "low", "high", "approx", "item", "category", "operator", "what", "asserted_by"), _count),
    "participant": Cells(("name", "type", "role", "affiliation", "aliases", "core"), _participant),
    "quote": Cells(("speaker", "speaker_kind", "cue"), _quote),
}
"""Entities share the columns ``name`` and ``type`` with participants."""
