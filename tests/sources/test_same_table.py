"""The same order of battle in every format that has tables gives the same counts."""

from collections.abc import Callable

import pytest
from made_office import docx, odt, p, pptx, shape, slide_table, table, xlsx
from made_pdf import pdf
from spacy.language import Language

from briefing.extract.pipeline import extract, load
from briefing.sources import read_bytes

TITLE = "Order of battle in the northern strait"
ROWS = [
    ["Type", "Norway", "Sweden"],
    ["F-35A", "52", "–"],
    ["Gripen", "–", "~96"],
    ["Submarines", "6", "at least 4"],
    ["Main battle tanks", "36", "1,110"],
    ["Soldiers", "8,500", "14,600"],
]
COUNTS = [
    (52, 52, "F-35A", "aircraft", "Norway"), (96, 96, "Gripen", "aircraft", "Sweden"),
    (6, 6, "submarine", "ship", "Norway"), (4, None, "submarine", "ship", "Sweden"),
    (36, 36, "main battle tank", "vehicle", "Norway"), (1110, 1110, "main battle tank", "vehicle", "Sweden"),
    (8500, 8500, "soldier", "personnel", "Norway"), (14600, 14600, "soldier", "personnel", "Sweden"),
]  # fmt: skip


def _html() -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<{tag}>{c}</{tag}>" for c in row) + "</tr>"
        for tag, row in [("th", ROWS[0]), *(("td", r) for r in ROWS[1:])]
    )
    return f"<!DOCTYPE html><html><body><article><h1>{TITLE}</h1><table>{rows}</table></article></body></html>".encode()


def _pdf() -> bytes:
    places = (72.0, 250.0, 400.0)
    cells = [(x, 740.0 - 16 * n, 10.0, c) for n, row in enumerate(ROWS) for x, c in zip(places, row, strict=True)]
    return pdf([[(72.0, 780.0, 14.0, TITLE), *cells]])


def _odt() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in ROWS
    )
    return odt(f"<text:h>{TITLE}</text:h><table:table>{rows}</table:table>")


def _rtf() -> bytes:
    rows = "".join("\\trowd " + "".join(f"{c}\\cell " for c in row) + "\\row\n" for row in ROWS)
    return ("{\\rtf1\\ansi " + TITLE + "\\par " + rows.replace("–", "\\endash ") + "}").encode()


def _csv() -> bytes:
    return "\n".join([TITLE, "", *(";".join(row) for row in ROWS)]).encode()


def _markdown() -> bytes:
    rows = ["| " + " | ".join(row) + " |" for row in ROWS]
    return "\n".join([f"# {TITLE}", "", rows[0], "|---|---|---|", *rows[1:]]).encode()


def _xlsx() -> bytes:
    return xlsx({"Sheet1": [[TITLE], [], *[[int(c) if c.isdecimal() else c for c in row] for row in ROWS]]})


MADE: dict[str, Callable[[], bytes]] = {
    "a.html": _html,
    "a.docx": lambda: docx(p(TITLE) + table(*ROWS)),
    "a.odt": _odt,
    "a.rtf": _rtf,
    "a.pdf": _pdf,
    "a.xlsx": _xlsx,
    "a.pptx": lambda: pptx(shape(TITLE, "title") + slide_table(*ROWS)),
    "a.csv": _csv,
    "a.md": _markdown,
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.mark.parametrize("name", MADE)
def test_the_same_counts(nlp: Language, name: str) -> None:
    source = read_bytes(MADE[name](), name)
    found = next(iter(extract(nlp, [source], "x"))).counts
    assert [(c.low, c.high, c.item, c.category, c.operator) for c in found] == COUNTS
    assert [source.text[c.start : c.end] for c in found] == [c.evidence for c in found]
