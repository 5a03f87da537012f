"""The files that paths stand for."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from briefing.sources.formats import SUFFIXES

_OF_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
"""What file managers put into folders."""


def discover(refs: Iterable[str | Path], passed_over: Callable[[Path, Path], None] | None = None) -> Iterator[Path]:
    """Files in the order of ``refs``; folders are walked to their ends, each in the order of its names.

    Inside a folder, hidden entries are passed over, and files of formats that are not read: of those, ``passed_over``
    is told, with the folder that was named. A path that is named itself is always given, also when it is missing or of
    another format, so that reading it says why; so is a folder that may not be opened. No file is given twice, and
    links that lead in circles end.
    """
    seen: set[str] = set()
    for ref in refs:
        path = Path(ref)
        for found in _walk(path, passed_over) if path.is_dir() else (path,):
            name = os.path.abspath(found)  # noqa: PTH100 - Path.absolute keeps "..", and resolve follows links
            if name not in seen:
                seen.add(name)
                yield found


def _walk(root: Path, passed_over: Callable[[Path, Path], None] | None) -> Iterator[Path]:
    """Files below ``root``, depth first; a folder reached by two ways is walked once."""
    entered: set[tuple[int, int]] = set()
    pending = [root]
    while pending:
        path = pending.pop()
        if not path.is_dir():
            if path.suffix.lower() in SUFFIXES:
                yield path
            elif passed_over is not None and path.name.lower() not in _OF_SYSTEMS:
                passed_over(root, path)
            continue
        try:
            status = path.stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
        except OSError:
            yield path  # reading it will say why it could not be opened
            continue
        pending.extend(path / name for name in reversed(names))
