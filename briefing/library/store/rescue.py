"""Save what can be read of a damaged library into a new one: the user's own notes first, then the sources.

The old file is only read. A table of which some pages are lost is read from both ends, a text or an extraction by its
number: what stands behind a lost page is not lost with it.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from briefing.library.errors import Damaged, LibraryError
from briefing.library.library import Library
from briefing.library.store.codec import checked, unpack_details, unpack_extraction, unpack_raw
from briefing.library.store.source_rows import when
from briefing.library.store.writer import Item
from briefing.model.data_files import parse_json
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.source import Source

_KEPT: Final = (
    ("tag", "id, name"),
    ("entity_edit", "number, action, type, name, written, to_type, to_name"),
    ("saved_search", "name, query, seen"),
    ("past_query", "query, at"),
    ("watched", "folder, since"),
    ("file", "path, part, id, size, modified, gone, tried"),
    ("failure", "path, reason, at, file"),
    ("undo", "number, id, kind, key, before"),
    ("claim_edit", "number, body"),
    ("workspace", "name, body"),
    ("workspace_source", "name, id, place"),
    ("name_list", "name, body"),
)
"""Tables of what the reader said, and of what was noted of files."""
_REVIEW: Final = "id, kind, key, state, edited, at, fact, live"
_STATES: Final = ("added", "read", "reviewed", "position", "pinned", "gone", "newer")
_SOURCE: Final = (
    "doc, kept, id, path, title, format, publisher, author, published, language, encoding, pages, extractor"
)
_LOST: Final = "lost"
"""The extractor of a source of which only the text was saved: it is extracted anew by ``add --again``."""


class Saved(NamedTuple):
    """Numbers of what was saved and lost."""

    sources: int
    without_facts: int
    """Of these, those of which only the text was."""
    lost: tuple[str, ...]
    """Paths of sources whose text could not be read."""
    notes: int
    """Reviews, tags, searches and the like."""


def rescue(old: Path, new: Path) -> Saved:
    """Save what can be read of a library into a new one.

    Args:
        old: The damaged library; it is only read.
        new: The file to make.

    Raises:
        LibraryError: Where ``old`` is not there or no database at all, or ``new`` is there already.
    """
    if new.exists():
        raise LibraryError(f"{new} is there already. Name a file that is not, for what is saved.")
    if not old.is_file():
        raise LibraryError(f"There is no library at {old}.")
    begun = new.with_name(f"{new.name}.part")
    for beside in ("", "-wal", "-shm", "-journal"):  # half a library must not look like a whole one
        begun.with_name(begun.name + beside).unlink(missing_ok=True)
    saved = _saved(old, begun)
    with closing(sqlite3.connect(begun)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    begun.replace(new)
    return saved


def _saved(old: Path, new: Path) -> Saved:
    """Save what can be read of ``old`` into ``new``, which is not there."""
    with closing(_opened(old)) as db, Library.open(new) as library:
        notes = _notes(db, library)
        sources = without = 0
        lost: list[str] = []
        for row in _rows(db, "source", _SOURCE, "doc"):
            saved = _source(db, row)
            if saved is None:
                lost.append(SafeText(str(row[3])).line())
                continue
            source, found = saved
            states = _states(db, row[0])
            library.add_all([Item(source, found, states.pop("added", None))])
            _put_states(library, source.id, states)
            sources += 1
            without += found.extractor == _LOST
        notes += _reviews(db, library)
    return Saved(sources, without, tuple(lost), notes)


def _opened(path: Path) -> sqlite3.Connection:
    """The old file, as it is with its log of changes where that can be used; else without."""
    for how in ("mode=ro", "mode=ro&immutable=1"):
        try:
            db = sqlite3.connect(f"{Path(os.path.realpath(path)).as_uri()}?{how}", uri=True)
        except sqlite3.Error:
            continue
        try:
            db.execute("PRAGMA trusted_schema = off")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            db.close()
            continue
        return db
    raise LibraryError(f"{path} is no database, or the list of its tables is lost: nothing in it can be found.")


def _rows(db: sqlite3.Connection, table: str, columns: str, order: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table that can be read: from its beginning to the first lost page, then from its end back to it."""
    seen: set[tuple[Any, ...]] = set()
    for direction in ("", "DESC"):
        ordered = ", ".join(f"{each} {direction}" for each in order.split(", "))
        try:
            found = db.execute(f"SELECT {columns} FROM main.{table} ORDER BY {ordered}")
            while (row := found.fetchone()) is not None:
                if row not in seen:
                    seen.add(row)
                    yield row
        except (sqlite3.Error, OverflowError):
            continue
        if not direction:
            return


