"""Walk paths and folders for files to read."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from briefing.model.regular_files import open_regular
from briefing.sources.formats import OPENED, can_be_told, suffixes

_HEAD: Final = 65536
_OF_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
"""What file managers put into folders."""


def discover(refs: Iterable[str | Path], passed_over: Callable[[Path, Path], None] | None = None) -> Iterator[Path]:
    """Find files in the order of ``refs``; folders are walked to their ends, each in the order of its names.

    Never raises.

    Inside a folder, hidden entries are passed over, and files of formats that are not read. A path that is named itself
    is always given, also when it is missing or of another format, so that reading it says why; so is what may not be
    looked at or opened, and a link in a folder that leads to one above it. No file is given twice, and links that lead
    in circles end.

    Args:
        refs: Paths of files and folders.
        passed_over: Called with the named folder and each file in it whose format is not read; None for nobody.
    """
    seen: set[str] = set()
    for ref in refs:
        path = Path(ref)
        for found in _walk(path, passed_over) if is_folder(path) else (path,):
            name = os.path.abspath(found)  # noqa: PTH100 - Path.absolute keeps "..", and resolve follows links
            if name not in seen:
                seen.add(name)
                yield found


def is_folder(path: Path) -> bool:
    """Whether there is a folder; false where that cannot be told, which reading it will explain. Never raises."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _walk(root: Path, passed_over: Callable[[Path, Path], None] | None) -> Iterator[Path]:
    """Files below ``root``, depth first; a folder reached by two ways is walked once."""
    above = _above(root)
    entered: set[tuple[int, int]] = set()
    pending = [root]
    while pending:
        path = pending.pop()
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            if path.suffix.lower() in suffixes() or isinstance(error, PermissionError):
                yield path
            continue
        if not stat.S_ISDIR(status.st_mode):
            suffix = path.suffix.lower()
            if suffix in suffixes() or (suffix in OPENED and _begins_as_known(path)):
                yield path
            elif passed_over is not None and path.name.lower() not in _OF_SYSTEMS:
                passed_over(root, path)
            continue
        place = (status.st_dev, status.st_ino)
        if place in entered:
            continue
        if place in above:
            yield path  # all that lies there was not asked for
            continue
        entered.add(place)
        try:
            names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
        except OSError:
            yield path  # reading it will say why it could not be opened
            continue
        pending.extend(path / name for name in reversed(names))


def _begins_as_known(path: Path) -> bool:
    """Whether a file begins as those of one kind do: an export of chats among the many files in JSON. Never raises."""
    try:
        with open_regular(path) as file:
            return can_be_told(file.read(_HEAD))
    except (OSError, ValueError):
        return False


def _above(root: Path) -> set[tuple[int, int]]:
    """The folders that ``root`` lies in, also by the way it really has."""
    found = set()
    for folder in {*root.absolute().parents, *Path(os.path.realpath(root)).parents}:
        try:
            status = folder.stat()
        except (OSError, ValueError):
            continue
        found.add((status.st_dev, status.st_ino))
    return found
