"""Wrap the lines of a text at a width: rows as spans of characters, without touching the screen."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import lru_cache
from typing import Final

from briefing.tui.text_layout.graphemes import BLANKS, NARROW, WIDE, cells, clusters

_SECOND: Final = "\x00"
"""Stands for the second cell of a wide character while rows are looked for. In no text: cleaning replaces it."""
LONG: Final = 20_000
"""Characters of a line that are wrapped as one. Of a longer one each part begins a row, so that no more than a part
need be wrapped to know the rows in sight: a file may be one line of a million characters."""
CUT_WITHIN: Final = 200
"""Characters in which the end of a word is looked for where a long line is parted."""


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
        """Make the layout of a whole text that was wrapped by :func:`wrap` part by part.

        Args:
            ends: Boundaries of all rows.
            text: The text.
            width: Width of a row in cells.
        """
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
    """A stretch of whole lines around a place, to be wrapped at once; of parts of lines where these are long.

    Args:
        text: The text.
        offset: Character in the middle.
        size: About so many characters.
    """
    start = part_start(text, max(0, offset - size // 2))
    return start, part_end(text, max(offset, start) + size // 2)


def part_start(text: str, offset: int) -> int:
    """First character of the line that holds a character; of its part, where the line is long.

    Args:
        text: The text.
        offset: The character.
    """
    start = text.rfind("\n", 0, offset) + 1
    for number in range((offset - start) // LONG, 0, -1):
        cut = _cut(text, start, number)
        if cut <= offset:
            return cut
    return start


def part_end(text: str, offset: int) -> int:
    """The character after the line that holds a character, line feed included; after its part, where the line is long.

    Args:
        text: The text.
        offset: The character.
    """
    end = text.find("\n", min(len(text), offset))
    end = len(text) if end < 0 else end + 1
    start = text.rfind("\n", 0, offset) + 1
    if end - start <= LONG:
        return end
    number = max(1, (offset - start) // LONG)
    while (cut := _cut(text, start, number)) <= offset:
        number += 1
    return min(cut, end)


def _cut(text: str, line: int, number: int) -> int:
    """Where the part of that number of a long line begins: after a word, never inside of what is one character."""
    least = line + number * LONG
    blank = text.find(" ", least, least + CUT_WITHIN)
    if blank >= 0:
        return blank + 1
    near = clusters(text[least - CUT_WITHIN : least + CUT_WITHIN])
    return next((least - CUT_WITHIN + start for start, _, _ in near if start >= CUT_WITHIN), least)


def wrap(text: str, width: int, start: int, stop: int) -> array[int]:
    """Wrap a stretch of text; returns the boundaries of its rows: row ``i`` is ``text[b[i]:b[i + 1]]``.

    Lines end at line feeds only. Rows break after white space, inside a word only where it is wider than a row, and
    beside double-width characters; never inside a grapheme.

    Args:
        text: The text.
        width: Width of a row in cells.
        start: First character; the beginning of a line, or of a part of a long one.
        stop: The character after the last; the end of a line or part.
    """
    bounds = array("I", [start])
    while start < stop:
        lines = text.rfind("\n", start, min(stop, start + LONG)) + 1
        end = part_end(text, start)
        end = min(stop, max(lines, end) if text[end - 1] == "\n" else end)
        _wrap_lines(text, width, start, end, bounds)
        start = end
    return bounds


def _wrap_lines(text: str, width: int, start: int, stop: int, bounds: array[int]) -> None:
    """Append the row ends of some lines, or of a part of one."""
    while start < stop:
        odd = _odd().search(text, start, stop)
        plain = text.rfind("\n", start, odd.start()) + 1 if odd else stop
        if plain > start:
            bounds.extend(match.end() for match in _rows(width).finditer(text, start, plain))
            start = plain
        if odd:
            end = text.find("\n", odd.start(), stop)
            end = stop if end < 0 else end + 1
            if _known().fullmatch(text, start, end):
                _wrap_known(text[start:end], width, start, bounds)
            else:
                _wrap_line(text[start:end], width, start, bounds)
            start = end


@lru_cache(maxsize=1)
def _odd() -> re.Pattern[str]:
    """Matches a character that is not known to be one cell wide. Made when a text is shown: the start does without."""
    return re.compile(f"[^{NARROW}\n\t]")


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    """Matches a line of characters whose widths are known."""
    return re.compile(f"[{NARROW}{WIDE}\t]*\n?")


@lru_cache(maxsize=1)
def _wide() -> re.Pattern[str]:
    """Matches wide characters."""
    return re.compile(f"[{WIDE}]+")


@lru_cache(maxsize=32)
def _rows(width: int) -> re.Pattern[str]:
    """Matches one row of narrow characters: words that fit with the space after them, or a piece of a long word."""
    return re.compile(rf"[^\n]{{1,{width}}}(?:[ \t]+(?:\n|\Z)?|\n|\Z)|[^\n]{{{width}}}|\n")


@lru_cache(maxsize=32)
def _known_rows(width: int) -> re.Pattern[str]:
    """Matches one row of narrow and wide characters, each wide one followed by its second cell."""
    row, beside = rf"[^\n]{{1,{width}}}(?!{_SECOND})", rf"(?<=[{_SECOND} \t])|(?=[{WIDE}])"
    return re.compile(rf"{row}(?:[ \t]+(?:\n|\Z)?|\n|\Z|{beside})|[^\n]{{{width}}}|\n")


def _wrap_known(line: str, width: int, base: int, bounds: array[int]) -> None:
    """Append the row ends of one line of narrow and wide characters: a quarter of the time of :func:`_wrap_line`."""
    for match in _known_rows(width).finditer(_wide().sub(_with_second_cells, line)):
        base += len(match[0]) - match[0].count(_SECOND)
        bounds.append(base)


def _with_second_cells(wide: re.Match[str]) -> str:
    return _SECOND.join(wide[0]) + _SECOND


def _wrap_line(line: str, width: int, base: int, bounds: array[int]) -> None:
    """Append the row ends of one line that holds characters of any width."""
    used = 0
    row = last = 0
    after_wide = False
    for start, end, each in clusters(line, width):
        if line[start] == "\n":
            break
        blank = line[start:end] in BLANKS
        if (each > 1 or after_wide) and start > row:
            last = start
        if used + each > width and not blank:
            if last <= row:
                last = start
            bounds.append(base + last)
            row, used = last, cells(line[last:start], width)
        used += each
        if blank:
            last = end
        after_wide = each > 1
    bounds.append(base + len(line))
