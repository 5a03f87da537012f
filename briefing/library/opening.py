"""Opening a library by its address, whatever keeps it."""

from pathlib import Path

from briefing.library.address import on_server
from briefing.library.errors import LibraryError
from briefing.library.library import Library


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
