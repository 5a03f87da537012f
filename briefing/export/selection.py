"""What is to be written out, and the verdicts of its reader applied to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from briefing.model.agreement import Comparison
from briefing.model.facts import Count, Extraction, Participant, Quote
from briefing.model.review import Review
from briefing.model.safetext import SafeText
from briefing.model.source import Source

Document = tuple[Source, Extraction]
Reviews = Mapping[str, Mapping[str, Review]]
"""Verdicts by source id, then by the key of the fact."""

_Fact = TypeVar("_Fact", Count, Participant, Quote)


class ExportError(Exception):
    """Something that keeps a selection from being written; the message says what and where."""


@dataclass(frozen=True)
class Selection:
    """Sources with what was found in them, in the order they are to be cited.

    ``day`` is printed as the brief's date: it is asked for so that the same selection gives the same text on any day.
    ``comparison`` refers to sources by their id. With ``accepted_only`` a fact appears only once its reader said yes.
    """

    documents: tuple[Document, ...]
    day: date
    title: SafeText = field(default_factory=SafeText)
    reviews: Reviews = field(default_factory=dict)
    comparison: Comparison | None = None
    accepted_only: bool = False

    @property
    def heading(self) -> SafeText:
        """The title, or one made from the sources where none was given."""
        given = SafeText(self.title).line()
        if given:
            return given
        if len(self.documents) == 1:
            return SafeText("Brief: ") + (self.documents[0][0].title.line() or "untitled source")
        return SafeText(f"Brief on {len(self.documents)} sources")

    def state(self, source_id: str, key: str) -> str:
        """What the reader said of the fact ``key``: ``accepted``, ``rejected``, ``edited`` or ``unreviewed``."""
        review = self.reviews.get(source_id, {}).get(key)
        return review.state if review else "unreviewed"


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


def _corrected(fact: _Fact, review: Review) -> _Fact:
    try:
        return type(fact).model_validate({**fact.model_dump(), **(review.edited or {})})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ExportError(f"the correction of {fact.key} does not fit: {where}: {first['msg']}") from error
