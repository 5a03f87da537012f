"""The verdicts of a reader applied: to what was found in a source, and to what sources say of each other."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError

from briefing.export.selection import Document, ExportError, Reviews
from briefing.model.agreement import Agreement, Comparison
from briefing.model.claim_edit import ClaimEdit
from briefing.model.facts import Count, Extraction, Participant, Quote
from briefing.model.review import Review
from briefing.model.statuses import narrowed

FactPlace = tuple[str, str, int, int]
"""Kind of fact, source id, start, end."""
_Fact = TypeVar("_Fact", Count, Participant, Quote)
_REVIEWABLE = {"count": "count", "quote": "quote", "name": "participant", "participant": "participant"}
"""Kinds of claims, with the kind of fact that a verdict on them is about."""


def reviewed(
    extraction: Extraction, reviews: Mapping[str, Review], accepted_only: bool = False
) -> tuple[Extraction, dict[str, str]]:
    """The extraction without rejected facts and with corrected ones, and each remaining fact's state by its new key.

    The new key of an edited participant follows its corrected name. Raises :class:`ExportError` where a correction
    does not fit the fact.
    """
    states: dict[str, str] = {}

    def kept(facts: Sequence[_Fact]) -> tuple[_Fact, ...]:
        result = []
        for fact in facts:
            review = reviews.get(fact.key)
            state = review.state if review else "unreviewed"
            if state == "rejected" or (accepted_only and state not in {"accepted", "edited"}):
                continue
            corrected = _corrected(fact, review) if review and state == "edited" else fact
            states[corrected.key] = state
            result.append(corrected)
        return tuple(result)

    facts = {
        "counts": kept(extraction.counts),
        "participants": kept(extraction.participants),
        "quotes": kept(extraction.quotes),
    }
    return extraction.model_copy(update=facts), states


def compare_reviewed(
    documents: Sequence[Document], reviews: Reviews, accepted_only: bool = False, edits: Iterable[ClaimEdit] = ()
) -> Comparison:
    """What the sources say of each claim, as their reader left it: what every screen and format shows.

    Corrected facts are compared as corrected. Rejected ones are compared too and taken out afterwards, so that no
    verdict changes who an item is from. ``edits`` are what the reader said of events and origins.
    """
    from briefing.compare import compare

    corrected = [(source, _as_corrected(found, reviews.get(source.id, {}))) for source, found in documents]
    return without(compare(corrected, edits=edits), taken_out(documents, reviews, accepted_only), accepted_only)


def taken_out(documents: Sequence[Document], reviews: Reviews, accepted_only: bool = False) -> "set[FactPlace]":
    """Where the facts stand that their reader does not want."""
    gone: set[FactPlace] = set()
    for source, found in documents:
        verdicts = reviews.get(source.id, {})
        if verdicts or accepted_only:
            kept = reviewed(found, verdicts, accepted_only)[0]
            gone |= _places(source.id, found) - _places(source.id, kept)
    return gone


def without(comparison: Comparison, gone: "set[FactPlace]", accepted_only: bool = False) -> Comparison:
    """The comparison but for the facts at these places; with ``accepted_only`` only kinds that can be accepted."""
    if not gone and not accepted_only:
        return comparison
    groups = [_remaining(group, gone) for group in comparison.groups if not accepted_only or group.kind in _REVIEWABLE]
    return comparison.model_copy(update={"groups": tuple(group for group in groups if group is not None)})


def _remaining(group: Agreement, gone: "set[FactPlace]") -> Agreement | None:
    kind = _REVIEWABLE.get(group.kind)
    if kind is None:
        return group
    items = tuple(item for item in group.items if (kind, item.document, item.start, item.end) not in gone)
    return narrowed(group, items) if items else None


def _as_corrected(extraction: Extraction, reviews: Mapping[str, Review]) -> Extraction:
    """All facts, the corrected ones as corrected."""
    edits = {key: review for key, review in reviews.items() if review.state == "edited"}
    if not edits:
        return extraction

    def corrected(facts: Iterable[_Fact]) -> tuple[_Fact, ...]:
        return tuple(_corrected(fact, edits[fact.key]) if fact.key in edits else fact for fact in facts)

    facts = {
        "counts": corrected(extraction.counts),
        "participants": corrected(extraction.participants),
        "quotes": corrected(extraction.quotes),
    }
    return extraction.model_copy(update=facts)


def _places(source_id: str, extraction: Extraction) -> "set[FactPlace]":
    """Where the facts of an extraction stand."""
    return {
        *(("count", source_id, fact.start, fact.end) for fact in extraction.counts),
        *(("quote", source_id, fact.start, fact.end) for fact in extraction.quotes),
        *(("participant", source_id, *span) for fact in extraction.participants for span in fact.mentions),
    }


def _corrected(fact: _Fact, review: Review) -> _Fact:
    try:
        return type(fact).model_validate({**fact.model_dump(), **(review.edited or {})})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ExportError(f"the correction of {fact.key} does not fit: {where}: {first['msg']}") from error
