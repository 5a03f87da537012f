"""One file packed with gzip, bzip2 or xz, as mailing lists and logs are kept: read as it would be unpacked."""

import zlib
from collections.abc import Iterator
from typing import Any, Final

from briefing.sources.archive import shown_name
from briefing.sources.document import Bundle, Part, Refused
from briefing.sources.package import MAX_PART
from briefing.sources.tape import ERRORS, is_packed, unpacked

_PIECE: Final = 65536
_HEADER: Final = 10
"""Bytes before the name in gzip's header."""
_EXTRA, _NAME = 4, 8
"""Flags of what that header holds."""


def parts(data: Any) -> Iterator[Part]:
    """The one file, by the name that gzip kept; without a name where none was kept."""
    packed, most = unpacked(data)
    most = min(most, MAX_PART)
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := packed.read(_PIECE):
            size += len(piece)
            if size > most:
                raise Refused("unpacks to more than a document may be, or to so much that it seems made to do harm")
            pieces.append(piece)
    except (*ERRORS, zlib.error) as error:
        raise Refused("is packed and damaged or incomplete: what is in it cannot be unpacked") from error
    yield Part(_kept_name(bytes(data[:_PIECE])), b"".join(pieces))


def _kept_name(head: bytes) -> str:
    """The name in gzip's header; empty for none."""
    if head[:2] != b"\x1f\x8b" or len(head) < _HEADER or head[3] & _EXTRA or not head[3] & _NAME:
        return ""
    name = head[_HEADER : head.find(b"\0", _HEADER)].decode("utf-8", "replace")
    return (shown_name(name) or "").rpartition("/")[2]


def looks_like(data: bytes) -> bool:
    """Recognise it by its first bytes, and by whether they can be unpacked."""
    if not is_packed(data):
        return False
    try:
        return bool(unpacked(bytes(data[:_PIECE]))[0].read(1))
    except (*ERRORS, zlib.error):
        return False


READER = Bundle(None, (), looks_like, parts, certain=True, wraps=True)
