"""Apply the user's verdicts to extractions and to comparisons."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import ValidationError

from briefing.export.selection import Document, ExportError, Reviews
from briefing.model.agreement import Agreement, Comparison
from briefing.model.claim_edit import ClaimEdit
from briefing.model.fact_forms import FORMS, corrected, with_facts
from briefing.model.facts import Extraction, Fact
from briefing.model.review import Review
from briefing.model.statuses import FACT_OF_CLAIM, narrowed

FactPlace = tuple[str, str, int, int]
"""Kind of fact, source id, start, end."""


def reviewed(
    extraction: Extraction, reviews: Mapping[str, Review], accepted_only: bool = False
) -> tuple[Extraction, dict[str, str]]:
    """Apply verdicts to an extraction: rejected facts go, edited ones are corrected.

    Returns the extraction, and the state of each remaining fact by its key; the key of an edited fact follows its
    corrected name or place. What a reader added is "added", unless they are unsure of it.

    Args:
        extraction: The extraction.
        reviews: Verdicts by key of the fact.
        accepted_only: Whether facts that are not accepted or edited go as well.

    Raises:
        ExportError: Where a correction does not fit the fact.
    """
    states: dict[str, str] = {}

    def kept(facts: Sequence[Fact]) -> list[Fact]:
        result: list[Fact] = []
        for fact in facts:
            review = reviews.get(fact.key)
            state = review.state if review else "unreviewed"
            if state == "rejected" or (accepted_only and state not in {"accepted", "edited"}):
                continue
            right = _corrected(fact, review) if review and review.edited else fact
            states[right.key] = "added" if right.added_by and state in {"accepted", "edited"} else state
            result.append(right)
        return result

    return with_facts(extraction, lambda _, facts: kept(facts)), states


def compare_reviewed(
    documents: Sequence[Document], reviews: Reviews, accepted_only: bool = False, edits: Iterable[ClaimEdit] = ()
) -> Comparison:
    """Compare sources under the user's verdicts: what every screen and format shows.

    Corrected facts are compared as corrected. Rejected ones are compared too and taken out afterwards, so that no
    verdict changes who an item is from.

    Args:
        documents: Sources with their extractions.
        reviews: Verdicts by id of the source, then by key of the fact.
        accepted_only: Whether facts that are not accepted or edited are taken out as well.
        edits: What the user said of events and origins.

    Raises:
        ExportError: Where a correction does not fit its fact.
    """
    whole = compare_corrected(documents, reviews, edits)
    return without(whole, taken_out(documents, reviews, accepted_only), accepted_only)


def compare_corrected(documents: Sequence[Document], reviews: Reviews, edits: Iterable[ClaimEdit] = ()) -> Comparison:
    """Compare all facts as they were corrected, rejected ones too.

    Args:
        documents: Sources with their extractions.
        reviews: Verdicts by id of the source, then by key of the fact.
        edits: What the user said of events and origins.

    Raises:
        ExportError: Where a correction does not fit its fact.
    """
    from briefing.compare import compare

    corrected = [(source, _as_corrected(found, reviews.get(source.id, {}))) for source, found in documents]
    return compare(corrected, edits=edits)


def taken_out(documents: Sequence[Document], reviews: Reviews, accepted_only: bool = False) -> "set[FactPlace]":
    """Places of the facts that verdicts take out.

    Args:
        documents: Sources with their extractions.
        reviews: Verdicts by id of the source, then by key of the fact.
        accepted_only: Whether facts that are not accepted or edited are taken out as well.
    """
    gone: set[FactPlace] = set()
    for source, found in documents:
        verdicts = reviews.get(source.id, {})
        if verdicts or accepted_only:
            kept = reviewed(found, verdicts, accepted_only)[0]
            gone |= _places(source.id, found) - _places(source.id, kept)
    return gone


def without(comparison: Comparison, gone: "set[FactPlace]", accepted_only: bool = False) -> Comparison:
    """The comparison without some facts.

    Args:
        comparison: The comparison.
        gone: Places of the facts.
        accepted_only: Whether to keep only claims of kinds that can be accepted.
    """
    if not gone and not accepted_only:
        return comparison
    groups = [
        _remaining(group, gone) for group in comparison.groups if not accepted_only or group.kind in FACT_OF_CLAIM
    ]
    return comparison.model_copy(update={"groups": tuple(group for group in groups if group is not None)})


def _remaining(group: Agreement, gone: "set[FactPlace]") -> Agreement | None:
    kind = FACT_OF_CLAIM.get(group.kind)
    if kind is None:
        return group
    items = tuple(item for item in group.items if (kind, item.document, item.start, item.end) not in gone)
    return narrowed(group, items) if items else None


def _as_corrected(extraction: Extraction, reviews: Mapping[str, Review]) -> Extraction:
    """All facts, with corrections applied."""
    edits = {key: one for key, one in reviews.items() if one.edited and one.state != "rejected"}
    if not edits:
        return extraction

    def right(facts: Iterable[Fact]) -> list[Fact]:
        return [_corrected(fact, edits[fact.key]) if fact.key in edits else fact for fact in facts]

    return with_facts(extraction, lambda _, facts: right(facts))


def _places(source_id: str, extraction: Extraction) -> "set[FactPlace]":
    """Where the facts of an extraction stand."""
    return {
        (form.kind, source_id, *span) for form in FORMS for fact in form.of(extraction) for span in form.anchors(fact)
    }


def _corrected(fact: Fact, review: Review) -> Fact:
    try:
        return corrected(fact, review.edited or {})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ExportError(f"the correction of {fact.key} does not fit: {where}: {first['msg']}") from error
