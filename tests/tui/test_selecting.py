"""Selecting in the text by keys, going to a place, the editor and the original."""

import subprocess
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.library import Library
from briefing.model.safetext import SafeText
from briefing.model.source import Page
from briefing.tui import outside
from briefing.tui.dialogs.go_to import GoToScreen, NoSuchPlace, find_place
from briefing.tui.places import Target
from briefing.tui.text_layout.graphemes import at_column, column, graphemes
from tests.tui.conftest import REPORT, Reading, make_extraction, make_source, report, screen_text, settle, told, until

FOREIGN = "Boats: 日本の船 and السفن met 👨‍👩‍👧 at cafe\u0301.\nSecond line."


async def test_v_selects_the_current_mention_and_keys_move_its_end(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "n", "n", "v")
        await settle(pilot)
        assert "7 characters selected" in app.main.status.words
        await pilot.press("y")
        assert app.clipboard == "Norland"
        await pilot.press("w", "y")
        assert app.clipboard == "Norland sent"
        await pilot.press("h", "h", "y")
        assert app.clipboard == "Norland se"
        await pilot.press("l", "y")
        assert app.clipboard == "Norland sen"
        await pilot.press("W", "y")
        assert app.clipboard == "Norland s"
        await pilot.press("G", "y")
        assert app.clipboard == REPORT[REPORT.index("Norland sent") :].strip()
        await pilot.press("Y")
        assert app.clipboard.endswith("¶ 2, sentence 1")
        await pilot.press("escape")
        await until(pilot, lambda: app.main.text_view.text_selection is None)
        assert not app.main.text_view.selecting


async def test_shift_and_arrows_select_from_the_first_word(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "shift+right", "y")
        assert app.clipboard == "Boats"
        await pilot.press("shift+right", "shift+right", "y")
        assert app.clipboard == "Boats m"
        await pilot.press("shift+left", "shift+left", "shift+left", "y")
        assert app.clipboard == "Boat"
        await pilot.press("shift+down", "shift+down", "y")
        assert app.clipboard == "Boats meet near Larnholm\n\nNorl"
        await pilot.press("shift+up", "shift+up", "v")
        await until(pilot, lambda: not app.main.text_view.selecting)


async def test_a_selection_stays_on_its_words_when_the_width_changes(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        view = app.main.text_view
        start = view.text.index("Daily Signal")
        view.select(start, start + 12)
        await pilot.resize_terminal(104, 40)
        await settle(pilot)
        row = next(row for row in range(view.rows.total) if "Daily" in view.text[slice(*view.rows.span(row))])
        assert view.text_selection is not None
        assert view.text_selection.start is not None
        assert view.text_selection.start.y == row
        await pilot.press("2", "y")
        assert app.clipboard == "Daily Signal"


async def test_a_character_of_several_code_points_is_selected_whole(empty: Library, reading: Reading) -> None:
    source = make_source(FOREIGN, "Foreign")
    empty.add(source, make_extraction(source))
    async with reading(empty) as (app, pilot):
        view = app.main.text_view
        await pilot.press("2")
        for word in ("👨‍👩‍👧", "e\u0301"):
            view.caret.begin(FOREIGN.index(word), FOREIGN.index(word) + 1)
            view.select(*view.caret.span())
            await pilot.press("y")
            assert app.clipboard == word
        await pilot.press("h", "y")
        assert app.clipboard == "fe\u0301"


rows = st.text(alphabet="ab \u0301日😀\u200d\ufe0f한", max_size=30)


@given(rows, st.integers(0, 60))
def test_a_column_is_found_again(row: str, cells: int) -> None:
    at = at_column(row, cells)
    assert column(row, at) <= cells
    assert at == 0 or at < len(row)
    assert at in {start for start, _ in graphemes(row)} | {0}


@given(rows)
def test_graphemes_cover_a_row(row: str) -> None:
    spans = graphemes(row + "\n")
    assert "".join((row + "\n")[start:end] for start, end in spans) == row + "\n"


PARAGRAPHS = [(0, 10), (12, 20), (22, 90), (92, 100)]
PAGES = [Page(start=0, label=SafeText("iv")), Page(start=22, label=SafeText("1")), Page(start=92, label=SafeText("2"))]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("2", 12), ("¶ 3", 22), ("¶1", 0), ("par 4", 92), ("p iv", 0), ("p. 1", 22), ("page 2", 92), ("p2", 92),
        ("50%", 22), ("0 %", 0), ("100%", 92), ("12.5 %", 12),
    ],
)  # fmt: skip
def test_places_are_found(words: str, place: int) -> None:
    assert find_place(words, PARAGRAPHS, PAGES, 100) == place


@pytest.mark.parametrize(
    ("words", "reason"),
    [("5", "from 1 to 4"), ("0", "from 1 to 4"), ("p 7", "from iv to 2"), ("over there", "A paragraph is a number")],
)
def test_places_that_are_not_there(words: str, reason: str) -> None:
    with pytest.raises(NoSuchPlace, match=reason):
        find_place(words, PARAGRAPHS, PAGES, 100)
    with pytest.raises(NoSuchPlace, match="no pages"):
        find_place("p 1", PARAGRAPHS, (), 100)


