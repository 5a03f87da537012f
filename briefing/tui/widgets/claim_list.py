"""Claims with what every source says of them: as the rows of a matrix, or one under the other."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip

from briefing.tui.actions import bindings
from briefing.tui.claims import Head, Said, Silent, sign
from briefing.tui.matrix import Cell, Cells, Column, EventHead, Section, silent_sign
from briefing.tui.theming.styles import TONE_INKS, inks
from briefing.tui.widgets.drawing import Piece, fit, flat, fold_spans, line, marked
from briefing.tui.widgets.parted_list import PartedList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.model.agreement import Agreement
    from briefing.model.safetext import SafeText
    from briefing.tui.claims import Row
    from briefing.tui.matrix import MatrixRow

    AnyRow = Row | MatrixRow

_LABEL: Final = 38
_COLUMN: Final = 15
_NOTE: Final = 11
_INDENT: Final = own("    ")
_QUOTE_LINES: Final = 8


class ClaimList(PartedList, inherit_bindings=False):
    """The cursor goes from claim to claim, in a matrix from source to source too; lines over them are headings."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("claims")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: Sequence[tuple[AnyRow, Agreement | None]] = ()
        self._measured = 0
        self.column = 0
        """The column of the matrix that the cursor is in."""

    def show(self, rows: Sequence[tuple[AnyRow, Agreement | None]], cursor: int = 0) -> None:
        """Show other rows.

        Args:
            rows: Rows of the list or matrix, each with its claim, None for headings.
            cursor: Row of the cursor.
        """
        self._rows = rows
        self.column = 0
        self._measure(cursor)

    def go_to(self, group: Agreement, document: str) -> None:
        """Put the cursor on what a source says of a claim, else on the claim.

        Args:
            group: The claim.
            document: Id of the source.
        """
        fallback = None
        for index, (row, of) in enumerate(self._rows):
            if of is not group or not self.selectable(index):
                continue
            fallback = index if fallback is None else fallback
            if isinstance(row, Said) and row.document == document:
                self.move(index)
                return
            if isinstance(row, Cells):
                places = [n for n, cell in enumerate(row.cells) if cell and cell.said.document == document]
                self.column = places[0] if places else 0
        if fallback is not None:
            self.move(fallback)
            self.redraw()

    def _measure(self, cursor: int | None = None) -> None:
        self._measured = self.scrollable_content_region.width
        self.set_rows([0, *accumulate(self._height(row) for row, _ in self._rows)], cursor)

    def on_resize(self) -> None:
        """Break the words anew."""
        if self.scrollable_content_region.width != self._measured:
            self._measure()
        super().on_resize()

    def current(self) -> Said | None:
        """The statement under the cursor; in a matrix where a source says nothing, that of the next one."""
        row = self._rows[self.cursor][0] if self.cursor < len(self._rows) else None
        if isinstance(row, Cells):
            cell = self._cell(row)
            return cell.said if cell else None
        return row if isinstance(row, Said) else None

    @property
    def group(self) -> Agreement | None:
        """The claim that the cursor is on."""
        return self._rows[self.cursor][1] if self.cursor < len(self._rows) else None

    def marked(self, rows: Sequence[tuple[AnyRow, Agreement | None]]) -> None:
        """The same rows with other marks."""
        self._rows = rows
        self.redraw()

    def next_claim(self) -> None:
        """To the first row of the claim after this one, if there is one."""
        here = self.group
        after = (n for n in range(self.cursor, self.count) if self._rows[n][1] is not here and self.selectable(n))
        if (found := next(after, None)) is not None:
            self.move(found)

    def _cell(self, row: Cells) -> Cell | None:
        order = sorted(range(len(row.cells)), key=lambda place: (abs(place - self.column), place))
        return next((cell for place in order if (cell := row.cells[place])), None)

    def selectable(self, index: int) -> bool:
        """Only what a source says can be gone to."""
        return isinstance(self._rows[index][0], Said | Cells)

    def action_next_cell(self) -> None:
        """The source to the right, else the next part."""
        self._step(1)

    def action_previous_cell(self) -> None:
        """The source to the left, else the part before."""
        self._step(-1)

    def action_next_claims(self) -> None:
        """The part to the right."""
        self.action_next_part()

    def action_previous_claims(self) -> None:
        """The part to the left."""
        self.action_previous_part()

    def _step(self, step: int) -> None:
        row = self._rows[self.cursor][0] if self.cursor < len(self._rows) else None
        if isinstance(row, Cells):
            self.column = max(0, min(self.column, len(row.cells) - 1) + step)
            if self.column < len(row.cells):
                self.redraw()
                return
            self.column = len(row.cells) - 1
            return
        self.post_message(self.PartStep(step))

    def _height(self, row: AnyRow) -> int:
        if isinstance(row, Head | EventHead):
            return 2
        return 1 + len(self._folded(row)) if isinstance(row, Said) and row.quoted else 1

    def _folded(self, row: Said) -> list[tuple[int, int]]:
        return fold_spans(row.words, max(10, self._measured - 2 * len(_INDENT)), _QUOTE_LINES)

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """The lines of a row; an empty one before each event, and before each claim that takes several."""
        row = self._rows[index][0]
        ink, plain = inks(self), Style.null()
        muted = ink["muted"]
        match row:
            case EventHead():
                return [Strip.blank(width, base), line([(row.words, ink["heading"])], width, base)]
            case Section():
                return [self._section(row, width, base)]
            case Cells():
                return [self._matrix_row(row, width, base, current=self.highlighted(index))]
            case Head():
                pieces = [
                    (row.mark + own(" "), ink["title"]),
                    (sign(row.tone), ink[TONE_INKS[row.tone]]),
                    (row.claim.line(), ink["heading"]),
                ]
                note = [(own("  ") + row.note + own(" "), muted)]
                return [Strip.blank(width, base), line(pieces, width, base, note)]
            case Silent():
                return [line([(_INDENT, plain), (sign("silent") + row.titles, muted)], width, base)]
        return self._said(row, width, base)

    def _said(self, row: Said, width: int, base: Style) -> list[Strip]:
        muted, plain = inks(self)["muted"], Style.null()
        if not row.quoted:
            room = width - cell_len(_INDENT + row.words) - 3  # what is said is not cut for who says it
            who = [(fit(flat(row.title), max(width // 3, room)) + own(" "), muted)]
            return [line([(_marked(row), plain), (row.words, inks(self)["title"])], width, base, who)]
        lines = [line([(_marked(row), plain), (row.title, muted)], width, base)]
        return lines + [line(pieces, width, base) for pieces in self._quote(row)]

    def _window(self, columns: int, width: int) -> tuple[int, int, int]:
        """The first and the last column that are in sight, and how wide each is."""
        room = max(_COLUMN, width - min(_LABEL, width // 3) - _NOTE)
        fitting = max(1, min(columns, room // _COLUMN))
        first = max(0, min(self.column - fitting + 1, columns - fitting))
        return first, first + fitting, room // fitting

    def _section(self, row: Section, width: int, base: Style) -> Strip:
        label = min(_LABEL, width // 3)
        ink = inks(self)
        pieces: list[Piece] = [(_padded(own(" ") + row.title, label), ink["key"])]
        if row.columns:
            first, last, wide = self._window(len(row.columns), width)
            more_before, more_after = first > 0, last < len(row.columns)
            for place, column in enumerate(row.columns[first:last], start=first):
                pieces.append(
                    (_padded(_named(column, place, first, last, more_before, more_after), wide), ink["muted"])
                )
        return line(pieces, width, base)

    def _matrix_row(self, row: Cells, width: int, base: Style, *, current: bool) -> Strip:
        label, ink = min(_LABEL, width // 3), inks(self)
        first, last, wide = self._window(len(row.cells), width)
        pieces: list[Piece] = [
            (row.mark, ink["title"]),
            (sign(row.tone), ink[TONE_INKS[row.tone]]),
            (_padded(fit(flat(row.claim), label - 4), label - 3), ink["title"]),
        ]
        here = self._cell(row) if current else None
        for cell in row.cells[first:last]:
            pieces += self._cell_pieces(cell, wide, here=cell is not None and cell is here)
        return line(pieces, width, base, [(row.note + own(" "), ink["muted"])])

    def _cell_pieces(self, cell: Cell | None, wide: int, *, here: bool) -> Iterator[Piece]:
        ink = inks(self)
        words = fit(flat(cell.words), wide - 2) if cell else silent_sign()
        style = ink["warn"] + Style(bold=True) if cell and cell.departs else Style.null() if cell else ink["muted"]
        yield (own("[") + words + own("]") if here else own(" ") + words + own(" "), style)
        yield (own(" " * max(0, wide - cell_len(words) - 2)), Style.null())

    def _quote(self, row: Said) -> list[list[Piece]]:
        text, changed = flat(row.words), inks(self)["warn"] + Style(bold=True, underline=True)
        lines = []
        for start, end in self._folded(row):
            inside = [(max(one, start) - start, other - start) for one, other in row.changed if other > start]
            inside = [span for span in inside if span[0] < end - start]
            lines.append([(_INDENT + _INDENT, Style.null()), *marked(text[start:end], inside, Style.null(), changed)])
        return lines


def _marked(row: Said) -> SafeText:
    """The room before what a source says, with the sign of the verdict on it."""
    return own("  ") + row.mark + own(" ")


def _padded(words: SafeText, width: int) -> SafeText:
    """Words in so many cells, cut or filled up."""
    cut = fit(flat(words), width - 1)
    return cut + own(" " * (width - cell_len(cut)))


def _named(column: Column, place: int, first: int, last: int, before: bool, after: bool) -> SafeText:
    """The name over a column, with a sign where more columns lie beyond it."""
    left = own("‹ ") if before and place == first else own(" ")
    return left + column.name + (own(" ›") if after and place == last - 1 else own(""))
