"""Find tables on the pages of a PDF: text in rows and columns, with or without rules between them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any, Final, NamedTuple

from briefing.sources.pdf.lines import Cell, Line
from briefing.sources.tables import table_text

Rule = tuple[float, float, float]
"""A line in points: of a horizontal one its height, left and right end; of an upright one its place, foot and head."""


class Rules(NamedTuple):
    """The lines and edges of boxes that are drawn on a page."""

    across: Sequence[Rule] = ()
    down: Sequence[Rule] = ()


_PROSE: Final = 45
"""Characters of the median cell of a column of running text, beside which numbers of lines or items stand."""
_MOST_OBJECTS: Final = 3000
"""Drawings of a page that are looked at for rules."""
_NEAR: Final = 4
"""Letters between an upright rule and the blank at which it parts two cells."""
_THIN: Final = 3.0
_LONG: Final = 20.0
_TALL: Final = 8.0
"""Points: a rule is no thicker than the first, and longer than the second; an upright one than the third."""


def parted(block: Sequence[Line], rules: Rules) -> Iterator[list[Line] | str]:
    """Part a block into runs of lines and tables, in order; a table is given as text.

    Args:
        block: Lines of one column.
        rules: Lines drawn on the page.
    """
    block = [_ruled_off(line, rules.down) for line in block]
    waiting: list[Line] = []
    place = 0
    while place < len(block):
        end = _run(block, place)
        rows = _table(block[place:end], rules.across) if end - place > 1 else None
        if rows is None:
            waiting += block[place : max(end, place + 1)]
            place = max(end, place + 1)
            continue
        if waiting:
            yield waiting
            waiting = []
        yield table_text(rows)
        place = end
    if waiting:
        yield waiting


def _ruled_off(line: Line, down: Sequence[Rule]) -> Line:
    """The line with its runs parted where upright rules go through them: cells of a table that stand close."""
    crossed = sorted(at for at, low, high in down if line.x0 < at < line.x1 and low < (line.y0 + line.y1) / 2 < high)
    if not crossed:
        return line
    cells = list(line.cells or ((line.x0, line.x1, line.text),))
    for at in crossed:
        number = next((n for n, (left, right, _) in enumerate(cells) if left + 1 < at < right - 1), None)
        if number is None:
            continue
        left, right, text = cells[number]
        blanks = [place for place, letter in enumerate(text) if letter == " "]
        if not blanks:
            continue
        letter = (right - left) / len(text)
        cut = min(blanks, key=lambda place: abs(left + (place + 0.5) * letter - at))
        if abs(left + (cut + 0.5) * letter - at) > _NEAR * letter:
            continue
        cells[number : number + 1] = [(left, at, text[:cut].rstrip()), (at, right, text[cut:].lstrip())]
    return replace(line, cells=tuple(cells)) if len(cells) > 1 else line


def _run(block: Sequence[Line], start: int) -> int:
    """The end of the rows from ``start`` on: lines of several cells, and what goes on below one of these."""
    if len(block[start].cells) < 2:
        return start
    end = last = start + 1
    while end < len(block):
        line, before = block[end], block[end - 1]
        step = before.y0 - line.y0
        if step <= 0 or step > 3.5 * max(line.height, before.height):
            break
        if len(line.cells) >= 2:
            last = end + 1
        elif end - last > 2 or line.x1 - line.x0 > 0.6 * (block[start].x1 - block[start].x0):
            break
        end += 1
    return last


def _table(lines: Sequence[Line], rules: Sequence[Rule]) -> list[list[str]] | None:
    """The rows of a table; None where the lines are running text beside numbers, or no two are of several cells."""
    columns = _columns([line for line in lines if len(line.cells) > 1])
    if columns is None:
        return None
    rows = [_placed(line.cells or ((line.x0, line.x1, line.text),), columns) for line in lines]
    for column in range(len(columns)):
        filled = [len(row[column]) for row in rows if row[column]]
        if filled and median(filled) > _PROSE and len(filled) > 1:
            return None
    return _merged(lines, rows, rules)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]] | None:
    """Left and right ends of the columns, from the rows with the most cells; None where there are not two rows."""
    if len(lines) < 2:
        return None
    width = max(len(line.cells) for line in lines)
    full = [line for line in lines if len(line.cells) == width]
    columns = [
        (min(line.cells[column][0] for line in full), max(line.cells[column][1] for line in full))
        for column in range(width)
    ]
    if any(b[0] < a[1] for a, b in pairwise(columns)):  # the rows do not stand in common columns
        middle = full[len(full) // 2]
        columns = [(left, right) for left, right, _ in middle.cells]
    return columns


def _placed(cells: Sequence[Cell], columns: Sequence[tuple[float, float]]) -> list[str]:
    """The words of one row by column: each cell in the one that it shares most of its width with, or is nearest to."""
    row = [""] * len(columns)
    first = 0
    for left, right, text in cells:
        place = max(range(len(columns)), key=lambda at: (_shared(left, right, *columns[at]), -at))
        if _shared(left, right, *columns[place]) <= 0 and first < len(columns):
            place = min(range(first, len(columns)), key=lambda at: abs(left + right - sum(columns[at])))
        row[place] = f"{row[place]} {text}".strip()
        first = place + 1
    return row


def _shared(left: float, right: float, low: float, high: float) -> float:
    return min(right, high) - max(left, low)


def _merged(lines: Sequence[Line], rows: list[list[str]], rules: Sequence[Rule]) -> list[list[str]]:
    """The rows, those joined that are lines of one: no rule parts them, or they lack a first cell and stand close."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    heights = [at for at, start, end in rules if start < right and end > left and end - start > 0.2 * (right - left)]
    ruled = sum(any(b.y0 < at < a.y1 for at in heights) for a, b in pairwise(lines)) >= max(2, len(lines) // 3)
    steps = sorted(a.y0 - b.y0 for a, b in pairwise(lines))
    close = 1.15 * steps[0] if steps else 0.0
    spread = bool(steps) and steps[-1] > 1.25 * steps[0]
    out = [rows[0]]
    for (above, line), row in zip(pairwise(lines), rows[1:], strict=True):
        if ruled:
            same = not any(line.y0 < at < above.y0 + 0.5 * above.height for at in heights)
        else:
            same = not row[0] and spread and above.y0 - line.y0 <= close and len([cell for cell in row if cell]) == 1
        if same:
            out[-1] = [" ".join(filter(None, pair)) for pair in zip(out[-1], row, strict=True)]
        else:
            out.append(row)
    return out


def find_rules(page: Any) -> Rules:
    """The lines and edges of boxes that are drawn on a page."""
    import pypdfium2

    across: list[Rule] = []
    down: list[Rule] = []
    try:
        for number, drawn in enumerate(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=2)):
            if number >= _MOST_OBJECTS:
                break
            left, low, right, high = drawn.get_bounds()
            if right - left > _LONG:
                across += [(low, left, right)] if high - low <= _THIN else [(low, left, right), (high, left, right)]
            if high - low > _TALL:
                down += [(left, low, high)] if right - left <= _THIN else [(left, low, high), (right, low, high)]
    except pypdfium2.PdfiumError:
        return Rules(across, down)
    return Rules(across, down)


