"""Passages of a source that recall other events than its main one: sentences, or parts of them, with another date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.compare.text_dates import years_back

if TYPE_CHECKING:
    from briefing.compare.reports import Report
    from briefing.compare.text_dates import DateRef

_EVE: Final = 7
"""Days before an event that belong to it, as an arrival does, unless other names go with them."""


_CLAUSE: Final = re.compile(
    r"[;:]\s|,\s(?:and|but|where|when|while|as|then|which)\b|\s(?:than|compared\swith|unlike|as\sin|as\sat|where|like)\s"
    r"|\s[-–—]\s"
)


_LABEL: Final = re.compile(r"(?:[A-Z][\w-]*\s?){1,3}:\s?")
"""A label before a sentence: "Background: on 19 August …"."""
_LISTED: Final = re.compile(r",\s(?:the\s)?[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}$")
"""Before the "and" of a list of names, which begins no clause."""


_PRESENT: Final = re.compile(r"(?:;|,\s(?:and|but|while))\s(?=[^,;]{0,60}\b(?:is|are|has|have|will|now)\b)")


_OF_DATE: Final = re.compile(
    r"\b(?:the|a|its|their|this)\s(?:[\w-]+\s){0,2}(?:ceasefire|cease-fire|truce|agreement|accord|treaty|resolution|decision|"
    r"law|decree|memorandum|declaration|order|statement|report|letter|contract)\sof\s$"
)
"""A paper or a truce that is called by its day, before that day: what is told beside it is not of that day."""
_POINTS_BACK: Final = re.compile(r"(?:That|Those)\s[a-z]")


_MEETING: Final = re.compile(r"\b(?:meetings?|summit|(?<!press\s)(?<!news\s)conference|talks)\b", re.IGNORECASE)
_HELD: Final = re.compile(
    r"\b(?:held|attended|hosted|met|had|from|after|at|during)\b[^.;:“”\"]{0,70}?“?[^.;:“”\"]{0,20}?”?\s?"
    r"\b(?:meetings?|summit|(?<!press\s)(?<!news\s)conference|talks)\b",
    re.IGNORECASE,
)


class Segment(NamedTuple):
    """A passage that speaks of another event than its source's main one."""

    document: int
    start: int
    end: int
    first: date | None
    last: date | None
    names: frozenset[str]
    dated_at: int
    """Where the date stands by which it is another event's."""
    bare: bool = False
    """Whether it is dated by a month without a year, which may be another year's than the source's."""


@dataclass(slots=True)
class Happening:
    """An event while it is put together: its days, the sources it is the main event of, the segments that recall it."""

    number: int
    main: list[int] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    first: date | None = None
    last: date | None = None
    window: tuple[date, date] | None = None
    """All days that its sources give for it, as of an exercise that goes on for weeks."""

    def narrow(self, segment: Segment) -> None:
        """Take the days of a segment where they are more precise."""
        if segment.first is None or segment.last is None:
            return
        if self.first is None or self.last is None or segment.last - segment.first < self.last - self.first:
            self.first, self.last = segment.first, segment.last

    @property
    def documents(self) -> tuple[int, ...]:
        """All sources that report or mention it."""
        return tuple(sorted({*self.main, *(segment.document for segment in self.segments)}))


def segments_of(report: Report, event: Happening) -> list[Segment]:
    """Sentences, or parts of them, of a source with a date that is not its main event's.

    Args:
        report: The source.
        event: Its main event.
    """
    by_sentence: dict[int, list[DateRef]] = defaultdict(list)
    for ref in report.dates:
        if ref.at_event:
            by_sentence[report.sentence_at(ref.start)].append(ref)
    found: list[Segment] = []
    current: Segment | None = None
    whole, line = False, -1
    main_names = _names_between(report, 0, report.lead_end)
    gatherings = _gatherings(report, event)
    if not any(_is_other(ref, report, event, main_names) for refs in by_sentence.values() for ref in refs):
        return gatherings
    for number, (start, end) in enumerate(report.sentences):
        refs = by_sentence.get(number, [])
        here = report.text.count("\n", 0, start)
        others = [ref for ref in refs if _is_other(ref, report, event, main_names)]
        if others:
            parts = _parts(report, (start, end), refs, others)
            found += parts
            current = parts[-1]
            from_start = parts[0].start == start or _LABEL.fullmatch(report.text, start, parts[0].start)
            whole, line = bool(from_start) and current.end == end, here
            continue
        if current is None or refs:
            current = current if current and here == line and not refs else None
            continue
        names = _names_between(report, start, end)
        if here == line and _POINTS_BACK.match(report.text, start):
            found.append(current._replace(start=start, end=end))
            continue
        if (whole and here == line and not names & main_names - current.names) or names & current.names - main_names:
            found.append(current._replace(start=start, end=end))
    taken = {(one.start, one.end) for one in found}
    return found + [one for one in gatherings if (one.start, one.end) not in taken]


