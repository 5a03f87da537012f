"""A framed part of the screen with titles in its frame."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region


class Framed(Vertical):
    """Holds what is in the frame. Its titles change with every scroll, so only their line is drawn anew.

    Setting ``border_title`` and ``border_subtitle`` draws the whole frame and all that is in it.
    """

    def say_above(self, words: Content) -> None:
        """Write into the upper line of the frame."""
        words = _first_line(words)
        if words != self._border_title:
            self._border_title = words
            self._draw(0)

    def say_below(self, words: Content) -> None:
        """Write into the lower line of the frame."""
        words = _first_line(words)
        if words != self._border_subtitle:
            self._border_subtitle = words
            self._draw(self.outer_size.height - 1)

    def _draw(self, line: int) -> None:
        """Draw one line of the frame anew; lines are counted from its top."""
        inside = self.content_offset
        self.refresh(Region(-inside.x, line - inside.y, self.outer_size.width, 1))


def _first_line(words: Content) -> Content:
    return words.expand_tabs(4).split()[0]
