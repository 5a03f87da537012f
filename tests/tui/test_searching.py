"""The search bar: hits while typing, preview, opening, leaving."""

import asyncio
import threading
from typing import Any

import pytest
from textual.events import Key

from briefing.library import Library
from briefing.model.answers import SearchResult
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.main_screen import search_pane
from briefing.tui.textual_patches import key_queue
from tests.tui.conftest import (
    Reading,
    comes,
    make_count,
    make_extraction,
    make_source,
    patrol,
    report,
    screen_text,
    settle,
    told,
    until,
)


async def test_hits_come_while_typing(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"accord")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "accord")
        assert len(app.main.hit_list.hits) == 1
        shown = screen_text(app)
        assert "Hits 1" in shown
        assert "1 of 2 sources" in shown
        assert "Searching for" in shown
        assert "Larnholm Accord" in app.main.hit_list.hits[0].snippet


async def test_preview_follows_and_escape_restores_the_place(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        before = app.main.state.source
        assert before is not None
        assert before.id == report()[0].id
        await pilot.press("slash", *"accord")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == patrol()[0].id)
        await until(pilot, lambda: len(app.main.text_view.marks.matches))
        assert not library.row(patrol()[0].id).read
        await pilot.press("escape")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == before.id)
        assert not app.main.searching
        assert app.main.search_bar.value == ""
        assert len(app.main.text_view.marks.matches) == 0


async def test_enter_opens_at_the_hit_with_matches_marked(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"accord")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "accord")
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is app.main.text_view)
        view = app.main.text_view
        start, end = view.marks.matches[0]
        assert view.text[start:end] == "Accord"
        assert view.marks.match == 0
        first, last = view.in_sight
        assert first <= start < last
        assert app.main.searching
        await pilot.press("escape")  # back to the hits and the query
        await settle(pilot)
        assert app.focused is app.main.hit_list
        assert app.main.search_bar.value == "accord"
        assert app.main.state.source.id == patrol()[0].id
        await pilot.press("escape")  # and from there to where one was
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == report()[0].id)
        assert not app.main.searching


async def test_arrows_move_the_hits_while_typing(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"larnholm")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "larnholm")
        assert len(app.main.hit_list.hits) == 2
        await pilot.press("down")
        await settle(pilot)
        assert app.main.hit_list.cursor == 1
        assert app.focused is app.main.search_bar


async def test_click_on_a_hit_opens_it(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"larnholm")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "larnholm")
        assert len(app.main.hit_list.hits) == 2
        second = app.main.hit_list.hits[1].source.id
        async with asyncio.timeout(120):
            while not (app.main.state.source and app.main.state.source.id == second and app.main.state.row.read):
                await settle(pilot)  # a click while the preview is still being laid out goes to what was there before
                await pilot.click(app.main.hit_list, offset=(3, 6))
                await settle(pilot)


async def test_no_hit_says_what_to_try(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"zebra")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "zebra")
        assert "No source holds this" in screen_text(app)


async def test_any_input_is_an_ordinary_query(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        for query in ('"', "B-52H", "*sen", "/re/", "+a -b", "date:[1 TO 2]", "[/nope]", "AT&T", "((("):
            app.main.search_bar.value = query
            await settle(pilot)
            app.main.action_search()
        assert not told(app, "error")


async def test_emptying_the_bar_shows_the_sources_again(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"sea")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "sea")
        await pilot.press("ctrl+u")
        await until(pilot, lambda: not app.main.searching)
        assert "Sources 2" in screen_text(app)


def hold(library: Library, monkeypatch: pytest.MonkeyPatch, held: str, **answer: Any) -> threading.Event:
    """Searches by order or query ``held`` wait for the event; all others get ``answer`` into their result."""
    release = threading.Event()
    real = library.search
    monkeypatch.setattr(search_pane, "RANKING_DELAY", 3600)  # or each letter's ranking would keep a thread waiting

    def search(query: str, **options: Any) -> SearchResult:
        if held in (query, options["order"]):
            release.wait(60)
            return real(query, **options)
        return real(query, **options)._replace(**answer)

    monkeypatch.setattr(library, "search", search)
    return release


