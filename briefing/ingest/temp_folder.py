"""Temporary folders that do not stay behind: the next program deletes those of a program that was killed.

They lie in a folder of the user's own. In a temporary folder that all users share, others could put things that look
like ours in the way; whatever is found there is looked at before it is opened, and left alone unless it is ours.
"""

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

_PREFIX: Final = "briefing-"
_LOCK: Final = "in-use"
"""A file in the folder that the program which made it keeps locked for as long as it lives."""


def own_folder() -> Path:
    """The folder for temporary folders, which only this user can enter. Raises OSError where it cannot be made."""
    root = Path(tempfile.gettempdir())
    if os.name != "posix":
        return root  # each user has one there
    for number in range(100):
        folder = root / f"{_PREFIX}{os.getuid()}{f'.{number}' if number else ''}"
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        if _is_ours(folder.lstat()):
            return folder
    return Path(tempfile.mkdtemp(prefix=_PREFIX))  # someone has taken all these names


def _is_ours(status: os.stat_result) -> bool:
    """Whether it is a folder, no link, that belongs to this user and that no other can enter."""
    mode = status.st_mode
    return stat.S_ISDIR(mode) and status.st_uid == os.getuid() and not mode & (stat.S_IRWXG | stat.S_IRWXO)


class Scratch:
    """A temporary folder, made when it is first asked for and deleted with :meth:`close`.

    Making one deletes the folders of programs that have ended.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._lock: IO[bytes] | None = None
        sweep()

    def __call__(self) -> Path:
        """The folder. Raises OSError where it cannot be made."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=own_folder()))
            new = self._folder / f"{_LOCK}.new"
            self._lock = new.open("wb")
            _hold(self._lock)
            if os.name == "posix":  # it must be held before anyone can see it
                new.rename(self._folder / _LOCK)
        return self._folder

    def close(self) -> None:
        """Delete the folder, if there is one."""
        folder, self._folder = self._folder, None
        lock, self._lock = self._lock, None
        if folder is not None and lock is not None:
            if os.name != "posix":
                lock.close()  # an open file cannot be deleted there
            shutil.rmtree(folder, ignore_errors=True)
            lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def sweep() -> None:
    """Delete the folders that nobody uses any more. Never raises."""
    with suppress(OSError):
        for folder in own_folder().glob(f"{_PREFIX}*"):
            with suppress(OSError):
                if _left_behind(folder):
                    shutil.rmtree(folder, ignore_errors=True)


def _left_behind(folder: Path) -> bool:
    """Whether the folder is one of ours whose program is gone. Raises OSError where that cannot be told."""
    if os.name != "posix":
        (folder / f"{_LOCK}.new").unlink()  # refused while it is open
        return True
    if not _is_ours(folder.lstat()):
        return False
    mark = folder / _LOCK
    status = mark.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.getuid():
        return False
    handle = os.open(mark, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as lock:
        opened = os.fstat(handle)
        if (opened.st_dev, opened.st_ino) != (status.st_dev, status.st_ino):
            return False
        _hold(lock)
    return True


def _hold(lock: IO[bytes]) -> None:
    """Keep the file locked until it is closed. Raises OSError where another program does."""
    with suppress(ImportError):  # elsewhere that it is open is enough
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
