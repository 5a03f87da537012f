"""Confidence of rules from their record on annotated texts, in ``rule_records.toml``."""

from functools import lru_cache
from typing import Final

from briefing.extract.lexicon.files import read_all
from briefing.model.base import Confidence

HIGH: Final = 0.95
MEDIUM: Final = 0.80
"""Shares of right answers from which a confidence is given."""


def confidence_of(right: int, answers: int) -> Confidence:
    """The confidence that a record earns; few answers count for less.

    Args:
        right: Number of right answers.
        answers: Number of all answers.
    """
    share = (right + 0.5) / (answers + 1)
    return "high" if share >= HIGH else "medium" if share >= MEDIUM else "low"


def least(*given: Confidence) -> Confidence:
    """The lowest of several confidences."""
    return max(given, key=("high", "medium", "low").index)


@lru_cache(maxsize=1)
def _records() -> dict[str, dict[str, list[int]]]:
    return read_all(None)["rule_records"]


def trusted(kind: str, rule: str, otherwise: Confidence = "medium") -> Confidence:
    """The confidence that a rule's record earns.

    Args:
        kind: ``count`` or ``operator``.
        rule: Name of the rule.
        otherwise: Confidence of a rule without a record.
    """
    record = _records().get(kind, {}).get(rule)
    return otherwise if record is None else confidence_of(*record)
