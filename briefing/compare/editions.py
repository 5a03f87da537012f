"""Tell editions of a series from copies of one text.

A ministry's bulletin of every morning has one wording, and each day's own figures. Two texts alike are editions where
each states its own day and most figures that stand in both, thing by thing, are others. A toll that rises is a story
that goes on, and a copy with one changed figure is a copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from briefing.compare.copies import Copies

if TYPE_CHECKING:
    from briefing.compare.reports import Report
    from briefing.model.facts import Count

_TOLLS: Final = frozenset({
    "killed", "wounded", "injured", "missing", "captured", "detained", "abducted", "released", "rescued", "evacuated",
    "recovered", "destroyed", "damaged", "lost",
})  # fmt: skip
"""What adds up from report to report."""
_FEWEST: Final = 2
"""Figures that must have changed."""


class Apart:
    """Pairs of sources that stay in events of their own, while others come together."""

    def __init__(self, pairs: Iterable[frozenset[int]]) -> None:
        self.pairs = frozenset(pairs)
        self._members = {number: {number} for pair in self.pairs for number in pair}
        """By the smallest number of a set of sources: those of the pairs in it."""

    def may_join(self, one: int, two: int) -> bool:
        """Whether no pair stands in the way of making one set of two.

        Args:
            one: The smallest number of one set.
            two: That of the other.
        """
        ours, theirs = self._members.get(one, ()), self._members.get(two, ())
        return not any(frozenset((a, b)) in self.pairs for a in ours for b in theirs)

    def joined(self, one: int, two: int) -> None:
        """Note that two sets are one.

        Args:
            one: The smallest number of one set.
            two: That of the other.
        """
        if both := {*self._members.pop(one, ()), *self._members.pop(two, ())}:
            self._members[min(one, two)] = both


def editions(reports: Sequence[Report], copies: Sequence[Copies]) -> Apart:
    """Pairs of sources that carry one wording and are editions of a series.

    Args:
        reports: The sources, by their numbers.
        copies: Sources that carry one text, as their words say.
    """
    return Apart(
        frozenset(pair)
        for copy in copies
        for pair in combinations(copy.members, 2)
        if _are_editions(*(reports[number] for number in pair))
    )


def without_editions(copies: Sequence[Copies], apart: Apart) -> list[Copies]:
    """The copies without editions of a series: each joins the first group none of which is another edition.

    Args:
        copies: Sources that carry one text, as their words say.
        apart: Pairs of editions.
    """
    found: list[Copies] = []
    for copy in copies:
        groups: list[list[int]] = []
        for number in copy.members:
            fitting = (one for one in groups if not any(frozenset((number, other)) in apart.pairs for other in one))
            group = next(fitting, None)
            if group is None:
                groups.append([number])
            else:
                group.append(number)
        found += [copy._replace(members=tuple(group)) for group in groups if len(group) > 1]
    return found


def _are_editions(one: Report, two: Report) -> bool:
    if one.day is None or two.day is None or one.day == two.day or {one.day_known, two.day_known} != {"stated"}:
        return False
    days = one.main_dates, two.main_dates
    if days[0] == days[1] and days[0] is not None and days[0][0] == days[0][1]:
        return False  # both name the day of one event
    pairs = list(_figures(one, two))
    changed = [(a, b, what) for a, b, what in pairs if a != b]
    return (
        len(changed) >= max(_FEWEST, len(pairs) / 2)
        and not any(what & _TOLLS for _, _, what in changed)
    )  # fmt: skip


def _figures(one: Report, two: Report) -> Iterator[tuple[float | None, float | None, set[str]]]:
    """The figures of two texts thing by thing in order, and what happened to the things."""
    ours, theirs = _by_item(one), _by_item(two)
    for item, counts in ours.items():
        for a, b in zip(counts, theirs.get(item, ()), strict=False):
            yield a.low, b.low, {str(what) for what in (a.what, b.what) if what}


def _by_item(report: Report) -> dict[str, list[Count]]:
    found: dict[str, list[Count]] = defaultdict(list)
    for count in report.extraction.counts:
        found[count.item].append(count)
    return found
