"""Put off what is written source by source, to write it for all of a batch at once.

A server takes a statement apart, plans it and looks up its indexes anew each time: ten rows of one table in one
statement cost it little more than one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from briefing.library.postgres.connection import Session
from briefing.library.store.database import Rows

_PUT_OFF: Final = (
    *(f"INSERT INTO {table} " for table in ("body", "extraction", "names", "source", "words", "quoted")),
    "DELETE FROM failure WHERE path = ?",
)
"""How statements begin whose result nobody looks at, and that may run in any order among themselves."""


class Gathering:
    """A session that puts these statements off until another one could see what they do."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: dict[str, list[Sequence[Any]]] = {}

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = (), /) -> Rows:
        """Run a statement, or put it off.

        Args:
            sql: The statement.
            parameters: Values of its question marks, or by name.
        """
        if sql.startswith(_PUT_OFF) and not isinstance(parameters, Mapping):
            self._waiting.setdefault(sql, []).append(parameters)
            return _Nothing()
        self.flush()
        return self._session.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> Rows:
        """Run a statement for each of several sets of values; for none, nothing is done.

        Args:
            sql: The statement.
            parameters: The sets of values.
        """
        every = list(parameters)
        if not every:
            return _Nothing()
        self.flush()
        return self._session.executemany(sql, every)

    def flush(self) -> None:
        """Run what was put off."""
        waiting, self._waiting = self._waiting, {}
        for sql, rows in waiting.items():
            self._session.executemany(sql, rows)

    def interrupt(self) -> None:
        """Stop the running statement, from another thread."""
        self._session.interrupt()


class _Nothing:
    """The result of a statement that was not run yet."""

    rowcount = 0
    lastrowid = None

    def fetchone(self) -> None:
        """No row."""

    def fetchall(self) -> list[Any]:
        """No rows."""
        return []

    def __iter__(self) -> Any:
        return iter(())
