"""Times in running text, and the day of a source."""

from datetime import date

import pytest

from briefing.compare.source_days import source_day, source_period
from briefing.compare.text_dates import find_dates

DAY = date(2031, 5, 14)  # a Wednesday
YEARS = range(2010, 2032)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 3 May 2031 it burned", "2031-05-03"),
        ("on May 3, 2031", "2031-05-03"),
        ("on the 3rd of May", "2031-05-03"),
        ("on Nov. 3 a boat", "2030-11-03"),
        ("from 3 to 9 May", "2031-05-03/2031-05-09"),
        ("in March 2029 there", "2029-03"),
        ("in March two boats", "2031-03"),
        ("where in March 41 people came", "2031-03"),
        ("In March, 16 people came", "2031-03"),
        ("In March last year two boats", "2030-03"),
        ("in November a boat", "2030-11"),
        ("The boats go home in August", "2031-08"),
        ("The boats came home in August", "2030-08"),
        ("In 2019 more", "2019"),
        ("on Tuesday the crew", "2031-05-13"),
        ("on Wednesday the crew", "2031-05-14"),
        ("is due on Friday", "2031-05-16"),
        ("last Friday", "2031-05-09"),
        ("this morning", "2031-05-14"),
        ("last night", "2031-05-13"),
        ("two days ago", "2031-05-12"),
        ("last week", "2031-05-05/2031-05-11"),
        ("last month", "2031-04"),
        ("a year ago", "2030"),
        ("on the 5th two boats", "2031-05-05"),
        ("on the fifth we saw", "2031-05-05"),
        ("on the 20th.", "2031-04-20"),
        ("in the spring of 2028", "2028-03-01/2028-05-31"),
        ("on 13.05.2031 it", "2031-05-13"),
        ("on 05/13/2031 it", "2031-05-13"),
    ],
)
def test_times(text: str, value: str) -> None:
    assert [ref.value for ref in find_dates(text, DAY)] == [value]


def test_the_day_before_is_counted_from_the_day_named_last() -> None:
    refs = find_dates("On Monday they met; the day before they had sailed.", DAY)
    assert [ref.value for ref in refs] == ["2031-05-12", "2031-05-11"]


@pytest.mark.parametrize(
    "text", ["since March", "the ministry said on Tuesday", "until 3 May 2031", "— A. B. (@someone) May 3, 2031"]
)
def test_times_at_which_nothing_happened(text: str) -> None:
    assert [ref.at_event for ref in find_dates(text, DAY)] == [False]


@pytest.mark.parametrize(
    "text",
    ["It may rain.", "1,200 people", "in mayday calls", "31st Wing", "300 men", "on the 5th floor", "on the first try"],
)
def test_no_times(text: str) -> None:
    assert find_dates(text, DAY) == []


def test_nothing_relative_without_a_day() -> None:
    assert [ref.value for ref in find_dates("Yesterday, on 3 May 2031, on 4 May, in June", None)] == ["2031-05-03"]


def test_the_day_of_a_source() -> None:
    assert source_day("A title\n\nPort Alder, 14 May 2031. A boat sank.", YEARS) == (DAY, True)
    assert source_day("A boat sank.\n\n— Someone May 14, 2031", YEARS) == (DAY, True)
    assert source_day("A boat sank off the coast.", YEARS) == (None, False)


def test_a_weekday_tells_the_year_of_a_dateline() -> None:
    text = "A title\n\nPORT ALDER, May 14 (Grey Wire) - A boat sank on Wednesday."
    assert source_day(text, YEARS) == (DAY, False)
    assert source_day(text, range(2010, 2031)) == (date(2025, 5, 14), False)


def test_a_season_may_be_all_that_the_head_gives() -> None:
    assert source_period("Harbour notebook, spring 2028\n\nA boat sank.") == (date(2028, 3, 1), date(2028, 5, 31))
    assert source_period("A boat sank.") is None


def test_figures_may_date_a_source() -> None:
    assert source_day("A wreck\n\nNews item | 13-05-2031 | Port Alder\n\nNine men died.", YEARS) == (
        date(2031, 5, 13),
        True,
    )


def test_what_went_on_until_long_ago_is_no_news() -> None:
    (ref,) = find_dates("Nine boats lay there until November 2029.", DAY)
    assert ref.at_event
    (ref,) = find_dates("The school stays shut until June 2031.", DAY)
    assert not ref.at_event
