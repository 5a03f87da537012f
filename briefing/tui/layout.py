"""Where a text's lines break at a width: rows as spans of characters, without touching the screen."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import lru_cache
from typing import Final

from rich.cells import split_graphemes

NARROW: Final = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2015\u2018-\u2027\u2030-\u203b\u20a0-\u20c0\u2500-\u25fc"
)
"""Characters known to be one cell wide, as part of a regular expression; the other widths are looked up."""

_WIDE: Final = re.compile(f"[^{NARROW}\n\t]")
_DISPLAYED: Final = {0x09: " ", 0x0B: " ", 0x0C: " ", 0xAD: "-", 0x2028: " ", 0x2029: " "}
_UNDISPLAYED: Final = re.compile("[\t\x0b\x0c\xad\u2028\u2029]")


class Layout:
    """The rows of a text, or of a stretch of it while the rest is still being wrapped.

    A row is a span of characters. ``total`` is the number of rows of the whole text, estimated while ``complete``
    is false; ``first`` is the (estimated) number of the first known row.
    """

    __slots__ = ("complete", "ends", "first", "length", "total", "width")

    def __init__(self, text: str, width: int, start: int = 0, stop: int | None = None) -> None:
        """Wrap ``text`` at ``width`` cells, from ``start`` to ``stop``, both at beginnings of lines."""
        self.width = max(2, width)
        self.length = len(text)
        end = self.length if stop is None else stop
        self.complete = start == 0 and end >= self.length
        self.ends = wrap(text, self.width, start, end)
        if self.complete:
            self.first, self.total = 0, len(self.ends) - 1
        else:
            per_row = max(1.0, (end - start) / max(1, len(self.ends) - 1))
            self.first = int(start / per_row)
            self.total = self.first + len(self.ends) - 1 + int((self.length - end) / per_row)

    @classmethod
    def of(cls, ends: array[int], text: str, width: int) -> Layout:
        """The rows of the whole text, found by :func:`wrap` part by part."""
        rows = cls("", width)
        rows.length, rows.ends, rows.total = len(text), ends, len(ends) - 1
        return rows

    def span(self, row: int) -> tuple[int, int] | None:
        """The characters of a row, line break included; None where the text is not wrapped yet or has ended."""
        index = row - self.first
        return (self.ends[index], self.ends[index + 1]) if 0 <= index < len(self.ends) - 1 else None

    def row_of(self, offset: int) -> int:
        """The row that holds a character; the nearest known one where it is not wrapped yet."""
        index = bisect_right(self.ends, offset) - 1
        return self.first + min(max(index, 0), max(0, len(self.ends) - 2))

    def covers(self, offset: int) -> bool:
        """Whether the row of a character is known."""
        return self.ends[0] <= offset < self.ends[-1] or self.complete


def window(text: str, offset: int, size: int = 24_000) -> tuple[int, int]:
    """A stretch of whole lines around ``offset``, to be wrapped at once. Longer than ``size`` where a line is."""
    start = text.rfind("\n", 0, max(0, offset - size // 2)) + 1
    return start, line_end(text, max(offset, start) + size // 2)


def line_end(text: str, offset: int) -> int:
    """Where the line that holds character ``offset`` ends, its line feed included."""
    end = text.find("\n", min(len(text), offset))
    return len(text) if end < 0 else end + 1


def wrap(text: str, width: int, start: int, stop: int) -> array[int]:
    """Boundaries of the rows from ``start`` to ``stop``: row ``i`` is ``text[b[i]:b[i + 1]]``.

    Lines end at line feeds only. Rows break after white space, inside a word only where it is wider than a row, and
    beside double-width characters; never inside a grapheme.
    """
    bounds = array("L", [start])
    pattern = _rows(width)
    while start < stop:
        odd = _WIDE.search(text, start, stop)
        plain = text.rfind("\n", start, odd.start()) + 1 if odd else stop
        if plain > start:
            bounds.extend(match.end() for match in pattern.finditer(text, start, plain))
            start = plain
        if odd:
            end = text.find("\n", odd.start(), stop)
            end = stop if end < 0 else end + 1
            _wrap_line(text[start:end].translate(_DISPLAYED), width, start, bounds)
            start = end
    return bounds


@lru_cache(maxsize=32)
def _rows(width: int) -> re.Pattern[str]:
    """Matches one row of narrow characters: words that fit with the space after them, or a piece of a long word."""
    return re.compile(rf"[^\n]{{1,{width}}}(?:[ \t]+(?:\n|\Z)?|\n|\Z)|[^\n]{{{width}}}|\n")


def _wrap_line(line: str, width: int, base: int, bounds: array[int]) -> None:
    """Append the row ends of one line that holds characters of other widths than one."""
    graphemes, _ = split_graphemes(line)
    used = 0
    row = last = 0
    after_wide = False
    for start, end, cells in graphemes:
        if line[start] == "\n":
            break
        blank = line[start:end] == " "
        if (cells == 2 or after_wide) and start > row:
            last = start
        if used + cells > width and not blank:
            if last <= row:
                last = start
            bounds.append(base + last)
            row, used = last, _cells(line[last:start])
        used += cells
        if blank:
            last = end
        after_wide = cells == 2
    bounds.append(base + len(line))


def _cells(text: str) -> int:
    return split_graphemes(text)[1] if text else 0


def graphemes(text: str) -> list[tuple[int, int]]:
    """What a reader takes for one character each: spans of a row, its line feed the last one."""
    shown = displayed(text)
    spans = [(start, end) for start, end, _ in split_graphemes(shown)[0]] if shown else []
    return [*spans, (len(shown), len(text))] if len(text) > len(shown) else spans


def column(row: str, index: int) -> int:
    """Cells left of a character of a row."""
    return _cells(row[:index])


def at_column(row: str, cells: int) -> int:
    """The character of a row that stands ``cells`` from its beginning; the last one where the row ends before."""
    last = 0
    for start, _, width in split_graphemes(row)[0] if row else ():
        if cells < width:
            return start
        cells -= width
        last = start
    return last


def displayed(text: str) -> str:
    """The text of a row as it is shown, character for character: what has no glyph becomes a space."""
    text = text.rstrip("\n")
    return text.translate(_DISPLAYED) if _UNDISPLAYED.search(text) else text
