"""Tables within a text: rows of cells between bars, or lines with the same number of tabs."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

Span = tuple[int, int]

_LINE: Final = re.compile(r"[^\n]+")
_RULE: Final = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
MOST_CELLS: Final = 500
"""Of a row; a longer line is no row."""


class Table(NamedTuple):
    """A run of rows; every cell is a span of characters of the text, without the white space around it."""

    start: int
    end: int
    rows: tuple[tuple[Span, ...], ...]

    def cell(self, row: int, column: int) -> Span | None:
        """The span of a cell in the text; None where the row has no such column.

        Args:
            row: Number of the row, from 0.
            column: Number of the column, from 0.

        Raises:
            IndexError: Where there is no such row.
        """
        return self.rows[row][column] if 0 <= column < len(self.rows[row]) else None


def find_tables(text: str) -> list[Table]:
    """The tables of ``text`` in their order: at least two rows and two columns, the rows on lines of their own."""
    found: list[Table] = []
    if "|" not in text and "\t" not in text:
        return found
    rows: list[tuple[Span, ...]] = []
    mark, end = "", -1
    for match in _LINE.finditer(text):
        line = match[0]
        kind = _kind(line)
        if rows and (kind != mark or match.start() != end + 1 or (mark == "\t" and _width(line) != len(rows[0]))):
            found += _table(rows)
            rows = []
        if kind and not (kind == "|" and _RULE.fullmatch(line.strip())):
            rows.append(tuple(_cells(line, match.start(), kind)))
            mark, end = kind, match.end()
        elif kind and rows:
            end = match.end()
    return found + _table(rows)


def _kind(line: str) -> str:
    """What separates the cells of a line; empty where it is no row."""
    bare = line.strip(" ")
    if len(bare) > 2 and bare[0] == "|" and bare[-1] == "|" and line.count("|") <= MOST_CELLS:
        return "|"
    return "\t" if "\t" in line.strip() and line.count("\t") <= MOST_CELLS else ""


def _width(line: str) -> int:
    return line.count("\t") + 1


def _cells(line: str, start: int, mark: str) -> Iterator[Span]:
    """The spans of the cells of a line that begins at ``start`` in the text."""
    place, end = 0, len(line)
    if mark == "|":
        place = line.index("|") + 1
        end = line.rindex("|")
    while place <= end:
        upto = line.find(mark, place, end)
        upto = end if upto < 0 else upto
        cell = line[place:upto]
        left = place + len(cell) - len(cell.lstrip())
        yield (start + left, start + max(left, place + len(cell.rstrip())))
        place = upto + 1


def _table(rows: list[tuple[Span, ...]]) -> list[Table]:
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return []
    return [Table(rows[0][0][0], rows[-1][-1][1], tuple(rows))]
