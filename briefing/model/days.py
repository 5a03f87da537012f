"""Dates as precise as they are known: ISO days, months, years, and intervals of them (``2025-04-18/2025-04-20``)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.model.statuses import Status


def bounds(value: str) -> tuple[date, date]:
    """First and last day of an ISO date or interval. Raises ValueError for anything else."""
    first, _, last = value.partition("/")
    return _first(first), _last(last or first)


def date_relation(a: str, b: str) -> Status:
    """Compare two dates: agree, less_precise where they overlap without being equal, else differ.

    Args:
        a: ISO day, month, year or interval.
        b: The other one, in the same forms.

    Raises:
        ValueError: Where one of two unequal dates is in no such form.
    """
    if a == b:
        return "agree"
    (first, last), (start, end) = bounds(a), bounds(b)
    return "less_precise" if first <= end and start <= last else "differ"


def interval(first: date, last: date) -> str:
    """Write all days from ``first`` to ``last`` in the shortest ISO form: a day, a month, a year or an interval.

    Args:
        first: The first day.
        last: The last day, included.
    """
    if first == last:
        return first.isoformat()
    if first.day == 1 and last == _last(f"{last:%Y-%m}"):
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if (first.month, last.month, first.year) == (1, 12, last.year):
            return f"{first:%Y}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _first(value: str) -> date:
    year, month, day = _parts(value)
    return date(year, month or 1, day or 1)


def _last(value: str) -> date:
    year, month, day = _parts(value)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def _parts(value: str) -> tuple[int, int, int]:
    numbers = [int(part) for part in value.split("-")]
    if not 1 <= len(numbers) <= 3:
        raise ValueError(f"not a date: {value!r}")
    year, month, day = (*numbers, 0, 0)[:3]
    return year, month, day
