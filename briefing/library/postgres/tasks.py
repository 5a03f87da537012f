"""The queue of a library on a server: files to be read, by whichever machine comes first.

One table, of which each worker takes rows that no other has locked (``FOR UPDATE SKIP LOCKED``), and nothing besides: a
queue of its own, with its connections, its versions and its tables, would have to be installed, looked after and kept
in step with the library. A task is a content read by an extractor; whoever takes it holds it for as long as they say
that they are alive. After ``ATTEMPTS`` it is set aside with the reason.
"""

import os
import socket
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple

from briefing.library.errors import LibraryError
from briefing.library.postgres.connection import Server

ATTEMPTS: Final = 3
LEASE: Final = 60.0
"""Seconds for which a task is held without a sign of life."""


class Reader(NamedTuple):
    """By which program texts are read; tasks are for one of these."""

    extractor: str
    """The fingerprint of number, lexicons, model and spaCy."""
    version: str
    model: str

    def __str__(self) -> str:
        return f"briefing {self.version} with {self.model} ({self.extractor})"


class Wanted(NamedTuple):
    """A file to be read."""

    sha: str
    path: bytes
    name: str
    data: bytes | None = None
    """Its bytes, where they are to be kept by the server until they are read."""


class Taken(NamedTuple):
    """A task that this program holds."""

    number: int
    path: bytes
    name: str
    sha: str
    kept: bool
    """Whether the server has the bytes."""


class State(NamedTuple):
    """State of the queue."""

    waiting: int
    held: int
    done: int
    failed: int
    workers: tuple[tuple[str, int, float], ...]
    """Those at work in the last minutes: name, tasks held, tasks done a minute."""
    readers: tuple[tuple[Reader, int], ...]
    """By which programs what is waiting is to be read."""
    failures: tuple[tuple[str, str, int], ...]
    """What was set aside: name, reason, attempts."""


