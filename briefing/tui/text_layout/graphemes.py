"""Graphemes of a text, and the cells they take on the screen."""

from __future__ import annotations

import re
from typing import Final

from rich.cells import split_graphemes

NARROW: Final = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0556\u0560-\u058a\u05be\u05d0-\u05f4\u060b-\u060f\u061b"
    "\u061d-\u064a\u0660-\u066f\u0671-\u06d3\u06ee-\u070d\u10a0-\u10ff\u1e00-\u1fff\u2010-\u2015\u2018-\u2027"
    "\u2030-\u203b\u20a0-\u20c0\u2500-\u25fc"
)
"""Characters known to be one cell wide, as part of a regular expression; the other widths are looked up."""
WIDE: Final = (
    "\u3000-\u3029\u3031-\u303e\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3131-\u3163\u3165-\u318e\u3190-\u31e3"
    "\u31f0-\u321e\u3220-\u3247\u3250-\u4dbf\u4e00-\ua48c\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6"
)
"""Characters known to be two cells wide and to stand by themselves."""
_DISPLAYED: Final = {0x09: " ", 0x0B: " ", 0x0C: " ", 0xAD: "-", 0x2028: " ", 0x2029: " "}
_UNDISPLAYED: Final = re.compile("[\t\x0b\x0c\xad\u2028\u2029]")
BLANKS: Final = {" ", *(chr(code) for code, shown in _DISPLAYED.items() if shown == " ")}
"""Characters after which a row may end, and which need not fit in it."""
_PICTURE: Final = "\u203c-\u3299\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
_UNSTEADY: Final = re.compile(f"[\u200d\ufe0e\ufe0f]|(?<=[{_PICTURE}\u200d\ufe0f])[\U0001f3fb-\U0001f3ff]")
"""What makes one picture of several in some terminals and not in others, which then draw the rest of the line shifted:
joiners, selectors of a picture's style, colours of skin."""
_NOTHING: Final = "\u034f"
"""Takes no cell in any terminal and joins nothing."""
Cluster = tuple[int, int, int]
"""What a reader takes for one character: where it begins and ends, and its cells."""


def steady(text: str) -> str:
    """Replace characters so that each takes the same cells in every terminal: joined pictures stand side by side."""
    return text if text.isascii() else _UNSTEADY.sub(_NOTHING, text)


def displayed(text: str) -> str:
    """The text of a row as shown, character for character: what has no glyph becomes a space."""
    text = steady(text.rstrip("\n"))
    return text.translate(_DISPLAYED) if _UNDISPLAYED.search(text) else text


def clusters(text: str, most: int = 1000) -> list[Cluster]:
    """Start, end and cells of each grapheme.

    Args:
        text: The text.
        most: Cells up to which a grapheme is kept together; wider ones are parted.
    """
    if not text:
        return []
    whole, _ = split_graphemes(text.translate(_DISPLAYED))
    drawn = steady(text)
    if drawn == text:
        return whole
    found: list[Cluster] = []
    for start, end, _ in whole:
        parts, cells = split_graphemes(drawn[start:end].translate(_DISPLAYED))
        if cells <= most:
            found.append((start, end, cells))
        else:
            found += [(start + one, start + other, each) for one, other, each in parts]
    return found


def cells(text: str, most: int = 1000) -> int:
    """Cells of a text.

    Args:
        text: The text.
        most: Cells up to which a grapheme is kept together.
    """
    return sum(each for _, _, each in clusters(text, most))


def graphemes(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the graphemes of a row, its line feed the last one."""
    shown = text.rstrip("\n")
    spans = [(start, end) for start, end, _ in clusters(shown)]
    return [*spans, (len(shown), len(text))] if len(text) > len(shown) else spans


def column(row: str, index: int) -> int:
    """Cells left of a character.

    Args:
        row: Text of the row.
        index: Number of the character in it.
    """
    return cells(row[:index].rstrip("\n"))


def at_column(row: str, cells: int) -> int:
    """The character at a column; the last one where the row ends before.

    Args:
        row: Text of the row.
        cells: Cells from the row's beginning.
    """
    last = 0
    for start, _, width in clusters(row.rstrip("\n")):
        if cells < width:
            return start
        cells -= width
        last = start
    return last