def in_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with the cells of a table next to each other that a file draws column by column.

    Lines on one height that are not drawn one after the other are put so, where that holds for three heights or more.
    """
    rows: list[list[int]] = []
    for index in sorted(range(len(lines)), key=lambda at: (-lines[at].y0, lines[at].x0)):
        last = lines[rows[-1][-1]] if rows else None
        if last is not None and last.y0 - lines[index].y0 < 0.3 * last.height and lines[index].x0 > last.x1:
            rows[-1].append(index)
        else:
            rows.append([index])
    torn = [row for row in rows if len({lines[index].row for index in row}) > 1 and _apart(row, lines)]
    if len(torn) < 3:
        return list(lines)
    first, final = min(min(row) for row in torn), max(max(row) for row in torn)
    inside = [row for row in rows if any(first <= index <= final for index in row)]
    moved = {index for row in inside for index in row}
    ordered = [
        replace(lines[index], row=lines[row[0]].row) if row in torn else lines[index] for row in inside for index in row
    ]
    before = [line for index, line in enumerate(lines) if index < first and index not in moved]
    after = [line for index, line in enumerate(lines) if index > first and index not in moved]
    return [*before, *ordered, *after]


def _apart(row: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether gaps as wide as those of tables lie between the runs of a row."""
    return all(lines[b].x0 - lines[a].x1 > lines[a].height for a, b in pairwise(row))
