"""The interface of a database for the rooms of the library, whichever engine it is.

Statements are written in the SQL that both engines read, with ``?`` for values; where PostgreSQL has another word for
something, :mod:`briefing.library.postgres.dialect` puts it in. These are types only: SQLite's own connection is one of
them as it is, and nothing is called in between.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Rows(Protocol):
    """The result of a statement."""

    @property
    def rowcount(self) -> int:
        """Number of rows that it changed."""

    @property
    def lastrowid(self) -> int | None:
        """The number that the row was given which it put in."""

    def fetchone(self) -> Any:
        """The next row; None where there is none."""

    def fetchall(self) -> list[Any]:
        """All remaining rows."""

    def __iter__(self) -> Iterator[Any]: ...


class Database(Protocol):
    """A connection in a transaction."""

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ..., /) -> Rows:
        """Run one statement.

        Args:
            sql: The statement.
            parameters: Values of its question marks, or by name.
        """

    def executemany(self, sql: str, parameters: Any, /) -> Rows:
        """Run a statement for each of several sets of values.

        Args:
            sql: The statement.
            parameters: The sets of values.
        """

    def interrupt(self) -> None:
        """Stop the running statement, from another thread."""


class Store(Protocol):
    """Lends databases to the threads of this program. Everything raises :class:`LibraryError`."""

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""

    def require_writable(self) -> None:
        """Raise :class:`LibraryReadOnly` where nothing can be written."""

    def close(self) -> None:
        """Close it."""

    def read(self) -> AbstractContextManager[Database]:
        """A database that shows one state of the library for as long as it is lent."""

    def write(self, *, alone: bool = False) -> AbstractContextManager[Database]:
        """One in a transaction that is kept when the block ends, and undone when it raises.

        ``alone`` is asked for by whoever adds, takes out or renames: of these there is one at a time, whatever other
        programs do. May be entered again by the thread that holds it; the outermost block decides.
        """
