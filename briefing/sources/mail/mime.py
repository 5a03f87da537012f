"""Parse MIME messages of mail programs and browsers: decoded headers, body parts, attachments."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from briefing.model.source import Unreadable
from briefing.sources.dates import find_date
from briefing.sources.decode import decode
from briefing.sources.document import Refused
from briefing.sources.mail import smime, tnef
from briefing.sources.mail.piece import Piece
from briefing.sources.mail.text import text_of
from briefing.sources.mail.transfer import decoded_body, text_inside

ERRORS: Final = (
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
_ID: Final = re.compile(r"<\s*([^<>\s]{1,250})\s*>")
_MOST_IDS: Final = 100
_MOST_PARTS: Final = 1000
_MOST_DEPTH: Final = 20
_OFFSET: Final = re.compile(r"\b(?:GMT|UTC?)\s*([+-]\d{1,2}):?(\d{2})?\b")
_OWN_WAY: Final = re.compile(r"^\d{4}-|\d\s?[AP]\.?M\b", re.IGNORECASE)
"""Dates in no mail program's form, which the library reads wrongly."""
_NO_ZONE: Final = re.compile(r"\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[AaPp][Mm])?(?:\s\d{4})?\s*$")
_KNOWN_ZONE: Final = re.compile(r"(?:[+-]\d{4}|[+-]\d\d:\d\d|\b(?:GMT|UTC?|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT))$")

