"""Widths of the panes beside the text: by the terminal's size, until the user sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from briefing.tui.state import Pane

NARROWEST: Final = 20
"""Cells of a pane, its frame included."""
_TEXT: Final = 30
"""Cells that the text keeps."""
_STEP: Final = 4


class Widths(NamedTuple):
    """Cells of the sources and of the facts; 0 by the size of the terminal."""

    left: int = 0
    right: int = 0


class PaneWidths:
    """The widths in cells that the reader gave; on a narrow screen, where panes take turns, none holds."""

    def __init__(self, left: Widget, right: Widget, changed: Callable[[], object]) -> None:
        self._panes = (left, right)
        self._changed = changed
        self.widths = Widths()
        self._total = 0
        self._dragged: int | None = None

    def take(self, widths: tuple[int, int]) -> None:
        """Have the panes as they were left."""
        self.widths = Widths(*widths)
        self._apply()

    def fit(self, total: int, narrow: bool) -> None:
        """Fit the panes to the terminal.

        Args:
            total: Columns of the terminal.
            narrow: Whether only one pane is in sight: then nothing is set.
        """
        self._total = 0 if narrow else total
        self._apply()

    def step(self, pane: Pane, wider: bool) -> None:
        """Make a pane wider or narrower by some cells; the text grows by what both others lose.

        Args:
            pane: The pane.
            wider: Whether to make it wider.
        """
        step = _STEP if wider else -_STEP
        if pane == "text":
            self._set([width - step // 2 for width in self._now()])
        else:
            left, right = self._now()
            self._set([left + step, right] if pane == "sources" else [left, right + step])

    def reset(self) -> None:
        """By the size of the terminal again."""
        self.widths = Widths()
        self._apply()
        self._changed()

    # By mouse

    def grab(self, x: int, y: int) -> bool:
        """Begin to drag the frame between two panes if the pointer is on it; returns whether it is.

        Args:
            x: Column of the screen, from 0.
            y: Line of the screen, from 0.
        """
        left, right = (pane.region for pane in self._panes)
        if not self._total or not left.y < y < left.bottom - 1:
            return False
        at = (left.right - 1 <= x <= left.right, right.x - 1 <= x <= right.x)
        shown = [pane.region.width > 0 for pane in self._panes]
        self._dragged = next((side for side in (0, 1) if at[side] and shown[side]), None)
        return self._dragged is not None

    @property
    def dragging(self) -> bool:
        """Whether a frame is being dragged."""
        return self._dragged is not None

    def drag(self, x: int) -> None:
        """The pointer is in that column."""
        left, right = self._now()
        if self._dragged == 0:
            self._set([x + 1 - self._panes[0].region.x, right], keep=False)
        elif self._dragged == 1:
            self._set([left, self._panes[1].region.right - x], keep=False)

    def drop(self) -> None:
        """The button was let go."""
        if self._dragged is not None:
            self._dragged = None
            self._changed()

    # Setting them

    def _now(self) -> list[int]:
        return [wanted or pane.region.width for wanted, pane in zip(self.widths, self._panes, strict=True)]

    def _set(self, wanted: list[int], *, keep: bool = True) -> None:
        if not self._total:
            return
        most = self._total - _TEXT - NARROWEST
        self.widths = Widths(*(max(NARROWEST, min(width, most)) for width in wanted))
        self._apply()
        if keep:
            self._changed()

    def _apply(self) -> None:
        room = self._total - _TEXT
        for pane, width in zip(self._panes, self.widths, strict=True):
            if not width or not self._total:
                pane.styles.clear_rule("width")
                pane.styles.clear_rule("min_width")
                pane.styles.clear_rule("max_width")
                pane.refresh(layout=True)  # taking a rule away does not do that
            else:
                given = min(width, max(NARROWEST, room * width // max(1, sum(self._now()))))
                pane.styles.width = pane.styles.min_width = pane.styles.max_width = given
