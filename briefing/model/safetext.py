"""Text that may be shown: no control character, no bidirectional override, no lone surrogate, nothing invisible.

A document is hostile until cleaned: an escape sequence in it would reach the terminal, a bidirectional override would
show words in another order than they are stored in, and characters that nobody sees make two names of one, or carry
what nobody reads. Cleaning replaces such characters one for one, so offsets taken afterwards stay true.

What joins emoji, shapes letters of Arabic and Indian scripts, or chooses between shapes of what stands before it, stays
where it does that.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self, SupportsIndex

if TYPE_CHECKING:  # the reader draws its first frame with safe text, before pydantic is loaded
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

REPLACEMENT: Final = "\ufffd"

# C0 but tab and newline, DEL, C1, the characters with Unicode's Bidi_Control property, and lone surrogates.
UNSAFE: Final = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_SEEN: Final = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff\u0023\u002a0-9"  # emoji, and what is one with a selector
_SHAPED: Final = "\u0600-\u07ff\u0860-\u0fff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_HAN: Final = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Zero width spaces and joiners, word joiner and invisible operators, byte order mark, fillers, tags, annotations,
# deprecated format characters, variation selectors.
_HIDDEN: Final = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
    f"|(?<![{_SEEN}{_SHAPED}\ufe0f\U0001f3fb-\U0001f3ff])\u200d|\u200d(?![{_SEEN}{_SHAPED}])"
    f"|(?<![{_SHAPED}])\u200c|\u200c(?![{_SHAPED}])"
    f"|(?<![{_SEEN}{_HAN}{_SHAPED}])[\ufe00-\ufe0f]|(?<![{_HAN}])[\U000e0100-\U000e01ef]"
)
_MAYBE_HIDDEN: Final = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
MAYBE_HIDDEN: Final = re.compile(f"[{_MAYBE_HIDDEN}]")
"""All that may be hidden somewhere: most texts have none, and it takes a tenth of the time to know."""
_SUSPECT: Final = f"{UNSAFE[:-1]}{_MAYBE_HIDDEN}]"
"""All that cleaning may replace: most texts have none."""
_FLAG: Final = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
"""A flag of a region is a black flag with its code in tags: "England"."""
_PLAIN: Final = bytes((*range(0x20, 0x7F), 0x09, 0x0A))
_LINE_BREAKS: Final = re.compile(r"\s*[\n\t\u2028\u2029]\s*")


class SafeText(str):
    """A string that is safe to show. Making one cleans; slices and joins of one stay one.

    Widgets, exports and messages take ``SafeText`` wherever the words are not the program's own, so the type checker
    refuses a raw string there.
    """

    __slots__ = ()

    def __new__(cls, raw: str = "") -> Self:
        """Clean ``raw``: CRLF and lone CR become LF, anything unsafe becomes U+FFFD, one for one."""
        if type(raw) is cls:
            return raw
        if raw.isascii() and raw.isprintable():  # so no control character: nothing to clean, and quick to know
            return super().__new__(cls, raw)
        rare = _rare(raw)
        if not rare or _pattern(_SUSPECT).search(rare) is None:
            return super().__new__(cls, raw)
        if "\r" in raw:
            raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        raw = _pattern(UNSAFE).sub(REPLACEMENT, raw)
        return super().__new__(cls, raw if raw.isascii() else _without_hidden(raw))

    def __getitem__(self, key: SupportsIndex | slice) -> "SafeText":
        """Any part of safe text is safe."""
        return _trusted(str.__getitem__(self, key))

    def __add__(self, other: str) -> "SafeText":
        """Joined with anything, the whole is cleaned."""
        return SafeText(str.__add__(self, other))

    def join(self, parts: Iterable[str]) -> "SafeText":
        """The parts with this text between them, cleaned."""
        return SafeText(str.join(self, parts))

    def strip(self, chars: str | None = None, /) -> "SafeText":
        """Remove surrounding white space, or other characters."""
        return _trusted(str.strip(self, chars))

    def line(self) -> "SafeText":
        """Make it one line: every run of white space that holds a line break or tab becomes one space."""
        return _trusted(_LINE_BREAKS.sub(" ", str.strip(self)))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Fields of this type clean what they are given; JSON and plain strings included."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(), serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


def _rare(text: str) -> str:
    """The characters of a text in order, without those of plain ASCII: a quarter of the time of looking through all."""
    return text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")


@cache
def _pattern(written: str) -> re.Pattern[str]:
    """Compiled when it is first needed: that takes as long as half a bare Python's start, and most text is ASCII."""
    return re.compile(written)


def _without_hidden(text: str) -> str:
    """The text with what nobody sees replaced; a selector on what was replaced has nothing to select."""
    if MAYBE_HIDDEN.search(text) is None:
        return text
    flags = [match.span() for match in _FLAG.finditer(text)]

    def replaced(match: re.Match[str]) -> str:
        at = match.start()
        return match[0] if any(start < at < end for start, end in flags) else REPLACEMENT * len(match[0])

    while (clean := _pattern(_HIDDEN).sub(replaced, text)) != text:
        text = clean
    return text


def without_hidden(name: str) -> str:
    """A name without what stands for characters that nobody sees, where it has others: they make no other name of it.

    Soft hyphens and signs of what could not be read are left out as well.
    """
    return name.replace(REPLACEMENT, "").replace("\u00ad", "") if REPLACEMENT in name or "\u00ad" in name else name


def one_line(text: SafeText, start: int, end: int, *, before: bool, after: bool) -> SafeText:
    """A part of a text on one line, every white space in it a space.

    Args:
        text: The text.
        start: First character of the part.
        end: The character after its last.
        before: Whether dots stand before it.
        after: Whether dots stand behind it.
    """
    part = str.__getitem__(text, slice(start, end))
    opening, closing = "…" * before, "…" * after
    if part.isascii():  # nothing in it is hidden by what it stood beside
        return _trusted(opening + part.replace("\n", " ").replace("\t", " ") + closing)
    return SafeText(opening + _SPACES.sub(" ", part) + closing)


_SPACES: Final = re.compile(r"\s")


def _trusted(clean: str) -> SafeText:
    """Wrap what is known to be clean without looking at it again."""
    return str.__new__(SafeText, clean)
