"""Folders of themes in other packages, found by their entry points in the group ``briefing.themes``."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from briefing.logs import logger

GROUP: Final = "briefing.themes"
_LOG: Final = logger(__name__)


def theme_packages() -> list[Path]:
    """The folders, in the order of the entry points' names; each names a path, or a string that is one."""
    found: list[Path] = []
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        try:
            folder = Path(point.load())
        except Exception as error:  # noqa: BLE001 - whatever another package does, the other themes are there
            _LOG.warning("The themes %s (%s) cannot be loaded: %s", point.name, point.value, error)
            continue
        if folder.is_dir():
            found.append(folder)
        else:
            _LOG.warning("The themes %s (%s) are in no folder: %s", point.name, point.value, folder)
    return found
