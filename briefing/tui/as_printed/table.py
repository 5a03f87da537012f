"""A table of a text with its columns aligned. The head stays in sight, and it scrolls both ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from briefing.model.passage import page_place
from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.dialogs.base import Dialog
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import fit, flat
from briefing.tui.widgets.row_list import Move
from briefing.tui.wording import own

if TYPE_CHECKING:
    from textual import events

    from briefing.model.source import Source
    from briefing.model.tables import Table

_WIDEST: Final = 48
"""Cells of a column; what a longer cell holds is shown whole below the table while one is on it."""
_BETWEEN: Final = " │ "
_NUMBER: Final = re.compile(r"[~≈<>≤≥±+\-–−(]?\s?[\d.,\u00a0\u202f' ]*\d[\d.,)%+]*\s?%?")
_MEASURED: Final = 2000
"""Rows by which the widths of the columns are measured."""


class TableView(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws the rows in sight; one cell is the current one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("table"), *bindings("rows")]

    class Moved(Message):
        """Another cell is the current one."""

    def __init__(self, text: SafeText, table: Table, at: int | None) -> None:
        """``at``: character whose cell is the current one at first; None for the first below the head."""
        super().__init__()
        self._text = text
        self.rows = table.rows
        self._columns = max(map(len, table.rows))
        shown = [[self._cell(row, column) for column in range(self._columns)] for row in range(self._measured)]
        self._widths = [
            min(_WIDEST, max(1, *(cell_len(row[column]) for row in shown))) for column in range(self._columns)
        ]
        self.current = self._place(at)
        self.found = at is not None

    @property
    def _measured(self) -> int:
        return min(len(self.rows), _MEASURED)

    def _place(self, at: int | None) -> tuple[int, int]:
        """Row and column of the cell that holds a character."""
        if at is None:
            return min(1, len(self.rows) - 1), 0
        for number, row in enumerate(self.rows):
            if row and row[-1][1] >= at:
                return number, max(0, next((n for n, (start, _) in enumerate(row) if start > at), len(row)) - 1)
        return len(self.rows) - 1, 0

    def _cell(self, row: int, column: int) -> SafeText:
        cells = self.rows[row]
        return flat(self._text[slice(*cells[column])]) if column < len(cells) else SafeText()

    @property
    def words(self) -> SafeText:
        """All that the current cell holds."""
        return self._cell(*self.current)

    @property
    def offset_of_current(self) -> int:
        """First character of the current cell."""
        row, column = self.current
        cells = self.rows[row]
        return cells[min(column, len(cells) - 1)][0]

    def on_mount(self) -> None:
        """As wide as all columns."""
        width = sum(self._widths) + len(_BETWEEN) * (self._columns - 1)
        self.virtual_size = Size(width, len(self.rows))
        self.call_after_refresh(self._follow)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as Textual asks
        """As many lines as rows, and one for the scroll bar where it is wider."""
        wide = sum(self._widths) + len(_BETWEEN) * (self._columns - 1) > width
        return min(container.height or len(self.rows), len(self.rows) + wide)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The head, or a row in sight."""
        x, top = self.scroll_offset
        number = 0 if y == 0 else y + top
        width = self.scrollable_content_region.width
        if number >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        return Strip(self._segments(number)).crop_extend(x, x + width, self.rich_style)

    def _segments(self, number: int) -> list[Segment]:
        base, own_inks = self.rich_style, inks(self)
        segments: list[Segment] = []
        for column, width in enumerate(self._widths):
            words = self._cell(number, column)
            right = number > 0 and _NUMBER.fullmatch(words) is not None
            shown = fit(words, width)
            blank = " " * (width - cell_len(shown))
            style = base + Style(bold=True) if number == 0 else base
            if (number, column) == self.current:
                style += own_inks["evidence"] if self.found else own_inks["current"]
            if column:
                segments.append(Segment(_BETWEEN, base + own_inks["muted"]))
            segments += (
                [Segment(blank, base), Segment(shown, style)]
                if right
                else [Segment(shown, style), Segment(blank, base)]
            )
        return segments

    # Going about

    def _go(self, row: int, column: int) -> None:
        last = len(self.rows) - 1
        self.current = max(0, min(row, last)), max(0, min(column, self._columns - 1))
        self._follow()
        self.post_message(self.Moved())

    def _follow(self) -> None:
        """Scroll so that the current cell is in sight, below the head."""
        row, column = self.current
        x, top = self.scroll_offset
        pane = self.scrollable_content_region
        if row <= top:
            top = max(0, row - 1)
        elif row > top + pane.height - 1:
            top = row - pane.height + 1
        left = sum(self._widths[:column]) + len(_BETWEEN) * column
        if left < x or self._widths[column] >= pane.width:
            x = left
        elif left + self._widths[column] > x + pane.width:
            x = left + self._widths[column] - pane.width
        self.scroll_to(x=x, y=top, animate=False, force=True)
        self.refresh()

    def action_pan(self, way: str) -> None:
        """The next column, or the one before."""
        self._go(self.current[0], self.current[1] + (1 if way == "right" else -1))

    def action_move(self, how: Move) -> None:
        """To another row."""
        row, column = self.current
        if how in ("top", "bottom"):
            self._go(0 if how == "top" else len(self.rows) - 1, column)
            return
        name, _, way = how.rpartition("_")
        lines = {"": 1, "half": self.size.height // 2, "page": self.size.height - 1}[name]
        self._go(row + (lines if way == "down" else -lines), column)

    def on_click(self, event: events.Click) -> None:
        """The cell under the pointer."""
        event.stop()
        x, y = event.x + self.scroll_offset.x, event.y
        row = 0 if y == 0 else y + self.scroll_offset.y
        column, end = 0, self._widths[0]
        while x >= end + 1 and column < self._columns - 1:
            column += 1
            end += len(_BETWEEN) + self._widths[column]
        self._go(row, column)


class TableScreen(Dialog[int]):
    """Answers with the first character of the cell that is chosen."""

    def __init__(self, source: Source, table: Table, at: int | None) -> None:
        """``at``: a character of the cell that is marked; None for none."""
        super().__init__()
        self._source = source
        self._table = table
        self._at = at

    def compose(self) -> ComposeResult:
        """The table, and below it what the current cell holds."""
        with Vertical(classes="box table") as box:
            rows, columns = len(self._table.rows), max(map(len, self._table.rows))
            box.border_title = Content(self._source.title.line() + own(f" · {rows:,} rows, {columns} columns"))
            yield TableView(self._source.text, self._table, self._at)

    def on_mount(self) -> None:
        """One goes about in it."""
        self.set_focus(self.query_one(TableView))
        self._moved()

    @on(TableView.Moved)
    def _moved(self) -> None:
        """Say where the current cell is cited and all that it holds."""
        view = self.query_one(TableView)
        place = page_place(view.offset_of_current, self._source.pages, self._source.text)
        row, column = view.current
        where = place.line() if place else own(f"row {row + 1}, column {column + 1}")
        self.query_one(".table").border_subtitle = Content(where + own(": ") + view.words if view.words else where)

    def action_choose(self) -> None:
        """Go to the cell in the text."""
        self.dismiss(self.query_one(TableView).offset_of_current)
