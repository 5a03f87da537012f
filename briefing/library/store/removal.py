"""Remove a source so that nothing of it is left in any file: words, names, where it came from.

What is deleted is overwritten (``PRAGMA secure_delete``), and the source is cut out of the pages of the full-text
indexes (:mod:`briefing.library.store.fts.cutting`). Where that cannot be done, these only note what was taken out until
their parts are merged, so they are. The log of changes beside the file is emptied.
"""

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from briefing.library.errors import LibraryError
from briefing.library.store.connection import Store
from briefing.library.store.database import Database
from briefing.library.store.fts.states import ONCE, TO_MERGE, TO_SETTLE
from briefing.library.store.versions import copies_of


def forget_names(db: Database, names: Collection[int]) -> None:
    """Delete those of the names that occur in no source any more.

    Args:
        db: Connection in a transaction.
        names: Numbers of the names.
    """
    for number in names:
        orphan = "SELECT 1 FROM entity WHERE entity = ? AND sources <= 0"
        if db.execute(orphan, (number,)).fetchone():
            for table in ("entity", "entity_word", "entity_doc", "alias", "edited_doc"):
                db.execute(f"DELETE FROM {table} WHERE entity = ?", (number,))


def forget_files(db: Database, key: bytes) -> None:
    """Forget which files held a source. Of one in a watched folder a mark is kept, so that it does not come back.

    Args:
        db: Connection in a transaction.
        key: Id of the source, as 32 bytes.
    """
    paths = [path for (path,) in db.execute("SELECT path FROM file WHERE id = ?", (key,)).fetchall()]
    folders = [folder for (folder,) in db.execute("SELECT folder FROM watched")]
    sep = os.fsencode(os.sep)
    if any(path.startswith(folder.rstrip(sep) + sep) for path in paths for folder in folders):
        db.execute("INSERT OR IGNORE INTO removed VALUES (?)", marks_of(db, [key.hex()])[0])
    db.execute("DELETE FROM file WHERE id = ?", (key,))
    for path in paths:  # a file that held several, of which none is left
        if not db.execute("SELECT 1 FROM file WHERE path = ? AND id IS NOT NULL", (path,)).fetchone():
            db.execute("DELETE FROM file WHERE path = ?", (path,))


def marks_of(db: Database, source_ids: Iterable[str]) -> list[tuple[bytes]]:
    """Marks of removed sources: 16 bytes each, that only who has both the library and the source can tell it by.

    Args:
        db: Connection to the library.
        source_ids: Ids of the sources.
    """
    import hashlib  # loads OpenSSL, for which no list waits
    import hmac

    key = db.execute("SELECT key FROM secret").fetchone()[0]
    return [(hmac.new(key, bytes.fromhex(each), hashlib.sha256).digest()[:16],) for each in source_ids]


def was_removed(db: Database, source_id: str) -> bool:
    """Whether the user removed the source although its file lies in a watched folder.

    Args:
        db: Connection to the library.
        source_id: Id of the source.
    """
    found = db.execute("SELECT 1 FROM removed WHERE mark = ?", marks_of(db, [source_id])[0]).fetchone()
    return found is not None


def clear_derived(db: Database) -> None:
    """Empty all tables that can be rebuilt from the sources themselves."""
    from briefing.library.store.name_counts import TOTALS

    for table in ("entity", "entity_doc", "entity_word", "alias", "names", "edited_doc", "fact", "term"):
        db.execute(f"DELETE FROM {table}")
    db.executemany("UPDATE total SET n = 0 WHERE name = ?", [(name,) for name in TOTALS])
    db.execute("UPDATE removal SET n = n + 1")


def finish(store: Store) -> None:
    """Complete a removal whose program was killed, or had no room, before all was overwritten."""
    if store.read_only:
        return
    with suppress(LibraryError):
        with store.read() as db:
            left = db.execute("SELECT max(overwritten) FROM removal").fetchone()[0] in {TO_MERGE, TO_SETTLE}
        if left:
            overwrite(store)


def overwrite(store: Store) -> None:
    """Overwrite what was removed in the library's files; takes a while where the indexes of a large one are merged."""
    with store.write() as db:
        state = db.execute("SELECT max(overwritten) FROM removal").fetchone()[0]
        if state not in {ONCE, TO_SETTLE}:
            for index in ("word_index", "quote_index"):
                db.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        if state:
            db.execute("UPDATE removal SET overwritten = ?", (ONCE,))
    store.settle(vacuum=not state)
    for copy in copies_of(store.path):  # they were made before a change of the file that has gone well since
        with suppress(OSError):
            Path(copy).unlink()
