"""Decode transfer encodings of mail bodies, also where the sender's program declared them wrongly."""

import binascii
import copy
import quopri
import re
from email.message import Message
from typing import Final

_BASE64_LINES: Final = re.compile(rb"(?:[ \t]*[A-Za-z0-9+/]{2,}={0,2}[ \t]*\r?\n?)+")
_BARE_BASE64: Final = re.compile(rb"\s*(?:[A-Za-z0-9+/]{40,998}\r?\n)*[A-Za-z0-9+/]{4,998}={0,2}\s*")
_LETTERS: Final = re.compile(rb"[^A-Za-z0-9+/=]")
_NAMES: Final = {
    "base64": "base64", "b64": "base64", "quotedprintable": "quoted", "qp": "quoted",
    "xuuencode": "uu", "uuencode": "uu", "uue": "uu", "xuue": "uu",
}  # fmt: skip
_QUOTED: Final = re.compile(rb"=[0-9A-F]{2}")
_SOFT_BREAK: Final = re.compile(rb"=[ \t]*\r?\n")
_PADDED_BREAK: Final = re.compile(rb"=[ \t]+\r?\n")
"""A line that goes on, to which some server added blanks; the library takes its sign for a letter."""
_BOUNDARY: Final = re.compile(rb"(?m)^--([^\s-][^\r\n]{0,200}?)[ \t]*\r?\n(?=[A-Za-z-]+:|\r?\n)")
_CONTENT: Final = re.compile(rb"(?i)\s*content-[a-z-]+:")
_PAGE: Final = re.compile(rb"\s*<(?:!doctype|html|body|head|p|div|table)\b", re.IGNORECASE)


def decoded_body(message: Message) -> bytes:
    """The bytes of a part that has no parts."""
    if not isinstance(message.get_payload(), str):
        return b""
    raw = _as_sent(message)
    stated = str(message.get("Content-Transfer-Encoding") or "")
    match _NAMES.get(re.sub(r"[^a-z0-9]", "", stated.partition(";")[0].partition("(")[0].lower())):
        case "base64":
            return _base64(raw)
        case "quoted":
            return quopri.decodestring(_PADDED_BREAK.sub(b"=\n", raw))
        case "uu":
            return _uudecoded(raw)
    return _undeclared(raw, message.get_content_maintype())


def text_inside(kind: str, body: bytes) -> bytes:
    """Make a readable message of a multipart body without its boundary: by one that it shows, else as one text.

    Args:
        kind: Media type that the header states.
        body: The body.
    """
    found = _BOUNDARY.search(body)
    if found and not re.search(rb'["\\]', found[1]):
        return b'Content-Type: %s; boundary="%s"\n\n%s' % (kind.encode("ascii", "replace"), found[1], body)
    if _CONTENT.match(body):
        return body.lstrip()
    inner = b"text/html" if _PAGE.match(body) else b"text/plain"
    return b"Content-Type: " + inner + b"\n\n" + body


def _as_sent(message: Message) -> bytes:
    """The body's bytes, undecoded; :mod:`email` gives question marks for those that no known encoding is stated of."""
    bare = copy.copy(message)
    del bare["Content-Transfer-Encoding"]
    payload = bare.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _base64(raw: bytes) -> bytes:
    """Without whatever a list put below it in plain letters, which is kept as it is."""
    found = _BASE64_LINES.match(raw.lstrip())
    if found is None:
        return raw
    packed, rest = found[0], raw.lstrip()[found.end() :]
    if not rest and b" " not in packed.strip() and len(packed.split()) > 1:
        lines = packed.split()
        ended = next((place for place, line in enumerate(lines) if line.endswith(b"=")), len(lines) - 1)
        packed, rest = b"".join(lines[: ended + 1]), b"\n".join(lines[ended + 1 :])
    letters = _LETTERS.sub(b"", packed).rstrip(b"=")
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    try:
        data = binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return raw
    rest = rest.strip()
    return data + (b"\n\n" + rest if rest and b" " in rest else b"")


def _uudecoded(raw: bytes) -> bytes:
    out: list[bytes] = []
    begun = False
    for line in raw.splitlines():
        if not begun:
            begun = line.startswith(b"begin ")
        elif line.strip() == b"end":
            break
        else:
            try:
                out.append(binascii.a2b_uu(line))
            except binascii.Error:
                size = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
                try:
                    out.append(binascii.a2b_uu(line[:size]))
                except binascii.Error:
                    return raw
    return b"".join(out) if begun else raw


def _undeclared(raw: bytes, maintype: str) -> bytes:
    """A body that was packed without saying so: nobody writes such lines by hand."""
    if maintype != "text":
        return raw
    body = raw.strip()
    if len(body) >= 24 and len(_LETTERS.sub(b"", body)) % 4 == 0 and _BARE_BASE64.fullmatch(body):
        try:
            data = binascii.a2b_base64(body)
            text = data.decode()
        except (binascii.Error, ValueError):
            return raw
        words = text.split()
        return data if len(words) > 2 and (text.isprintable() or "\n" in text) else raw
    if _SOFT_BREAK.search(raw) and len(_QUOTED.findall(raw)) >= 2:
        return quopri.decodestring(raw)
    return raw
