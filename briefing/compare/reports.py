"""Features of one source for the comparison: its day, dates, sentences, asserters and names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

from briefing.compare.asserting.asserters import Asserters
from briefing.compare.likeness import year_before
from briefing.compare.nouns import path_of
from briefing.compare.source_days import source_day, source_period
from briefing.compare.text_dates import DateRef, find_dates
from briefing.compare.wording import keys, short_keys
from briefing.model.words import MONTH_NUMBERS, WEEKDAYS

if TYPE_CHECKING:
    from briefing.model.facts import Extraction
    from briefing.model.source import Source

_UNTOLD: Final = frozenset({"DATE", "QUANTITY", "MONEY"})
_NOT_TELLING: Final = frozenset({"NATION", "DATE", "QUANTITY", "MONEY", "AIRCRAFT"})
_LIGHT: Final = 0.3
"""Weight of a nation, which stands in many stories, against other names."""
_LEAD_SENTENCES: Final = 6
_RUN: Final = 5
_LATER: Final = 0.5
"""Factor of what a source without a day names after its lead."""
_NUMBER: Final = 0.5
"""Weight of a number of something against names."""
_WORD: Final = 0.25
"""Weight of any long word."""
_STEM: Final = 5
_WRITTEN: Final = 0.6
"""Weight of a word with a capital that the extractor has made nothing of."""
_PREFIXES: Final = frozenset(
    {
        "hs", "its", "hms", "uss", "mv", "brp", "the", "fgs", "fs", "rfa", "hnlms", "inks", "ins", "jds", "roks",
        "hmas", "hmcs", "gen", "col", "maj", "adm",
    }
)  # fmt: skip
_PROPER: Final = re.compile(
    r"(?:(?<=[a-z,;:)–—] )|(?<=\b(?:Col|Gen|Adm|Maj|Sgt|Cdr|Mrs)\. )|(?<=\b(?:Capt|Brig|Cmdr)\. )"
    r"|(?<=\b(?:Lt|Dr|Mr|Ms)\. ))"
    r"(?P<name>[A-Z][\w’']*[a-z][\w’']*(?:-[A-Z][\w’']*| (?:al-|el-)?[A-Z][\w’']*[a-z][\w’']*){0,2})"
)
_NO_NAMES: Final = frozenset(
    {
        "I", "The", "A", "An", "In", "On", "At", "It", "He", "She", "They", "We", "But", "And", "Mr", "Mrs", "Ms", "Dr",
        "Col", "Gen", "Adm", "Capt", "Lt", "Maj", "Sgt", "Colonel", "General", "Admiral", "Captain", "Major",
        "Commander", "Minister", "President", *map(str.title, MONTH_NUMBERS), *WEEKDAYS,
    }
)  # fmt: skip
_DAY_AFTER_WEEKDAY: Final = re.compile(r",?\s(?:\d{1,2}\s[A-Z][a-z]+|[A-Z][a-z]+\s\d{1,2})(?:,?\s\d{4})?\b")
_AGENCY: Final = re.compile(r"^[^\n]{0,80}?\((?P<agency>[A-Z][\w .’'-]{2,40})\)\s[-–—]", re.MULTILINE)
_ROUND_UP: Final = re.compile(r"^(?:\d+[/).]|[-•*])\s", re.MULTILINE)


@dataclass(slots=False)
class Report:
    """A source by its number in the corpus. ``day`` is when it was published or written, as far as known.

    ``day_known`` says how: ``stated``, ``guessed`` (the year was inferred from a weekday or from other sources),
    ``period`` (a month or season), ``inferred`` (from sources on the same event) or ``none``.
    """

    number: int
    source: Source
    extraction: Extraction
    day: date | None = None
    day_known: str = "none"
    period: tuple[date, date] | None = None
    """The month or season of a source that gives no day."""
    names: dict[str, float] = field(default_factory=dict)
    copies_words: bool = False
    """Whether it takes over another source's text in other words, so that its quotations are not the speaker's."""

    @cached_property
    def text(self) -> str:
        """The text."""
        return str(self.source.text)

    @cached_property
    def own_text(self) -> str:
        """The text without what a mail repeats of others: an answer below which a letter stands is no copy of it."""
        text, end = self.text, len(self.text)
        parts: list[str] = []
        for aside in reversed(self.source.asides):
            parts.append(text[aside.end : end])
            end = aside.start
        return "".join([text[:end], *reversed(parts)])

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Spans of the sentences; lines, where the extractor gives none."""
        if self.extraction.sentences:
            return tuple(self.extraction.sentences)
        return tuple(match.span() for match in re.finditer(r"\S[^\n]*", self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds a character."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def sentence(self, number: int) -> tuple[int, int]:
        """The span of a sentence; the whole text where there is none."""
        return self.sentences[number] if self.sentences else (0, len(self.text))

    @cached_property
    def asserters(self) -> Asserters:
        """The attributions of the text."""
        return Asserters(self.text, self.extraction, self.publisher)

    @cached_property
    def publisher(self) -> str | None:
        """The publisher: as the source states it, else the agency of its dateline."""
        if self.source.publisher:
            return str(self.source.publisher)
        match = _AGENCY.search(self.text[:800])
        return match["agency"] if match else None

    @cached_property
    def dates(self) -> list[DateRef]:
        """All mentions of times that can be resolved."""
        return [ref for ref in find_dates(self.text, self.day) if not self._is_dateline(ref)]

    def a_year_before(self, start: int, end: int) -> None:
        """Move the months without a year within a passage to the year before, as other sources have it.

        Args:
            start: First character of the passage.
            end: The character after its last.
        """
        for place, ref in enumerate(self.dates):
            if start <= ref.start < end and ref.precision == "month":
                self.dates[place] = ref._replace(first=year_before(ref.first), last=year_before(ref.last))

    def _is_dateline(self, ref: DateRef) -> bool:
        """Whether a date is the day of the source at its head or foot, which is no date of an event."""
        if ref.first != self.day or ref.first != ref.last:
            return False
        if not re.search(r"\d", self.text[ref.start : ref.end]):
            goes_on = _DAY_AFTER_WEEKDAY.match(self.text, ref.end)  # "Thursday, 11 December 2025"
            if goes_on is None:
                return False
            ref = ref._replace(end=goes_on.end())
        line_start = self.text.rfind("\n", 0, ref.start) + 1
        before = self.text[line_start : ref.start]
        after = self.text[ref.end : ref.end + 40]
        if re.search(r"\b(?:on|last|since|from|until|of|by|before|after)\s$", before, re.IGNORECASE):
            return False  # "informs: last 6 February …"
        if re.match(r"[,.]?\s*(?:\(|[-–—]\s)", after) or not after.strip() or after.startswith("\n"):
            return True
        return len(before) < 60 and not re.search(r"[a-z]{3,}\s[a-z]{2,}\s", before) and line_start < 600

    @cached_property
    def places(self) -> list[tuple[str, int]]:
        """Names of what is no nation, type or time, and where they stand."""
        said = [(plain_key(m.name), m.start) for m in self.extraction.mentions if m.type not in _NOT_TELLING]
        nations = {plain_key(m.name) for m in self.extraction.mentions if m.type in _NOT_TELLING}
        nations |= {plain_key(m.text) for m in self.extraction.mentions if m.type in _NOT_TELLING}
        return said + [(key, start) for key, start, _ in self.proper if key not in nations]

    @cached_property
    def title_end(self) -> int:
        """The character after the title, if the text begins with one: its first line, without a full stop."""
        first = self.text.lstrip().split("\n", 1)[0]
        if len(first) > 200 or first.endswith((".", "!", "”", '"')) or "\n" not in self.text.strip():
            return 0
        return self.text.find(first) + len(first)

    @cached_property
    def _nations(self) -> dict[str, str]:
        """Nations by every word that the text has for them."""
        found: dict[str, str] = {}
        for one in self.extraction.participants:
            if one.kind == "nation":
                for form in (one.name, *one.aliases):
                    found.setdefault(form.casefold(), str(one.name))
        for mention in self.extraction.mentions:
            if mention.type == "NATION":
                found.setdefault(mention.text.casefold(), str(mention.name))
        return found

    def nation_in(self, name: str) -> str | None:
        """The nation whose name, or adjective, is part of a body's name."""
        plain = f" {' '.join(short_keys(name))} "
        for form, nation in self._nations.items():
            if f" {' '.join(short_keys(form))} " in plain:
                return nation
        words = plain.split()
        for nation in set(self._nations.values()):
            stem = nation.casefold()[:5]
            if len(stem) >= 4 and any(word.startswith(stem) for word in words):
                return nation
        return None

    @cached_property
    def home_nation(self) -> str | None:
        """The nation that the text names first, by the most part its own; of a release, that of its bodies."""
        told = self.is_release and {
            nation
            for one in self.extraction.participants
            if one.kind in {"organisation", "unit"} and one.core and (nation := self.nation_in(one.name))
        }
        if told and len(told) == 1:
            return told.pop()
        nations = [one for one in self.extraction.participants if one.kind == "nation" and one.mentions]
        first = min(nations, key=lambda one: one.mentions[0], default=None)
        return str(first.name) if first else None

    @cached_property
    def machine_paraphrased(self) -> bool:
        """Whether its words are another text's, turned by a program."""
        return any(warning.kind == "machine-paraphrased" for warning in self.extraction.warnings)

    @property
    def is_release(self) -> bool:
        """Whether the body that speaks publishes it itself."""
        return self.asserters.issuer is not None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words of its own text, as they are compared."""
        return keys(self.own_text)

    @cached_property
    def lead_end(self) -> int:
        """The character after the lead: the first few sentences, which tell what the source is about."""
        return self.sentences[min(_LEAD_SENTENCES, len(self.sentences)) - 1][1] if self.sentences else len(self.text)

    @property
    def lead(self) -> str:
        """The text of the lead."""
        return self.text[: self.lead_end]

    @cached_property
    def proper(self) -> tuple[tuple[str, int, int], ...]:
        """Words with a capital that no sentence begins with, by key, and where they stand."""
        return tuple(proper_nouns(self.text))

    @cached_property
    def main_dates(self) -> tuple[date, date] | None:
        """First and last day of what the source is mainly about; None where it does not tell and has no day."""
        return _main_dates(self)


def make_report(number: int, source: Source, extraction: Extraction, today: date) -> Report:
    """Make the report of a source, with its day and its names.

    Args:
        number: Number of the source in the comparison, from 0.
        source: The source.
        extraction: Its extraction.
        today: Bounds the years that are tried where the text gives a day without one.
    """
    report = Report(number, source, extraction)
    published = source.published
    if published is not None:
        report.day = published.date() if isinstance(published, datetime) else published
        report.day_known = "stated"
    else:
        day, stated = source_day(str(source.text), range(today.year - 25, today.year + 1))
        report.day, report.day_known = day, "none" if day is None else "stated" if stated else "guessed"
        if day is None and (period := source_period(str(source.text))):
            report.period, report.day, report.day_known = period, period[1], "period"
    upto = report.lead_end if report.day is None else len(source.text)  # what it recalls later says less of its matter
    report.names = _names(report, upto)
    if report.day is None:
        later = _names(report, len(source.text))
        report.names = {name: weight * _LATER for name, weight in later.items()} | report.names
    return report


def _names(report: Report, upto: int) -> dict[str, float]:
    """What a source names before a place, with how much that says about its matter."""
    extraction = report.extraction
    words = report.words if upto >= len(report.text) else keys(report.text[:upto])
    found: dict[str, float] = {f"~{word[:_STEM]}": _WORD for word in words if len(word) > _STEM and word.isalpha()}
    found |= {key: _WRITTEN for key, start, _ in report.proper if start < upto}
    for mention in extraction.mentions:
        if mention.type not in _UNTOLD and mention.start < upto:
            found[plain_key(mention.name)] = _LIGHT if mention.type == "NATION" else 1.0
    for participant in extraction.participants:
        if participant.mentions and participant.mentions[0][0] >= upto:
            continue
        found[plain_key(participant.name)] = _LIGHT if participant.kind == "nation" else 1.0
        for alias in participant.aliases if participant.kind == "nation" else ():
            found[plain_key(alias)] = _LIGHT
        if participant.affiliation:
            found.setdefault(plain_key(participant.affiliation), _LIGHT)
    for count in extraction.counts:
        if count.item[:1].isupper():
            found[plain_key(count.item)] = 1.0
        if count.start < upto and count.low is not None and count.low == count.high and count.low > 2:
            found[f"#{count.low} {path_of(count.item)[:1]}"] = _NUMBER
    for quote in extraction.quotes:
        for run in _sampled(keys(quote.text)):
            found[run] = 1.0
    found.pop("", None)
    return found


def _sampled(words: tuple[str, ...]) -> list[str]:
    """Two runs of words of a quotation, the same ones wherever they are quoted."""
    runs = {" ".join(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)}
    return sorted(runs, key=lambda run: crc32(run.encode()))[:2]


def proper_nouns(text: str) -> Iterator[tuple[str, int, int]]:
    """Words with a capital that no sentence begins with: what names are written by, whatever the extractor knows."""
    for match in _PROPER.finditer(text):
        word = match["name"]
        if word.split("-")[0] not in _NO_NAMES:
            yield plain_key(word), match.start("name"), match.end("name")


@lru_cache(maxsize=50_000)
def plain_key(name: str) -> str:
    """A name by which mentions in several sources are held together: letters and digits, without a ship's prefix."""
    words = short_keys(name)
    if len(words) > 1 and words[0] in _PREFIXES:
        words = words[1:]
    return "".join(words)


_BEFORE_THAT: Final = re.compile(r"\bhad\s(?:already\s|first\s)?(?:been\s)?[a-z]+(?:ed|en|n|t)\b[^.;]*$")
"""Before a date on which something had happened earlier than what is told."""


def _main_dates(report: Report) -> tuple[date, date] | None:
    """The days of the main event: those of the lead that are near the source's day, else its first full date."""
    lead = [ref for ref in report.dates if ref.start < report.lead_end and ref.at_event]
    day = report.day
    if report.period:
        return report.period
    if day is None:
        full = next((ref for ref in lead if ref.precision == "day"), None)
        return (full.first, full.last) if full else None
    near = [ref for ref in lead if ref.precision == "day" and day - timedelta(days=21) <= ref.first <= day]
    near = [ref for ref in near if not _BEFORE_THAT.search(report.text, max(0, ref.start - 60), ref.start)] or near
    if spans := [ref for ref in near if ref.first < ref.last]:
        return spans[0].first, spans[0].last
    if near:
        first = near[0]
        return first.first, max(first.last, first.first)
    weeks = [ref for ref in lead if ref.precision == "week" and day - timedelta(days=21) <= ref.first <= day]
    if weeks:
        return weeks[0].first, min(weeks[0].last, day)
    older = [ref for ref in lead if ref.precision == "day" and ref.first < day]
    if older and older[0].start < report.sentence(min(2, len(report.sentences) - 1))[1]:
        return older[0].first, older[0].last
    return day - timedelta(days=3), day
