"""A wrapped, scrolling text that keeps its place. Subclasses draw its rows."""

from __future__ import annotations

import sys
import time
from abc import abstractmethod
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Literal

from textual import on
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.worker import get_current_worker

from briefing.model.passage import paragraphs
from briefing.model.safetext import SafeText
from briefing.tui.text_layout.wrapping import Layout, part_end, window, wrap
from briefing.tui.textual_patches.scrolled import Scrolled
from briefing.tui.threads import in_thread

_AT_ONCE: Final = 24_000
"""Characters wrapped at once: under a millisecond of narrow ones, some five of wide ones. The rest in a thread."""
_PART: Final = 12_000
"""Characters that the thread wraps before it lets the others go on."""
_REST: Final = 0.001
"""Seconds for which it does."""
_MOMENT: Final = 0.25
"""Seconds after which what waits for the rows to be drawn is done anyway."""
_MARGIN: Final = 2
"""Lines kept above and below a place that is jumped to."""

TextMove = Literal[
    "down", "up", "half_down", "half_up", "page_down", "page_up", "top", "bottom", "next_paragraph",
    "previous_paragraph",
]  # fmt: skip


class WrappedText(Scrolled, can_focus=True, inherit_bindings=False):
    """Rows of one text. Offsets are characters of the text; its lines end at line feeds only."""

    class Placed(Message):
        """Another part of the text is in sight: its first and last paragraph, of how many, and how far down it is."""

        def __init__(self, paragraph: int, last: int, paragraphs: int, percent: int) -> None:
            self.paragraph = paragraph
            self.last = last
            self.paragraphs = paragraphs
            self.percent = percent
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the newest place matters."""
            return isinstance(message, WrappedText.Placed)

    class Wrapped(Message):
        """A long text's rows, from the thread that made them."""

        def __init__(self, text: SafeText, rows: Layout) -> None:
            self.text = text
            self.rows = rows
            super().__init__()

    def __init__(self, measure: int = 84, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.measure = measure
        self.text = SafeText()
        self.paragraphs: list[tuple[int, int]] = []
        self.rows = Layout("", 2)
        self._strips: LRUCache[tuple[int, int], Strip] = LRUCache(512)
        self._anchor = 0
        self._waiting: list[Callable[[], object]] = []
        self._to_reveal: tuple[int, int | None] | None = None

    @abstractmethod
    def margin_of(self, pane: int) -> int:
        """Cells left of the text in a pane of that width."""

    @property
    @abstractmethod
    def text_left(self) -> int:
        """Cells left of the text in the pane as it is."""

    @abstractmethod
    def row_strip(self, row: int, width: int) -> Strip:
        """Draw a row of the text over the whole width of the pane.

        Args:
            row: Number of the row.
            width: Width of the pane in cells.
        """

    def set_text(self, text: SafeText, at: int, parts: list[tuple[int, int]] | None = None) -> None:
        """Show another text.

        Args:
            text: The text.
            at: Character whose row is put on top.
            parts: Half-open spans of its paragraphs; None to find them.
        """
        self.text = text
        self.paragraphs = paragraphs(text) if parts is None else parts
        self.rows = Layout("", 2)
        self._anchor = at
        self._to_reveal = None
        self.wrap_from(at)

    # Rows

    def wrap_from(self, at: int) -> None:
        """Wrap the text for the present width, at once what is in sight, and put character ``at`` on top."""
        width = self._text_width()
        if width is None:
            return
        if len(self.text) <= _AT_ONCE:
            self._take(Layout(self.text, width), at)
        else:
            self._wrap_window(at, width)
            self.after_drawing(partial(self._wrap_rest, self.text, width))

    def _text_width(self) -> int | None:
        """Cells of a row; None in a pane that is out of sight."""
        pane = self.scrollable_content_region.width
        return max(10, min(self.measure, pane - self.margin_of(pane) - 1)) if pane > 0 else None

    def _wrap_window(self, at: int, width: int) -> None:
        """Wrap what is in sight, and as much again on either side, until the rest is there."""
        size = max(_AT_ONCE // 2, 4 * width * self.size.height)
        self._take(Layout(self.text, width, *window(self.text, at, size)), at)

    def _wrap_rest(self, text: SafeText, width: int) -> None:
        """Have the rest wrapped, now that what is in sight was drawn."""
        if text is self.text and width == self.rows.width and not self.rows.complete:
            self._wrap_all(text, width)

    @in_thread("wrap", exclusive=True)
    def _wrap_all(self, text: SafeText, width: int) -> None:
        worker = get_current_worker()
        ends = array("I", [0])
        while ends[-1] < len(text):
            if worker.is_cancelled:
                return
            start = ends[-1]
            ends.extend(wrap(text, width, start, part_end(text, start + _PART))[1:])
            time.sleep(_REST)  # or the loop would wait for this thread at each of its own steps
        self.post_message(self.Wrapped(text, Layout.of(ends, text, width)))

    @on(Wrapped)
    def _all_wrapped(self, message: Wrapped) -> None:
        """The rest is there: the rows in sight stay where they are on the screen."""
        message.stop()
        if message.text is self.text and message.rows.width == self.rows.width:
            self._take(message.rows, self._anchor)

    def _take(self, rows: Layout, at: int) -> None:
        self.rows = rows
        self._strips.clear()
        self.set_height(rows.total)
        self.scroll_to(y=rows.row_of(at) if at else 0, animate=False, force=True)
        self._anchor = at
        self._tell_position()
        self.refresh()

    def sized(self) -> None:
        """Wrap anew if the width is another one; the first character in sight stays in sight.

        While the screen is being laid out: its first frame at another size is right already.
        """
        if self._text_width() not in (None, self.rows.width):
            self.wrap_from(self._anchor)

    def on_resize(self) -> None:
        """Do what had to wait until the pane has a size."""
        self.sized()
        self.on_show()

    def on_show(self) -> None:
        """Do what had to wait until the pane is in sight."""
        if self._to_reveal is not None:
            self.reveal(*self._to_reveal)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place."""
        super().watch_scroll_y(old_value, new_value)
        span = self.rows.span(round(new_value))
        if span is not None:
            self._anchor = span[0]
        elif not self.rows.complete:
            self._anchor = int(len(self.text) * new_value / max(1, self.rows.total))
            self._wrap_window(self._anchor, self.rows.width)
        self._tell_position()

    def _tell_position(self) -> None:
        number = max(1, bisect_right(self.paragraphs, (self._anchor, len(self.text))))
        last = max(number, bisect_left(self.paragraphs, (self.in_sight[1], -1)))
        percent = round(100 * self.scroll_y / self.max_scroll_y) if self.max_scroll_y else 100
        self.post_message(self.Placed(number, last, len(self.paragraphs), percent))

    @property
    def place(self) -> int:
        """The first character in sight."""
        return self._anchor

    @property
    def in_sight(self) -> tuple[int, int]:
        """The characters in sight."""
        top = self.scroll_offset.y
        last = self.rows.span(min(top + self.size.height, self.rows.first + len(self.rows.ends) - 1) - 1)
        return self._anchor, last[1] if last else len(self.text)

    def after_drawing(self, task: Callable[[], object]) -> None:
        """Do something once the rows in sight are drawn, or after a moment where they are not drawn.

        The screen is drawn in slices: a thread that has much to do would come between them.
        """
        self._waiting.append(task)
        self.set_timer(_MOMENT, self._do_what_waits)

    def _do_what_waits(self) -> None:
        tasks, self._waiting = self._waiting, []
        for task in tasks:
            task()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the screen."""
        if self._waiting and crop.bottom >= self.size.height:
            self.call_later(self._do_what_waits)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        key = (y + self.scroll_offset.y, width)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self.row_strip(key[0], width)
        return strip

    def redraw(self) -> None:
        """The rows are the same, but look different."""
        self._strips.clear()
        self.refresh()

    # Going about

    def reveal(self, start: int, end: int | None = None) -> None:
        """Scroll so that a stretch of text is in sight, a third down the pane unless it is in sight already.

        In a pane that is out of sight this is done once it comes into sight.

        Args:
            start: First character.
            end: The character after the last; None for one character.
        """
        if not self.is_on_screen:
            self._to_reveal = start, end
            return
        self._to_reveal = None
        if not self.rows.covers(start):
            self._wrap_window(start, self.rows.width)
        top = self.scroll_offset.y
        height = self.scrollable_content_region.height
        first, last = self.rows.row_of(start), self.rows.row_of(max(start, (end or start) - 1))
        low = top + (_MARGIN if top > 0 else 0)
        if first < low or min(last, first + height // 2) > top + height - 1 - _MARGIN:
            self._scroll_to_row(max(0, first - height // 3))

    def put_on_top(self, offset: int) -> None:
        """Scroll so that the row of a character is the first one, as far as the text goes on below."""
        if not self.rows.covers(offset):
            self._wrap_window(offset, self.rows.width)
        self._scroll_to_row(self.rows.row_of(offset))

    def _scroll_to_row(self, row: float) -> None:
        self.scroll_to(y=row, animate=False, force=True)

    def action_move(self, how: TextMove) -> None:
        """Scroll."""
        if how in ("top", "bottom"):
            self._scroll_to_row(0 if how == "top" else self.max_scroll_y)
        elif how == "next_paragraph":
            self.put_on_top(next_paragraph(self.paragraphs, self._anchor))
        elif how == "previous_paragraph":
            self.put_on_top(previous_paragraph(self.paragraphs, self._anchor))
        else:
            self._scroll_to_row(self.scroll_offset.y + lines_of(how, self.size.height))


def lines_of(how: TextMove, height: int) -> int:
    """Number of rows that a move by rows goes on; negative goes up.

    Args:
        how: Name of the move.
        height: Rows in sight; a page keeps one of them.
    """
    name, _, way = how.rpartition("_")
    lines = {"": 1, "half": max(1, height // 2), "page": max(1, height - 1)}[name]
    return lines if way == "down" else -lines


def next_paragraph(paragraphs: Sequence[tuple[int, int]], offset: int) -> int:
    """First character of the next paragraph; ``offset`` itself in the last one.

    Args:
        paragraphs: Half-open spans of the text's paragraphs.
        offset: A character.
    """
    number = bisect_right(paragraphs, (offset, sys.maxsize))
    return paragraphs[number][0] if number < len(paragraphs) else offset


def previous_paragraph(paragraphs: Sequence[tuple[int, int]], offset: int) -> int:
    """First character of the paragraph that holds a character, from there that of the previous one; 0 without one.

    Args:
        paragraphs: Half-open spans of the text's paragraphs.
        offset: The character.
    """
    number = bisect_left(paragraphs, (offset, -1))
    return paragraphs[number - 1][0] if number else 0
