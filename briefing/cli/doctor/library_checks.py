"""Checks of SQLite and the library file for ``doctor``. The file is only read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

from briefing.cli.doctor.check import Check
from briefing.cli.state import State

_NAMED: Final = 20
"""Damaged sources that are named one by one."""
WAIT: Final = 5
"""Seconds for another program to let go of the file."""


def check_sqlite(_: State) -> Iterator[Check]:
    """The version of SQLite, and whether it can search full texts."""
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE words USING fts5 (body)")
        except sqlite3.Error as error:
            advice = "Search needs the FTS5 extension; use a Python whose SQLite has it, such as python.org's."
            yield Check("fail", "SQLite", f"{sqlite3.sqlite_version}, {error}", advice)
            return
    yield Check("ok", "SQLite", f"{sqlite3.sqlite_version}, with FTS5")


def _check_server(state: State) -> Iterator[Check]:
    """Whether the server is there, and may be written; looking into every source is for ``library check``."""
    from briefing.library import LibraryError
    from briefing.library.opening import open_library

    try:
        with open_library(state.library_address, create=False) as library:
            totals = library.totals()
            may = "" if not library.read_only else ", but may only be read"
        yield Check("ok", "library", f"{state.library_address}, {totals.sources:,} sources{may}")
    except LibraryError as error:
        yield Check("fail", "library", str(error), "docs/server.md says how one is set up.")


def check_library(state: State) -> Iterator[Check]:
    """Whether the library's file is whole: its pages, and the index of its words."""
    from briefing.config import ConfigError

    try:
        path = state.library_path
    except ConfigError:
        return  # the settings are reported by their own check
    yield from _check_server(state) if path is None else _check_file(state, path)


def _check_file(state: State, path: Path) -> Iterator[Check]:
    from briefing.library import LibraryError

    if not path.exists():
        yield Check("ok", "library", f"none yet at {path}")
        return
    restore = f"Put back a copy from before, or save what can be read: briefing rescue {path} NEW."
    try:
        problem = _damage(str(path))
        if problem is None:
            yield from _looked_through(state, path)
        else:
            yield Check("fail", "library", f"{path}: {problem}", restore)
    except LibraryError as error:
        yield Check("fail", "library", str(error))
    except sqlite3.OperationalError as error:
        yield Check(
            "warn", "library", f"{path} could not be looked through: {error}", "Is another program writing to it?"
        )
    except (sqlite3.Error, OSError) as error:
        yield Check("fail", "library", f"{path}: {error}", restore)


def _looked_through(state: State, path: Path) -> Iterator[Check]:
    """What can be said of a file that SQLite finds nothing wrong with."""
    from briefing.extract.nlp.fingerprint import fingerprint
    from briefing.library import Library
    from briefing.library.store.versions import copies_of
    from briefing.model.own_files import others_may_read

    with Library.open(path, create=False) as library:
        writable = "" if not library.read_only else ", but may only be read"
        totals = library.totals()
        damaged = list(library.damaged())
        outdated = library.outdated(fingerprint(state.settings.model, state.lexicons, state.settings.languages))
    size = path.stat().st_size / 1_000_000
    whole = f"{len(damaged)} damaged" if damaged else "whole"
    status: Literal["ok", "fail"] = "fail" if damaged else "ok"
    yield Check(status, "library", f"{path}, {totals.sources:,} sources, {size:,.1f} MB, {whole}{writable}")
    for error in damaged[:_NAMED]:
        yield Check("fail", "source", str(error))
    if others_may_read(path):
        yield Check("warn", "library", f"other users of this machine can read {path}", f"chmod 600 {path}")
    for copy in copies_of(path):
        yield Check("ok", "library", f"{copy} is a copy from before an update; delete it when all is well")
    if outdated:
        advice = "'briefing add --again' extracts them anew; your verdicts, tags and notes stay."
        yield Check("warn", "library", f"{outdated:,} read by another version or with other lexicons", advice)
    if totals.failures:
        advice = "'briefing list --failed' names them, 'briefing add --retry' tries them again."
        yield Check("warn", "library", f"{totals.failures:,} set aside", advice)


def _damage(path: str) -> str | None:
    """The first thing that SQLite finds wrong with a file, if anything."""
    from briefing.library.store.read_only import OnlyRead, may_write

    file = Path(path)
    with closing(sqlite3.connect(path, timeout=WAIT) if may_write(file) else OnlyRead(file).connect(WAIT)) as db:
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            return str(found)
        indexes = db.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'").fetchall()
        for (name,) in indexes:
            quoted = '"' + name.replace('"', '""') + '"'
            try:
                # A command in the form of an INSERT: nothing is stored, and it is rolled back on closing.
                db.execute(f"INSERT INTO {quoted} ({quoted}) VALUES ('integrity-check')")  # noqa: S608 - quoted
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorname.startswith("SQLITE_READONLY"):
                    return None  # the pages are whole, and this index can only be looked through where one may write
                if isinstance(error, sqlite3.OperationalError):
                    raise
                return f"the full-text index {name} is damaged: {error}"
    return None
