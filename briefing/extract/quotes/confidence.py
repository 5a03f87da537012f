"""How far a speaker is trusted: the record of the rule that found the phrase, by how the phrase was resolved.

The records are right answers and all answers on annotated texts, in ``speaker_records.toml``. Few answers are filled up
with those of all rules whose phrase was resolved in the same way, and these with those of all: so each record counts
for as much as it is long.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from briefing.extract.lexicon.files import read_all
from briefing.model.base import Confidence

ORDER: Final[tuple[Confidence, ...]] = ("high", "medium", "low")
HIGH: Final = 0.96
MEDIUM: Final = 0.85
"""Shares of right answers from which a confidence is given."""
_FILL: Final = 10
"""Answers that a record is filled up with."""

Records = Mapping[tuple[str, str], tuple[int, int]]
"""Right answers and all answers, by rule and resolution."""


def earned(records: Records, rule: str, how: str) -> Confidence:
    """The confidence that records give to an answer.

    Args:
        records: Records of annotated texts.
        rule: The rule that found the speaker's phrase.
        how: How the phrase was resolved to a name.
    """
    right, answers = _filled(records.values(), 1, 2)
    right, answers = _filled((r for key, r in records.items() if key[1] == how), right, answers)
    right, answers = _filled([records.get((rule, how), (0, 0))], right, answers)
    share = right / answers
    return "high" if share >= HIGH else "medium" if share >= MEDIUM else "low"


def _filled(records: Iterable[tuple[int, int]], right: float, answers: float) -> tuple[float, float]:
    """The sum of the records and a share of others, of so many answers right, that counts for ten answers."""
    listed = list(records)
    share = right / answers
    return sum(r for r, _ in listed) + _FILL * share, sum(n for _, n in listed) + _FILL


@lru_cache(maxsize=1)
def _records() -> Records:
    table = read_all(None)["speaker_records"]
    return {(rule, how): (right, answers) for rule, of in table.items() for how, (right, answers) in of.items()}


@lru_cache(maxsize=256)
def trusted(rule: str, how: str) -> Confidence:
    """The confidence of a speaker, by the records that are shipped.

    Args:
        rule: The rule that found the speaker's phrase.
        how: How the phrase was resolved to a name.
    """
    return earned(_records(), rule, how)
