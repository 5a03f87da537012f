"""Row numbers for sources that put them in the order of their dates.

The full-text index can only be walked, quickly and without reading it all, by row id. So a source's number is made of
its day and a running number within the day: walking backwards is newest first, and a span of days is a range of
numbers. Sources without a date come before all dated ones, in the order in which they were added.

    1 … 2³⁰ - 1                       undated
    2³⁰ + (days since 1800) · 2¹³ + n  dated, n below 8,192

A day that is full, and a date outside 1800 to 2158, spills into the nearest number below that is free; the total
``spilled`` then tells searches that a range of dates must be checked against the dates themselves.
"""

from datetime import date, datetime
from typing import Final

from briefing.library.store.database import Database

_BASE: Final = 1 << 30
BITS: Final = 13
_DAYS: Final = 1 << 17
FIRST_YEAR: Final = 1800
"""Dates before this spill."""
_FIRST_DAY: Final = date(FIRST_YEAR, 1, 1).toordinal()


def day_range(first: date | None, last: date | None) -> tuple[int, int]:
    """The lowest and highest row number of sources of a range of days.

    Args:
        first: First day; None leaves the beginning open.
        last: Last day, included; None leaves the end open.
    """
    low = _start(first) if first else _BASE
    high = _start(last) + (1 << BITS) - 1 if last else _BASE + (_DAYS << BITS) - 1
    return low, high


def day_of(number: int) -> date | None:
    """The day of the source with that number, unless it spilled; None where it has no date."""
    return date.fromordinal(_FIRST_DAY + ((number - _BASE) >> BITS)) if number >= _BASE else None


def allot(db: Database, published: date | datetime | None) -> int:
    """Choose the row number of a new source. To be called within the transaction that adds it.

    Args:
        db: Connection in that transaction.
        published: Date of the source; None for undated.
    """
    if published is None:
        number = _next(db, 1, _BASE - 1)
        return number if number < _BASE else _free_below(db, _BASE)
    day = published.date() if isinstance(published, datetime) else published
    low = _start(day)
    number = _next(db, low, low + (1 << BITS) - 1)
    if number < low + (1 << BITS) and _FIRST_DAY <= day.toordinal() < _FIRST_DAY + _DAYS:
        return number
    db.execute("UPDATE total SET n = n + 1 WHERE name = 'spilled'")
    return number if number < low + (1 << BITS) else _free_below(db, low)


def _start(day: date) -> int:
    return _BASE + (min(max(day.toordinal() - _FIRST_DAY, 0), _DAYS - 1) << BITS)


def _next(db: Database, low: int, high: int) -> int:
    """One more than the highest number in use from ``low`` to ``high``; above ``high`` when there is none left."""
    used = db.execute("SELECT max(doc) FROM source WHERE doc BETWEEN ? AND ?", (low, high)).fetchone()[0]
    return low if used is None else int(used) + 1


def _free_below(db: Database, number: int) -> int:
    """The highest number below ``number`` that is free."""
    free = number - 1
    rows = db.execute("SELECT doc FROM source WHERE doc < ? ORDER BY doc DESC", (number,))
    for (used,) in rows:
        if used != free:
            break
        free -= 1
    return free
