"""Create the program's own files and folders so that only their user can read them."""

import os
from pathlib import Path
from typing import Final

FILE: Final = 0o600
FOLDER: Final = 0o700
MAX_TOML: Final = 4_000_000
"""Bytes of a file of settings or the like; anything larger is the wrong one."""


def make_folder(folder: Path) -> None:
    """Make a folder that only this user can enter, with any missing parents. Raises OSError."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(mode=FOLDER, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file that only this user can read, unless there is one. Raises OSError."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))
    except FileExistsError:
        return


def others_may_read(path: Path) -> bool:
    """Whether other users of this machine can read a file. False where that cannot be told."""
    try:
        return os.name == "posix" and bool(path.stat().st_mode & 0o077)
    except OSError:
        return False
