"""What nobody means to do: keys mashed, clicks in the void, binaries pasted, windows dragged about, leaving soon."""

import random
import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import OutOfBounds, Pilot

from briefing.library import Library
from briefing.model.listing import Failure
from briefing.model.safetext import SafeText
from briefing.tui import clipboard, outside
from briefing.tui.actions import ACTIONS
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.dialogs.export import ExportScreen
from briefing.tui.dialogs.failures import FailuresScreen
from briefing.tui.dialogs.help import HelpScreen
from briefing.tui.dialogs.keys import KeysScreen, PressScreen
from briefing.tui.keymap import split_keys
from briefing.tui.widgets.row_list import RowList
from tests.tui.conftest import Reading, comes, make_app, settle, told, until
from tests.tui.test_mouse import PLACES

SIZES = ((80, 24), (140, 40), (200, 60), (30, 8), (10, 3), (1, 1))


@pytest.fixture
def failed(library: Library) -> Library:
    """A library with a file that could not be read."""
    library.fail(Failure(path=SafeText("/in/x.pdf"), reason=SafeText("broken")))
    return library


def errors(app: BriefingApp) -> list[str]:
    """What the reader was told went wrong."""
    return told(app, "error").splitlines()


# Typing and pasting


PASTED = {
    "word": "x" * 10_000,
    "words": "patrol boats " * 800,
    "or": "a OR " * 2000,
    "parentheses": "(" * 10_000,
    "quotes": '"' * 10_001,
    "not": "NOT " * 2500,
    "dates": "date:[" * 1700,
    "signs": "title:*~" * 1200,
    "control": "\x00\x1b]52;c;aGk=\x07 Kestrel\r\n\tboats\x7f\u202e\ud800".encode("utf-8", "replace").decode() * 100,
    "lines": "Kestrel\nboats\n" * 700,
    "wide": "\U0001f6a2" * 10_000,
}


@pytest.mark.parametrize("names", [list(PASTED)[:6], list(PASTED)[6:]], ids=" ".join)
async def test_anything_can_be_pasted_into_the_search_bar(library: Library, reading: Reading, names: list[str]) -> None:
    async with reading(library) as (app, pilot):
        for name in names:
            await pilot.press("slash")
            app.post_message(events.Paste(PASTED[name]))
            await until(pilot, lambda: app.main.search_bar.value)
            await until(pilot, lambda: app.main.searching)
            value = app.main.search_bar.value
            assert isinstance(value, SafeText), name
            assert not set(value) & {"\x1b", "\n", "\r", "\x00", "\u202e"}, name
            await pilot.press("ctrl+f")
            await settle(pilot)
            await pilot.press("escape", "escape")
            await until(pilot, lambda: not app.main.searching and app.screen is app.main)
            assert not app.main.search_bar.value, name
            assert not errors(app), name


async def test_keys_typed_at_once_reach_the_search_and_nothing_else(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        for key in ("slash", *"kestrelxpuqe" * 20):
            app.post_message(events.Key(key, None if key == "slash" else key))
        await until(pilot, lambda: len(app.main.search_bar.value) == 240)
        assert app.is_running
        assert not app.main.source_list.marked
        assert not any(row.pinned for row in library.sources())


@pytest.mark.parametrize("first", range(4))
async def test_escape_leads_out_of_everything(failed: Library, reading: Reading, first: int) -> None:
    """And on to the next place: every fourth in one run of the reader."""
    places = [place for place in PLACES if place not in {"app", "rows"}][first::4]
    async with reading(failed) as (app, pilot):
        for place in places:
            await PLACES[place](app, pilot)
            for _ in range(40):
                app.post_message(events.Key("escape", None))
            await until(pilot, lambda: app.screen is app.main and not app.typed_ahead)
            assert not app.main.searching, place
            assert app.focused in {app.main.source_list, app.main.text_view, app.main.fact_list}, place
            assert app.is_running, place
            await pilot.press("1")
            await until(pilot, lambda: app.focused is app.main.source_list)


@pytest.mark.parametrize("forwarded", [False, True])
async def test_what_is_typed_while_the_program_ends_is_for_nobody(
    failed: Library, reading: Reading, forwarded: bool
) -> None:
    async with reading(failed) as (app, pilot):
        await pilot.press("j")
    assert not app.screen_stack
    for event in (events.Key("escape", None), events.MouseDown(None, 5, 5, 0, 0, 1, False, False, False)):
        if forwarded:
            event._set_forwarded()
        await app.on_event(event)
    app._typed.append(events.Key("q", "q"))
    await app._hand_out()


# The mouse


async def test_two_clicks_leave_a_dialog_once(failed: Library, reading: Reading) -> None:
    """The second one comes to a dialog that has gone, and would have taken the main screen away."""
    async with reading(failed) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.click(offset=(2, 10), times=3)
        await until(pilot, lambda: app.screen is app.main)
        await app.push_screen(FailuresScreen(failed))
        refs: list[Any] = []
        app.main.ingest.start = refs.append  # type: ignore[method-assign]
        failures = app.screen
        failures.action_retry()
        failures.action_retry()
        await settle(pilot)
        assert app.screen is app.main
        await app.push_screen(KeysScreen())
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PressScreen))
        await pilot.click(offset=(2, 2), times=2)
        await until(pilot, lambda: isinstance(app.screen, KeysScreen))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: app.screen.id == "--command-palette" or len(app.screen_stack) == 3)
        palette = app.screen
        palette.dismiss()
        palette.dismiss()
        await until(pilot, lambda: isinstance(app.screen, KeysScreen))


