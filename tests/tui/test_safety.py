"""Nothing in a document is a command: markup, escape sequences and overrides show as plain characters everywhere."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from rich.text import Text
from textual import events
from textual.content import Content

from briefing.library import Library
from briefing.model.facts import Count, Extraction, Mention, Participant, Quote, SourceWarning
from briefing.model.safetext import SafeText
from briefing.model.source import Source
from briefing.tui.commands import EntityProvider, SourceProvider
from briefing.tui.dialogs.add_sources import AddScreen, Files
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.entity_card import CardScreen
from briefing.tui.facts.correct import CorrectScreen
from briefing.tui.widgets.drawing import fit, flat, line
from tests.tui.conftest import HOSTILE, Reading, make_source, screen_text, settle, strips, until

MARK = "[@click=app.quit]x[/] [/nope]"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def hostile() -> tuple[Source, Extraction]:
    """A source whose every word tries something."""
    source = make_source(
        f"{HOSTILE}\n\nTwo ships.",
        title=HOSTILE,
        publisher=HOSTILE,
        path="/in/" + HOSTILE,
        published=date(2030, 1, 1),
    )
    text = source.text
    end = len(SafeText(HOSTILE))
    extraction = Extraction(
        source_id=source.id,
        extractor="test",
        mentions=(Mention(start=0, end=end, text=HOSTILE, type="ORG", name=HOSTILE),),
        counts=(
            Count(
                start=0, end=end, evidence=text[0:end], low=2, high=2, item=HOSTILE, category="ship", operator=HOSTILE
            ),
        ),
        participants=(
            Participant(
                name=HOSTILE, kind="person", role=HOSTILE, affiliation=HOSTILE, core=True, mentions=((0, end),)
            ),
        ),
        quotes=(Quote(start=0, end=end, text=HOSTILE, speaker=HOSTILE, speaker_kind="person"),),
        warnings=(SourceWarning(kind="truncated", message=HOSTILE),),
    )
    return source, extraction


def written(app: Any) -> str:
    """Everything on the screen, with a check that nothing in it is unsafe and nothing can be clicked."""
    drawn = strips(app)
    for strip in drawn:
        for segment in strip:
            assert not UNSAFE.search(segment.text), segment
            meta = segment.style.meta if segment.style else {}
            assert not [key for key in meta if key.startswith("@")], segment
    return "\n".join("".join(segment.text for segment in strip) for strip in drawn)


async def test_in_every_pane(tmp_path: Path, reading: Reading) -> None:
    with Library.open(tmp_path / "l.db") as library:
        library.add(*hostile())
        async with reading(library, size=(220, 50)) as (app, pilot):
            shown = written(app)
            assert shown.count(MARK) >= 3  # list, title of the pane, text
            assert "⚠ [@click=app.quit]x" in shown
            await pilot.press("3")
            for _ in range(3):
                await pilot.press("l", "j")
                await settle(pilot)
                assert "[@click=app.quit]x" in written(app)
            await pilot.press("2", "n")
            await settle(pilot)
            assert MARK in app.main.status.words
            await pilot.click(app.main.text_view, offset=(60, 0))
            await settle(pilot)
            assert app.is_running


async def test_in_hits_and_the_search_bar(tmp_path: Path, reading: Reading) -> None:
    with Library.open(tmp_path / "l.db") as library:
        library.add(*hostile())
        async with reading(library, size=(200, 40)) as (app, pilot):
            await pilot.press("slash")
            app.main.search_bar.post_message(events.Paste("ships " + HOSTILE))
            await settle(pilot)
            assert "\x1b" not in app.main.search_bar.value
            assert "\ufffd]52;c;aGk=\ufffd" in app.main.search_bar.value
            written(app)
            app.main.search_bar.value = "ships"
            await until(pilot, lambda: app.main.hit_list.hits)
            assert "[@click=app.quit]x" in written(app)


async def test_in_dialogs(tmp_path: Path, reading: Reading) -> None:
    with Library.open(tmp_path / "l.db") as library:
        library.add(*hostile())
        async with reading(library, size=(200, 50)) as (app, pilot):
            await pilot.press("2", "n", "enter")
            await until(pilot, lambda: isinstance(app.screen, CardScreen))
            assert MARK in written(app)
            await pilot.press("escape", "3", "c")
            await until(pilot, lambda: isinstance(app.screen, CorrectScreen))
            assert "[@click=app.quit]" in written(app)
            await pilot.press("escape", "1", "delete")
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
            assert "[@click=app.quit]" in written(app)
            await pilot.press("escape")
            app.notify(HOSTILE, title=HOSTILE)
            app.tell_error(ValueError(HOSTILE))
            await settle(pilot)
            assert "[@click=app.quit]" in written(app)
            await pilot.press("e")
            await settle(pilot)
            written(app)


async def test_in_the_palette(tmp_path: Path, reading: Reading) -> None:
    with Library.open(tmp_path / "l.db") as library:
        library.add(*hostile())
        async with reading(library, size=(160, 40)) as (app, pilot):
            for provider in (SourceProvider(app.main), EntityProvider(app.main)):
                hits = [hit async for hit in provider.search("quit")]
                assert hits
                for hit in hits:
                    assert isinstance(hit.prompt, Content)
                    assert isinstance(hit.help, Content)
                    assert "[@click=app.quit]" in hit.prompt.plain
                    assert not UNSAFE.search(hit.prompt.plain + hit.help.plain)
            await pilot.press("ctrl+p", *"quit")
            await settle(pilot)
            written(app)


async def test_in_file_names(tmp_path: Path, reading: Reading, monkeypatch: Any, empty: Library) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("[@click=app.quit]x[", "[nope]\x1b]52;c;aGk=\x07", "\u202egnp.exe", b"\xff\xfe.txt"):
        path = folder / (name if isinstance(name, str) else name.decode("utf-8", "surrogateescape"))
        path.write_text("x")
    monkeypatch.chdir(folder)
    async with reading(empty, size=(120, 40)) as (app, pilot):
        await pilot.press("A")
        await until(pilot, lambda: isinstance(app.screen, AddScreen))
        tree = app.screen.query_one(Files)
        await until(pilot, lambda: len(tree.root.children) == 4)
        shown = written(app)
        assert "[@click=app.quit]x[" in shown
        await pilot.press("tab", "down", "down", "down")
        await settle(pilot)
        written(app)


def test_tree_labels_are_plain() -> None:
    label = Files.process_label(Files("/"), "[bold]x[/bold]\x1b")
    assert isinstance(label, Text)
    assert label.plain == "[bold]x[/bold]\ufffd"


def test_lines_are_cut_to_their_width_without_parsing() -> None:
    from rich.style import Style

    strip = line([(SafeText(MARK), Style.null())], 12, Style.null())
    assert "".join(segment.text for segment in strip) == "[@click=app…"
    assert strip.cell_length == 12
    assert fit("日本語", 4) == "日…"
    assert flat("a\nb\tc\u2028d") == "a b c d"


async def test_body_keeps_its_characters(tmp_path: Path, reading: Reading) -> None:
    with Library.open(tmp_path / "l.db") as library:
        source, extraction = hostile()
        library.add(source, extraction)
        async with reading(library, size=(200, 40)) as (app, _):
            assert app.main.text_view.text == source.text
            assert MARK in screen_text(app)
