"""Mail: a message (``.eml``) with its attachments as sources of their own, and boxes of messages (``.mbox``)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from briefing.sources.document import Bundle, Document, Part
from briefing.sources.opening import with_title

_FROM: Final = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{0,200}?\d\d:\d\d[^\r\n]{0,80}?\d{4}[^\r\n]{0,80}\r?\n"
)
"""The line before each message of a box."""
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file that is not a box after all, but one message."""
_QUOTED: Final = re.compile(rb"(?m)^>(>*From )")
_ANYBODYS: Final = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|mail|proton|protonmail|yandex"
    r"|zoho|fastmail|tutanota|t-online)\.[a-z.]{2,6}"
)
"""Domains under which everybody writes: no publisher."""
_PICTURES: Final = ("image/", "audio/", "video/", "application/pgp-", "application/pkcs7-", "application/x-pkcs7-")


def messages(data: bytes) -> Iterator[Part]:
    """The messages of a box; their own bytes, without the line before them."""
    starts = [match.span() for match in _FROM.finditer(data)]
    if not starts:
        yield Part("", data[:_LARGEST], "mail")
        return
    ends = [start for start, _ in starts[1:]] + [len(data)]
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True), start=1):
        message = _QUOTED.sub(rb"\1", bytes(data[start:end]).rstrip(b"\r\n") + b"\n")
        yield Part(f"message {number}", message, "mail")


def parts(data: bytes) -> Iterator[Part]:
    """The message itself, then what is attached to it. Raises :class:`Refused` where it is none."""
    from briefing.sources import mime  # the modules for mail take a moment to import

    message = mime.parse(data)
    pieces = mime.pieces(message)
    bodies = [text for piece in pieces if not piece.attached and (text := mime.text_of(piece)).strip()]
    attached = [piece for piece in pieces if piece.attached and piece.data and not piece.type.startswith(_PICTURES)]
    if bodies or not attached:
        yield Part("", data, "mail", _document(message, "\n\n".join(bodies)))
    for number, piece in enumerate(attached, start=1):
        name = piece.name or f"attachment {number}"
        yield Part(name, piece.data, "mail" if piece.type == "message/rfc822" else None)


def _document(message: Any, body: str) -> Document:
    """The message with its subject first. A message that has only a subject says that much."""
    from briefing.sources import mime

    subject = mime.header(message, "Subject")
    author, domain = mime.sender(message)
    publisher = mime.header(message, "Organization")
    if publisher is None and domain and not _ANYBODYS.fullmatch(domain):
        publisher = domain
    return Document(
        with_title(subject, body),
        subject,
        publisher,
        author,
        mime.moment(message),
        language=(mime.header(message, "Content-Language") or "")[:2].lower() or None,
    )


def _is_message(data: bytes) -> bool:
    from briefing.sources import mime

    return b":" in data[:80] and mime.is_message(data)


BOX = Bundle(
    None, (".mbox", ".mbx"), lambda data: _FROM.match(data[:1024]) is not None, messages, nests=False, large=True
)
READER = Bundle("mail", (".eml",), _is_message, parts)
