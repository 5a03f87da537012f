"""Group sources by the event they report, and assign the passages that recall another event to that one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from briefing.compare.background.recalled import Happening, Segment, segments_of
from briefing.compare.background.same_past import pairs_of, same_pasts
from briefing.compare.background.twins import place_in_copy, twin_sentences
from briefing.compare.editions import Apart
from briefing.compare.likeness import (
    DAYS_APART,
    SIMILAR,
    WINDOW,
    agree_on_years,
    joined_days,
    rarities,
    relations,
    same_day,
    year_before,
)
from briefing.compare.sets import Sets
from briefing.compare.wording import diff_words

if TYPE_CHECKING:
    from briefing.compare.reports import Report

_UNDATED: Final = 0.07
"""The same for a source without a day, if it is clearly more like this event's sources than like others."""
_CLEARLY: Final = 1.15
_CLEARLY_UNLIKE: Final = 1.6
"""How much more a source without a day has to be like the sources of one event than like those of another."""
_SAME_DAY: Final = 0.1
_LOOKED_AT: Final = 8
_LEAD_IN: Final = 3
"""Characters within which a part of a sentence begins or ends with it."""


class Events:
    """The event of each place of each source: first the main ones, then by :meth:`recall` what sources recall."""

    def __init__(
        self,
        reports: Sequence[Report],
        copies: Iterable[Sequence[int]] = (),
        apart: Apart | None = None,
    ) -> None:
        """Find the events.

        Args:
            reports: The sources, by their numbers.
            copies: Groups of sources that carry one text, and so report one event whatever they name.
            apart: Sources that report two events however alike they are.
        """
        self._reports = reports
        self._rare = rarities(reports)
        self.related, likeness = relations(reports, self._rare)
        for members in copies:
            likeness.update({(members[0], other): 1.0 for other in members[1:]})
        agree_on_years(reports, likeness)
        self._alike: dict[int, set[int]] = defaultdict(set)
        for a, b in likeness:
            self._alike[a].add(b)
            self._alike[b].add(a)
        self.all: list[Happening] = []
        self._main = [0] * len(reports)
        self._twins: dict[int, dict[int, int]] = {}
        self._cluster(likeness, apart or Apart())
        self._parts: list[list[tuple[int, int, int]]] = [[] for _ in reports]

    def at(self, document: int, offset: int) -> int:
        """The number of the event that a place of a source belongs to.

        Args:
            document: Number of the source.
            offset: Character of its text.
        """
        for start, end, event in self._parts[document]:
            if start <= offset < end:
                return event
        return self._main[document]

    def ranked_at(self, document: int, offset: int) -> int:
        """The number of the event that an ordinal is of, possibly counted from another ("the third after March's").

        Args:
            document: Number of the source.
            offset: Character of its text.
        """
        for start, end, event in self._parts[document]:
            if start <= offset < end:
                segments = (one for one in self.all[event].segments if (one.document, one.start) == (document, start))
                return event if all(one.dated_at < offset for one in segments) else self._main[document]
        return self._main[document]

    def twin(self, document: int, sentence: int) -> int | None:
        """The sentence of the source that a copy takes over which one of the copy's says in other words.

        Args:
            document: Number of the copy.
            sentence: Number of its sentence.
        """
        return self._twins.get(document, {}).get(sentence)

    def main(self, document: int) -> int:
        """The event that a source is mainly about."""
        return self._main[document]

    def new(self) -> Happening:
        """An event of its own, of which nothing is known yet."""
        self.all.append(Happening(len(self.all)))
        return self.all[-1]

    def move(self, document: int, span: tuple[int, int], event: int) -> None:
        """Have a part of a source belong to an event.

        Args:
            document: Number of the source.
            span: The part.
            event: Number of the event.
        """
        self._parts[document].insert(0, (*span, event))
        day = self.all[event].first
        segment = Segment(document, *span, day, self.all[event].last, frozenset(), span[0])
        self.all[event].segments.append(segment)

    def join(self, kept: int, other: int) -> None:
        """Make one event of two.

        Args:
            kept: Number of the event that stays; its days stay too, where it has any.
            other: Number of the one that is the same.
        """
        one, two = self.all[kept], self.all[other]
        one.main = sorted({*one.main, *two.main})
        one.segments += two.segments
        if one.first is None:
            one.first, one.last = two.first, two.last
        two.main, two.segments = [], []
        self._main = [kept if number == other else number for number in self._main]
        self._parts = [[(a, b, kept if n == other else n) for a, b, n in parts] for parts in self._parts]

    def split(self, documents: Sequence[int]) -> None:
        """Have some sources report an event of their own, apart from the others that were with them."""
        made = self.new()
        for document in documents:
            old = self.all[self._main[document]]
            if document in old.main:
                old.main.remove(document)
            made.main.append(document)
            self._main[document] = made.number
        known = [span for document in documents if (span := _span(self._reports[document]))]
        if known:
            made.first, made.last = self._day_of(documents, known)

    def _cluster(self, likeness: dict[tuple[int, int], float], apart: Apart) -> None:
        """Bring together sources on one event, the most alike first; none whose dates exclude each other."""
        reports = self._reports
        sets = Sets(len(reports))
        own = {r.number: _span(r) for r in reports}
        spans: dict[int, tuple[date, date] | None] = dict(own)
        ordered = sorted(likeness.items(), key=lambda one: (-one[1], one[0]))
        for (a, b), value in ordered:
            one, two = sets.find(a), sets.find(b)
            copied = value >= 1.0
            if one == two or ((own[a] is None) != (own[b] is None) and not copied):
                continue
            if value < (_SAME_DAY if same_day(own[a], own[b]) else SIMILAR):
                continue
            joined = joined_days(spans[one], spans[two])
            if not isinstance(joined, bool) and apart.may_join(one, two):
                sets.join(one, two)
                spans[sets.find(one)] = joined
                apart.joined(one, two)
        self._take_undated(ordered, sets, own)
        for group in sets.groups():
            event = Happening(len(self.all), main=group)
            if known := [span for n in group if (span := own[n])]:
                event.first, event.last = self._day_of(group, known)
                days = [span for span in known if span[1] - span[0] <= timedelta(days=DAYS_APART)] or known
                event.window = min(span[0] for span in days), max(span[1] for span in days)
            for number in group:
                self._main[number] = event.number
            self.all.append(event)

    def _day_of(self, group: Sequence[int], known: Sequence[tuple[date, date]]) -> tuple[date, date]:
        """The day that most sources of an event mention, the first of several; with its end where one gives that."""
        short = [span for span in known if (span[1] - span[0]).days <= DAYS_APART] or known
        start, stop = min(span[0] for span in short), max(span[1] for span in short)
        if (stop - start).days > 3 * DAYS_APART:
            return _common(known)
        counted: Counter[date] = Counter()
        ends: dict[date, date] = {}
        for number in group:
            days = {
                ref.first
                for ref in self._reports[number].dates
                if ref.precision == "day" and ref.at_event and start <= ref.first <= stop
            }
            counted.update(days)
            for ref in self._reports[number].dates:
                if ref.precision == "day" and ref.last > ref.first:
                    ends[ref.first] = max(ref.last, ends.get(ref.first, ref.last))
        if not counted:
            return _common(known)
        day = min(counted, key=lambda one: (-counted[one], one))
        return day, ends.get(day, day)

    def _take_undated(
        self,
        ordered: Sequence[tuple[tuple[int, int], float]],
        sets: Sets,
        own: dict[int, tuple[date, date] | None],
    ) -> None:
        """Give each source without a day to the event of the sources most like it, and with it their day."""
        near: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (a, b), value in ordered:
            for one, other in ((a, b), (b, a)):
                if own[one] is None:
                    near[one].append((value, other))
        for number in sorted(near):
            report = self._reports[number]
            best: dict[int, tuple[float, int]] = {}
            for value, other in sorted(near[number], reverse=True)[:_LOOKED_AT]:
                span = own[other]
                weight = value * (_dated_alike(report, span) if span else 1.0)
                key = sets.find(other)
                best[key] = max(best.get(key, (0.0, 0)), (weight, -other))
            chosen = sorted(best.values(), reverse=True)
            if not chosen or chosen[0][0] < _UNDATED:
                continue
            clearly = _CLEARLY if chosen[0][0] >= SIMILAR else _CLEARLY_UNLIKE
            if len(chosen) < 2 or chosen[0][0] >= clearly * chosen[1][0]:
                model = self._reports[-chosen[0][1]]
                sets.join(number, model.number)
                if report.day is None:
                    report.day, report.day_known = model.day, "inferred"

    def recall(self, models: dict[int, int]) -> None:
        """Find what sources recall of other events, and give it to the events it is about.

        Args:
            models: For each copy the source that it takes over, whose passages it recalls.
        """
        for number, model in models.items():
            self._twins[number] = twin_sentences(self._reports[number], self._reports[model])
        segments = [segment for report in self._reports for segment in self._recalled_by(report)]
        bearers: dict[str, list[int]] = defaultdict(list)
        for event in self.all:
            for name in self._profile(event):
                bearers[name].append(event.number)
        of_name: dict[str, list[int]] = defaultdict(list)
        for segment in segments:
            own = self._main[segment.document]
            number = self._home_of(segment, own, bearers, of_name)
            event = self.all[number]
            event.segments.append(segment)
            if not event.main:
                event.narrow(segment)
            for name in (*segment.names, f"event {own}"):
                of_name[name].append(number)
            self._parts[segment.document].append((segment.start, segment.end, number))
        for document in sorted(self._twins):
            self._follow(document, models[document], self._twins[document])
        self._join_same_pasts()

    def _recalled_by(self, report: Report) -> Iterator[Segment]:
        """What a source recalls by itself: of a copy, what no sentence of its model says."""
        twins = self._twins.get(report.number, {})
        for segment in segments_of(report, self._event_of(report)):
            if report.sentence_at(segment.start) not in twins:
                yield segment

    def _follow(self, document: int, model: int, twins: dict[int, int]) -> None:
        """Give the sentences of a copy to the events of the sentences that they say in other words."""
        report, other = self._reports[document], self._reports[model]
        for number, twin in sorted(twins.items()):
            (start, end), (first, last) = report.sentence(number), other.sentence(twin)
            parts = [part for part in self._parts[model] if first <= part[0] < last]
            if not parts:
                continue
            changes = diff_words(other.text[first:last], report.text[start:end])
            for a, b, event in parts:
                at = start + (place_in_copy(changes, a - first) if a - first > _LEAD_IN else 0)
                stop = start + place_in_copy(changes, b - first) if last - b > _LEAD_IN else end
                if at >= stop:
                    continue
                theirs = next(one for one in self.all[event].segments if (one.document, one.start) == (model, a))
                self._parts[document].append((at, stop, event))
                self.all[event].segments.append(theirs._replace(document=document, start=at, end=stop, dated_at=at))

    def _join_same_pasts(self) -> None:
        """Join recalled events that are one, and set the year of months that stand without."""
        near = pairs_of(self.all, self._main, self._alike)
        for kept, other, earlier in same_pasts(self.all, self._reports, near, self._own_spans):
            for segment in self.all[other].segments if earlier else ():
                self._reports[segment.document].a_year_before(segment.start, segment.end)
            self.join(kept, other)

    def _own_spans(self, document: int) -> list[tuple[int, int]]:
        """The parts of a source that tell of its main event."""
        taken = sorted((start, end) for start, end, _ in self._parts[document])
        edges = [0, *(edge for span in taken for edge in span), len(self._reports[document].text)]
        return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]

    def _home_of(self, segment: Segment, own: int, bearers: dict[str, list[int]], of_name: dict[str, list[int]]) -> int:
        """The event that a segment recalls: one that sources report, one that others recall, else a new one."""
        number = self._reported(segment, own, bearers)
        if number is None and segment.bare and segment.first and segment.last:
            earlier = segment._replace(first=year_before(segment.first), last=year_before(segment.last))
            number = self._reported(earlier, own, bearers)
        if number is None:
            names = (*segment.names, f"event {own}")
            near = {n for name in names for n in islice(of_name.get(name, ()), WINDOW)}
            number = next((n for n in sorted(near) if self._same_past(segment, self.all[n])), None)
        if number is None:
            number = len(self.all)
            self.all.append(Happening(number, first=segment.first, last=segment.last))
        return number

    def _event_of(self, report: Report) -> Happening:
        return self.all[self._main[report.number]]

    def _profile(self, event: Happening) -> set[str]:
        """Weighted names of an event's sources."""
        return {name for number in event.main for name, weight in self._reports[number].names.items() if weight == 1.0}

    def _reported(self, segment: Segment, own: int, bearers: dict[str, list[int]]) -> int | None:
        """The event that other sources report and a segment recalls: of its day, and with names in common."""
        found: Counter[int] = Counter()
        for name in segment.names:
            for number in islice(bearers.get(name, ()), WINDOW):
                if number != own and _overlap(segment, self.all[number]):
                    found[number] += 1
        if found:
            return max(found, key=lambda n: (found[n], -n))
        if segment.first is None:
            return None
        if segment.last is None or segment.last - segment.first > timedelta(days=31):
            return None
        near = {self._main[n] for n in self._alike[segment.document]} - {own}
        fitting = [n for n in near if self.all[n].first and _overlap(segment, self.all[n])]
        return fitting[0] if len(fitting) == 1 else None

    def _same_past(self, segment: Segment, event: Happening) -> bool:
        if not _overlap(segment, event):
            return False
        names = frozenset().union(*(one.names for one in event.segments))
        if names & segment.names:
            return True
        day = segment.first == segment.last == event.first == event.last
        same = any(self._main[one.document] == self._main[segment.document] for one in event.segments)
        return same and (day or not (names and segment.names))


