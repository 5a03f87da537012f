"""The PostgreSQL server and the connections to it: any number of readers beside one writer for each program.

A password is taken where libpq takes it from: ``~/.pgpass``, a connection service file or ``PGPASSWORD``. It is never
part of an address, and so of no message, log or list of processes.
"""

import contextlib
import logging
import os
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from briefing.library.address import without_password
from briefing.library.errors import LibraryBusy, LibraryError, LibraryReadOnly, LibraryUnreachable, misfit
from briefing.library.postgres.bounded import Bounded
from briefing.library.postgres.dialect import translated
from briefing.library.postgres.together import together
from briefing.library.store.database import Database
from briefing.logs import logger
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from briefing.library.search.index import Index

SCHEMA: Final = "briefing"
"""Where in the database everything lies."""
_IDLE: Final = 4
"""Connections that are kept for the next to read."""
_WAIT: Final = 10
"""Seconds to wait for a server that does not answer."""
_LONGEST: Final = 500
"""Characters of what a server says that are shown."""
_ALIVE: Final = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
"""A server that went without a word, such as behind a cable that was pulled, is noticed within a minute, not hours."""
_ENCRYPTED: Final = frozenset({"require", "verify-ca", "verify-full"})
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PLANS: Final = "-c plan_cache_mode=force_custom_plan -c jit=off"
"""Planned anew for each word: what is best for a rare one takes a hundred times as long for a frequent one."""
_ALONE: Final = 0x42524647
"""The number of the lock that is held by whoever adds, takes out or renames."""


logger("psycopg").setLevel(logging.CRITICAL)  # it tells again, as the server said it, what is raised anyway


class Rows(psycopg.Cursor[Any]):
    """The result of a statement."""

    @property
    def lastrowid(self) -> int | None:
        """The number that the row was given which it put in last."""
        found = self.connection.execute("SELECT lastval()").fetchone()
        return int(found[0]) if found else None


class Session:
    """A connection that takes the statements of the other rooms (see :mod:`briefing.library.store.database`)."""

    def __init__(self, connection: "psycopg.Connection[Any]", index: "Index") -> None:
        self.connection = connection
        self.index = index
        self._measures: dict[str, int] | None = None
        self._user: str | None = None
        self.still = False
        """Whether what it shows does not change for as long as it is lent."""

    def measures(self) -> dict[str, int]:
        """How much the index of words holds, asked once while nothing can change."""
        if self._measures is None or not self.still:
            counted = self.execute("SELECT name, n FROM measure").fetchall()
            self._measures = Counter({name: max(0, n) for name, n in counted})  # whoever damaged them: no error
        return self._measures

    def user(self) -> str:
        """The name of whoever is connected, asked once."""
        if self._user is None:
            ((self._user,),) = self.execute("SELECT current_user::text")
        return str(self._user)

    def begin(self, how: str, *, still: bool) -> None:
        """Begin a transaction.

        Args:
            how: The statement that begins it.
            still: Whether it shows one state of the library.
        """
        self._measures, self.still = None, still
        self.connection.execute(how)

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = (), /) -> Rows:
        """Run one statement.

        Args:
            sql: The statement, in the SQL of the other rooms.
            parameters: Values of its question marks, or by name.
        """
        named = isinstance(parameters, Mapping)
        return self.connection.execute(translated(sql, named), parameters)  # type: ignore[return-value]

    def executemany(self, sql: str, parameters: Any, /) -> Rows:
        """Run a statement for each of several sets of values.

        Args:
            sql: The statement, in the SQL of the other rooms.
            parameters: The sets of values.
        """
        every = list(parameters)
        if len(every) > 1 and not isinstance(every[0], Mapping) and (found := together(sql, every)) is not None:
            return self.execute(*found)
        cursor = self.connection.cursor()
        if every:
            cursor.executemany(translated(sql, isinstance(every[0], Mapping)), every)
        return cursor  # type: ignore[return-value]

    def sent(self, sql: str, parameters: Sequence[Any]) -> Rows:
        """Execute one statement and have its rows as the server has them: vectors of words as bytes.

        Args:
            sql: The statement, with ``?`` for values.
            parameters: The values.
        """
        return self.connection.execute(translated(sql), parameters, binary=True)  # type: ignore[return-value]

    def interrupt(self) -> None:
        """Stop the running statement, from another thread."""
        with contextlib.suppress(psycopg.Error):
            self.connection.cancel_safe(timeout=2.0)


def measures(db: Database) -> dict[str, int]:
    """How much the index of words holds, see :meth:`Session.measures`."""
    assert isinstance(db, Session)
    return db.measures()


def user_of(db: Database) -> str:
    """The name of whoever is connected."""
    assert isinstance(db, Session)
    return db.user()


def sent_together(db: Database) -> contextlib.AbstractContextManager[object]:
    """A block whose statements are sent one after the other and answered at its end: no result of them is looked at.

    On a busy machine each answer that is waited for takes as long as all who are in line.
    """
    assert isinstance(db, Session)
    return db.connection.pipeline()


