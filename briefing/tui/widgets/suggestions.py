"""Completions of a query: a list below the search bar that never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import line
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from briefing.model.answers import Suggestion

_FRAME: Final = 2
_WIDEST: Final = 58
_NARROWEST: Final = 30
_KINDS: Final = {"past": "past search", "saved": "saved search", "publisher": "publisher", "tag": "tag"}


class SuggestionList(RowList, can_focus=False, inherit_bindings=False):
    """Suggestions, of which the marked one is taken with Tab, or with a click."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.suggestions: Sequence[Suggestion] = ()
        self.moved = False
        """Whether one has gone through them: then Enter takes the marked one too."""

    def show(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer others."""
        self.suggestions = suggestions
        self.moved = False
        self.set_rows(range(len(suggestions) + 1), 0)
        self.styles.height = self.wanted_height()

    def wanted_height(self) -> int:
        """Lines that they take with the frame."""
        return len(self.suggestions) + _FRAME

    def wanted_width(self) -> int:
        """Cells that they take with the frame, within bounds."""
        words = (cell_len(one.shown.line()) + cell_len(one.about or "") + 6 for one in self.suggestions)
        return max(_NARROWEST, min(_WIDEST, max(words, default=0)))

    def step(self, step: int) -> None:
        """Mark the next one, or the one before; from the last one on to the first."""
        if self.count:
            self.cursor = (self.cursor + step) % self.count if self.moved or step < 0 else self.cursor
            self.moved = True
            self.redraw()

    def current(self) -> Suggestion | None:
        """The marked one."""
        return self.suggestions[self.cursor] if self.suggestions else None

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """What is typed for it, and what it is."""
        one = self.suggestions[index]
        about = one.about.line() if one.about else own(_KINDS.get(one.kind, ""))
        style = Style(bold=True) if self.moved and index == self.cursor else Style.null()
        right = [(own(" ") + about, inks(self)["muted"])] if about else []
        return [line([(own(" ") + one.shown.line(), style)], width, base, right)]
