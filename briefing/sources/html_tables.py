"""Tables of mail, books and feeds as rows: those that hold data, not those that only place what is in them."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from briefing.sources.tables import table_text

_MOST: Final = 5000
"""Tables, and rows of one, that are looked at."""
_MOST_CELLS: Final = 200_000
"""Cells of all tables of a page; a row may say that it has any number of them."""
_WIDEST: Final = 100
_LONGEST_CELL: Final = 200
"""Characters of a cell; longer ones are paragraphs that a table only places."""
_BLOCKS: Final = ("p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote")


def write_tables(tree: Any, words_of: Callable[[Any], str]) -> None:
    """Put paragraphs, one a row, in the place of every table that holds data. Changes ``tree``.

    Args:
        tree: The page.
        words_of: Gives the words of an element.
    """
    left = _MOST_CELLS
    for table in list(islice(tree.iter("table"), _MOST)):
        if table.getparent() is None or not _may_hold_data(table):
            continue
        rows = list(_rows(table, words_of, left))
        left -= sum(map(len, rows))
        if left <= 0:
            return
        filled = [row for row in rows if sum(map(bool, row)) > 1]
        if len(filled) < 2 or any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
            continue
        captions = [words_of(caption) for caption in table.iter("caption")]
        lines = [*captions, *table_text(rows).split("\n")]
        for child in list(table):
            table.remove(child)
        table.tag, table.text = "div", None
        for line in filter(None, lines):
            paragraph = table.makeelement("p")
            paragraph.text = line
            table.append(paragraph)


def _may_hold_data(table: Any) -> bool:
    """Whether nothing in it says that it only places: other tables in it, its role, or cells of several blocks."""
    if (table.get("role") or "").lower() in {"presentation", "none"} or table.find(".//table") is not None:
        return False
    return all(sum(1 for _ in islice(cell.iter(*_BLOCKS), 3)) < 3 for cell in islice(table.iter("td"), _MOST))


def _rows(table: Any, words_of: Callable[[Any], str], most: int) -> Iterator[list[str]]:
    """The cells of each row; those covered by a wider or higher one are blank.

    Args:
        table: The table.
        words_of: Gives the words of an element.
        most: Cells after which it ends.
    """
    covered: dict[int, int] = {}
    for row in islice(table.iter("tr"), _MOST):
        if most <= 0:
            return
        cells: list[str] = []

        def fill(cells: list[str] = cells) -> None:
            while covered.get(len(cells), 0) > 0:
                covered[len(cells)] -= 1
                cells.append("")

        for cell in row:
            if cell.tag not in {"td", "th"} or len(cells) >= _WIDEST:
                continue
            fill()
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in range(len(cells), len(cells) + wide):
                covered[place] = high - 1
            cells += [" ".join(words_of(cell).split()), *[""] * (wide - 1)]
        fill()
        most -= len(cells)
        yield cells


def _span(cell: Any, name: str) -> int:
    stated = (cell.get(name) or "").strip()
    return min(int(stated), _WIDEST) or 1 if stated.isascii() and stated.isdecimal() and len(stated) < 6 else 1
