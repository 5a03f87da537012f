"""Unpack zip files within limits: archives, and the documents that are zip files inside."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import IO, Final

from briefing.sources.document import Refused

MAX_PART: Final = 64 * 1024 * 1024
"""Bytes of one unpacked file."""
RATIO: Final = 200
FREE: Final = 1024 * 1024
"""So many times its packed size, and so many bytes besides, may a file have; the tightest text is packed 100 to 1."""
_MOST_ENTRIES: Final = 100_000
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
"""Others may take any amount of memory to unpack."""
_HEADER: Final = 30
"""Bytes before each file, at the least."""
_LOCKED: Final = 0x1
_OTHERS: Final = (
    ("xl/", "is a spreadsheet of a kind that is not read; save it as .xlsx and add that"),
    ("ppt/", "is a presentation of a kind that is not read; save it as .pdf and add that"),
    ("visio/", "is a drawing, which is not read; save it as .pdf and add that"),
)
_ERRORS: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, KeyError, IndexError, OverflowError,
    AttributeError, UnicodeError, NotImplementedError, MemoryError,
)  # fmt: skip
"""What :mod:`zipfile` raises on bytes that are none."""


def is_zip(data: bytes) -> bool:
    """Whether ``data`` begins as a zip file, be it an empty or damaged one."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Package:
    """A zip file in memory. Nothing is written anywhere: the names in it are only names."""

    def __init__(self, data: bytes | IO[bytes]) -> None:
        """Raises :class:`Refused` where it is damaged."""
        if isinstance(data, bytes) and not is_zip(data):
            raise Refused("is damaged, or no document of the kind that its name says")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
            entries = self._zip.infolist()
        except _ERRORS as error:
            raise Refused("is damaged or incomplete: what is packed in it cannot be unpacked") from error
        if len(entries) > _MOST_ENTRIES:
            raise Refused(f"holds more than {_MOST_ENTRIES:,} files; unpack it and add what you need")
        if _overlap(entries):
            raise Refused("holds files that lie within each other: it seems made to do harm")
        self.entries: Sequence[zipfile.ZipInfo] = [entry for entry in entries if not entry.filename.endswith("/")]

    @cached_property
    def names(self) -> frozenset[str]:
        """The files in it."""
        return frozenset(entry.filename for entry in self.entries)

    def refuse_others(self) -> None:
        """Raise :class:`Refused` where it is an Office document of a kind that is not read."""
        for folder, reason in _OTHERS:
            if "[Content_Types].xml" in self.names and any(name.startswith(folder) for name in self.names):
                raise Refused(reason)

    def read(self, entry: str | zipfile.ZipInfo) -> bytes:
        """Read one file of it. Raises :class:`Refused` where it is not there, locked, damaged, or too large."""
        try:
            info = self._zip.getinfo(entry) if isinstance(entry, str) else entry
            if info.flag_bits & _LOCKED:
                raise Refused("is locked by a password; unpack it and add what is in it")
            if info.compress_type not in _METHODS:
                raise Refused("is packed in a way that is not known here; unpack it and add what is in it")
            most = min(MAX_PART, FREE + RATIO * info.compress_size)
            with self._zip.open(info) as file:
                data = file.read(most + 1)
        except _ERRORS as error:
            raise Refused("is damaged or incomplete: what is packed in it cannot be unpacked") from error
        if len(data) > most:
            raise Refused("unpacks to so much more than its own size that it seems made to do harm")
        return data


def _overlap(entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether two files claim the same bytes: a small archive would unpack to them any number of times."""
    places = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    return any(start + _HEADER + size > following for (start, size), (following, _) in pairwise(places))
