"""A terminal that turns dark or light while the reader is open."""

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from briefing.library import Library
from briefing.tui.textual_patches.colour_reports import ColoursTurned, Reports, hear_reports
from tests.tui.conftest import Reading, until

DARK, LIGHT = "\x1b[?997;1n", "\x1b[?997;2n"


@pytest.mark.parametrize("at", range(3, len(LIGHT)))
def test_a_report_is_taken_out_wherever_it_is_cut(at: int) -> None:
    """But behind Esc and Esc [, which may be keys and are not held back."""
    reports = Reports()
    told, before = reports.taken("a" + LIGHT[:at])
    more, after = reports.taken(LIGHT[at:] + "b")
    assert [one.light for one in (*told, *more)] == [True]
    assert before + after == "ab"


@pytest.mark.parametrize("typed", ["\x1b", "\x1b[A", "\x1b[?1;2c", "\x1b[?2026;2$y", "[?997", "", "n;2"])
def test_what_is_no_report_is_left_as_it_is(typed: str) -> None:
    assert Reports().taken(typed) == ([], typed)


def test_what_only_began_like_a_report_comes_with_what_follows() -> None:
    reports = Reports()
    assert reports.taken("\x1b[?9") == ([], "")
    assert reports.taken("9c") == ([], "\x1b[?99c")


def test_textual_hands_reports_on_and_keys_too() -> None:
    hear_reports()
    hear_reports()
    parser = XTermParser()
    got = [*parser.feed(f"j{LIGHT}"), *parser.feed(f"{DARK}k")]
    assert [one.light for one in got if isinstance(one, ColoursTurned)] == [True, False]
    assert [one.key for one in got if isinstance(one, Key)] == ["j", "k"]


async def test_the_reader_follows_the_terminal_unless_a_theme_is_set(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        for light, name in ((True, "briefing-light"), (False, "briefing-dark")):
            app.post_message(ColoursTurned(light))
            await until(pilot, lambda name=name: app.theme == name)
    async with reading(library, theme="briefing-dark") as (app, pilot):
        app.post_message(ColoursTurned(True))
        await pilot.pause()
        assert app.theme == "briefing-dark"
