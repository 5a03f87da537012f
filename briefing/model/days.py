"""Dates as precise as they are known: ISO days, months, years, and intervals of them (``2025-04-18/2025-04-20``)."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from briefing.model.statuses import Status

Unit = Literal["day", "week", "month"]


class Dated(NamedTuple):
    """Something with a date: its key, its first and last day in ISO, and the sources that tell of it."""

    key: str
    start: str
    end: str | None
    sources: Sequence[Hashable]
    reported: bool = True
    """Whether sources report it, and do not only recall it: that may be a war ago."""


class Stretch(NamedTuple):
    """A day, week or month of a map of dates: its ISO date or interval, what is in it, and by how many sources."""

    value: str
    first: date
    keys: tuple[str, ...]
    sources: int


def stretches(dated: Iterable[Dated], most: int) -> tuple[Unit, list[Stretch]]:
    """Divide what has a date into days; into weeks where these would be more than ``most``, else into months.

    What lasts stands at the day it begins, and what is known by its month or year only beside the days, under that.
    Days without anything are left out.

    Args:
        dated: What has a date, in any order.
        most: How many days, or weeks, there is room for from the first to the last that is reported.
    """
    known = [(one, bounds(one.start)) for one in dated]
    days = [first for one, (first, last) in known if first == last and one.reported]
    spread = (max(days) - min(days)).days + 1 if days else 0
    unit: Unit = "day" if spread <= most else "week" if spread <= 7 * most else "month"
    held: dict[tuple[date, str], list[Dated]] = defaultdict(list)
    for one, (first, last) in known:
        value = _stretch_of(first, unit) if first == last else one.start
        held[bounds(value)[0], value].append(one)
    found = [
        Stretch(value, first, tuple(one.key for one in ones), len({source for one in ones for source in one.sources}))
        for (first, value), ones in sorted(held.items(), key=lambda pair: (pair[0][0], -len(pair[0][1]), pair[0][1]))
    ]
    return unit, found


def _stretch_of(day: date, unit: Unit) -> str:
    """The day, or the week from Monday or the month that holds it, as ISO."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    return day.isoformat() if unit == "day" else f"{day:%Y-%m}"


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
