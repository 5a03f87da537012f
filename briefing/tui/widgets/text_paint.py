"""Draw one row of a text: gutter, words, marks."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from briefing.tui.text_layout.graphemes import displayed
from briefing.tui.text_layout.highlight_layers import CURRENT, CURRENT_MATCH, EVIDENCE, MATCH, SELECTED, TYPE_MASK
from briefing.tui.theming.styles import Ink, inks
from briefing.tui.wording import TYPES

if TYPE_CHECKING:
    from briefing.tui.widgets.marked_text import MarkedText

SIGNS: Final = {EVIDENCE: "▌", MATCH: "•", CURRENT: "▸"}
"""What stands in the gutter beside a row, so that marks differ by more than their colour."""
_FLAGS: Final[tuple[tuple[int, Ink], ...]] = (
    (EVIDENCE, "evidence"),
    (MATCH, "match"),
    (CURRENT, "current"),
    (CURRENT_MATCH, "current_match"),
    (SELECTED, "selection"),
)
_NUMBERED_FROM: Final = 60
"""Panes narrower than this show no paragraph numbers."""


class Painter:
    """Draws the rows of a :class:`MarkedText` in the colours of the theme."""

    def __init__(self, view: MarkedText) -> None:
        self._view = view
        self._styles: dict[int, Style] = {}

    def forget(self) -> None:
        """Drop cached styles, as the theme has changed."""
        self._styles.clear()

    def gutter(self, width: int) -> int:
        """Cells left of the text in a pane of ``width``: paragraph number if there is room, two signs, a space."""
        return self._digits(width) + 3

    def _digits(self, width: int) -> int:
        view = self._view
        return len(str(len(view.paragraphs))) + 1 if view.numbered and width >= _NUMBERED_FROM else 0

    def row(self, row: int, width: int) -> Strip:
        """Draw a row of the text over the whole width of the pane.

        Args:
            row: Number of the row.
            width: Width of the pane in cells.
        """
        view = self._view
        base = self._style(0)
        span = view.rows.span(row)
        if span is None:
            return Strip.blank(width, base)
        start, end = span
        text = displayed(view.text[start:end]).rstrip()
        codes = view.marks.codes(start, start + len(text))
        self._select(start, codes)
        words = Strip(self._runs(text, codes)).apply_offsets(0, row)
        left = self.left(width)
        before = (
            [Segment(" " * left, base), *self._margin(start, codes, width)]
            if left
            else self._margin(start, codes, width)
        )
        return Strip.join([Strip(before), words]).adjust_cell_length(width, base)

    def left(self, width: int) -> int:
        """Cells before the gutter, which set the column in the middle of a wide pane."""
        return max(0, (width - self.gutter(width) - self._view.rows.width) // 2)

    def _select(self, start: int, codes: list[int]) -> None:
        """Mark what is selected of the characters from ``start``."""
        selected = self._view.selected
        if selected is not None:
            for index in range(max(0, selected[0] - start), min(selected[1] - start, len(codes))):
                codes[index] |= SELECTED

    def _runs(self, text: str, codes: list[int]) -> list[Segment]:
        segments = []
        start = 0
        for index in range(1, len(codes) + 1):
            if index == len(codes) or codes[index] != codes[start]:
                segments.append(Segment(text[start:index], self._style(codes[start])))
                start = index
        return segments or [Segment("", self._style(0))]

    def _margin(self, start: int, codes: list[int], width: int) -> list[Segment]:
        digits = self._digits(width)
        base, view_inks = self._style(0), inks(self._view)
        seen = 0
        for code in codes:
            seen |= code
        evidence = SIGNS[EVIDENCE] if seen & EVIDENCE else " "
        other = SIGNS[CURRENT] if seen & (CURRENT | CURRENT_MATCH) else SIGNS[MATCH] if seen & MATCH else " "
        signs = [
            Segment(evidence, base + view_inks["evidence_sign"]),
            Segment(f"{other} ", base + view_inks["heading"]),
        ]
        if not digits:
            return signs
        return [Segment(self._number(start, digits), base + view_inks["muted"]), *signs]

    def _number(self, start: int, digits: int) -> str:
        """The paragraph's number beside its first row."""
        index = bisect_left(self._view.paragraphs, (start, -1))
        first = index < len(self._view.paragraphs) and self._view.paragraphs[index][0] == start
        return (str(index + 1) if first else "").rjust(digits)

    def _style(self, code: int) -> Style:
        style = self._styles.get(code)
        if style is None:
            style = self._styles[code] = self._made(code)
        return style

    def _made(self, code: int) -> Style:
        """The look of a character: a later mark hides an earlier one's colour, none the style of the type."""
        view = self._view
        style = view.rich_style
        if kind := code & TYPE_MASK:
            style += inks(view).entity(TYPES[kind - 1])
        for flag, name in _FLAGS:
            if code & flag:
                style += inks(view)[name]
        return style
