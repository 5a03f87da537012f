"""The command line, jump labels, numbers before keys, widths of panes, recorded keys, the line about a sign."""

from pathlib import Path
from typing import Any

import pytest

from briefing.library import Library
from briefing.tui.command_words import NotUnderstood, matching, understand
from briefing.tui.macros import BadMacro, as_lines, read_macro, write_macro
from briefing.tui.recalled import ListsFile
from briefing.tui.textual_patches.terminal import Terminal
from tests.tui.conftest import Reading, make_extraction, make_source, screen_text, settle


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("export", "export", ""), (":export", "export", ""), ("Add files", "add", ""), ("exp", "export", ""),
        ("12", "goto", "12"), ("p iv", "goto", "p iv"), ("40%", "goto", "40%"),
        ("search two boats", "search", "two boats"),
        ("theme harbour", "themes", "harbour"), ("zoom", "zoom", ""), ("not read", "failures", ""), ("q", "quit", ""),
    ],
)  # fmt: skip
def test_what_is_typed_is_understood(typed: str, name: str, rest: str) -> None:
    assert understand(typed) == (name, rest)


def test_what_is_not_understood_says_what_would_be() -> None:
    with pytest.raises(NotUnderstood, match="There is no command “xyzzy”"):
        understand("xyzzy")
    with pytest.raises(NotUnderstood, match="may be unread, unfold"):
        understand("un")
    assert matching("exp")[0].id == "export"


