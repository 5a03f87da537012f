"""What is in sight as it stands in the file: pages of PDFs and scans, tables with aligned columns."""

import hashlib
import sys
from pathlib import Path

import pytest
from textual.widgets import Static

from briefing.ingest.page_picture import NoPicture, Picture, draw_page
from briefing.library import Library
from briefing.model.safetext import SafeText
from briefing.model.source import Page, Source
from briefing.sources import read_bytes
from briefing.tui.app import BriefingApp
from briefing.tui.as_printed.page import Blocks, PageScreen, Sheet, fitted, marked
from briefing.tui.as_printed.showing import table_at
from briefing.tui.as_printed.table import TableScreen, TableView
from tests.tui.conftest import told

from .conftest import Reading, make_extraction, make_source, screen_text, until

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))
from made_pdf import pdf, set_in_lines

YEARS = range(2001, 2012)
ROWS = [["Class of ship", "Norland", "Sudria", *(f"Remarks on the year {year}" for year in YEARS)]]
ROWS += [
    [name, str(n), str(2 * n), *(f"r{n}-{year}" for year in YEARS)] for name, n in (("Frigates", 7), ("Tugs", 1200))
]
LINES = "\n".join(f"| {' | '.join(row)} |" for row in ROWS)
TABLE = f"Strength of the fleets\n\nBefore the table.\n\n{LINES}\n\nBehind the table.\n"


def pdf_source(folder: Path, boxes: tuple[tuple[int, int, int, int, int, int], ...] = ()) -> Source:
    data = pdf([set_in_lines(["Fourteen tugs lay at the pier.", "Nine barges were empty."])])
    path = folder / "report.pdf"
    path.write_bytes(data)
    source = read_bytes(data, str(path))
    pages = tuple(page.model_copy(update={"kind": "scan", "boxes": boxes}) for page in source.pages)
    return source.model_copy(update={"pages": pages}) if boxes else source


async def test_a_page_is_shown_with_the_words_marked(empty: Library, reading: Reading, tmp_path: Path) -> None:
    source = pdf_source(tmp_path, ((0, 30, 1000, 2000, 9000, 3000), (31, 54, 1000, 5000, 9000, 6000)))
    empty.add(source, make_extraction(source))
    async with reading(empty) as (app, pilot):
        await pilot.press("2")
        app.main.text_view.select(source.text.index("Nine"), source.text.index(" were"))
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "p. 1, 55 % down" in screen_text(app)
        await until(pilot, lambda: bool(app.screen.query(Sheet)))
        blocks = app.screen.query_one(Blocks)
        wide = blocks.size.width
        await pilot.press("plus")
        await until(pilot, lambda: blocks.size.width > wide)
        await pilot.press("j", "l", "G", "0")
        await until(pilot, lambda: blocks.size.height <= app.screen.query_one(Sheet).size.height)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.pdf", "not there any more"),
        ("box.mbox » a.pdf", "is within box.mbox"),
        ("https://x.example/a.pdf", "not there any more"),
    ],
)
async def test_a_page_that_cannot_be_drawn_is_a_sentence(
    empty: Library, reading: Reading, tmp_path: Path, path: str, reason: str
) -> None:
    source = pdf_source(tmp_path).model_copy(update={"path": SafeText(path)})
    empty.add(source, make_extraction(source))
    async with reading(empty) as (app, pilot):
        await pilot.press("2", "p")
        await until(pilot, lambda: reason in " ".join(screen_text(app).split()))
        assert app.screen.query_one("#drawing", Static)


def said(app: BriefingApp) -> str:
    return told(app)


async def test_texts_without_pages_say_so(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "p")
        await until(pilot, lambda: "Only the pages of PDF documents" in said(app))
        await pilot.press("|")
        await until(pilot, lambda: "There is no table in sight" in said(app))


