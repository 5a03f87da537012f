"""One document with what is known about it."""

from datetime import date, datetime
from typing import Final, Literal

from briefing.model.base import Frozen
from briefing.model.safetext import SafeText

Format = Literal["text", "markdown", "html", "pdf", "docx", "odt", "epub", "rtf", "mail", "feed", "mhtml"]


INSIDE: Final = " » "
"""Between the path of a file and the name of a part within it (an attachment, an entry of an archive)."""


class Page(Frozen):
    """Where a page begins in the text, and what is printed on it as its number (``iv``, ``12``)."""

    start: int
    label: SafeText


AsideKind = Literal["quoted", "signature", "footer"]
"""Earlier mail that a message repeats; who signs it; what a list or an office puts below every message."""


class Aside(Frozen):
    """A part of the text that its author did not write for this source; no fact is read from it."""

    start: int
    end: int
    kind: AsideKind


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
    """As the document, its page or its feed states it; never when a file was made."""
    published_from: SafeText | None = None
    """Where ``published`` was read: "mail header", "page metadata", "dateline"; null where it is not known."""
    published_inferred: bool = False
    """Whether a part of it, such as the year of a dateline, is not stated but follows from other dates of the text."""
    made: datetime | date | None = None
    """When the file was made, by its own account. It says nothing about when the text was written or published."""
    language: str | None = None
    """ISO 639-1 of most of the text."""
    encoding: str = "utf-8"
    """What the bytes were decoded as; ``utf-8?`` and the like where some bytes had to be replaced."""
    pages: tuple[Page, ...] = ()
    """In the order of the text; empty where the format has no pages."""
    message_id: SafeText | None = None
    """Of mail: the Message-ID without its angle brackets."""
    replies_to: tuple[SafeText, ...] = ()
    """Of mail: the Message-IDs of its thread (References, then In-Reply-To), the oldest first."""
    asides: tuple[Aside, ...] = ()
    """In the order of the text, without overlaps."""
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
