"""Text that may be shown: no control character, no bidirectional override, no lone surrogate.

A document is hostile until cleaned: an escape sequence in it would reach the terminal, and a bidirectional override
would show words in another order than they are stored in. Cleaning replaces such characters one for one, so offsets
taken afterwards stay true.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, Self, SupportsIndex

if TYPE_CHECKING:  # the reader draws its first frame with safe text, before pydantic is loaded
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

REPLACEMENT: Final = "\ufffd"

# C0 but tab and newline, DEL, C1, the characters with Unicode's Bidi_Control property, and lone surrogates.
_UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
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
        if raw.isprintable():  # so no control, format or surrogate character: nothing to clean, and quick to know
            return super().__new__(cls, raw)
        if raw.isascii() and not raw.encode().translate(None, _PLAIN):  # a quarter of the time of looking for more
            return super().__new__(cls, raw)
        if "\r" in raw:
            raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        return super().__new__(cls, _UNSAFE.sub(REPLACEMENT, raw))

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
        """Without surrounding white space."""
        return _trusted(str.strip(self, chars))

    def line(self) -> "SafeText":
        """As one line: every run of white space that holds a line break or tab becomes one space."""
        return _trusted(_LINE_BREAKS.sub(" ", str.strip(self)))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Fields of this type clean what they are given; JSON and plain strings included."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(), serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


def _trusted(clean: str) -> SafeText:
    """Wrap what is known to be clean without looking at it again."""
    return str.__new__(SafeText, clean)
