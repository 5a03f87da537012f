"""Amounts of counts, and whether they are compatible."""

from collections.abc import Iterable

from briefing.model import amounts
from briefing.model.amounts import Amount
from briefing.model.facts import Count


def amount(count: Count) -> Amount:
    """The bounds of a count."""
    return Amount(count.low, count.high, count.approx)


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
