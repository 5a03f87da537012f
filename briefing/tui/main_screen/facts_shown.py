"""Prepare claims for the panel: rows and their layout, numbers, the detail below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from briefing.model.fact_forms import FORM_OF, form_of
from briefing.tui.facts.claim_rows import numbers_of, rows_of
from briefing.tui.facts.detail import InSight, sentence_of, sentence_without_text
from briefing.tui.widgets.facts_panel import measure
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from briefing.model.facts import Extraction, Fact
    from briefing.model.safetext import SafeText
    from briefing.tui.agreement import Standings
    from briefing.tui.fact_forms import Trait
    from briefing.tui.fact_rows import Chosen, Document, Kind
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.facts_panel import FactList, HeadName, Measured


@dataclass(eq=False)
class FactsArranged(Message):
    """The answer to question number ``version`` of the facts panel: its rows."""

    version: int
    measured: Measured
    claims: int
    """How many rows are claims."""
    left: int
    """How many of these wait for a verdict."""
    numbers: Mapping[Kind, int]
    """How many claims of each kind there are, whatever is filtered."""
    keep: bool


class Asked(NamedTuple):
    """What the rows are made of: number of the question, whether the cursor stays where it is, the facts."""

    version: int
    keep: bool
    documents: Sequence[Document]
    standings: Standings | None
    groups: Mapping[Kind, Trait | None]


def arranged(asked: Asked, chosen: Chosen, folded: Collection[HeadName], width: int) -> FactsArranged:
    """Make and lay out the rows of the facts panel.

    Args:
        asked: What they are made of.
        chosen: Kind, groups and filter.
        folded: Heads that hide their claims.
        width: Width of a row in cells.
    """
    rows = rows_of(asked.documents, chosen, asked.standings)
    claims = [entry for entry in rows if entry.fact is not None]
    left = sum(1 for entry in claims if entry.state == "unreviewed")
    numbers = numbers_of(asked.documents, asked.standings, asked.groups)
    return FactsArranged(asked.version, measure(rows, folded, width), len(claims), left, numbers, asked.keep)


def in_sight(facts: FactList, state: ReaderState) -> InSight | None:
    """What is known of the fact in sight; None where there is none.

    Args:
        facts: The list.
        state: What the reader shows.
    """
    entry, standings, source = facts.member(), state.standings, state.source
    fact = entry.shown if entry is not None else None
    if entry is None or fact is None:
        return None
    spans = evidence_of(fact)
    if source is not None and source.id == entry.source_id and state.extraction is not None and spans:
        sentence = sentence_of(fact, spans[0], source, state.extraction.sentences)
    else:
        sentence = sentence_without_text(fact)
    group = standings.group_of(entry.source_id, fact) if standings else None
    return InSight(entry, facts.place_of_member(), sentence, group, standings.names if standings else {})


def how_many(extraction: Extraction, kind: Kind) -> int:
    """Number of facts of a kind.

    Args:
        extraction: The extraction.
        kind: The kind.
    """
    return len(FORM_OF[kind].of(extraction))


def evidence_of(fact: Fact) -> list[tuple[int, int]]:
    """Spans where a fact was read, the place to go to first."""
    return list(form_of(fact).spans(fact))


def no_facts(state: ReaderState, kind: Kind, *, filtered: bool) -> SafeText:
    """What stands in an empty list.

    Args:
        state: What the reader shows.
        kind: Kind of the facts.
        filtered: Whether only some are wanted.
    """
    if state.source is None and not state.all_sources:
        return own("Open a source to see its facts.")
    if state.extraction is None and not state.all_sources:
        return own("Loading …")
    if filtered:
        return own(f"No {FORM_OF[kind].field} match. Esc shows all of them.")
    return own(f"No {FORM_OF[kind].field} found. ← → for other kinds.")