BODIES: Final = frozenset({
    "text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown", "text/x-markdown", "text/x-amp-html",
    "text/x-web-markdown", "application/xhtml+xml", "text/rtf", "text/x-html", "text/unknown", "text",
})  # fmt: skip
"""Kinds of text that a message's own words are written in; other text in it is a file that somebody attached."""
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", "text/x-html"})
_ENVELOPES: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_WINMAIL: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_MESSAGES: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_SUFFIXES: Final = {
    "text/calendar": ".ics", "text/vcard": ".vcf", "text/x-vcard": ".vcf", "text/directory": ".vcf", "text/csv": ".csv",
    "text/tab-separated-values": ".tsv", "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg",
    "application/zip": ".zip", "application/rtf": ".rtf", "image/gif": ".gif", "image/tiff": ".tif",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_MARKED_UP: Final = re.compile(rb"<(?:su[pb]|del|s|strike)\b|line-through", re.IGNORECASE)
_STUB: Final = 3
"""A plain text this many times shorter than the page beside it only says that there is a page."""

Mail = Message


def parse(data: bytes) -> Mail:
    """The message. Raises :class:`Refused` where there is none."""
    if any(match.end() - match.start() > _LONGEST for match in _PARAMETERS.finditer(data)):
        raise Refused("is a damaged mail message: it has a header that is longer than any mail program writes")
    try:
        message = message_from_bytes(data)
    except ERRORS as error:
        raise Refused("is no mail message, or a damaged one") from error
    if not message.keys():
        raise Refused("is no mail message: it has no headers")
    return message


def header(message: Mail, name: str) -> str | None:
    """A header's text, its encoded words decoded; None where there is none.

    Args:
        message: The message.
        name: Name of the header, in any case.
    """
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if raw is None:
        return None
    raw = str(raw)[:_LONGEST]
    if "\udc80" <= max(raw, default="") <= "\udcff":  # bytes that no encoding was named for
        raw = raw.encode("ascii", "surrogateescape").decode("utf-8", "replace")
    words: list[str] = []
    try:
        for word, charset in decode_header(raw):
            words.append(word if isinstance(word, str) else _decoded(word, charset))
    except ERRORS:
        words = [raw]
    return " ".join("".join(words).split()) or None


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return decode(data, "", charset).text
    except Unreadable:
        return data.decode("latin-1")


def moment(message: Mail) -> datetime | date | None:
    """When it was sent, with the sender's zone; the day alone where no zone is stated."""
    stated = re.sub(r"\s*\([^()]*\)", "", header(message, "Date") or "").strip()
    stated = _OFFSET.sub(lambda found: f"{found[1][0]}{int(found[1][1:]):02}{found[2] or '00'}", stated)
    found: datetime | date | None = None
    if _KNOWN_ZONE.search(stated) and not _OWN_WAY.search(stated):
        try:
            found = parsedate_to_datetime(stated)
        except ERRORS:
            found = None
        if isinstance(found, datetime) and found.tzinfo is None:
            found = found.replace(tzinfo=UTC)  # "-0000": UTC, by a sender who does not say where
    if found is None and (day := find_date(stated)):
        found = day.value
    if found is None and _NO_ZONE.search(stated):
        try:
            found = parsedate_to_datetime(stated).date()
        except ERRORS:
            found = None
    return found if found is not None and 1970 <= found.year <= 2200 else None


def message_id(message: Mail) -> str | None:
    """The id that its sender's program gave it, without angle brackets."""
    found = _ID.search(str(message.get("Message-ID") or "")[:_LONGEST])
    return found[1] if found else None


def replies_to(message: Mail) -> tuple[str, ...]:
    """The ids of the messages that it follows, the oldest first, each once."""
    stated = " ".join(str(message.get(name) or "")[:_LONGEST] for name in ("References", "In-Reply-To"))
    return tuple(dict.fromkeys(_ID.findall(stated)))[-_MOST_IDS:]


def sender(message: Mail) -> tuple[str | None, str | None]:
    """The name (else the address) of who sent it, and the domain of the address."""
    return named(header(message, "From") or header(message, "Sender") or "")


def named(stated: str) -> tuple[str | None, str | None]:
    """The name (else the address) of one who writes, and the domain of the address."""
    if m := _NAMED.match(stated):
        name, address = m.groups()
        name = name.removeprefix('"').removesuffix('"').replace('\\"', '"').strip()
    else:
        try:
            found = getaddresses([stated])
        except ERRORS:
            return None, None
        name, address = next(((n, a) for n, a in found if n or a), ("", ""))
    domain = address.rpartition("@")[2].lower().strip(" .>")
    return name or address or None, domain if "." in domain else None


def pieces(message: Mail) -> list[Piece]:
    """The parts of a message in order; of alternatives the one that says most. Raises :class:`Refused`."""
    try:
        return list(_pieces(message, 0))[:_MOST_PARTS]
    except ERRORS as error:
        raise Refused("is a damaged mail message: its parts cannot be told apart") from error


def _pieces(message: Mail, depth: int) -> Iterator[Piece]:
    kind = message.get_content_type()
    payload = message.get_payload()
    if kind in _MESSAGES and isinstance(payload, list) and payload:
        inner = payload[0]
        if isinstance(inner, Message):
            yield Piece(
                inner.as_bytes(),
                _name(message) or f"{header(inner, 'Subject') or 'message'}.eml",
                "message/rfc822",
                attached=True,
            )
    elif kind == "multipart/encrypted":
        yield Piece(b"", _name(message) or "message", kind, attached=True, refused=smime.ENCRYPTED)
    elif isinstance(payload, list):
        parts = [part for part in payload[:_MOST_PARTS] if isinstance(part, Message)] if depth < _MOST_DEPTH else []
        inner_pieces = [list(_pieces(part, depth + 1)) for part in parts]
        if kind == "multipart/alternative":
            inner_pieces = _chosen(inner_pieces)
        for found in inner_pieces:
            yield from found
    elif message.get_content_maintype() == "multipart" and depth < _MOST_DEPTH:
        yield from _unparted(message, depth)
    else:
        yield from _opened(_piece(message), depth)


def _unparted(message: Mail, depth: int) -> Iterator[Piece]:
    """What is said to have parts and has none by the boundary that it names, or names none."""
    body = str(message.get_payload() or "").encode("ascii", "surrogateescape")
    inner = text_inside(message.get_content_type(), body)
    yield from _pieces(message_from_bytes(inner), depth + 1)


def _opened(piece: Piece, depth: int) -> Iterator[Piece]:
    """A part, or what is in it where it is an envelope of some mail program."""
    name = piece.name.lower()
    if piece.type in _ENVELOPES or name.endswith(".p7m"):
        try:
            inner = smime.opened(piece.data)
        except Refused as error:
            yield piece._replace(attached=True, name=piece.name or "smime.p7m", refused=str(error))
            return
        yield from _pieces(message_from_bytes(inner), depth + 1) if depth < _MOST_DEPTH else ()
    elif piece.type in _WINMAIL or name == "winmail.dat":
        try:
            packed = tnef.opened(piece.data)
        except Refused as error:
            yield piece._replace(attached=True, name=piece.name or "winmail.dat", refused=str(error))
            return
        if packed.body:
            yield Piece(packed.body, "", packed.type, packed.charset)
        for file_name, data in packed.files:
            yield Piece(data, file_name, "application/octet-stream", attached=True)
    else:
        yield piece


def _piece(message: Mail) -> Piece:
    data = decoded_body(message)
    name, kind = _name(message), message.get_content_type()
    disposition = message.get_content_disposition()
    alone = message.get("From") is not None and disposition != "attachment"  # the message itself, whatever it is called
    attached = (bool(name) and not alone) or disposition == "attachment" or kind not in BODIES
    inline = kind.startswith("image/") and disposition != "attachment" and message.get("Content-ID") is not None
    parameter = {key: str(message.get_param(key) or "").lower() for key in ("format", "delsp")}
    if attached and not name and kind in _SUFFIXES:
        name = f"{kind.partition('/')[2]}{_SUFFIXES[kind]}"
    return Piece(
        data,
        name,
        kind,
        message.get_content_charset(),
        attached,
        flowed=parameter["format"] == "flowed",
        joined=parameter["delsp"] == "yes",
        inline=inline,
    )


def _name(message: Mail) -> str:
    """The file name that a part is given; without folders."""
    try:
        stated = message.get_filename() or ""
        words = [word if isinstance(word, str) else _decoded(word, charset) for word, charset in decode_header(stated)]
    except ERRORS:
        return ""
    return re.split(r"[/\\]", "".join(words).strip())[-1][:200]


def _chosen(alternatives: list[list[Piece]]) -> list[list[Piece]]:
    """Of the same body in several forms one whole branch, and what is attached in the others.

    The last of a kind says most; plain text is preferred to a page unless it is only a stub, or the page has something
    struck out or raised, which plain text cannot say.
    """
    branches: dict[str, int] = {}
    for place, found in enumerate(alternatives):
        bodies = [piece for piece in found if not piece.attached]
        if any(piece.data.strip() for piece in bodies):
            branches[_kind_of(bodies)] = place
    if not branches:
        return alternatives
    plain, page = branches.get("plain"), branches.get("page")
    chosen = next(branches[kind] for kind in ("plain", "page", "other", "amp") if kind in branches)
    if plain is not None and page is not None:
        shown = [piece for piece in alternatives[page] if not piece.attached]
        said = sum(len(text_of(piece)) for piece in alternatives[plain] if not piece.attached)
        if said * _STUB < sum(map(len, map(text_of, shown))) or any(_MARKED_UP.search(piece.data) for piece in shown):
            chosen = page
    return [[piece for piece in found if piece.attached or place == chosen] for place, found in enumerate(alternatives)]


def _kind_of(bodies: list[Piece]) -> str:
    types = {piece.type for piece in bodies}
    if types & _PAGES:
        return "page"
    if types <= {"text/plain"}:
        return "plain"
    return "amp" if "text/x-amp-html" in types else "other"


def is_message(data: bytes) -> bool:
    """Whether ``data`` begins with headers, one of them such as only programs write."""
    block = _FIELD.match(data[:65536])
    return block is not None and any(_HEADERS.match(line) for line in block[0].split(b"\n"))
