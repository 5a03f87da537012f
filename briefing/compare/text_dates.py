"""Resolve dates in running text against the day of their source: "on Tuesday", "in March", "12 March 2024"."""

import re
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from briefing.model.days import interval
from briefing.model.words import FEW, MONTH_FORMS, MONTH_NUMBERS, ORDINALS, WEEKDAYS

Precision = Literal["day", "week", "month", "season", "year"]

DAYS: Final = tuple(map(str.lower, WEEKDAYS))
_SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}

MONTH: Final = rf"(?:{MONTH_FORMS})\b\.?"
WEEKDAY: Final = f"(?:{'|'.join(WEEKDAYS)})"
_AMOUNT: Final = rf"(?:{'|'.join(FEW)}|\d{{1,2}})"
_SPELT: Final = "(?:" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + ")"
_PATTERN: Final = re.compile(
    rf"""(?<!\w)(?=[^\W_cghjkpqrvxzCGHKPQRVXZ])(?:
      (?P<iso>\b(?:19|20)\d\d-[01]\d-[0-3]\d\b)
    | (?P<num>\b\d{{1,2}}(?P<sep>[-./])\d{{1,2}}(?P=sep)(?:19|20)\d\d\b)
    | (?P<range1>\b\d{{1,2}}(?:st|nd|rd|th)?\s?(?:[-–]|\sto\s|\sand\s)\s?\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}
        (?:,?\s+(?:19|20)\d\d)?)
    | (?P<range2>\b{MONTH}\s\d{{1,2}}\s?(?:[-–]|\sto\s)\s?\d{{1,2}}\b(?:,?\s+(?:19|20)\d\d)?)
    | (?P<dmy>\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}(?:,?\s+(?:19|20)\d\d\b)?)
    | (?P<mdy>\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?(?::|%|percent))(?:,?\s+(?:19|20)\d\d\b)?)
    | (?P<my>\b(?:(?:early|mid|late)[-\s])?{MONTH},?(?:\s+of)?\s+(?:19|20)\d\d\b)
    | (?P<month>\b(?:(?i:in|of|since|last|until|by|from|during|through|early|mid|late|this|on|and|between)[\s-])
        (?:the\smonth\sof\s)?(?P<m>{MONTH})(?!\.?\s+(?:[012]?\d|3[01])\b|\.?,?(?:\sof)?\s+(?:19|20)\d\d\b))
    | (?P<season>\b(?:last|this|in)\s(?:spring|summer|autumn|winter)\b(?:(?:\sof)?\s(?:19|20)\d\d)?
        |\b(?i:spring|summer|autumn|winter)(?:\sof)?\s(?:19|20)\d\d\b)
    | (?P<year>(?<![\d,.-])(?:19|20)\d\d\b(?![-,.]?\d|\s(?:people|troops|soldiers|men|aircraft|rounds|shells)))
    | (?P<ago>\b{_AMOUNT}\s(?:day|week|month|year)s?\s(?:ago|before|earlier|previously|prior)\b)
    | (?P<daybefore>\b(?:the\sday\s(?:before(?!\syesterday)|earlier(?:\sthan)?)|the\sprevious\sday|the\seve)\b)
    | (?P<yesterday>\b(?i:(?:the\sday\sbefore\s)?yesterday|last\snight|overnight)\b)
    | (?P<today>\b(?i:today|this\smorning|this\safternoon|this\sevening|tonight)\b)
    | (?P<same>\b(?i:the\ssame\s(?:day|night|morning|hours|evening)|that\s(?:day|night|morning|evening|same\sday))\b)
    | (?P<relative>\b(?i:(?:late\s|early\s|earlier\s|later\s)?(?:last|this|the\spast|next|the\sprevious)\s
        (?:week|weekend|month|year))\b)
    | (?P<weekday>\b(?:(?i:last|this|next)\s)?{WEEKDAY}\b)
    | (?P<nth>(?:(?<=\b(?i:on)\s)the\s(?:\d{{1,2}}(?:st|nd|rd|th)|{_SPELT})\b
        (?!\s(?!of\sthis|was|were|when|and|but|we|they|it|he|she|there|in|at|a|two|three|our)[a-z])
        |the\s\d{{1,2}}(?:st|nd|rd|th)\b(?!\s[a-z])))
    )""",
    re.VERBOSE,
)
_SKIPPED: Final = re.compile(
    r"\b(?:(?<!missing\s)(?<!held\s)(?<!captive\s)since|until|till|before|by|after|beyond|for)\s(?:the\s(?:month\sof\s|end\sof\s|beginning\sof\s)?)?$",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(r"^\s*[—–-]\s|\(@\w+\)", re.MULTILINE)
"""The line under an embedded post, whose day is when it was posted."""
_UNTIL: Final = re.compile(r"\b(?:until|till)\s$", re.IGNORECASE)
_YEAR_MONTHS: Final = 12
_FROM: Final = re.compile(r"\bfrom\s(?:the\s)?$", re.IGNORECASE)
_ONWARDS: Final = re.compile(r"\s?(?:to\s(?=(?:the\s)?(?:\d|[A-Z]))|until|through|till|onwards?|on)\b", re.IGNORECASE)
_AHEAD: Final = re.compile(
    r"\b(?:due|will|next|expected|scheduled|planned|until|by|to\sbegin|to\sstart|to\sbe)\b[^.;]{0,40}$", re.IGNORECASE
)
_SAYING: Final = re.compile(
    r"\b(?:said|says|told|added|announced|reported|wrote|stated|confirmed|claimed|mentioned|declared)\b[^.;,]{0,25}$",
    re.IGNORECASE,
)


class DateRef(NamedTuple):
    """One mention of a time: its span, its first and last day, and its precision.

    ``at_event`` is false of the bounds of a period ("since January") and of the day on which somebody said something.
    """

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    at_event: bool = True
    stated: bool = False
    """Whether day, month and year stand there, so that nothing had to be inferred."""

    @property
    def value(self) -> str:
        """The ISO date or interval."""
        return interval(self.first, self.last)

    def absolute_in(self, text: str) -> bool:
        """Whether the text gives the time by number or month, not by its distance from an unknown day."""
        words = text[self.start : self.end]
        return self.precision in {"day", "month", "year"} and re.search(r"\d|[A-Z][a-z]{2}", words) is not None


def find_dates(text: str, anchor: date | None) -> list[DateRef]:
    """All mentions of times in a text that can be resolved.

    Args:
        text: The text.
        anchor: Day of the source, for relative dates; without one (None), these are left out.
    """
    found: list[DateRef] = []
    for match in _PATTERN.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()].rpartition("\n")[2]
        start = match.start()
        if match.lastgroup == "m" or match["month"]:
            start = match.start("m")
            before = text[max(0, start - 60) : start].rpartition("\n")[2]
        resolved = _resolve(match, anchor, found, before)
        if resolved is None or (found and match["relative"] and start - found[-1].end <= 1):
            continue  # the "last year" of "in March last year"
        first, last, precision, stated = resolved
        period = _FROM.search(before) and _ONWARDS.match(text, match.end())
        signed = _SIGNED.search(text, text.rfind("\n", 0, start) + 1, start)
        bound = _SKIPPED.search(before) and not (
            anchor and match["my"] and _UNTIL.search(before) and _is_past(last, anchor)
        )
        at_event = not (signed or bound or period or _SAYING.search(before) or _in_name(text, match))
        found.append(DateRef(start, match.end(), first, last, precision, at_event, stated))
    return found