def _one(db: sqlite3.Connection, sql: str, number: object) -> Any:
    """The first column of the one row with that number; None where there is none, or it cannot be read."""
    try:
        found = db.execute(sql, (number,)).fetchone()
    except sqlite3.Error:
        return None
    return found[0] if found else None


def _source(db: sqlite3.Connection, row: Sequence[Any]) -> tuple[Source, Extraction] | None:
    """A source with what was found in it, or with nothing where that is lost; None where its text is."""
    kept = row[1]
    try:
        source = _read(row, _one(db, "SELECT text FROM body WHERE kept = ?", kept))
    except Damaged:
        return None
    fingerprint = _one(db, "SELECT fingerprint FROM extractor WHERE number = ?", row[12])
    facts = _one(db, "SELECT facts FROM extraction WHERE kept = ?", kept)
    try:
        return source, unpack_extraction(facts, source.text, source.id, str(fingerprint or _LOST))
    except Damaged:
        return source, Extraction(source_id=source.id, extractor=_LOST)


@checked
def _read(row: Sequence[Any], text: bytes) -> Source:
    """The source; of what is damaged but its text and its id, nothing."""
    _, _, key, path, title, form, publisher, author, published, language, encoding, pages, _ = row
    source = Source(id=key.hex(), path=str(path), title=str(title), text=unpack_raw(text))
    extra: dict[str, Any] = {}
    for value in (
        lambda: {"format": form}, lambda: {"publisher": publisher}, lambda: {"author": author},
        lambda: {"published": when(published)}, lambda: {"language": language}, lambda: {"encoding": encoding},
        lambda: unpack_details(pages),
    ):  # fmt: skip
        try:
            Source.model_validate({**source.model_dump(), **value()})
            extra |= value()
        except (ValueError, TypeError, LibraryError):
            continue
    return Source.model_validate({**source.model_dump(), **extra})


def _notes(db: sqlite3.Connection, library: Library) -> int:
    """Copy what the reader said, but for verdicts and what rows of sources hold."""
    saved = 0
    for table, columns in _KEPT:
        marks = ", ".join("?" * len(columns.split(", ")))
        order = columns.split(", ")[0]
        rows = list(_rows(db, table, columns, order))
        with library.store.write() as new:
            for row in rows:
                try:
                    saved += new.execute(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", row).rowcount
                except sqlite3.IntegrityError:
                    continue
    return saved


def _reviews(db: sqlite3.Connection, library: Library) -> int:
    """Copy the verdicts, also those on sources that are lost: they wake when one is added again."""
    saved = 0
    rows = list(_rows(db, "review", _REVIEW, "id, kind, key"))
    with library.store.write() as new:
        for row in rows:
            try:
                parse_json(row[6])
                saved += new.execute(
                    f"INSERT OR REPLACE INTO review ({_REVIEW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row
                ).rowcount
            except (ValueError, TypeError, sqlite3.IntegrityError):
                continue
    return saved


def _states(db: sqlite3.Connection, doc: int) -> dict[str, Any]:
    """What the row of a source says of its reading; columns that an older library has not are left out."""
    found = {name: _one(db, f"SELECT {name} FROM source WHERE doc = ?", doc) for name in _STATES}
    whole = {name: value for name, value in found.items() if isinstance(value, int)}
    return whole | ({"newer": found["newer"]} if isinstance(found["newer"], bytes) else {})


def _put_states(library: Library, source_id: str, states: dict[str, Any]) -> None:
    if states:
        columns = ", ".join(f"{name} = ?" for name in states)
        with library.store.write() as db:
            db.execute(f"UPDATE source SET {columns} WHERE id = ?", (*states.values(), bytes.fromhex(source_id)))
