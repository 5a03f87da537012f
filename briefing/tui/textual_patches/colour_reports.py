"""Hear from the terminal that its colours have turned dark or light (mode 2031), for which Textual has no word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual._xterm_parser import XTermParser
from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

ASK, NO_MORE = "\x1b[?2031h", "\x1b[?2031l"
"""Have the terminal report whenever its colours turn, and no more."""
_REPORT: Final = re.compile(r"\x1b\[\?997;([12])n")
_BEGUN: Final = re.compile(r"\x1b\[\?(?:9|99|997|997;|997;[12])?\Z")
"""The beginning of a report at the end of what was read; the rest of it comes with what is read next."""


class ColoursTurned(Message):
    """The terminal is dark or light now."""

    def __init__(self, light: bool) -> None:
        self.light = light
        super().__init__()


class Reports:
    """Takes the reports out of what a terminal sends: Textual would take each character of them for a key."""

    def __init__(self) -> None:
        self._begun = ""

    def taken(self, data: str) -> tuple[list[ColoursTurned], str]:
        """The reports in what was read, and the rest of it."""
        if not self._begun and "\x1b[?" not in data:
            return [], data
        whole, self._begun = self._begun + data, ""
        if data and (begun := _BEGUN.search(whole)):
            whole, self._begun = whole[: begun.start()], begun[0]
        return [ColoursTurned(found == "2") for found in _REPORT.findall(whole)], _REPORT.sub("", whole)


def hear_reports() -> None:
    """Have Textual hand the reports to the app, once for the whole process; before a terminal is read."""
    feed = XTermParser.feed
    if hasattr(feed, "hears_reports"):
        return

    def fed(self: XTermParser, data: str) -> Iterable[Message]:
        reports: Reports = self.__dict__.setdefault("_colour_reports", Reports())
        told, rest = reports.taken(data)
        yield from told
        if rest or not data:
            yield from feed(self, rest)

    fed.hears_reports = True  # type: ignore[attr-defined]
    XTermParser.feed = fed  # type: ignore[method-assign]
