"""Find the theme to start with, without checking one that is shipped."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from briefing.tui.theming.palette import Look


def find_look(name: str, folders: Sequence[Path]) -> Look | None:
    """Find a theme; None where there is none of this name, or it cannot be used.

    One that comes with the program, in the first folder under its own name, is taken as it is: the tests have checked
    it, and checking loads pydantic, which takes as long as the rest of the start. Any other is checked.

    Args:
        name: Name of the theme.
        folders: Folders of theme files; a later one's themes replace an earlier one's.
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
