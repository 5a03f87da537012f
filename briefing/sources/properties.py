"""Clean document properties: titles and authors that programs write of their own accord are dropped."""

import re
from datetime import date, datetime
from typing import Final

from briefing.sources.dates import find_date

_NO_TITLE: Final = re.compile(
    r"(?:microsoft\s+(?:word|powerpoint)\b.*|untitled\b.*|document\s*\d*|powerpoint presentation|presentation\s*\d*"
    r"|slide \d+|print\b.*|doc\d*|title|about:blank|blank|temp\w*|none|null"
    r"|.*\.(?:docx?|rtf|indd|qxd|pdf|odt|txt|html?|pub|tmp)"
    r"|[\W\d_]*|\(?anonymous\)?|unspecified|unknown|no title)",
    re.IGNORECASE,
)
_NO_AUTHOR: Final = re.compile(
    r"(?:admin\w*|user\d*|owner|default|unknown|\(?anonymous\)?|none|null|author|unspecified|microsoft.*|windows.*|hp|dell"
    r"|lenovo|root|guest|test|pc|python-docx|.*\buser|[\W\d_]*|[a-z]+\d+)",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d'?\d{0,2})?")


def title(stated: str | None) -> str | None:
    """A title that somebody gave; None for those that programs give."""
    line = " ".join((stated or "").split())
    return line if len(line) > 3 and not _NO_TITLE.fullmatch(line) else None


def author(stated: str | None) -> str | None:
    """A name; None for accounts and products."""
    line = " ".join((stated or "").split())
    return line if len(line) > 2 and not _NO_AUTHOR.fullmatch(line) else None


def language(stated: str | None) -> str | None:
    """The two-letter code of ``en-GB`` and the like."""
    match = re.match(r"([A-Za-z]{2})(?:[-_]|$)", (stated or "").strip())
    return match[1].lower() if match else None


def moment(stated: str | None) -> datetime | date | None:
    """Parse a date as files keep it: ``2025-07-12T09:00:00Z``, ``D:20250712090000+09'00'``, or in words.

    A time of day without a zone is no moment: the day alone is given.
    """
    text = (stated or "").strip()[:80]
    if match := _COMPACT.fullmatch(text.rstrip("'")):
        year, month, day, hour, minute, second, zone = match.groups()
        clock = f" {hour}:{minute}:{second or '00'} {(zone or '').replace(chr(39), '')}" if hour else ""
        text = f"{year}-{month}-{day}{clock}"
    found = find_date(text)
    return found.value if found else None
