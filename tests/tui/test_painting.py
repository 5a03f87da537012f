"""The screen is drawn in slices: all that has changed, nothing twice, keys first."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest
from textual._compositor import ChopsUpdate, Compositor
from textual.strip import Strip

from briefing.library import Library
from briefing.tui.textual_patches import sliced_compositor
from briefing.tui.textual_patches.sliced_compositor import BUDGET, SLICE, SlicedCompositor, SlicedScreen
from briefing.tui.wording import own
from tests.tui.conftest import Reading, make_app, settle, until
from tests.tui.drawn import Drawn


def texts(chops: Sequence[Mapping[int, Strip]]) -> list[list[tuple[str, str]]]:
    """Words and styles of each line."""
    return [[(piece.text, str(piece.style)) for piece in Strip.join(line.values()).simplify()] for line in chops]


def compositor(screen: SlicedScreen) -> SlicedCompositor:
    """What draws the screen, with nothing left to be drawn."""
    screen._compositor._dirty_regions.clear()
    return screen._compositor


@pytest.mark.parametrize("size", [(80, 24), (132, 36)])
async def test_it_looks_as_textual_draws_it(library: Library, reading: Reading, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as (app, pilot):
        await pilot.press("slash", *"norl")
        await until(pilot, lambda: app.main.search_pane.suggestions.shown and app.main.searching)
        await pilot.pause()
        drawing = compositor(app.main)
        region = drawing.size.region
        every = drawing._render_chops(region, lambda y: True)
        assert texts(every) == texts(Compositor._render_chops(drawing, region, lambda y: True))


async def test_slices_add_up_to_what_has_changed(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, _):
        drawing = compositor(app.main)
        region = drawing.size.region
        drawing._dirty_regions.add(region)
        lines: list[int] = []
        while drawing.pending:
            update = drawing.render_update()
            assert isinstance(update, ChopsUpdate)
            ys = [y for y, left, right in update.spans if (left, right) == (0, region.width)]
            assert 0 < len(ys) <= SLICE
            assert all(strip is not None for y in ys for strip in update.chops[y].values())
            lines += ys
        assert lines == list(range(region.height))
        assert drawing.render_update() is None


async def test_what_is_covered_is_not_drawn(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as (app, _):
        drawing = compositor(app.main)
        drawn: list[object] = []
        monkeypatch.setattr(type(app.main), "render_lines", lambda *_: drawn.append(None) or [])
        drawing._render_chops(drawing.size.region, lambda y: True)
        assert not drawn


async def test_what_changes_between_two_slices_is_drawn_too(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        main = app.main
        compositor(main)._dirty_regions.add(main.size.region)
        main._go_on()
        main.status.say(left=[(own("said between two slices"), "muted")])
        main._dirty_widgets.add(main.status)  # as its message has it, once it is taken up
        main._paint_on()
        assert not main._dirty_widgets
        region, _ = main._compositor.visible_widgets[main.status]
        assert any(region.overlaps(dirty) for dirty in main._compositor._dirty_regions)
        await until(pilot, lambda: not main._compositor.pending)


async def test_what_follows_the_drawing_waits_for_the_last_slice(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sliced_compositor, "BUDGET", -1.0)  # a slice for each step
    async with reading(library) as (app, pilot):
        main = app.main
        pending: list[bool] = []
        main.refresh()
        main.call_after_refresh(lambda: pending.append(main._compositor.pending))
        await until(pilot, lambda: pending)
        assert pending == [False]


async def test_the_rest_waits_for_what_a_key_changes(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        main = app.main
        drawing = compositor(main)
        drawing._dirty_regions.add(main.size.region)
        main._hurry_until = float("inf")
        main._paint_on()
        assert drawing.pending
        assert main.hurried
        main._compositor_refresh()  # what the key has changed
        assert not main.hurried
        await until(pilot, lambda: not drawing.pending)


async def test_a_key_hurries_and_is_drawn(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash")
        await until(pilot, lambda: not app.main._compositor.pending)
        hurried: list[bool] = []
        app.main.hurry = lambda: hurried.append(True) or SlicedScreen.hurry(app.main)
        await pilot.press("n")
        assert hurried
        await until(pilot, lambda: not app.main.hurried and not app.main._compositor.pending)


async def test_an_error_in_a_slice_is_told_to_the_app(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as (app, _):
        told: list[Exception] = []
        monkeypatch.setattr(app, "_handle_exception", told.append)
        monkeypatch.setattr(app.main._compositor, "render_update", lambda **_: 1 / 0)
        app.main._compositor._dirty_regions.add(app.main.size.region)
        app.main._paint_on()
        app.main._compositor._dirty_regions.clear()
        assert [type(error) for error in told] == [ZeroDivisionError]


async def test_between_long_messages_others_have_a_turn(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        order: list[str] = []

        def long() -> None:
            order.append("long")
            asyncio.get_running_loop().call_soon(order.append, "other")
            sum(range(int(BUDGET * 200_000_000)))

        app.main.call_later(long)
        app.main.call_later(order.append, "next")
        await until(pilot, lambda: "next" in order)
        assert order == ["long", "other", "next"]


async def test_going_to_a_pane_styles_nothing_but_what_has_the_focus(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as (app, _):
        styled: list[object] = []
        monkeypatch.setattr(app, "update_styles", lambda node, **_: styled.append(node))
        app.main.bring("facts")
        assert app.main.has_class("-pane-facts")
        assert not app.main.has_class("-pane-sources")
        assert not styled


async def test_hits_style_their_pane_alone(library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(library) as (app, _):
        main = app.main
        styled: list[object] = []
        apply = app.stylesheet.apply
        monkeypatch.setattr(app.stylesheet, "apply", lambda node, **named: (styled.append(node), apply(node, **named)))
        main.show_hits(True)
        assert (main.hits_pane.display, main.sources_pane.display) == (True, False)
        main.show_hits(False)
        assert (main.hits_pane.display, main.sources_pane.display) == (False, True)
        assert styled == [main.sources_pane, main.hits_pane] * 2


async def test_more_rows_and_other_words_lay_nothing_out(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as (app, pilot):
        main = app.main
        main.hit_list.set_rows(range(3))
        main.search_pane.found.say(right=[(own("12 of 100,000 sources"), "muted")])
        await until(pilot, lambda: main.search_pane.found.size.width >= 21)
        await pilot.pause()
        laid_out: list[object] = []
        monkeypatch.setattr(main, "_refresh_layout", lambda *_, **__: laid_out.append(None))
        main.source_list.set_rows(range(5))
        main.search_pane.found.say(right=[(own("9 of 100,000 sources"), "muted")])
        await pilot.pause()
        assert not laid_out
        main.search_pane.found.say(right=[(own("3,000+ of 100,000 sources, newest first"), "muted")])
        await until(pilot, lambda: laid_out)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_terminal_shows_the_panes_where_they_are(library: Library, size: tuple[int, int]) -> None:
    app = make_app(library)
    drawn = Drawn(app)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for keys in (("slash", *"near"), ("enter",), ("3",), ("=",), ("escape",), ("escape",), ("escape",), ("f2",)):
            await pilot.press(*keys)
            await settle(pilot)
            assert not await drawn.stale(pilot), keys


async def test_asking_where_a_widget_is_before_a_layout_loses_no_change(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, _):
        drawing, text = compositor(app.main), app.main.text_pane
        before = text.region
        app.main.sources_pane.display = False
        drawing._full_map_invalidated = True
        assert drawing.full_map[text].region != before  # arranged anew, and not laid out
        drawing._dirty_regions.clear()
        found = drawing.reflow(app.main, app.size)
        assert text in found.resized
        assert any(region.contains_region(before) for region in drawing._dirty_regions)
