"""Temporary folders that do not stay behind: the next program clears away what one left that was killed."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

_PREFIX: Final = "briefing-"
_LOCK: Final = "in-use"
"""A file in the folder that the program which made it keeps locked for as long as it lives."""


class Scratch:
    """A temporary folder, made when it is first asked for and gone with :meth:`close`.

    Making one clears away the folders of programs that are not there any more.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._lock: IO[bytes] | None = None
        sweep()

    def __call__(self) -> Path:
        """The folder. Raises OSError where it cannot be made."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            new = self._folder / f"{_LOCK}.new"
            self._lock = new.open("wb")
            _hold(self._lock)
            if os.name == "posix":  # it must be held before anyone can see it
                new.rename(self._folder / _LOCK)
        return self._folder

    def close(self) -> None:
        """Take the folder away, if there is one."""
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
    """Take away the folders that nobody uses any more. Never raises."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with suppress(OSError):
                if _left_behind(folder):
                    shutil.rmtree(folder, ignore_errors=True)


def _left_behind(folder: Path) -> bool:
    """Whether the folder is one of ours whose program is gone. Raises OSError where that cannot be told."""
    if folder.is_symlink():
        return False
    if os.name != "posix":
        (folder / f"{_LOCK}.new").unlink()  # refused while it is open
        return True
    with (folder / _LOCK).open("rb") as lock:
        if os.fstat(lock.fileno()).st_uid != os.getuid():
            return False
        _hold(lock)
    return True


def _hold(lock: IO[bytes]) -> None:
    """Keep the file locked until it is closed. Raises OSError where another program does."""
    with suppress(ImportError):  # elsewhere that it is open is enough
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
