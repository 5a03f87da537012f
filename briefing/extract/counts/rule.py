"""A named rule: what it is called, what it does, how far it is trusted, and the examples that are its tests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefing.model.base import Confidence

Reader = TypeVar("Reader")
Place = TypeVar("Place")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Reader, Place, Answer]):
    """One rule of an ordered tuple that a loop runs.

    Args:
        name: names the rule in ``Count.rule``, in the settings of a benchmark and in the documentation.
        apply: the reader of the document and the place that is looked at, to what the rule says of it; what is false
            says nothing, and the next rule is asked.
        confidence: the highest confidence that a fact read by it may have.
        examples: texts with what the rule reads in each; they are run as tests.
    """

    name: str
    apply: Callable[[Reader, Place], Answer]
    confidence: Confidence
    examples: tuple[tuple[str, str], ...]


def least(*given: Confidence) -> Confidence:
    """The lowest of several confidences."""
    return max(given, key=_ORDER.index)


_ORDER: tuple[Confidence, ...] = ("high", "medium", "low")
