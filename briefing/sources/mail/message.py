"""Mail: a message (``.eml``) with its attachments as sources of their own, and boxes of messages (``.mbox``)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from briefing.model.safetext import SafeText
from briefing.sources.document import Bundle, Document, Part
from briefing.sources.opening import with_title

_FROM: Final = re.compile(
    rb"(?m)^From(?! [^\r\n\d@]{10,400}\.\r?\n)(?: [^\r\n]{0,400})?\r?\n(?=(?:>?From |"
    rb"(?:return-path|received|from|to|cc|subject|date|message-id|reply-to|sender|delivered-to|mime-version|status"
    rb"|content-[a-z-]+|x-[a-z0-9-]+|dkim-[a-z]+|arc-[a-z-]+|list-[a-z-]+|in-reply-to|references|envelope-to"
    rb"|authentication-results|received-spf|errors-to|precedence|importance|thread-[a-z]+|user-agent|organization)"
    rb"[ \t]*:))",
    re.IGNORECASE,
)
"""The line before each message of a box: it is no sentence, and the first line of a header follows it."""
_DATED: Final = re.compile(
    rb"From \S{1,200}(?: at \S{1,200})? {1,2}(?:mon|tue|wed|thu|fri|sat|sun) [a-z]{3} [ \d]\d \d\d:\d\d(?::\d\d)? ",
    re.IGNORECASE,
)
"""That line with sender and date, as mailing lists keep their months in files of text."""
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file that is not a box after all, but one message."""
_HEAD: Final = 65536
_MOST_BODIES: Final = 50
_QUOTED: Final = re.compile(rb"(?m)^>(>*From )")
_ANYBODYS: Final = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|mail|proton|protonmail|yandex"
    r"|zoho|fastmail|tutanota|t-online)\.[a-z.]{2,6}"
)
"""Domains under which everybody writes: no publisher."""
_SIGNATURES: Final = ("application/pgp-", "application/pkcs7-signature", "application/x-pkcs7-signature")
_PRIVATE: Final = re.compile(r"\s*-----BEGIN PGP MESSAGE-----")


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
    from briefing.sources.mail import mime, smime  # the modules for mail take a moment to import

    message = mime.parse(data)
    pieces = mime.pieces(message)
    body = "\n\n".join(_bodies(pieces))
    attached = [
        piece
        for piece in pieces
        if piece.attached and (piece.data or piece.refused) and not piece.inline
        and not piece.type.startswith(_SIGNATURES)
    ]  # fmt: skip
    if _PRIVATE.match(body):
        yield Part("", data, refused=smime.ENCRYPTED)
    elif body or not attached:
        yield Part("", data, "mail", document(message, body, mime.moment(message)))
    for number, piece in enumerate(attached, start=1):
        name = piece.name or f"attachment {number}"
        passed_over = None if piece.name else piece.type
        yield Part(
            name,
            piece.data,
            "mail" if piece.type == "message/rfc822" else None,
            refused=piece.refused,
            passed_over=passed_over,
        )


def _bodies(pieces: Sequence[Any]) -> list[str]:
    """The texts of the body, in order; of one that another repeats, only that other."""
    from briefing.sources.mail.text import text_of

    texts = [text for piece in pieces if not piece.attached and (text := text_of(piece)).strip()]
    if len(texts) < 2 or len(texts) > _MOST_BODIES:
        return texts
    letters = ["".join(filter(str.isalnum, text)) for text in texts]
    return [
        text
        for place, text in enumerate(texts)
        if not any(
            letters[place] in other and (letters[place] != other or later < place)
            for later, other in enumerate(letters)
            if later != place
        )
    ]


def body_text(body: Any) -> str:
    """A body that another format keeps (bytes, kind, encoding) as the text that is read."""
    from briefing.sources.mail.piece import Piece
    from briefing.sources.mail.text import text_of

    return text_of(Piece(body.data, "", body.type, body.charset))


def document(message: Any, body: str, sent: datetime | date | None) -> Document:
    """Make the document of a message: its subject, then its body. A message that has only a subject says that much.

    Args:
        message: The headers, as :mod:`briefing.sources.mail.mime` parses them.
        body: Text of the body.
        sent: When it was sent; None where unknown.
    """
    from briefing.sources.mail import mime
    from briefing.sources.mail.asides import asides

    subject = mime.header(message, "Subject")
    author, domain = mime.sender(message)
    publisher = mime.header(message, "Organization")
    if publisher is None and domain and not _ANYBODYS.fullmatch(domain):
        publisher = domain
    text = SafeText(with_title(subject, body))
    thread = mime.replies_to(message)
    return Document(
        text,
        subject,
        publisher,
        author,
        sent,
        language=(mime.header(message, "Content-Language") or "")[:2].lower() or None,
        published_from="mail header",
        message_id=mime.message_id(message),
        replies_to=thread,
        asides=asides(text, subject=subject or "", replies=bool(thread)),
    )


def _is_message(data: bytes) -> bool:
    from briefing.sources.mail import mime

    return b":" in data[:80] and mime.is_message(data)


def _is_month(data: bytes) -> bool:
    """Whether it is a box of two messages or more, whatever its name says."""
    head = bytes(data[:_HEAD])
    return _DATED.match(head) is not None and sum(_DATED.match(one[0]) is not None for one in _FROM.finditer(head)) > 1


MONTH = Bundle(None, (), _is_month, messages, nests=False, large=True, certain=True)
BOX = Bundle(
    None, (".mbox", ".mbx"), lambda data: _FROM.match(data[:1024]) is not None, messages, nests=False, large=True
)
READER = Bundle("mail", (".eml",), _is_message, parts)
