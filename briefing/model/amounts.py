"""Amounts as sources state them (exact, rounded, bounded or open), and the rules that compare two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from briefing.model.statuses import Status

_ROUNDED: Final = 0.1
"""By which share a rounded number may be off another."""
_STRETCH: Final = 3
"""How many times its bound an exact number may be: "at least 300" is not said of 5,000."""
_SMALL: Final = 5
"""Bounds up to this are said of more: "at least one" of several."""
_SEVERAL: Final = 25
"""What such a small bound is said of at most."""


class Amount(NamedTuple):
    """Inclusive bounds, either null where the text leaves it open. ``superseded`` where a later report moved it."""

    low: int | None
    high: int | None
    approx: bool = False
    superseded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether no number is given ("dozens", "several")."""
        return self.low is None and self.high is None

    @property
    def is_exact(self) -> bool:
        """Whether it is one number, rounded or not."""
        return self.low is not None and self.low == self.high


def relation(a: Amount, b: Amount) -> Status:
    """Compare two amounts of the same thing: agree, compatible, less_precise, later or differ.

    A bound is compatible with what lies within it, a rounded number with what it may have been rounded from. Two
    different bounds in one direction ("at least 7", "at least 10") differ.

    Args:
        a: One amount.
        b: The other one; the order of the two does not matter.
    """
    if (a.low, a.high) == (b.low, b.high):
        return "agree" if a.approx == b.approx or not a.is_exact else "compatible"
    if a.is_open or b.is_open:
        return "less_precise"
    if fits(a, b):
        return "compatible"
    return "later" if a.superseded or b.superseded else "differ"


def fits(a: Amount, b: Amount) -> bool:
    """Whether two amounts can both be true of one number. An open amount says nothing, so it fits any.

    Two different bounds in one direction ("at least 7", "at least 10") do not fit: as statements they are not the same.

    Args:
        a: One amount.
        b: The other one; the order of the two does not matter.
    """
    if a.is_open or b.is_open or (a.low, a.high) == (b.low, b.high):
        return True
    if a.is_exact and b.is_exact:
        return (a.approx or b.approx) and _close(a.low, b.low)
    if (a.low is None and b.low is None) or (a.high is None and b.high is None):
        return False
    return max(_least(a), _least(b)) <= min(_most(a), _most(b))


def written(low: int | None, high: int | None, approx: bool, evidence: str) -> str:
    """Write an amount in short: "4", "about 200", "300+", "up to 20", "25,000–30,000".

    Args:
        low: Inclusive lower bound; None where the text gives none.
        high: Inclusive upper bound; None where the text gives none.
        approx: Whether the number is rounded ("about"); not shown of an amount with one bound.
        evidence: The words of the text, returned as they are where neither bound is given ("dozens").
    """
    if low is None and high is None:
        return evidence
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,}+"
    number = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return f"about {number}" if approx else number


def _close(a: int | None, b: int | None) -> bool:
    """Whether two numbers are near enough for one to be the other rounded."""
    return a is not None and b is not None and abs(a - b) <= _ROUNDED * max(abs(a), abs(b))


def _least(amount: Amount) -> float:
    if amount.low is not None:
        return amount.low
    assert amount.high is not None
    return 0 if amount.high <= _SMALL else amount.high / _STRETCH


def _most(amount: Amount) -> float:
    if amount.high is not None:
        return amount.high
    assert amount.low is not None
    return _SEVERAL if amount.low <= _SMALL else amount.low * _STRETCH
