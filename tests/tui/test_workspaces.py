"""Workspaces in the reader: made of what is marked, opened, changed, exported."""

from pathlib import Path
from typing import Any

from briefing.library import Library
from briefing.tui.dialogs.choose import ChoiceList, ChooseScreen
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.dialogs.export import ExportScreen
from briefing.tui.dialogs.workspaces import WordsScreen
from tests.tui.conftest import Reading, patrol, report, screen_text, settle, told, until

PATROL_ID, REPORT_ID = patrol()[0].id, report()[0].id


async def choose(app: Any, pilot: Any, key: str) -> None:
    """Open the menu and choose what has a key."""
    await pilot.press("W")
    await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
    listed = app.screen.query_one(ChoiceList)
    listed.cursor = next(n for n, one in enumerate(listed.choices) if one.key == key)
    await pilot.press("enter")
    await settle(pilot)


async def type_words(app: Any, pilot: Any, words: str) -> None:
    await until(pilot, lambda: isinstance(app.screen, WordsScreen))
    app.screen.query_one("#words").value = words
    await pilot.press("enter")
    await settle(pilot)


async def test_made_of_marked_sources_opened_changed_and_left(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("1", "space")
        await settle(pilot)
        (marked,) = app.main.sources_pane.list.marked
        await choose(app, pilot, "new")
        await type_words(app, pilot, "Boats")
        await until(pilot, lambda: app.main.state.where.workspace == "Boats" and app.main.state.listed == 1)
        assert library.workspaces.get("boats").sources == (marked,)
        assert "1 of 2 · Boats" in screen_text(app)
        await choose(app, pilot, "line")
        await type_words(app, pilot, "They met.")
        await until(pilot, lambda: library.workspaces.get("boats").bottom_line == "They met.")
        await choose(app, pilot, "duplicate")
        await type_words(app, pilot, "Boats again")
        await until(pilot, lambda: app.main.state.where.workspace == "Boats again")
        await choose(app, pilot, "rename")
        await type_words(app, pilot, "boats")
        await settle(pilot)
        assert app.main.state.where.workspace == "Boats again"  # the name is taken
        await choose(app, pilot, "archive")
        await until(pilot, lambda: library.workspaces.get("boats again").archived)
        await choose(app, pilot, "all")
        await until(pilot, lambda: app.main.state.listed == 2)


async def test_typed_and_left_by_escape_after_the_filters_in_it(library: Library, reading: Reading) -> None:
    library.workspaces.new("Boats", [PATROL_ID, REPORT_ID])
    async with reading(library) as (app, pilot):
        await pilot.press("colon", *"workspace", "space", *"boats", "enter")
        await until(pilot, lambda: app.main.state.where.workspace == "Boats")
        await pilot.press("1", "f", *"Patrol", "enter")
        await until(pilot, lambda: app.main.state.listed == 1)
        await pilot.press("escape")
        await until(pilot, lambda: app.main.state.listed == 2)
        assert app.main.state.where.workspace == "Boats"
        await pilot.press("escape")
        await until(pilot, lambda: not app.main.state.where.workspace)
        await pilot.press("colon", *"workspace", "space", *"ships", "enter")
        await until(pilot, lambda: "No workspace" in told(app))


async def test_its_brief_begins_with_its_bottom_line(library: Library, reading: Reading, tmp_path: Path) -> None:
    library.workspaces.new("Boats", [PATROL_ID, REPORT_ID])
    library.workspaces.change("Boats", {"bottom_line": "They met.", "grades": {"publishers": {"Daily Signal": "C"}}})
    async with reading(library) as (app, pilot):
        app.main.workspaces().open("Boats")
        await until(pilot, lambda: app.main.state.where.workspace == "Boats")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        assert "the workspace: Boats" in screen_text(app)
        app.screen.query_one("#file").value = str(tmp_path / "boats.md")
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "boats.md").exists() and app.screen is app.main)
        brief = (tmp_path / "boats.md").read_text(encoding="utf-8")
        assert brief.startswith("# Boats")
        assert "They met." in brief


async def test_a_publisher_is_graded_in_a_workspace_and_its_brief_gets_a_title(
    library: Library, reading: Reading
) -> None:
    library.workspaces.new("Boats", [PATROL_ID, REPORT_ID])
    library.workspaces.change("Boats", {"grades": {"publishers": {"Daily Signal": "C"}, "sources": {REPORT_ID: "D"}}})
    async with reading(library) as (app, pilot):
        await choose(app, pilot, "open:Boats")
        await until(pilot, lambda: app.main.state.where.workspace == "Boats")
        await choose(app, pilot, "title")
        await type_words(app, pilot, "Two meetings")
        await until(pilot, lambda: library.workspaces.get("Boats").title == "Two meetings")
        for publisher, degree in (("Norland Gazette", ":B"), ("Daily Signal", ":")):
            await choose(app, pilot, "grades")
            await pick(app, pilot, publisher)
            await pick(app, pilot, degree)
        await until(
            pilot,
            lambda: (
                library.workspaces.get("Boats").grades
                == {"publishers": {"Norland Gazette": "B"}, "sources": {REPORT_ID: "D"}}
            ),
        )
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
        await settle(pilot)
        grades = app.screen.grading.holding
        assert (grades.of_source(patrol()[0]), grades.of_source(report()[0])) == ("B", "D")


async def pick(app: Any, pilot: Any, key: str) -> None:
    """Choose what has a key in the list that is shown once it has it."""

    def there() -> list[int]:
        found = app.screen.query(ChoiceList) if isinstance(app.screen, ChooseScreen) else ()
        return [n for one in found for n, choice in enumerate(one.choices) if choice.key == key]

    await until(pilot, there)
    app.screen.query_one(ChoiceList).cursor = there()[0]
    await pilot.press("enter")
    await settle(pilot)