def _gatherings(report: Report, event: Happening) -> list[Segment]:
    """Sentences on a meeting held beside what the source is about, and what they go on with in their paragraph."""
    days = report.main_dates
    if (
        days is None
        or not report.sentences
        or _MEETING.search(report.text, 0, report.title_end or report.sentences[0][1])
    ):
        return []
    found: list[Segment] = []
    quotes = report.extraction.quotes
    line = -1
    for start, end in report.sentences:
        here = report.text.count("\n", 0, start)
        own = _HELD.search(report.text, start, end) and start > report.title_end
        goes_on = _MEETING.search(report.text, start, end) or any(one.start < end and start < one.end for one in quotes)
        if own or (here == line and goes_on):
            names = _names_between(report, start, end) | {f"meeting {event.number}"}
            found.append(Segment(report.number, start, end, *days, names, start))
            line = here
        elif here != line:
            line = -1
    return found + _declared(report, found)


def _declared(report: Report, found: Sequence[Segment]) -> list[Segment]:
    """Further sentences that quote the paper of a meeting, such as a joint statement, wherever they stand."""
    quotes = report.extraction.quotes
    papers = {
        one.speaker: segment
        for segment in found
        for one in quotes
        if one.speaker_kind == "document" and segment.start <= one.start < segment.end
    }
    made: dict[int, Segment] = {}
    for one in quotes:
        place = report.sentence(report.sentence_at(one.start))
        if one.speaker in papers and not any(segment.start <= one.start < segment.end for segment in found):
            made[place[0]] = papers[one.speaker]._replace(start=place[0], end=place[1])
    return list(made.values())


def _parts(
    report: Report, sentence: tuple[int, int], refs: Sequence[DateRef], others: Sequence[DateRef]
) -> list[Segment]:
    """The parts of a sentence that speak of other times, each from its clause's start to the next part."""
    start, end = sentence
    found: list[Segment] = []
    for place, ref in enumerate(others):
        first = _clause_start(report.text, max(start, found[-1].start + 1) if found else start, ref.start)
        if any(first <= one.start < ref.start for one in refs if one is not ref):
            first = max(one.end for one in refs if one.start < ref.start)
        stop = _clause_end(report.text, first, ref.end, end)
        if noun := _OF_DATE.search(report.text, first, ref.start):
            first, stop = noun.start(), ref.end  # "the third breach of the ceasefire of 28 July" is no part of that
        if place + 1 < len(others):
            stop = min(stop, others[place + 1].start)
        bare = ref.precision == "month" and not re.search(r"\d", report.text[ref.start : ref.end])
        bare = bare and not years_back(report.text, ref.start, ref.end)
        names = _names_between(report, first, stop)
        found.append(Segment(report.number, first, stop, ref.first, ref.last, names, ref.start, bare))
    return found


def _is_other(ref: DateRef, report: Report, event: Happening, main_names: frozenset[str]) -> bool:
    """Whether a time lies clearly before, or beyond, the main event of its source."""
    first, last = report.main_dates or (event.first, event.last)
    if event.window:
        first, last = min(first or event.window[0], event.window[0]), event.window[1]
    if first is None or last is None:
        return False
    if ref.precision in {"year", "season"}:
        return ref.last < first - timedelta(days=31)
    if ref.precision == "month":
        return ref.last < first - timedelta(days=5)
    if ref.precision == "week":
        return report.day_known != "inferred" and ref.last < first - timedelta(days=7)
    if ref.last >= first - timedelta(days=1):
        return False
    if ref.last < first - timedelta(days=_EVE):
        return True
    start, end = report.sentence(report.sentence_at(ref.start))
    return bool(_names_between(report, start, end) - main_names)  # a few days before, and elsewhere


def _clause_start(text: str, start: int, at: int) -> int:
    """Where the clause begins that a date stands in."""
    first = start
    for match in _CLAUSE.finditer(text, start, at):
        if match.end() <= at and not _LISTED.search(text, start, match.start()):
            first = match.end()
    return first


def _clause_end(text: str, first: int, at: int, end: int) -> int:
    """Where the clause ends that a date stands in: at the next one with a verb of its own in the present.

    A clause between two commas ("our log, which adds a sortie on 9 February, makes it the fourth") ends at the second.
    """
    match = _RELATIVE.match(text, max(0, first - _LONGEST_TIE)) and _GOES_ON.search(text, at, end)
    match = match or _PRESENT.search(text, at, end)
    return match.start() if match else end


_LONGEST_TIE: Final = len(", which")
_RELATIVE: Final = re.compile(r",\s(?:which|where)")
_GOES_ON: Final = re.compile(r",\s(?=(?:is|are|was|were|has|had|have|will|would|[a-z]{3,}(?:s|ed))\s)")


def _names_between(report: Report, start: int, end: int) -> frozenset[str]:
    return frozenset(key for key, place in report.places if start <= place < end)
