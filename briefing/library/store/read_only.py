"""Read a library file that cannot be written, on a share or a medium, leaving nothing beside it and missing nothing.

SQLite reads a file with a write-ahead log by way of two files beside it. Where both are there, another program has the
library open and its locks hold for us as well. Where they are not and cannot be made, the file is read as one that does
not change, and looked at before each reading: once it has changed, what was read of it before is forgotten.
"""

import os
import sqlite3
from pathlib import Path
from typing import Final

from briefing.library.errors import LibraryError, LibraryReadOnly

_LIVE: Final = (-1,)
"""Stands for a file whose changes SQLite itself notices."""


def may_write(path: Path) -> bool:
    """Whether the file can be written, and the files that SQLite needs beside it."""
    path = Path(os.path.realpath(path))  # never raises, whatever links to itself
    beside = _beside(path)
    made = all(os.access(file, os.W_OK) for file in beside) or os.access(path.parent, os.W_OK | os.X_OK)
    return os.access(path, os.W_OK) and made


def refusal(path: Path) -> LibraryReadOnly:
    """The error for whoever would write."""
    return LibraryReadOnly(
        f"The library {path} can only be read, so nothing in it can be changed. To work with it, copy it to a folder"
        " where you may write and open the copy: briefing --library COPY"
    )


class OnlyRead:
    """Connects to one file that may only be read."""

    def __init__(self, path: Path) -> None:
        self._path = Path(os.path.realpath(path))
        self._seen = self._state()

    def has_changed(self) -> bool:
        """Whether another program has written the file since this was asked last, unnoticed by SQLite."""
        seen, self._seen = self._seen, self._state()
        return seen != self._seen

    def connect(self, wait: float) -> sqlite3.Connection:
        """A connection. Raises :class:`LibraryError` where there are changes that cannot be read."""
        log, _ = _beside(self._path)
        if self._state() == _LIVE:
            try:
                return self._connected("mode=ro", wait)
            except sqlite3.OperationalError:
                pass  # the files beside it may not be read, or not over this network
        if _size(log):
            raise LibraryError(
                f"The library {self._path} can only be read, and its last changes are still in {log.name} beside it,"
                " which cannot be read without writing. Open it once where it can be written and close it again, or"
                " copy both files to a folder where you may write."
            )
        return self._connected("mode=ro&immutable=1", wait)

    def _connected(self, how: str, wait: float) -> sqlite3.Connection:
        address = f"{self._path.absolute().as_uri()}?{how}"
        db = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            db.close()
            raise
        return db

    def _state(self) -> tuple[int, ...]:
        log, index = _beside(self._path)
        if log.exists() and index.exists():
            return _LIVE
        try:
            found = self._path.stat()
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino, _size(log)


def _beside(path: Path) -> tuple[Path, Path]:
    """The write-ahead log, and what finds pages in it."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
