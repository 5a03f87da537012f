"""The events of a comparison in order of time, and the way to the claims of one."""

import pytest

from briefing.library import Library
from briefing.model.agreement import Agreement, ClaimItem, Comparison
from briefing.model.event import Event, Passage
from briefing.tui.dialogs.choose import ChoiceList
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.dialogs.timeline import TimelineScreen, timeline
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.wording import own
from tests.tui.conftest import Reading, screen_text, settle, until
from tests.tui.test_claims import open_claims

PASSAGE = Passage(document="a", start=0, end=1)


def event(key: str, start: str | None, end: str | None = None, *sources: str, stated: bool = True) -> Event:
    return Event(
        id=key, what=own(f"Flight {key}"), start_date=start, end_date=end, documents=sources or ("a",), stated=stated
    )


def claim(event_id: str | None, status: str) -> Agreement:
    items = tuple(ClaimItem(document=one, start=0, end=1, value=own(one)) for one in "ab")
    return Agreement(kind="count", status=status, event=event_id, claim=own("ships"), origins=2, items=items)


def compared(*events: Event, groups: tuple[Agreement, ...] = ()) -> Comparison:
    return Comparison(groups=groups, near_duplicates=(), events=events)


def test_events_stand_under_their_month_and_those_without_a_day_at_the_end() -> None:
    rows = timeline(
        compared(
            event("w", None),
            event("x", "2025-06"),
            event("y", "2025-07-10", None, "a", "b"),
            event("z", "2025-07-11", "2025-07-12", stated=False),
            event("v", "2025-07-30", "2025-08-02"),
        )
    )
    assert [(row.key, row.title, row.note) for row in rows] == [
        (None, "June 2025", ""),
        ("x", "Flight x", "1 source"),
        (None, "July 2025", ""),
        ("y", "10 · Flight y", "2 sources"),
        ("z", "11 to 12? · Flight z", "1 source"),
        ("v", "30 July 2025 to 2 August 2025 · Flight v", "1 source"),
        (None, "No date known", ""),
        ("w", "Flight w", "1 source"),
    ]


def test_differences_of_an_event_are_counted() -> None:
    groups = (claim("x", "differ"), claim("x", "agree"), claim("y", "agree"), claim(None, "differ"))
    rows = timeline(compared(event("x", "2025-07-10"), event("y", "2025-07-11"), groups=groups), here="y")
    assert [(row.note, row.current) for row in rows if row.key] == [
        ("1 source, 1 claim differs", False),
        ("1 source", True),
    ]


@pytest.mark.parametrize("cells", [5, 24])
def test_a_line_shows_where_the_days_stand(cells: int) -> None:
    rows = timeline(
        compared(event("x", "2025-07-01"), event("y", "2025-07-01", "2025-07-31"), event("z", "2025-07-31")), cells
    )
    lines = [str(row.title).partition("  ")[0] for row in rows if row.key]
    assert lines == ["●" + "─" * (cells - 1), "●" + "━" * (cells - 1), "─" * (cells - 1) + "●"]


def test_what_is_recalled_does_not_stretch_the_line() -> None:
    old, ahead = (
        event(key, day).model_copy(update={"recalled_at": PASSAGE}) for key, day in (("o", "1945"), ("p", "2030"))
    )
    rows = timeline(compared(old, event("x", "2025-07-01"), event("y", "2025-07-05"), ahead), 5)
    assert [(str(row.title).partition("  ")[0], row.note) for row in rows if row.key] == [
        ("◂────", "recalled by 1 source"),
        ("●────", "1 source"),
        ("────●", "1 source"),
        ("────▸", "recalled by 1 source"),
    ]


def test_one_day_alone_has_no_line() -> None:
    (_, row) = timeline(compared(event("x", "2025-07-01")), 5)
    assert row.title == "1 · Flight x"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_from_the_comparison_to_an_event_and_back(
    library: Library, reading: Reading, size: tuple[int, int]
) -> None:
    async with reading(library, size=size) as (app, pilot):
        await open_claims(pilot, app, "equals_sign")
        claims = app.screen
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        await settle(pilot)
        listed = app.screen.query_one(ChoiceList)
        assert "Timeline" in screen_text(app)
        chosen = listed.current()
        assert chosen is not None
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is claims)
        await settle(pilot)
        group = claims.query_one(ClaimList).group
        assert group is not None
        assert group.event == chosen.key
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main)
