"""Errors of the library, in words for the user."""

from typing import Final

from briefing.model.safetext import SafeText

_MISFITS: Final = (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError)
_LONGEST: Final = 200
"""Characters of such an error that are shown."""


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


def misfit(error: Exception) -> str:
    """What is wrong where a value is not of the type that its column has; empty for errors of any other kind.

    A file of SQLite may hold anything in any column, and a server may answer anything.
    """
    if not isinstance(error, _MISFITS) or type(error).__module__ not in {"builtins", "json.decoder"}:
        return ""
    return f"{type(error).__name__}: {str(error)[:_LONGEST]}"
