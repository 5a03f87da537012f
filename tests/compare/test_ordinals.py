"""Ranks of an event, and what looks like one: days, shares, questions, plans."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from briefing.compare import compare
from briefing.model.agreement import Agreement
from tests.compare.conftest import Maker

Make = Callable[..., Maker]


def ranks(make: Make, *texts: str) -> list[Agreement]:
    made = []
    for n, text in enumerate(texts):
        source, found = make(str(n), text, date(2031, 5, 4)).made()
        sentences = tuple(match.span() for match in re.finditer(r"\S[^.?\n]*[.?\n]", source.text))
        made.append((source, found.model_copy(update={"sentences": sentences})))
    return [group for group in compare(made).groups if group.kind == "ordinal"]


@pytest.mark.parametrize(
    "text",
    [
        "The office counts it as the third of the year.",
        "For the office it was the third in 2031, and a long one.",
        "It was the third such flight this year.",
        "That made it the third for which there is a picture.",
        "It is the third flight lost this year.",
        "It was the third of its kind since spring.",
    ],
)
def test_ranks_are_found_with_and_without_a_noun(make: Make, text: str) -> None:
    (found,) = ranks(make, "It was the third flight this year.", text)
    assert found.status == "agree"
    assert len({item.document for item in found.items}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Ships came on the 3rd, and on the 12th too.",
        "They hold a third of the tonnage.",
        "Was it the third flight?",
        "A third flight is planned for June.",
        "It was a long flight, not the third.",
    ],
)
def test_what_is_no_rank(make: Make, text: str) -> None:
    assert ranks(make, "It was the third flight this year.", text) == []


def test_one_source_may_give_both_sides(make: Make) -> None:
    both = "The mayor said it was the third flight this year. Fishermen said it was the fourth flight this year."
    (found,) = ranks(make, "It was the third flight this year.", both)
    assert found.status == "differ"
    assert len(found.items) == 3


def test_two_ranks_out_of_one_mouth_are_of_two_series(make: Make) -> None:
    both = "It was the third flight this year. It was the first flight of the squadron."
    found = ranks(make, "It was the third flight this year.", both)
    assert [group.status for group in found] == ["agree"]


def test_ranks_far_apart_are_of_two_series(make: Make) -> None:
    assert ranks(make, "It was the second flight from the port.", "It was the twelfth flight from the port.") == []
