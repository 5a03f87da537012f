"""Editions of a series, copies of one text and a story that goes on are told apart."""

from collections.abc import Callable
from datetime import date

import pytest

from briefing.compare import compare
from briefing.model.agreement import Comparison
from tests.compare.conftest import Maker

Make = Callable[..., Maker]

BULLETIN = (
    "The harbour office counted {a} trawlers and {b} tugs off the northern cape up until dawn today. Its patrol boats"
    " went out in answer, and the masters were told by radio to keep clear of the cables, the office said in the"
    " bulletin that it posts on its board and on its page each morning of the week."
)


def bulletins(make: Make, *days: tuple[int | None, int, int], what: str = "observed") -> Comparison:
    """One for each day of July 2031, with its trawlers and tugs; None for a day that nothing tells."""
    made = []
    for number, (day, trawlers, tugs) in enumerate(days):
        published = date(2031, 7, day) if day else None
        one = make(f"b{number}", BULLETIN.format(a=trawlers, b=tugs), published)
        one.counts(f"{trawlers} trawlers", trawlers, "trawler", category="ship", what=what)
        made.append(one.counts(f"{tugs} tugs", tugs, "tug", category="ship", what=what).made())
    return compare(made, date(2032, 1, 1))


def figures(found: Comparison) -> list[list[int]]:
    """The figures of each claim."""
    return sorted([sorted(item.low for item in group.items) for group in found.groups if group.kind == "count"])  # type: ignore[type-var]


def test_bulletins_of_several_days_tell_of_several_events(make: Make) -> None:
    found = bulletins(make, (10, 14, 7), (11, 22, 8), (12, 5, 6))
    assert figures(found) == [[5], [6], [7], [8], [14], [22]]
    assert not found.near_duplicates


def test_a_reprint_of_a_bulletin_is_its_copy_among_the_others(make: Make) -> None:
    found = bulletins(make, (10, 14, 7), (11, 14, 7), (12, 22, 8))
    assert figures(found) == [[7, 7], [8], [14, 14], [22]]
    assert [len(one.documents) for one in found.near_duplicates] == [2]


@pytest.mark.parametrize(
    ("days", "what"),
    [
        (((10, 14, 7), (11, 19, 7)), "observed"),  # one figure was changed
        (((10, 14, 7), (11, 19, 9)), "lost"),  # a tally goes up
        (((10, 14, 7), (10, 19, 9)), "observed"),  # of one day: one of them is wrong
    ],
)
def test_a_changed_copy_and_a_tally_stay_one_event(
    make: Make, days: tuple[tuple[int, int, int], ...], what: str
) -> None:
    found = bulletins(make, *days, what=what)
    assert [14, 19] in figures(found)
    assert len(found.near_duplicates) == 1


def test_without_days_of_their_own_nothing_is_an_edition(make: Make) -> None:
    found = bulletins(make, (None, 14, 7), (None, 22, 8))
    assert len(found.near_duplicates) == 1
