"""Prepare facts for the panel: documents with verdicts, rows and their layout, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from briefing.model.fact_forms import FORM_OF, form_of
from briefing.tui.fact_rows import rows_of
from briefing.tui.widgets.facts_panel import measure
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.model.facts import Extraction, Fact
    from briefing.model.safetext import SafeText
    from briefing.tui.agreement import Standings
    from briefing.tui.changes import ReviewsChanged
    from briefing.tui.fact_rows import Chosen, Document, Kind
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.facts_panel import HeadName, Measured


@dataclass(eq=False)
class FactsArranged(Message):
    """The answer to question number ``version`` of the facts panel: its rows, and how many of them are facts."""

    version: int
    measured: Measured
    facts: int
    keep: bool


@dataclass(eq=False)
class AllFactsLoaded(Message):
    """The facts of many sources. ``more`` sources were left out."""

    documents: Sequence[Document]
    more: int


def arranged(
    version: int,
    keep: bool,
    documents: Sequence[Document],
    chosen: Chosen,
    standings: Standings | None,
    folded: Collection[HeadName],
    width: int,
) -> FactsArranged:
    """Make and lay out the rows of the facts panel.

    Args:
        version: Number of the question, to drop answers to older ones.
        keep: Whether the cursor stays where it is.
        documents: Facts of the sources.
        chosen: Kind, groups and filter.
        standings: How facts stand among the sources; None where that is not known.
        folded: Heads that hide their facts.
        width: Width of a row in cells.
    """
    rows = rows_of(documents, chosen, standings)
    facts = sum(1 for entry in rows if entry.fact is not None)
    return FactsArranged(version, measure(rows, folded, width), facts, keep)


def with_reviews(documents: Sequence[Document], change: ReviewsChanged) -> list[Document]:
    """Replace the verdicts of one document.

    Args:
        documents: Facts of the sources.
        change: The source and its verdicts.
    """
    return [
        one._replace(reviews=change.reviews) if one.extraction.source_id == change.source_id else one
        for one in documents
    ]


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