def _overlap(segment: Segment, event: Happening) -> bool:
    """Whether a segment's dates allow it to speak of an event."""
    if segment.first is None or segment.last is None or event.first is None or event.last is None:
        return segment.first is None
    slack = timedelta(days=1 if segment.first == segment.last else 0)
    return segment.first <= event.last + slack and event.first - slack <= segment.last


def _span(report: Report) -> tuple[date, date] | None:
    """The days that a source's event may have been on."""
    return report.main_dates if report.day is not None else None


def _dated_alike(report: Report, span: tuple[date, date]) -> float:
    """Factor by which the dates of a source without a day fit an event's."""
    from briefing.compare.text_dates import find_dates

    if not re.search(r"\d|[A-Z][a-z]{2}", report.lead):
        return 1.0
    refs = [ref for ref in find_dates(report.lead, span[1]) if ref.at_event and ref.absolute_in(report.text)]
    fitting = [r for r in refs if r.first <= span[1] + timedelta(days=1) and span[0] - timedelta(days=1) <= r.last]
    if any(ref.precision == "day" for ref in fitting):
        return 2.0
    if fitting:
        return 1.5
    return 1.0 if not refs else 0.7


def _common(spans: Sequence[tuple[date, date]]) -> tuple[date, date]:
    """The days that most sources give; of an interval and a day within it, the day."""
    counted = Counter(spans)
    days = Counter({span: times for span, times in counted.items() if span[0] == span[1]})
    return max(days or counted, key=lambda span: ((days or counted)[span], -(span[1] - span[0]).days, span))
