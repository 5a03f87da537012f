"""The texts of sources that were asked for last, and where names and quotes stand in them."""

import sys
import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Final

from briefing.library.errors import Damaged
from briefing.library.store.codec import Places, unpack_text
from briefing.library.store.database import Database
from briefing.library.store.source_rows import places_in
from briefing.model.safetext import SafeText

_PLACES: Final = 200
_MOST_MENTIONS: Final = 500
"""Of so many sources the places are held, each with so many mentions at most: some 20 KB."""


class Texts:
    """Cache of the texts that were asked for last, a few megabytes: a query that grows finds the same sources again.

    What is kept under a number never changes, so a text that is held is the text. Safe to call from any thread.
    """

    def __init__(self, most: int = 4_000_000) -> None:
        """Hold at most ``most`` bytes."""
        self._most = most
        self._bytes = 0
        self._held: dict[int, SafeText] = {}
        self._places: dict[int, Places] = {}
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

    def places(self, db: Database, numbers: Collection[int]) -> dict[int, Callable[[str], Places]]:
        """What :func:`places_in` gives, of which the last ``_PLACES`` that nothing was edited in are held.

        Args:
            db: Connection to the library.
            numbers: Numbers that extractions are kept under.
        """
        from briefing.library.store.entity_view import edits_of

        if edits_of(db):
            return places_in(db, numbers)
        with self._lock:
            known = {kept: self._places[kept] for kept in numbers if kept in self._places}
        missing = [kept for kept in numbers if kept not in known]
        found = places_in(db, missing) if missing else {}
        made = {kept: partial(self._made, kept, make) for kept, make in found.items()}
        return {**made, **{kept: partial(_same, places) for kept, places in known.items()}}

    def _made(self, kept: int, make: Callable[[str], Places], text: str) -> Places:
        places = make(text)
        if places.mentions > _MOST_MENTIONS:
            return places
        with self._lock:
            self._places[kept] = places
            while len(self._places) > _PLACES:
                self._places.pop(next(iter(self._places)))
        return places

    def clear(self) -> None:
        """Drop all cached texts."""
        with self._lock:
            self._held.clear()
            self._places.clear()
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


def _same(places: Places, _text: str) -> Places:
    return places
