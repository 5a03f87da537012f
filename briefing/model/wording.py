"""Numbers, dates, names of sources and states in words, the same in every format and on every screen."""

import re
from typing import TYPE_CHECKING, Final

from briefing.model import statuses
from briefing.model.safetext import SafeText
from briefing.model.statuses import ClaimKind, Status
from briefing.model.words import MONTHS
from briefing.model.words import day as day
from briefing.model.words import listed as listed
from briefing.model.words import plural as plural

if TYPE_CHECKING:
    from briefing.model.facts import Count
    from briefing.model.source import Source

_VAGUE: Final = re.compile(
    r"\b(?:(?:tens|hundreds) of (?:thousands|millions)|(?:several|a few|many|some) (?:dozen|hundred|thousand|million)"
    r"|dozens|scores|hundreds|thousands|millions|several|a few|few|many|numerous|multiple|a number|some)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)
_QUOTED: Final = 16
_SLACK: Final = 4
"""A quotation of a few words more is not cut for so little."""

SIGNS: Final[dict[str, str]] = {
    "silent": "○",
    "warning": "⚠",
    **{str(one): sign for one, sign in statuses.SIGNS.items()},
}
"""A sign for each state, so that none is told by colour alone."""


def number(count: "Count") -> str:
    """Write a count's amount as in a table: ``2``, ``300+``, ``up to 40``, ``25,000 to 30,000``, ``dozens``."""
    low, high = count.low, count.high
    if low is None and high is None:
        vague = _VAGUE.search(count.evidence)
        return vague.group().lower() if vague else "some"
    if high is None:
        return f"{low:,}+"
    if low is None:
        return f"up to {high:,}"
    about = "about " if count.approx else ""
    return f"{about}{low:,}" if low == high else f"{about}{low:,} to {high:,}"


def dated(source: "Source") -> str:
    """The day of publication and, where it is known, where it was read: ``12 July 2025 (dateline, year inferred)``."""
    if source.published is None:
        return ""
    said = [part for part in (source.published_from, "year inferred" if source.published_inferred else None) if part]
    return day(source.published) + (f" ({', '.join(said)})" if said else "")


def whereabouts(path: str) -> SafeText:
    """A source's path as a brief may show it: an address whole, of a file its name only.

    The folders of whoever wrote the brief are nobody else's business.
    """
    line = SafeText(path).line()
    if _ADDRESS.match(line):
        return line
    file, inside, part = line.partition(" » ")  # what is in an archive keeps its place there
    name = re.split(r"[/\\]", file.rstrip("/\\"))[-1] if file != "-" else "standard input"
    return SafeText(name + inside + part)


def shortened(text: str, width: int) -> SafeText:
    """Shorten a text to one line, cut between words where possible, the cut shown as ``…``.

    Args:
        text: The text; line breaks and tabs become spaces.
        width: Characters that the line may have at most, the ``…`` included.
    """
    line = SafeText(text).line()
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    space = cut.rfind(" ", width // 2)
    return SafeText((cut[:space] if space > 0 else cut).rstrip(" ,;:") + "…")


def clipped(text: str, most: int = _QUOTED) -> SafeText:
    """Shorten to one line of about so many words, the rest shown as ``…``: the whole of it stands in the note.

    Args:
        text: The text.
        most: Words that are kept; a few more are kept rather than cut.
    """
    line = SafeText(text).line()
    words = line.split()
    return line if len(words) <= most + _SLACK else SafeText(" ".join(words[:most]).rstrip(" ,;:") + " …")


def status(kind: ClaimKind, standing: Status) -> str:
    """A claim's status in words: ``the sources agree``, ``spelt differently``.

    Args:
        kind: Kind of the claim.
        standing: How the sources stand to it.
    """
    return statuses.words_of(kind, standing)


def when(first: str | None, last: str | None = None) -> str:
    """Write ISO dates in words: ``11 July 2025``, ``April 2025``, ``18 to 20 April 2025``; empty where there is none.

    Args:
        first: ISO day, month, year or interval (``2025-04-18/2025-04-20``); None where no date is known.
        last: Last ISO day, month or year, included; None, or equal to ``first``, for a single date.
    """
    if not first:
        return ""
    if "/" in first:
        first, _, last = first.partition("/")
    if not last or last == first:
        return _date_words(first)
    one, other = _date_words(first), _date_words(last)
    if first[:7] == last[:7] and len(first) == len(last) == len("2025-04-18"):
        return f"{one.split()[0]} to {other}"
    return f"{one} to {other}"


def _date_words(value: str) -> str:
    parts = value.split("-")
    if not all(part.isdigit() for part in parts) or (len(parts) > 1 and not 1 <= int(parts[1]) <= len(MONTHS)):
        return value
    return " ".join(
        [*(str(int(part)) for part in parts[2:3]), *(MONTHS[int(part) - 1] for part in parts[1:2]), parts[0]]
    )
