"""Where a library is: a file, or a database of a PostgreSQL server."""

from pathlib import Path
from typing import Final

from briefing.library.errors import LibraryError

SCHEMES: Final = ("postgresql://", "postgres://")


def on_server(address: Path | str) -> bool:
    """Whether the address names a database of a server rather than a file."""
    return isinstance(address, str) and address.startswith(SCHEMES)


def without_password(address: str) -> str:
    """The address as it may be shown. Raises :class:`LibraryError` where a password stands in it.

    The command line of a program can be read by everybody on the machine, and a settings file is copied and shared.
    """
    from urllib.parse import parse_qsl, urlsplit

    try:
        parts = urlsplit(address)
        asked = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        secret = parts.password is not None or bool(asked & {"password", "sslpassword"})
        valid = parts.port is None or parts.port > 0
    except ValueError:
        secret, valid = ":" in address.partition("://")[2].partition("@")[0] and "@" in address, False
    if secret:
        raise LibraryError(
            "The address of the library has a password in it, which everybody on this machine could read. Take it out"
            " and put it into ~/.pgpass, a connection service file (service=NAME) or the variable PGPASSWORD."
        )
    if not valid:
        raise LibraryError("The address of the library is none: postgresql://USER@HOST:PORT/DATABASE is how it looks.")
    return address
