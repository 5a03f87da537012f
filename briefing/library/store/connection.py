"""The library's file and the connections to it: any number of readers beside one writer."""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from briefing.library.errors import LibraryBusy, LibraryError, misfit
from briefing.library.store.fts.states import ONCE
from briefing.library.store.read_only import OnlyRead, may_write, refusal
from briefing.library.store.versions import prepare, require_current, require_known
from briefing.model.own_files import make_file, make_folder

WAIT: Final = 30.0
"""Seconds to wait for another program that is writing."""
_IDLE: Final = 3
"""Connections that are kept for the next to read."""
_PRAGMAS: Final = (
    "PRAGMA synchronous = normal",
    "PRAGMA cache_size = -24576",  # KiB for each connection: 64 MiB is no faster, nor is mapping the file
    "PRAGMA temp_store = memory",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA secure_delete = on",  # what is removed is overwritten
    "PRAGMA trusted_schema = off",  # a library may come from anybody
    "PRAGMA cell_size_check = on",
)
_LARGEST: Final = 512 * 1024 * 1024
"""Bytes of one value: less than what takes all memory, more than any text packed."""
_BUSY: Final = ("locked", "busy")
_DAMAGED: Final = ("malformed", "not a database", "disk image", "file is encrypted")


class Store:
    """Connections to the library's file for all threads; other programs may use the file at the same time.

    A reader sees the library as it was when it began, whatever is written meanwhile. Writers take turns. A file that
    may only be read can be: then :meth:`write` raises :class:`LibraryReadOnly`.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        """Open or create the file. Raises :class:`LibraryError`."""
        self.path = path
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._write_lock = threading.RLock()
        if not create and not path.exists():
            raise LibraryError(f"There is no library at {path}. Make one with: briefing --library {path} add FILE")
        try:
            make_folder(path.parent)
            if not path.exists() and not path.is_symlink():
                make_file(path)  # the files that SQLite puts beside it get the same mode
        except OSError as error:
            raise LibraryError(f"The folder of the library {path} cannot be made: {error.strerror}") from error
        self._only_read = OnlyRead(path) if path.exists() and not may_write(path) else None
        with self.translated():
            self._writer = self._connect()
            try:
                if self._only_read is None:
                    prepare(self._writer, path)
                else:
                    require_current(self._writer, path)
            except BaseException:
                self._writer.close()
                raise

    @property
    def read_only(self) -> bool:
        """Whether the library can only be read."""
        return self._only_read is not None

    def require_writable(self) -> None:
        """Raise :class:`LibraryReadOnly` where the library can only be read."""
        if self._only_read is not None:
            raise refusal(self.path)

    def settle(self, *, vacuum: bool = False) -> None:
        """Write the write-ahead log into the file and empty it, unless another program needs it just now.

        With ``vacuum`` the file is written anew, without its free pages.
        """
        with self.translated(), self._write_lock:
            if self._only_read is None and not self._closed:
                with contextlib.suppress(sqlite3.OperationalError):
                    if vacuum:
                        self._writer.execute("VACUUM")
                        self._writer.execute("UPDATE removal SET overwritten = ?", (ONCE,))
                    self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file. Connections in use are closed when they come back."""
        with self._write_lock, self._lock:
            self._closed = True
            for db in (*self._idle, self._writer):
                db.close()
            self._idle.clear()

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the library until the block ends."""
        with self.translated():
            db = self._take()
            try:
                db.execute("BEGIN")
                require_known(db, self.path)
                yield db
            finally:
                self._give_back(db)

    @contextlib.contextmanager
    def write(self, *, alone: bool = False) -> Iterator[sqlite3.Connection]:  # noqa: ARG002 - writers take turns anyway
        """A connection in a transaction that is kept when the block ends and undone when it raises.

        May be entered again by the thread that holds it; the outermost block decides.
        """
        self.require_writable()
        with self.translated(), self._write_lock:
            db = self._writer
            if db.in_transaction:
                yield db
                return
            db.execute("BEGIN IMMEDIATE")
            try:
                require_known(db, self.path)
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        """Turn what SQLite reports into words for the user."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if self._only_read is not None and self._only_read.has_changed():
                self._let_go()
                raise LibraryBusy(f"The library {self.path} was written while it was read. Try again.") from error
            raise _explained(self.path, error) from error
        except Exception as error:
            if wrong := misfit(error):
                raise LibraryError(
                    f"The library {self.path} holds a value that cannot be used ({wrong}). 'briefing library check'"
                    " looks for it, 'briefing rescue' saves all that can be read into a new library."
                ) from error
            raise

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise LibraryError(f"The library {self.path} is closed.")
        if self._only_read is not None and self._only_read.has_changed():
            self._let_go()
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _let_go(self) -> None:
        """Close the connections that nobody has: they do not know that the file has changed."""
        with self._lock:
            for db in self._idle:
                db.close()
            self._idle.clear()

    def _give_back(self, db: sqlite3.Connection) -> None:
        db.rollback()
        with self._lock:
            if not self._closed and len(self._idle) < _IDLE:
                self._idle.append(db)
                return
        db.close()

    def _connect(self) -> sqlite3.Connection:
        if self._only_read is not None:
            db = self._only_read.connect(WAIT)
        else:
            db = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        try:
            if self._only_read is None:
                _keep_log(db)
            db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
            db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # for copies of itself
            for pragma in _PRAGMAS:
                db.execute(pragma)
        except BaseException:
            db.close()
            raise
        return db


def _keep_log(db: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. SQLite does not wait for others by itself where it needs the file alone for that."""
    latest = time.monotonic() + WAIT
    while True:
        try:
            if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                db.execute("PRAGMA journal_mode = wal")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > latest:
                raise
            time.sleep(0.02)
        else:
            return


def _explained(path: Path, error: sqlite3.DatabaseError) -> LibraryError:
    kind = LibraryBusy if any(word in str(error) for word in _BUSY) else LibraryError
    return kind(_explain(path, error))


def _explain(path: Path, error: sqlite3.DatabaseError) -> str:
    said = str(error)
    if any(word in said for word in _DAMAGED):
        return (
            f"The library {path} is damaged or not a library ({said}). Put a copy of it back, or move the file away and"
            " add your sources again."
        )
    if any(word in said for word in _BUSY):
        return f"The library {path} is being written by another program. Try again when that one is done."
    if "readonly" in said and path.exists():
        return str(refusal(path))
    if "readonly" in said or "unable to open" in said:
        return f"The library {path} cannot be opened ({said}). Check that the file and its folder may be written."
    if "full" in said:
        return f"The disk with the library {path} is full. Make room and try again; nothing was lost."
    return f"The library {path} cannot be used: {said}."
