"""Tabs in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from textual.reactive import reactive

from briefing.model.safetext import SafeText
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.bar import Bar, Item
from briefing.tui.wording import own

_WHOLE: Final = 1000


class Tab(NamedTuple):
    """A tab: its key, what it says, and what is said after that in a quieter colour."""

    key: str
    title: SafeText
    note: SafeText = own("")
    short: SafeText = own("")
    """Said instead of the title where not all tabs have room."""


class Tabs(Bar, inherit_bindings=False):
    """Tabs, of which one is active. Choosing one only posts :class:`Bar.Chosen`; the screen makes it active."""

    GAP = 0

    active: reactive[str] = reactive("")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tabs: tuple[Tab, ...] = ()

    def show(self, tabs: Sequence[Tab]) -> None:
        """Show other tabs."""
        self._tabs = tuple(tabs)
        self.update()

    def items(self) -> list[Item]:
        """The tabs; where they would not fit with shorter and shorter titles. What is said after a title stays."""
        items: list[Item] = []
        for short, longest in ((False, _WHOLE), (True, _WHOLE), (True, 3), (True, 1)):
            items = self._items(short, longest)
            if sum(item.width for item in items) + self.GAP * (len(items) - 1) <= self.size.width:
                break
        return items

    def _items(self, short: bool, longest: int) -> list[Item]:
        active = inks(self)["tab"]
        note = inks(self)["muted"]
        plain = self.rich_style
        items = []
        for tab in self._tabs:
            style = active if tab.key == self.active else plain
            title = tab.short if short and tab.short else tab.title
            pieces = [(own(" ") + title[:longest] + (" " if longest > 1 or not tab.note else ""), style)]
            if tab.note and longest == 1:
                pieces.append((own(" ") + tab.note, style if tab.key == self.active else note))
            elif tab.note:
                pieces.append((tab.note + " ", style if tab.key == self.active else note))
            items.append(Item(tab.key, pieces))
        return items
