"""Theme files: what is checked, what is said of a bad one, contrast of all that is shipped."""

import shutil
from itertools import chain
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.command import CommandList

from briefing.library import Library
from briefing.model.facts import ENTITY_TYPES
from briefing.tui.app import DEFAULT_THEME, BriefingApp, ThemeMissing
from briefing.tui.theming import reduced_palette
from briefing.tui.theming.palette import Look
from briefing.tui.theming.styles import LOOKS as ENTITY_LOOKS
from briefing.tui.theming.styles import Ink, Inks
from briefing.tui.theming.theme_files import load_themes, read_theme
from briefing.tui.theming.theme_finder import find_look
from briefing.tui.wording import TYPES
from tests.tui.conftest import THEMES, Reading, make_app, screen_text, settle, strips, told, until

SHIPPED = load_themes([THEMES])
LOOKS = {name: file.look() for name, file in SHIPPED.files.items()}
NAMES = sorted(LOOKS)
COLOURED = [name for name in NAMES if not LOOKS[name].ansi]
GROUNDS = ("background", "row", "active", "panel")


def pairs(look: Look) -> list[tuple[str, str]]:
    """Keys of every colour of words and of what it can stand on."""
    words = ("foreground", "muted", "key", "good", "warn", "bad")
    found = [(word, ground) for word in words for ground in GROUNDS]
    found += [("foreground", "selection"), ("foreground", "evidence"), ("active_text", "active")]
    found += [("evidence_sign", "background"), ("frame_focus", "background"), ("frame_focus", "panel")]
    found += [(f"{mark}_text", mark) for mark in ("match", "current", "current_match")]
    found += [("background", "foreground")]  # the cursor of a field
    on = (*GROUNDS, "evidence")
    return found + list(chain.from_iterable(((kind, ground) for ground in on) for kind in ENTITY_TYPES))


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    return reduced_palette.contrast(Color.parse(one).rgb, Color.parse(other).rgb)


def test_what_is_shipped() -> None:
    assert SHIPPED.problems == ()
    assert {DEFAULT_THEME, "briefing-light", "high-contrast", "colour-blind-safe", "terminal-palette"} < set(NAMES)
    assert len(NAMES) >= 7
    assert {look.dark for look in LOOKS.values()} == {True, False}
    assert all((THEMES / f"{name}.toml").is_file() for name in NAMES)


def too_low(look: Look) -> dict[tuple[str, str], float]:
    """What cannot be read on what, with its contrast."""
    found = {(word, ground): contrast(look.colours[word], look.colours[ground]) for word, ground in pairs(look)}
    return {pair: round(value, 2) for pair, value in found.items() if value < reduced_palette.LEAST}


@pytest.mark.parametrize("name", COLOURED)
def test_words_can_be_read_on_everything_they_stand_on(name: str) -> None:
    assert too_low(LOOKS[name]) == {}
    assert not {"evidence_text", "row_text"} & {*LOOKS[name].colours}


@pytest.mark.parametrize("name", COLOURED)
def test_with_256_colours_words_can_be_read_and_grounds_differ(name: str) -> None:
    look = reduced_palette.in_256(LOOKS[name])
    assert look.colours.keys() == LOOKS[name].colours.keys()
    assert too_low(look) == {}
    grounds = [
        look.colours[ground] for ground in (*reduced_palette.GROUNDS, *reduced_palette.MARKS) if ground != "panel"
    ]
    assert len({*grounds}) == len(grounds)
    assert look.colours["panel"] not in grounds[1:]


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
    assert set(ENTITY_LOOKS) == set(ENTITY_TYPES)
    assert len({str(style) for style in ENTITY_LOOKS.values()}) == len(ENTITY_TYPES)
    assert all(str(style) != "none" for style in ENTITY_LOOKS.values())


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
        app.read_themes()
        app.theme = "briefing-light"
        await settle(pilot)
        assert "Boats meet" in screen_text(app)


async def test_bad_themes_are_told_and_the_rest_works(library: Library, reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "bad.toml").write_text('name = "[/nope]"', "utf-8")
    async with reading(library, themes=[THEMES, tmp_path / "own"], theme="nosuch") as (app, pilot):
        app.read_themes()
        await settle(pilot)
        notes = told(app).split("\n")
        assert any("bad.toml: colors: is missing" in note for note in notes)
        assert any("none named 'nosuch'" in note for note in notes)
        assert app.theme == DEFAULT_THEME
        assert set(NAMES) <= set(app.available_themes)


