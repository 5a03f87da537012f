"""The row of keys: actions of the focused pane and the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.tui.actions import BY_ID
from briefing.tui.keymap import shown_key
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.bar import Bar, Item
from briefing.tui.wording import own

if TYPE_CHECKING:
    from textual.screen import Screen

_ALWAYS = ("menu", "help", "palette", "quit")
_IN_DIALOGS = ("palette", "close")
_URGENT = ("stop", "pause")
_ORDER = {name: order for order, name in enumerate(BY_ID)}


class KeyBar(Bar, inherit_bindings=False):
    """Keys of the focused pane and of the screen, first those of the pane; each can be clicked.

    While another screen is on top, it is empty: that one shows its own.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys: list[tuple[str, str, str]] = []
        self._always: tuple[str, ...] = ()

    def on_mount(self) -> None:
        """Follow the focus, and which screen is on top."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self.app.screen_change_signal.subscribe(self, self._follow)

    def _follow(self, _: Screen[object]) -> None:
        """Take over what can be done now: action id, key, title."""
        screen = self.screen
        found: dict[str, tuple[bool, str, str]] = {}
        bindings = screen.active_bindings.items() if screen is self.app.screen else ()
        for key, active in bindings:
            binding = active.binding
            if binding.show and active.enabled and binding.id in BY_ID and binding.id not in found:
                pane = active.node not in (screen, self.app) or (binding.id == "undo" and "accept" in found)
                found[binding.id] = not pane, binding.key_display or shown_key(key), binding.description
        self._always = _IN_DIALOGS if "close" in found else _ALWAYS
        for name in {*_ALWAYS} - {*self._always}:
            found.pop(name, None)
        ordered = sorted(found.items(), key=lambda item: (item[0] not in _URGENT, item[1][0], _ORDER[item[0]]))
        self._keys = [(name, key, title) for name, (_, key, title) in ordered]
        self.update()

    def _items(self, always: bool) -> list[Item]:
        style = inks(self)["heading"]
        return [
            Item(name, [(own(key), style), (own(f" {title}"), self.rich_style)])
            for name, key, title in self._keys
            if (name in self._always) == always
        ]

    def items(self) -> list[Item]:
        """The actions of the pane and the screen."""
        return self._items(always=False)

    def last_items(self) -> list[Item]:
        """Menu, help, palette, quit; in a dialog palette and close."""
        return self._items(always=True)
