"""A file or a run of bytes to a source, or to the reason why it is none."""

import hashlib
import os
import stat
from pathlib import Path
from typing import Final

from briefing.model.safetext import SafeText
from briefing.model.source import Format, Source, Unreadable
from briefing.sources.decode import decode
from briefing.sources.formats import Document, choose
from briefing.sources.opening import shorten

MAX_BYTES: Final = 64 * 1024 * 1024
"""Larger files are set aside: more than a hundred novels in one file is a data dump, not a source."""

_MAX_TITLE: Final = 300
_KINDS: Final = (
    (stat.S_ISDIR, "is a folder, not a file"),
    (stat.S_ISFIFO, "is a pipe, not a file; send its output to standard input instead"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


def read_file(path: Path) -> Source:
    """The source in the file ``path``. Raises :class:`Unreadable`, never anything else, and never waits."""
    try:
        data = _contents(path)
    except (OSError, ValueError) as error:
        raise Unreadable(str(path), _why(path, error)) from error
    return read_bytes(data, str(path))


def read_bytes(data: bytes, path: str, format: Format | None = None) -> Source:  # noqa: A002 - the field's word
    """The source in ``data``; ``path`` names it to the user.

    Where no ``format`` is given, the suffix of ``path`` decides, and where that says nothing, the bytes.
    Raises :class:`Unreadable` where there is no text in it.
    """
    if not data:
        raise Unreadable(path, "is empty")
    if len(data) > MAX_BYTES:
        raise Unreadable(path, f"is larger than {MAX_BYTES >> 20} MiB; split it into the documents it holds")
    reader = choose(path, data, format)
    decoded = decode(data, path, reader.declared(data))
    document = reader.read(SafeText(decoded.text))
    text = SafeText(document.text)
    if not text.strip():
        raise Unreadable(path, "holds no text that can be read")
    return Source(
        id=source_id(data),
        path=SafeText(path).line(),
        title=_title(document, text),
        text=text,
        format=reader.format,
        publisher=_line(document.publisher),
        author=_line(document.author),
        published=document.published,
        language=document.language,
        encoding=decoded.encoding,
    )


def source_id(data: bytes) -> str:
    """The id of the source with these bytes: SHA-256, hex."""
    return hashlib.sha256(data).hexdigest()


def _contents(path: Path) -> bytes:
    """All bytes of a regular file, at most one more than may be read. Opening never waits for a writer."""
    _refuse_special(path.stat())
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        _refuse_special(os.fstat(handle))
        return file.read(MAX_BYTES + 1)


def _refuse_special(status: os.stat_result) -> None:
    """Raise OSError where the file is not a plain one: reading a pipe or a device may never end."""
    for is_kind, reason in _KINDS:
        if is_kind(status.st_mode):
            raise OSError(reason)


def _why(path: Path, error: OSError | ValueError) -> str:
    """The reason in words a user can act on."""
    if isinstance(error, FileNotFoundError):
        return "is a link to a file that is not there" if path.is_symlink() else "is not there"
    if isinstance(error, PermissionError):
        return "may not be read: permission denied"
    if isinstance(error, OSError) and error.errno is None:
        return str(error)
    detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {detail}"


def _title(document: Document, text: SafeText) -> SafeText:
    """The stated title, else the first line of the text."""
    stated = _line(document.title)
    return SafeText(shorten(stated or text.strip().partition("\n")[0], _MAX_TITLE)).line()


def _line(stated: str | None) -> SafeText | None:
    """On one line, cleaned; None where nothing is left."""
    return SafeText(stated).line() or None if stated else None
