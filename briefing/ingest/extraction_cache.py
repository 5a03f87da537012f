"""Cache of extractions by content: a file opened a second time is read at once."""

import contextlib
import sqlite3
import threading
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from briefing.model.facts import Extraction
from briefing.model.own_files import make_file, make_folder
from briefing.model.source import Source

_LIMIT: Final = 256 * 1024 * 1024
"""Bytes of entries kept by default; the ones used longest ago go first."""

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS entry (
    sha TEXT, extractor TEXT, used INTEGER, data BLOB, PRIMARY KEY (sha, extractor)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_used ON entry (used);
CREATE TABLE IF NOT EXISTS size (bytes INTEGER, clock INTEGER);
"""


_LARGEST: Final = 256 * 1024 * 1024


def _inflated(data: bytes) -> bytes:
    """What was compressed, within a limit. Raises zlib.error, TypeError."""
    stream = zlib.decompressobj()
    found = stream.decompress(data, _LARGEST)
    if not stream.eof:
        raise zlib.error("incomplete, or too large")
    return found


class _Entry(BaseModel):
    extraction: Extraction
    source: Source | None = None
    read_as: str = ""


class ExtractionCache:
    """Extractions by SHA-256 of the content and fingerprint of the extractor, in one SQLite file of bounded size.

    With an extraction the source may be kept, so that not even reading is needed. Nothing in the file is precious: one
    that cannot be read is made anew, and any failure to read or write is a miss. Safe to use from several threads and
    programs.
    """

    def __init__(self, path: Path, *, limit: int = _LIMIT) -> None:
        self.path = path
        self.limit = limit
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None

    def get(self, sha: str, fingerprint: str) -> Extraction | None:
        """The cached extraction, or None.

        Args:
            sha: SHA-256 of the content, in hex.
            fingerprint: Fingerprint of the extractor.
        """
        entry = self._entry(sha, fingerprint)
        return entry.extraction if entry is not None else None

    def pair(self, sha: str, fingerprint: str, read_as: str) -> tuple[Source, Extraction] | None:
        """The cached source and extraction, or None; only where it was read in the same way, so that the offsets hold.

        Args:
            sha: SHA-256 of the content, in hex.
            fingerprint: Fingerprint of the extractor.
            read_as: How the source is read, in the words given to :meth:`put`.
        """
        entry = self._entry(sha, fingerprint)
        if entry is None or entry.source is None or entry.read_as != read_as:
            return None
        return entry.source, entry.extraction

    def put(self, extraction: Extraction, source: Source | None = None, read_as: str = "") -> None:
        """Cache an extraction. A failure to write is ignored.

        Args:
            extraction: The extraction; it names the source's hash and the extractor.
            source: The source, to cache it as well; None caches the extraction alone.
            read_as: How the source was read, in any words.
        """
        entry = _Entry(extraction=extraction, source=source, read_as=read_as)
        data = zlib.compress(entry.model_dump_json().encode(), 6)
        with self._lock, self._trouble():
            self._put(self._open(), (extraction.source_id, extraction.extractor), data)

    def forget(self, shas: Collection[str]) -> None:
        """Delete all that is cached of these contents, so that nothing of it is left in the file."""
        if not self.path.exists():
            return
        with self._lock, self._trouble():
            db = self._open()
            with db:
                for sha in shas:
                    sizes = db.execute("SELECT length(data) FROM entry WHERE sha = ?", (sha,)).fetchall()
                    db.execute("DELETE FROM entry WHERE sha = ?", (sha,))
                    db.execute("UPDATE size SET bytes = bytes - ?", (sum(size for (size,) in sizes),))
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def _entry(self, sha: str, fingerprint: str) -> _Entry | None:
        key = (sha, fingerprint)
        found = None
        with self._lock, self._trouble():
            db = self._open()
            row = db.execute("SELECT data FROM entry WHERE sha = ? AND extractor = ?", key).fetchone()
            if row is None:
                return None
            found = _Entry.model_validate_json(_inflated(row[0]))
            with db:
                db.execute("UPDATE size SET clock = clock + 1")
                use = "UPDATE entry SET used = (SELECT clock FROM size) WHERE sha = ? AND extractor = ?"
                db.execute(use, key)
        return found

    def _put(self, db: sqlite3.Connection, key: tuple[str, str], data: bytes) -> None:
        with db:
            old = db.execute("SELECT length(data) FROM entry WHERE sha = ? AND extractor = ?", key).fetchone()
            db.execute("UPDATE size SET clock = clock + 1, bytes = bytes + ?", (len(data) - (old[0] if old else 0),))
            db.execute("REPLACE INTO entry SELECT ?, ?, clock, ? FROM size", (*key, data))
            total = db.execute("SELECT bytes FROM size").fetchone()[0]
            while total > self.limit:
                oldest = db.execute("SELECT sha, extractor, length(data) FROM entry ORDER BY used LIMIT 1").fetchone()
                if oldest is None:
                    break
                db.execute("DELETE FROM entry WHERE sha = ? AND extractor = ?", oldest[:2])
                db.execute("UPDATE size SET bytes = bytes - ?", (oldest[2],))
                total -= oldest[2]

    @contextlib.contextmanager
    def _trouble(self) -> Iterator[None]:
        """Treat errors of the block as a miss; a file that is no cache, or a damaged one, is made anew."""
        try:
            yield
        except sqlite3.OperationalError:
            return  # locked, full or read-only: not the file's fault
        except sqlite3.DatabaseError:
            self._drop()
        except (OSError, zlib.error, ValidationError, TypeError):
            return

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            make_folder(self.path.parent)
            make_file(self.path)
            db = sqlite3.connect(self.path, timeout=5, check_same_thread=False)
            try:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = normal")
                db.execute("PRAGMA secure_delete = on")
                db.execute("PRAGMA trusted_schema = off")
                db.executescript(_SCHEMA)
                with db:
                    db.execute("INSERT INTO size SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM size)")
            except sqlite3.Error:
                db.close()
                raise
            self._db = db
        return self._db

    def _drop(self) -> None:
        """Take the file away; the next call makes a new one."""
        if self._db is not None:
            self._db.close()
            self._db = None
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
