"""Open a library by its address: a file or a server."""

from pathlib import Path
from typing import TYPE_CHECKING

from briefing.library.address import on_server
from briefing.library.errors import LibraryError
from briefing.library.library import Library

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from briefing.library.postgres.listening import Told
    from briefing.library.postgres.tasks import Tasks


def open_library(address: Path | str, *, create: bool = True) -> Library:
    """The library at ``address``: the path of a file, or ``postgresql://USER@HOST/DATABASE``.

    Args:
        address: Where it is. An address with a password in it is refused.
        create: Whether it is made where there is none yet.

    Returns:
        The library, open; whoever called closes it.

    Raises:
        LibraryError: Where there is none, it cannot be reached, or it may not be used; the message says what to do.
    """
    if on_server(address):
        try:
            from briefing.library.postgres.library import open_on_server
        except ImportError as error:
            raise LibraryError(
                "A library on a server needs a part of briefing that is not installed: pip install 'briefing[postgres]'"
            ) from error

        return open_on_server(str(address), create=create)
    return Library.open(Path(address), create=create)


def queue_of(library: Library) -> "Tasks":
    """The queue of a library. Raises :class:`LibraryError` where a file keeps it."""
    if not on_server(library.address):
        raise LibraryError(
            "Only a library on a server has a queue. Name one with --library postgresql://USER@HOST/DATABASE; what is"
            " in a file is added at once, by: briefing add"
        )
    from briefing.library.postgres.connection import Server
    from briefing.library.postgres.tasks import Tasks

    assert isinstance(library.store, Server)
    return Tasks(library.store)


def changes_of(library: Library, stop: "threading.Event") -> "Iterator[Told | None]":
    """Yield what others change in a library on a server, None when nothing has changed for a while; of a file, nothing.

    Args:
        library: The library.
        stop: Ends the listening once it is set.
    """
    if not on_server(library.address):
        return
    from briefing.library.postgres.connection import Server
    from briefing.library.postgres.listening import changes

    assert isinstance(library.store, Server)
    yield from changes(library.store, stop)