def test_pages_are_drawn_in_another_process_and_words_found(tmp_path: Path) -> None:
    source = pdf_source(tmp_path)
    drawn = draw_page(str(source.path), source.id, 0, side=400, words="Nine barges")
    assert max(drawn.width, drawn.height) == 400
    assert len(drawn.pixels) == 3 * drawn.width * drawn.height
    ((left, top, right, bottom),) = drawn.parts
    assert 0 < left < right < 1
    assert 0 < top < bottom < 0.5
    all_marked = draw_page(
        str(source.path), source.id, 0, side=400, words="Fourteen tugs lay " + "at the pier. " * 30_000
    )
    assert all_marked.width == drawn.width  # more words than a command line holds
    Path(source.path).write_bytes(b"%PDF-1.4 other")
    with pytest.raises(NoPicture, match="has changed since it was read"):
        draw_page(str(source.path), source.id, 0)
    damaged = hashlib.sha256(b"%PDF-1.4 other").hexdigest()
    with pytest.raises(NoPicture, match="cannot be drawn: it is damaged"):
        draw_page(str(source.path), damaged, 0)


def test_pictures_are_fitted_and_marked() -> None:
    white = Picture(100, 60, b"\xff" * 100 * 60 * 3, ())
    page = marked(white, ((0.5, 0.5, 0.6, 0.6),))
    assert page[33, 55].tolist() != [255, 255, 255]
    assert page[5, 5].tolist() == [255, 255, 255]
    assert marked(white, ((0.99, 0.99, 1.0, 1.0),)).shape == (60, 100, 3)
    for size in ((10, 6), (100, 60), (300, 200), (1, 1)):
        assert fitted(page, *size).shape == (size[1], size[0], 3)
    assert fitted(page, 10, 6)[0, 0].tolist() == [255, 255, 255]


async def test_a_wide_table_is_aligned_and_scrolls(empty: Library, reading: Reading) -> None:
    source = make_source(TABLE, pages=(Page(start=0, label=SafeText("Fleets!A5"), kind="cells"),))
    empty.add(source, make_extraction(source))
    async with reading(empty) as (app, pilot):
        await pilot.press("2", "|")
        await until(pilot, lambda: isinstance(app.screen, TableScreen))
        view = app.screen.query_one(TableView)
        await until(pilot, lambda: "Frigates" in screen_text(app))
        shown = [line for line in screen_text(app).splitlines() if " │ " in line]
        head, frigates, tugs = (
            next(line for line in shown if word in line) for word in ("Class of ship", "Frigates", "Tugs")
        )
        assert head.index("│ Norland") == frigates.index("│       7") == tugs.index("│    1200")
        assert "Remarks on the year 2011" not in screen_text(app)
        await pilot.press(*["right"] * 13)
        await until(pilot, lambda: "Remarks on the year 2011" in screen_text(app))
        assert view.current == (1, 13)
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.screen is app.main)


async def test_the_table_of_the_evidence_opens_at_its_cell(empty: Library, reading: Reading) -> None:
    source = make_source(TABLE)
    empty.add(source, make_extraction(source))
    async with reading(empty) as (app, pilot):
        await pilot.press("2")
        at = source.text.index("2400")
        app.main.text_view.select(at, at + 4)
        await pilot.press("|")
        await until(pilot, lambda: isinstance(app.screen, TableScreen))
        view = app.screen.query_one(TableView)
        assert (view.current, view.words, view.found) == ((2, 2), "2400", True)
        await until(pilot, lambda: "row 3, column 3: 2400" in screen_text(app))


def test_the_table_at_a_place_is_found() -> None:
    table = table_at(TABLE, TABLE.index("Frigates"), TABLE.index("Frigates") + 1)
    assert table is not None
    assert TABLE[slice(*table.rows[1][0])] == "Frigates"
    assert table_at(TABLE, 0, 20) is None
    assert table_at(TABLE, TABLE.index("Behind"), len(TABLE)) is None
    assert table_at(TABLE, 0, len(TABLE)) == table
