"""Parse years, months and days of queries (``2025``, ``2025-07``, ``2025-07-11``) and step from one to the next."""

import re
from datetime import date, timedelta
from typing import Final

_PERIOD: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?[-/.]?")


def period(written: str) -> str | None:
    """``written`` as ``2025``, ``2025-07`` or ``2025-07-11``; None where it is neither.

    What is still being typed counts as far as it goes: ``2025-0`` is ``2025``.
    """
    m = _PERIOD.fullmatch(written)
    if m is None or not int(m.group(1)):
        return None
    year, month, day = (int(part) if part else 0 for part in m.groups())
    if not month:
        return f"{year:04}"
    if month > 12:
        return None
    if not day:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if day <= _days(year, month) else None


def first_day(written: str) -> date:
    """The first day of a period."""
    year, month, day = _numbers(written)
    return date(year, month or 1, day or 1)


def last_day(written: str) -> date:
    """The last day of a period."""
    year, month, day = _numbers(written)
    month = month or 12
    return date(year, month, day or _days(year, month))


def before(written: str) -> str | None:
    """The day before a period, as a period; None before the first year."""
    day = first_day(written)
    return (day - timedelta(days=1)).isoformat() if day > date.min else None


def after(written: str) -> str | None:
    """The day after a period, as a period; None after the last year."""
    day = last_day(written)
    return (day + timedelta(days=1)).isoformat() if day < date.max else None


def _days(year: int, month: int) -> int:
    """Days of a month."""
    from calendar import monthrange  # with the names of days in all languages; most queries have no date

    return monthrange(year, month)[1]


def _numbers(written: str) -> tuple[int, int, int]:
    year, month, day = (int(part) for part in (*written.split("-"), "0", "0")[:3])
    return year, month, day
