"""The list of watched folders: new files in them are added to the library."""

import os
from datetime import UTC, datetime
from pathlib import Path

from briefing.library.errors import LibraryError
from briefing.library.store.database import Store


class Folders:
    """The list of watched folders of a library, by their absolute paths."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Path]:
        """The watched folders, by name; some may not exist at the moment."""
        with self._store.read() as db:
            found = db.execute("SELECT folder FROM watched ORDER BY folder")
            return [Path(os.fsdecode(folder)) for (folder,) in found]

    def watch(self, folder: Path | str) -> Path:
        """Watch a folder; returns the path that is listed.

        Raises :class:`LibraryError` where it is no folder, or the file system as a whole.
        """
        path = absolute(folder)
        if not path.is_dir():
            raise LibraryError(
                f"{folder} is {'not a folder' if path.exists() else 'not there'}; name a folder to watch."
            )
        if path == Path(path.anchor):
            raise LibraryError(f"{folder} is everything on this machine; name a folder in it to watch.")
        since = datetime.now(UTC).isoformat(timespec="seconds")
        with self._store.write() as db:
            db.execute("INSERT OR IGNORE INTO watched VALUES (?, ?)", (os.fsencode(path), since))
        return path

    def unwatch(self, folder: Path | str) -> None:
        """Stop watching a folder; its sources are kept. Raises :class:`LibraryError` where it is not watched."""
        with self._store.write() as db:
            gone = db.execute("DELETE FROM watched WHERE folder = ?", (os.fsencode(absolute(folder)),)).rowcount
        if not gone:
            raise LibraryError(f"{folder} is not watched. See what is with: briefing watch --list")


def absolute(path: Path | str) -> Path:
    """The path from the root on, with ``~`` and ``..`` resolved by their names; links stay as they are."""
    return Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100 - Path.absolute keeps ".."
