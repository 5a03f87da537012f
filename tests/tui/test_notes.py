"""Notes of one's own on sources and facts: written, shown, found, taken back."""

from briefing.library import Library
from briefing.library.notes import note_on
from briefing.tui.dialogs.note import NoteScreen
from briefing.tui.main_screen.status_words import source_words
from tests.tui.conftest import Reading, screen_text, settle, until


async def test_a_note_on_a_source(library: Library, reading: Reading) -> None:
    async with reading(library, size=(120, 40)) as (app, pilot):
        here = app.state.source.id
        await pilot.press("1", "n")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen))
        await pilot.press(*"ask Lena", "enter")
        await until(pilot, lambda: library.row(here).note == "ask Lena")
        await settle(pilot)
        assert screen_text(app).count("note: ask Lena") == 2  # in the list and in the line above the keys
        await pilot.press("/", *"note:lena")
        await until(pilot, lambda: app.main.searching and len(app.main.hit_list.hits) == 1)
        assert app.main.hit_list.hits[0].source.id == here
        await pilot.press("escape", "1", "n", "ctrl+u", *"no", "enter")
        await until(pilot, lambda: library.row(here).note == "no")
        await pilot.press("u")
        await until(pilot, lambda: library.row(here).note == "ask Lena")
        await pilot.press("u")
        await until(pilot, lambda: library.row(here).note is None)
        assert note_on(library, here) is None


async def test_a_note_on_a_fact_is_no_verdict(library: Library, reading: Reading) -> None:
    async with reading(library, size=(120, 40)) as (app, pilot):
        here = app.state.source.id
        await pilot.press("3", "n")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen))
        await pilot.press(*"who counted?", "enter")
        await until(pilot, lambda: library.reviews(here))
        await settle(pilot)
        (review,) = library.reviews(here).values()
        assert (review.state, review.note) == ("unreviewed", "who counted?")
        assert screen_text(app).count("note: who counted?") == 2
        await pilot.press("g", "a", "g")
        await until(pilot, lambda: [one.state for one in library.reviews(here).values()] == ["accepted"])
        assert [one.note for one in library.reviews(here).values()] == ["who counted?"]
        await pilot.press("u")
        await until(pilot, lambda: [one.state for one in library.reviews(here).values()] == ["unreviewed"])
        await pilot.press("u")
        await until(pilot, lambda: not library.reviews(here))


async def test_esc_leaves_a_note_as_it_was(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("1", "n", *"never kept", "escape")
        await settle(pilot)
        assert library.row(app.state.source.id).note is None
        assert not app.state.undoable


def test_the_status_line_has_the_note_before_the_title(library: Library) -> None:
    row = library.sources()[0]._replace(note=library.sources()[0].title[:4])
    words = "".join(text for text, _ in source_words(row, 0, False))
    assert words.index("note: ") < words.index(row.title)
