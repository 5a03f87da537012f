"""Parse the opening lines of a text for metadata: title, author, publisher, date.

Read conservatively: a line counts only where its whole form says what it is. Wrong metadata is worse than none.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from briefing.sources.dates import find_date

TITLE_LIMIT: Final = 120
"""Characters of a title that is taken from running text."""

_LINES: Final = 12
_CHARS: Final = 6000

_Field = Literal["title", "author", "publisher", "published"]
_LABELS: Final[dict[str, _Field]] = {
    "title": "title", "headline": "title", "subject": "title",
    "author": "author", "authors": "author", "byline": "author", "by": "author", "written by": "author",
    "source": "publisher", "publisher": "publisher", "published by": "publisher", "publication": "publisher",
    "outlet": "publisher", "news agency": "publisher",
    "date": "published", "published": "published", "date published": "published", "publication date": "published",
    "published on": "published", "posted": "published", "posted on": "published", "release date": "published",
    "date of issue": "published", "date of release": "published",
    "released": "published", "issued": "published", "dated": "published",
}  # fmt: skip
_LABELLED: Final = re.compile(r"([A-Za-z][A-Za-z ]{0,20}?)\s*:\s*(\S.*)")

_GIVEN: Final = r"(?:[A-Z]\.(?:\s?[A-Z]\.)*|[^\W\d_a-z][\w’'-]+)"
_NAME: Final = rf"{_GIVEN}(?:\s+(?:(?:de|da|del|van|von|der|den|la|le|al|bin|ibn|ten|ter)\s+)*{_GIVEN}){{1,3}}"
_BYLINE: Final = re.compile(
    rf"(?:By|BY|by)\s+({_NAME}(?:(?:,\s+|\s+and\s+|,\s+and\s+){_NAME})*)(?:\s*(?:[|•·,–—-]|\bon\b)\s*(.*))?"
)
_NO_PERSON: Final = re.compile(
    r"\b(?:Affairs|Agency|Air|Associated|Command|Correspondents?|Editor|Force|Land|Navy|News|Office|Press|Reporters?|"
    r"Sea|Staff|The|Wing|Writers?)\b",
    re.IGNORECASE,
)
_POSTED: Final = re.compile(r"(?:published|posted|released|issued|filed)\b(?:\s+(?:on|at|by\b.*,))?", re.IGNORECASE)
_WEEKDAY: Final = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.IGNORECASE)
_DATE_WORDS: Final = re.compile(rf"{_WEEKDAY.pattern}|\b(?:at|on)\b|[\s,;|()•·–—-]+", re.IGNORECASE)
_MONTHS: Final = (
    r"(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec)[a-z]{0,6}\b\.?"
)
_DAY: Final = rf"(?:{_MONTHS}\s\d{{1,2}}|\d{{1,2}}\s{_MONTHS})(?:,?\s\d{{4}})?"
_YEARS: Final = re.compile(
    rf"\b(?:{_MONTHS}\s\d{{1,2}},?|\d{{1,2}}\s{_MONTHS},?)\s((?:19|20)\d\d)\b|\b((?:19|20)\d\d)-[01]\d-[0-3]\d\b"
)
_FAR: Final = 20_000
"""Characters of a text in which its other dates are looked for."""
_CAPITALISED: Final = r"[^\W\d_a-z][\w.’'-]*"
_PLACE: Final = (
    rf"{_CAPITALISED}(?: {_CAPITALISED}){{0,4}}(?:,\s(?!{_MONTHS}){_CAPITALISED}(?: {_CAPITALISED}){{0,3}}){{0,2}}"
)
_DATELINE: Final = re.compile(
    rf"{_PLACE},?\s*(?P<day>{_DAY})?,?\s*(?:\((?P<agency>[^()\n]{{2,60}})\))?\s*(?:-{{1,2}}|[–—])\s*\S"
)
_AGENCY: Final = re.compile(r"[^\W\d_a-z][\w.&’'-]*(?:\s(?:of|the|and|for|[^\W\d_a-z][\w.&’'-]*)){0,5}")
_OUTLET: Final = re.compile(
    r"(?=.*\b(?:Agency|AFP|AP|Army|BBC|Bellingcat|Bulletin|Chronicle|CNN|Command|Courier|Daily|Department|"
    r"Dispatch|Echo|Embassy|Examiner|Express|Fleet|Force|Forces|Gazette|Globe|Guardian|Headquarters|Herald|"
    r"Inquirer|Institute|Interfax|Journal|KCNA|Kyodo|Magazine|Mail|Ministry|Mirror|Monitor|Navy|News|Observer|"
    r"Office|Post|Press|Radio|Record|Register|Reuters|Review|Sentinel|Service|Standard|Star|Sun|TASS|Telegraph|"
    r"Television|Times|Today|Tribune|TV|UPI|Weekly|Wire|World|Xinhua|Yonhap)\b)" + _AGENCY.pattern
)
"""The name of one who publishes, which one of these words is in: beside a date a battle or a place may stand too."""


@dataclass(slots=True)
class Opening:
    """Metadata found; null where nothing was stated."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: datetime | date | None = None
    published_from: str | None = None
    yearless: str = ""
    """The day of a dateline that has no year."""
    inferred: bool = False
    """Whether the year was not stated with the date."""


