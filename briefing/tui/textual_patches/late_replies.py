"""Answers of a terminal that come when nobody waits for them any more: they must not be taken for keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual._xterm_parser import XTermParser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

_REPLY: Final = re.compile(r"\x1b\]1[01];[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?[0-9;]*c")


def without_replies(data: str) -> str:
    """What was typed, without what the terminal says of its colours and of itself."""
    return _REPLY.sub("", data) if "\x1b" in data else data


def drop_late_replies() -> None:
    """Have Textual not see them. It has no word of its own for such answers and takes each character for a key."""
    feed = XTermParser.feed

    def fed(self: XTermParser, data: str) -> Iterable[Message]:
        clean = without_replies(data)
        return feed(self, clean) if clean or not data else ()

    XTermParser.feed = fed  # type: ignore[method-assign]
