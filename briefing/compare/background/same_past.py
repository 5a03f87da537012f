"""Join recalled events that are one: told with the same figures, of days that allow it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.compare.amounts import amount
from briefing.compare.likeness import year_before
from briefing.compare.nouns import path_of
from briefing.model.amounts import Amount, fits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing.compare.background.recalled import Happening
    from briefing.compare.reports import Report

_FEWEST: Final = 3
"""Least number that tells something: one or two of a thing are in every story."""
_UNLIKELY: Final = 20
"""Least number that two events hardly share by chance; of smaller ones it takes two."""
_READ: Final = 12
"""How many sources of a reported event are read for its figures."""


class _Figure(NamedTuple):
    """A number of things of one sort."""

    root: str
    amount: Amount


def same_pasts(
    events: Sequence[Happening],
    reports: Sequence[Report],
    near: Iterable[tuple[int, int]],
    own_spans: Callable[[int], list[tuple[int, int]]],
) -> Iterator[tuple[int, int, bool]]:
    """Pairs of events that are one: the kept one, the other, and whether the other's month is of the year before.

    Args:
        events: All events.
        reports: The sources, in order of their numbers.
        near: Pairs of events whose sources tell of the same matter; only those are looked at.
        own_spans: The parts of a source that tell of its main event.
    """
    figures: dict[int, frozenset[_Figure]] = {}
    joined: dict[int, int] = {}
    for one, two in near:
        kept, other = (events[_of(joined, number)] for number in (one, two))
        if kept is other or (kept.main and other.main):
            continue
        if other.main or (not kept.main and _vaguer(kept, other)):
            kept, other = other, kept
        for event in (kept, other):
            if event.number not in figures:
                figures[event.number] = _figures(event, reports, own_spans)
        earlier = _is_bare(other) and not _meet(kept, other, years=0) and _meet(kept, other, years=1)
        if (earlier or _meet(kept, other, years=0)) and _agree(figures[kept.number], figures[other.number]):
            joined[other.number] = kept.number
            figures[kept.number] |= figures[other.number]
            yield kept.number, other.number, earlier


def pairs_of(events: Sequence[Happening], main: Sequence[int], alike: dict[int, set[int]]) -> list[tuple[int, int]]:
    """Pairs of recalled events, or of one with a reported one, that sources on the same matter tell of.

    Args:
        events: All events.
        main: The main event of each source.
        alike: The sources that are like each source.
    """
    of_story: dict[int, set[int]] = defaultdict(set)
    for event in events:
        for segment in event.segments:
            for number in islice_sorted(alike.get(segment.document, ())):
                of_story[main[number]].add(event.number)
            of_story[main[segment.document]].add(event.number)
    found: set[tuple[int, int]] = set()
    for story, numbers in of_story.items():
        ordered = sorted(numbers)[:_STORY]
        found.update((a, b) for place, a in enumerate(ordered) for b in ordered[place + 1 :])
        found.update((min(story, n), max(story, n)) for n in ordered if n != story)
    return sorted(found)


_STORY: Final = 40
"""How many recalled events of one story are held against each other."""


def islice_sorted(numbers: Iterable[int]) -> list[int]:
    """The first few of some sources' numbers."""
    return sorted(numbers)[:_READ]


def _of(joined: dict[int, int], number: int) -> int:
    while number in joined:
        number = joined[number]
    return number


def _vaguer(one: Happening, two: Happening) -> bool:
    """Whether the days of the one are told less exactly."""
    if _is_bare(one) != _is_bare(two):
        return _is_bare(one)
    lengths = [(event.last - event.first).days if event.first and event.last else 10_000 for event in (one, two)]
    return lengths[0] > lengths[1]


def _is_bare(event: Happening) -> bool:
    """Whether it is dated by months without a year only, which may be another year's."""
    return bool(event.segments) and not event.main and all(one.bare for one in event.segments)


def _meet(kept: Happening, other: Happening, *, years: int) -> bool:
    """Whether the days of two events allow them to be one; the other's may be moved to the year before."""
    if kept.first is None or kept.last is None or other.first is None or other.last is None:
        return False
    first, last = other.first, other.last
    if years:
        first, last = year_before(first), year_before(last)
    slack = timedelta(days=1 if first == last else 0)
    return first <= kept.last + slack and kept.first - slack <= last


def _agree(one: frozenset[_Figure], two: frozenset[_Figure]) -> bool:
    """Whether two events are told with the same figures: an unlikely one, or two of which one is exactly the same."""
    exact = {figure for figure in one & two if figure.amount.low == figure.amount.high}
    if any((figure.amount.low or 0) >= _UNLIKELY for figure in exact):
        return True
    fitting = {a for a in one for b in two if a.root == b.root and fits(a.amount, b.amount)}
    return bool(exact) and len(fitting) > 1


def _figures(
    event: Happening, reports: Sequence[Report], own_spans: Callable[[int], list[tuple[int, int]]]
) -> frozenset[_Figure]:
    """The figures that an event is told with, where they are recalled, and in the sources that report it."""
    spans: list[tuple[int, int, int]] = [(one.document, one.start, one.end) for one in event.segments]
    spans += [(number, start, end) for number in event.main[:_READ] for start, end in own_spans(number)]
    return frozenset(
        figure for document, start, end in spans for figure in _figures_between(reports[document], start, end)
    )


def _figures_between(report: Report, start: int, end: int) -> Iterator[_Figure]:
    for fact in report.extraction.counts:
        if start <= fact.start < end and (fact.low or fact.high or 0) >= _FEWEST:
            said = amount(fact)
            root = fact.category if fact.category != "other" else "".join(path_of(fact.item)[-1:])
            yield _Figure(root, said._replace(superseded=False))
