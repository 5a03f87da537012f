"""Suggestions in the search bar, searches kept and asked before, narrowing a result."""

import asyncio

import pytest
from textual.command import CommandList
from textual.geometry import Region

from briefing.library import Library
from briefing.tui.dialogs.facets import FacetsScreen
from briefing.tui.dialogs.saved_searches import SaveSearchScreen, SearchesScreen
from briefing.tui.widgets.suggestions import SuggestionList
from tests.tui.conftest import Reading, make_extraction, make_source, screen_text, settle, until


async def typed(app: object, pilot: object, words: str) -> SuggestionList:
    """Type into the search bar and wait for the suggestions."""
    await pilot.press("slash", *words)
    await until(pilot, lambda: app.main.search_bar.value == words)
    await until(pilot, lambda: app.main.search_pane.suggestions.shown)
    return app.main.query_one(SuggestionList)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_suggestions_come_while_typing_and_tab_takes_one(
    library: Library, reading: Reading, size: tuple[int, int]
) -> None:
    async with reading(library, size=size) as (app, pilot):
        listed = await typed(app, pilot, "norl")
        assert "Norland" in str(listed.suggestions[0].shown)
        assert str(listed.suggestions[0].shown) in screen_text(app)
        first = listed.suggestions[0]
        await pilot.press("tab")
        assert app.main.search_bar.value == first.query
        assert app.main.search_bar.cursor_position == first.cursor
        assert app.focused is app.main.search_bar
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == first.query)
        assert app.main.hit_list.hits


async def test_right_at_the_end_takes_a_suggestion(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        listed = await typed(app, pilot, "norl")
        first = listed.suggestions[0].query
        await pilot.press("left", "right")
        assert app.main.search_bar.value == "norl"
        await pilot.press("right")
        await until(pilot, lambda: app.main.search_bar.value == first)


async def test_a_marked_suggestion_is_taken_with_enter(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        listed = await typed(app, pilot, "nor")
        assert len(listed.suggestions) > 1
        await pilot.press("ctrl+n", "ctrl+n")
        assert listed.cursor == 1
        await pilot.press("alt+up", "ctrl+n")
        second = listed.suggestions[1].query
        await pilot.press("enter")
        await until(pilot, lambda: app.main.search_bar.value == second)
        assert app.focused is app.main.search_bar


async def test_a_click_takes_a_suggestion(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        listed = await typed(app, pilot, "nor")
        second = listed.suggestions[1].query
        await settle(pilot)
        await pilot.click(listed, offset=(4, 2))
        await until(pilot, lambda: app.main.search_bar.value == second)
        assert app.focused is app.main.search_bar


async def test_suggestions_go_with_the_focus_and_with_the_words(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await typed(app, pilot, "norl")
        await pilot.press("escape")
        await until(pilot, lambda: not app.main.search_pane.suggestions.shown)
        await typed(app, pilot, "norl")
        await pilot.press("ctrl+u")
        await until(pilot, lambda: not app.main.search_pane.suggestions.shown)
        await pilot.press("tab")
        await until(pilot, lambda: app.focused is app.main.source_list)


async def test_late_suggestions_are_dropped(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as (app, pilot):
        await typed(app, pilot, "norl")
        stale = app.main.query_one(SuggestionList).suggestions
        monkeypatch.setattr(app.main.search_pane.suggestions, "ask", lambda query, cursor: None)
        await pilot.press("ctrl+u", *"sud")
        await settle(pilot)
        from briefing.tui.main_screen.suggestion_popup import Suggested

        app.main.search_pane.post_message(Suggested("norl", 4, stale))
        await settle(pilot)
        assert not app.main.search_pane.suggestions.shown


async def test_a_search_is_kept_listed_and_asked_again(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"accord")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "accord")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SaveSearchScreen))
        await pilot.press("ctrl+u", *"treaty", "enter")
        await until(pilot, lambda: library.searches.saved())
        assert [(one.name, one.query, one.total, one.new) for one in library.searches.saved()] == [
            ("treaty", "accord*", 1, 0)
        ]
        source = make_source("Another accord was signed.", "Second accord")
        library.add(source, make_extraction(source))
        await pilot.press("escape", "S")
        await until(pilot, lambda: isinstance(app.screen, SearchesScreen))
        assert "2 sources, 1 new" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "accord*")
        assert app.main.search_pane.result.total == 2
        await until(pilot, lambda: not library.searches.saved()[0].new)
        await until(pilot, lambda: library.searches.past() == ["accord*"])


async def test_a_kept_search_is_deleted_and_those_before_forgotten(library: Library, reading: Reading) -> None:
    library.searches.save("one", "accord")
    library.searches.remember("larnholm")
    async with reading(library, size=(80, 24)) as (app, pilot):
        await pilot.press("slash", "up")
        await until(pilot, lambda: isinstance(app.screen, SearchesScreen))
        await pilot.press("d")
        await until(pilot, lambda: not library.searches.saved())
        await settle(pilot)
        await pilot.click("#forget")
        await until(pilot, lambda: not library.searches.past())
        await until(pilot, lambda: "No searches yet" in screen_text(app))


async def test_what_was_opened_is_remembered(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"accord", "enter")
        await until(pilot, lambda: app.focused is app.main.text_view)
        await until(pilot, lambda: library.searches.past() == ["accord"])


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_result_is_narrowed(library: Library, reading: Reading, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as (app, pilot):
        await pilot.press("slash", *"larnholm")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "larnholm")
        assert len(app.main.hit_list.hits) == 2
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, FacetsScreen))
        screen = app.screen
        listed = screen.query_one("#facets")
        index = next(n for n, one in enumerate(listed.choices) if one.title == "Norland Gazette")
        listed.cursor = index
        await pilot.press("enter")
        await until(pilot, lambda: app.main.search_pane.result and "Gazette" in app.main.search_pane.result.query)
        assert len(app.main.hit_list.hits) == 1
        assert app.main.search_bar.value.startswith("larnholm* ")