async def test_a_command_is_typed_completed_and_recalled(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press(":", *"zo", "tab", "enter")
        await settle(pilot)
        assert app.main.has_class("-zoom")
        await pilot.press(":", "up", "enter")
        await settle(pilot)
        assert not app.main.has_class("-zoom")
        await pilot.press(":", *"search larnholm", "enter")
        await settle(pilot)
        assert app.main.search_bar.value == "larnholm"
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("1", ":", *"nonsense", "enter")
        await settle(pilot)
        assert "There is no command" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is app.main


async def test_a_letter_beside_each_place_goes_there(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("1", "ctrl+o")
        await settle(pilot)
        labels = {label.answer: label.letter for label in app.screen.labels}  # type: ignore[attr-defined]
        assert {"search", "sources", "text", "facts", "row 1"} <= set(labels)
        await pilot.press(labels["facts"])
        await settle(pilot)
        assert app.focused is app.main.fact_list
        await pilot.press("ctrl+o", labels["row 1"])
        await settle(pilot)
        assert (app.focused, app.main.source_list.cursor) == (app.main.source_list, 1)
        await pilot.press("ctrl+o", "escape")
        await settle(pilot)
        assert app.screen is app.main


async def test_a_number_says_how_often(empty: Library, reading: Reading) -> None:
    for number in range(30):
        source = make_source(f"Note {number}\n\nNothing.\n")
        empty.add(source, make_extraction(source))
    async with reading(empty) as (app, pilot):
        await pilot.press("1", "5", "j")
        await settle(pilot)
        assert app.main.source_list.cursor == 5
        await pilot.press("0", "1", "2", "j")
        await settle(pilot)
        assert app.main.source_list.cursor == 17
        await pilot.press("4", "k", "k")
        await settle(pilot)
        assert app.main.source_list.cursor == 12
        await pilot.press("5", "2")  # a number, and then no key that it could belong to
        await pilot.press("3")
        await settle(pilot)
        assert app.state.pane == "sources"
        await pilot.press("escape", "3")
        await settle(pilot)
        assert app.state.pane == "facts"


async def test_panes_are_widened_by_key_and_by_mouse_and_stay_so(
    library: Library, reading: Reading, tmp_path: Path
) -> None:
    lists = ListsFile(tmp_path / "lists.json", library.path)
    async with reading(library, lists=lists) as (app, pilot):
        left, right = app.main.sources_pane, app.main.facts_pane
        before = left.region.width, right.region.width
        await pilot.press("1", ")", ")")
        await settle(pilot)
        assert left.region.width == before[0] + 8
        await pilot.press("3", "(")
        await settle(pilot)
        assert right.region.width == before[1] - 4
        at = left.region.right - 1
        await pilot.mouse_down(offset=(at, 10))
        await pilot.hover(offset=(at + 6, 10))
        await pilot.mouse_up(offset=(at + 6, 10))
        await settle(pilot)
        assert left.region.width == before[0] + 14
        kept = left.region.width, right.region.width
        for _ in range(60):
            await pilot.press(")")
        await settle(pilot)
        assert app.main.text_pane.region.width >= 20
        await pilot.press("_")
        await settle(pilot)
        await pilot.press("1", ")")
        await settle(pilot)
        assert left.region.width == before[0] + 4
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert left.region.width == 80
        await pilot.resize_terminal(140, 40)
        await settle(pilot)
        assert left.region.width == before[0] + 4
    assert kept != before
    async with reading(library, lists=lists) as (app, _):
        assert app.main.sources_pane.region.width == before[0] + 4


async def test_the_reader_opens_where_it_was_left(library: Library, reading: Reading, tmp_path: Path) -> None:
    lists = ListsFile(tmp_path / "lists.json", library.path)
    async with reading(library, lists=lists) as (app, pilot):
        await pilot.press("1", "j", "enter")
        await settle(pilot)
        left = app.state.source and app.state.source.id
        assert app.state.pane == "text"
        await pilot.press("3")
        await settle(pilot)
    async with reading(library, lists=lists) as (app, pilot):
        await settle(pilot)
        assert app.state.source is not None
        assert app.state.source.id == left == app.main.source_list.current().id  # type: ignore[union-attr]


async def test_keys_are_recorded_and_pressed_again(
    library: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading(library) as (_, pilot):
        await pilot.press("@", "1", "j", "m", "/", *"boats", "escape", "@")
        await settle(pilot)
        assert (tmp_path / "briefing.keys").read_text().splitlines()[1:] == ["type 1jm/boats", "escape"]
        await pilot.press("u")
        await settle(pilot)
        assert not any(row.reviewed for row in library.sources())
        await pilot.press("g", "f5")
        await settle(pilot)
        await settle(pilot)
        assert [row.reviewed for row in library.sources()] == [False, True]
    async with reading(library, macro=read_macro(tmp_path / "briefing.keys")) as (_, pilot):
        await settle(pilot)
        await settle(pilot)
        assert [row.reviewed for row in library.sources()] == [False, False]


def test_files_of_keys(tmp_path: Path) -> None:
    keys = [("j", "j"), ("space", " "), ("ctrl+p", "\x10"), ("enter", "\r"), ("slash", "/")]
    assert as_lines(keys) == ["type j ", "ctrl+p", "enter", "type /"]
    path = tmp_path / "a.keys"
    write_macro(path, keys)
    assert [(key.key, key.character) for key in read_macro(path)] == [
        ("j", "j"), ("space", " "), ("ctrl+p", None), ("enter", None), ("slash", "/")
    ]  # fmt: skip
    for text, said in (("no-such-key\n", "a.keys:1: there is no key 'no-such-key'"), ("\xff", "a.keys is no UTF-8")):
        path.write_bytes(text.encode("latin-1"))
        with pytest.raises(BadMacro, match=said):
            read_macro(path)


async def test_the_status_line_says_what_a_sign_means(library: Library, reading: Reading) -> None:
    async with reading(library, size=(180, 40)) as (app, pilot):
        await pilot.press("3")
        await settle(pilot)
        said = []
        for _ in range(6):
            said.append(str(app.main.status.words))
            await pilot.press("j")
            await settle(pilot)
        assert "sources say the same" in said[0]
        assert "sources do not say the same" in said[1]
        await pilot.press("1")
        await settle(pilot)
        assert "read" in app.main.status.words


class Driver:
    is_headless = False

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, text: str) -> None:
        self.written.append(text)


class App:
    is_web = False
    app_focus = False

    def __init__(self) -> None:
        self._driver = Driver()


def test_the_terminal_is_named_and_called_without_anything_of_a_document_reaching_it() -> None:
    app: Any = App()
    terminal = Terminal(app)
    terminal.show_title("Two\x1b]0;evil\x07 boats\u202e\n!")
    terminal.call("done\x07\x1b[2J")
    app.app_focus = True
    terminal.call("not needed")
    terminal.give_back()
    written = "".join(app._driver.written)
    assert written == "\x1b[22;2t\x1b]2;Two]0;evil boats !\x07\x1b]9;done[2J\x07\x07\x1b[23;2t"


async def test_several_facts_are_marked_judged_and_undone_at_once(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("1", "G", "3")
        await settle(pilot)
        key = app.state.source.id  # type: ignore[union-attr]
        await pilot.press("g", "x", "x")
        await settle(pilot)
        assert len(app.main.fact_list.marked) == 2
        assert "■" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert not app.main.fact_list.marked
        await pilot.press("g", "x", "x", "a")
        await settle(pilot)
        assert [one.state for one in library.reviews(key).values()] == ["accepted", "accepted"]
        await pilot.press("u")
        await settle(pilot)
        assert not library.reviews(key)
