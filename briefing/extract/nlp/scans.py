"""Lower the confidence of facts on pages that were recognised in pictures: a letter may be another one."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, TypeVar

from briefing.model.base import Confidence
from briefing.model.facts import Count, Extraction, Mention, Participant, Quote
from briefing.model.source import Page

_LESS: Final[dict[Confidence, Confidence]] = {"high": "medium", "medium": "low", "low": "low"}

Found = TypeVar("Found", Count, Mention, Participant, Quote)


def less_sure(found: Extraction, pages: Sequence[Page]) -> Extraction:
    """Lower the confidence of each fact on a recognised page by one step.

    Args:
        found: The extraction.
        pages: Pages of the source in order; may be empty.
    """
    if not any(page.kind == "scan" for page in pages):
        return found

    def lowered(fact: Found, start: int) -> Found:
        page = pages[max(0, bisect_right(pages, start, key=lambda one: one.start) - 1)]
        return fact.model_copy(update={"confidence": _LESS[fact.confidence]}) if page.kind == "scan" else fact

    return found.model_copy(
        update={
            "mentions": tuple(lowered(one, one.start) for one in found.mentions),
            "counts": tuple(lowered(one, one.start) for one in found.counts),
            "participants": tuple(
                lowered(one, one.mentions[0][0] if one.mentions else 0) for one in found.participants
            ),
            "quotes": tuple(lowered(one, one.start) for one in found.quotes),
        }
    )
