"""Cache of the texts of a library that were asked for last."""

import sys
import threading
from collections.abc import Sequence

from briefing.library.errors import Damaged
from briefing.library.store.codec import unpack_text
from briefing.library.store.database import Database
from briefing.model.safetext import SafeText


class Texts:
    """Cache of the texts that were asked for last, a few megabytes: a query that grows finds the same sources again.

    What is kept under a number never changes, so a text that is held is the text. Safe to call from any thread.
    """

    def __init__(self, most: int = 4_000_000) -> None:
        """Hold at most ``most`` bytes."""
        self._most = most
        self._bytes = 0
        self._held: dict[int, SafeText] = {}
        self._lock = threading.Lock()

    def of(self, db: Database, numbers: Sequence[int]) -> dict[int, SafeText]:
        """The texts kept under these numbers, by number; empty, as no text is, where one is damaged.

        Args:
            db: Connection to the library.
            numbers: Numbers that texts are kept under.
        """
        with self._lock:
            found = {kept: self._held.pop(kept) for kept in numbers if kept in self._held}
            self._held.update(found)  # the last to be let go
        if missing := [kept for kept in numbers if kept not in found]:
            marks = ",".join("?" * len(missing))
            for kept, text in db.execute(f"SELECT kept, text FROM body WHERE kept IN ({marks})", missing):
                try:
                    found[kept] = unpack_text(text)
                except Damaged:
                    continue
                self._hold(kept, found[kept])
        return {kept: found.get(kept, SafeText()) for kept in numbers}

    def clear(self) -> None:
        """Drop all cached texts."""
        with self._lock:
            self._held.clear()
            self._bytes = 0

    def _hold(self, kept: int, text: SafeText) -> None:
        size = sys.getsizeof(text)
        if size > self._most // 4:
            return
        with self._lock:
            if kept not in self._held:
                self._held[kept] = text
                self._bytes += size
            while self._bytes > self._most:
                self._bytes -= sys.getsizeof(self._held.pop(next(iter(self._held))))
