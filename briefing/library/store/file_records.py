"""Records of the files that sources were read from: what is unchanged is skipped, what moved or vanished is noticed.

A row is a file, or what is in a file of several sources. It holds which source that was when it was read last, and how
long and how old the file was then: a file of which neither has changed need not be read again.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from briefing.library.store.database import Database, Store
from briefing.library.store.removal import was_removed
from briefing.model.safetext import SafeText
from briefing.model.source import INSIDE

_MANY: Final = 500
"""Values in one query."""


class Stamp(NamedTuple):
    """Size and age of a file when it was looked at."""

    path: bytes
    """From the root on, as the file system spells it."""
    size: int
    modified: int
    """A number that changes when the file does; 0 where it was written just now, and might be again within a moment."""


class Note(NamedTuple):
    """The source that was read from a file. ``id`` is empty where that was several sources, or none."""

    stamp: Stamp
    part: str = ""
    """Which of several sources in the file; empty for the file itself."""
    id: str = ""
    tried: str | None = None
    """By which readers and extractor it was tried, where some of it could not be read."""


class Row(NamedTuple):
    """The record of a file."""

    id: str
    size: int
    modified: int
    gone: bool
    tried: str | None

    def fits(self, stamp: Stamp) -> bool:
        """Whether the file is unchanged."""
        return not self.gone and self.modified > 0 and self[1:3] == stamp[1:]


class Fate(NamedTuple):
    """Outcome of looking for vanished files: which sources moved, which are gone."""

    gone: list[str]
    """Ids of sources of which no file is left."""
    moved: list[tuple[str, SafeText]]
    """Ids of sources whose files lie elsewhere, and where they were."""


class Files:
    """Records of files. Sources are by id, paths as the file system spells them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, paths: Collection[bytes]) -> dict[bytes, dict[str, Row]]:
        """Records of these files, by path and part."""
        found: dict[bytes, dict[str, Row]] = {}
        with self._store.read() as db:
            for path, part, key, *rest, gone, tried in _where(db, "*", "path", paths):
                size, modified = rest
                found.setdefault(path, {})[part] = Row(key.hex() if key else "", size, modified, bool(gone), tried)
        return found

    def note(self, notes: Sequence[Note]) -> list[tuple[str, SafeText]]:
        """Remember what was read. The sources are there, and they are the newest versions of themselves.

        The ids of those whose files are known to lie elsewhere now, and where they lay.
        """
        if not notes:
            return []
        with self._store.write() as db:
            _put_all(db, notes)
            keys = [(bytes.fromhex(note.id),) for note in notes if note.id]
            db.executemany(
                "UPDATE source SET gone = 0, newer = NULL WHERE id = ? AND (gone = 1 OR newer IS NOT NULL)", keys
            )
            return _settle_paths(db, {note.id: shown(note.stamp.path, note.part) for note in notes if note.id})

    def replace(self, changed: Sequence[tuple[str, Note]]) -> list[tuple[str, SafeText]]:
        """Remember what was read from files that held other sources, by id, before; those get newer versions.

        To be called when all files that changed together have been read: a source that only moved was not replaced.
        """
        if not changed:
            return []
        with self._store.write() as db:
            moved = self.note([note for _, note in changed])
            pairs = [(old, note.id) for old, note in changed if note.id and old != note.id]
            left = _left(db, {old for old, _ in pairs})
            for old, new in pairs:
                if old not in left:
                    _succeed(db, bytes.fromhex(old), bytes.fromhex(new))
        return moved

    def was_removed(self, source_id: str) -> bool:
        """Whether the user removed the source, although its file lies in a watched folder."""
        with self._store.read() as db:
            return was_removed(db, source_id)

    def contents(self, path: bytes, parts: Collection[str]) -> None:
        """Forget the parts of a file that are not in it any more.

        Args:
            path: The file, an archive or a mail.
            parts: The parts that are in it.
        """
        with self._store.write() as db:
            there = db.execute("SELECT part FROM file WHERE path = ? AND part <> ''", (path,)).fetchall()
            over = [(path, part) for (part,) in there if part not in parts]
            db.executemany("DELETE FROM file WHERE path = ? AND part = ?", over)

    def vanished(self, roots: Iterable[str]) -> Fate:
        """Find out which of the files at and below ``roots`` are not there any more, and what became of their sources.

        A source that lies elsewhere gets the path where it lies; one that is nowhere is marked. Both are kept.
        """
        with self._store.read() as db:
            lost = {path for root in roots for path in _below(db, os.fsencode(root)) if missing(path)}
        if not lost:
            return Fate([], [])
        with self._store.write() as db:
            rows = sorted(row for row in _where(db, "path, part, id", "path", lost) if row[2])
            left = _left(db, {key.hex() for _, _, key in rows}, lost)
            _forget_failed(db, lost)
            fate = Fate([], [])
            for path, part, key in rows:
                here = left.get(key.hex())
                if here is None:
                    db.execute("UPDATE file SET gone = 1 WHERE path = ? AND part = ?", (path, part))
                    marked = "UPDATE source SET gone = 1 WHERE id = ? AND newer IS NULL AND gone = 0"
                    if db.execute(marked, (key,)).rowcount:
                        fate.gone.append(key.hex())
                    continue
                db.execute("DELETE FROM file WHERE path = ? AND part = ?", (path, part))
                moved = "UPDATE source SET path = ? WHERE id = ? AND path = ?"
                if db.execute(moved, (shown(*here), key, shown(path, part))).rowcount:
                    fate.moved.append((key.hex(), shown(path, part)))
        return fate


