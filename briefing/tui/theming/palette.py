"""A theme in use: its colours by name, and how the style sheet gets them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
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
        """As Textual takes it; its own widgets are coloured to match."""
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
            variables=variables | {name: colours[key] for name, key in _WIDGETS.items()},
        )


_WIDGETS = {
    "block-cursor-background": "active",
    "block-cursor-foreground": "active_text",
    "block-cursor-blurred-background": "row",
    "block-cursor-blurred-foreground": "foreground",
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
"""Variables of Textual's own widgets, so that dialogs and the palette keep their contrast."""


def _variable(key: str) -> str:
    return f"entity-{key.lower()}" if key in TYPES else key.replace("_", "-")


def find_look(name: str, folders: Sequence[Path]) -> Look | None:
    """The theme of this name.

    One that comes with the program, in the first folder under its own name, is taken as it is: the tests have checked
    it, and checking loads pydantic, which takes as long as the rest of the start. Any other is checked.
    """
    if folders and not any((folder / f"{name}.toml").exists() for folder in folders[1:]):
        shipped = folders[0] / f"{name}.toml"
        if shipped.name == f"{name}.toml" and shipped.is_file():
            return _unchecked(shipped)
    from briefing.tui.theming.theme_files import load_themes

    found = load_themes(folders).files.get(name)
    return found.look() if found else None


def _unchecked(path: Path) -> Look:
    data = tomllib.loads(path.read_text("utf-8"))
    colours = {**data["colors"], **data["marks"], **data["entities"]}
    return Look(data["name"], data.get("about", ""), data["dark"], data.get("ansi", False), colours)
