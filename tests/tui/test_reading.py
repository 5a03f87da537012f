"""Reading a source: opening, going about, marks, finding, copying."""

from typing import Any

from textual.geometry import Offset

from briefing.library import Library
from briefing.tui.dialogs.entity_card import CardScreen
from briefing.tui.places import Target
from tests.tui.conftest import PATROL, Reading, patrol, report, screen_text, settle, told, until


async def test_first_source_is_in_sight_at_once(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, _):
        assert app.main.state.source is not None
        assert app.main.state.source.title == "Boats meet near Larnholm"  # the newest
        assert "Norland sent two Kestrel boats" in screen_text(app)
        assert not library.row(app.main.state.source.id).read


async def test_enter_reads_a_source(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == patrol()[0].id)
        await until(pilot, lambda: app.focused is app.main.text_view)
        await until(pilot, lambda: library.row(patrol()[0].id).read)


async def test_next_mention_is_named(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "n")
        await settle(pilot)
        assert "PLACE  Larnholm" in app.main.status.words
        await pilot.press("n")
        await settle(pilot)
        assert "NATION  Norland" in app.main.status.words
        await pilot.press("N")
        await settle(pilot)
        assert "PLACE  Larnholm  2× here" in app.main.status.words


async def test_same_entity_again(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "n")
        first = app.main.text_pane.mention()
        await pilot.press("i")
        second = app.main.text_pane.mention()
        assert first is not None
        assert second is not None
        assert (first.name, first.start < second.start) == (second.name, True)


async def test_enter_shows_the_card_and_goes_to_an_occurrence(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "n", "enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen))
        assert "place · Larnholm" in screen_text(app)
        assert "in 2 sources" in screen_text(app)
        await pilot.press("G", "enter")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == patrol()[0].id)
        await pilot.press("<")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == report()[0].id)
        await pilot.press(">")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == patrol()[0].id)


