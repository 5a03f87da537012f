"""Turn recognised words into lines of a page, to be put in order as those of a PDF are."""

from statistics import median
from typing import Final

from briefing.sources.ocr.engine import Words
from briefing.sources.pdf.lines import Line

_ALIKE: Final = 0.35


def page_lines(found: list[Words], height: float, scale: float = 1.0) -> list[Line]:
    """Make the lines of a page of recognised words, from the top to the foot.

    Heights of boxes follow the letters in them: those that are nearly the usual one are made so.

    Args:
        found: The words, in pixels from the left and the top.
        height: Height of the picture in pixels.
        scale: Points in a pixel.
    """
    usual = median(words.bottom - words.top for words in found) if found else 0.0
    lines: list[Line] = []
    row = 0
    for words in sorted(found, key=lambda one: (one.top + one.bottom, one.left)):
        middle, size = (words.top + words.bottom) / 2, words.bottom - words.top
        size = usual if abs(size - usual) < _ALIKE * usual else size
        low, high = (height - middle - size / 2) * scale, (height - middle + size / 2) * scale
        last = lines[-1] if lines else None
        if last is None or abs((last.y0 + last.y1) - (low + high)) > 0.8 * size * scale:
            row += 1
        lines.append(Line(words.text, words.left * scale, words.right * scale, low, high, row))
    lines.sort(key=lambda line: (line.row, line.x0))
    return lines