def _is_past(last: date, anchor: date) -> bool:
    """Whether a time is over so long that what went on until then is no part of the news."""
    return last < anchor - timedelta(days=31)


def _in_name(text: str, match: re.Match[str]) -> bool:
    """Whether a year belongs to a name, as in "Iron Fork 2025", or bounds a span of years."""
    if not match["year"]:
        return False
    before = text[max(0, match.start() - 20) : match.start()]
    if re.search(r"\b(?:between|from)\s(?:(?:19|20)\d\d\s(?:and|to)\s)?$", before):
        return True  # "the years between 1910 and 1945"
    return bool(re.search(r"[A-Z]\w+[ -]$", before)) and not re.search(r"\b(?:In|Since|From|Of|By|Until) $", before)


_Resolved = tuple[date, date, Precision, bool]


def _resolve(match: re.Match[str], anchor: date | None, earlier: list[DateRef], before: str) -> _Resolved | None:
    try:
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
            return day, day, "day", True
        if match["num"]:
            day = _numeric(match["num"])
            return day, day, "day", True
        if match["range1"] or match["range2"]:
            return _range(match[0], anchor)
        if match["dmy"] or match["mdy"]:
            return _full(match[0], anchor)
        if match["my"]:
            return *_month(month_in(match[0]), int(match[0][-4:])), "month", False
        if match["month"]:
            return _bare_month(
                month_in(match["m"]),
                anchor,
                years_back(match.string, match.start(), match.end()) - _is_ahead(match, anchor),
            )
        if match["year"]:
            year = int(match["year"])
            return date(year, 1, 1), date(year, 12, 31), "year", False
        if match["season"]:
            return _season(match["season"], anchor)
        return _relative(match, anchor, earlier, before) if anchor else None
    except (ValueError, OverflowError):
        return None