async def test_a_click_opens_the_hit_under_it_while_another_query_is_asked(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as (app, pilot):
        release = hold(library, monkeypatch, "larnholmx")
        await pilot.press("slash", *"larnholm")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "larnholm")
        app.main.search_bar.value = "larnholmx"
        await pilot.pause()
        hits = app.main.hit_list
        second = hits.hits[1].source.id
        hits.post_message(hits.Chosen(hits, 1))
        try:
            await comes(pilot, lambda: app.main.state.source and app.main.state.source.id == second)
            await comes(pilot, lambda: app.focused is app.main.text_view)
        finally:
            release.set()
        await settle(pilot)
        assert app.main.state.source.id == second


async def test_hits_ranked_late_do_not_replace_what_was_opened(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as (app, pilot):
        release = hold(library, monkeypatch, "ranked", order="newest", exact=False)
        try:
            await pilot.press("slash", *"larnholm")
            await comes(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "larnholm")
            app.main.search_pane._rank()
            opened = app.main.hit_list.hits[0].source.id
            await pilot.press("enter")
            await comes(pilot, lambda: app.focused is app.main.text_view)
            monkeypatch.setattr(app.state, "preview", lambda target: pytest.fail("what is read was replaced"))
        finally:
            release.set()
        await settle(pilot)
        assert app.main.state.source.id == opened


async def test_hits_ranked_late_do_not_move_under_the_cursor(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as (app, pilot):
        release = hold(library, monkeypatch, "ranked", order="newest", exact=False)
        try:
            await pilot.press("slash", *"larnholm")
            await comes(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "larnholm")
            app.main.search_pane._rank()
            app.main.search_pane.action_next_hit()
            hits = app.main.hit_list.hits
        finally:
            release.set()
        await settle(pilot)
        assert app.main.hit_list.cursor == 1
        assert app.main.hit_list.hits is hits


async def test_enter_without_a_hit_opens_nothing_later(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"zebra", "enter")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "zebra")
        await pilot.press("ctrl+u", *"larnholm")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "larnholm")
        await settle(pilot)
        assert app.focused is app.main.search_bar
        assert not library.row(app.main.state.source.id).read


async def test_a_key_waits_for_the_one_before_however_long_that_takes(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_queue, "LOST", 1e-9)
    async with reading(library) as (app, pilot):
        for key in ("slash", *"larnholm"):
            app.post_message(Key(key, "/" if key == "slash" else key))
        await until(pilot, lambda: app.main.search_bar.value == "larnholm")


async def test_a_timer_that_is_late_goes_off_all_the_same(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        gone_off: list[str] = []
        app.set_timer(1e-9, lambda: gone_off.append("app"))
        app.main.set_timer(1e-9, lambda: gone_off.append("screen"))
        await until(pilot, lambda: sorted(gone_off) == ["app", "screen"])


async def test_a_timer_that_was_stopped_in_time_does_nothing(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        gone_off: list[str] = []
        timer = app.main.set_timer(3600, lambda: gone_off.append("screen"))
        timer._callback()  # its time has come: it waits for its turn
        timer.stop()
        await settle(pilot)
        assert not gone_off


@pytest.mark.parametrize("sources", [7, 40])
async def test_the_number_of_hits_stands_in_the_bar_and_all_of_them_are_compared(
    empty: Library, reading: Reading, sources: int
) -> None:
    for number in range(sources):
        source = make_source(f"Note {number}\n\nTwo boats met off Larnholm, note {number}.\n")
        empty.add(source, make_extraction(source, counts=(make_count(source.text, "Two boats", 2, 2),)))
    async with reading(empty, size=(120, 40)) as (app, pilot):
        await pilot.press("slash", *"boats")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "boats")
        await settle(pilot)
        assert f"{sources} of {sources} sources" in screen_text(app).split("\n")[1]
        if sources == 40:
            await pilot.press("enter", "=")
            await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
            assert "Compare 40 sources" in screen_text(app)
