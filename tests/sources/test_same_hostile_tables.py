# ruff: noqa: E501 - tables in lines of their own
"""Tables with hostile heads give the same counts from every format: two rows of heads, cells over several columns, totals,
marks of notes, dashes for nought, rows of notes, numbers in thousands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from made_office import docx, p, xlsx
from made_pdf import pdf
from spacy.language import Language

from briefing.extract.pipeline import extract, load
from briefing.sources import read_bytes

Found = tuple[int | None, int | None, str, str | None, str | None]


@dataclass(frozen=True)
class Hostile:
    """A table; an empty cell in the first row belongs to the one before it."""

    title: str
    rows: Sequence[Sequence[str]]
    counts: Sequence[Found]


TABLES = {
    "two rows of heads": Hostile(
        "Losses of the two sides from January to June",
        [
            ["", "Ukraine", "", "Russia", ""],
            ["Type", "Destroyed", "Captured", "Destroyed", "Captured"],
            ["Main battle tanks", "120¹", "14", "1,840", "210"],
            ["Helicopters", "–", "-", "97", "2*"],
            ["Howitzers", "61", "—", "n/a", "33"],
            ["Total", "181", "14", "1,937", "245"],
            ["¹ With training vehicles.", "", "", "", ""],
        ],
        [
            (120, 120, "main battle tank", "Ukraine", "destroyed"), (14, 14, "main battle tank", "Ukraine", "captured"),
            (1840, 1840, "main battle tank", "Russia", "destroyed"), (210, 210, "main battle tank", "Russia", "captured"),
            (97, 97, "helicopter", "Russia", "destroyed"), (2, 2, "helicopter", "Russia", "captured"),
            (61, 61, "howitzer", "Ukraine", "destroyed"), (33, 33, "howitzer", "Russia", "captured"),
        ],
    ),
    "in thousands": Hostile(
        "Strength of the armed forces",
        [
            ["Category", "Norway (thousands)", "Sweden (thousands)"],
            ["Soldiers", "23.3", "24.4"],
            ["Reservists", "40[2]", "–"],
        ],
        [
            (23_300, 23_300, "soldier", "Norway", None), (24_400, 24_400, "soldier", "Sweden", None),
            (40_000, 40_000, "reservist", "Norway", None),
        ],
    ),
    "what happened in the head": Hostile(
        "Claims of the ministries",
        [
            ["Equipment", "Ukraine, lost", "Russia, lost"],
            ["Tanks", "12[1]", "30"],
            ["Drones", "1 200", "~2,500"],
            ["Sum", "1,212", "2,530"],
            ["Note: figures by the ministries.", "", ""],
        ],
        [
            (12, 12, "tank", "Ukraine", "lost"), (30, 30, "tank", "Russia", "lost"),
            (1200, 1200, "drone", "Ukraine", "lost"), (2500, 2500, "drone", "Russia", "lost"),
        ],
    ),
}  # fmt: skip


def _spans(row: Sequence[str]) -> list[tuple[str, int]]:
    """The cells of a first row, each with how many columns it reaches over."""
    out: list[tuple[str, int]] = []
    for at, cell in enumerate(row):
        if at > 1 and not cell:
            out[-1] = (out[-1][0], out[-1][1] + 1)
        else:
            out.append((cell, 1))
    return out


def _html(table: Hostile) -> bytes:
    first = "".join(f"<th colspan='{wide}'>{cell}</th>" for cell, wide in _spans(table.rows[0]))
    rest = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table.rows[1:])
    body = f"<h1>{table.title}</h1><table><tr>{first}</tr>{rest}</table>"
    return f"<!DOCTYPE html><html><body><article>{body}</article></body></html>".encode()


def _docx(table: Hostile) -> bytes:
    first = "".join(
        f"<w:tc><w:tcPr><w:gridSpan w:val='{wide}'/></w:tcPr>{p(cell)}</w:tc>" for cell, wide in _spans(table.rows[0])
    )
    rest = "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in table.rows[1:])
    return docx(p(table.title) + f"<w:tbl><w:tr>{first}</w:tr>{rest}</w:tbl>")


def _xlsx(table: Hostile) -> bytes:
    rows = [[int(cell) if cell.isascii() and cell.isdigit() else cell or None for cell in row] for row in table.rows]
    return xlsx({"Sheet1": [[table.title], [], *rows]})


def _pdf(table: Hostile) -> bytes:
    places = [72.0, 230.0, 310.0, 390.0, 470.0] if len(table.rows[1]) > 3 else [72.0, 250.0, 400.0]
    cells = [
        (x, 740.0 - 16 * n, 10.0, cell)
        for n, row in enumerate(table.rows)
        for x, cell in zip(places, row, strict=True)
        if cell
    ]
    return pdf([[(72.0, 780.0, 14.0, table.title), *cells]])


def _csv(table: Hostile) -> bytes:
    return "\n".join([table.title, "", *(";".join(row) for row in table.rows)]).encode()


def _markdown(table: Hostile) -> bytes:
    rows = ["| " + " | ".join(row) + " |" for row in table.rows]
    return "\n".join([f"# {table.title}", "", rows[0], "|---" * len(table.rows[0]) + "|", *rows[1:]]).encode()


MADE: dict[str, Callable[[Hostile], bytes]] = {
    "a.html": _html, "a.docx": _docx, "a.xlsx": _xlsx, "a.pdf": _pdf, "a.csv": _csv, "a.md": _markdown,
}  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("kind", TABLES)
def test_the_same_counts(nlp: Language, kind: str, name: str) -> None:
    table = TABLES[kind]
    source = read_bytes(MADE[name](table), name)
    found = next(iter(extract(nlp, [source], "x"))).counts
    assert [(c.low, c.high, c.item, c.operator, c.what) for c in found] == list(table.counts), source.text
