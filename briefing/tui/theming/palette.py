"""A checked theme: its colours by name, for the style sheet and for Textual."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.theme import Theme

from briefing.tui.wording import TYPES


class Look(NamedTuple):
    """A checked theme. ``colours`` are by the keys of the theme files, of all their tables."""

    name: str
    about: str
    dark: bool
    ansi: bool
    colours: Mapping[str, str]

    def variables(self) -> dict[str, str]:
        """The colours by the names the style sheet uses."""
        field = self.colours["background" if self.ansi else "row"]
        return {_variable(key): colour for key, colour in self.colours.items()} | {"field": field}

    def theme(self) -> Theme:
        """The theme for Textual; its own widgets are coloured to match."""
        colours = self.colours
        own = {"background", "foreground", "panel"}
        variables = {name: colour for name, colour in self.variables().items() if name not in own}
        if self.ansi:
            variables["ansi-background"], variables["ansi-foreground"] = "ansi_black", "ansi_white"
            if not self.dark:
                variables["ansi-background"], variables["ansi-foreground"] = "ansi_white", "ansi_black"
        return Theme(
            name=self.name,
            dark=self.dark,
            ansi=self.ansi,
            primary=colours["key"],
            secondary=colours["frame_focus"],
            accent=colours["key"],
            warning=colours["warn"],
            error=colours["bad"],
            success=colours["good"],
            foreground=colours["foreground"],
            background=colours["background"],
            surface=colours["panel"],
            panel=colours["panel"],
            variables=variables | {name: colours.get(key) or colours["foreground"] for name, key in _WIDGETS.items()},
        )


_WIDGETS = {
    "block-cursor-background": "active",
    "block-cursor-foreground": "active_text",
    "block-cursor-blurred-background": "row",
    "block-cursor-blurred-foreground": "row_text",
    "block-hover-background": "row",
    "input-cursor-background": "foreground",
    "input-cursor-foreground": "background",
    "input-selection-background": "selection",
    "border": "frame_focus",
    "border-blurred": "frame",
    "text-muted": "muted",
    "text-disabled": "muted",
    "scrollbar": "frame",
}
"""Variables of Textual's own widgets, so that dialogs and the palette keep their contrast; a colour that a theme does
not have is the foreground."""


def _variable(key: str) -> str:
    return f"entity-{key.lower()}" if key in TYPES else key.replace("_", "-")
