"""Make lines of cells from safe text: no markup is parsed anywhere, so nothing in a document can be one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from briefing.links import address_of
from briefing.model.safetext import SafeText
from briefing.tui.text_layout.graphemes import steady

Piece = tuple[SafeText, Style]
"""Words and how they look."""


class Linked(SafeText):
    """Words that lead to an address, where the terminal shows links; parts and joins of them do not."""

    address: str


def linked(words: SafeText, ref: str) -> SafeText:
    """Words that lead to the original of a source; as they are where it has no address.

    Args:
        words: The words.
        ref: Path or web address of the original.
    """
    address = address_of(ref)
    if address is None:
        return words
    made = Linked(words)
    made.address = address
    return made


ELLIPSIS: Final = "…"
_NO_GLYPH: Final = {0x09: " ", 0x0A: " ", 0xAD: "-", 0x2028: " ", 0x2029: " "}


def flat(text: str) -> SafeText:
    """Replace line breaks and tabs by spaces, character for character."""
    return SafeText(steady(text).translate(_NO_GLYPH))


def fit(text: str, width: int) -> SafeText:
    """Cut a text to a width, an ellipsis in the last cell where anything is cut.

    Args:
        text: The text.
        width: Width in cells.
    """
    safe = SafeText(text)
    if width <= 0:
        return SafeText()
    if cell_len(safe) <= width:
        return safe
    return SafeText(set_cell_size(safe, width - 1).rstrip() + ELLIPSIS)


def line(pieces: Sequence[Piece], width: int, base: Style, right: Sequence[Piece] = ()) -> Strip:
    """Make one line, padded to its width; the left part is cut where it meets the right one.

    Args:
        pieces: Text and style of the left part.
        width: Width in cells.
        base: Style under all pieces.
        right: Text and style of the right part; left out where it does not fit.
    """
    kept = sum(cell_len(text) for text, _ in right)
    if kept >= width:
        right, kept = (), 0
    room = width - kept - (1 if kept else 0)
    segments: list[Segment] = []
    for text, style in pieces:
        if room <= 0:
            break
        cut = fit(flat(text), room)
        segments.append(Segment(cut, base + style))
        room -= cell_len(cut)
        if len(cut) < len(text) and cut.endswith(ELLIPSIS):
            break
    used = sum(cell_len(segment.text) for segment in segments)
    segments.append(Segment(" " * (width - kept - used), base))
    segments.extend(Segment(flat(text), base + style) for text, style in right)
    return Strip(segments, width)


def fold(text: str, width: int, most: int) -> list[SafeText]:
    """Break a text into lines at spaces; the last one is cut with an ellipsis.

    Args:
        text: The text.
        width: Width of a line in cells.
        most: Upper bound on the lines.
    """
    return [SafeText(text[start:end]).strip() for start, end in fold_spans(text, width, most)] if width > 0 else []


def fold_spans(text: str, width: int, most: int) -> list[tuple[int, int]]:
    """Half-open spans of the lines that :func:`fold` makes, without the spaces between them that need no room.

    The last one may be wider than ``width``.

    Args:
        text: The text.
        width: Width of a line in cells.
        most: Upper bound on the lines.
    """
    from briefing.tui.text_layout.wrapping import wrap

    shown = flat(text)
    bounds = wrap(shown, max(2, width), 0, len(shown))
    rows = ((bounds[index], bounds[index + 1]) for index in range(len(bounds) - 1))
    spans = [(start, start + len(shown[start:end].rstrip())) for start, end in rows]
    return spans if len(spans) <= most else [*spans[: most - 1], (spans[most - 1][0], len(shown))]


def marked(text: str, spans: Iterable[tuple[int, int]], plain: Style, mark: Style) -> list[Piece]:
    """Part a text into pieces of two styles.

    Args:
        text: The text.
        spans: Half-open spans of the marked pieces.
        plain: Style of the rest.
        mark: Style of the marked pieces.
    """
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(spans):
        start, end = max(at, start), min(end, len(text))
        if start >= end:
            continue
        pieces += [(SafeText(text[at:start]), plain), (SafeText(text[start:end]), mark)]
        at = end
    pieces.append((SafeText(text[at:]), plain))
    return [piece for piece in pieces if piece[0]]
