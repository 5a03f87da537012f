"""Redraw in the colours of a theme that was changed under its name."""

from __future__ import annotations

from typing import Any

from textual.app import App


class Rethemed(App[Any], inherit_bindings=False):
    """An app whose theme file may change while it runs."""

    def theme_again(self) -> None:
        """Take over the variables of the theme in use: Textual does so only where its name is another one."""
        self._watch_theme(self.theme)
