"""Textual's command palette, extended to tell the chosen command, and kept from failing where it has no room."""

from __future__ import annotations

from typing import Any

from textual.command import CommandList, CommandPalette

from briefing.tui.textual_patches.screens import OverBelow


class PlainPalette(OverBelow, CommandPalette):
    """The palette with what its subclass has to know."""

    @property
    def chosen_command(self) -> Any:
        """The command that was chosen, once one was; Textual tells it to nobody before it is run."""
        return self._selected_command.command if self._selected_command else None

    def _action_command_list(self, action: str) -> None:
        """Move by pages, where there is room for one: Textual's list fails where none of its lines is in sight."""
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
