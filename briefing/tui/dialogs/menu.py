"""The menu of a pane: all that can be done in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefing.tui.actions import ACTIONS, SCOPE_TITLES, Scope, shown_keys
from briefing.tui.dialogs.choose import Choice, ChooseScreen
from briefing.tui.wording import own

if TYPE_CHECKING:
    from briefing.tui.main_screen.frame import FrameScreen

_LEFT_OUT: Final = {"menu"}


def open_menu(main: FrameScreen) -> None:
    """Offer the actions of the pane one is in, those of moving about aside, and then those of the main screen."""
    scope: Scope = "hits" if main.pane == "sources" and main.searching else main.pane
    keys = main.reader.keymap.keys
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
            main.take_focus(main.widget_of(main.pane))
            main.run_worker(main.do(name), group="menu", exit_on_error=False)

    main.app.push_screen(ChooseScreen("Menu", ways), chosen)
