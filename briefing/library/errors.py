"""Errors of the library, in words for the user."""

from briefing.model.safetext import SafeText


class LibraryError(Exception):
    """An error the user can act on; the message is one line, names what is meant and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(SafeText(message).line())

    @property
    def message(self) -> SafeText:
        """The words to show."""
        return SafeText(str(self))


class LibraryBusy(LibraryError):
    """Another program has been writing the library for long."""


class Damaged(LibraryError):
    """Part of one source cannot be read any more; the rest of the library can."""


class LibraryReadOnly(LibraryError):
    """The library can only be read, and something would have been written."""


class LibraryUnreachable(LibraryError):
    """The server that keeps the library does not answer; it may again."""
