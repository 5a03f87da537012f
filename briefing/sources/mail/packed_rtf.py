"""Decompress Outlook's compressed rich text (MS-OXRTFCP): a dictionary of 4,096 bytes, flags for eight runs each."""

import struct
from typing import Final

from briefing.sources.document import Refused

_BEGINNING: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n" rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)  # fmt: skip
_SIZE: Final = 4096
_MOST: Final = 64 * 1024 * 1024


def unpacked(data: bytes) -> bytes:
    """Decompress the rich text. Raises :class:`Refused` where it is damaged."""
    if len(data) < 16:
        raise Refused("holds rich text that is damaged")
    _, raw_size, kind = struct.unpack_from("<II4s", data)
    body = data[16:]
    if kind == b"MELA":
        return body[:raw_size]
    if kind != b"LZFu" or raw_size > _MOST:
        raise Refused("holds rich text that is damaged")
    window = bytearray(_BEGINNING.ljust(_SIZE, b" "))
    write = len(_BEGINNING)
    out = bytearray()
    place = 0
    while place < len(body) and len(out) < raw_size:
        flags = body[place]
        place += 1
        for bit in range(8):
            if flags >> bit & 1:
                if place + 2 > len(body):
                    return bytes(out)
                token = body[place] << 8 | body[place + 1]
                place += 2
                offset, length = token >> 4, (token & 0xF) + 2
                if offset == write:
                    return bytes(out)
                run: list[int] = []
                for step in range(length):
                    byte = window[(offset + step) % _SIZE]
                    run.append(byte)
                    window[write] = byte
                    write = (write + 1) % _SIZE
                out += bytes(run)
            else:
                if place >= len(body):
                    return bytes(out)
                byte = body[place]
                place += 1
                out.append(byte)
                window[write] = byte
                write = (write + 1) % _SIZE
    return bytes(out[:raw_size])
