"""Theme files: what is checked, what is said of a bad one, contrast of all that is shipped."""

import shutil
from itertools import chain
from pathlib import Path

import pytest
from textual.color import Color
from textual.command import CommandList

from briefing.library import Library
from briefing.model.facts import ENTITY_TYPES
from briefing.tui.app import DEFAULT_THEME, BriefingApp, ThemeMissing
from briefing.tui.ink import _LOOKS, Inks
from briefing.tui.looks import Look, find_look
from briefing.tui.theme import load_themes, read_theme
from briefing.tui.wording import TYPES
from tests.tui.conftest import THEMES, Reading, make_app, screen_text, settle, until

SHIPPED = load_themes([THEMES])
LOOKS = {name: file.look() for name, file in SHIPPED.files.items()}
NAMES = sorted(LOOKS)
GROUNDS = ("background", "row", "active", "panel")


def pairs(look: Look) -> list[tuple[str, str]]:
    """Keys of every colour of words and of what it can stand on."""
    words = ("foreground", "muted", "key", "good", "warn", "bad")
    found = [(word, ground) for word in words for ground in GROUNDS]
    found += [("foreground", "selection"), ("foreground", "evidence"), ("active_text", "active")]
    found += [("evidence_sign", "background"), ("frame_focus", "background"), ("frame_focus", "panel")]
    found += [(f"{mark}_text", mark) for mark in ("match", "current", "current_match")]
    on = ("background", "evidence", "active")
    return found + list(chain.from_iterable(((kind, ground) for ground in on) for kind in ENTITY_TYPES))


def luminance(colour: str) -> float:
    """As WCAG 2 defines relative luminance."""
    channels = [value / 255 for value in Color.parse(colour).rgb]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_what_is_shipped() -> None:
    assert SHIPPED.problems == ()
    assert {DEFAULT_THEME, "briefing-light", "high-contrast", "colour-blind-safe", "terminal-palette"} < set(NAMES)
    assert len(NAMES) >= 7
    assert {look.dark for look in LOOKS.values()} == {True, False}
    assert all((THEMES / f"{name}.toml").is_file() for name in NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if not LOOKS[name].ansi])
def test_words_can_be_read_on_everything_they_stand_on(name: str) -> None:
    colours = LOOKS[name].colours
    low = {
        (word, ground): round(contrast(colours[word], colours[ground]), 2)
        for word, ground in pairs(LOOKS[name])
        if contrast(colours[word], colours[ground]) < 4.5
    }
    assert low == {}
    assert "evidence_text" not in colours


def test_high_contrast_is_higher() -> None:
    colours = LOOKS["high-contrast"].colours
    assert min(contrast(colours[word], colours["background"]) for word in ("foreground", "muted", *ENTITY_TYPES)) >= 7


def test_the_terminal_palette_has_only_the_terminals_colours() -> None:
    look = LOOKS["terminal-palette"]
    assert look.ansi
    assert all(colour.startswith("ansi_") for colour in look.colours.values())


@pytest.mark.parametrize("name", NAMES)
def test_marks_differ_from_each_other(name: str) -> None:
    inks = Inks(LOOKS[name].colours)
    marks = [inks[mark] for mark in ("evidence", "match", "current", "current_match")]
    assert len({mark.bgcolor for mark in marks}) == 4


def test_each_type_has_a_sign_of_its_own_beside_its_colour() -> None:
    assert TYPES == ENTITY_TYPES
    assert set(_LOOKS) == set(ENTITY_TYPES)
    assert len({str(style) for style in _LOOKS.values()}) == len(ENTITY_TYPES)
    assert all(str(style) != "none" for style in _LOOKS.values())


def test_shipped_themes_are_the_same_unchecked() -> None:
    for name in NAMES:
        assert find_look(name, [THEMES]) == LOOKS[name]


def test_a_bad_file_is_named_with_line_and_key(tmp_path: Path) -> None:
    text = (THEMES / "harbour.toml").read_text("utf-8")
    lines = text.split("\n")
    muted = next(number for number, line in enumerate(lines, 1) if line.startswith("muted"))
    entities = lines.index("[entities]") + 1
    bad = text.replace(lines[muted - 1], 'muted = "[/nope]"').replace("PERSON =", "PERSONS =")
    path = tmp_path / "bad.toml"
    path.write_text(bad, "utf-8")
    found = load_themes([tmp_path])
    assert not found.files
    said = {problem.message.removeprefix(str(path)) for problem in found.problems}
    assert said == {
        f":{muted}: colors.muted: '[/nope]' is not a colour; write one as #rrggbb or ansi_blue",
        f":{entities}: entities.PERSON: is missing",
        f":{entities + 1}: entities.PERSONS: is not a key of themes",
    }


@pytest.mark.parametrize(("text", "line"), [("\nname = ", 2), ('name = "x"\n[colors\n', 2), ("", None)])
def test_files_that_are_no_themes(tmp_path: Path, text: str, line: int | None) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, "utf-8")
    problems = read_theme(path)
    assert isinstance(problems, list)
    assert problems[0].line == line


