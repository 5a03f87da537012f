import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.counts.numerals import Number, find_numbers


def one(text: str) -> Number:
    (number,) = find_numbers(text)
    return number


@pytest.mark.parametrize(
    ("text", "evidence", "low", "high", "approx"),
    [
        ("a four-ship", "four", 4, 4, False),
        ("seven ships", "seven", 7, 7, False),
        ("Twenty-one guns", "Twenty-one", 21, 21, False),
        ("1,250 troops", "1,250", 1250, 1250, False),
        ("10 000 troops", "10 000", 10000, 10000, False),
        ("1.5 million refugees", "1.5 million", 1_500_000, 1_500_000, False),
        ("24K troops", "24K", 24000, 24000, False),
        ("two hundred and fifty men", "two hundred and fifty", 250, 250, False),
        ("three thousand five hundred men", "three thousand five hundred", 3500, 3500, False),
        ("a dozen jets", "a dozen", 12, 12, False),
        ("two dozen jets", "two dozen", 24, 24, False),
        ("half a dozen jets", "half a dozen", 6, 6, False),
        ("a half dozen jets", "a half dozen", 6, 6, False),
        ("a half-dozen jets", "a half-dozen", 6, 6, False),
        ("a pair of jets", "a pair", 2, 2, False),
        ("a hundred men", "a hundred", 100, 100, False),
        ("dozens of tanks", "dozens", None, None, True),
        ("hundreds of tanks", "hundreds", None, None, True),
        ("scores of tanks", "scores", None, None, True),
        ("tens of thousands of men", "tens of thousands", None, None, True),
        ("several hundred men", "several hundred", None, None, True),
        ("a few dozen aircraft", "a few dozen", None, None, True),
        ("a couple of boats", "a couple", 2, 2, True),
        ("25,000 to 30,000 men", "25,000 to 30,000", 25000, 30000, False),
        ("two to three thousand men", "two to three thousand", 2000, 3000, False),
        ("three or four boats", "three or four", 3, 4, False),
        ("10-15 boats", "10-15", 10, 15, False),
        ("10–15 boats", "10–15", 10, 15, False),
        ("between ten and 15 boats", "between ten and 15", 10, 15, False),
        ("about 10 to 15 boats", "about 10 to 15", 10, 15, True),
        ("more than 300 aircraft", "more than 300", 300, None, True),
        ("over 300 aircraft", "over 300", 300, None, True),
        ("well over 300 aircraft", "well over 300", 300, None, True),
        ("at least one boat", "at least one", 1, None, True),
        ("no fewer than six boats", "no fewer than six", 6, None, True),
        ("upwards of 60 boats", "upwards of 60", 60, None, True),
        ("more than a dozen boats", "more than a dozen", 12, None, True),
        ("200+ boats", "200+", 200, None, True),
        ("200-plus boats", "200-plus", 200, None, True),
        ("200 or more boats", "200 or more", 200, None, True),
        ("up to 25 staff", "up to 25", None, 25, True),
        ("nearly 40 boats", "nearly 40", None, 40, True),
        ("almost 40 boats", "almost 40", None, 40, True),
        ("as many as 1,200 men", "as many as 1,200", None, 1200, True),
        ("no more than 40 boats", "no more than 40", None, 40, True),
        ("fewer than 50 boats", "fewer than 50", None, 50, True),
        ("about 40 boats", "about 40", 40, 40, True),
        ("some 40 boats", "some 40", 40, 40, True),
        ("roughly 40 boats", "roughly 40", 40, 40, True),
        ("approximately 40 boats", "approximately 40", 40, 40, True),
        ("an estimated 40 boats", "an estimated 40", 40, 40, True),
        ("~40 boats", "~40", 40, 40, True),
        ("30-odd boats", "30-odd", 30, 30, True),
        ("85 or so boats", "85 or so", 85, 85, True),
        ("a total of 45 boats", "a total of 45", 45, 45, False),
        ("a total of about 45 boats", "a total of about 45", 45, 45, True),
        ("a further 10 boats", "a further 10", 10, 10, False),
        ("another two boats", "another two", 2, 2, False),
        ("at least some 30 boats", "at least some 30", 30, None, True),
    ],
)
def test_values_and_hedges(text: str, evidence: str, low: int | None, high: int | None, approx: bool) -> None:
    number = one(text)
    assert text[number.start : number.end] == evidence
    assert (number.low, number.high, number.approx) == (low, high, approx)


@pytest.mark.parametrize(
    "text",
    [
        "F-16s", "the 11th", "at 06:00", "767-300", "2.5 tonnes", "$20 bn", "20%", "round 11/12", "0615 local",
        "6-1/2-year", "won 3-2", "no number here", "FL250", "LN-344", "@gun4hire", "500lb",
    ],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert [text[n.start : n.end] for n in find_numbers(text)] == []


def test_prepositions_are_no_hedges() -> None:
    assert not one("A drone flew over two ships").approx
    assert not one("The company took over 4 ferries").approx
    assert not one("They handed over 40 trucks").approx
    assert one("It took over 400 people").approx
    assert not one("He told reporters about 12 soldiers").approx
    assert one("They lost about 12 soldiers").approx


def test_every_number_of_a_sentence() -> None:
    text = "Two of the 12 jets and between three and 5 drones left; 80 500lb bombs did not."
    assert [(n.low, n.high) for n in find_numbers(text)] == [(2, 2), (12, 12), (3, 5), (80, 80)]


@given(st.integers(1, 10**9))
def test_digits_and_separators_agree(value: int) -> None:
    assert one(f"{value} ships").low == value
    assert one(f"{value:,} ships").low == value


@given(st.text(st.sampled_from("a1 2,.-–k\n+dozenbtwo half"), max_size=40))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    last = 0
    for number in find_numbers(text):
        assert last <= number.core_start < number.core_end <= number.end <= len(text)
        assert number.start <= number.core_start
        assert number.low is None or number.high is None or number.low <= number.high
        last = number.core_end
