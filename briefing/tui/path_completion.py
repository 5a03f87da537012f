"""Completing a path that is being typed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_MOST: Final = 5000
"""Entries of a folder that are looked at."""


def complete_path(typed: str) -> tuple[str, list[str]]:
    """The path as far as it is certain how it goes on, a folder with its slash; and its possible names, if several.

    Hidden files are offered only to a name that begins with a dot. Case is as the file system has it.
    """
    folder, _, begun = typed.rpartition(os.sep)
    where = Path(folder + os.sep if folder or typed.startswith(os.sep) else ".").expanduser()
    try:
        with os.scandir(where) as found:
            entries = [entry for entry, _ in zip(found, range(_MOST), strict=False) if entry.name.startswith(begun)]
    except OSError:
        return typed, []
    known = [one for one in entries if begun.startswith(".") or not one.name.startswith(".")]
    if not known:
        return typed, []
    closed = os.sep if len(known) == 1 and _is_folder(known[0]) else ""
    made = typed[: len(typed) - len(begun)] + _common([one.name for one in known]) + closed
    return made, sorted(one.name for one in known) if len(known) > 1 else []


def _common(names: list[str]) -> str:
    """The letters that all names begin with."""
    first, last = min(names), max(names)
    return first[: next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]


def folder_of(typed: str) -> Path | None:
    """The folder that is being typed, or that the name is in; None where there is none."""
    if not typed or "://" in typed:
        return None
    path = Path(typed).expanduser()
    try:
        found = path if path.is_dir() else path.parent
        return found if found.is_dir() else None
    except (OSError, ValueError):
        return None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
