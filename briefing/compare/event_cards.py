"""Cards of events: what, when, where, who, in which sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.compare.wording import keys
from briefing.model.days import interval
from briefing.model.event import Event, Passage
from briefing.model.safetext import SafeText
from briefing.model.words import MONTHS

if TYPE_CHECKING:
    from briefing.compare.background.recalled import Happening, Segment
    from briefing.compare.events import Events
    from briefing.compare.reports import Report

_LONGEST = 120
_FEWEST_WORDS = 5
_PARTIES = 6
_READ = 40
"""So many sources of an event are asked for its title."""
_TELLING = 4
"""Letters from which a word of a title tells something."""
TIE = re.compile(r"^[\s,;:–—-]*(?:(?:and|but|or|whereas|while|when|as|which)\b[\s,]*)*", re.IGNORECASE)
"""What ties a part of a sentence to the part before it."""
_OWN_CLAUSE = re.compile(r"[,;]\s(?:and|but|whereas|while)\s?$|[,;]\s?(?:and|but|whereas|while)\s(?=an?\s|the\s)")
"""What comes before a part of a sentence that is one by itself."""
_MONTH = f"(?:{'|'.join(MONTHS)})"
_TIME_FIRST = re.compile(
    rf"^(?:(?:In|On|Since|By|During|Already\sin)\s(?:early\s|late\s|mid-?\s?)?(?:\d{{1,2}}\s)?(?:{_MONTH}|\d{{4}})"
    rf"(?:\s(?:of\s)?\d{{1,4}})?(?:\sof\s(?:last|this)\syear|\s(?:last|this)\syear)?(?:,\s\d{{4}})?|"
    r"(?:The|That)\s(?:same|following|previous|next)?\s?(?:day|night|week|weekend|month|year|morning|evening)|"
    r"(?:Last|Earlier\sthis|Later\sthat|Earlier\sthat)\s(?:day|night|week|weekend|month|year|spring|summer|autumn|winter)|"
    r"A\s(?:day|week|month|year)\s(?:earlier|before|later|ago))[,:]?\s(?=\S)",
)
"""A time at the beginning of a sentence."""
_SAYS_WHO = re.compile(r"^(?:According\sto|As\stold\sby|In\sthe\swords\sof)\s[^,]{3,60},\s(?=\S)")
"""Who says so, at the beginning of a sentence."""
_BRINGS_IN = re.compile(
    r"\b(?:including|such as|like|similar to|following|after|since|recalled|repeated|as in)\s"
    r"(?:(?:a|an|the|its|their|his|her|another|one|last|earlier|previous)\s)*(?=\S)",
    re.IGNORECASE,
)
"""Words behind which the event that is recalled is called by its name: "…, including a bomber escort in January"."""


def event_cards(reports: Sequence[Report], events: Events) -> tuple[tuple[Event, ...], dict[int, str]]:
    """Make the cards of the events in order of time, undated ones last, and the id of each event by its number.

    Args:
        reports: The sources, in order of their numbers.
        events: The events.
    """
    held = [event for event in events.all if event.main or event.segments]
    ordered = sorted(held, key=lambda e: (e.first.isoformat() if e.first else "~", e.documents, e.number))
    ids = {event.number: f"e{place}" for place, event in enumerate(ordered, start=1)}
    return tuple(_card(event, ids[event.number], reports, events) for event in ordered), ids


def _card(event: Happening, key: str, reports: Sequence[Report], events: Events) -> Event:
    start = end = None
    what, at = _what(event, reports)
    if event.first and event.last:
        value = interval(event.first, event.last)
        start, _, end = value.partition("/")
        end = end or start
    return Event(
        id=key,
        what=SafeText(what).line(),
        start_date=start,
        end_date=end,
        stated=_is_stated(event, reports),
        place=_place(event, reports, events),
        parties=_parties(event, reports),
        documents=tuple(reports[number].source.id for number in event.documents),
        recalled_at=at and Passage(document=reports[at.document].source.id, start=at.start, end=at.end),
    )


def _what(event: Happening, reports: Sequence[Report]) -> tuple[str, Segment | None]:
    """The title of the first source that reports it, or the words by which it is recalled, and where."""
    if event.main:
        return str(reports[_titled(event.main, reports)].source.title), None
    recalled = [(_recalled(reports[one.document], one.start, one.end), one) for one in event.segments]
    words, at = min(
        recalled,
        key=lambda said: (
            reports[said[1].document].machine_paraphrased or reports[said[1].document].copies_words,
            len(said[0].split()) < _FEWEST_WORDS,
            _FIRST_PERSON.search(said[0]) is not None,
            _days(said[1]),
            said[0].startswith("…"),
        ),
    )
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + "…", at


def _titled(main: Sequence[int], reports: Sequence[Report]) -> int:
    """The source whose title tells the event best: by how many of its words the other sources' titles and leads have.

    Of several the first one; not one that tells another's text in other words, that speaks of its writer, or that
    names what it is instead of what happened ("Statement of the Ministry").
    """
    leads = {n: set(keys(reports[n].text[: reports[n].lead_end])) for n in main[:_READ]}

    def shared(number: int) -> float:
        words = {word for word in keys(str(reports[number].source.title)) if len(word) >= _TELLING}
        others = [lead for other, lead in leads.items() if other != number]
        held = sum(sum(word in lead for lead in others) for word in words)
        return held / max(1, len(others)) if words else 0.0

    def key(number: int) -> tuple[object, ...]:
        report, title = reports[number], str(reports[number].source.title)
        of_itself = _OF_ITSELF.match(title) is not None or _FIRST_PERSON.search(title) is not None
        return report.machine_paraphrased or report.copies_words, of_itself, -round(shared(number)), number

    return min(leads, key=key)


_OF_ITSELF = re.compile(
    r"(?:Joint\s|Press\s|Official\s|News\s|Media\s)*"
    r"(?:Statement|Communiqu[ée]|Message|Bulletin|Release|Remarks|Transcript|Notes?|Briefing|Declaration|Announcement|Report)s?\s"
    r"(?:of|by|from|on|to)\b",
    re.IGNORECASE,
)
"""A title that says what a text is."""
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s|I|[Mm]y)\b")


def _recalled(report: Report, start: int, end: int) -> str:
    """A part of a sentence as it can stand alone; the whole sentence where little of it is left."""
    sentence = next(((a, b) for a, b in report.extraction.sentences if a <= start < b), (start, end))
    part = " ".join(report.text[start:end].split())
    words = TIE.sub("", part)
    if len(words.split()) < _FEWEST_WORDS:
        return _undated(" ".join(report.text[slice(*sentence)].split()))
    whole = start <= sentence[0] or _OWN_CLAUSE.search(report.text[sentence[0] : start]) or _OWN_CLAUSE.match(part)
    if whole:
        return _undated(words)
    *_, last = [None, *_BRINGS_IN.finditer(words)]
    named = words[last.end() :].rstrip(' .,;:”"') if last else ""
    return named[:1].upper() + named[1:] if len(named.split()) >= _FEWEST_WORDS else f"… {words}"


def _days(segment: Segment) -> int:
    """How many days a passage gives for what it recalls, where it may be one of many."""
    return (segment.last - segment.first).days if segment.first and segment.last else 0


def _undated(words: str) -> str:
    """A sentence without the time that it begins with, which stands beside it: "In 2019, nine men were hurt …"."""
    told = _TIME_FIRST.sub("", _SAYS_WHO.sub("", words))
    told = told if len(told.split()) >= _FEWEST_WORDS else words
    return told[:1].upper() + told[1:]


def _is_stated(event: Happening, reports: Sequence[Report]) -> bool:
    """Whether some source gives the day in full, so that nothing was inferred from when it was published."""
    for number in event.documents:
        for ref in reports[number].dates:
            if ref.stated and event.first and event.last and event.first <= ref.first <= event.last:
                return True
    return False


def _place(event: Happening, reports: Sequence[Report], events: Events) -> SafeText | None:
    """The place that most sources name where they tell of it."""
    counted: Counter[str] = Counter()
    for number in event.main:
        report = reports[number]
        head = report.title_end
        counted.update(
            {
                str(mention.name)
                for mention in report.extraction.mentions
                if mention.type == "PLACE"
                and head <= mention.start < report.lead_end
                and events.at(number, mention.start) == event.number
            }
        )
    if not event.main:
        recalled = (
            mention
            for segment in event.segments
            for mention in reports[segment.document].extraction.mentions
            if mention.type == "PLACE" and segment.start <= mention.start < segment.end
        )
        first = next(recalled, None)
        return SafeText(first.name).line() if first else None
    best = max(counted, key=lambda name: (counted[name], name), default=None)
    return SafeText(best).line() if best else None


def _parties(event: Happening, reports: Sequence[Report]) -> tuple[SafeText, ...]:
    """Nations and bodies that act in it, those of most sources first."""
    counted: Counter[str] = Counter()
    for number in event.main:
        participants = reports[number].extraction.participants
        counted.update({str(one.name) for one in participants if one.core and one.kind in {"nation", "organisation"}})
    ordered = sorted(counted, key=lambda name: (-counted[name], name))
    return tuple(SafeText(name).line() for name in ordered[:_PARTIES])
