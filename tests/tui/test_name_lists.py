"""Lists of names in the reader: kept from a file, looked up at once, opened at a hit and come back to."""

from pathlib import Path

from briefing.library import Library
from briefing.tui.dialogs.choose import ChoiceList
from briefing.tui.dialogs.name_hits import NameHitsScreen
from briefing.tui.dialogs.saved_searches import SearchesScreen
from tests.tui.conftest import PATROL, Reading, patrol, screen_text, settle, told, until


async def test_a_list_is_taken_from_a_file_and_its_hits_stand_under_each_name(
    library: Library, reading: Reading, tmp_path: Path
) -> None:
    (tmp_path / "watch.csv").write_text("name,query\nIda Falk,\nCutter,cutter\nNobody Here,\n", encoding="utf-8")
    async with reading(library) as (app, pilot):
        app.main.searches.take_names(str(tmp_path / "watch.csv"))
        await until(pilot, lambda: isinstance(app.screen, NameHitsScreen))
        await settle(pilot)
        shown = screen_text(app)
        assert "watch: 2 of 3 names" in shown
        assert "Ida Falk" in shown
        assert shown.index("Cutter") < shown.index("In no source  1") < shown.index("Nobody Here")
        listed = app.screen.query_one(ChoiceList)
        listed.cursor = next(n for n, one in enumerate(listed.choices) if one.title == "Cutter  1") + 1
        row = listed.cursor
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main and app.main.state.source is not None)
        assert app.main.state.source.id == patrol()[0].id
        await until(pilot, lambda: app.main.text_view.marks.match is not None)
        start, end = app.main.text_view.marks.matches[0]
        assert PATROL[start:end] == "cutter"
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, SearchesScreen))
        assert "3 names" in screen_text(app)
        choices = app.screen.query_one(ChoiceList)
        choices.cursor = next(n for n, one in enumerate(choices.choices) if one.key == "lwatch")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NameHitsScreen))
        assert app.screen.query_one(ChoiceList).cursor == row
        await pilot.press("escape", "L")
        await until(pilot, lambda: isinstance(app.screen, SearchesScreen))
        choices = app.screen.query_one(ChoiceList)
        choices.cursor = next(n for n, one in enumerate(choices.choices) if one.key == "lwatch")
        app.screen.action_delete_search()
        await until(pilot, lambda: library.searches.lists.all() == [])


async def test_a_file_that_cannot_be_read_is_named(library: Library, reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("name\n", encoding="utf-8")
    async with reading(library) as (app, pilot):
        for name, said in (("none.csv", "No such file"), ("empty.csv", "holds no names")):
            app.main.searches.take_names(str(tmp_path / name))
            await until(pilot, lambda said=said: said in told(app))
        assert app.screen is app.main
