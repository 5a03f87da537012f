"""Completions of a query, in a list below the search bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from textual.message import Message

from briefing.tui.threads import in_thread
from briefing.tui.widgets.suggestions import SuggestionList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen
    from textual.widget import Widget

    from briefing.model.answers import Suggestion
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.inputs import SearchBar

_MOST: Final = 6


@dataclass(eq=False)
class Suggested(Message):
    """Completions of what was typed up to ``cursor``."""

    query: str
    cursor: int
    suggestions: Sequence[Suggestion]


class SuggestionPopup:
    """The list; :class:`Suggested` is posted to ``pane``, which hands it on to :meth:`show`."""

    def __init__(self, pane: Widget, bar: SearchBar, state: ReaderState) -> None:
        self._pane = pane
        self._bar = bar
        self._state = state
        self._list: SuggestionList | None = None

    @property
    def screen(self) -> Screen[Any]:
        """The main screen."""
        return self._pane.screen

    def mount(self) -> None:
        """Mount the list before it is needed."""
        if self._list is None:
            self._list = SuggestionList(id="suggestions")
            self.screen.mount(self._list, after="#top")

    @property
    def shown(self) -> bool:
        """Whether suggestions are in sight."""
        return self._list is not None and self._list.display

    @in_thread("suggest", exclusive=True)
    def ask(self, query: str, cursor: int) -> None:
        """Have suggestions made, in a thread.

        Args:
            query: The query.
            cursor: Number of characters before the cursor.
        """
        library = self._state.library
        if library is not None:
            self._pane.post_message(Suggested(query, cursor, library.suggest(query, cursor, _MOST)))

    def show(self, message: Suggested) -> None:
        """Show them, unless something else is typed by now."""
        bar = self._bar
        if self._list is None or message.query != bar.value or self.screen.focused is not bar:
            return
        offered = [one for one in message.suggestions if one.query != bar.value]
        if not offered:
            self.hide()
            return
        self._list.show(offered)
        self._list.display = True
        self.place()

    def place(self) -> None:
        """Over the end of the hits: their beginning and the text stay in sight. On a narrow screen below the bar."""
        listed, screen = self._list, self.screen
        if listed is None or not self.shown:
            return
        width, x, y = min(screen.size.width, listed.wanted_width()), screen.size.width, 0
        if not screen.has_class("-narrow"):
            beside, body = screen.query_one("#middle").region.x, screen.query_one("#body").region
            width, x = min(width, beside), 0
            y = max(0, body.height - listed.wanted_height())
        listed.styles.width = width
        listed.styles.offset = (min(x, screen.size.width - width), y)

    def hide(self) -> None:
        """Take them away."""
        if self._list is not None:
            self._list.display = False

    def step(self, step: int) -> None:
        """Mark the next one, or the one before."""
        if self._list is not None and self.shown:
            self._list.step(step)

    def take(self) -> bool:
        """Take the marked suggestion; returns whether there was one."""
        one = self._list.current() if self._list is not None and self.shown else None
        if one is None:
            return False
        self.hide()
        self._bar.value = one.query
        self._bar.cursor_position = one.cursor
        return True

    def take_picked(self) -> bool:
        """Take the marked suggestion if the user has gone through them; returns whether it was taken."""
        return self._list is not None and self._list.moved and self.take()
