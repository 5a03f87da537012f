"""How many sources and events each day has, and the way to the claims of one."""

import pytest

from briefing.library import Library
from briefing.model.agreement import Comparison
from briefing.model.days import Dated, stretches
from briefing.model.event import Event
from briefing.tui.dialogs.choose import ChoiceList
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.dialogs.date_map import DateMapScreen, date_rows
from briefing.tui.dialogs.timeline import TimelineScreen
from briefing.tui.widgets.claim_list import ClaimList
from tests.tui.conftest import Reading, screen_text, settle, until
from tests.tui.test_claims import open_claims
from tests.tui.test_timeline import compared, event


def told(*dated: tuple[str, str]) -> list[Dated]:
    return [Dated(key, start, None, (key,)) for key, start in dated]


def test_days_have_bars_and_long_gaps_a_row() -> None:
    unit, found = stretches(
        [Dated("x", "2025-07-01", None, "abcd"), *told(("y", "2025-07-01"), ("z", "2025-07-09"))], 60
    )
    rows = date_rows(unit, found, 10, here="z")
    assert [(row.key, str(row.title).split("2025")[-1].strip(), row.note, row.current) for row in rows] == [
        ("2025-07-01", "█" * 10, "5 sources, 2 events", False),
        (None, "⋮ 7 days", "", False),
        ("2025-07-09", "██", "1 source, 1 event", True),
    ]


@pytest.mark.parametrize(
    ("last", "unit", "value"),
    [
        ("2025-07-20", "day", "2025-07-20"),
        ("2025-09-30", "week", "2025-09-29/2025-10-05"),
        ("2027-09-30", "month", "2027-09"),
    ],
)
def test_long_times_go_by_weeks_and_months(last: str, unit: str, value: str) -> None:
    found = stretches(told(("x", "2025-07-01"), ("y", last)), 30)
    assert (found[0], found[1][-1].value) == (unit, value)


def test_what_is_recalled_does_not_make_days_weeks_and_months_stand_beside_days() -> None:
    old = Dated("o", "1945-05-08", None, "a", reported=False)
    unit, found = stretches([old, *told(("x", "2025-07-01"), ("m", "2025-07"))], 30)
    assert (unit, [one.value for one in found]) == ("day", ["1945-05-08", "2025-07-01", "2025-07"])


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_from_the_comparison_to_a_day_and_back(library: Library, reading: Reading, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as (app, pilot):
        await open_claims(pilot, app, "equals_sign")
        claims = app.screen
        await pilot.press("V")
        await until(pilot, lambda: isinstance(app.screen, DateMapScreen))
        await settle(pilot)
        assert "Map of dates" in screen_text(app)
        listed = app.screen.query_one(ChoiceList)
        wide = max(len(choice.title) + len(choice.note) for choice in listed.choices)
        assert 52 < wide <= listed.scrollable_content_region.width - 4  # no bar is cut, and none is left tiny
        assert app.screen.query_one(ChoiceList).current() is not None
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is claims or isinstance(app.screen, TimelineScreen))
        if app.screen is not claims:
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, DateMapScreen))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, TimelineScreen))
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is claims)
        await settle(pilot)
        group = claims.query_one(ClaimList).group
        assert group is not None
        assert group.event is not None
        await pilot.press("V")
        await until(pilot, lambda: isinstance(app.screen, DateMapScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))


async def test_a_day_of_several_events_lists_them(library: Library, reading: Reading) -> None:
    chosen: list[str | None] = []
    made: Comparison = compared(event("x", "2025-07-01"), event("y", "2025-07-01"), event("z", None))
    async with reading(library) as (app, pilot):
        app.push_screen(DateMapScreen(made), chosen.append)
        await until(pilot, lambda: isinstance(app.screen, DateMapScreen))
        await settle(pilot)
        assert "1 without a date" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        await settle(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: bool(chosen))
        assert chosen == ["y"]


async def test_without_any_date_there_is_nothing_to_choose(library: Library, reading: Reading) -> None:
    none: tuple[Event, ...] = ()
    async with reading(library) as (app, pilot):
        app.push_screen(DateMapScreen(compared(*none)))
        await until(pilot, lambda: isinstance(app.screen, DateMapScreen))
        await settle(pilot)
        assert "No event has a date" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, DateMapScreen)
