"""Messages as mail programs and browsers write them: headers in readable letters, the body as text, attachments."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final, NamedTuple

from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import html
from briefing.sources.decode import decode
from briefing.sources.document import Refused

_ERRORS: Final = (
    MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError,
)  # fmt: skip
"""What :mod:`email` raises on bytes that are no message, or a hostile one."""
_HEADERS: Final = re.compile(
    rb"(?:return-path|received|message-id|mime-version|delivered-to|dkim-signature|x-mailer|envelope-to):",
    re.IGNORECASE,
)
_PARAMETERS: Final = re.compile(rb"(?im)^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*")
_FIELD: Final = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.IGNORECASE)
_LONGEST: Final = 10_000
"""Characters of a header; taking one apart needs time that grows with the square of its length."""
_NAMED: Final = re.compile(r"\s*([^<>]*?)\s*<\s*([^<>\s]+@[^<>\s]+)\s*>")
"""Somebody's name and address. :mod:`email` takes ``Doe, Jane`` for two people, or for nobody since Python 3.13."""
_MOST_PARTS: Final = 1000
_MOST_DEPTH: Final = 20
_WIDEST: Final = 100
_NARROWEST: Final = 50
_APART: Final = re.compile(r"\s|[>*•|–—-]|\d{1,2}[.)]\s|$")
"""How lines begin that are not joined to the one before."""

Mail = Message


class Piece(NamedTuple):
    """A part of a message: its bytes, its name where it has one, and its media type."""

    data: bytes
    name: str
    type: str
    charset: str | None
    attached: bool
    flowed: bool = False


def parse(data: bytes) -> Mail:
    """The message. Raises :class:`Refused` where there is none."""
    if any(match.end() - match.start() > _LONGEST for match in _PARAMETERS.finditer(data)):
        raise Refused("is a damaged mail message: it has a header that is longer than any mail program writes")
    try:
        message = message_from_bytes(data)
    except _ERRORS as error:
        raise Refused("is no mail message, or a damaged one") from error
    if not message.keys():
        raise Refused("is no mail message: it has no headers")
    return message


def header(message: Mail, name: str) -> str | None:
    """A header's text, its encoded words decoded; None where there is none."""
    raw = message.get(name)
    if raw is None:
        return None
    raw = str(raw)[:_LONGEST]
    if "\udc80" <= max(raw, default="") <= "\udcff":  # bytes that no encoding was named for
        raw = raw.encode("ascii", "surrogateescape").decode("utf-8", "replace")
    words: list[str] = []
    try:
        for word, charset in decode_header(raw):
            words.append(word if isinstance(word, str) else _decoded(word, charset))
    except _ERRORS:
        words = [raw]
    return " ".join("".join(words).split()) or None


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return decode(data, "", charset).text
    except Unreadable:
        return data.decode("latin-1")


def moment(message: Mail) -> datetime | None:
    """When it was sent, with the sender's zone."""
    stated = header(message, "Date")
    try:
        found = parsedate_to_datetime(stated) if stated else None
    except _ERRORS:
        return None
    if found is None or not 1970 <= found.year <= 2200:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)  # "-0000": UTC, by a sender who does not say where


def sender(message: Mail) -> tuple[str | None, str | None]:
    """The name (else the address) of who sent it, and the domain of the address."""
    stated = header(message, "From") or header(message, "Sender") or ""
    if m := _NAMED.match(stated):
        name, address = m.groups()
        name = name.removeprefix('"').removesuffix('"').replace('\\"', '"').strip()
    else:
        try:
            found = getaddresses([stated])
        except _ERRORS:
            return None, None
        name, address = next(((n, a) for n, a in found if n or a), ("", ""))
    domain = address.rpartition("@")[2].lower().strip(" .>")
    return name or address or None, domain if "." in domain else None


