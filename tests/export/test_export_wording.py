"""Numbers, dates and names in words."""

from datetime import UTC, date, datetime

import pytest

from briefing.model.facts import Count
from briefing.model.wording import day, listed, number, plural, shortened, whereabouts


@pytest.mark.parametrize(
    ("low", "high", "approx", "evidence", "said"),
    [
        (2, 2, False, "two jets", "2"),
        (300, None, True, "more than 300 jets", "300+"),
        (None, 40, True, "up to 40 jets", "up to 40"),
        (10_000, 10_000, True, "about 10,000 jets", "about 10,000"),
        (25_000, 30_000, False, "25,000 to 30,000 jets", "25,000 to 30,000"),
        (3, 4, True, "perhaps three or four jets", "about 3 to 4"),
        (None, None, True, "Dozens of jets", "dozens"),
        (None, None, True, "several hundred jets", "several hundred"),
        (None, None, True, "tens of thousands of jets", "tens of thousands"),
        (None, None, True, "jets", "some"),
    ],
)
def test_number(low: int | None, high: int | None, approx: bool, evidence: str, said: str) -> None:
    count = Count.model_validate(
        {"start": 0, "end": 1, "evidence": evidence, "low": low, "high": high, "approx": approx, "item": "jet",
         "category": "aircraft"}
    )  # fmt: skip
    assert number(count) == said


def test_day() -> None:
    assert day(date(2025, 7, 2)) == "2 July 2025"
    assert day(datetime(2025, 12, 31, 23, 59, tzinfo=UTC)) == "31 December 2025"
    assert day(None) == ""


def test_listed_and_plural() -> None:
    assert [listed([1, 2, 3][:n]) for n in range(4)] == ["", "1", "1 and 2", "1, 2 and 3"]
    assert (plural(1, "source"), plural(1200, "source"), plural(2, "entity", "entities")) == (
        "1 source", "1,200 sources", "2 entities",
    )  # fmt: skip


def test_whereabouts_hides_folders() -> None:
    assert whereabouts("/home/someone/a b.txt") == "a b.txt"
    assert whereabouts("C:\\Users\\someone\\a.txt") == "a.txt"
    assert whereabouts("https://example.org/a/b") == "https://example.org/a/b"
    assert whereabouts("-") == "standard input"


def test_shortened() -> None:
    assert shortened("one two", 7) == "one two"
    assert shortened("one two, three", 10) == "one two…"
    assert shortened("a" * 20, 10) == "a" * 9 + "…"
    assert shortened("a\nb", 10) == "a b"
