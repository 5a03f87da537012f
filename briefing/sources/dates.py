"""Parse dates as documents state them. A date that can be read in two ways is no date."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, NamedTuple

from briefing.model.words import MONTH_FORMS, MONTH_NUMBERS

# Hours from UTC of the abbreviations that mean one zone only ("IST" and "CST" mean several).
_ZONES: Final = {
    "Z": 0.0, "UTC": 0.0, "GMT": 0.0, "BST": 1.0, "CET": 1.0, "CEST": 2.0, "EET": 2.0, "EEST": 3.0, "MSK": 3.0,
    "JST": 9.0, "KST": 9.0, "EST": -5.0, "EDT": -4.0, "CDT": -5.0, "MDT": -6.0, "PST": -8.0, "PDT": -7.0,
    "AEST": 10.0, "AEDT": 11.0,
}  # fmt: skip

_MONTH: Final = rf"(?P<month>{MONTH_FORMS})\b\.?"
_DAY: Final = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4})(?!\d)"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<day>\d{1,2})(?!\d)",
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]*{_YEAR}",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?<![\d/])(?P<slash1>\d{{1,2}})/(?P<slash2>\d{{1,2}})/{_YEAR}",
    )
)
_TIME: Final = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?!\d)\s*(?P<half>[ap]\.?m\b\.?)?\s*"
    r"(?P<zone>(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|\b[A-Z]{3,4}\b|Z\b)?",
    re.IGNORECASE,
)
_ISO_T: Final = re.compile(r"^T(?=\d)")
_OFFSET: Final = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")


class Found(NamedTuple):
    """A date and what of the text is left without it and its time."""

    value: datetime | date
    rest: str


def find_date(text: str) -> Found | None:
    """The first full date of one line of text: day, month and year.

    With a time of day and its zone it is a ``datetime``; a time without a zone is no moment, so the day alone is
    given. None where there is no date, or one that could be read both as day-month and as month-day.
    """
    found = min(
        (
            (match.start(), day, match)
            for form in _FORMS
            for match in [form.search(text)]
            if match and (day := _day(match))
        ),
        key=lambda item: item[0],
        default=None,
    )
    if found is None:
        return None
    _, day, match = found
    rest = text[: match.start()] + " " + _ISO_T.sub(" ", text[match.end() :], count=1)
    time = _TIME.search(rest, match.start()) or _TIME.search(rest)
    if time is None:
        return Found(day, rest.strip())
    return Found(_moment(day, time) or day, (rest[: time.start()] + " " + rest[time.end() :]).strip())


def _day(match: re.Match[str]) -> date | None:
    """The day that a match of one of the forms names, if there is such a day and only one."""
    parts = match.groupdict()
    if "slash1" in parts:
        first, second = int(parts["slash1"]), int(parts["slash2"])
        if first != second and first <= 12 and second <= 12:
            return None
        day, month = (second, first) if second > 12 else (first, second)
    else:
        day = int(parts["day"])
        month = int(parts["m"]) if "m" in parts else MONTH_NUMBERS[parts["month"].lower()]
    try:
        found = date(int(parts["year"]), month, day)
    except ValueError:
        return None
    return found if 1700 <= found.year <= 2200 else None


def _moment(day: date, time: re.Match[str]) -> datetime | None:
    """The point in time, where the zone is stated."""
    zone = _zone(time["zone"])
    hour = int(time["hour"])
    if half := time["half"]:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if zone is None or hour > 23 or int(time["minute"]) > 59:
        return None
    second = min(int(time["second"] or 0), 59)
    return datetime(day.year, day.month, day.day, hour, int(time["minute"]), second, tzinfo=zone)


def _zone(stated: str | None) -> timezone | None:
    """The zone of an offset or of an abbreviation that means one zone only."""
    if not stated:
        return None
    if offset := _OFFSET.search(stated):
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        ahead = timedelta(hours=hours, minutes=minutes)
        return timezone(ahead if offset[1] == "+" else -ahead) if ahead else UTC
    hours_from_utc = _ZONES.get(stated.strip().upper())
    return None if hours_from_utc is None else timezone(timedelta(hours=hours_from_utc))