async def test_a_dialog_below_another_leaves_after_it(library: Library, reading: Reading) -> None:
    """As the export does, when the brief is written while help is on top."""
    async with reading(library) as (app, pilot):
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        below = app.screen
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        below.dismiss(None)
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main)


async def test_clicks_where_nothing_is(library: Library, empty: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"nowhere")
        await until(pilot, lambda: app.main.search_pane.result and not app.main.search_pane.result.hits)
        await pilot.click(app.main.hit_list, offset=(4, 12))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: not app.main.searching)
        for widget in (app.main.source_list, app.main.fact_list, app.main.text_view, app.main.legend_bar):
            for button in (1, 1, 2):
                await pilot.click(widget, offset=(widget.size.width - 1, widget.size.height - 1), button=button)
        await settle(pilot)
        assert app.main.source_list.cursor == 0
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
        rows = app.screen.query_one(RowList)
        await pilot.click(rows, offset=(4, rows.size.height - 1))
        assert isinstance(app.screen, ClaimsScreen)
        assert not errors(app)
    async with reading(empty) as (app, pilot):
        for y in range(0, 40, 3):
            await pilot.click(offset=(70, y))
            await settle(pilot)
            await pilot.press("escape")
        assert app.screen is app.main
        assert not errors(app)


# The window


@pytest.mark.parametrize("place", ["search", "card", "claims", "settings", "keys", "tags", "confirm", "page", "files"])
async def test_the_window_is_dragged_about_over_a_dialog(failed: Library, reading: Reading, place: str) -> None:
    async with reading(failed) as (app, pilot):
        await PLACES[place](app, pilot)
        top = app.screen
        for size in SIZES * 3:
            app.post_message(events.Resize(*[events.Size(*size)] * 2))
            if size[0] % 3:
                await pilot.pause()
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        assert app.screen is top
        await until(pilot, lambda: top.size == app.size == (100, 30))
        await pilot.press("down", "up", "escape")
        assert not errors(app)


@pytest.mark.parametrize("place", ["", "settings"])
async def test_sizes_that_the_terminal_has_no_more(library: Library, reading: Reading, place: str) -> None:
    async with reading(library, size=(80, 24)) as (app, pilot):
        if place:
            await PLACES[place](app, pilot)
        top, sizes = app.screen, set()
        top.screen_layout_refresh_signal.subscribe(
            top, lambda screen: sizes.add(screen._compositor.size), immediate=True
        )
        for height in (25, 24, 25, 24):  # as from a terminal that does not know its size
            top.post_message(events.Resize(*[events.Size(80, height)] * 2))
            await pilot.pause()
        await settle(pilot)
        top.refresh(layout=True)
        await settle(pilot)
        assert sizes == {app.size} == {(80, 24)}


# Leaving


async def test_leaving_before_the_library_is_open(library: Library) -> None:
    opened = threading.Event()

    def slow() -> Library:
        opened.wait(60)
        return library

    app = make_app(slow)  # type: ignore[arg-type]
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("slash", *"kestrel", "enter", "escape", "e", "escape", "3", "a", "equals_sign", "S", "w")
            await pilot.pause()
            assert not errors(app)
            await pilot.press("ctrl+q")
            assert app.return_code is not None
            opened.set()
    finally:
        opened.set()


async def test_leaving_over_a_dialog_and_while_a_source_loads(library: Library, reading: Reading) -> None:
    for keys in (["question_mark"], ["down", "enter", "e"], ["slash", *"kestrel", "enter"], ["equals_sign"]):
        async with reading(library) as (app, pilot):
            for key in (*keys, "ctrl+q"):
                app.post_message(events.Key(key, key if len(key) == 1 else None))
            await comes(pilot, lambda: app.return_code is not None)


# All of it


@pytest.mark.parametrize("seed", range(3))
async def test_anything_at_all(
    failed: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Keys, clicks and sizes as they come. The reader stays, and says nothing of an error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(outside, "open_outside", lambda target: None)
    monkeypatch.setattr(clipboard, "copy_to_system", lambda text: None)
    known = {key for action in ACTIONS for key in split_keys(action.keys)[0]}
    keys = [*sorted(known - {"E"}), *'abzF-2 "(', *["enter", "down", "up", "escape"] * 3]
    chance = random.Random(seed)
    wrong: list[object] = []
    async with reading(failed) as (app, pilot):
        app.main.ingest.start = lambda refs: None  # type: ignore[method-assign]
        app.tell_error = wrong.append  # type: ignore[method-assign]
        app.action_quit = nothing  # type: ignore[method-assign]
        for _ in range(120):
            await once(app, pilot, chance, keys)
            assert app._exception is None
        await settle(pilot)
        assert not wrong


async def nothing() -> None:
    """Stay."""


async def once(app: BriefingApp, pilot: Pilot[Any], chance: random.Random, keys: list[str]) -> None:
    """One thing that a cat on the desk might do."""
    what = chance.random()
    if what < 0.65:
        await pilot.press(chance.choice(keys))
    elif what < 0.9:
        place = chance.randrange(app.size.width), chance.randrange(app.size.height)
        try:
            await pilot.click(offset=place, button=chance.choice((1, 1, 3)), times=chance.choice((1, 2)))
        except OutOfBounds:  # the window has not got its size yet
            await pilot.pause()
    elif what < 0.96:
        await pilot.resize_terminal(*chance.choice(SIZES))
    else:
        app.post_message(events.Paste(chance.choice(("x\x1b]52;c;aGk=\x07y\n\nz", "F-2 " * 2500, "(" * 300))))
