"""Sources that could not be read or extracted, with the reasons, kept until they can be."""

import os
from collections.abc import Collection
from datetime import UTC, datetime

from briefing.library.store.database import Store
from briefing.model.listing import INSIDE, NOT_READ, Failure
from briefing.model.safetext import SafeText


class SetAside:
    """The list of sources that could not be read, by the names that users see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Failure]:
        """All failures, by path."""
        with self._store.read() as db:
            found = db.execute("SELECT path, reason FROM failure ORDER BY path").fetchall()
        return [Failure(path=SafeText(path), reason=SafeText(reason)) for path, reason in found]

    def add(self, failure: Failure, ref: str = "") -> None:
        """Remember a source that could not be read; forgotten when a source of that path is added.

        Args:
            failure: Path and reason, as shown.
            ref: The file or address to try again where that is not the path shown; empty where it is.
        """
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._store.write() as db:
            row = (failure.path, failure.reason, at, os.fsencode(ref) if ref else None)
            db.execute("DELETE FROM failure WHERE path = ?", (failure.path,))
            db.execute("INSERT INTO failure (path, reason, at, file) VALUES (?, ?, ?, ?)", row)

    def forget(self, paths: Collection[str] | None = None) -> int:
        """Take these from the list, by the paths that it shows, or all; returns how many there were."""
        with self._store.write() as db:
            if paths is None:
                return db.execute("DELETE FROM failure").rowcount
            return sum(db.execute("DELETE FROM failure WHERE path = ?", (path,)).rowcount for path in paths)

    def refs(self, paths: Collection[str] | None = None) -> list[str]:
        """Files and addresses to read to try failures again, each once; standard input is not there any more."""
        with self._store.read() as db:
            every = db.execute("SELECT path, file, reason FROM failure ORDER BY path").fetchall()
        found = [(path, file) for path, file, reason in every if not NOT_READ.search(reason)]
        wanted = None if paths is None else set(paths)
        chosen = [
            os.fsdecode(file) if file else path.partition(INSIDE)[0]
            for path, file in found
            if wanted is None or path in wanted
        ]
        return [ref for ref in dict.fromkeys(chosen) if ref != "-"]
