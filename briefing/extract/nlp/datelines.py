"""Find datelines: the place, date and agency that open a report, which say nothing and do nothing."""

import re
from typing import Final

from briefing.model.words import MONTH_FORMS

_PLACE: Final = r"[A-ZÀ-Ý][A-ZÀ-Ý.'’/ -]{2,40}(?:, [A-Z][\w. ]{1,30})?"
_MONTH: Final = rf"(?:{MONTH_FORMS})\.?"
_DATE: Final = rf"(?:{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?)"
_AGENCY: Final = r"\([^()\n]{2,40}\)"
_DATELINE: Final = re.compile(
    rf"{_PLACE}(?:, ?{_DATE})?(?: ?{_AGENCY})? ?(?:--|[-–—]) ?(?=\S)|{_PLACE}, {_DATE} ?(?:{_AGENCY})?[.:] (?=\S)"
)


def dateline_end(text: str, start: int, end: int) -> int:
    """Where a paragraph goes on after its dateline; ``start`` where it has none.

    Args:
        text: The text.
        start: First character of the paragraph.
        end: The character after its last.
    """
    match = _DATELINE.match(text, start, end)
    return match.end() if match else start


def opening_dateline(text: str) -> tuple[int, int]:
    """Half-open span of the dateline of the first paragraph behind the title; empty where it has none."""
    start = text.find("\n") + 1
    while text.startswith("\n", start):
        start += 1
    end = text.find("\n", start)
    return start, dateline_end(text, start, end if end >= 0 else len(text))


def dateline_agency(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Half-open span of the agency in brackets that a paragraph's dateline names; None where it names none.

    Args:
        text: The text.
        start: First character of the paragraph.
        end: The character after its last.
    """
    stop = dateline_end(text, start, end)
    opening = text.find("(", start, stop)
    closing = text.find(")", opening, stop) if opening >= 0 else -1
    return (opening + 1, closing) if closing > opening >= 0 else None
