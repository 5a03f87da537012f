"""Selecting in a text: by mouse as Textual does it, and by keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from textual.geometry import Offset, Region
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from briefing.tui.text_layout.graphemes import at_column, column, displayed, graphemes
from briefing.tui.text_layout.wrapping import Layout
from briefing.tui.widgets.wrapped_text import WrappedText

_WORD: Final = re.compile(r"(?<!\S)\S")
_SPACE: Final = re.compile(r"\s")


class SelectingText(WrappedText, can_focus=True, inherit_bindings=False):
    """A text of which any stretch of characters can be selected.

    By keys it is what lies between where the selection began and where it has got to, both included. Once it has
    begun, the keys that scroll move its end instead.
    """

    ALLOW_SELECT = True

    class Selected(Message):
        """Other characters are selected, or none."""

    def __init__(self, measure: int = 84, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(measure, id=id)
        self._origin = 0
        self._caret: int | None = None
        self._column: int | None = None
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
        """Where the selected characters stand; what a reader takes for one is never parted."""
        if self._made is not None and self._made[0] == selection:
            return self._made[1]
        start = 0 if selection.start is None else self._whole(self._offset_of(selection.start))
        end = len(self.text) if selection.end is None else self._whole(self._offset_of(selection.end))
        return start, max(start, end)

    def _whole(self, offset: int) -> int:
        """Where a character ends of which there is something before ``offset``: there, or behind it."""
        start, end = self.rows.span(self.rows.row_of(offset)) or (offset, offset)
        row = graphemes(self.text[start:end]) if start < offset else ()
        return next((start + after for _, after in row if start + after >= offset), offset)

    def _offset_of(self, place: Offset) -> int:
        """The character at a place of the content: x counts characters of row y."""
        span = self.rows.span(place.y)
        return len(self.text) if span is None else min(span[0] + place.x, span[1])

    def place_under(self, x: int, y: int) -> Offset:
        """The place of the content at a cell of the screen; beside a row, that of its beginning or end.

        Textual takes the cells of each code point for itself, and so misses what is wide or made of several.
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
        """Select these characters."""
        places = []
        for offset in (start, end):
            row = self.rows.row_of(offset)
            span = self.rows.span(row)
            places.append(Offset(offset - (span[0] if span else offset), row))
        selection = Selection(*places)
        self._made = selection, (start, end)
        self.screen.selections = {self: selection}

    def selection_updated(self, selection: Selection | None) -> None:
        """Other characters are selected. A selection that was not made by keys is not moved by keys."""
        del selection
        now = self.text_selection
        if now is None or (self._caret is not None and self.selected_span(now) != self._spanned(self._caret)):
            self._caret = None
        self.redraw()
        self.post_message(self.Selected())

    def _take(self, rows: Layout, at: int) -> None:
        """Other rows, of which the same characters are selected."""
        selection = self.text_selection if self.is_attached else None
        span = self.selected_span(selection) if selection is not None else None
        super()._take(rows, at)
        if span is not None:
            self.select(*span)

    # By keys

    @property
    def selecting(self) -> bool:
        """Whether keys move the end of a selection."""
        return self._caret is not None

    def first_selected(self) -> tuple[int, int]:
        """What is selected when one begins to select by keys: the first word in sight, or its first character."""
        first, last = self.in_sight
        word = _WORD.search(self.text, first, last)
        start = word.start() if word else first
        end = self._end_of_word(start)
        return start, end if word and end <= last else self._whole(start + 1)

    def _end_of_word(self, offset: int) -> int:
        space = _SPACE.search(self.text, offset)
        return space.start() if space else len(self.text)

    def action_select(self) -> None:
        """Begin to select, or be done with it."""
        if self._caret is not None:
            self.screen.clear_selection()
        elif self.text:
            start, end = self.first_selected()
            self._origin = start
            self._move_to(end - 1)

    def action_select_right(self) -> None:
        """Select one character more, or one less of what lies before where it began."""
        self._begin_or(self.action_caret_right)

    def action_select_left(self) -> None:
        """The other way."""
        self._begin_or(self.action_caret_left)

    def action_select_down(self) -> None:
        """Select a row more."""
        self._begin_or(self.action_down)

    def action_select_up(self) -> None:
        """Select a row less."""
        self._begin_or(self.action_up)

    def _begin_or(self, move: Callable[[], None]) -> None:
        if self._caret is None:
            self.action_select()
        else:
            move()

    def action_caret_right(self) -> None:
        """The end of the selection one character on."""
        if self._caret is not None:
            self._move_to(next((at for at in self._from(self._caret) if at > self._caret), self._caret))

    def action_caret_left(self) -> None:
        """The end of the selection one character back."""
        if self._caret is not None and self._caret > 0:
            row = self.rows.span(self.rows.row_of(self._caret - 1)) or (0, 1)
            before = [at for at in self._from(row[0]) if at < self._caret]
            self._move_to(before[-1] if before else self._caret - 1)

    def _from(self, offset: int) -> Iterator[int]:
        """Where what a reader takes for characters begin, in the row that holds ``offset`` and after it."""
        start, end = self.rows.span(self.rows.row_of(offset)) or (offset, offset + 1)
        for one, _ in graphemes(self.text[start:end]):
            yield start + one
        if end < len(self.text):
            yield end

    def action_caret_word(self) -> None:
        """The end of the selection to the end of the next word."""
        if self._caret is not None and (word := _WORD.search(self.text, self._caret + 1)):
            self._move_to(self._end_of_word(word.start()) - 1)

    def action_caret_word_back(self) -> None:
        """The end of the selection to the beginning of the word, or of the one before."""
        if self._caret is not None:
            first = max(0, self._caret - 2000)
            before = [word.start() for word in _WORD.finditer(self.text, first, self._caret)]
            self._move_to(before[-1] if before else first)

    def _move_to(self, offset: int, keep_column: bool = False) -> None:
        """The selection ends with this character."""
        self._caret = max(0, min(offset, len(self.text) - 1))
        if not keep_column:
            self._column = None
        self.reveal(self._caret)
        self.select(*self._spanned(self._caret))

    def _spanned(self, caret: int) -> tuple[int, int]:
        """From where it began to where it has got to, the character there included."""
        first, last = sorted((self._origin, caret))
        return first, next((at for at in self._from(last) if at > last), len(self.text))

    def _move_rows(self, rows: int) -> bool:
        """The end of the selection so many rows on; false where nothing is being selected by keys."""
        if self._caret is None:
            return False
        row = self.rows.row_of(self._caret)
        start, _ = self.rows.span(row) or (0, 0)
        if self._column is None:
            self._column = column(self.text[start : self._caret + 1], self._caret - start)
        span = self.rows.span(max(0, min(row + rows, self.rows.total - 1)))
        if span is not None:
            self._move_to(span[0] + at_column(self.text[span[0] : span[1]], self._column), keep_column=True)
        return True

    def _scroll_lines(self, lines: float) -> None:
        if not self._move_rows(round(lines)):
            super()._scroll_lines(lines)

    def action_top(self) -> None:
        """To the beginning."""
        self._move_to(0) if self.selecting else super().action_top()

    def action_bottom(self) -> None:
        """To the end."""
        self._move_to(len(self.text) - 1) if self.selecting else super().action_bottom()

    def action_next_paragraph(self) -> None:
        """The next paragraph."""
        if self._caret is None:
            super().action_next_paragraph()
        else:
            on = self.next_paragraph(self._caret)
            self._move_to(on if on > self._caret else len(self.text) - 1)

    def action_previous_paragraph(self) -> None:
        """The paragraph before."""
        if self._caret is None:
            super().action_previous_paragraph()
        else:
            self._move_to(self.previous_paragraph(self._caret))
