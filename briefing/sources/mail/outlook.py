"""Outlook messages (``.msg``, MS-OXMSG): the message as one source, its attachments as others."""

import io
import struct
from collections.abc import Iterator
from email import message_from_string
from typing import Any, Final

from briefing.sources.document import Bundle, Part, Refused
from briefing.sources.mail import mapi, message

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAM: Final = "__properties_version1.0"
_VALUE: Final = "__substg1.0_"
_FILE: Final = "__attach_version1.0_"
_SIGN: Final = _STREAM.encode("utf-16-le")
_DAMAGED: Final = "is an Outlook message (.msg), and damaged; save it again from Outlook, or as .eml"
_MOST_FILES: Final = 1000
_MOST_DEPTH: Final = 3
_MOST_BYTES: Final = 64 * 1024 * 1024


def parts(data: bytes) -> Iterator[Part]:
    """The message, then what is attached to it. Raises :class:`Refused` where it is damaged."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            found = list(_Message(file, data, [], 0).parts(""))
    except Refused:
        raise
    except Exception as error:  # a library on hostile input
        raise Refused(_DAMAGED) from error
    yield from found


class _Message:
    """One message in the file: itself, or one that is attached to it."""

    def __init__(self, file: Any, data: bytes, folder: list[str], depth: int) -> None:
        self._file = file
        self._data = data
        self._folder = folder
        self._depth = depth
        self._properties = self._read(folder, 32 if not folder else 24)

    def parts(self, name: str) -> Iterator[Part]:
        """The message under this name, then its attachments."""
        known = self._properties
        if not known:
            raise Refused(_DAMAGED)
        yield Part(name, self._data, "mail", self._document(known))
        for number, folder in enumerate(self._files(), start=1):
            yield from self._attached(folder, number)

    def _document(self, known: mapi.Properties) -> Any:
        headers = message_from_string(mapi.text(known, mapi.HEADERS).lstrip())
        for key, number in (
            ("Subject", mapi.SUBJECT), ("Message-ID", mapi.MESSAGE_ID), ("In-Reply-To", mapi.IN_REPLY_TO),
            ("References", mapi.REFERENCES),
        ):  # fmt: skip
            if headers.get(key) is None and (value := mapi.text(known, number)):
                headers[key] = " ".join(value.split())
        if headers.get("From") is None:
            address = mapi.text(known, mapi.SENDER_SMTP) or mapi.text(known, mapi.SENDER_ADDRESS)
            name = mapi.text(known, mapi.SENDER_NAME)
            headers["From"] = " ".join(f"{name} <{address}>".split()) if "@" in address else name or address
        body = mapi.body(known)
        return message.document(headers, message.body_text(body) if body else "", mapi.moment(known))

    def _files(self) -> list[list[str]]:
        depth = len(self._folder)
        names = {
            entry[depth]
            for entry in self._file.listdir(streams=True, storages=True)
            if len(entry) > depth and entry[:depth] == self._folder and entry[depth].startswith(_FILE)
        }
        return [[*self._folder, name] for name in sorted(names)][:_MOST_FILES]

    def _attached(self, folder: list[str], number: int) -> Iterator[Part]:
        known = self._read(folder, 8)
        name = mapi.text(known, mapi.FILE_NAME) or mapi.text(known, mapi.SHORT_NAME) or f"attachment {number}"
        name = name.replace("\\", "/").rpartition("/")[2]
        inner = [*folder, f"{_VALUE}3701000D"]
        if self._file.exists("/".join([*inner, _STREAM])):
            if self._depth >= _MOST_DEPTH:
                yield Part(name, b"", refused=f"is packed into more than {_MOST_DEPTH} messages")
                return
            streams = sorted(entry for entry in self._file.listdir() if entry[: len(inner)] == inner)
            own = b"\0".join(map(self._stream, streams))
            yield from _Message(self._file, own, inner, self._depth + 1).parts(f"{name}.msg")
            return
        data = known.get(mapi.FILE_DATA)
        if isinstance(data, bytes) and data:
            yield Part(name, data)

    def _read(self, folder: list[str], start: int) -> dict[int, mapi.Value]:
        """The properties of a message or an attachment: small ones in one stream, long ones in one each."""
        known: dict[int, mapi.Value] = {}
        small = self._stream([*folder, _STREAM])
        for place in range(start, len(small) - 15, 16):
            kind, number, _, value = struct.unpack_from("<HHIQ", small, place)
            if kind in {0x0003, 0x0040}:
                known[number] = value & 0xFFFFFFFF if kind == 0x0003 else value
        depth = len(folder)
        for entry in self._file.listdir(streams=True, storages=False):
            name = entry[-1]
            if len(entry) != depth + 1 or entry[:depth] != folder or not name.startswith(_VALUE) or len(name) != 20:
                continue
            number, kind = int(name[12:16], 16), int(name[16:20], 16)
            raw = self._stream(entry) if kind in {0x001F, 0x001E, 0x0102} else b""
            known[number] = raw.decode("utf-16-le", "replace") if kind == 0x001F else raw
        return known

    def _stream(self, path: list[str]) -> bytes:
        name = "/".join(path)
        if not self._file.exists(name) or self._file.get_size(name) > _MOST_BYTES:
            return b""
        return bytes(self._file.openstream(name).read())


def _is_outlook(data: bytes) -> bool:
    return data.startswith(_MAGIC) and _SIGN in data


READER = Bundle(None, (".msg",), _is_outlook, parts)
