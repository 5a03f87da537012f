"""Facts as the panel shows them: where they were read, how many there are, how they are arranged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from briefing.tui.fact_rows import KIND_NAMES, rows_of
from briefing.tui.widgets.facts_panel import measure
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.model.facts import Extraction, Fact
    from briefing.model.safetext import SafeText
    from briefing.tui.agreement import Standings
    from briefing.tui.fact_rows import Chosen, Document, Kind
    from briefing.tui.state import ReaderState, ReviewsChanged
    from briefing.tui.widgets.facts_panel import HeadName, Measured


@dataclass(eq=False)
class FactsArranged(Message):
    """The answer to question number ``version`` of what the facts panel shows: its rows, and how many are facts."""

    version: int
    measured: Measured
    facts: int
    keep: bool


def arranged(
    version: int,
    keep: bool,
    documents: Sequence[Document],
    chosen: Chosen,
    standings: Standings | None,
    folded: Collection[HeadName],
    width: int,
) -> FactsArranged:
    """The rows for what was chosen, laid out for ``width`` cells; ``folded`` are the heads that hide theirs."""
    rows = rows_of(documents, chosen, standings)
    facts = sum(1 for entry in rows if entry.fact is not None)
    return FactsArranged(version, measure(rows, folded, width), facts, keep)


def with_reviews(documents: Sequence[Document], change: ReviewsChanged) -> list[Document]:
    """The documents, one of them with the verdicts that it has now."""
    return [
        one._replace(reviews=change.reviews) if one.extraction.source_id == change.source_id else one
        for one in documents
    ]


def how_many(extraction: Extraction, kind: Kind) -> int:
    """How many facts of a kind there are."""
    return len({"count": extraction.counts, "participant": extraction.participants, "quote": extraction.quotes}[kind])


def evidence_of(fact: Fact) -> list[tuple[int, int]]:
    """Spans where a fact was read, the place to go to first."""
    kind = fact.key.partition(":")[0]
    if kind == "participant":
        return list(fact.mentions)  # type: ignore[union-attr]
    spans = [(fact.start, fact.end)]  # type: ignore[union-attr]
    start, end = getattr(fact, "speaker_start", None), getattr(fact, "speaker_end", None)
    return [*spans, (start, end)] if start is not None and end is not None else spans


def no_facts(state: ReaderState, kind: Kind, *, filtered: bool) -> SafeText:
    """What stands in an empty list."""
    if state.source is None and not state.all_sources:
        return own("Open a source to see its facts.")
    if state.extraction is None and not state.all_sources:
        return own("Loading …")
    if filtered:
        return own(f"No {KIND_NAMES[kind]} match. Esc shows all of them.")
    return own(f"No {KIND_NAMES[kind]} found. ← → for other kinds.")