async def test_every_shipped_theme_draws(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        app.read_themes()
        for name in NAMES:
            app.theme = name
            await settle(pilot)
            assert "Boats meet near Larnholm" in screen_text(app)
            assert app.inks.entity("PERSON").color == Inks(LOOKS[name].colours).entity("PERSON").color


async def test_starting_with_the_terminal_palette(library: Library, reading: Reading) -> None:
    async with reading(library, theme="terminal-palette") as (app, _):
        assert app.native_ansi_color
        assert "Boats meet near Larnholm" in screen_text(app)


def test_the_terminals_own_colours_stay_what_they_are() -> None:
    look = LOOKS["terminal-palette"]
    assert reduced_palette.in_256(look) == look


async def test_a_terminal_of_256_colours(library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm-256color")
    async with reading(library) as (app, _):
        app.read_themes()
        for name in NAMES:
            assert app.looks[name] == reduced_palette.in_256(LOOKS[name])


def drawn(app: BriefingApp) -> list[Segment]:
    """All that is on the screen, as it is sent to the terminal."""
    return [segment for strip in strips(app) for segment in strip]


async def test_without_colours_none_is_sent_and_what_has_the_focus_is_seen(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(library, theme="terminal-palette") as (app, pilot):
        app.read_themes()
        for name in NAMES:
            app.theme = name
            await settle(pilot)
            styles = [segment.style for segment in drawn(app) if segment.style]
            used = {colour.name for style in styles for colour in (style.color, style.bgcolor) if colour}
            assert used == {"default"}, name
            assert any("Boats meet near" in one.text for one in drawn(app) if one.style and one.style.reverse), name


def test_without_colours_every_mark_has_a_look_of_its_own() -> None:
    inks = Inks(LOOKS[DEFAULT_THEME].colours, colourless=True)
    names: tuple[Ink, ...] = ("plain", "muted", "row", "active", "evidence", "match", "current", "current_match",
                               "selection")  # fmt: skip
    assert len({str(inks[name]) for name in names}) == len(names) - 1  # a row under the cursor looks like a match
    assert len({str(inks.entity(kind)) for kind in TYPES}) == len(TYPES)


async def test_in_sixteen_colours_the_row_under_the_cursor_has_one_colour_of_words(
    library: Library, reading: Reading
) -> None:
    async with reading(library, theme="terminal-palette") as (app, pilot):
        for key, mark in (("1", "active"), ("2", "row")):
            await pilot.press(key)
            await settle(pilot)
            ground = app.inks[mark].bgcolor
            on_it = [one for one in drawn(app) if one.style and one.style.bgcolor == ground and one.text.strip()]
            assert any("Boats meet near" in one.text for one in on_it)
            assert {one.style.color for one in on_it if one.style} == {app.inks[mark].color}


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
        app.read_themes()
        path = folder / "mine.toml"
        good = read(path)
        app._files_changed({put(path, good.replace("#102030", "#203040").replace("#ffb4a2", "#ffffff"))})
        await until(pilot, lambda: app.get_css_variables()["background"].lower() == "#203040")
        app._files_changed({put(path, good.replace("#102030", "none"))})
        await settle(pilot)
        assert any("mine.toml:" in one and "colors.background" in one for one in told(app).split("\n"))
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


async def test_the_list_of_themes_is_in_the_theme_it_shows_and_leaves_the_reader_in_sight(
    library: Library, reading: Reading
) -> None:
    async with reading(library, (80, 24)) as (app, pilot):
        await pilot.press("T")
        await until(pilot, lambda: len(app.screen.query_one(CommandList).options) == len(NAMES))
        listed = app.screen.query_one(CommandList)
        assert listed.size.width < app.size.width * 2 / 3
        before = app.screen.query_one("#--container").styles.background
        await pilot.press("down")
        await until(pilot, lambda: app.theme == "briefing-light")
        panel = Color.parse(LOOKS["briefing-light"].colours["panel"])
        await until(pilot, lambda: app.screen.query_one("#--container").styles.background == panel)
        assert before != panel


async def test_the_palette_offers_actions_before_anything_is_typed(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("ctrl+p")
        await until(pilot, lambda: len(app.screen.query_one(CommandList).options) > len(NAMES))
        names = [str(option.hit.text) for option in app.screen.query_one(CommandList).options]
        assert not any(name.startswith("Theme ") for name in names)
        assert names[0] == "Search"


SCREENS = (("2", "n", "n"), ("3", "l"), ("2", "n", "enter"), ("e",), ("comma",), ("question_mark",), ("equals_sign",))


@pytest.mark.parametrize("keys", SCREENS, ids=" ".join)
async def test_whatever_is_drawn_can_be_read(library: Library, reading: Reading, keys: tuple[str, ...]) -> None:
    async with reading(library) as (app, pilot):
        app.read_themes()
        for key in ("1", "j", "enter", *keys):
            await pilot.press(key)
            await settle(pilot)
        box = app.screen.query(".box")
        region = box.first().region if box else app.screen.region
        for name in COLOURED:
            app.theme = name
            await settle(pilot)
            drawn = strips(app)[region.y : region.bottom]
            parts = [part for strip in drawn for part in strip.crop(region.x, region.right)]
            styles = {part.style for part in parts if any(map(str.isalnum, part.text)) and part.style}
            assert len(styles) > 3
            low = {str(style) for style in styles if style.color and style.bgcolor and read_at(style) < 4.5}
            assert low == set(), name


def read_at(style: Style) -> float:
    """The contrast of words in a style."""
    return contrast(*(Color.from_rich_color(colour).hex for colour in (style.color, style.bgcolor)))


async def test_what_is_chosen_in_a_dialog_has_the_words_of_a_row(library: Library, reading: Reading) -> None:
    async with reading(library, size=(120, 40), theme="terminal-palette") as (app, pilot):
        await pilot.press("e")
        await until(pilot, lambda: "markdown" in screen_text(app))
        chosen = [segment.style for strip in strips(app) for segment in strip if "markdown" in segment.text]
        assert [(style.color.number, style.bgcolor.number) for style in chosen] == [
            (15, 8)
        ]  # both bright: white, black