def pieces(message: Mail) -> list[Piece]:
    """What the message consists of, in order; of alternatives the one that says most. Raises :class:`Refused`."""
    try:
        return list(_pieces(message, 0))[:_MOST_PARTS]
    except _ERRORS as error:
        raise Refused("is a damaged mail message: its parts cannot be told apart") from error


def _pieces(message: Mail, depth: int) -> Iterator[Piece]:
    kind = message.get_content_type()
    payload = message.get_payload()
    if kind == "message/rfc822" and isinstance(payload, list) and payload:
        inner = payload[0]
        if isinstance(inner, Message):
            yield Piece(
                inner.as_bytes(), _name(message) or f"{header(inner, 'Subject') or 'message'}.eml", kind, None, True
            )
    elif isinstance(payload, list):
        parts = [part for part in payload[:_MOST_PARTS] if isinstance(part, Message)] if depth < _MOST_DEPTH else []
        inner_pieces = [list(_pieces(part, depth + 1)) for part in parts]
        if kind == "multipart/alternative":
            inner_pieces = _chosen(inner_pieces)
        for found in inner_pieces:
            yield from found
    else:
        yield _piece(message)


def _piece(message: Mail) -> Piece:
    data = message.get_payload(decode=True)
    name, kind = _name(message), message.get_content_type()
    attached = bool(name) or message.get_content_disposition() == "attachment" or not kind.startswith("text/")
    flowed = str(message.get_param("format") or "").lower() == "flowed"
    charset = message.get_content_charset()
    return Piece(data if isinstance(data, bytes) else b"", name, kind, charset, attached, flowed)


def _name(message: Mail) -> str:
    """The file name that a part is given; without folders."""
    try:
        stated = message.get_filename() or ""
        words = [word if isinstance(word, str) else _decoded(word, charset) for word, charset in decode_header(stated)]
    except _ERRORS:
        return ""
    return re.split(r"[/\\]", "".join(words).strip())[-1][:200]


def _chosen(alternatives: list[list[Piece]]) -> list[list[Piece]]:
    """Of the same body in several forms the plain one, unless it is only a stub; what is attached is kept."""
    bodies = {
        piece.type: (place, piece)
        for place, found in enumerate(alternatives)
        for piece in found
        if piece.type in {"text/plain", "text/html"} and not piece.attached
    }
    plain, page = bodies.get("text/plain"), bodies.get("text/html")
    if plain is None or page is None:
        return alternatives
    dropped = page if len(text_of(plain[1])) * 3 >= len(text_of(page[1])) else plain
    return [[piece for piece in found if piece is not dropped[1]] for found in alternatives]


def text_of(piece: Piece) -> str:
    """A part of a body as text; empty where it is none."""
    try:
        text = SafeText(decode(piece.data, "", piece.charset).text)
    except Unreadable:
        return ""
    if piece.type == "text/html":
        return html.whole(text)
    return unfolded(text) if piece.flowed else unwrapped(text)


def unfolded(text: str) -> str:
    """Lines that end in a space go on in the next (RFC 3676)."""
    return re.sub(r"(?m)^(?!-- $|>)([^\n]*) \n(?!>|\s)", r"\1 ", text).strip("\n")


def unwrapped(text: str) -> str:
    """Paragraphs that were broken into lines of one width as one line each.

    A line was broken there where the next word would not have fitted into the longest line.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    prose = [len(line) for line in lines if not line.startswith(">")]
    width = max(prose, default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return "\n".join(lines).strip("\n")
    out: list[str] = []
    last = ""
    for line in lines:
        word = line.split(" ", 1)[0]
        joined = last and not _APART.match(line) and not last.startswith(">") and len(last) + 1 + len(word) > width
        out += (" " if joined else "\n", line)
        last = line
    return "".join(out).strip("\n")


def is_message(data: bytes) -> bool:
    """Whether ``data`` begins with headers, one of them such as only programs write."""
    block = _FIELD.match(data[:65536])
    return block is not None and any(_HEADERS.match(line) for line in block[0].split(b"\n"))
