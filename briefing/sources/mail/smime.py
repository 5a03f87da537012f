"""Signed mail whose text lies inside its signature (S/MIME, opaque): the text, without checking the signature."""

import zlib
from typing import Final

from briefing.sources.document import Refused

ENCRYPTED: Final = "is encrypted; open it in the mail program that has the key and save it from there"
_DAMAGED: Final = "is signed mail (S/MIME), and damaged: what was signed cannot be taken out"
_SIGNED: Final = bytes.fromhex("2a864886f70d010702")
_ENVELOPED: Final = tuple(bytes.fromhex(number) for number in ("2a864886f70d010703", "2a864886f70d01091001" + "17"))
_COMPRESSED: Final = bytes.fromhex("2a864886f70d0109100109")
_DATA: Final = bytes.fromhex("2a864886f70d010701")
_MOST: Final = 64 * 1024 * 1024
_MOST_DEPTH: Final = 40

_SEQUENCE, _SET, _OCTETS, _OBJECT, _FIRST = 0x30, 0x31, 0x04, 0x06, 0xA0
_CONSTRUCTED_OCTETS: Final = 0x24


def opened(data: bytes) -> bytes:
    """The message inside. Raises :class:`Refused` where it is encrypted, damaged, or only a signature."""
    if data.lstrip().startswith(b"-----BEGIN"):
        data = _unarmoured(data)
    kind, content = _content(data)
    if kind in _ENVELOPED:
        raise Refused(ENCRYPTED)
    if kind == _COMPRESSED:
        return _inflated(_octets(_find(_children(content), _SEQUENCE, 1)))
    if kind != _SIGNED:
        raise Refused(_DAMAGED)
    inner = _find(_children(content), _SEQUENCE)
    fields = _children(inner)
    wrapped = [value for tag, value in fields if tag == _FIRST]
    if not wrapped:
        raise Refused("is a signature (S/MIME) without the text that was signed")
    return _octets_of(wrapped[0])


def _unarmoured(data: bytes) -> bytes:
    import binascii

    lines = [line for line in data.split() if not line.startswith(b"-----") and b":" not in line]
    try:
        return binascii.a2b_base64(b"".join(lines[1:] if lines and not lines[0].endswith(b"=") else lines))
    except binascii.Error as error:
        raise Refused(_DAMAGED) from error


def _content(data: bytes) -> tuple[bytes, bytes]:
    """The kind of a CMS structure and its content."""
    outer = _find(_children(data), _SEQUENCE)
    fields = _children(outer)
    kind = next((value for tag, value in fields if tag == _OBJECT), b"")
    wrapped = _find(fields, _FIRST)
    if kind in _ENVELOPED:
        return kind, b""
    return kind, _find(_children(wrapped), _SEQUENCE)


def _find(fields: list[tuple[int, bytes]], tag: int, place: int = 0) -> bytes:
    found = [value for each, value in fields if each == tag]
    if len(found) <= place:
        raise Refused(_DAMAGED)
    return found[place]


def _octets(inner: bytes) -> bytes:
    """The octet string that a ``[0]`` of a content holds."""
    return _octets_of(_find(_children(inner), _FIRST))


def _octets_of(wrapped: bytes) -> bytes:
    fields = _children(wrapped)
    if not fields:
        raise Refused(_DAMAGED)
    return _joined(*fields[0], 0)


def _joined(tag: int, value: bytes, depth: int) -> bytes:
    """An octet string, which may be cut into several."""
    if tag == _OCTETS:
        return value
    if tag != _CONSTRUCTED_OCTETS or depth > _MOST_DEPTH:
        raise Refused(_DAMAGED)
    return b"".join(_joined(*field, depth + 1) for field in _children(value))


def _inflated(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(packed, _MOST)
    except zlib.error as error:
        raise Refused(_DAMAGED) from error
    if unpacker.unconsumed_tail:
        raise Refused(f"unpacks to more than {_MOST >> 20} MiB")
    return data


def _children(data: bytes) -> list[tuple[int, bytes]]:
    """The elements of a BER value, one level deep: tag and content. Raises :class:`Refused` where it is cut short."""
    found: list[tuple[int, bytes]] = []
    place = 0
    while place < len(data):
        tag, start, end, after = _element(data, place)
        if tag == 0 and start == end:
            break
        found.append((tag, data[start:end]))
        place = after
    return found


def _element(data: bytes, place: int, depth: int = 0) -> tuple[int, int, int, int]:
    """Tag, start and end of the content, and where the next element begins."""
    if place + 2 > len(data) or depth > _MOST_DEPTH:
        raise Refused(_DAMAGED)
    tag, length, start = data[place], data[place + 1], place + 2
    if tag & 0x1F == 0x1F:
        raise Refused(_DAMAGED)
    if length == 0x80:  # its end is marked, not its length told
        at = start
        while data[at : at + 2] != b"\0\0":
            at = _element(data, at, depth + 1)[3]
        return tag, start, at, at + 2
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if start + length > len(data):
        raise Refused(_DAMAGED)
    return tag, start, start + length, start + length