async def test_click_on_a_mention_shows_its_card(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        view = app.main.text_view
        start = view.marks.spans[0][0]
        row = view.rows.row_of(start)
        await pilot.click(view, offset=_cell(app, row, start))
        await until(pilot, lambda: isinstance(app.screen, CardScreen))


def _cell(app: Any, row: int, offset: int) -> Offset:
    """Where a character of a row stands within the text view."""
    view = app.main.text_view
    span = view.rows.span(row)
    strip = view.render_line(row - view.scroll_offset.y)
    shift = next(
        sum(s.cell_length for s in list(strip)[:n])
        for n, segment in enumerate(strip)
        if segment.style and "offset" in segment.style.meta
    )
    return Offset(shift + offset - span[0], row - view.scroll_offset.y)


async def test_drag_selects_and_y_copies(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        view = app.main.text_view
        start = str(view.text).index("Norland sent")
        row = view.rows.row_of(start)
        await pilot.mouse_down(view, offset=_cell(app, row, start))
        await pilot.hover(view, offset=_cell(app, row, start + 12))
        await pilot.mouse_up(view, offset=_cell(app, row, start + 12))
        await settle(pilot)
        await pilot.press("y")
        assert app.clipboard == "Norland sent"
        await pilot.press("Y")
        assert app.clipboard == (
            "“Norland sent” — Boats meet near Larnholm · Daily Signal · 5 Mar 2025, ¶ 2, sentence 1"
        )


async def test_copy_takes_the_sentence_of_the_mention(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "n", "n", "y")
        assert app.clipboard.startswith("Norland sent two Kestrel boats")
        assert "\n" not in app.clipboard


async def test_double_click_selects_the_paragraph(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        view = app.main.text_view
        await pilot.click(view, offset=_cell(app, 0, 1), times=2)
        await settle(pilot)
        await pilot.press("y")
        assert app.clipboard == "Boats meet near Larnholm"


async def test_find_goes_through_matches_and_leaves(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "f", *"larnholm")
        await settle(pilot)
        marks = app.main.text_view.marks
        assert len(marks.matches) == 2
        assert marks.match == 0
        await pilot.press("enter", "n")
        assert marks.match == 1
        assert "Match 2 of 2" in app.main.status.words
        await pilot.press("n")
        assert marks.match == 0
        await pilot.press("escape")
        await settle(pilot)
        assert len(app.main.text_view.marks.matches) == 0


async def test_find_says_when_there_is_nothing(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "f", *"zebra")
        await settle(pilot)
        assert "Not found in this text: zebra" in app.main.status.words


async def test_types_are_switched_off_by_key_and_mouse(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        view, legend = app.main.text_view, app.main.legend_bar
        assert "NATION" in {mention.type for mention in view.marks.mentions}
        await pilot.press("t", *["right"] * legend.present().index("NATION"), "space")
        await settle(pilot)
        assert "NATION" not in {mention.type for mention in view.marks.mentions}
        await pilot.press("space")
        await settle(pilot)
        assert "NATION" in {mention.type for mention in view.marks.mentions}
        await pilot.click(legend, offset=Offset(2, 0))
        await settle(pilot)
        assert legend.present()[0] not in legend.shown
        await pilot.press("o")
        assert legend.shown == frozenset({"NATION"})


async def test_place_is_kept_between_sessions(library: Library, reading: Reading) -> None:
    async with reading(library, size=(44, 12)) as (app, pilot):
        await pilot.press("2", "G")
        place = app.main.text_view.place
        assert place > 0
        source = app.main.state.source
        await pilot.press("q")
    assert source is not None
    assert library.position(source.id) == place
    async with reading(library, size=(44, 12)) as (app, _):
        assert app.main.text_view.place == place


async def test_resize_keeps_the_first_words_in_sight(library: Library, reading: Reading) -> None:
    async with reading(library, size=(44, 12)) as (app, pilot):
        await pilot.press("1", "down", "enter")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == patrol()[0].id)
        at = PATROL.index("Norland and Sudria signed")
        app.main.text_view.put_on_top(at)
        place = app.main.text_view.place
        await pilot.resize_terminal(64, 12)
        await settle(pilot)
        span = app.main.text_view.rows.span(app.main.text_view.scroll_offset.y)
        assert span is not None
        assert span[0] <= place < span[1]


async def test_the_first_frame_of_another_size_is_right(library: Library, reading: Reading) -> None:
    async with reading(library, size=(132, 40)) as (app, pilot):
        view = app.main.text_view
        drawn: list[tuple[bool, bool, int]] = []
        display = app._display

        def draw(screen: Any, renderable: Any) -> None:
            display(screen, renderable)
            if screen.size.width == 104:
                fits = view.rows.width + view.margin_of(view.size.width) <= view.scrollable_content_region.width
                drawn.append((fits, app.main.has_class("-normal"), view.size.width))

        app._display = draw  # type: ignore[method-assign]
        await pilot.resize_terminal(104, 40)
        await settle(pilot)
        assert drawn
        assert drawn[0] == (True, True, view.size.width)


async def test_position_says_paragraph_and_part(library: Library, reading: Reading) -> None:
    async with reading(library, size=(44, 12)) as (app, pilot):
        await pilot.press("2")
        await settle(pilot)
        assert "¶ 1–2/3 · 0 %" in str(app.main.text_pane.border_subtitle)
        await pilot.press("G")
        await settle(pilot)
        assert "100 %" in str(app.main.text_pane.border_subtitle)


async def test_control_c_copies_or_explains(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert "q or Ctrl+Q quits" in told(app)
        view = app.main.text_view
        view.select(0, 5)
        await settle(pilot)
        await pilot.press("ctrl+c")
        assert app.clipboard == "Boats"


async def test_evidence_is_revealed_in_a_pane_that_was_out_of_sight(library: Library, reading: Reading) -> None:
    async with reading(library, size=(40, 18)) as (app, pilot):
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        await pilot.press("3", "G", "enter")
        await settle(pilot)
        view = app.main.text_view
        start, _ = view.marks.evidence[0]
        line = view.rows.row_of(start) - view.scroll_offset.y
        assert 0 < line < view.size.height


async def test_facts_that_another_source_kept_from_coming_are_read_when_one_comes_back(
    library: Library, reading: Reading
) -> None:
    async with reading(library) as (app, pilot):
        state, here = app.state, app.state.source
        state.extraction = state.mentions = None  # as where its loading was cancelled for the sake of the other one
        state.open(Target(patrol()[0].id, preview=True))
        state.open(Target(here.id, preview=True))
        await until(pilot, lambda: state.extraction is not None and not state.loading)
        assert state.source.id == here.id
        assert {entry.source_id for entry in app.main.fact_list.entries} == {here.id}
