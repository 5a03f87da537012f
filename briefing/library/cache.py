"""Extractions kept by content, so that a file opened a second time is read at once."""

import contextlib
import sqlite3
import threading
import zlib
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from briefing.model.facts import Extraction

_LIMIT: Final = 256 * 1024 * 1024
"""Bytes of entries kept by default; the ones used longest ago go first."""

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS entry (
    sha TEXT, extractor TEXT, used INTEGER, data BLOB, PRIMARY KEY (sha, extractor)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_used ON entry (used);
CREATE TABLE IF NOT EXISTS size (bytes INTEGER, clock INTEGER);
"""


class ExtractionCache:
    """Extractions by SHA-256 of the content and fingerprint of the extractor, in one SQLite file of bounded size.

    Nothing in it is precious: a file that cannot be read is made anew, and any failure to read or write is a miss.
    Safe to use from several threads and programs.
    """

    def __init__(self, path: Path, *, limit: int = _LIMIT) -> None:
        self.path = path
        self.limit = limit
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None

    def get(self, sha: str, fingerprint: str) -> Extraction | None:
        """What that extractor found in that content, if it is known."""
        with self._lock:
            try:
                db = self._open()
                row = db.execute(
                    "SELECT data FROM entry WHERE sha = ? AND extractor = ?", (sha, fingerprint)
                ).fetchone()
                if row is None:
                    return None
                found = Extraction.model_validate_json(zlib.decompress(row[0]))
                with db:
                    db.execute("UPDATE size SET clock = clock + 1")
                    db.execute(
                        "UPDATE entry SET used = (SELECT clock FROM size) WHERE sha = ? AND extractor = ?",
                        (sha, fingerprint),
                    )
            except sqlite3.DatabaseError:
                self._recreate()
                return None
            except (OSError, zlib.error, ValidationError):
                return None
            return found

    def put(self, extraction: Extraction) -> None:
        """Keep ``extraction``."""
        data = zlib.compress(extraction.model_dump_json().encode(), 6)
        with self._lock:
            try:
                self._put(self._open(), extraction, data)
            except sqlite3.DatabaseError:
                self._recreate()
            except OSError:
                return

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def _put(self, db: sqlite3.Connection, extraction: Extraction, data: bytes) -> None:
        key = (extraction.source_id, extraction.extractor)
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

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self.path, timeout=5, check_same_thread=False)
            try:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = normal")
                db.executescript(_SCHEMA)
                with db:
                    db.execute("INSERT INTO size SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM size)")
            except sqlite3.Error:
                db.close()
                raise
            self._db = db
        return self._db

    def _recreate(self) -> None:
        """Drop a file that cannot be used; the next call makes a new one."""
        if self._db is not None:
            self._db.close()
            self._db = None
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