def read_opening(text: str) -> Opening:
    """Parse the first lines of a text. The title is the first line that is not a labelled one, shortened."""
    opening = Opening()
    lines = [line for line in map(str.strip, text[:_CHARS].split("\n")) if line][:_LINES]
    headed = True
    for number, line in enumerate(lines):
        if headed and (label := _labelled(line)):
            _take_labelled(opening, *label)
        elif number == 0 or opening.title is None:
            opening.title = shorten(line)
        elif not _take_line(opening, line):
            headed = headed and len(line) < TITLE_LIMIT
            if _take_dateline(opening, line) or not headed:
                break
    if lines:
        opening.title = opening.title or shorten(lines[0])
        _take_dateline(opening, lines[0])
    if opening.published is None and opening.yearless and (year := only_year(text)):
        found = find_date(f"{opening.yearless}, {year}")
        if found:
            opening.published, opening.published_from, opening.inferred = found.value, "dateline", True
    return opening


def only_year(text: str) -> int | None:
    """The year of the full dates of a text, where they are all of one: that of its other dates too."""
    years = {int(match[1] or match[2]) for match in _YEARS.finditer(text[:_FAR])}
    return years.pop() if len(years) == 1 else None


def shorten(line: str, limit: int = TITLE_LIMIT) -> str:
    """Cut a line between words, with an ellipsis where cut.

    Args:
        line: The line.
        limit: Characters that it may have at most, the ellipsis included.
    """
    line = line.strip()
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", limit // 2, limit)
    return line[: cut if cut > 0 else limit - 1].rstrip(" ,;:–—-") + "…"


def with_title(title: str | None, text: str) -> str:
    """Put the title before the text as its first paragraph, unless it opens with that.

    Args:
        title: The title; None or one without letters changes nothing.
        text: The text.
    """
    if not title or not (wanted := _letters(title)):
        return text
    opening = [line for line in text[: 3 * len(title) + 400].split("\n") if line.strip()][:3]
    if any(_letters(line).startswith(wanted) for line in opening):
        return text
    return f"{' '.join(title.split())}\n\n{text}"


def _letters(text: str) -> str:
    """Letters and digits alone, for comparing what is set differently."""
    return "".join(filter(str.isalnum, text)).casefold()


def _labelled(line: str) -> tuple[_Field, str] | None:
    """A field and its value, from a line such as ``Published: 12 July 2025``."""
    match = _LABELLED.fullmatch(line)
    field = _LABELS.get(match[1].lower()) if match and len(line) <= 200 else None
    return (field, match[2]) if match and field else None


def _take_labelled(opening: Opening, field: _Field, value: str) -> None:
    """Keep what a labelled line states, unless it is stated already or is no such thing."""
    if field == "published":
        _take_date(opening, value, "opening lines")
    elif getattr(opening, field) is None and not value.startswith(("http:", "https:", "www.")):
        setattr(opening, field, value)


def _take_date(opening: Opening, value: str, stated_in: str) -> bool:
    """Keep the date of ``value`` unless there is one already; whether it holds a full date."""
    found = find_date(value)
    if found and opening.published is None:
        opening.published, opening.published_from = found.value, stated_in
    return found is not None


def _take_line(opening: Opening, line: str) -> bool:
    """Keep what a by-line or a line that holds only a date states; whether ``line`` is one."""
    if len(line) > 160:
        return False
    if byline := _BYLINE.fullmatch(line):
        author = _persons(byline[1])
        if not author:
            return False
        opening.author = opening.author or author
        _take_date(opening, byline[2] or "", "byline")
        return True
    found = find_date(line)
    if not found:
        return False
    named = _OUTLET.fullmatch(_WEEKDAY.sub("", found.rest).strip(" ,;|•·–—-"))
    if not named and _DATE_WORDS.sub("", _POSTED.sub("", found.rest)):
        return False
    _take_date(opening, line, "opening lines")
    if named:
        opening.publisher = opening.publisher or named[0]
    return True


def _persons(names: str) -> str:
    """The leading names that are of persons: what follows them is their office."""
    other = _NO_PERSON.search(names)
    if not other:
        return names
    kept, comma, _ = names[: other.start()].rpartition(",")
    return kept if comma else ""


def _take_dateline(opening: Opening, line: str) -> bool:
    """Keep what a dateline states, such as ``SEOUL, July 12, 2025 (Agency) - …``; whether ``line`` opens with one."""
    match = _DATELINE.match(line[:200])
    if not match or not (match["day"] or match["agency"]):
        return False
    agency = match["agency"] or ""
    dated = re.fullmatch(_DAY, agency) is not None
    if not match["day"] and not dated and len(line) < TITLE_LIMIT:  # a heading may hold brackets and a dash too
        return False
    day = match["day"] or (agency if dated else "")
    if not _take_date(opening, day, "dateline"):
        opening.yearless = opening.yearless or day
    if not dated and _AGENCY.fullmatch(agency):
        opening.publisher = opening.publisher or agency
    return True
