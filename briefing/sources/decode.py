"""Decode bytes to text: detect the encoding, and refuse what is no text with a reason."""

import codecs
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from briefing.model.source import Unreadable
from briefing.sources.language import language_of
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
_OTHER_NAMES: Final = {
    "x-sjis": "cp932", "ms_kanji": "cp932", "x-ms-cp932": "cp932", "x-x-big5": "big5hkscs", "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8", "x-mac-roman": "mac_roman", "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "windows-949": "cp949", "ansi": "cp1252",
}  # fmt: skip
"""What mail programs and pages call encodings that Python has under other names; ``x-`` before a name says nothing."""
_ASCII: Final = "".join(map(chr, range(0x20, 0x7F)))

_ACCENT: Final = "ŠŒŽšœžŸƒÀ-ÖØ-öø-ÿ"
_ACCENTED: Final = re.compile(f"[{_ACCENT}]")
_ANY_LETTER: Final = re.compile(f"[A-Za-z{_ACCENT}]")
_NOT_WESTERN: Final = re.compile(
    # a capital within a small word; a small letter by itself; letters and signs that hardly anybody types
    f"[a-zß-öø-ÿ][ŠŽÀ-ÖØ-Þ][a-zß-öø-ÿ]|(?<![A-Za-z{_ACCENT}])[ß-öø-ÿ](?![A-Za-z{_ACCENT}'’ ])|[ÐÞþðƒˆ¬¸¨´¤¦]"
    # signs within a word, which letters of another encoding turn into
    "|(?<=[a-z])[¡¢¥§©«®¯°±²³µ¶¹º»¼½¾¿×÷‚„†‡•…‰‹›™˜](?=[a-z])|[A-Za-z][¡¿¢£¥][A-Za-z]"
    f"|£[a-z{_ACCENT}]|[A-Za-z][¼½¾]"
    # signs of mathematics at a word, which letters of another encoding are in the one of old Macintoshes
    "|[A-Za-z][≥≤≠∞∑∏π∫∂√≈∆◊ˆ˜¯˘˙˚˝˛ˇ]|[≥≤≠∞∑∏π∫∂√≈∆◊ˆ˜¯˘˙˚˝˛ˇ][a-z]"
    # quotation marks and dashes in twos and threes within a word
    "|(?<=[a-z])[“”‘–—]{2,}(?=[a-z])"
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_SIGN_IN_WORD: Final = re.compile(
    r"[^\W\d_][¼½¾¹³]|(?<=[^\W\d_])[^\w\s'’.,;:!?)\]}\-–—”“„\"/…@&+(]|[^\w\s'‘(\[{\-–—“„\"/#@&$€£.¡¿«](?=[a-zà-ž])"
)
_LANGUAGES: Final = {
    "cp1250": frozenset({"pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq", "en"}),
    "iso8859-2": frozenset({"pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq", "en"}),
    "cp1254": frozenset({"tr", "az"}),
}
"""Encodings that statistics take for each other, and for Windows-1252, where a text is short."""
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_NO_CYRILLIC: Final = re.compile("[а-яёіїєґ][А-ЯЁІЇЄҐ]|[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_KANA: Final = re.compile("[\u3040-\u30fa]")
_WIDE_SCRIPTS: Final = (
    (("\u0400", "\u04ff"),),
    (("\u0370", "\u03ff"),),
    (("\u0590", "\u05ff"),),
    (("\u0600", "\u06ff"),),
    (("\u0900", "\u097f"),),
    (("\u0e00", "\u0e7f"),),
    (("\u3040", "\u30ff"), ("\u4e00", "\u9fff")),
    (("\uac00", "\ud7a3"),),
)
"""First and last letters of alphabets that are not Latin."""
_SOME_LETTERS: Final = 8
_MOST_OF_ALL: Final = 0.8
_SOME_KANA: Final = 0.25
_MOST_ACCENTED: Final = 0.07
_FEW_ACCENTED: Final = 12
_MOST_ACCENTED_OF_FEW: Final = 0.34
"""Shares of letters with accents among all, where there are more than so many of them, and where there are fewer."""
_SAMPLE: Final = 1024 * 1024
_MOST_CONTROLS: Final = 0.3
"""Share of control characters above which bytes are no text; the same share by which grep-like tools decide."""
_MOST_WRONG: Final = 0.02
"""Share of characters that a declared encoding may fail on before the declaration is disbelieved."""

_NOT_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, path: str = "", declared: str | None = None) -> Decoded:
    """Decode bytes by byte order mark, as UTF-8, as declared, by statistics, as Windows-1252, in this order.

    A file that is UTF-8 but for some bad bytes stays UTF-8, with U+FFFD for those.

    Args:
        data: The bytes of a whole file.
        path: Name of the file, for the error.
        declared: Encoding that the document or its sender states; None where none is stated.

    Raises:
        Unreadable: Where the bytes are no text; nothing else is raised.
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
    """Decode by byte order mark."""
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
    return next((found for name in ("utf-16-le", "utf-16-be") if (found := _wide_script(data, name))), None)


def _wide_script(data: bytes, name: str) -> Decoded | None:
    """UTF-16 of another alphabet: nearly all of it in one, with blanks or ends of lines between."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    if (" " not in text and "\n" not in text) or _NOT_TEXT.search(text[:_SAMPLE]):
        return None
    letters = [char for char in text[:_SAMPLE] if char.isalpha()]
    most = max((sum(map(script, letters)) for script in map(_within, _WIDE_SCRIPTS)), default=0)
    return Decoded(text, name) if len(letters) > _SOME_LETTERS and most >= _MOST_OF_ALL * len(letters) else None


def _within(ranges: tuple[tuple[str, str], ...]) -> Callable[[str], bool]:
    return lambda char: any(first <= char <= last for first, last in ranges)


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
    """Decode as the document declares, unless that is plainly wrong."""
    if name is None:
        return None
    decoded = _replacing(data, name)
    return decoded if decoded.text.count("\ufffd") <= _MOST_WRONG * len(decoded.text) else None


def _guessed(data: bytes) -> Decoded:
    """Windows-1252 where it reads as a Western text, or where no other encoding is clearly likelier by its letters.

    Statistics need many letters: of a few they make what no language has.
    """
    western = _replacing(data, "cp1252")
    if _is_western(western.text):
        return western
    mac = _replacing(data, "mac_roman")
    if _is_western(mac.text):
        return mac
    if (other := _of_script(data) or _of_language(data)) is not None:
        return other
    from charset_normalizer import from_bytes  # its tables take a moment to load, and few files need them

    sample = data[: data.rfind(b"\n", 0, _SAMPLE) + 1] if len(data) > _SAMPLE else data
    match = from_bytes(sample or data[:_SAMPLE]).best()
    name = _codec(match.encoding) if match else None
    if name is None:
        return western
    guess = _replacing(data, name)
    return western if guess.text == western.text else guess


def _of_script(data: bytes) -> Decoded | None:
    """Decode in the encoding of another alphabet, where nearly all beyond ASCII is in it then, in whole words."""
    for name, letter, share in (
        ("cp1251", _CYRILLIC, _MOST_OF_ALL),
        ("koi8-r", _CYRILLIC, _MOST_OF_ALL),
        ("euc_jp", _KANA, _SOME_KANA),
    ):
        decoded = _replacing(data, name)
        sample = decoded.text[:_SAMPLE]
        beyond = "".join(char for char in sample if not char.isascii())
        if "\ufffd" in beyond or _NO_CYRILLIC.search(sample):
            continue
        if len(beyond) > 3 and len(letter.findall(beyond)) >= share * len(beyond):
            return decoded
    return None


def _of_language(data: bytes) -> Decoded | None:
    """Decode as a language of the Latin alphabet, where the text is of that language, without odd signs."""
    for name, languages in _LANGUAGES.items():
        decoded = _replacing(data, name)
        sample = decoded.text[:_SAMPLE]
        letters = len(_LETTER.findall(sample))
        beyond = sum(not char.isascii() for char in sample)
        odd = "\ufffd" in sample or _SIGN_IN_WORD.search(sample)
        if not odd and 0 < beyond <= _MOST_ACCENTED_OF_FEW * letters and language_of(sample) in languages:
            return decoded
    return None


def _is_western(text: str) -> bool:
    """Whether every character beyond ASCII stands where Western typing puts it, and there are few of them.

    Letters among letters, no capital within a small word, quotation marks at words, signs where signs belong; many
    letters with accents are of another alphabet, or of a language that has an encoding of its own.
    """
    sample = text[:_SAMPLE]
    if _NOT_WESTERN.search(sample) or "\ufffd" in sample:
        return False
    letters = len(_ANY_LETTER.findall(sample))
    accented = len(_ACCENTED.findall(sample))
    share = _MOST_ACCENTED if accented > _FEW_ACCENTED else _MOST_ACCENTED_OF_FEW
    return accented <= share * letters


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
    label = label.strip().lower()
    label = _OTHER_NAMES.get(label, label.removeprefix("x-"))
    try:
        codec = codecs.lookup(label)
        plain = codec._is_text_encoding and _ASCII.encode().decode(codec.name) == _ASCII
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(codec.name, codec.name) if plain else None
