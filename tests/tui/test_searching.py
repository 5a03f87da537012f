"""The search bar: hits while typing, preview, opening, leaving."""

import asyncio

from briefing.library import Library
from tests.tui.conftest import Reading, patrol, report, screen_text, settle, until


async def test_hits_come_while_typing(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"accord")
        await until(pilot, lambda: app.main.result and app.main.result.query == "accord")
        assert len(app.main.hit_list.hits) == 1
        shown = screen_text(app)
        assert "Hits 1" in shown
        assert "1 of 2 sources" in shown
        assert "Read as" in shown
        assert "Larnholm Accord" in app.main.hit_list.hits[0].snippet


async def test_preview_follows_and_escape_restores_the_place(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        before = app.main.source
        assert before is not None
        assert before.id == report()[0].id
        await pilot.press("slash", *"accord")
        await until(pilot, lambda: app.main.source and app.main.source.id == patrol()[0].id)
        await until(pilot, lambda: len(app.main.text_view.marks.matches))
        assert not library.row(patrol()[0].id).read
        await pilot.press("escape")
        await until(pilot, lambda: app.main.source and app.main.source.id == before.id)
        assert not app.main.searching
        assert app.main.search_bar.value == ""
        assert len(app.main.text_view.marks.matches) == 0


async def test_enter_opens_at_the_hit_with_matches_marked(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"accord")
        await until(pilot, lambda: app.main.result and app.main.result.query == "accord")
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is app.main.text_view)
        view = app.main.text_view
        start, end = view.marks.matches[0]
        assert view.text[start:end] == "Accord"
        assert view.marks.match == 0
        first, last = view.in_sight
        assert first <= start < last
        assert app.main.searching
        await pilot.press("escape")
        await settle(pilot)
        assert not app.main.searching
        assert app.main.source is not None
        assert app.main.source.id == patrol()[0].id


async def test_arrows_move_the_hits_while_typing(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"larnholm")
        await until(pilot, lambda: app.main.result and app.main.result.query == "larnholm")
        assert len(app.main.hit_list.hits) == 2
        await pilot.press("down")
        await settle(pilot)
        assert app.main.hit_list.cursor == 1
        assert app.focused is app.main.search_bar


async def test_click_on_a_hit_opens_it(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"larnholm")
        await until(pilot, lambda: app.main.result and app.main.result.query == "larnholm")
        assert len(app.main.hit_list.hits) == 2
        second = app.main.hit_list.hits[1].source.id
        async with asyncio.timeout(30):
            while not (app.main.source and app.main.source.id == second and app.main.row.read):
                await settle(pilot)  # a click while the preview is still being laid out goes to what was there before
                await pilot.click(app.main.hit_list, offset=(3, 6))
                await settle(pilot)


async def test_no_hit_says_what_to_try(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"zebra")
        await until(pilot, lambda: app.main.result and app.main.result.query == "zebra")
        assert "No source holds this" in screen_text(app)


async def test_any_input_is_an_ordinary_query(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        for query in ('"', "B-52H", "*sen", "/re/", "+a -b", "date:[1 TO 2]", "[/nope]", "AT&T", "((("):
            app.main.search_bar.value = query
            await settle(pilot)
            app.main.action_search()
        assert not [note for note in app._notifications if note.severity == "error"]


async def test_emptying_the_bar_shows_the_sources_again(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"sea")
        await until(pilot, lambda: app.main.result and app.main.result.query == "sea")
        await pilot.press("ctrl+u")
        await until(pilot, lambda: not app.main.searching)
        assert "Sources 2" in screen_text(app)