def shown(path: bytes, part: str = "") -> SafeText:
    """Write a file, or what is in it, as users see it.

    Args:
        path: The file, as the file system spells it.
        part: The part within it; empty for the file itself.
    """
    return SafeText(os.fsdecode(path) + part.partition("\n")[0]).line()


def _put_all(db: Database, notes: Sequence[Note]) -> None:
    """Write notes; those of one file in their order."""
    times = Counter(note.stamp.path for note in notes)
    plain = []
    for note in notes:
        if note.tried is not None and not note.id:  # what it was before is still to be replaced one day
            change = "UPDATE file SET size = ?, modified = ?, gone = 0, tried = ? WHERE path = ? AND part = ?"
            path, *mark = note.stamp
            if db.execute(change, (*mark, note.tried, path, note.part)).rowcount:
                continue
        if times[note.stamp.path] > 1:
            _put(db, [note])
        else:
            plain.append(note)
    _put(db, plain)


def _put(db: Database, notes: Sequence[Note]) -> None:
    """Write notes of different files."""
    whole = [(note.stamp.path,) for note in notes if note.id and not note.part]  # it may have held several before
    db.executemany("DELETE FROM file WHERE path = ? AND part <> ''", whole)
    db.executemany("DELETE FROM file WHERE path = ? AND part = ?", [(note.stamp.path, note.part) for note in notes])
    db.executemany(
        "INSERT INTO file (path, part, id, size, modified, tried) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (path, note.part, bytes.fromhex(note.id) or None, *mark, note.tried)
            for note in notes
            for path, *mark in (note.stamp,)
        ],
    )


def _settle_paths(db: Database, names: dict[str, SafeText]) -> list[tuple[str, SafeText]]:
    """Sources, by id, lie in these files: where they were before is of interest only while they are there too."""
    moved = []
    for key, path in _where(db, "id, path", "id", map(bytes.fromhex, names), table="source"):
        name, file = names[key.hex()], Path(path.partition(INSIDE)[0])
        if path == name or "://" in path or (file.is_absolute() and not missing(os.fsencode(file))):
            continue
        db.execute("UPDATE source SET path = ? WHERE id = ?", (name, key))
        if file.is_absolute():
            moved.append((key.hex(), SafeText(path)))
    return moved


def _succeed(db: Database, old: bytes, new: bytes) -> None:
    """A source is the newer version of another, and takes over what the reader wants to keep in sight."""
    db.execute("UPDATE source SET newer = ?, gone = 0 WHERE id = ?", (new, old))
    db.execute(
        "UPDATE source SET pinned = 1 WHERE id = ? AND (SELECT pinned FROM source WHERE id = ?) = 1",
        (new, old),
    )
    db.execute("INSERT OR IGNORE INTO tag (id, name) SELECT ?, name FROM tag WHERE id = ?", (new, old))


def _left(db: Database, ids: Iterable[str], lost: Collection[bytes] = ()) -> dict[str, tuple[bytes, str]]:
    """Those of the sources that are still in some file, with one such file and part; ``lost`` are known not to be."""
    return {
        key.hex(): (path, part)
        for path, part, key in _where(db, "path, part, id", "id", map(bytes.fromhex, ids), "AND gone = 0")
        if path not in lost and not missing(path)
    }


def _below(db: Database, root: bytes) -> Iterator[bytes]:
    """The files at ``root`` and in the folder of that name that are thought to be there."""
    sep = os.fsencode(os.sep)
    span = (root, root.rstrip(sep) + sep, root.rstrip(sep) + bytes([sep[0] + 1]))
    found = db.execute("SELECT DISTINCT path FROM file WHERE (path = ? OR (path > ? AND path < ?)) AND gone = 0", span)
    return (path for (path,) in found)


def _forget_failed(db: Database, lost: Collection[bytes]) -> None:
    """Of files that are not there any more, it does not matter that they could not be read, or what was in them."""
    db.executemany("DELETE FROM file WHERE path = ? AND id IS NULL", [(path,) for path in lost])
    failed = db.execute("SELECT path, file FROM failure WHERE file IS NOT NULL").fetchall()
    db.executemany("DELETE FROM failure WHERE path = ?", [(path,) for path, file in failed if file in lost])


def missing(path: bytes) -> bool:
    """Whether there is no such file. One that may not be looked at is not missing."""
    try:
        os.stat(path)  # noqa: PTH116 - bytes: not every name is text
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _where(
    db: Database, columns: str, key: str, values: Iterable[bytes], more: str = "", table: str = "file"
) -> Iterator[Any]:
    """Rows in which ``key`` is one of ``values``."""
    every = list(values)
    for start in range(0, len(every), _MANY):
        some = every[start : start + _MANY]
        marks = ",".join("?" * len(some))
        yield from db.execute(f"SELECT {columns} FROM {table} WHERE {key} IN ({marks}) {more}", some).fetchall()
