"""One document with what is known about it."""

from datetime import date, datetime
from typing import Final, Literal

from briefing.model.base import Frozen
from briefing.model.safetext import SafeText

Format = Literal[
    "text", "markdown", "html", "pdf", "docx", "odt", "epub", "rtf", "mail", "feed", "mhtml",
    "csv", "xlsx", "pptx", "subtitles", "chat", "reference", "picture",
]  # fmt: skip


INSIDE: Final = " » "
"""Between the path of a file and the name of a part within it (an attachment, an entry of an archive)."""

PageKind = Literal["page", "slide", "cells", "time", "message"]
"""What a text is cited by: printed pages, slides, cells of a sheet, times of a recording, messages."""


class Page(Frozen):
    """Where a page begins in the text, and what it is called: the number printed on it (``iv``, ``12``).

    Of other kinds: the number of a slide, the sheet and its first cell (``Losses!A5``), a time (``00:01:12``).
    """

    start: int
    label: SafeText
    kind: PageKind = "page"


class Source(Frozen):
    """One document. Its text never changes; its id is the SHA-256 (hex) of the original bytes."""

    id: str
    path: SafeText
    """Where it came from as the user knows it: a path, an address, or ``-`` for standard input."""
    title: SafeText
    text: SafeText
    format: Format = "text"
    publisher: SafeText | None = None
    author: SafeText | None = None
    published: datetime | date | None = None
    language: str | None = None
    """ISO 639-1, where the document states it."""
    encoding: str = "utf-8"
    """What the bytes were decoded as; ``utf-8?`` and the like where some bytes had to be replaced."""
    pages: tuple[Page, ...] = ()
    """In the order of the text; empty where the format has no pages."""
    lost: tuple[SafeText, ...] = ()
    """What the file holds and this text does not, a sentence each."""

    @property
    def words(self) -> int:
        """White-space separated words of the text."""
        return len(self.text.split())


class Unreadable(Exception):
    """A source that was set aside. ``path`` names it and ``reason`` says, in a sentence, why and what to do."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = SafeText(path).line()
        self.reason = SafeText(reason).line()