def _numeric(words: str) -> date:
    """A date in figures, day first; month first only where the second number can be no month ("11/27/2025")."""
    one, two, year = (int(part) for part in re.split(r"[-./]", words))
    return date(year, one, two) if two > _YEAR_MONTHS else date(year, two, one)


def month_in(words: str) -> int:
    """The number of the month that some words name; ValueError where they name none."""
    for word in re.findall(r"[A-Za-z]+", words):
        if (number := MONTH_NUMBERS.get(word.casefold())) and word[0].isupper():
            return number
    raise ValueError(words)


def _year_in(words: str) -> int | None:
    found = re.search(r"(?:19|20)\d\d\b", words)
    return int(found[0]) if found else None


def _near(month: int, day: int, anchor: date) -> int:
    """The year that puts a day next to ``anchor``, or before it."""
    ahead = date(anchor.year, month, min(day, 28)) - anchor
    if ahead > timedelta(days=75):
        return anchor.year - 1
    return anchor.year + 1 if ahead < timedelta(days=-290) else anchor.year


def _full(words: str, anchor: date | None) -> _Resolved | None:
    month, year = month_in(words), _year_in(words)
    number = re.search(r"\d{1,2}(?!\d)", words)
    assert number
    day = int(number[0])
    stated = year is not None
    if year is None:
        if anchor is None:
            return None
        year = _near(month, day, anchor)
    when = date(year, month, day)
    return when, when, "day", stated


