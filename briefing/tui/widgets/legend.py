"""The types of entity with their colours, each of which can be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive

from briefing.tui.actions import bindings
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.bar import Bar, Item
from briefing.tui.wording import TYPE_TITLES, TYPES, own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.model.kinds import EntityType


_NO_LINES: Final = Style(underline=False, underline2=False, overline=False)


class Legend(Bar, can_focus=True, inherit_bindings=False):
    """Switches, one for each type that the source in sight mentions, with the number of mentions."""

    BINDINGS = bindings("legend")
    GAP = 2
    WRAPS = True

    cursor: reactive[int] = reactive(0)
    _alone = False

    class Switched(Message):
        """Other types were chosen to be shown."""

        def __init__(self, shown: frozenset[EntityType]) -> None:
            self.shown = shown
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._counts: Mapping[EntityType, int] = {}
        self.shown: frozenset[EntityType] = frozenset(TYPES)

    def show(self, counts: Mapping[EntityType, int]) -> None:
        """Show how often each type is mentioned in the source in sight."""
        self._counts = counts
        self.cursor = max(0, min(self.cursor, len(self.present()) - 1))
        self.update()

    def present(self) -> list[EntityType]:
        """The types that are mentioned, in the order of the model."""
        return [kind for kind in TYPES if self._counts.get(kind)]

    def items(self) -> list[Item]:
        """A switch per type."""
        off = inks(self)["muted"]
        count = inks(self)["muted"]
        items = []
        for index, kind in enumerate(self.present()):
            style = inks(self).entity(kind)
            on = kind in self.shown
            dot = own("● " if on else "○ "), style + _NO_LINES if on else off
            pieces = [dot, (own(TYPE_TITLES[kind]), style if on else off), (own(f" {self._counts[kind]}"), count)]
            if self.has_focus and index == self.cursor:
                cursor = inks(self)["active"]
                pieces = [(text, look + cursor) for text, look in pieces]
            items.append(Item(kind, pieces))
        return items

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Note the button: the right one shows a type alone."""
        self._alone = event.button == 3

    def chosen(self, key: str) -> None:
        """Switch a type; with the right button show it alone, or all again."""
        if self._alone:
            self._alone = False
            self._only(key)
        else:
            self.switch({kind for kind in TYPES if (kind in self.shown) != (kind == key)})

    def _only(self, key: str) -> None:
        alone = {kind for kind in TYPES if kind == key}
        self.switch(set(TYPES) if self.shown == alone else alone)

    def switch(self, shown: set[EntityType]) -> None:
        """Show these types."""
        self.shown = frozenset(shown)
        self.update()
        self.post_message(self.Switched(self.shown))

    def action_toggle_type(self) -> None:
        """Switch the type under the cursor."""
        if present := self.present():
            self.chosen(present[self.cursor])

    def action_only_type(self) -> None:
        """Show the type under the cursor alone; all if it is alone already."""
        if present := self.present():
            self._only(present[self.cursor])

    def action_type_right(self) -> None:
        """The next type."""
        self.cursor = min(self.cursor + 1, max(0, len(self.present()) - 1))

    def action_type_left(self) -> None:
        """The type before."""
        self.cursor = max(0, self.cursor - 1)
