"""A list that draws only the rows in sight, however many there are."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import ClassVar, Literal

from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from briefing.model.safetext import SafeText
from briefing.tui.textual_patches.scrolled import Scrolled
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import fold, line

Move = Literal["down", "up", "half_down", "half_up", "page_down", "page_up", "top", "bottom"]


class RowList(Scrolled, can_focus=True, inherit_bindings=False):
    """Rows of one or more lines with a cursor. What a row looks like is the subclass's: :meth:`draw`."""

    ALLOW_SELECT = False
    CLICK_CHOOSES: ClassVar[bool] = True
    """Whether a click chooses a row at once; else it moves the cursor there, and a second click chooses."""

    cursor: reactive[int] = reactive(0, repaint=False)

    class Told(Message):
        """Base class of row messages; handlers subscribe to a subclass."""

        def __init__(self, rows: RowList, index: int) -> None:
            self.rows = rows
            self.index = index
            super().__init__()

        @property
        def control(self) -> RowList:
            """The list."""
            return self.rows

    class Moved(Told):
        """The cursor moved to another row."""

    class Chosen(Told):
        """The row was clicked, or chosen by key."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._tops: Sequence[int] = (0,)
        self._strips: LRUCache[tuple[int, int, bool, bool], list[Strip]] = LRUCache(256)
        self._quiet = False
        self.empty = SafeText()
        """What is said where there are no rows."""
        self.detached = False
        """Whether what is shown elsewhere is none of the rows: then none is drawn as current until the cursor moves."""

    @abstractmethod
    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """The lines of a row, each exactly ``width`` cells wide.

        Args:
            index: Number of the row.
            width: Width in cells.
            base: Style under the row.
        """

    def selectable(self, index: int) -> bool:  # noqa: ARG002
        """Whether the cursor may stand on a row; headings say no."""
        return True

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self._tops) - 1

    def set_rows(self, tops: Sequence[int], cursor: int | None = None) -> None:
        """Take over other rows; :class:`Moved` is not posted.

        Args:
            tops: Number of each row's first line, then the number of all lines.
            cursor: Row of the cursor; None leaves it where it is.
        """
        self._tops = tops
        self._strips.clear()
        self.set_height(tops[-1])
        self._quiet = True
        wanted = self.cursor if cursor is None else cursor
        self.cursor = self._near(max(0, min(wanted, self.count - 1)), 1)
        self._quiet = False
        self._reveal()
        self.refresh()

    def redraw(self) -> None:
        """Draw again after the words of rows have changed, but not their numbers of lines."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Colours have changed."""
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        if not 0 <= at < self._tops[-1]:
            return self._beyond(y, width)
        row = self._row_of(at)
        lines = self._row(row, width)
        number = at - self._tops[row]
        return lines[number] if number < len(lines) else self._blank(width)

    def _row_of(self, line: int) -> int:
        """The row that a line of the list belongs to."""
        return bisect_right(self._tops, line) - 1

    def _beyond(self, y: int, width: int) -> Strip:
        """A line that no row takes: blank, or, in an empty list, a line of what is said there."""
        words = [] if self.count or not self.empty else _folded(self.empty, max(8, width - 2))
        if not 0 < y <= len(words):
            return self._blank(self.size.width)
        muted = inks(self)["muted"]
        return line([(SafeText(" "), muted), (words[y - 1], muted)], width, self.rich_style)

    def _blank(self, width: int) -> Strip:
        """A blank line, made once: looking up the style that it takes is more than drawing it."""
        key = (-1, width, False, self.has_focus)
        strips = self._strips.get(key)
        if strips is None:
            strips = self._strips[key] = [Strip.blank(width, self.rich_style)]
        return strips[0]

    def highlighted(self, index: int) -> bool:
        """Whether a row is drawn as the one under the cursor."""
        return index == self.cursor and not self.detached and self.selectable(index)

    def _row(self, row: int, width: int) -> list[Strip]:
        current = self.highlighted(row)
        key = (row, width, current, self.has_focus)
        strips = self._strips.get(key)
        if strips is None:
            base = self.rich_style
            if current:
                base += inks(self)["active" if self.has_focus else "row"]
            strips = self.draw(row, width, base)
            strips = self._strips[key] = inks(self).on_row(strips, base) if current else strips
        return strips

    def watch_cursor(self) -> None:
        """Keep the cursor in sight."""
        if self._quiet:
            return
        self.detached = False
        self._reveal()
        self.refresh()
        if self.count:
            self.post_message(self.Moved(self, self.cursor))

    def on_focus(self) -> None:
        """Where no row was current, the one under the cursor is from now on."""
        if self.detached and self.count:
            self.watch_cursor()

    def _reveal(self) -> None:
        if not self.count or not self.size.height:
            return
        top, bottom = self._tops[self.cursor], self._tops[self.cursor + 1]
        height = self.scrollable_content_region.height
        if top < self.scroll_offset.y or bottom - top >= height:
            self.scroll_to(y=max(0, top - (1 if self.cursor == 0 else 0)), animate=False, force=True)
        elif bottom > self.scroll_offset.y + height:
            self.scroll_to(y=bottom - height, animate=False, force=True)

    def on_resize(self) -> None:
        """Rows may be as wide as they are now only here."""
        self._strips.clear()
        self._reveal()

    def _near(self, index: int, step: int) -> int:
        """The selectable row nearest to ``index`` in the direction of ``step``, else against it."""
        count = self.count
        for candidate in chain(range(index, count if step > 0 else -1, step), range(index, -1, -1), range(count)):
            if candidate < count and self.selectable(candidate):
                return candidate
        return 0

    def move(self, index: int, step: int = 1) -> None:
        """Put the cursor on a row, or on the next selectable one.

        Args:
            index: Number of the row.
            step: 1 to look for a selectable row below, -1 above.
        """
        if not self.count:
            return
        wanted = self._near(max(0, min(index, self.count - 1)), step)
        if self.detached and wanted == self.cursor:
            self.watch_cursor()  # no other row, but the one under the cursor is current from now on
        self.cursor = wanted

    def _page(self, part: float, step: int) -> None:
        if not self.count:
            return
        lines = max(1, int(self.scrollable_content_region.height * part))
        line = max(0, min(self._tops[self.cursor] + step * lines, self._tops[-1] - 1))
        index = self._row_of(line)
        self.move(index if index != self.cursor else self.cursor + step, step)

    def action_move(self, how: Move) -> None:
        """Move the cursor."""
        if how in ("down", "up"):
            step = 1 if how == "down" else -1
            self.move(self.cursor + step, step)
        elif how in ("top", "bottom"):
            self.move(0) if how == "top" else self.move(self.count - 1, -1)
        else:
            self._page(0.5 if how.startswith("half") else 1, 1 if how.endswith("down") else -1)

    def regions(self) -> list[tuple[int, Region]]:
        """The rows that begin in sight and can be chosen, each with where it is on the screen."""
        content, top = self.content_region, self.scroll_offset.y
        found = []
        for row in range(max(0, self._row_of(top)), self.count):
            y = self._tops[row] - top
            if y >= content.height:
                break
            if y >= 0 and self.selectable(row):
                found.append(
                    (row, Region(content.x, content.y + y, content.width, self._tops[row + 1] - self._tops[row]))
                )
        return found

    def row_at(self, y: int) -> int | None:
        """The row under line ``y`` of the widget's content."""
        at = y + self.scroll_offset.y
        return self._row_of(at) if 0 <= at < self._tops[-1] else None

    def on_click(self, event: events.Click) -> None:
        """Move to the row and choose it."""
        offset = event.get_content_offset(self)
        row = None if offset is None else self.row_at(offset.y)
        if row is not None and self.selectable(row):
            there = self.cursor == row and not self.detached
            if self.detached and self.cursor == row:
                self.watch_cursor()
            self.cursor = row
            if there or self.CLICK_CHOOSES:
                self.post_message(self.Chosen(self, row))


@lru_cache(maxsize=8)
def _folded(words: SafeText, width: int) -> Sequence[SafeText]:
    """What an empty list says, in lines: every line of the screen asks for it."""
    return fold(words, width, 8)