class Tasks:
    """The queue. Everything raises :class:`LibraryError`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.worker = f"{socket.gethostname()}:{os.getpid()}"

    def put(self, wanted: Iterable[Wanted], reader: Reader) -> tuple[int, int]:
        """Put files into the queue.

        Args:
            wanted: The files.
            reader: The program that is to read them.

        Returns:
            How many are new in the queue, and how many were in it or in the library already.
        """
        new = known = 0
        for one in wanted:
            key = bytes.fromhex(one.sha)
            with self._server.write() as db:
                sql = "SELECT 1 FROM source JOIN extractor ON number = extractor WHERE id = ? AND fingerprint = ?"
                if db.execute(sql, (key, reader.extractor)).fetchone():
                    known += 1
                    continue
                over = "DELETE FROM task WHERE sha = ? AND extractor = ? AND state = 'done'"  # its source was taken out
                db.execute(over, (key, reader.extractor))
                added = db.execute(
                    "INSERT OR IGNORE INTO task (sha, extractor, version, model, path, name, kept)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (key, *reader, one.path, one.name, one.data is not None),
                ).rowcount
                if added and one.data is not None:
                    db.execute("INSERT OR IGNORE INTO original VALUES (?, ?)", (key, one.data))
                new, known = new + added, known + 1 - added
        return new, known

    def take(self, most: int, reader: Reader, lease: float = LEASE) -> list[Taken]:
        """Take tasks that nobody holds, the oldest first.

        Args:
            most: Upper bound on the tasks.
            reader: This program: tasks for others are left.
            lease: Seconds for which they are held without a sign of life.
        """
        with self._server.write() as db:
            self._give_up(db)
            found = db.execute(
                "UPDATE task SET state = 'held', worker = ?, attempts = attempts + 1,"
                " until = now() + ? * interval '1 s' WHERE number IN"
                " (SELECT number FROM task WHERE extractor = ? AND (state = 'waiting'"
                " OR (state = 'held' AND until < now())) ORDER BY number LIMIT ? FOR UPDATE SKIP LOCKED)"
                " RETURNING number, path, name, encode(sha, 'hex'), kept",
                (self.worker, lease, reader.extractor, most),
            )
            return sorted(Taken(*row) for row in found)

    def _give_up(self, db: Any) -> None:
        """Set aside what its last worker held when it ended, and what had enough attempts."""
        gone = db.execute(
            "UPDATE task SET state = 'failed', finished = now(), reason = coalesce(reason || '; ', '') || ?"
            " WHERE state = 'held' AND until < now() AND attempts >= ? RETURNING name, reason",
            (f"{ATTEMPTS} workers ended while they had it", ATTEMPTS),
        ).fetchall()
        for name, reason in gone:
            db.execute("DELETE FROM failure WHERE path = ?", (name,))
            db.execute("INSERT INTO failure (path, reason, at) VALUES (?, ?, now()::text)", (name, reason))

    def original(self, taken: Taken) -> bytes:
        """The bytes of a file that the server keeps."""
        with self._server.read() as db:
            found = db.execute("SELECT data FROM original WHERE sha = decode(?, 'hex')", (taken.sha,)).fetchone()
        if found is None:
            raise LibraryError(f"The bytes of {taken.name} are not on the server any more; add it again.")
        return bytes(found[0])

    def alive(self, numbers: Collection[int], lease: float = LEASE) -> None:
        """Extend the hold on tasks that are still being worked on.

        Args:
            numbers: Numbers of the tasks.
            lease: Seconds for which they are held from now on.
        """
        with self._server.explained(), self._server.connect() as db:
            db.execute(
                "UPDATE task SET until = now() + %s * interval '1 s' WHERE number = ANY (%s) AND worker = %s"
                " AND state = 'held'",
                (lease, list(numbers), self.worker),
            )

    def finish(self, numbers: Sequence[int]) -> None:
        """Mark tasks as done: their sources are in the library."""
        with self._server.write() as db:
            db.execute(
                "UPDATE task SET state = 'done', finished = now(), reason = NULL WHERE number = ANY (?)"
                " AND state <> 'done'",
                (list(numbers),),
            )
            db.execute(
                "DELETE FROM original WHERE sha IN (SELECT sha FROM task WHERE number = ANY (?))", (list(numbers),)
            )

    def fail(self, number: int, reason: str) -> bool:
        """Note that a task's file could not be read; returns whether it is tried again, by whoever takes it next.

        Args:
            number: Number of the task.
            reason: Why.
        """
        with self._server.write() as db:
            found = db.execute(
                "UPDATE task SET state = CASE WHEN attempts < ? THEN 'waiting' ELSE 'failed' END, reason = ?,"
                " finished = now() WHERE number = ? AND worker = ? RETURNING state",
                (ATTEMPTS, reason, number, self.worker),
            ).fetchone()
        return bool(found and found[0] == "waiting")

    def give_back(self, numbers: Collection[int]) -> None:
        """Give back tasks that were taken and not begun: it counts as no attempt."""
        with self._server.write() as db:
            db.execute(
                "UPDATE task SET state = 'waiting', attempts = attempts - 1 WHERE number = ANY (?) AND worker = ?"
                " AND state = 'held'",
                (list(numbers), self.worker),
            )

    def retry(self) -> int:
        """Put failed tasks back into the queue; returns how many."""
        with self._server.write() as db:
            return db.execute("UPDATE task SET state = 'waiting', attempts = 0 WHERE state = 'failed'").rowcount

    def left(self, reader: Reader | None = None) -> int:
        """Number of tasks that are not over, for this reader or for any."""
        sql = "SELECT count(*) FROM task WHERE state IN ('waiting', 'held')"
        with self._server.read() as db:
            if reader is None:
                found = db.execute(sql).fetchone()
            else:
                found = db.execute(f"{sql} AND extractor = ?", (reader.extractor,)).fetchone()
        return int(found[0]) if found else 0

    def state(self) -> State:
        """The state of the queue."""
        with self._server.read() as db:
            counted = dict(db.execute("SELECT state, count(*) FROM task GROUP BY state").fetchall())
            workers = db.execute(
                "SELECT worker, count(*) FILTER (WHERE state = 'held' AND until > now()),"
                " count(*) FILTER (WHERE state = 'done' AND finished > now() - interval '5 min') / 5.0 FROM task"
                " WHERE worker IS NOT NULL AND (until > now() OR finished > now() - interval '5 min')"
                " GROUP BY worker ORDER BY worker"
            ).fetchall()
            readers = db.execute(
                "SELECT extractor, version, model, count(*) FROM task WHERE state IN ('waiting', 'held')"
                " GROUP BY extractor, version, model ORDER BY 4 DESC"
            ).fetchall()
            sql = (
                "SELECT name, coalesce(reason, ''), attempts FROM task WHERE state = 'failed' ORDER BY name LIMIT 1000"
            )
            failures = db.execute(sql).fetchall()
        return State(
            waiting=counted.get("waiting", 0),
            held=counted.get("held", 0),
            done=counted.get("done", 0),
            failed=counted.get("failed", 0),
            workers=tuple((name, held, float(rate)) for name, held, rate in workers),
            readers=tuple((Reader(*row[:3]), row[3]) for row in readers),
            failures=tuple((name, reason, n) for name, reason, n in failures),
        )