def test_unreadable_files(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "folder.toml").mkdir()
    assert len(load_themes([tmp_path, tmp_path / "nowhere"]).problems) == 2


def own_theme(folder: Path, name: str, background: str) -> None:
    folder.mkdir(exist_ok=True)
    text = (THEMES / "harbour.toml").read_text("utf-8").replace('"harbour"', f'"{name}"')
    (folder / f"{name}.toml").write_text(text.replace("#0b1f2a", background), "utf-8")


async def test_a_users_theme_is_used_and_replaces_a_shipped_one(
    library: Library, reading: Reading, tmp_path: Path
) -> None:
    own_theme(tmp_path / "own", DEFAULT_THEME, "#102030")
    async with reading(library, themes=[THEMES, tmp_path / "own"]) as (app, pilot):
        assert app.get_css_variables()["background"].lower() == "#102030"
        app._read_themes()
        app.theme = "briefing-light"
        await settle(pilot)
        assert "Boats meet" in screen_text(app)


async def test_bad_themes_are_told_and_the_rest_works(library: Library, reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "bad.toml").write_text('name = "[/nope]"', "utf-8")
    async with reading(library, themes=[THEMES, tmp_path / "own"], theme="nosuch") as (app, pilot):
        app._read_themes()
        await settle(pilot)
        notes = [note.message for note in app._notifications]
        assert any("bad.toml: colors: is missing" in note for note in notes)
        assert any("none named 'nosuch'" in note for note in notes)
        assert app.theme == DEFAULT_THEME
        assert set(NAMES) <= set(app.available_themes)


async def test_every_shipped_theme_draws(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        app._read_themes()
        for name in NAMES:
            app.theme = name
            await settle(pilot)
            assert "Boats meet near Larnholm" in screen_text(app)
            assert app.inks.entity("PERSON").color == Inks(LOOKS[name].colours).entity("PERSON").color


async def test_starting_with_the_terminal_palette(library: Library, reading: Reading) -> None:
    async with reading(library, theme="terminal-palette") as (app, _):
        assert app.native_ansi_color
        assert "Boats meet near Larnholm" in screen_text(app)


def test_without_any_theme_the_folders_are_named(library: Library, tmp_path: Path) -> None:
    shutil.copy(THEMES / "harbour.toml", tmp_path)
    with pytest.raises(ThemeMissing, match="briefing-dark"):
        make_app(library, themes=[tmp_path])
    assert isinstance(make_app(library, themes=[tmp_path], theme="harbour"), BriefingApp)


async def test_a_theme_is_shown_before_it_is_chosen_and_left_by_esc(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("T")
        await until(pilot, lambda: len(app.screen.query_one(CommandList).options) == len(NAMES))
        await pilot.press("down")
        await until(pilot, lambda: app.screen.query_one(CommandList).highlighted is not None)
        before = app.theme
        await pilot.press("down", "down")
        await until(pilot, lambda: app.theme != before)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main)
        assert app.theme == DEFAULT_THEME


async def test_a_theme_is_chosen_by_mouse(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("T")
        await until(pilot, lambda: "Theme newsprint" in screen_text(app))
        lines = screen_text(app).split("\n")
        row = next(number for number, line in enumerate(lines) if "Theme newsprint" in line)
        await pilot.click(offset=(lines[row].index("newsprint"), row))
        await until(pilot, lambda: app.screen is app.main and app.theme == "newsprint")


async def test_theme_files_are_followed(library: Library, reading: Reading, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    own_theme(folder, "mine", "#102030")
    async with reading(library, themes=[THEMES, folder], theme="mine", follow_themes=True) as (app, pilot):
        app._read_themes()
        path = folder / "mine.toml"
        good = read(path)
        app._files_changed({put(path, good.replace("#102030", "#203040").replace("#ffb4a2", "#ffffff"))})
        await until(pilot, lambda: app.get_css_variables()["background"].lower() == "#203040")
        app._files_changed({put(path, good.replace("#102030", "none"))})
        await settle(pilot)
        assert any("mine.toml:" in note.message and "colors.background" in note.message for note in app._notifications)
        assert app.get_css_variables()["background"].lower() == "#203040"
        assert app.looks["mine"].colours["background"] == "#203040"


async def test_a_change_of_a_file_is_noticed(library: Library, reading: Reading, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    own_theme(folder, "mine", "#102030")
    async with reading(library, themes=[THEMES, folder], theme="mine", follow_themes=True) as (app, pilot):
        good = read(folder / "mine.toml")

        def changed() -> bool:
            put(folder / "mine.toml", good.replace("#102030", "#203040") + "\n")  # until the watching has begun
            return app.looks["mine"].colours["background"] == "#203040"

        await until(pilot, changed)


def read(path: Path) -> str:
    return path.read_text("utf-8")


def put(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
