"""Claims, and under each what every source says of it."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip

from briefing.tui.actions import bindings
from briefing.tui.claims import Head, Said, sign
from briefing.tui.theming.styles import TONE_INKS, inks
from briefing.tui.widgets.drawing import Piece, fit, flat, fold_spans, line, marked
from briefing.tui.widgets.parted_list import PartedList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model.agreement import Agreement
    from briefing.tui.claims import Row

_INDENT: Final = own("    ")
_QUOTE_LINES: Final = 8


class ClaimList(PartedList, inherit_bindings=False):
    """The cursor goes from one source's words to the next; the lines over them are headings."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("claims")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: Sequence[tuple[Row, Agreement]] = ()
        self._measured = 0

    def show(self, rows: Sequence[tuple[Row, Agreement]], cursor: int = 0) -> None:
        """Show other rows."""
        self._rows = rows
        self._measure(cursor)

    def _measure(self, cursor: int | None = None) -> None:
        self._measured = self.scrollable_content_region.width
        self.set_rows([0, *accumulate(self._height(row) for row, _ in self._rows)], cursor)

    def on_resize(self) -> None:
        """Break the words anew."""
        if self.scrollable_content_region.width != self._measured:
            self._measure()
        super().on_resize()

    def current(self) -> Said | None:
        """What the cursor is on."""
        row = self._rows[self.cursor][0] if self.cursor < len(self._rows) else None
        return row if isinstance(row, Said) else None

    def selectable(self, index: int) -> bool:
        """Only what a source says can be gone to."""
        return isinstance(self._rows[index][0], Said)

    def _height(self, row: Row) -> int:
        if isinstance(row, Head):
            return 2
        return 1 + len(self._folded(row)) if isinstance(row, Said) and row.quoted else 1

    def _folded(self, row: Said) -> list[tuple[int, int]]:
        return fold_spans(row.words, max(10, self._measured - 2 * len(_INDENT)), _QUOTE_LINES)

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """The lines of a row; an empty one before each claim."""
        row = self._rows[index][0]
        muted, plain = inks(self)["muted"], Style.null()
        if isinstance(row, Head):
            pieces = [(sign(row.tone), inks(self)[TONE_INKS[row.tone]]), (row.claim.line(), inks(self)["heading"])]
            return [Strip.blank(width, base), line(pieces, width, base, [(own("  ") + row.note + own(" "), muted)])]
        if not isinstance(row, Said):
            return [line([(_INDENT, plain), (sign("silent") + row.titles, muted)], width, base)]
        if not row.quoted:
            room = width - cell_len(_INDENT + row.words) - 3  # what is said is not cut for who says it
            who = [(fit(flat(row.title), max(width // 3, room)) + own(" "), muted)]
            return [line([(_INDENT, plain), (row.words, inks(self)["title"])], width, base, who)]
        lines = [line([(_INDENT, plain), (row.title, muted)], width, base)]
        return lines + [line(pieces, width, base) for pieces in self._quote(row)]

    def _quote(self, row: Said) -> list[list[Piece]]:
        text, changed = flat(row.words), inks(self)["warn"] + Style(bold=True, underline=True)
        lines = []
        for start, end in self._folded(row):
            inside = [(max(one, start) - start, other - start) for one, other in row.changed if other > start]
            inside = [span for span in inside if span[0] < end - start]
            lines.append([(_INDENT + _INDENT, Style.null()), *marked(text[start:end], inside, Style.null(), changed)])
        return lines
