"""Bytes to text: the encoding is found out, and what is no text is refused with a reason."""

import codecs
import re
from typing import Final, NamedTuple

from briefing.model.source import Unreadable
from briefing.sources.signatures import what_it_is


class Decoded(NamedTuple):
    """Text and what it was decoded as; a question mark after the name says that some bytes had to be replaced."""

    text: str
    encoding: str


_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What pages that name these in fact hold: the supersets that browsers decode them as (WHATWG Encoding Standard).
_SUPERSETS: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ASCII: Final = "".join(map(chr, range(0x20, 0x7F)))

_SAMPLE: Final = 1024 * 1024
_MOST_CONTROLS: Final = 0.3
"""Share of control characters above which bytes are no text; the same share by which grep-like tools decide."""
_MOST_WRONG: Final = 0.02
"""Share of characters that a declared encoding may fail on before the declaration is disbelieved."""

_NOT_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, path: str = "", declared: str | None = None) -> Decoded:
    """Decode ``data``: byte order mark, UTF-8, the ``declared`` encoding, a statistical guess, Windows-1252.

    A file that is UTF-8 but for some bad bytes stays UTF-8, with U+FFFD for those. Raises :class:`Unreadable` (and
    nothing else) where the bytes are no text; ``path`` is named in it.
    """
    if what := what_it_is(data):
        raise Unreadable(path, what)
    decoded = _marked(data) or _wide(data)
    if decoded is None and b"\0" in data:
        raise Unreadable(path, "holds binary data, not text")
    name = _codec(declared)
    decoded = decoded or _seven_bit(data, name) or _utf8(data) or _declared(data, name) or _guessed(data)
    if len(_NOT_TEXT.findall(decoded.text)) > _MOST_CONTROLS * len(decoded.text):
        raise Unreadable(path, "holds binary data, not text")
    return decoded


def _marked(data: bytes) -> Decoded | None:
    """By its byte order mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _replacing(data, name)
    return None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark, known by a NUL in every second byte of what is mostly Latin text."""
    half = len(data) // 2
    if b"\0" not in data or len(data) % 2:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    for name, full, bare in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if full >= 0.4 * half and bare <= 0.02 * half:
            decoded = _replacing(data, name)
            return decoded if "\0" not in decoded.text else None
    return None


def _seven_bit(data: bytes, declared: str | None) -> Decoded | None:
    """ISO-2022-JP is ASCII to any other test; only its declaration and its escape sequences tell."""
    if declared == "iso2022_jp" and b"\x1b$" in data:
        return _replacing(data, declared)
    return None


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also where some bytes of it are bad: at most as many bad runs as good characters beyond ASCII."""
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode(errors="replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = len(text) - bad - sum(map(str.isascii, text))
    return Decoded(text, "utf-8?") if good >= bad else None


def _declared(data: bytes, name: str | None) -> Decoded | None:
    """As the document says, unless that is plainly wrong."""
    if name is None:
        return None
    decoded = _replacing(data, name)
    return decoded if decoded.text.count("\ufffd") <= _MOST_WRONG * len(decoded.text) else None


def _guessed(data: bytes) -> Decoded:
    """The likeliest encoding by its letters; Windows-1252 where none is likely or where it says the same."""
    from charset_normalizer import from_bytes  # its tables take a moment to load, and few files need them

    western = _replacing(data, "cp1252")
    sample = data[: data.rfind(b"\n", 0, _SAMPLE) + 1] if len(data) > _SAMPLE else data
    match = from_bytes(sample or data[:_SAMPLE]).best()
    name = _codec(match.encoding) if match else None
    if name is None:
        return western
    guess = _replacing(data, name)
    return western if guess.text == western.text else guess


def _replacing(data: bytes, name: str) -> Decoded:
    """Decoded as ``name``, U+FFFD for what is wrong, which the encoding's name then says."""
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError:
        return Decoded(data.decode(name, errors="replace"), name + "?")


def _codec(label: str | None) -> str | None:
    """Python's name for an encoding as a document or a guess names it; None where it cannot be that.

    Whatever names its encoding in readable letters is in one that leaves ASCII alone, which rules out UTF-16, EBCDIC
    and those codecs of Python's that hide characters in ASCII.
    """
    if not label or not label.isascii():
        return None
    try:
        codec = codecs.lookup(label)
        plain = codec._is_text_encoding and _ASCII.encode().decode(codec.name) == _ASCII
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(codec.name, codec.name) if plain else None
