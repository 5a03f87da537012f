"""The order in which the lines of a page are read: columns told from tables, what stands on every page left out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from briefing.sources.pdf_lines import Line

Block = list[Line]
"""Lines below each other that are read one after the other."""

_MOST_LINES: Final = 3000
"""Of a page that is looked at for columns."""
_PROSE: Final = 12
"""Characters of the median line of a column of running text; cells of tables are shorter."""
_EDGE: Final = 3
"""Rows at the head and the foot of a page among which running headers and footers stand."""
_NUMBER: Final = re.compile(
    r"[\s\-–—|•]*(?:page|p\.)?\s*(\d{1,4}|[ivxl]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?[\s\-–—|•]*", re.IGNORECASE
)


def blocks(lines: Sequence[Line], depth: int = 0) -> list[Block]:
    """The lines of a page by column, each column from its head to its foot, parted where a line spans several."""
    gutter = _gutter(lines) if depth < 4 else None
    if gutter is None:
        return [_rows(lines)] if lines else []
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


def _rows(lines: Sequence[Line]) -> Block:
    """Runs on one row as one line again, with a tab where the gap is that of a table."""
    out: Block = []
    for line in lines:
        last = out[-1] if out else None
        if last is None or last.row != line.row or line.x0 < last.x1:
            out.append(line)
            continue
        between = "\t" if line.x0 - last.x1 > 1.5 * last.height else " "
        out[-1] = replace(
            line,
            text=last.text + between + line.text,
            x0=last.x0,
            y0=min(last.y0, line.y0),
            y1=max(last.y1, line.y1),
        )
    return out


def without_running(pages: Sequence[list[Line]], labels: Sequence[str]) -> list[list[Line]]:
    """The pages without their numbers and without the headers and footers that are on many of them.

    A header stays where it stands first: it may say whose document it is.
    """
    edges = [_edges(lines) for lines in pages]
    counts = Counter(key for edge in edges for key in {key for key, _, _ in edge})
    running = {key for key, times in counts.items() if times >= 3 and times >= 0.3 * len(pages)}
    seen: set[str] = set()
    out: list[list[Line]] = []
    for number, (lines, edge) in enumerate(zip(pages, edges, strict=True)):
        dropped: set[int] = set()
        for key, rows, top in edge:
            text = "\t".join(lines[index].text for index in rows)
            found = _NUMBER.fullmatch(text)
            own = {labels[number].casefold(), str(number + 1)}
            beside = {text.casefold().partition("\t")[0], text.casefold().rpartition("\t")[2]}  # "Chapter 2 … 17"
            numbered = own & beside or (found and found[1].casefold() in own)
            if numbered or (key in running and (not top or key in seen or "#" in key)):
                dropped.update(rows)
            elif key in running:
                seen.add(key)
        out.append([line for index, line in enumerate(lines) if index not in dropped])
    return out


def _edges(lines: Sequence[Line]) -> list[tuple[str, list[int], bool]]:
    """The outer rows of a page: text without its digits and with its height, indexes of its lines, whether on top."""
    rows: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        rows.setdefault(round(line.y0 / 3), []).append(index)
    heights = sorted(rows, reverse=True)
    found = []
    for place, height in enumerate(heights):
        if _EDGE <= place < len(heights) - _EDGE:
            continue
        text = " ".join(lines[index].text for index in rows[height])
        key = re.sub(r"\d+", "#", text.casefold())
        found.append((key, rows[height], place < _EDGE and place < len(heights) / 2))
    return found
