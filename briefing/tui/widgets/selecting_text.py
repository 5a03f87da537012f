"""Select text: by mouse as Textual does it, and by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from textual.geometry import Offset, Region
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from briefing.tui.text_layout.graphemes import at_column, column, displayed
from briefing.tui.text_layout.wrapping import Layout
from briefing.tui.widgets.caret import Caret
from briefing.tui.widgets.wrapped_text import TextMove, WrappedText, lines_of, next_paragraph, previous_paragraph


class SelectingText(WrappedText, can_focus=True, inherit_bindings=False):
    """A text of which any stretch of characters can be selected.

    By keys it is what lies between where the selection began and where it has got to, both included. Once it has
    begun, the keys that scroll move its end instead.
    """

    ALLOW_SELECT = True

    class Selected(Message):
        """The selection has changed."""

    def __init__(self, measure: int = 84, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(measure, id=id)
        self.caret = Caret()
        self.selected: tuple[int, int] | None = None
        self._made: tuple[Selection, tuple[int, int]] | None = None

    # What is selected

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the screen; what is selected is looked up once for all of them."""
        selection = self.text_selection
        self.selected = None if selection is None else self.selected_span(selection)
        return super().render_lines(crop)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected characters, and what ends them."""
        start, end = self.selected_span(selection)
        return self.text[start:end], "\n"

    def selected_span(self, selection: Selection) -> tuple[int, int]:
        """The half-open span of the selection; graphemes are never parted."""
        if self._made is not None and self._made[0] == selection:
            return self._made[1]
        start = 0 if selection.start is None else self.caret.whole(self._offset_of(selection.start))
        end = len(self.text) if selection.end is None else self.caret.whole(self._offset_of(selection.end))
        return start, max(start, end)

    def _offset_of(self, place: Offset) -> int:
        """The character at a place of the content: x counts characters of row y."""
        span = self.rows.span(place.y)
        return len(self.text) if span is None else min(span[0] + place.x, span[1])

    def place_under(self, x: int, y: int) -> Offset:
        """The place of the content at a cell of the screen; beside a row, that of its beginning or end.

        Textual takes the cells of each code point for itself, and so misses what is wide or made of several.

        Args:
            x: Column of the screen, from 0.
            y: Line of the screen, from 0.
        """
        inside = self.content_region
        row = self.scroll_offset.y + max(0, min(y - inside.y, inside.height - 1))
        start, end = self.rows.span(row) or (0, 0)
        words = self.text[start : start + len(displayed(self.text[start:end]).rstrip())]
        cells = x - inside.x - self.text_left
        if cells < 0 or not words:
            return Offset(0, row)
        at = at_column(words, cells)
        return Offset(at if cells < column(words, len(words)) else len(words), row)

    def select(self, start: int, end: int) -> None:
        """Select a stretch of text.

        Args:
            start: First character.
            end: The character after the last.
        """
        places = []
        for offset in (start, end):
            row = self.rows.row_of(offset)
            span = self.rows.span(row)
            places.append(Offset(offset - (span[0] if span else offset), row))
        selection = Selection(*places)
        self._made = selection, (start, end)
        self.screen.selections = {self: selection}

    def selection_updated(self, selection: Selection | None) -> None:
        """Follow a changed selection. One that was not made by keys is not moved by keys."""
        del selection
        now = self.text_selection
        if now is None or (self.selecting and self.selected_span(now) != self.caret.span()):
            self.caret.at = None
        self.redraw()
        self.post_message(self.Selected())

    def _take(self, rows: Layout, at: int) -> None:
        """Other rows, of which the same characters are selected."""
        selection = self.text_selection if self.is_attached else None
        span = self.selected_span(selection) if selection is not None else None
        self.caret.take(self.text, rows)
        super()._take(rows, at)
        if span is not None:
            self.select(*span)

    # By keys

    @property
    def selecting(self) -> bool:
        """Whether keys move the end of a selection."""
        return self.caret.at is not None

    def first_selected(self) -> tuple[int, int]:
        """What is selected first when the user begins to select by keys: the first word in sight, or a character."""
        return self.caret.first_word(*self.in_sight)

    def action_select(self) -> None:
        """Begin to select, or be done with it."""
        if self.selecting:
            self.screen.clear_selection()
        elif self.text:
            self.caret.begin(*self.first_selected())
            self._show_caret()

    def _show_caret(self) -> None:
        """The caret has moved: select up to it."""
        if self.caret.at is not None:
            self.reveal(self.caret.at)
            self.select(*self.caret.span())

    def _move(self, where: Callable[[int], int | None], *, begin: bool = False, keep_column: bool = False) -> bool:
        """Move the caret; false where there is none. With ``begin`` one begins to select then."""
        if self.caret.at is None:
            if begin:
                self.action_select()
            return False
        to = where(self.caret.at)
        if to is not None:
            self.caret.put(to, keep_column=keep_column)
            self._show_caret()
        return True

    def action_extend(self, how: Literal["right", "left", "down", "up"]) -> None:
        """Select a character or a row more, or one less of what lies before where it began."""
        if how in ("right", "left"):
            self._move(getattr(self.caret, how), begin=True)
        else:
            self._move(lambda at: self.caret.by_rows(at, 1 if how == "down" else -1), begin=True, keep_column=True)

    def action_caret(self, how: Literal["right", "left", "word", "word_back"]) -> None:
        """Move the end of the selection."""
        self._move(getattr(self.caret, how))

    def action_move(self, how: TextMove) -> None:
        """Move the end of the selection; without one that keys move, scroll."""
        if not self.selecting:
            super().action_move(how)
        elif how.endswith(("down", "up")):
            self._move(lambda at: self.caret.by_rows(at, lines_of(how, self.size.height)), keep_column=True)
        else:
            self._move(lambda at: _place_of(how, at, self.paragraphs, len(self.text) - 1))


def _place_of(how: TextMove, at: int, paragraphs: Sequence[tuple[int, int]], last: int) -> int:
    """Where a move that is not by rows goes from a character; ``last`` is the last one."""
    if how == "previous_paragraph":
        return previous_paragraph(paragraphs, at)
    if how == "next_paragraph":
        to = next_paragraph(paragraphs, at)
        return to if to > at else last
    return 0 if how == "top" else last