async def test_go_to_a_page_says_and_cites_it(empty: Library, reading: Reading) -> None:
    text = "\n\n".join(f"Paragraph {number} of the report on boats." for number in range(1, 81))
    pages = (Page(start=0, label=SafeText("iv")), Page(start=text.index("Paragraph 41 "), label=SafeText("12")))
    source = make_source(text, "Paged", pages=pages)
    empty.add(source, make_extraction(source))
    async with reading(empty) as (app, pilot):
        await pilot.press("2", "ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, GoToScreen))
        assert "paragraph 12 of 80" in screen_text(app)
        await pilot.press(*"p9", "enter")
        await until(pilot, lambda: "Pages go from iv to 12" in screen_text(app))
        await pilot.press("ctrl+u", *"p12", "enter")
        await until(pilot, lambda: app.screen is app.main)
        await until(pilot, lambda: "p. 12 · ¶ 41" in str(app.main.text_pane.border_subtitle))
        app.main.text_view.select(text.index("Paragraph 41"), text.index(" of the report", text.index("Paragraph 41")))
        await pilot.press("Y")
        assert app.clipboard.endswith(", p. 12, ¶ 41, sentence 1")
        await pilot.press("<")
        await until(pilot, lambda: "p. iv" in str(app.main.text_pane.border_subtitle))


async def test_numbers_of_paragraphs_can_be_hidden(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2")
        wide = app.main.text_view.margin_of(80)
        await pilot.press("#")
        await settle(pilot)
        assert app.main.text_view.margin_of(80) == wide - 2


async def test_next_of_the_same_type(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "n", "n")
        first = app.main.text_pane.mention()
        await pilot.press("]")
        second = app.main.text_pane.mention()
        assert first is not None
        assert second is not None
        assert first.type == second.type
        await pilot.press("[")
        assert app.main.text_pane.mention() == first


async def test_the_editor_is_given_a_copy(library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Any] = []

    def run(command: list[str], **_: Any) -> None:
        path = Path(command[-1])
        ran.append((command[0], command[1], path.name, path.read_text("utf-8"), oct(path.stat().st_mode & 0o777)))

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(outside, "editor", lambda: ["vi"])
    async with reading(library) as (app, pilot):
        monkeypatch.setattr(app, "suspend", nullcontext)
        app.main.text_view.put_on_top(REPORT.index("“We met"))
        await pilot.press("2", "E")
        await settle(pilot)
    assert ran == [("vi", "+1", "Boats-meet-near-Larnholm.txt", REPORT, "0o400")]


async def test_without_a_terminal_there_is_no_editor(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "editor", lambda: ["vi"])
    async with reading(library) as (app, pilot):
        await pilot.press("2", "E")
        await settle(pilot)
        assert "No editor can be shown" in told(app)


async def test_the_original_is_opened_or_refused(
    empty: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(outside, "open_outside", opened.append)
    made = []
    for number, path in enumerate(("https://example.org/a", "javascript:alert(1)", "-")):
        made.append(make_source(report()[0].text + str(number), f"Source {number}", path=path))
        empty.add(made[-1], make_extraction(made[-1]))
    answers = ("Opened https://example.org/a", "not javascript: addresses", "standard input")
    async with reading(empty) as (app, pilot):
        for source, answer in zip(made, answers, strict=True):
            app.main.state.open(Target(source.id))
            await until(pilot, lambda source=source: app.main.state.source.id == source.id)
            await pilot.press("2", "O")
            await until(pilot, lambda answer=answer: answer in told(app))
    assert opened == ["https://example.org/a"]


def test_what_may_be_opened(tmp_path: Path) -> None:
    document, program = tmp_path / "a.pdf", tmp_path / "a.desktop"
    document.touch()
    program.touch()
    assert outside.openable(str(document)) == str(document)
    assert outside.openable("HTTP://example.org") == "HTTP://example.org"
    for ref in (str(program), str(tmp_path / "gone.pdf"), "file:///etc/passwd", "ftp://x/y.pdf", "", "https:// x"):
        with pytest.raises(outside.Refused):
            outside.openable(ref)


def test_the_editor_and_the_opener_of_a_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        outside.shutil, "which", lambda name: f"/bin/{name}" if name in {"ed", "vi", "xdg-open"} else None
    )
    assert outside.editor({"VISUAL": "ed -p '> '"}, "linux") == ["ed", "-p", "> "]
    assert outside.editor({}, "linux") == ["vi"]
    assert outside.edit_command(["vi"], Path("a.txt"), 7) == ["vi", "+7", "a.txt"]
    assert outside.edit_command(["ed"], Path("a.txt"), 7) == ["ed", "a.txt"]
    with pytest.raises(outside.Refused, match="which \\$EDITOR names"):
        outside.editor({"EDITOR": "nosuch"}, "linux")
    assert outside.opener({"DISPLAY": ":0"}, "linux") == ["xdg-open"]
    assert outside.opener({}, "darwin") == ["open"]
    with pytest.raises(outside.Refused, match="no graphical screen"):
        outside.opener({}, "linux")
