"""Reading order of a page's lines: tell columns from tables."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final

from briefing.sources.pdf.lines import Line
from briefing.sources.pdf.tables import in_rows

Block = list[Line]
"""Lines below each other that are read one after the other."""

Edge = tuple[str, int]
"""A side of a run of text, and its place in points."""

_COLUMN: Final = 3
_FIGURES_BELOW: Final = 2
"""Rows whose runs begin at one place, or whose figures end there, that make a column."""
_FIGURES: Final = re.compile(r"[\d.,%–-]+")
_MOST_LINES: Final = 3000
"""Of a page that is looked at for columns."""
_PROSE: Final = 12
"""Characters of the median line of a column of running text; cells of tables are shorter."""


def blocks(lines: Sequence[Line], depth: int = 0) -> list[Block]:
    """Group the lines of a page by column, each from its head to its foot, parted where a line spans several.

    Args:
        lines: The lines of a page, or of a column of it.
        depth: How many times columns were split already; no further than four.
    """
    gutter = _gutter(lines) if depth < 4 else None
    if gutter is None:
        return [_rows(in_rows(lines))] if lines else []
    found: list[Block] = []
    spanning: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []

    def flush() -> None:
        for column in (left, right):
            found.extend(blocks(column, depth + 1))
            column.clear()

    for line in sorted(lines, key=lambda one: (-round(one.y0), one.x0)):
        if line.x1 <= gutter or line.x0 >= gutter:
            if spanning:
                found.append(_rows(spanning))
                spanning = []
            (left if line.x1 <= gutter else right).append(line)
        else:
            flush()
            spanning.append(line)
    flush()
    return [*found, _rows(spanning)] if spanning else found


def _gutter(lines: Sequence[Line]) -> float | None:
    """The place between two columns of running text; None where there is one column, or a table."""
    if not 6 <= len(lines) <= _MOST_LINES:
        return None
    height = median(line.height for line in lines)
    starts = Counter(round(line.x0 / 2) * 2 for line in lines)
    best, place = 0, None
    for start, _ in starts.most_common(12):
        edge = start - 1.0
        left = [line for line in lines if line.x1 <= edge]
        right = [line for line in lines if line.x0 >= edge - 1]
        smaller = min(len(left), len(right))
        if smaller < 3 or smaller <= best or len(lines) - len(left) - len(right) > 0.3 * len(lines):
            continue
        inner = max(line.x1 for line in left)
        prose = all(median(len(line.text) for line in side) >= _PROSE for side in (left, right))
        beside = _shared(left, right)
        if prose and edge - inner >= 0.4 * height and beside >= 3 * height:
            best, place = smaller, (inner + edge) / 2
    return place


def _shared(left: Sequence[Line], right: Sequence[Line]) -> float:
    """Height over which two groups of lines stand beside each other."""
    return min(max(line.y1 for line in side) for side in (left, right)) - max(
        min(line.y0 for line in side) for side in (left, right)
    )


def _common_edges(lines: Sequence[Line]) -> set[Edge]:
    """The places at which runs behind a gap begin in several rows, or at which figures end: columns of a table."""
    behind = [line for last, line in pairwise(lines) if last.row == line.row and line.x0 > last.x1]
    left = Counter(round(line.x0) for line in behind)
    right = Counter(round(line.x1) for line in behind if _FIGURES.fullmatch(line.text))
    edges = [
        *(("left", place) for place, count in left.items() if count >= _COLUMN),
        *(("right", place) for place, count in right.items() if count >= _FIGURES_BELOW),
    ]
    return {(side, place + beside) for side, place in edges for beside in (-1, 0, 1)}


def _rows(lines: Sequence[Line]) -> Block:
    """Runs on one row as one line again, with a tab where the gap is that of a table."""
    out: Block = []
    common = _common_edges(lines)
    for line in lines:
        last = out[-1] if out else None
        if last is None or last.row != line.row or line.x0 < last.x1:
            out.append(line)
            continue
        wide = line.x0 - last.x1 > 1.5 * last.height or not common.isdisjoint(
            (("left", round(line.x0)), ("right", round(line.x1)))
        )
        cells = last.cells or ((last.x0, last.x1, last.text),)
        if wide:
            cells = (*cells, (line.x0, line.x1, line.text))
        else:
            cells = (*cells[:-1], (cells[-1][0], line.x1, f"{cells[-1][2]} {line.text}"))
        usual = max(last, line, key=lambda one: one.x1 - one.x0)  # raised marks make no line higher
        out[-1] = replace(
            line,
            text=last.text + ("\t" if wide else " ") + line.text,
            cells=cells if len(cells) > 1 else (),
            x0=last.x0,
            y0=usual.y0,
            y1=usual.y1,
        )
    return out
