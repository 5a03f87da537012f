"""Open untrusted paths as regular files only: pipes and devices could block forever or never end."""

import os
import stat
from pathlib import Path
from typing import IO, Final

_KINDS: Final = (
    (stat.S_ISDIR, "is a folder, not a file"),
    (stat.S_ISFIFO, "is a pipe, not a file; send its output to standard input instead"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)
MAX_OWN: Final = 4_000_000
"""Bytes of a text that somebody wrote for the program: a bottom line, a list of names."""
_FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_CLOEXEC"))


def open_regular(path: str | Path) -> IO[bytes]:
    """The file for reading. Raises OSError, without a number where it is a pipe, a device or the like; never waits.

    It is looked at twice: before, since opening a device may do something, and after, since another may be there by
    then. ValueError where the path can be that of no file.
    """
    require_regular(os.stat(path))  # noqa: PTH116 - a path may be given as a string
    handle = os.open(path, _FLAGS)
    try:
        require_regular(os.fstat(handle))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def require_regular(status: os.stat_result) -> None:
    """Raise OSError where a file is not a plain one: reading a pipe or a device may never end."""
    for is_kind, reason in _KINDS:
        if is_kind(status.st_mode):
            raise OSError(reason)


def read_words(path: str | Path, most: int = 100_000_000) -> str:
    """Read a text file that the user names, in UTF-8 with or without a mark.

    Args:
        path: The file.
        most: Bytes; a larger file is the wrong one.

    Raises:
        OSError: Where it cannot be read, is too large, or is a pipe, a device or the like; the file is named.
        UnicodeDecodeError: Where it is no UTF-8.
    """
    try:
        data = read_regular(path, most + 1)
    except OSError as error:
        if error.errno is not None:
            raise
        raise OSError(f"{path}: {error}") from error
    except ValueError as error:
        raise OSError(f"{str(path)!r} is no path") from error
    if len(data) > most:
        raise OSError(f"{path}: is too large for what it is read as")
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def read_regular(path: str | Path, most: int) -> bytes:
    """Read the bytes of a regular file.

    Args:
        path: The file.
        most: At most so many bytes are read, from the beginning.

    Raises:
        OSError: Where it cannot be opened or read, or is a pipe, a device or the like.
        ValueError: Where the path can be that of no file (a null character).
    """
    with open_regular(path) as file:
        return file.read(most)
