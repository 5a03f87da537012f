"""A source: its text, pages, asides and metadata; and files that were not read, with the reason."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import PurePath
from typing import Annotated, Final, Literal

from pydantic import AfterValidator

from briefing.model.base import Frozen
from briefing.model.kinds import Format as Format
from briefing.model.listing import INSIDE as INSIDE
from briefing.model.listing import NOT_READ as NOT_READ
from briefing.model.safetext import SafeText

PageKind = Literal["page", "scan", "slide", "cells", "time", "message"]
"""What a text is cited by: printed pages, pages recognised in pictures, slides, cells of a sheet, times, messages."""


Box = tuple[int, int, int, int, int, int]
"""Some characters of a text, half-open, and where they stand on the picture of their page: left, top, right and bottom
in ten-thousandths of its width and height."""


class Page(Frozen):
    """The beginning of a page in the text, and its label: the number printed on it (``iv``, ``12``).

    Of other kinds: the number of a slide, the sheet and its first cell (``Losses!A5``), a time (``00:01:12``).
    """

    start: int
    label: SafeText
    kind: PageKind = "page"
    boxes: tuple[Box, ...] = ()
    """Of a page that was recognised in a picture, in the order of the text."""


AsideKind = Literal["quoted", "signature", "footer"]
"""Earlier mail that a message repeats; who signs it; what a list or an office puts below every message."""


class Aside(Frozen):
    """A part of the text that its author did not write for this source; no fact is read from it."""

    start: int
    end: int
    kind: AsideKind


Clean = Annotated[str, AfterValidator(lambda raw: SafeText(raw).line())]
"""A code that a colleague's bundle may state as well."""


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
    language: Clean | None = None
    """ISO 639-1 of most of the text."""
    encoding: Clean = "utf-8"
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
        """Number of words (separated by white space) of the text."""
        return len(self.text.split())


_KINDS_NAMED: Final = 12
_LONGEST_SUFFIX: Final = 12


class Unreadable(Exception):
    """A source that was set aside. ``path`` names it and ``reason`` says, in a sentence, why and what to do."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = SafeText(path).line()
        self.reason = SafeText(reason).line()


class PassedOver(Unreadable):
    """Files that nobody named, in a folder, an archive or a mail, of kinds that are not read."""

    @classmethod
    def in_folder(cls, folder: str, kinds: Mapping[str, int]) -> "PassedOver":
        """Make the entry for a folder that holds files of unsupported kinds.

        Args:
            folder: Path of the folder.
            kinds: Number of files by kind, which is a suffix or a few words.
        """
        total = sum(kinds.values())
        return cls(folder, f"holds {_files(total)} of kinds that are not read: {_listed(kinds)}")

    @classmethod
    def in_file(cls, path: str, kinds: Mapping[str, int], first: str) -> "PassedOver":
        """Make the entry for files of unsupported kinds within an archive or a mail.

        Args:
            path: Path of the archive or mail.
            kinds: Number of files by kind, which is a suffix or a few words.
            first: Name of one of the files; used where it is the only one.
        """
        total = sum(kinds.values())
        if total == 1:
            return cls(f"{path}{INSIDE}{first}", f"is of a kind that is not read ({_listed(kinds)[2:]})")
        return cls(f"{path}{INSIDE}{_files(total)}", f"are of kinds that are not read: {_listed(kinds)}")


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number:,} files"


def _listed(kinds: Mapping[str, int]) -> str:
    """The kinds with their numbers, the most frequent first."""
    ranked = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    named = [f"{number:,} {kind}" for kind, number in ranked[:_KINDS_NAMED]]
    rest = sum(number for _, number in ranked[_KINDS_NAMED:])
    return ", ".join([*named, f"{rest:,} others"] if rest else named)


def kind_of_file(name: str) -> str:
    """The kind of an unsupported file for lists: its suffix."""
    suffix = PurePath(name).suffix.lower()
    return suffix if 1 < len(suffix) <= _LONGEST_SUFFIX else "without a suffix"