class Server:
    """Lends sessions to the threads of this program; see :class:`briefing.library.store.database.Store`."""

    def __init__(self, address: str, index: "Index") -> None:
        """Know the server; nothing is asked of it yet. Raises :class:`LibraryError` where the address may not be."""
        self.address = without_password(address)
        self._conninfo = checked(self.address)
        self._index = index
        self._lock = threading.Lock()
        self._idle: list[Session] = []
        self._closed = False
        self._write_lock = threading.RLock()
        self._writer: Session | None = None
        self._writing = False
        self.read_only = False

    def require_writable(self) -> None:
        """Raise :class:`LibraryReadOnly` where this user may only read."""
        if self.read_only:
            raise LibraryReadOnly(
                f"You may only read the library {self.address}, so nothing in it can be changed. Its owner can make you"
                " a reviewer: GRANT briefing_reviewer TO …"
            )

    def close(self) -> None:
        """Let go of all connections."""
        with self._write_lock, self._lock:
            self._closed = True
            for session in (*self._idle, *((self._writer,) if self._writer else ())):
                session.connection.close()
            self._idle.clear()
            self._writer = None

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the library for as long as it is lent."""
        with self.explained():
            session = self._take()
            try:
                yield session
            finally:
                self._give_back(session)

    @contextlib.contextmanager
    def write(self, *, alone: bool = False) -> Iterator[Session]:
        """A session in a transaction that is kept when the block ends and undone when it raises."""
        self.require_writable()
        with self.explained(), self._write_lock:
            nested = self._writing
            session = self._writer if nested and self._writer else self._begun(self._writer, "BEGIN", still=False)
            self._writer = session
            if alone:
                session.execute("SELECT pg_advisory_xact_lock(?)", (_ALONE,))
            if nested:
                yield session
                return
            self._writing = True
            try:
                yield session
                session.connection.execute("COMMIT")
            except BaseException:
                _undo(session)
                raise
            finally:
                self._writing = False

    def is_own(self, pid: int) -> bool:
        """Whether that is the process, on the server, through which this program writes."""
        writer = self._writer
        return writer is not None and not writer.connection.closed and writer.connection.info.backend_pid == pid

    @contextlib.contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what the server reports into words for the user."""
        try:
            yield
        except psycopg.Error as error:
            raise explained(self.address, error) from error
        except Exception as error:
            if wrong := misfit(error):
                raise LibraryError(
                    f"The library {self.address} cannot be used: the server answers with what no library holds"
                    f" ({wrong}). 'briefing library check' says more."
                ) from error
            raise

    def connect(self) -> "psycopg.Connection[Any]":
        """A connection of its own, outside any transaction. Raises psycopg's errors."""
        return Bounded.connect(self._conninfo, autocommit=True, cursor_factory=Rows)

    def _take(self) -> Session:
        with self._lock:
            if self._closed:
                raise LibraryError(f"The library {self.address} is closed.")
            session = self._idle.pop() if self._idle else None
        return self._begun(session, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", still=True)

    def _begun(self, session: Session | None, begin: str, *, still: bool) -> Session:
        """A session in a new transaction; another one where the server has closed this one meanwhile."""
        if session is not None:
            try:
                session.begin(begin, still=still)
            except psycopg.OperationalError:
                session.connection.close()
                with self._lock:
                    for idle in self._idle:
                        idle.connection.close()
                    self._idle.clear()
            else:
                return session
        made = Session(self.connect(), self._index)
        made.begin(begin, still=still)
        return made

    def _give_back(self, session: Session) -> None:
        _undo(session)
        with self._lock:
            if not self._closed and not session.connection.closed and len(self._idle) < _IDLE:
                self._idle.append(session)
                return
        session.connection.close()


def _undo(session: Session) -> None:
    with contextlib.suppress(psycopg.Error):
        session.connection.execute("ROLLBACK")


def checked(address: str) -> str:
    """What libpq is given: the address, encrypted unless it is of this machine. Raises :class:`LibraryError`."""
    try:
        asked = conninfo_to_dict(address)
    except psycopg.Error as error:
        raise LibraryError(f"The address of the library is none ({error}). See: docs/server.md") from error
    named = [asked.get(one) or os.environ.get(f"PG{one.upper()}", "") for one in ("host", "hostaddr")]
    hosts = [host for one in named for host in str(one).split(",")]  # an address goes before a name
    here = all(host in _LOCAL or host.startswith(("/", "@")) for host in hosts if host)
    known = "service" not in asked and "PGSERVICE" not in os.environ
    mode = asked.get("sslmode")
    extra: dict[str, Any] = {}
    if not (here and known):
        if mode is not None and mode not in _ENCRYPTED:
            raise LibraryError(
                f"The library would be reached without encryption (sslmode={mode}). Only a server on this machine is;"
                " leave sslmode out, or say sslmode=verify-full."
            )
        extra["sslmode"] = mode or "require"
    extra["options"] = f"{asked.get('options') or ''} -c search_path={SCHEMA},pg_temp {_PLANS}".strip()
    extra.setdefault("application_name", "briefing")
    extra.update({name: value for name, value in _ALIVE.items() if name not in asked})
    return make_conninfo(address, connect_timeout=asked.get("connect_timeout") or _WAIT, **extra)


def explained(address: str, error: psycopg.Error) -> LibraryError:
    """The error for the user that an error of the server stands for.

    Args:
        address: Address of the library.
        error: Error of psycopg.
    """
    said = SafeText(" ".join(str(error).split())[:_LONGEST]).line()
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return LibraryReadOnly(
            f"Your role may not do this in the library {address}. Adding, taking out and renaming are for its owners"
            " (GRANT briefing_owner), verdicts and tags for its reviewers (GRANT briefing_reviewer)."
        )
    if isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected):
        return LibraryBusy(f"The library {address} is being written by another program. Try again when that is done.")
    if isinstance(error, psycopg.errors.DiskFull):
        return LibraryError(f"The disk of the server with {address} is full. Nothing was lost; make room, try again.")
    if isinstance(error, psycopg.OperationalError) and not isinstance(error, psycopg.errors.QueryCanceled):
        return LibraryUnreachable(f"The library {address} cannot be reached: {said.rstrip('.')}.{_advice(said)}")
    return LibraryError(f"The library {address} cannot be used: {said}.")


def _advice(said: str) -> str:
    """What may be done about it."""
    if "password" in said:
        return " Passwords are taken from ~/.pgpass, a connection service file or PGPASSWORD."
    return ""
