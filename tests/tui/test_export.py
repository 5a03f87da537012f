"""The export dialog, the add dialog, the clipboard."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, Label, RadioButton

from briefing.library import Library
from briefing.tui import clipboard
from briefing.tui.dialogs.add_sources import AddScreen, Files
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.export import ExportScreen
from briefing.tui.widgets.inputs import SafeInput
from tests.tui.conftest import Reading, report, screen_text, settle, told, until


def said(app: Any) -> str:
    return str(app.screen.query_one("#wrong", Label).content)


async def asking(pilot: Any) -> SafeInput:
    await pilot.press("e")
    await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen))
    return pilot.app.screen.query_one("#file", SafeInput)


async def test_writes_this_source_as_markdown(
    library: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading(library) as (app, pilot):
        field = await asking(pilot)
        assert field.value == "boats-meet-near-larnholm.md"
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main)
        assert "Wrote the brief of 1 source to" in told(app)
    text = (tmp_path / "boats-meet-near-larnholm.md").read_text("utf-8")
    assert "Boats meet near Larnholm" in text
    assert "Patrol ships meet" not in text


async def test_writes_all_sources_as_json_by_mouse(library: Library, reading: Reading, tmp_path: Path) -> None:
    async with reading(library) as (app, pilot):
        field = await asking(pilot)
        field.value = str(tmp_path / "brief.md")
        await pilot.click(app.screen.query_one("#what-all", RadioButton))
        await pilot.click(app.screen.query_one("#format-json", RadioButton))
        await settle(pilot)
        assert field.value == str(tmp_path / "brief.json")
        await pilot.click(app.screen.query_one("#write", Button))
        await until(pilot, lambda: app.screen is app.main)
    assert len(json.loads((tmp_path / "brief.json").read_text("utf-8"))["sources"]) == 2


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_writes_the_hits_of_a_search(
    library: Library, reading: Reading, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(library, size=size) as (app, pilot):
        await asking(pilot)
        assert not app.screen.query("#what-hits")
        await pilot.press("escape", "slash", *"cutter")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "cutter")
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is app.main.text_view)
        field = await asking(pilot)
        assert "the hits: cutter" in screen_text(app)
        field.value = str(tmp_path / "brief.json")
        await pilot.click(app.screen.query_one("#what-hits", RadioButton))
        await pilot.click(app.screen.query_one("#format-json", RadioButton))
        field.focus()
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main)
    written = json.loads((tmp_path / "brief.json").read_text("utf-8"))["sources"]
    assert [one["title"] for one in written] == ["Patrol ships meet off Larnholm"]


async def test_rejected_facts_are_left_out_and_accepted_ones_alone_on_demand(
    library: Library, reading: Reading, tmp_path: Path
) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("3", "a")
        await settle(pilot)
        field = await asking(pilot)
        field.value = str(tmp_path / "brief.md")
        await pilot.click(app.screen.query_one("#what-reviewed", RadioButton))
        field.focus()
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main)
    text = (tmp_path / "brief.md").read_text("utf-8")
    assert "patrol boat" in text
    assert "sailor" not in text


async def test_only_markdown_is_made_from_the_users_template(
    library: Library, reading: Reading, tmp_path: Path
) -> None:
    own = tmp_path / "own.md.j2"
    own.write_text("MINE {{ brief.sources | length }}", "utf-8")
    async with reading(library) as (app, pilot):
        app.template = own
        for form in ("markdown", "html"):
            field = await asking(pilot)
            await pilot.click(app.screen.query_one(f"#format-{form}", RadioButton))
            field.value = str(tmp_path / f"brief.{form}")
            field.focus()
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is app.main)
    assert (tmp_path / "brief.markdown").read_text("utf-8").startswith("MINE")
    assert (tmp_path / "brief.html").read_text("utf-8").startswith("<!DOCTYPE html>")


async def test_what_was_rejected_is_not_held_against_other_sources(
    library: Library, reading: Reading, tmp_path: Path
) -> None:
    source, found = report()
    for count in found.counts:
        library.review(source.id, "count", count.key, "rejected")
    async with reading(library) as (app, pilot):
        field = await asking(pilot)
        await pilot.click(app.screen.query_one("#what-all", RadioButton))
        field.value = str(tmp_path / "brief.md")
        field.focus()
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main)
    text = (tmp_path / "brief.md").read_text("utf-8")
    assert "≠ differ" not in text
    assert "altered, 1 origin" in text


async def test_asks_before_writing_over_a_file(library: Library, reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    path.write_text("precious", "utf-8")
    async with reading(library) as (app, pilot):
        field = await asking(pilot)
        field.value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ExportScreen)
        assert path.read_text("utf-8") == "precious"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: app.screen is app.main)
    assert "Boats meet" in path.read_text("utf-8")


async def test_says_what_is_wrong_with_the_place(library: Library, reading: Reading, tmp_path: Path) -> None:
    async with reading(library) as (app, pilot):
        field = await asking(pilot)
        field.value = str(tmp_path)
        await pilot.press("enter")
        await settle(pilot)
        assert "That is a folder" in said(app)
        field.value = ""
        await pilot.press("enter")
        await settle(pilot)
        assert "Name a file" in said(app)
        field.value = str(tmp_path / "no" / "such" / "brief.md")
        await pilot.press("enter")
        await until(pilot, lambda: "such" in said(app))  # the folder that is missing
        assert isinstance(app.screen, ExportScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is app.main


async def test_nothing_to_export(empty: Library, reading: Reading) -> None:
    async with reading(empty) as (app, pilot):
        app.main.action_export()
        await settle(pilot)
        assert "nothing to export" in told(app)


async def test_adding_what_is_typed_or_chosen(
    empty: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("x", "utf-8")
    monkeypatch.chdir(tmp_path / "files")
    taken: list[str] = []
    async with reading(empty) as (app, pilot):
        monkeypatch.setattr(app.main.ingest, "start", taken.extend)
        await pilot.press("A")
        await until(pilot, lambda: isinstance(app.screen, AddScreen))
        await pilot.press(*"~/x", "enter")
        await settle(pilot)
        assert taken == [str(tmp_path / "home" / "x")]
        await pilot.press("A")
        await until(pilot, lambda: isinstance(app.screen, AddScreen))
        await pilot.press(*"https://example.org/a", "enter")
        await settle(pilot)
        assert taken.pop() == "https://example.org/a"
        await pilot.press("A")
        await until(pilot, lambda: isinstance(app.screen, AddScreen))
        tree = app.screen.query_one(Files)
        await until(pilot, lambda: len(tree.root.children) == 1)
        await pilot.press("tab", "down")
        await settle(pilot)
        assert app.screen.query_one("#path", SafeInput).value.endswith("a.txt")
        await pilot.click(app.screen.query_one("#add", Button))
        await settle(pilot)
        assert taken[1].endswith("files/a.txt")


def test_clipboard_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    assert clipboard.program({}, "darwin") == ["pbcopy"]
    assert clipboard.program({}, "win32") == ["clip.exe"]
    assert clipboard.program({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux") == ["wl-copy"]
    assert clipboard.program({"DISPLAY": ":0"}, "linux") == ["xclip", "-selection", "clipboard"]
    assert clipboard.program({}, "linux") is None


@pytest.mark.skipif(os.name == "nt", reason="needs a shell script")
def test_text_is_handed_to_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "xclip"
    tool.write_text(f"#!/bin/sh\ncat > '{tmp_path}/out'\n", "utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(clipboard, "programs", lambda: [[str(tool)]])
    assert clipboard.copy_to_system("grün")
    assert (tmp_path / "out").read_text("utf-8") == "grün"
    monkeypatch.setattr(clipboard, "programs", lambda: [[str(tmp_path / "missing")]])
    assert not clipboard.copy_to_system("x")
    monkeypatch.setattr(clipboard, "programs", list)
    assert not clipboard.copy_to_system("x")


async def test_export_at_eighty_columns_fits(library: Library, reading: Reading) -> None:
    async with reading(library, size=(80, 24)) as (app, pilot):
        await asking(pilot)
        shown = screen_text(app)
        for words in ("this source", "accepted facts only", "markdown", "html", "json", "Write", "Cancel"):
            assert words in shown


async def test_the_marked_sources_as_a_bundle(library: Library, reading: Reading, tmp_path: Path) -> None:
    from briefing.export.bundle import bundled_sources, open_bag

    async with reading(library) as (app, pilot):
        await pilot.press("1", "space")
        await until(pilot, lambda: app.main.sources_pane.list.marked)
        (marked,) = app.main.sources_pane.list.marked
        field = await asking(pilot)
        assert app.screen.query_one("#what-marked", RadioButton).value
        await pilot.click(app.screen.query_one("#format-bundle", RadioButton))
        field.value = str(tmp_path / "brief.zip")
        field.focus()
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main)
    assert [one.source.id for one in bundled_sources(open_bag(tmp_path / "brief.zip"))] == [marked]
