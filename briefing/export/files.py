"""Write files of the user's: whole or not at all, and never over another one unasked."""

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from briefing.model.own_files import FILE


def write_file(path: Path, text: str | bytes, overwrite: bool = False) -> None:
    """Write a file so that it holds all of the text, or is as before.

    A device or pipe is written to as it is. A link is followed.

    Args:
        path: The file.
        text: Its contents; text is written as UTF-8.
        overwrite: Whether a file that exists may be replaced.

    Raises:
        FileExistsError: Where the file exists and may not be replaced.
        OSError: Where it cannot be written; it names the file or its folder.
    """
    if _special(path):
        with _named(path), path.open("wb") as out:
            out.write(_encoded(text))
        return
    if not overwrite and os.path.lexists(path):
        raise FileExistsError(17, "a file of this name is there already", str(path))
    target = _target(path)
    part = target.with_name(f".{target.name[:100]}.{token_hex(4)}.part")
    with _named(path, part):
        try:
            _write(part, text)
            if target.exists() and overwrite:
                shutil.copymode(target, part)
            _put(part, target, overwrite)
        finally:
            part.unlink(missing_ok=True)


def _target(path: Path) -> Path:
    """The file that is meant: where a link leads."""
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return target


@contextmanager
def _named(path: Path, part: Path | None = None) -> Iterator[None]:
    """Errors of the block name what the user gave: the file, or its folder where ``part`` could not be made there."""
    try:
        yield
    except OSError as error:
        if error.filename is None:  # such as a full disk
            raise OSError(error.errno, error.strerror, str(path)) from error
        if error.filename == str(part):
            raise OSError(error.errno, error.strerror, str(path.parent)) from error
        raise


def _special(path: Path) -> bool:
    """Whether ``path`` is there and neither file nor folder: a terminal, a pipe, ``/dev/null``."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(21, "this is a folder, name a file in it", str(path))
    return not stat.S_ISREG(mode)


def _encoded(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _write(part: Path, text: str | bytes) -> None:
    # A brief quotes sources that may be confidential: whom it is shown to is for its author to say.
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    with os.fdopen(handle, "wb") as out:
        out.write(_encoded(text))
        out.flush()
        os.fsync(out.fileno())


def _put(part: Path, target: Path, overwrite: bool) -> None:
    if overwrite:
        part.replace(target)
        return
    try:
        os.link(part, target)  # unlike a rename, this fails where another program was faster
    except FileExistsError:
        raise FileExistsError(17, "a file of this name is there already", str(target)) from None
    except OSError:  # a file system without hard links
        with target.open("x", encoding="utf-8"):
            pass
        part.replace(target)
