"""The lines of a PDF's page with their places, from the single characters that PDFium finds."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_HYPHENS: Final = frozenset({0x2, 0xFFFE})
"""What PDFium gives in place of a hyphen at the end of a line."""
_BREAKS: Final = frozenset({0xA, 0xD})
_GAP: Final = 1.0
"""Part of a line's height that a gap between words must have to be more than a space."""


@dataclass(slots=True)
class Line:
    """A run of text on one line of one column. Places in points, ``x`` to the right and ``y`` upwards, as displayed."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    row: int
    """The same for runs between which only a gap lies."""
    hyphen: bool = False
    """Whether a word seems to be broken at its end; the hyphen is not in ``text``."""

    @property
    def height(self) -> float:
        """From the foot of the letters below the line to the head of the highest."""
        return self.y1 - self.y0


class PageText:
    """The characters of one page; ``raw`` is PDFium's own interface, ``handle`` its text page."""

    def __init__(self, raw: Any, handle: Any, rotation: int) -> None:
        self.raw = raw
        self.handle = handle
        self.rotation = rotation % 360
        self._box = raw.FS_RECTF()
        count = raw.FPDFText_CountChars(handle)
        get = raw.FPDFText_GetUnicode
        self.codes: list[int] = [get(handle, index) for index in range(max(0, count))]

    def lines(self) -> list[Line]:
        """In the order in which the file draws them, which is nearly always that of reading."""
        return list(self._lines())

    def _lines(self) -> Iterator[Line]:
        start = row = 0
        codes = self.codes
        for index, code in enumerate(codes):
            if code in _BREAKS:
                yield from self._line(start, index, row)
                start, row = index + 1, row + 1
            elif code in _HYPHENS and self._ends_line(index):
                yield from self._line(start, index, row, hyphen=True)
                start, row = index + 1, row + 1
            elif code == 0x20 and index > start and self._wide(index):
                yield from self._line(start, index, row)
                start = index + 1
        yield from self._line(start, len(codes), row)

    def _line(self, start: int, end: int, row: int, *, hyphen: bool = False) -> Iterator[Line]:
        """The line of characters ``start`` to ``end``; none where they are blank."""
        while start < end and self.codes[start] <= 0x20:
            start += 1
        while start < end and self.codes[end - 1] <= 0x20 and self.codes[end - 1] not in _HYPHENS:
            end -= 1
        if start >= end:
            return
        boxes = [box for box in (self.box(start), self.box((start + end) // 2), self.box(end - 1)) if box]
        if not boxes:
            return
        text = "".join("-" if code in _HYPHENS else chr(code) for code in self.codes[start:end] if code)
        yield Line(
            text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"),
            min(box[0] for box in boxes),
            max(box[1] for box in boxes),
            min(box[2] for box in boxes),
            max(box[3] for box in boxes),
            row,
            hyphen,
        )

    def _ends_line(self, index: int) -> bool:
        """Whether the character after the hyphen at ``index`` stands on another line."""
        if index + 1 >= len(self.codes):
            return True
        here, after = self.box(index), self.box(index + 1)
        return not here or not after or after[0] < here[0] or after[3] < here[2] or after[2] > here[3]

    def _wide(self, index: int) -> bool:
        """Whether the space at ``index`` is a gap: between columns, or the cells of a table."""
        if index + 1 >= len(self.codes):
            return False
        before, after = self.box(index - 1), self.box(index + 1)
        return before is not None and after is not None and after[0] - before[1] > _GAP * (before[3] - before[2])

    def box(self, index: int) -> "tuple[float, float, float, float] | None":
        """Left, right, bottom and top of a character, as displayed; None where PDFium knows none."""
        if not self.raw.FPDFText_GetLooseCharBox(self.handle, index, ctypes.byref(self._box)):
            return None
        left, right, low, high = self._box.left, self._box.right, self._box.bottom, self._box.top
        if self.rotation == 90:
            return low, high, -right, -left
        if self.rotation == 180:
            return -right, -left, -high, -low
        if self.rotation == 270:
            return -high, -low, left, right
        return left, right, low, high
