"""Lines of a PDF page with their positions, from the single characters that PDFium finds."""

import ctypes
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final

from briefing.sources.pieces import Piece, joined
from briefing.sources.raised import raised

_HYPHENS: Final = frozenset({0x2, 0xFFFE})
"""What PDFium gives in place of a hyphen at the end of a line."""
_BREAKS: Final = frozenset({0xA, 0xD})
_GAP: Final = 1.0
"""Part of a line's height that a gap between words must have to be more than a space."""
_TIGHT: Final = 0.1
"""The same for runs that are parts of one word."""
_MARK: Final = re.compile(r"[\d*†‡§¶#,–-]{1,8}")
_TO_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_MARK: Final = re.compile(r"(?<=\S)[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_NOTE: Final = re.compile(r"(\d{1,3})\.?\s+(?=[^\W\d_a-z]|[“\"(])")
_SIGNS: Final = frozenset(map(ord, "0123456789*†‡§¶#"))
_BETWEEN: Final = frozenset(map(ord, ",–- "))
_SAMPLE: Final = 5
"""Letters of a line that its height is taken from."""
_SMALLER: Final = 0.8
_HIGHER: Final = 0.18
_LOWER: Final = 0.05
"""Parts of the height of a line by which raised characters are smaller and higher, and lowered ones lower."""
_ASLANT: Final = 4.0
"""Degrees."""


Cell = tuple[float, float, str]
"""Left and right end, and the words."""


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
    cells: tuple[Cell, ...] = ()
    """The runs that it is made of, where the gaps between them are those of a table."""

    @property
    def height(self) -> float:
        """Height from the foot of the letters below the line to the head of the highest."""
        return self.y1 - self.y0


_STAMP: Final = re.compile(
    r"(?:draft|(?:strictly )?confidential|(?:top )?secret|restricted|copy|sample|specimen|embargoed|void"
    r"|not for (?:distribution|publication|release)|for official use only|entwurf|vertraulich|brouillon"
    r"|borrador)[\s!.]*",
    re.IGNORECASE,
)
_STAMPED: Final = 2.5
"""How many times as high as the lines of a page its letters are."""


def _stamps(lines: list[Line]) -> list[Line]:
    """Words that are put over a page: nothing but those of a stamp, and much larger than its text."""
    found = [line for line in lines if _STAMP.fullmatch(line.text)]
    others = [line.height for line in lines if line not in found]
    return [line for line in found if others and line.height > _STAMPED * median(others)]


class PageText:
    """The characters of one page; ``raw`` is PDFium's own interface, ``handle`` its text page."""

    def __init__(self, raw: Any, handle: Any, rotation: int) -> None:
        self.raw = raw
        self.handle = handle
        self.rotation = rotation % 360
        self.marks: list[str] = []
        """Words across the page, found by :meth:`lines`."""
        self._box = raw.FS_RECTF()
        count = raw.FPDFText_CountChars(handle)
        get = raw.FPDFText_GetUnicode
        self.codes: list[int] = [get(handle, index) for index in range(max(0, count))]

    def lines(self) -> list[Line]:
        """The lines in the order in which the file draws them, which is nearly always that of reading.

        What is set aslant, as words across a page are, goes to ``marks``, and what is stamped there in large letters.
        """
        out: list[Line] = []
        same: dict[int, int] = {}
        """Rows that PDFium parts where letters stand higher, and the rows that they go on with."""
        for line in self._lines():
            line.row = same.get(line.row, line.row)
            last = out[-1] if out else None
            if last is not None and line.row != last.row and _goes_on(last, line):
                same[line.row] = last.row
                if _is_mark(last, line):
                    out[-1] = replace(last, text=last.text + raised(line.text, last.text), x1=line.x1)
                    continue
                if line.x0 - last.x1 < _TIGHT * last.height:
                    joint = replace(last, text=last.text + line.text, x1=line.x1, hyphen=line.hyphen)
                    out[-1] = replace(joint, y0=min(last.y0, line.y0), y1=max(last.y1, line.y1))
                    continue
                line.row = last.row
            out.append(line)
        stamps = _stamps(out)
        self.marks += [line.text for line in stamps]
        return _with_notes([line for line in out if line not in stamps])

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
        boxes = {index: box for index in (start, (start + end) // 2, end - 1) if (box := self.box(index))}
        if not boxes:
            return
        if self._aslant(start):
            self.marks.append(self._words(start, end))
            return
        small = self._small(start, end)
        high = [box for index, box in boxes.items() if index not in small] or [*boxes.values()]
        yield Line(
            joined(self._pieces(start, end, small)),
            min(box[0] for box in boxes.values()),
            max(box[1] for box in boxes.values()),
            min(box[2] for box in high),
            max(box[3] for box in high),
            row,
            hyphen,
        )

    def _words(self, start: int, end: int) -> str:
        text = "".join("-" if code in _HYPHENS else chr(code) for code in self.codes[start:end] if code)
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _pieces(self, start: int, end: int, small: Mapping[int, int]) -> list[Piece]:
        """The words of a line, parted where figures and signs are smaller and higher, or lower, than the letters."""
        if not small:
            return [(self._words(start, end), 0)]
        pieces: list[Piece] = []
        place = start
        for index in sorted(small):
            if index > place:
                pieces.append((self._words(place, index), 0))
            pieces.append((self._words(index, index + 1), small[index]))
            place = index + 1
        return [*pieces, (self._words(place, end), 0)]

    def _small(self, start: int, end: int) -> dict[int, int]:
        """The places of raised (1) and lowered (-1) characters of a line."""
        codes = self.codes
        asked = [index for index in range(start, end) if _may_be_small(codes, index, start)]
        if not asked:
            return {}
        others = [index for index in range(start, end) if chr(codes[index]).isalpha() and index not in asked]
        sample = others[:: max(1, len(others) // _SAMPLE)] or asked
        boxes = sorted((box for box in map(self.box, sample) if box), key=lambda box: box[3] - box[2])
        if not boxes:
            return {}
        usual = boxes[len(boxes) // 2] if others else boxes[-1]
        height = usual[3] - usual[2]
        small: dict[int, int] = {}
        for index in asked:
            box = self.box(index)
            if box is None or box[3] - box[2] > _SMALLER * height:
                continue
            if box[2] > usual[2] + _HIGHER * height and box[2] < usual[3]:
                small[index] = 1
            elif box[2] < usual[2] - _LOWER * height and box[3] > usual[2]:
                small[index] = -1
        return small

    def _aslant(self, index: int) -> bool:
        """Whether a character is turned, but not by a right angle."""
        angle = self.raw.FPDFText_GetCharAngle(self.handle, index)
        beside = math.degrees(angle) % 90
        return angle >= 0 and _ASLANT < beside < 90 - _ASLANT

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


def _may_be_small(codes: Sequence[int], index: int, start: int) -> bool:
    """Whether a character is one that is raised or lowered: a figure, a sign, or a letter or two behind a figure."""
    code = codes[index]
    if code in _SIGNS:
        return True
    if code in _BETWEEN:
        return index > start and codes[index - 1] in _SIGNS and index + 1 < len(codes) and codes[index + 1] in _SIGNS
    before = codes[max(start, index - 2) : index]
    return any(0x30 <= one <= 0x39 for one in before) and chr(code).isalpha()


def _goes_on(last: Line, line: Line) -> bool:
    """Whether a line stands on the row of the last one, right behind it, or on the same height further on.

    PDFium parts what is set higher, and single characters that stand far away.
    """
    shared = min(last.y1, line.y1) - max(last.y0, line.y0)
    gap = line.x0 - last.x1
    level = abs(line.y0 - last.y0) < 0.1 * last.height
    return gap > -1 and shared > 0.5 * min(last.height, line.height) and (level or gap < _GAP * last.height)


def _is_mark(last: Line, line: Line) -> bool:
    """Whether a line is nothing but the raised mark of a note behind the last one."""
    small = line.height < _SMALLER * last.height and line.y0 > last.y0 + _HIGHER * last.height
    return small and line.x0 - last.x1 < 0.3 * last.height and _MARK.fullmatch(line.text) is not None


def _with_notes(lines: list[Line]) -> list[Line]:
    """The lines with the numbers of notes at the foot written as their marks are in the text above them.

    "4 Used aircraft" below a raised 4 is a note about aircraft, not four of them.
    """
    raised_at = {mark: number for number, line in enumerate(lines) for mark in _RAISED_MARK.findall(line.text)}
    for number, line in enumerate(lines) if raised_at else ():
        match = _NOTE.match(line.text)
        mark = match[1].translate(_TO_RAISED) if match else ""
        if match and mark in raised_at and raised_at[mark] < number and line.y0 < lines[raised_at[mark]].y0:
            line.text = mark + line.text[match.end(1) :]
    return lines
