"""The day of a source whose document does not state it: by its head or its foot."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from briefing.compare.text_dates import DAYS, MONTH, WEEKDAY, find_dates, month_in

_DATELINE: Final = re.compile(
    rf"(?:^|\n)[^\n]{{0,80}}?\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m1>{MONTH})|(?P<m2>{MONTH})\s+(?P<day2>\d{{1,2}}))(?:,?\s+(?P<year>(?:19|20)\d\d))?"
)
_WEEKDAY: Final = re.compile(rf"(?<!next\s)(?<!every\s)(?<!coming\s)\b{WEEKDAY}\b")
"""A weekday that is past: "next Saturday" tells nothing of the day on which it is said."""
_LEAD: Final = 500
_TAIL: Final = 160
_ANYWHERE: Final = 3000


def source_day(text: str, years: range) -> tuple[date | None, bool]:
    """The day that the head or the foot of a text gives, and whether its year stands there; None where there is no day.

    Without a year, the latest year is taken in which the first weekday of the text is that day or the day before.

    Args:
        text: The text.
        years: Years to try.
    """
    lead = text[:_LEAD]
    for part in (lead, text[max(_LEAD, len(text) - _TAIL) :]):
        for match in _DATELINE.finditer(part):
            if not match["year"]:
                continue
            try:
                return date(
                    int(match["year"]), month_in(match["m1"] or match["m2"]), int(match["day"] or match["day2"])
                ), True
            except ValueError:
                continue
    dateline = _DATELINE.search(lead)
    figures = next((ref for ref in find_dates(lead, None) if ref.stated and text[ref.start].isdigit()), None)
    if figures is not None and not re.search(r"[A-Za-z]", text[figures.start : figures.end]):
        return figures.first, True
    if dateline is None:
        full = next((ref for ref in find_dates(text[:_ANYWHERE], None) if ref.precision == "day" and ref.stated), None)
        return (full.first, True) if full else (None, False)
    try:
        month = month_in(dateline["m1"] or dateline["m2"])
        day = int(dateline["day"] or dateline["day2"])
        days = list(_candidates(month, day, years))
    except ValueError:
        return None, False
    weekday = _WEEKDAY.search(text, dateline.end())
    if weekday:
        number = DAYS.index(weekday[0].casefold())
        fitting = [one for one in days if (one.weekday() - number) % 7 <= 1]
        days = sorted(fitting or days, key=lambda one: one.year - 2 * ((one.weekday() - number) % 7))
    return (days[-1] if days else None), False


def source_period(text: str) -> tuple[date, date] | None:
    """The month or season that the first lines of a text give where no day is known."""
    head = "\n".join(text.split("\n")[:3])[:200]
    ref = next((ref for ref in find_dates(head, None) if ref.precision in {"month", "season"}), None)
    return (ref.first, ref.last) if ref else None


def _candidates(month: int, day: int, years: range) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue
