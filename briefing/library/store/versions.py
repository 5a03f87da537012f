"""Opening a library file of any version: it is checked, and brought up to date where it may be written."""

import glob
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from briefing.library.errors import LibraryError
from briefing.library.store import schema
from briefing.library.store.fts.states import ONCE
from briefing.model.own_files import make_file

APPLICATION: Final = 0x42524647
"""Written in the file's header (``BRFG``), to tell a library from any other SQLite file."""
_MANY: Final = 5_000
"""Sources of a library that takes more than some seconds to be brought up to date."""


def prepare(db: sqlite3.Connection, path: Path) -> None:
    """Create the tables of a library file, or migrate it to the newest version, in one transaction.

    Raises :class:`LibraryError` where it is something else, from a newer version of the program, or cannot be copied.

    Args:
        db: Connection to the file.
        path: The file; before a migration it is copied beside it.
    """
    version = _check(db, path)
    if version == len(schema.MIGRATIONS):
        return
    if version:
        _announce(db, path)
        copy_before(db, path, version)
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in range(_check(db, path), len(schema.MIGRATIONS)):  # another program may have been first
            schema.MIGRATIONS[step](db)
            db.execute(f"PRAGMA user_version = {step + 1}")
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        if not version:
            db.execute("UPDATE removal SET overwritten = ?", (ONCE,))
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def _announce(db: sqlite3.Connection, path: Path) -> None:
    """Say that a large library takes a while to be brought up to date, on standard error unless logging is set up."""
    (sources,) = db.execute("SELECT coalesce(max(n), 0) FROM total WHERE name = 'sources'").fetchone()
    if sources >= _MANY:
        from briefing.logs import logger

        logger(__name__).warning(
            "briefing: the library %s is brought up to date once; for %s sources that takes about %d minutes, and a"
            " copy of it is kept beside it",
            path, f"{sources:,}", 1 + sources // 60_000,
        )  # fmt: skip


def copies_of(path: Path) -> list[Path]:
    """The copies of a library that were made before it was brought to a newer version."""
    return sorted(path.parent.glob(f"{glob.escape(path.name)}.v[0-9]*.bak"))


def copy_before(db: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the file, as it is before a migration, beside it. Raises :class:`LibraryError` where it cannot.

    Args:
        db: Connection to the file.
        path: The file.
        version: Its version, which becomes part of the copy's name.
    """
    copy = path.with_name(f"{path.name}.v{version}.bak")
    part = copy.with_name(copy.name + ".part")
    try:
        part.unlink(missing_ok=True)
        make_file(part)
        with closing(sqlite3.connect(part)) as kept:
            db.backup(kept)
        part.replace(copy)
    except (OSError, sqlite3.OperationalError) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise LibraryError(
            f"The library {path} must be brought up to date, and no copy of it can be made before that ({error})."
            " Make room beside it and try again."
        ) from error


def require_own(db: sqlite3.Connection, path: Path) -> None:
    """Raise :class:`LibraryError` where the file has triggers, views or virtual tables that are not this program's.

    A library may come from anybody, and SQLite would run them as part of what this program asks of it.

    Args:
        db: Connection to the file.
        path: The file, for the message.
    """
    for kind, name, sql in db.execute("SELECT type, name, sql FROM sqlite_master"):
        written = schema.flat(str(sql or ""))
        virtual = written.upper().startswith("CREATE VIRTUAL")
        if kind in {"trigger", "view"} or (virtual and written not in schema.VIRTUAL.get(name, ())):
            raise LibraryError(
                f"{path} holds a {'virtual table' if virtual else kind} that is not briefing's ({name[:80]}), so it is"
                " not opened. 'briefing rescue' saves its sources into a new library."
            )


def require_current(db: sqlite3.Connection, path: Path) -> None:
    """Raise :class:`LibraryError` where a file that can only be read is empty or would have to be migrated first.

    Args:
        db: Connection to the file.
        path: The file, for the message.
    """
    version = _check(db, path)
    if version == 0:
        raise LibraryError(f"{path} is empty and can only be read. Name another library, or make the file writable.")
    if version < len(schema.MIGRATIONS):
        raise LibraryError(
            f"The library {path} was written by an older version of briefing and can only be read here. Open it once"
            " where it can be written, or copy it to a folder where you may write and open the copy."
        )


def require_known(db: sqlite3.Connection, path: Path) -> None:
    """Raise :class:`LibraryError` where a newer version of the program has changed the file since it was opened.

    Args:
        db: Connection in a transaction.
        path: The file, for the message.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > len(schema.MIGRATIONS):
        raise LibraryError(
            f"The library {path} was brought up to date by a newer version of briefing while it was open here (its"
            f" format is {version} now, this program knows {len(schema.MIGRATIONS)}). Update this program; what was"
            " written before is kept."
        )


def _check(db: sqlite3.Connection, path: Path) -> int:
    """The version of the file; 0 for a new one."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION and (version or db.execute("SELECT 1 FROM sqlite_master").fetchone()):
        raise LibraryError(f"{path} is a database of another program, not a library. Name another file.")
    if version > len(schema.MIGRATIONS):
        raise LibraryError(
            f"The library {path} was written by a newer version of briefing (its format is {version}, this program"
            f" knows {len(schema.MIGRATIONS)}). Update briefing, or name another library."
        )
    require_own(db, path)
    return version
