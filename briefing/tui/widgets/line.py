"""A single line that says something."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from briefing.model.safetext import SafeText
from briefing.tui.widgets.drawing import Piece, line
from briefing.tui.wording import own


class Line(Widget, inherit_bindings=False):
    """Words from the left, and others kept at the right end. They are named by component classes."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._left: Sequence[tuple[SafeText, str]] = ()
        self._right: Sequence[tuple[SafeText, str]] = ()

    def say(
        self, left: Sequence[tuple[SafeText, str]] | None = None, right: Sequence[tuple[SafeText, str]] | None = None
    ) -> None:
        """Say something else, on either side; each piece is words and a component class, or none."""
        self._left = self._left if left is None else left
        self._right = self._right if right is None else right
        self.refresh(layout=self.styles.auto_dimensions)

    @property
    def words(self) -> SafeText:
        """All it says."""
        return own("").join(text for text, _ in (*self._left, *self._right))

    def _pieces(self, said: Sequence[tuple[SafeText, str]]) -> list[Piece]:
        return [
            (text, self.get_component_rich_style(name, partial=True) if name else self.rich_style)
            for text, name in said
        ]

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as what it says."""
        return cell_len(self.words)

    def render_line(self, y: int) -> Strip:
        """The line."""
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        return line(self._pieces(self._left), self.size.width, self.rich_style, self._pieces(self._right))
