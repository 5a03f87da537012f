"""Rows of clickable items: tabs, switches, keys."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from briefing.tui.widgets.drawing import Piece, flat


class Item(NamedTuple):
    """A clickable item, named by ``key``."""

    key: str
    pieces: Sequence[Piece]

    @property
    def width(self) -> int:
        """Width in cells."""
        return sum(cell_len(text) for text, _ in self.pieces)


class Bar(Widget, inherit_bindings=False):
    """Items from left to right over as many lines as they need and the style sheet allows."""

    ALLOW_SELECT = False
    GAP = 2
    WRAPS = False
    _taken = 1

    class Chosen(Message):
        """An item was clicked, or chosen by key."""

        def __init__(self, bar: Bar, key: str) -> None:
            self.bar = bar
            self.key = key
            super().__init__()

        @property
        def control(self) -> Bar:
            """The bar."""
            return self.bar

    @abstractmethod
    def items(self) -> Sequence[Item]:
        """The items, from left to right."""

    def last_items(self) -> Sequence[Item]:
        """Items at the right end, kept whatever else has room."""
        return ()

    def update(self) -> None:
        """The items have changed. The screen is laid out anew only if they take other lines than before."""
        lines = len(self._lines(self.size.width)) if self.WRAPS else 1
        self.refresh(layout=lines != self._taken)
        self._taken = lines

    def _lines(self, width: int) -> list[list[tuple[int, Item]]]:
        """Items with the cell they begin at, line by line."""
        last = self.last_items()
        kept = sum(item.width + self.GAP for item in last)
        lines: list[list[tuple[int, Item]]] = [[]]
        at = 0
        for item in self.items():
            room = width - (kept if len(lines) == 1 else 0)
            if at + item.width > room:
                if not self.WRAPS:
                    break
                lines.append([])
                at = 0
            lines[-1].append((at, item))
            at += item.width + self.GAP
        at = width - kept + self.GAP
        for item in last:
            lines[0].append((at, item))
            at += item.width + self.GAP
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the items take."""
        return len(self._lines(width)) if self.WRAPS else 1

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        base = self.rich_style
        lines = self._lines(self.size.width)
        if y >= len(lines):
            return Strip.blank(self.size.width, base)
        segments: list[Segment] = []
        used = 0
        for at, item in lines[y]:
            segments.append(Segment(" " * (at - used), base))
            segments.extend(Segment(flat(text), base + style) for text, style in item.pieces)
            used = at + item.width
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Find the item under the pointer."""
        offset = event.get_content_offset(self)
        lines = self._lines(self.size.width)
        if offset is None or offset.y >= len(lines):
            return
        for at, item in lines[offset.y]:
            if at <= offset.x < at + item.width:
                event.stop()
                self.chosen(item.key)

    def chosen(self, key: str) -> None:
        """An item was clicked."""
        self.post_message(self.Chosen(self, key))
