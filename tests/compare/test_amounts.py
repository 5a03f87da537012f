"""Which numbers can be one."""

import pytest

from briefing.compare.amounts import may_be, relation, written
from briefing.model.facts import Count


def _count(low: int | None, high: int | None, *, approx: bool = False) -> Count:
    return Count(
        start=0, end=1, evidence="dozens of ships", low=low, high=high, approx=approx, item="ship", category="ship"
    )


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (_count(4, 4), _count(4, 4), "same"),
        (_count(200, 200, approx=True), _count(200, 200), "same"),
        (_count(4, 4), _count(6, 6), "different"),
        (_count(200, 200, approx=True), _count(208, 208), "compatible"),
        (_count(200, 200), _count(208, 208), "different"),
        (_count(300, None, approx=True), _count(320, 320), "compatible"),
        (_count(300, None, approx=True), _count(5000, 5000), "different"),
        (_count(300, None, approx=True), _count(250, 250), "different"),
        (_count(1, None, approx=True), _count(9, 9), "compatible"),
        (_count(3, None, approx=True), _count(121, 121), "different"),
        (_count(None, 20, approx=True), _count(18, 18), "compatible"),
        (_count(None, 20, approx=True), _count(21, 21), "different"),
        (_count(7, None, approx=True), _count(10, None, approx=True), "different"),
        (_count(7, None, approx=True), _count(None, 12, approx=True), "compatible"),
        (_count(3, 5), _count(4, 4), "compatible"),
        (_count(3, 5), _count(5, 8), "compatible"),
        (_count(3, 5), _count(6, 8), "different"),
        (_count(None, None, approx=True), _count(40, 40), "compatible"),
    ],
)
def test_relation(a: Count, b: Count, expected: str) -> None:
    assert relation(a, b) == relation(b, a) == expected


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (_count(4, 4), "4"),
        (_count(10_000, 10_000, approx=True), "about 10,000"),
        (_count(300, None, approx=True), "300+"),
        (_count(None, 20, approx=True), "up to 20"),
        (_count(25_000, 30_000), "25,000–30,000"),
        (_count(None, None, approx=True), "dozens of ships"),
    ],
)
def test_written(count: Count, text: str) -> None:
    assert written(count) == text


@pytest.mark.parametrize(
    ("words", "number", "fits"),
    [
        ("dozens of boats", 64, True),
        ("dozens of boats", 2, False),
        ("hundreds of boats", 40, False),
        ("several boats", 5, True),
        ("thousands of people", 5240, True),
        ("boats", 5, True),
    ],
)
def test_words_for_a_number_are_not_said_of_any(words: str, number: int, fits: bool) -> None:
    assert may_be(words, number, number) is fits
