"""Texts that are hard to draw: wide and joined characters, right to left, endless lines, thousands of empty ones."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.cells import cell_len
from textual.geometry import Offset
from textual.pilot import Pilot

from briefing.library import Library
from briefing.tui.app import BriefingApp
from briefing.tui.text_layout.graphemes import cells, displayed, graphemes
from tests.tui.conftest import Reading, make_extraction, make_source, settle, until

TEXTS = {
    "wide": "日本の海上自衛隊は、二隻の護衛艦を派遣した。" * 8 + "\nMixed 日本 and Norland 海上 boats.",
    "combining": "Ze\u0301a sent boa\u0301ts to La\u0308rnho\u030alm. " * 9 + "\nก็นี่คือข้อความภาษาไทย देवनागरी में दो जहाज",
    "right to left": "נורלנד שלחה שתי סירות ללארנהולם.\n" * 3 + "وصلت سفينتان إلى الميناء two ships اليوم",
    "emoji": "Family 👨\u200d👩\u200d👧\u200d👦 and 🇩🇪🇫🇷, 👍🏽, 🏳\ufe0f\u200d🌈 and ❤\ufe0f 1\ufe0f\u20e3. " * 6
    + "👩\u200d🚀" * 30,
    "odd spaces": "a\tb\t\tc so\u00adft zero\u200bwidth nb\u00a0sp thin\u2009sp\u3000wide\u2028line\u2029par\x0bx\n"
    * 3,
    "endless": "abcdefghij" * 5000,
    "empty lines": "\n" * 4000 + "End of it.",
}


@asynccontextmanager
async def _read(library: Library, reading: Reading, text: str) -> AsyncIterator[tuple[BriefingApp, Pilot[Any]]]:
    """The reader with this text in sight, all of it wrapped."""
    source = make_source(text, "Foreign")
    library.add(source, make_extraction(source))
    async with reading(library) as (app, pilot):
        await pilot.press("enter")
        view = app.main.text_view
        await until(pilot, lambda: view.text == source.text and app.main.state.extraction and view.rows.total)
        await until(pilot, lambda: view.rows.complete)
        await settle(pilot)
        yield app, pilot


def _cell(app: BriefingApp, offset: int, into: int = 0) -> Offset:
    """Where a character stands within the text view; ``into`` cells further on."""
    view = app.main.text_view
    row = view.rows.row_of(offset)
    start, _ = view.rows.span(row) or (0, 0)
    return Offset(view.text_left + cells(view.text[start:offset]) + into, row - view.scroll_offset.y)


async def _drag(pilot: Pilot[Any], app: BriefingApp, one: Offset, other: Offset) -> None:
    view = app.main.text_view
    await pilot.mouse_down(view, offset=one)
    await pilot.hover(view, offset=other)
    await pilot.mouse_up(view, offset=other)
    await settle(pilot)


@pytest.mark.parametrize("name", ["wide", "combining", "right to left", "emoji", "odd spaces"])
async def test_what_the_mouse_goes_over_is_selected(name: str, empty: Library, reading: Reading) -> None:
    async with _read(empty, reading, TEXTS[name]) as (app, pilot):
        view = app.main.text_view
        shown = [view.rows.span(row) or (0, 0) for row in range(min(6, view.rows.total))]
        for start, end in shown[:6:4]:
            row = view.text[start:end].rstrip()
            parts = [part for part in graphemes(row) if cells(row[slice(*part)])]
            for first, last in ((0, 1), (len(parts) // 2, len(parts) - 1)):
                one, other = parts[min(first, len(parts) - 2)][0], parts[min(last, len(parts) - 1)]
                wide = cells(row[slice(*other)]) - 1
                await _drag(pilot, app, _cell(app, start + one), _cell(app, start + other[0], wide))
                assert view.text_selection is not None
                chosen = view.text[slice(*view.selected_span(view.text_selection))]
                assert chosen.rstrip("\u200b") == row[one : other[1]].rstrip("\u200b")
                assert view.selected == view.selected_span(view.text_selection)


@pytest.mark.parametrize("name", TEXTS)
async def test_all_of_a_text_is_selected_by_keys(name: str, empty: Library, reading: Reading) -> None:
    async with _read(empty, reading, TEXTS[name]) as (app, pilot):
        view = app.main.text_view
        text = view.text
        await pilot.press("2", "home", "v", "home", "end")
        await settle(pilot)
        assert view.text_selection is not None
        start, end = view.selected_span(view.text_selection)
        assert end == len(text)
        assert not text[:start].strip()
        await pilot.press("y")
        await until(pilot, lambda: app.clipboard == text[start:].strip())


@pytest.mark.parametrize("name", TEXTS)
async def test_the_place_is_kept_when_the_width_changes(name: str, empty: Library, reading: Reading) -> None:
    async with _read(empty, reading, TEXTS[name]) as (app, pilot):
        view = app.main.text_view
        view.put_on_top(len(view.text) // 2)
        await settle(pilot)
        place = view.place
        for width in (81, 150, 60, 120):
            await pilot.resize_terminal(width, 30)
            await until(pilot, lambda: view.rows.complete)
            await settle(pilot)
            start, end = view.rows.span(view.scroll_offset.y) or (0, 0)
            assert view.place == place
            assert start <= place < end or view.scroll_offset.y == view.max_scroll_y


@pytest.mark.parametrize("name", TEXTS)
async def test_every_row_fits(name: str, empty: Library, reading: Reading) -> None:
    async with _read(empty, reading, TEXTS[name]) as (app, _):
        view = app.main.text_view
        width = view.scrollable_content_region.width
        for y in range(view.size.height):
            strip = view.render_line(y)
            assert strip.cell_length == width
            assert sum(cell_len(character) for character in strip.text) == width
        for row in range(view.rows.total):
            words = displayed(view.text[slice(*(view.rows.span(row) or (0, 0)))]).rstrip()
            assert cell_len(words) <= view.rows.width


async def test_a_click_beside_a_row_is_not_on_the_next_one(empty: Library, reading: Reading) -> None:
    async with _read(empty, reading, "日本" * 41 + " Norland sent a boat") as (app, _):
        view = app.main.text_view
        start, end = view.rows.span(0) or (0, 0)
        assert view.place_under(view.content_region.x, view.content_region.y) == (0, 0)
        right = view.content_region.x + view.text_left + cells(view.text[start:end]) + 1
        assert view.place_under(right, view.content_region.y) == (len(view.text[start:end].rstrip()), 0)
        second = view.content_region.x + view.text_left + 1
        assert view.place_under(second, view.content_region.y) == (0, 0)


async def test_v_in_an_endless_word_stays_in_sight(empty: Library, reading: Reading) -> None:
    async with _read(empty, reading, TEXTS["endless"]) as (app, pilot):
        view = app.main.text_view
        await pilot.press("2", "home", "v")
        await settle(pilot)
        assert view.scroll_offset.y == 0
        assert view.text_selection is not None
        assert view.selected_span(view.text_selection) == (0, 1)
