"""A line of text with a left and a right part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from briefing.model.safetext import SafeText
from briefing.tui.app_protocol import reader
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import Linked, Piece, line
from briefing.tui.wording import TYPES, own

if TYPE_CHECKING:
    from briefing.model.kinds import EntityType
    from briefing.tui.theming.styles import Ink

Said = tuple[SafeText, "Ink | EntityType"]
"""Words and the style they are in."""
_TYPES: Final = frozenset(TYPES)
_STEP: Final = 8


class Line(Widget, inherit_bindings=False):
    """Words from the left, and others kept at the right end."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._left: Sequence[Said] = ()
        self._right: Sequence[Said] = ()

    def say(self, left: Sequence[Said] | None = None, right: Sequence[Said] | None = None) -> None:
        """Show other words; a side that is None stays.

        Args:
            left: Words from the left, each with the name of its style.
            right: Words at the right end.
        """
        self._left = self._left if left is None else left
        self._right = self._right if right is None else right
        wanted = self._wanted()
        self.refresh(layout=self.styles.auto_dimensions and (wanted > self.size.width or not wanted))

    @property
    def words(self) -> SafeText:
        """All shown words."""
        return own("").join(text for text, _ in (*self._left, *self._right))

    def _pieces(self, said: Sequence[Said]) -> list[Piece]:
        made = [(text, inks(self).entity(name) if name in _TYPES else inks(self)[name]) for text, name in said]  # type: ignore[index]
        if not any(isinstance(text, Linked) for text, _ in made) or not reader(self).terminal.links:
            return made
        return [(text, style + Style(link=text.address) if isinstance(text, Linked) else style) for text, style in made]

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """The width of its words."""
        return self._wanted()

    def _wanted(self) -> int:
        """Somewhat more than the words take, so that other words seldom have the screen laid out anew.

        Before words at the right end a cell stays free.
        """
        return -(-(cell_len(self.words) + bool(self._right)) // _STEP) * _STEP

    def render_line(self, y: int) -> Strip:
        """The line."""
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        return line(self._pieces(self._left), self.size.width, self.rich_style, self._pieces(self._right))
