"""What the row of keys offers, and what is said where there is little room: nothing that would change nothing."""

import pytest
from rich.color import Color
from textual.pilot import Pilot

from briefing.library import Library
from briefing.model.selection import GroupBy, Order
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.pick_entity import EditsScreen, TypeScreen
from briefing.tui.dialogs.saved_searches import SearchesScreen
from briefing.tui.main_screen.status_words import order_words
from briefing.tui.theming.styles import Inks
from briefing.tui.widgets.fact_drawing import item_as_written
from briefing.tui.widgets.key_bar import KeyBar
from briefing.tui.wording import own
from tests.tui.conftest import Reading, make_count, make_extraction, make_source, screen_text, settle, strips, until
from tests.tui.test_theme import LOOKS


def offered(app: BriefingApp) -> set[str]:
    """The actions in the row of keys of the screen on top."""
    bar = app.screen.query_one(KeyBar)
    return {item.key for item in (*bar.items(), *bar.last_items())}


async def until_offered(pilot: Pilot[None], app: BriefingApp, name: str, there: bool = True) -> None:
    """Wait until an action is offered, or no longer."""
    await until(pilot, lambda: (name in offered(app)) == there)


async def test_nothing_to_compare_in_an_empty_library(empty: Library, reading: Reading) -> None:
    async with reading(empty) as (app, pilot):
        await until_offered(pilot, app, "samples")
        assert "compare" not in offered(app)


@pytest.mark.parametrize("pane", ["1", "2"])
async def test_a_key_that_is_typed_is_not_offered(library: Library, reading: Reading, pane: str) -> None:
    async with reading(library) as (app, pilot):
        await until_offered(pilot, app, "search")
        await pilot.press(pane, "f")
        await until_offered(pilot, app, "search", there=False)
        assert "next_pane" in offered(app)


async def test_searches_that_are_not_there_cannot_be_deleted(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        library.searches.remember("larnholm")
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, SearchesScreen) and "larnholm" in screen_text(app))
        await until_offered(pilot, app, "forget_past")
        assert {"choose", "forget_past"} <= offered(app)
        assert "delete_search" not in offered(app)
        await pilot.press("D")
        await until_offered(pilot, app, "forget_past", there=False)
        assert "choose" not in offered(app)


async def test_without_an_edit_none_can_be_taken_back(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        app.push_screen(EditsScreen([]))
        await until(pilot, lambda: isinstance(app.screen, EditsScreen) and app.screen.query(KeyBar))
        await until_offered(pilot, app, "close")
        assert "choose" not in offered(app)
        assert "Enter takes back" not in screen_text(app)


@pytest.mark.parametrize(
    ("order", "grouping", "room", "words"),
    [
        ("newest", None, 20, "newest first"),
        ("newest", "publisher", 27, "newest first · by publisher"),
        ("newest", "publisher", 26, "newest · publisher"),
        ("publisher", "folder", 20, "publisher · folder"),
        ("added", "publisher", 20, "as added · publisher"),
    ],
)
def test_order_and_groups_in_the_room_there_is(order: Order, grouping: GroupBy | None, room: int, words: str) -> None:
    assert order_words(order, grouping, room) == words


async def test_the_frame_of_a_small_list_is_not_cut(library: Library, reading: Reading) -> None:
    async with reading(library, size=(100, 30)) as (app, pilot):
        app.main.state.grouping = "publisher"
        app.main.sources_pane.tell_list()
        await pilot.press("1", "x")
        await settle(pilot)
        shown = [row[:26] for row in screen_text(app).splitlines()]
        assert any("2 · 1 marked" in row for row in shown)
        assert any("newest · publisher ─╯" in row for row in shown)


@pytest.mark.parametrize(
    ("words", "item", "shown"),
    [
        ("30,000 more soldiers", "soldier", "soldiers"),
        ("three patrol boats,", "patrol boat", "patrol boats"),
        ("two dead policemen", "policeman", "policemen"),
        ("two convoys", "convoy", "convoys"),
        ("five enemies", "enemy", "enemies"),
        ("12 coaches", "coach", "coaches"),
        ("one soldier", "soldier", "soldier"),
        ("300 aircraft", "aircraft", "aircraft"),
        ("9 wounded", "wounded", "wounded"),
        ("two F-2s", "F-2", "F-2"),
    ],
)
def test_what_is_counted_is_in_the_plural_where_the_source_has_it_so(words: str, item: str, shown: str) -> None:
    assert item_as_written(make_count(words, words, 2, 2, item=item)) == shown


async def test_the_kind_of_thing_is_not_said_twice(empty: Library, reading: Reading) -> None:
    text = "More than 300 aircraft flew."
    source = make_source(text)
    count = make_count(text, "More than 300 aircraft", 300, None, item="aircraft", category="aircraft")
    empty.add(source, make_extraction(source, counts=(count,)))
    async with reading(empty) as (app, pilot):
        await until(pilot, lambda: "300+  aircraft" in screen_text(app))
        assert "no operator" in screen_text(app)


def test_words_and_frames_of_the_terminal_palette_stand_on_any_background() -> None:
    """Some palettes have as bright black the background itself."""
    colours = LOOKS["terminal-palette"].colours
    assert "ansi_bright_black" not in {colours[key] for key in ("muted", "frame", "frame_focus", "key")}
    assert colours["frame"] != colours["frame_focus"]


async def test_lines_of_lists_follow_a_theme_that_is_shown_while_they_are_open(
    library: Library, reading: Reading
) -> None:
    light = Inks(LOOKS["briefing-light"].colours)
    async with reading(library) as (app, pilot):
        app.read_themes()
        app.push_screen(TypeScreen(own("Norland"), "NATION"))
        await until(pilot, lambda: "aircraft" in screen_text(app))
        app.theme = "briefing-light"
        await until(pilot, lambda: light.entity("MONEY").color in colours_of(app, "money"))
        await pilot.press("escape")
        app.theme = "briefing-dark"
        await pilot.press("T")
        await until(pilot, lambda: "Dark ink on a cool white." in screen_text(app))
        app.theme = "briefing-light"
        await until(pilot, lambda: colours_of(app, "Dark ink on a cool white.") == {light["muted"].color})


def colours_of(app: BriefingApp, words: str) -> set[Color | None]:
    """The colours in which something is drawn."""
    return {one.style.color for strip in strips(app) for one in strip if words in one.text and one.style}


async def test_a_button_that_is_off_is_read_in_the_terminals_own_colours(library: Library, reading: Reading) -> None:
    async with reading(library, theme="terminal-palette") as (app, pilot):
        library.searches.remember("larnholm")
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, SearchesScreen) and "larnholm" in screen_text(app))
        rows = ("Delete  ", "Clear history")
        await until(pilot, lambda: any(all(word in row for word in rows) for row in screen_text(app).splitlines()))
