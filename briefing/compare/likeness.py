"""Similarity of sources by the names they share, and years for sources that give none."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from briefing.compare.reports import Report

SIMILAR: Final = 0.2
"""Least likeness of what two sources name for them to report one event, if their dates allow it."""


_KEPT: Final = 0.07
"""The same where both give the same day for it."""


DAYS_APART: Final = 12
"""How far the days of two sources on one event may lie apart, unless both state the same day for it."""


WINDOW: Final = 40
"""To how many of the sources that share a name a source is held: the next ones by date."""


_FEW_BEARERS: Final = 40
"""Up to how many sources share a word, or a number, that tells what they are about."""


_FEWEST: Final = 2


_FEW: Final = 5


def rarities(reports: Sequence[Report]) -> dict[str, float]:
    """Weight of each name by its rarity among the sources."""
    bearers: Counter[str] = Counter(name for report in reports for name in report.names)
    return {name: rarity(times, len(reports)) for name, times in bearers.items()}


def rarity(bearers: int, documents: int) -> float:
    """Weight of a word or name by its rarity: 1 for one of a few sources, less the more sources have it.

    Args:
        bearers: Number of sources with it.
        documents: Number of all sources.
    """
    return min(1.0, math.log(1 + documents / bearers) / math.log(1 + documents / _FEW))


def relations(
    reports: Sequence[Report], rare: dict[str, float]
) -> tuple[tuple[frozenset[int], ...], dict[tuple[int, int], float]]:
    """Compare sources by the names they share, weighted by rarity.

    Returns for each source the numbers of the similar ones, and the similarity of pairs (cosine, 0 to 1) by their
    numbers; pairs that share few names are left out.

    Args:
        reports: The sources, in order of their numbers.
        rare: Weight of each name, see :func:`rarities`.
    """
    bearers: dict[str, list[int]] = {}
    for report in reports:
        for name in report.names:
            bearers.setdefault(name, []).append(report.number)
    lengths = [math.sqrt(sum((w * rare[name]) ** 2 for name, w in report.names.items())) for report in reports]
    products: dict[tuple[int, int], float] = {}
    shared: dict[tuple[int, int], int] = {}
    named: set[tuple[int, int]] = set()
    many = max(_FEW_BEARERS, len(reports) // 8)
    for name in sorted(bearers):
        numbers = bearers[name]
        if len(numbers) > (_FEW_BEARERS if name[0] in "~#" else many):
            continue  # what very many sources name tells nothing, and would be most of the work
        weight = rare[name] ** 2
        held = [reports[number].names[name] for number in numbers]
        for place, a in enumerate(numbers):
            own = weight * held[place]
            for at in range(place + 1, min(place + 1 + WINDOW, len(numbers))):
                pair = a, numbers[at]
                products[pair] = products.get(pair, 0.0) + own * held[at]
                shared[pair] = shared.get(pair, 0) + 1
                if name[0] not in "~#":
                    named.add(pair)
    related = [{number} for number in range(len(reports))]
    likeness: dict[tuple[int, int], float] = {}
    for (a, b), product in products.items():
        value = product / (lengths[a] * lengths[b]) if product else 0.0
        if shared[a, b] >= _FEWEST and value >= _KEPT and (a, b) in named:  # the same numbers alone are chance
            likeness[a, b] = value
            if value >= SIMILAR:
                related[a].add(b)
                related[b].add(a)
    return tuple(map(frozenset, related)), likeness


def agree_on_years(reports: Sequence[Report], likeness: dict[tuple[int, int], float]) -> None:
    """Set the year of sources that give none to that of similar sources.

    Args:
        reports: The sources, in order of their numbers; their ``day`` is changed.
        likeness: Similarity of pairs of sources by their numbers.
    """
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), value in likeness.items():
        best[a].append((value, b))
        best[b].append((value, a))
    stated = {report.number: report.day for report in reports if report.day_known == "stated" and report.day}
    guessed = {report.number: report.day for report in reports if report.day_known == "guessed" and report.day}
    for number, day in guessed.items():
        models = [(value, stated[n], 2.0) for value, n in best[number] if n in stated]
        models += [(value, guessed[n], 1.0) for value, n in best[number] if n in guessed]
        votes: dict[int, float] = defaultdict(float, {day.year: 0.3})
        for value, other, trust in models:
            for year in (other.year - 1, other.year, other.year + 1):
                if abs((in_year(day, year) - other).days) <= 2 * DAYS_APART:
                    votes[year] += value * trust
        reports[number].day = in_year(day, max(votes, key=lambda year: (votes[year], year)))


def year_before(day: date) -> date:
    """The same day a year earlier."""
    return in_year(day, day.year - 1)


def in_year(day: date, year: int) -> date:
    """Move a day to another year; days of February after the 28th become the 28th.

    Args:
        day: The day.
        year: The year.
    """
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def joined_days(a: tuple[date, date] | None, b: tuple[date, date] | None) -> tuple[date, date] | Literal[False] | None:
    """The days of two sources' event together; False where they exclude each other, None where none is known.

    Args:
        a: First and last day of the one; None where it has none.
        b: Those of the other.
    """
    if a is None or b is None:
        return a or b
    start, end = max(a[0], b[0]), min(a[1], b[1])
    if start <= end and max((a[1] - a[0]).days, (b[1] - b[0]).days) > DAYS_APART:
        return start, end  # one of them gives a month or a season only
    first, last = min(a[0], b[0]), max(a[1], b[1])
    return (first, last) if (start - end).days <= DAYS_APART and (last - first).days <= 3 * DAYS_APART else False


def same_day(a: tuple[date, date] | None, b: tuple[date, date] | None) -> bool:
    """Whether two sources' events were on one day, and that day is known.

    Args:
        a: First and last day of the one; None where it has none.
        b: Those of the other.
    """
    return a is not None and a == b and a[0] == a[1]
