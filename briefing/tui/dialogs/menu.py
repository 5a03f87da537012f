"""The menu of a pane: its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from briefing.tui.actions import ACTIONS, SCOPE_TITLES
from briefing.tui.app_protocol import reader
from briefing.tui.dialogs.choose import Choice, ChooseScreen
from briefing.tui.keymap import shown_keys
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from briefing.tui.actions import Scope

_LEFT_OUT: Final = {"menu"}


def open_menu(screen: Screen[Any], scope: Scope, do: Callable[[str], object]) -> None:
    """Offer the actions of a pane, then those of the main screen; those that only move a cursor are left out.

    Args:
        screen: The screen that is on top.
        scope: The pane.
        do: Given the id of the chosen action, carries it out.
    """
    keys = reader(screen).keymap.keys
    ways: list[Choice] = []
    for one in (scope, "main"):
        ways.append(Choice(None, own(SCOPE_TITLES[one])))
        ways += [
            Choice(action.id, own(action.title), own(shown_keys(action.id, keys)))
            for action in ACTIONS
            if one in action.scopes and "rows" not in action.scopes and action.id not in _LEFT_OUT
        ]

    def chosen(name: str | None) -> None:
        if name is not None:
            do(name)

    screen.app.push_screen(ChooseScreen("Menu", ways), chosen)
