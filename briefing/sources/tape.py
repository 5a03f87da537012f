"""Tar archives, packed with gzip, bzip2 or xz or not at all: each file in one is read as it would be in a folder."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final

from briefing.sources.archive import shown_name
from briefing.sources.document import Bundle, Part, Refused
from briefing.sources.package import FREE, MAX_PART, RATIO

_PIECE: Final = 65536
_LONGEST_NAME: Final = 1 << 20
"""Bytes of a header that only holds a long name; tar itself would read any number."""
_NAMING: Final = frozenset({
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
})  # fmt: skip
_MEMORY: Final = 128 * 1024 * 1024
"""Bytes that xz may take to unpack."""
_HARMFUL: Final = "unpacks to so much more than its own size that it seems made to do harm"
_DAMAGED: Final = "is a damaged or incomplete archive; what stands before the damage is kept"
ERRORS: Final = (
    *(tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError, UnicodeError),
    *(KeyError, IndexError, MemoryError),
)
"""What these libraries raise on bytes that are none of theirs."""


class _Header(tarfile.TarInfo):
    """A header that is refused where its name alone would fill the memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Header":
        """Read 512 bytes. Raises :class:`Refused` for a header that says that its name is longer than any."""
        found = super().frombuf(buf, encoding, errors)
        if found.type in _NAMING and found.size > _LONGEST_NAME:
            raise Refused(_HARMFUL)
        return found


class _Limited(io.RawIOBase):
    """A file of which no more is read than may be unpacked."""

    def __init__(self, file: Any, most: int) -> None:
        super().__init__()
        self._file = file
        self._left = most

    def read(self, size: int = -1) -> bytes:
        """Read at most ``size`` bytes. Raises :class:`Refused` behind the most that may be."""
        data: bytes = self._file.read(min(size, MAX_PART) if size >= 0 else MAX_PART)
        self._left -= len(data)
        if self._left < 0:
            raise Refused(_HARMFUL)
        return data


class _Xz:
    """A file packed with xz, which is given no more memory than is right."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._xz = lzma.LZMADecompressor(memlimit=_MEMORY)

    def read(self, size: int) -> bytes:
        """Read at most ``size`` bytes; none at the end."""
        while not self._xz.eof:
            piece = self._packed.read(_PIECE) if self._xz.needs_input else b""
            if self._xz.needs_input and not piece:
                raise EOFError
            if data := self._xz.decompress(piece, size):
                return data
        return b""


def parts(data: Any) -> Iterator[Part]:
    """The files in their order; hidden ones, and those that file managers add, are left out."""
    try:
        tape, most = unpacked(data)
        with tarfile.open(fileobj=_Limited(tape, most), mode="r|", tarinfo=_Header) as archive:
            for entry in archive:
                if part := _part(archive, entry, len(data)):
                    yield part
                archive.members.clear()  # type: ignore[attr-defined]  # tar keeps all headers that it has read
    except ERRORS as error:
        raise Refused(_DAMAGED) from error


def _part(archive: tarfile.TarFile, entry: tarfile.TarInfo, packed: int) -> Part | None:
    """One file; None for a folder, or what is hidden.

    Args:
        archive: The archive.
        entry: The file's header.
        packed: Bytes of the whole archive.
    """
    name = shown_name(entry.name)
    if entry.isdir() or name is None:
        return None
    if not entry.isfile():
        return Part(name, b"", refused="is a link or a device in an archive, and no file")
    if entry.size > min(MAX_PART, FREE + RATIO * packed):
        return Part(name, b"", refused=f"is larger than {MAX_PART >> 20} MiB, or says so")
    file = archive.extractfile(entry)
    return Part(name, file.read() if file is not None else b"")


def is_packed(data: bytes) -> bool:
    """Whether bytes begin as what gzip, bzip2 or xz packed."""
    return data[:2] == b"\x1f\x8b" or data[:3] == b"BZh" or data[:6] == b"\xfd7zXZ\0"


def unpacked(data: Any) -> tuple[Any, int]:
    """What is packed in a file, or the file itself, and how many bytes of it may be read."""
    raw = io.BytesIO(data) if isinstance(data, bytes) else data
    most = FREE + RATIO * len(data)
    head = bytes(data[:6])
    if head[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=raw), most
    if head[:3] == b"BZh":
        return bz2.BZ2File(raw), most
    return (_Xz(raw), most) if head == b"\xfd7zXZ\0" else (raw, len(data))


def looks_like(data: bytes) -> bool:
    """Recognise it by the word in its first header, be it packed."""
    head = bytes(data[:_PIECE])
    if is_packed(head):
        try:
            head = unpacked(head)[0].read(512)
        except ERRORS:
            return False
    return head[257:262] == b"ustar"


READER = Bundle(None, (".tar", ".tgz", ".tbz2", ".txz"), looks_like, parts, large=True)
