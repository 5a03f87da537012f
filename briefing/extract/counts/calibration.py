"""How far a rule's answers are trusted: from its own record on annotated texts, in ``rule_records.toml``.

A record of few answers says little: it is mixed with ``_WEIGHT`` answers of a middling rule. What a rule says of people
and of things has a record of its own, for many a rule reads one of the two much better.
"""

from functools import lru_cache
from typing import Any, Final

from briefing.extract.lexicon.files import read_all
from briefing.model.base import Confidence

HIGH: Final = 0.95
MEDIUM: Final = 0.80
"""Shares of right answers from which a confidence is given."""
_WEIGHT: Final = 8
_MIDDLING: Final = 0.85


def confidence_of(right: int, answers: int) -> Confidence:
    """The confidence that a record earns.

    Args:
        right: Number of right answers.
        answers: Number of all answers.
    """
    share = (right + _WEIGHT * _MIDDLING) / (answers + _WEIGHT)
    return "high" if share >= HIGH else "medium" if share >= MEDIUM else "low"


def least(*given: Confidence) -> Confidence:
    """The lowest of several confidences."""
    return max(given, key=("high", "medium", "low").index)


def kind_of(category: str) -> str:
    """The table of records for who operates things of a category."""
    return "people" if category == "personnel" else "things"


@lru_cache(maxsize=1)
def _records() -> dict[str, dict[str, Any]]:
    return read_all(None)["rule_records"]


def trusted(kind: str, rule: str, otherwise: Confidence = "medium") -> Confidence:
    """The confidence that a rule's record earns.

    Args:
        kind: Table of records; see :func:`kind_of`.
        rule: Name of the rule.
        otherwise: Confidence of a rule without a record.
    """
    record = _records().get(kind, {}).get(rule)
    return otherwise if record is None else confidence_of(*record)
