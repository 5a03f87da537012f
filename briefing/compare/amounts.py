"""Numbers as sources state them: exact, rounded, bounded or open, and whether two of them can be one."""

from collections.abc import Iterable
from typing import Final, Literal

from briefing.model.facts import Count

Relation = Literal["same", "compatible", "different"]

_ROUNDED: Final = 0.1
"""By which share a rounded number may be off another."""
_STRETCH: Final = 3
"""How many times its bound an exact number may be: "at least 300" is not said of 5,000."""
_SMALL: Final = 5
"""Bounds up to this are exempt: "at least one" is said of several."""


def relation(a: Count, b: Count) -> Relation:
    """How two amounts stand to each other.

    Open ones ("dozens") are compatible with any; a bound with what lies within it; a rounded number with what it may
    have been rounded from. Two bounds in one direction ("at least 7", "at least 10") are different, as the tallies of a
    developing story are.
    """
    if (a.low, a.high) == (b.low, b.high):
        return "same"
    if _open(a) or _open(b):
        return "compatible"
    if _exact(a) and _exact(b):
        return "compatible" if (a.approx or b.approx) and _close(a.low, b.low) else "different"
    if (a.low is None and b.low is None) or (a.high is None and b.high is None):
        return "different"
    return "compatible" if _overlap(a, b) else "different"


def written(count: Count) -> str:
    """The amount in short: "4", "about 200", "300+", "up to 20", "25,000–30,000"; an open one as the text has it."""
    if count.low is None and count.high is None:
        return count.evidence.line()
    if count.low is None:
        return f"up to {count.high:,}"
    if count.high is None:
        return f"{count.low:,}+"
    number = f"{count.low:,}" if _exact(count) else f"{count.low:,}–{count.high:,}"
    return f"about {number}" if count.approx else number


def compatible(counts: Iterable[Count]) -> bool:
    """Whether no two of the amounts are different."""
    known = list({(count.low, count.high, count.approx): count for count in counts}.values())
    return all(relation(a, b) != "different" for place, a in enumerate(known) for b in known[place + 1 :])


def _open(count: Count) -> bool:
    return count.low is None and count.high is None


def _exact(count: Count) -> bool:
    return count.low is not None and count.low == count.high


def _close(a: int | None, b: int | None) -> bool:
    """Whether two numbers are near enough for one to be the other rounded."""
    return a is not None and b is not None and abs(a - b) <= _ROUNDED * max(abs(a), abs(b))


def _overlap(a: Count, b: Count) -> bool:
    """Whether two amounts, one at least a range or a bound, have a likely number in common."""
    low = max(_least(a), _least(b))
    high = min(_most(a), _most(b))
    return low <= high


def _least(count: Count) -> float:
    if count.low is not None:
        return count.low
    assert count.high is not None
    return 0 if count.high <= _SMALL else count.high / _STRETCH


def _most(count: Count) -> float:
    if count.high is not None:
        return count.high
    assert count.low is not None
    return float("inf") if count.low <= _SMALL else count.low * _STRETCH
