"""Tell editions of a series from copies of one text.

A ministry's bulletin of every morning has one wording, and each day's own figures. Two texts alike are editions where
each states its own day and most figures that stand in both, thing by thing, are others. A toll that rises is a story
that goes on, and a copy with one changed figure is a copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from briefing.compare.copies import Copies
    from briefing.compare.reports import Report

_TOLLS: Final = frozenset({
    "killed", "wounded", "injured", "missing", "captured", "detained", "abducted", "released", "rescued", "evacuated",
    "recovered", "destroyed", "damaged", "lost",
})  # fmt: skip
"""What adds up from report to report."""
_FEWEST: Final = 2
"""Figures that must have changed."""


class Apart:
    """Sources that stay in events of their own, while others come together: editions of one series."""

    def __init__(self) -> None:
        self._edition: dict[int, dict[int, int]] = {}
        """By the smallest number of a set of sources: which edition of which series is in it."""

    def name(self, number: int, series: int, edition: int) -> None:
        """Note that a source, which is with no other yet, is an edition of a series.

        Args:
            number: Number of the source.
            series: Number of the series.
            edition: Number of the edition.
        """
        self._edition.setdefault(number, {})[series] = edition

    def may_join(self, one: int, two: int) -> bool:
        """Whether two sets of sources have no two editions of one series.

        Args:
            one: The smallest number of one set.
            two: That of the other.
        """
        ours, theirs = self._edition.get(one, {}), self._edition.get(two, {})
        return all(theirs.get(series, edition) == edition for series, edition in ours.items())

    def joined(self, one: int, two: int) -> None:
        """Note that two sets are one.

        Args:
            one: The smallest number of one set.
            two: That of the other.
        """
        if both := self._edition.pop(one, {}) | self._edition.pop(two, {}):
            self._edition[min(one, two)] = both


def without_editions(reports: Sequence[Report], copies: Sequence[Copies]) -> tuple[list[Copies], Apart]:
    """The copies without editions of a series, and these, to be kept apart.

    Args:
        reports: The sources, by their numbers.
        copies: Sources that carry one text, as their words say.
    """
    found: list[Copies] = []
    apart = Apart()
    for series, copy in enumerate(copies):
        editions: list[list[_Figures]] = []
        for one in (_Figures(reports[number]) for number in copy.members):
            same = next((edition for edition in editions if not _are_editions(edition[0], one)), None)
            if same is None:
                editions.append([one])
            else:
                same.append(one)
        for edition, members in enumerate(editions):
            numbers = [one.report.number for one in members]
            if len(numbers) > 1:
                found.append(copy._replace(members=tuple(numbers)))
            for number in numbers if len(editions) > 1 else ():
                apart.name(number, series, edition)
    return found, apart


class _Figures:
    """The figures of a source thing by thing, in order, each with what happened to it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.of_item: dict[str, list[tuple[float | None, str | None]]] = defaultdict(list)
        for count in report.extraction.counts:
            self.of_item[count.item].append((count.low, count.what))


def _are_editions(first: _Figures, second: _Figures) -> bool:
    one, two = first.report, second.report
    if one.day is None or two.day is None or one.day == two.day or {one.day_known, two.day_known} != {"stated"}:
        return False
    days = one.main_dates, two.main_dates
    if days[0] == days[1] and days[0] is not None and days[0][0] == days[0][1]:
        return False  # both name the day of one event
    same = changed = 0
    for item, ours in first.of_item.items():
        for (low, what), (other, also) in zip(ours, second.of_item.get(item, ()), strict=False):
            if low == other:
                same += 1
            elif what in _TOLLS or also in _TOLLS:
                return False
            else:
                changed += 1
    return changed >= max(_FEWEST, same)
