"""A scrolling view whose number of lines can change without a new layout of the screen."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


class Scrolled(ScrollView, inherit_bindings=False):
    """A view of lines as wide as itself."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Tell of another size while the screen is being laid out; Textual tells of it in a message, a frame later."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        self.sized()
        return changed

    def sized(self) -> None:
        """The size may be another one."""

    def set_height(self, lines: int) -> None:
        """Set the number of lines. The screen is laid out anew only if the scroll bar comes or goes."""
        size = Size(0, lines)
        if self.show_vertical_scrollbar == (lines > self.container_size.height):
            self.set_reactive(Scrolled.virtual_size, size)
            self._scroll_update(size)
        else:
            self.virtual_size = size