def _range(words: str, anchor: date | None) -> _Resolved | None:
    month, year = month_in(words), _year_in(words)
    days = [int(n) for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", words)][:2]
    if year is None:
        if anchor is None:
            return None
        year = _near(month, days[0], anchor)
    first, last = date(year, month, days[0]), date(year, month, days[1])
    return (first, last, "day", True) if first <= last else None


def _month(month: int, year: int) -> tuple[date, date]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


_LAST_YEAR: Final = re.compile(
    r"\b(?:last|the\sprevious|the\spast)\syear\b|\ba\syear\s(?:ago|earlier|before)\b", re.IGNORECASE
)


def years_back(text: str, start: int, end: int) -> int:
    """Years to go back for a month: one where its clause says "last year".

    Args:
        text: The text.
        start: First character of the month.
        end: The character after its last.
    """
    before = re.split(r"[.;\n]\s", text[max(0, start - 60) : start])[-1]
    after = re.split(r"[.;,\n]", text[end : end + 25])[0]
    return int(bool(_LAST_YEAR.search(before) or _LAST_YEAR.search(after)))


_TO_COME: Final = re.compile(
    r"\b(?:will|shall|is|are|go(?:es)?|comes?|returns?|leaves?|ends?|begins?|starts?|due|expected|scheduled|planned|until|next)\b"
)
_BEEN: Final = re.compile(r"\b(?:was|were|had|has|have|last|since|[a-z]{3,}ed|came|went|took|made|flew|began)\b")


def _is_ahead(match: re.Match[str], anchor: date | None) -> bool:
    """Whether a month is one to come: "they go home in August"."""
    if anchor is None or not 0 < (month_in(match["m"]) - anchor.month) % 12 <= _SOON:
        return False
    before = re.split(r"[.;\n]\s", match.string[max(0, match.start() - 60) : match.start()])[-1]
    return _TO_COME.search(before) is not None and _BEEN.search(before) is None


_SOON: Final = 6
"""Months ahead that a month without a year may be."""


def _bare_month(month: int, anchor: date | None, back: int = 0) -> _Resolved | None:
    if anchor is None:
        return None
    if back > 0:
        return *_month(month, anchor.year - back), "month", False
    if back < 0:
        return *_month(month, anchor.year + (month < anchor.month)), "month", False
    return *_month(month, anchor.year if month <= anchor.month else anchor.year - 1), "month", False


def _season(words: str, anchor: date | None) -> _Resolved | None:
    year = _year_in(words) or (anchor.year if anchor else None)
    if year is None:
        return None
    first, last = next(span for name, span in _SEASONS.items() if name in words.casefold())
    start, end = _month(first, year)[0], _month(last, year + (last < first))[1]
    if anchor and start > anchor:
        start, end = _month(first, year - 1)[0], _month(last, year - 1 + (last < first))[1]
    return start, end, "season", False


def _relative(match: re.Match[str], anchor: date, earlier: list[DateRef], before: str) -> _Resolved | None:
    words = match[0].casefold()
    if match["today"]:
        return anchor, anchor, "day", False
    if match["yesterday"]:
        day = anchor - timedelta(days=2 if " before " in words else 1)
        return day, day, "day", False
    if match["same"] or match["daybefore"]:
        day = earlier[-1].first if earlier and earlier[-1].precision == "day" else anchor
        day -= timedelta(days=1 if match["daybefore"] else 0)
        return day, day, "day", False
    if match["ago"]:
        return _ago(words, anchor, earlier)
    if match["weekday"]:
        day = _weekday(words, anchor, ahead=bool(_AHEAD.search(before)))
        return day, day, "day", False
    if match["nth"]:
        number = re.search(r"\d+", words)
        nth = int(number[0]) if number else ORDINALS.index(words.removeprefix("the ")) + 1
        day = date(anchor.year, anchor.month, nth)
        if day > anchor:
            day = (date(anchor.year, anchor.month, 1) - timedelta(days=1)).replace(day=nth)
        return day, day, "day", False
    return _period(words, anchor)


def _ago(words: str, anchor: date, earlier: list[DateRef]) -> _Resolved:
    number, unit, how = words.split()[0], words.split()[1].rstrip("s"), words.split()[2]
    amount = FEW.get(number) or int(number)
    if unit == "day":
        base = earlier[-1].first if how != "ago" and earlier and earlier[-1].precision == "day" else anchor
        day = base - timedelta(days=amount)
        return day, day, "day", False
    if unit == "week":
        day = anchor - timedelta(weeks=amount)
        return day - timedelta(days=3), day + timedelta(days=3), "week", False
    months = anchor.year * 12 + anchor.month - 1 - amount * (12 if unit == "year" else 1)
    if unit == "year":
        return date(months // 12, 1, 1), date(months // 12, 12, 31), "year", False
    return *_month(months % 12 + 1, months // 12), "month", False


def _weekday(words: str, anchor: date, *, ahead: bool) -> date:
    number = next(n for n, name in enumerate(DAYS) if name in words)
    back = (anchor.weekday() - number) % 7
    if words.startswith("last") and back == 0:
        back = 7
    if ahead or words.startswith("next"):
        return anchor + timedelta(days=(number - anchor.weekday()) % 7 or 7)
    return anchor - timedelta(days=back)


def _period(words: str, anchor: date) -> _Resolved | None:
    back = 1 if "last" in words or "previous" in words or "past" in words else -1 if "next" in words else 0
    if "week" in words:
        monday = anchor - timedelta(days=anchor.weekday() + 7 * back)
        if "weekend" in words:
            return monday + timedelta(days=5), monday + timedelta(days=6), "week", False
        return monday, monday + timedelta(days=6), "week", False
    if "month" in words:
        months = anchor.year * 12 + anchor.month - 1 - back
        return *_month(months % 12 + 1, months // 12), "month", False
    year = anchor.year - back
    return date(year, 1, 1), date(year, 12, 31), "year", False
