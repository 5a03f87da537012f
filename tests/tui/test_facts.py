"""The facts panel: rows, evidence, verdicts, agreement."""

from pathlib import Path

import pytest

from briefing.library import Library
from briefing.tui.app import BriefingApp
from briefing.tui.facts.correct import CorrectScreen
from tests.tui.conftest import PATROL, Reading, patrol, report, screen_text, settle, until

PATROL_ID = patrol()[0].id


async def test_rows_say_what_who_and_how_sure(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        shown = screen_text(app)
        assert "2  patrol boat" in shown
        assert "Norland Navy" in shown
        assert "120+  sailor" in shown
        assert "? a guess" in shown
        await pilot.press("l")
        await settle(pilot)
        shown = screen_text(app)
        assert "Ida Falk  2×" in shown
        assert "Commander · Norland Navy" in shown
        assert shown.index("Ida Falk  2×") < shown.index("Norland Navy  2×")  # who acts comes first
        await pilot.press("l")
        await settle(pilot)
        assert "— Ida Falk" in screen_text(app)


async def test_moving_marks_the_evidence_and_enter_goes_there(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter", "3", "j")
        await settle(pilot)
        view = app.main.text_view
        start, end = view.marks.evidence[0]
        assert view.text[start:end] == "More than 120 sailors"
        await pilot.press("enter")
        await settle(pilot)
        assert app.focused is view
        assert view.marks.evidence[0] == (start, end)
        await pilot.press("escape")
        await settle(pilot)
        assert len(view.marks.evidence) == 0


async def test_click_on_a_fact_goes_to_its_evidence(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        await pilot.click(app.main.fact_list, offset=(4, 0))
        await settle(pilot)
        view = app.main.text_view
        start, end = view.marks.evidence[0]
        assert view.text[start:end] == "Two Kestrel patrol boats"


async def test_verdicts_and_undo(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        states = sorted(review.state for review in library.reviews(PATROL_ID).values())
        assert states == ["accepted", "rejected"]
        assert [row.rstrip("│ ╮")[-1] for row in rows(app, "patrol boat", "sailor")] == ["✔", "✘"]
        await pilot.press("u")
        await settle(pilot)
        states = [review.state for review in library.reviews(PATROL_ID).values() if review.state != "unreviewed"]
        assert states == ["accepted"]
        assert "✘" not in screen_text(app)


async def test_correcting_a_count(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, CorrectScreen))
        app.screen.query_one("#field-low").value = "many"
        await pilot.press("enter")
        await settle(pilot)
        assert "takes a whole number" in screen_text(app)
        app.screen.query_one("#field-low").value = "8"
        app.screen.query_one("#field-high").value = "9"
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main and "edited" in screen_text(app))
        (review,) = library.reviews(PATROL_ID).values()
        assert (review.state, review.edited) == ("edited", {"low": 8, "high": 9})
        assert "8–9  patrol boat" in screen_text(app)


def rows(app: BriefingApp, *words: str) -> list[str]:
    """The lines of the screen with some words, the facts panel's part of them."""
    lines = [line.rpartition("││")[2] for line in screen_text(app).split("\n")]
    return [next(line for line in lines if word in line) for word in words]


async def test_claims_of_all_sources_stand_under_their_events(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await until(pilot, lambda: app.main.state.standings is not None)
        await pilot.press("3", "s")
        await until(pilot, lambda: app.main.fact_list.count == 4)  # an event and three claims of it
        shown = screen_text(app)
        assert "all sources" in shown
        assert "▾ 3 March 2025" in shown
        await pilot.press("G")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == PATROL_ID)
        start, end = app.main.text_view.marks.evidence[0]
        assert PATROL[start:end] == "three Kestrel boats"


async def test_agreement_of_two_sources_is_shown(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await until(pilot, lambda: app.main.state.standings is not None)
        await pilot.press("3", "l", "l")
        await settle(pilot)
        assert "~2" in rows(app, "— Falk")[0]
        assert "words altered, 1 origin:" in screen_text(app)


async def test_a_single_source_has_nothing_to_agree_with(tmp_path: Path, reading: Reading) -> None:
    with Library.open(tmp_path / "one.db") as one:
        one.add(*report())
        async with reading(one) as (app, pilot):
            await until(pilot, lambda: app.main.state.standings is not None)
            await settle(pilot)
            assert all(entry.standing is None for entry in app.main.fact_list.entries)
            assert not {"○", "✓"} & set("".join(rows(app, "boats", "sailors")))
            assert "silent" not in screen_text(app)


async def test_empty_kind_says_so(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("3", "l")
        await settle(pilot)
        assert "No participants found" in screen_text(app)


@pytest.mark.parametrize(
    ("evidence", "low", "item", "what", "shown"),
    [
        ("left five dead", 5, "person", "killed", ("5", "killed  “left five dead”")),
        ("several hundred vessels", None, "vessel", None, ("several hundred", "vessels")),
        ("KF-16s", None, "KF-16", None, ("no number", "KF-16")),
        ("two B-52H bombers", 2, "B-52H Stratofortress", None, ("2", "B-52H Stratofortress")),
        ("three men", 3, "man", "injured", ("3", "men")),
    ],
)
def test_counts_are_shown_in_the_words_of_the_source(
    evidence: str, low: int | None, item: str, what: str | None, shown: tuple[str, str]
) -> None:
    from briefing.model.facts import Count
    from briefing.tui.widgets.fact_drawing import counted
    from briefing.tui.wording import amount

    fact = Count.model_validate(
        {"start": 0, "end": 1, "evidence": evidence, "low": low, "high": low, "item": item, "what": what,
         "category": "other"}
    )  # fmt: skip
    assert (amount(fact), counted(fact)) == shown
