"""Amounts of counts, and whether they are compatible."""

import re
from collections.abc import Iterable
from typing import Final

from briefing.model import amounts
from briefing.model.amounts import Amount
from briefing.model.facts import Count


def amount(count: Count) -> Amount:
    """The bounds of a count."""
    return Amount(count.low, count.high, count.approx)


_VAGUE: Final = (
    (re.compile(r"\bhundreds\s(?:of\s)?thousands\b", re.IGNORECASE), 100_000, 999_999),
    (re.compile(r"\btens\s(?:of\s)?thousands\b", re.IGNORECASE), 10_000, 99_999),
    (re.compile(r"\bthousands?\b", re.IGNORECASE), 1_000, 20_000),
    (re.compile(r"\b(?:hundreds|several\shundred|a\sfew\shundred)\b", re.IGNORECASE), 120, 1_500),
    (re.compile(r"\b(?:dozens|scores|tens)\b", re.IGNORECASE), 18, 400),
    (re.compile(r"\b(?:pair|couple)\b", re.IGNORECASE), 2, 3),
    (re.compile(r"\b(?:several|some|many|few|numerous|multiple|various|handful)\b", re.IGNORECASE), 2, 100_000),
)
"""Words for a number, and between which numbers whoever uses them means one."""


def may_be(vague: str, least: int, most: int) -> bool:
    """Whether words for a number ("dozens") can be said of a number within bounds; True for words that tell nothing.

    Args:
        vague: The words, with what is counted.
        least: The least that the number can be.
        most: The most that it can be.
    """
    for pattern, low, high in _VAGUE:
        if pattern.search(vague):
            return low <= most and least <= high
    return True


def relation(a: Count, b: Count) -> str:
    """Compare the amounts of two counts of the same thing: ``same``, ``compatible`` or ``different``.

    Args:
        a: One count.
        b: The other one; the order of the two does not matter.
    """
    if (a.low, a.high) == (b.low, b.high):
        return "same"
    return "compatible" if amounts.fits(amount(a), amount(b)) else "different"


def written(count: Count) -> str:
    """The amount in short, see :func:`briefing.model.amounts.written`."""
    return amounts.written(count.low, count.high, count.approx, count.evidence.line())


def compatible(counts: Iterable[Count]) -> bool:
    """Whether no two of the amounts are different."""
    known = list({(count.low, count.high, count.approx): count for count in counts}.values())
    return all(relation(a, b) != "different" for place, a in enumerate(known) for b in known[place + 1 :])
