"""The settings and the keys, changed in the reader: kept in the user's file, checked by its rules, in force at once."""

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, Label

from briefing.config import load
from briefing.library import Library
from briefing.model.settings import DECLARED
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.keys import KeysScreen, PressScreen
from briefing.tui.dialogs.settings import SettingsScreen
from briefing.tui.widgets.inputs import SafeInput
from tests.tui.conftest import Reading, screen_text, settle, until


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A settings file with a comment."""
    path = tmp_path / "config.toml"
    path.write_text('# Mine.\nmeasure = 60  # narrow\n\n[keys]\nfind = "ctrl+f"\n', "utf-8")
    return path


def held(file: Path) -> str:
    return file.read_text("utf-8")


def put(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


async def opened(pilot: Any) -> SettingsScreen:
    await pilot.press("comma")
    await until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen))
    return pilot.app.screen


def said(app: BriefingApp) -> str:
    return str(app.screen.query_one("#wrong", Label).content)


async def go_to(pilot: Any, name: str) -> None:
    """Put the cursor on a setting."""
    rows = pilot.app.screen.list
    rows.move(list(DECLARED).index(name))
    await settle(pilot)
    assert rows.current.name == name


async def test_where_a_setting_comes_from_leaves_room_for_its_value(
    library: Library, reading: Reading, file: Path
) -> None:
    path = "/home/reader/a/folder/that/is/long/enough/to/be/cut/files.db"
    kept = load(file, {}, {"library": path, "model": "another_model_name"})
    async with reading(library, kept=kept, size=(80, 24)) as (app, pilot):
        await opened(pilot)
        first, second = (next(line for line in screen_text(app).split("\n") if title in line) for title in
                         ("● Library", "● Language model"))  # fmt: skip
        assert "…" in first
        assert "be/cut/files.db" in first
        assert "from the command line" in first
        assert "another_model_name" in second


async def test_every_setting_is_shown_with_value_and_origin(library: Library, reading: Reading, file: Path) -> None:
    kept = load(file, {"BRIEFING_LIBRARY": "x.db"}, {"model": "other"})
    async with reading(library, kept=kept, size=(140, 60)) as (app, pilot):
        await opened(pilot)
        shown = screen_text(app)
        for name, declared in DECLARED.items():
            assert name in shown
            assert declared.help[:40] in shown
        assert f"{file.parent.name}/config.toml"[-35:] in shown
        for words in ("from the file", "from the environment", "from the command line", "at the next start", "1 key"):
            assert words in shown
        assert "A variable of the environment sets this" in (await moved_to(pilot, "library"))


async def moved_to(pilot: Any, name: str) -> str:
    await go_to(pilot, "measure")
    await go_to(pilot, name)
    return said(pilot.app)


async def test_a_number_is_changed_by_keys_and_holds_at_once(library: Library, reading: Reading, file: Path) -> None:
    kept = load(file, {})
    async with reading(library, kept=kept, measure=60, size=(180, 40)) as (app, pilot):
        before = app.main.text_view.rows.width
        await opened(pilot)
        await go_to(pilot, "measure")
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen.query_one("#value", SafeInput).value == "60"
        await pilot.press("backspace", "backspace", *"999", "enter")
        await until(pilot, lambda: "'measure' cannot be 999" in said(app))
        assert "measure = 60  # narrow" in held(file)
        await pilot.press("backspace", "backspace", "backspace", *"44", "enter")
        await until(pilot, lambda: "measure = 44  # narrow" in held(file))
        await until(pilot, lambda: "Kept" in said(app))
        assert app.settings.measure == 44
        assert app.main.text_view.measure == 44
        assert app.main.text_view.rows.width < before
        await pilot.press("delete")
        await until(pilot, lambda: app.settings.measure == DECLARED["measure"].default)
        assert "measure" not in held(file)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is app.main


async def test_a_field_is_left_as_it_was(library: Library, reading: Reading, file: Path) -> None:
    before = held(file)
    async with reading(library, kept=load(file, {})) as (app, pilot):
        screen = await opened(pilot)
        await go_to(pilot, "model")
        await pilot.press("enter", *"xyz", "escape")
        await settle(pilot)
        assert app.screen is screen
        assert not app.screen.query_one("#editing").display
    assert held(file) == before


async def test_a_switch_is_changed_by_mouse(library: Library, reading: Reading, file: Path) -> None:
    async with reading(library, kept=load(file, {})) as (app, pilot):
        await opened(pilot)
        await go_to(pilot, "watch")
        await pilot.click(app.screen.query_one("#change", Button))
        await until(pilot, lambda: app.settings.watch is False)
        assert "watch = false\n" in held(file)
        assert "off" in screen_text(app)
        await pilot.click(app.screen.query_one("#default", Button))
        await until(pilot, lambda: app.settings.watch is True)
        await pilot.click(app.screen.query_one("#cancel", Button))
        await until(pilot, lambda: app.screen is app.main)


async def test_what_holds_at_the_next_start_says_so(library: Library, reading: Reading, file: Path) -> None:
    async with reading(library, kept=load(file, {})) as (app, pilot):
        await opened(pilot)
        await go_to(pilot, "library")
        await pilot.press("enter", *"other.db", "enter")
        await until(pilot, lambda: "from the next start on" in said(app))
        assert 'library = "other.db"' in held(file)


async def test_a_file_that_is_broken_meanwhile_is_told_with_its_line(
    library: Library, reading: Reading, file: Path
) -> None:
    async with reading(library, kept=load(file, {})) as (app, pilot):
        await opened(pilot)
        put(file, "them = 'x'\n")
        await go_to(pilot, "watch")
        await pilot.press("enter")
        await until(pilot, lambda: "config.toml:1: unknown setting 'them'; did you mean 'theme'?" in said(app))
        assert app.settings.watch


async def test_without_a_file_nothing_can_be_kept(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await opened(pilot)
        await go_to(pilot, "watch")
        await pilot.press("enter")
        await until(pilot, lambda: "no settings file" in said(app))


async def test_a_theme_is_chosen_from_the_settings(library: Library, reading: Reading, file: Path) -> None:
    async with reading(library, kept=load(file, {})) as (app, pilot):
        screen = await opened(pilot)
        await go_to(pilot, "theme")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press(*"harbour")
        await until(pilot, lambda: app.theme == "harbour")  # shown before it is chosen
        assert "theme" not in held(file)
        await pilot.press("enter")
        await until(pilot, lambda: 'theme = "harbour"' in held(file))
        await until(pilot, lambda: app.screen is screen and "harbour" in screen_text(app))


# Keys


async def keys_screen(pilot: Any, action: str) -> KeysScreen:
    await opened(pilot)
    await go_to(pilot, "keys")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen))
    rows = pilot.app.screen.list
    rows.move(next(n for n, row in enumerate(rows.rows) if getattr(row, "id", "") == action))
    await settle(pilot)
    return pilot.app.screen


async def press_new(pilot: Any, how: str, key: str) -> None:
    await pilot.press(how)
    await until(pilot, lambda: isinstance(pilot.app.screen, PressScreen))
    await pilot.press(key)
    await settle(pilot)


async def test_an_action_gets_another_key(library: Library, reading: Reading, file: Path) -> None:
    async with reading(library, kept=load(file, {}), keys={"find": "ctrl+f"}) as (app, pilot):
        screen = await keys_screen(pilot, "search")
        await press_new(pilot, "enter", "ctrl+t")
        await until(pilot, lambda: 'search = "ctrl+t"' in held(file))
        await until(pilot, lambda: app.screen is screen and "Kept" in said(app))
        await press_new(pilot, "plus", "f6")
        await until(pilot, lambda: 'search = "ctrl+t,f6"' in held(file))
        await pilot.press("q")
        await settle(pilot)
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.main)
        await until(pilot, lambda: "^t Search" in screen_text(app))
        await pilot.press("slash")
        assert app.focused is not app.main.search_bar
        await pilot.press("ctrl+t")
        assert app.focused is app.main.search_bar


async def test_a_conflict_is_told_before_the_key_is_given(library: Library, reading: Reading, file: Path) -> None:
    before = held(file)
    async with reading(library, kept=load(file, {}), keys={"find": "ctrl+f"}) as (app, pilot):
        screen = await keys_screen(pilot, "copy")
        await press_new(pilot, "enter", "v")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "was the key of select" in screen_text(app).replace("\n", " ")
        await pilot.press("n")
        await until(pilot, lambda: app.screen is screen)
        assert held(file) == before
        await press_new(pilot, "enter", "v")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: 'copy = "v"' in held(file))
        await until(pilot, lambda: "which needs another" in said(app))
        await pilot.press("delete")
        await until(pilot, lambda: "copy" not in held(file))


async def test_keys_by_mouse_and_esc(library: Library, reading: Reading, file: Path) -> None:
    before = held(file)
    async with reading(library, kept=load(file, {})) as (app, pilot):
        screen = await keys_screen(pilot, "zoom")
        await pilot.click(app.screen.query_one("#other", Button))
        await until(pilot, lambda: isinstance(app.screen, PressScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.click(app.screen.query_one("#more", Button))
        await until(pilot, lambda: isinstance(app.screen, PressScreen))
        await pilot.press("f6")
        await until(pilot, lambda: 'zoom = "z,f6"' in held(file))
        await pilot.click(app.screen.query_one("#default", Button))
        await until(pilot, lambda: held(file) == before)
        await pilot.click(app.screen.query_one("#cancel", Button))
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (200, 60)])
async def test_the_screens_fit(library: Library, reading: Reading, file: Path, size: tuple[int, int]) -> None:
    async with reading(library, kept=load(file, {}), size=size) as (app, pilot):
        await keys_screen(pilot, "copy")
        shown = screen_text(app)
        assert "Copy the selection" in shown
        assert "Close" in shown
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert "Default" in screen_text(app)
