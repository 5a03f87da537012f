"""Dates as documents write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sources.dates import find_date


@pytest.mark.parametrize(
    "text",
    [
        "12 July 2025", "July 12, 2025", "Jul. 12, 2025", "12-Jul-2025", "12th of July 2025", "Saturday, 12 July 2025",
        "JULY 12 2025", "2025-07-12", "2025/07/12", "12.07.2025", "Posted July 12, 2025 by the desk",
        "2025-07-12 10:30",
    ],
)  # fmt: skip
def test_forms(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.value == date(2025, 7, 12)


@pytest.mark.parametrize(
    "text", ["", "July 12", "07/12/2025", "32 July 2025", "30 February 2025", "F-16 block 2025", "1234567-12-12", "May"]
)
def test_no_date(text: str) -> None:
    assert find_date(text) is None


def test_slashes_that_can_mean_one_day_only() -> None:
    assert find_date("13/07/2025") == find_date("07/13/2025") == (date(2025, 7, 13), "")
    assert find_date("07/07/2025") == (date(2025, 7, 7), "")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-07-12T10:30:00Z", datetime(2025, 7, 12, 10, 30, tzinfo=UTC)),
        ("2025-07-12T10:30:00.000+09:00", datetime(2025, 7, 12, 10, 30, tzinfo=timezone(timedelta(hours=9)))),
        ("Sat, 12 Jul 2025 10:30:05 -0430", datetime(2025, 7, 12, 10, 30, 5, tzinfo=timezone(-timedelta(hours=4.5)))),
        ("July 12, 2025 at 9:30 p.m. EDT", datetime(2025, 7, 12, 21, 30, tzinfo=timezone(-timedelta(hours=4)))),
        ("10:30 GMT, 12 July 2025", datetime(2025, 7, 12, 10, 30, tzinfo=UTC)),
        ("12 July 2025 12:05 am KST", datetime(2025, 7, 12, 0, 5, tzinfo=timezone(timedelta(hours=9)))),
    ],
)
def test_a_time_with_its_zone(text: str, moment: datetime) -> None:
    found = find_date(text)
    assert found is not None
    assert found.value == moment
    assert isinstance(found.value, datetime)
    assert found.value.utcoffset() == moment.utcoffset()


def test_a_time_in_an_unclear_zone_is_only_a_day() -> None:
    found = find_date("12 July 2025 10:30 IST")
    assert found is not None
    assert not isinstance(found.value, datetime)


@given(st.text(alphabet="0123456789-/.:TZ julyma,+st", max_size=60))
def test_never_fails(text: str) -> None:
    find_date(text)
