"""Lower the confidence of facts on pages that were recognised in pictures: a letter may be another one."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from briefing.model.base import Confidence
from briefing.model.fact_forms import with_facts
from briefing.model.facts import Extraction
from briefing.model.source import Page

_LESS: Final[dict[Confidence, Confidence]] = {"high": "medium", "medium": "low", "low": "low"}


def less_sure(found: Extraction, pages: Sequence[Page]) -> Extraction:
    """Lower the confidence of each fact on a recognised page by one step.

    Args:
        found: The extraction.
        pages: Pages of the source in order; may be empty.
    """
    if not any(page.kind == "scan" for page in pages):
        return found

    def lowered(start: int, confidence: Confidence) -> Confidence:
        page = pages[max(0, bisect_right(pages, start, key=lambda one: one.start) - 1)]
        return _LESS[confidence] if page.kind == "scan" else confidence

    mentions = tuple(
        one.model_copy(update={"confidence": lowered(one.start, one.confidence)}) for one in found.mentions
    )
    return with_facts(
        found.model_copy(update={"mentions": mentions}),
        lambda form, facts: (
            one.model_copy(update={"confidence": lowered(form.span(one)[0], one.confidence)}) for one in facts
        ),
    )
