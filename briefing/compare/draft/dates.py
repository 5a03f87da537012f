"""Check the dates of a draft, resolved in the same way as those of sources."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from briefing.compare.draft.finding import Finding, Support
from briefing.compare.draft.texts import SourceText, around
from briefing.compare.source_days import source_day
from briefing.compare.text_dates import DateRef, find_dates
from briefing.compare.wording import keys

_SHOWN: Final = 3
_ALIKE: Final = 0.4
"""Share of telling words from which two sentences with other dates are about the same."""
_LONG_AGO: Final = 25
_YEARS: Final = {"year"}


def check_dates(draft: SourceText, texts: Sequence[SourceText], today: date) -> Iterator[Finding]:
    """Check each date of the draft: supported where a source gives it, or a date within it.

    Args:
        draft: The draft.
        texts: The sources.
        today: Day of an undated draft where no source has a date either.
    """
    known = [(text, ref) for text in texts for ref in find_dates(text.source.text, _day(text, today))]
    undated = [text for text in texts if _day(text, today) is None]  # "on Tuesday" there is a day nobody knows
    latest = max((day for text in texts if (day := _day(text, today))), default=today)
    for own in find_dates(draft.source.text, _day(draft, today) or latest):
        words = draft.source.text[own.start : own.end].line()
        same = [text.support(ref.start, ref.end) for text, ref in known if _within(ref, own)]
        same = same or [text.support(*span) for text in undated for span in text.runs(keys(words))]
        if same:
            yield Finding("date", own.start, own.end, words, "supported", tuple(same[:_SHOWN]))
            continue
        other = _others(draft, own, known)
        yield Finding("date", own.start, own.end, words, "different" if other else "nowhere", tuple(other[:_SHOWN]))


def _within(ref: DateRef, own: DateRef) -> bool:
    return own.first <= ref.first and ref.last <= own.last


def _others(draft: SourceText, own: DateRef, known: "Sequence[tuple[SourceText, DateRef]]") -> list[Support]:
    """Other dates in sentences about the same."""
    mine = around(draft.source.text, own.start, own.end, draft.passage(own.start, own.end))
    found: list[tuple[float, int, Support]] = []
    for text, ref in known:
        theirs = around(text.source.text, ref.start, ref.end, text.passage(ref.start, ref.end))
        likeness = mine.likeness(theirs)
        if likeness >= _ALIKE and (ref.precision in _YEARS) == (own.precision in _YEARS):
            found.append((-likeness, len(found), text.support(ref.start, ref.end)))
    return [support for _, _, support in sorted(found, key=lambda one: one[:2])]


def _day(text: SourceText, today: date) -> date | None:
    """When a text was published, else the day that it gives itself."""
    published = text.source.published
    if published is None:
        return source_day(str(text.source.text), range(today.year - _LONG_AGO, today.year + 1))[0]
    return published.date() if isinstance(published, datetime) else published
