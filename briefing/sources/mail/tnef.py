"""Outlook's envelope for mail (``winmail.dat``, MS-OXTNEF): the text and the files in it."""

import re
import struct
from dataclasses import dataclass, field
from typing import Final

from briefing.sources.document import Refused
from briefing.sources.mail import mapi

_SIGNATURE: Final = 0x223E9F78
_DAMAGED: Final = "is a damaged winmail.dat of Outlook; ask for the files in it as ordinary attachments"
_MOST_ATTRIBUTES: Final = 20_000
_MOST_PROPERTIES: Final = 5000
_MESSAGE_BODY: Final = 0x0002800C
_MESSAGE_PROPERTIES: Final = 0x00069003
_CODE_PAGE: Final = 0x00069007
_NEXT_FILE: Final = 0x00069002
_FILE_TITLE: Final = 0x00018010
_FILE_DATA: Final = 0x0006800F
_FILE_PROPERTIES: Final = 0x00069005
_FIXED: Final = {0x2: 4, 0x3: 4, 0x4: 4, 0xA: 4, 0xB: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE: Final = frozenset({0x1E, 0x1F, 0x102, 0xD})
_SEVERAL: Final = 0x1000


@dataclass(slots=True)
class Packed:
    """The contents of an envelope."""

    body: bytes = b""
    type: str = "text/plain"
    charset: str | None = None
    files: list[tuple[str, bytes]] = field(default_factory=list)
    """Names and contents."""


@dataclass(slots=True)
class _File:
    name: str = ""
    data: bytes = b""


def opened(data: bytes) -> Packed:
    """The text and the files in it. Raises :class:`Refused` where it is damaged, or nothing is in it."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        raise Refused(_DAMAGED)
    found = Packed()
    files: list[_File] = []
    try:
        _go_through(data, found, files)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        if not found.body and not files:
            raise Refused(_DAMAGED) from error
    found.files = [(one.name or f"file {number}", one.data) for number, one in enumerate(files, 1) if one.data]
    if not found.body and not found.files:
        raise Refused(_DAMAGED)
    return found


def _go_through(data: bytes, found: Packed, files: list[_File]) -> None:
    place = 6
    for _ in range(_MOST_ATTRIBUTES):
        if place + 9 > len(data):
            return
        _, number, length = struct.unpack_from("<BII", data, place)
        value = data[place + 9 : place + 9 + length]
        if len(value) < length:
            raise struct.error
        place += 9 + length + 2
        if number == _CODE_PAGE:
            page = struct.unpack_from("<I", value)[0]
            found.charset = "utf-8" if page == 65001 else f"cp{page}"
        elif number == _MESSAGE_BODY:
            found.body = found.body or value.rstrip(b"\0")
        elif number == _MESSAGE_PROPERTIES:
            _take_body(found, properties(value))
        elif number == _NEXT_FILE:
            files.append(_File())
        elif number in {_FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES}:
            files += [] if files else [_File()]
            _take_file(files[-1], number, value)


def _take_body(found: Packed, known: dict[int, mapi.Value]) -> None:
    try:
        body = mapi.body(known)
    except Refused:
        return
    if body is not None and body.data:
        found.body, found.type, found.charset = body


def _take_file(one: _File, number: int, value: bytes) -> None:
    if number == _FILE_TITLE:
        one.name = one.name or value.rstrip(b"\0").decode("cp1252", "replace")
    elif number == _FILE_DATA:
        one.data = value
    else:
        known = properties(value)
        name = mapi.text(known, mapi.FILE_NAME) or mapi.text(known, mapi.SHORT_NAME)
        one.name = re.split(r"[/\\]", name)[-1] or one.name
        inner = known.get(mapi.FILE_DATA)
        if isinstance(inner, bytes) and not one.data:
            one.data = inner


def properties(data: bytes) -> dict[int, mapi.Value]:
    """A list of properties by number; names of a sender's own are left out."""
    count = min(struct.unpack_from("<I", data)[0], _MOST_PROPERTIES)
    place = 4
    known: dict[int, mapi.Value] = {}
    for _ in range(count):
        if place + 4 > len(data):
            break
        kind, number = struct.unpack_from("<HH", data, place)
        place += 4
        if number >= 0x8000:
            place = _past_name(data, place)
        several = bool(kind & _SEVERAL)
        kind &= ~_SEVERAL
        values = 1
        if several or kind in _VARIABLE:
            values = min(struct.unpack_from("<I", data, place)[0], _MOST_PROPERTIES)
            place += 4
        for _ in range(values):
            value, place = _value(data, place, kind)
            if number < 0x8000:
                known.setdefault(number, value)
    return known


def _past_name(data: bytes, place: int) -> int:
    """A name of a property: a number, or letters."""
    is_word = struct.unpack_from("<I", data, place + 16)[0]
    place += 20
    if not is_word:
        return place + 4
    length = int(struct.unpack_from("<I", data, place)[0])
    return place + 4 + (length + 3) // 4 * 4


def _value(data: bytes, place: int, kind: int) -> tuple[mapi.Value, int]:
    if kind in _VARIABLE:
        length = struct.unpack_from("<I", data, place)[0]
        raw = data[place + 4 : place + 4 + length]
        if len(raw) < length:
            raise struct.error
        place += 4 + (length + 3) // 4 * 4
        if kind == 0x1F:
            return raw.decode("utf-16-le", "replace"), place
        return raw.rstrip(b"\0") if kind == 0x1E else raw, place
    size = _FIXED.get(kind)
    if size is None:
        raise struct.error
    return int.from_bytes(data[place : place + size], "little"), place + size