async def test_a_click_narrows(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"larnholm")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "larnholm")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, FacetsScreen))
        await until(pilot, lambda: app.screen.query_one("#facets").size.height)
        first = app.screen.query_one("#facets").choices[1].key
        async with asyncio.timeout(120):
            while isinstance(app.screen, FacetsScreen):
                await pilot.click("#facets", offset=(4, 1))
                await settle(pilot)
        assert app.main.search_bar.value == f"larnholm* {first}"


async def test_the_palette_finds_kept_searches(library: Library, reading: Reading) -> None:
    library.searches.save("treaties", "accord")
    async with reading(library) as (app, pilot):
        await pilot.press("ctrl+p", *"treaties")
        await until(pilot, lambda: "Search treaties" in screen_text(app))
        await until(pilot, lambda: app.screen.query_one(CommandList).highlighted is not None)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "accord")


async def test_suggestions_leave_text_and_first_hits_in_sight(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        listed = await typed(app, pilot, "norl")
        await until(pilot, lambda: app.main.searching)
        for size in ((140, 40), (110, 40), (120, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: listed.region.bottom == app.main.hits_pane.region.bottom)
            first = Region(0, app.main.hits_pane.region.y, size[0], 5)
            assert not listed.region.overlaps(app.main.text_pane.region)
            assert not listed.region.overlaps(first)
            assert app.main.hits_pane.region.contains_region(listed.region)


async def test_a_saved_search_without_a_name_of_its_own_is_called_one(library: Library, reading: Reading) -> None:
    library.searches.save("norland*", "norland*")
    async with reading(library) as (app, pilot):
        await typed(app, pilot, "norl")
        line = next(line for line in screen_text(app).split("\n") if "saved search" in line)
        assert line.count("norland*") == 1


async def test_a_word_that_was_being_typed_stays_the_beginning_of_one(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"larnh")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "larnh")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, FacetsScreen))
        await pilot.press("enter")
        await until(
            pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query.startswith("larnh* ")
        )
        assert app.main.hit_list.hits
