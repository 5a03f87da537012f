"""Tags: words the user puts on sources. They stay with a source when it is extracted anew."""

from collections.abc import Collection, Iterable
from typing import Final

from briefing.library.errors import LibraryError
from briefing.library.store.database import Store
from briefing.library.store.source_rows import key_of
from briefing.model.safetext import SafeText

LONGEST: Final = 40
"""Characters of a tag."""


def tag_of(written: str) -> SafeText:
    """A tag as it is kept: one word, without a leading ``#``; empty where nothing is left."""
    words = SafeText(written).line().strip().lstrip("#").split()
    return SafeText("-".join(words))[:LONGEST]


class Tags:
    """The tags of a library. Tags that differ only in case are one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, source_id: str) -> list[SafeText]:
        """The tags of a source, in alphabetical order."""
        with self._store.read() as db:
            found = db.execute("SELECT name FROM tag WHERE id = ? ORDER BY name", (key_of(source_id),))
            return [SafeText(name) for (name,) in found]

    def all(self) -> list[tuple[SafeText, int]]:
        """Every tag in use, in alphabetical order, with the number of its sources."""
        with self._store.read() as db:
            found = db.execute("SELECT name, count(*) FROM tag GROUP BY name ORDER BY name")
            return [(SafeText(name), n) for name, n in found]

    def set(self, source_id: str, tags: Iterable[str]) -> None:
        """Replace the tags of a source; each is written as it is on other sources.

        Args:
            source_id: Id of the source.
            tags: The new tags.

        Raises:
            LibraryError: Where no source has this id.
        """
        wanted = {tag.casefold(): tag for tag in map(tag_of, tags) if tag}
        key = key_of(source_id)
        with self._store.write() as db:
            if not db.execute("SELECT 1 FROM source WHERE id = ?", (key,)).fetchone():
                raise LibraryError(f"No source in the library has the id {source_id}. See them with: briefing list")
            names: list[str] = []
            for tag in wanted.values():
                used = db.execute("SELECT name FROM tag WHERE name = ? LIMIT 1", (tag,)).fetchone()
                names.append(used[0] if used else tag)
            db.execute("DELETE FROM tag WHERE id = ?", (key,))
            db.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?)", [(key, name) for name in names])

    def change(self, source_ids: Collection[str], add: Iterable[str] = (), take: Iterable[str] = ()) -> None:
        """Add and remove tags of several sources; their other tags stay.

        Args:
            source_ids: Ids of the sources.
            add: Tags to add.
            take: Tags to remove, in whatever case.

        Raises:
            LibraryError: Where a source is not in the library.
        """
        plus, minus = list(add), {tag_of(tag).casefold() for tag in take}
        with self._store.write():
            for source_id in source_ids:
                kept = [tag for tag in self.of(source_id) if tag.casefold() not in minus]
                self.set(source_id, [*kept, *plus])
