"""Make a large library of a smaller one: ``python tests/bench/multiply_library.py FROM TO [-n 10]``.

What FROM holds, dated sources all of them, is written ``n`` times over, each time as if the years before, with ids of
its own. Rows are copied by SQL. The pages of the full-text index are copied as they are, with the row numbers in them
moved, and merged by SQLite in the end, as a library that has grown would be: a tenth of the time that cutting all texts
into words again takes. Vocabulary and names do not grow.
"""

import argparse
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from briefing.library.search.arrivals import mark
from briefing.library.store.row_ids import BITS

_SEGMENT_BITS: Final = 37
_DLIDX: Final = 1 << 36
_COPIED: Final = {
    "body": "kept + :kept, text",
    "extraction": "kept + :kept, facts",
    "names": "kept + :kept, entities",
}
_COUNTED: Final = (
    "UPDATE entity SET sources = sources * :n, mentions = mentions * :n",
    "UPDATE alias SET n = n * :n",
    "UPDATE term SET uses = uses * :n",
    "UPDATE total SET n = n * :n",
)
_SHIFTED: Final = ("doc", "kept", "id", "added", "came", "path")


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number as SQLite writes it, and where it ends."""
    value = 0
    for n in range(9):
        byte = data[at + n]
        if n == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 127)
        if byte < 128:
            return value, at + n + 1
    raise AssertionError


def written(value: int) -> bytes:
    """A number of at most 56 bits as SQLite writes it."""
    parts = [value & 127]
    while value := value >> 7:
        parts.append(value & 127 | 128)
    return bytes(reversed(parts))


def row_numbers(page: bytes, *, dlidx: bool) -> Iterator[int]:
    """Where on a page of the index a row number stands whole, not as a step from the one before."""
    if dlidx:
        yield varint(page, 1)[1]
        return
    first, end = int.from_bytes(page[:2], "big"), int.from_bytes(page[2:4], "big")
    if first:
        yield first
    at, term = end, 0
    while at < len(page):
        step, at = varint(page, at)
        place = term + step
        if term:  # all but the first begin with what they share with the one before
            length, after = varint(page, varint(page, place)[1])
        else:
            length, after = varint(page, place)
        term = place
        if after + length < end:
            yield after + length


def copy_index(db: sqlite3.Connection, name: str, n: int, step: int) -> None:
    """Copy the one segment of an index, each time with other row numbers."""
    structure = db.execute(f"SELECT block FROM {name}_data WHERE id = 10").fetchone()[0]
    at, numbers = 4, []
    while at < len(structure):
        value, at = varint(structure, at)
        numbers.append(value)
    _, segments, counter = numbers[:3]
    assert segments == 1, "the index was merged before"
    segment, first, last = numbers[-3:]
    span = (segment << _SEGMENT_BITS, (segment + 1) << _SEGMENT_BITS)
    pages = db.execute(f"SELECT id, block FROM {name}_data WHERE id >= ? AND id < ? ORDER BY id", span).fetchall()
    for k in range(1, n):
        db.executemany(
            f"INSERT INTO {name}_data VALUES (?, ?)",
            ((key + (k << _SEGMENT_BITS), moved(page, k * step, dlidx=bool(key & _DLIDX))) for key, page in pages),
        )
        db.execute(f"INSERT INTO {name}_idx SELECT segid + {k}, term, pgno FROM {name}_idx WHERE segid = ?", (segment,))
    docs = " UNION ALL ".join(f"SELECT id - {k * step}, sz FROM {name}_docsize" for k in range(1, n))
    db.execute(f"INSERT INTO {name}_docsize {docs}")
    found = [1, n, counter, 0, n, *(number for k in reversed(range(n)) for number in (segment + k, first, last))]
    db.execute(f"UPDATE {name}_data SET block = ? WHERE id = 10", (structure[:4] + b"".join(map(written, found)),))
    sizes, at = db.execute(f"SELECT block FROM {name}_data WHERE id = 1").fetchone()[0], 0
    found = []
    while at < len(sizes):
        value, at = varint(sizes, at)
        found.append(value * n)
    db.execute(f"UPDATE {name}_data SET block = ? WHERE id = 1", (b"".join(map(written, found)),))


def moved(page: bytes, by: int, *, dlidx: bool) -> bytes:
    """A page with its row numbers that much lower; all are written in as many bytes as before."""
    made = bytearray(page)
    for at in row_numbers(page, dlidx=dlidx):
        value, end = varint(page, at)
        new = written(value - by)
        assert len(new) == end - at
        made[at:end] = new
    return bytes(made)


def multiply(path: Path, n: int) -> None:
    """Write what the library holds ``n`` times over."""
    with sqlite3.connect(path) as db:
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -400000", "temp_store = memory"):
            db.execute(f"PRAGMA {pragma}")
        for name in ("word_index", "quote_index"):
            db.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        low, high, kept = db.execute("SELECT min(doc), max(doc), max(kept) FROM source").fetchone()
        assert low >= 1 << 30, "every source is dated"
        db.create_function("derived", 2, lambda key, k: hashlib.sha256(key + str(k).encode()).digest())
        step = ((high - low) >> BITS) + 1 << BITS
        indexes = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name IN ('source', 'fact')"
        ).fetchall()
        for name, _ in indexes:
            db.execute(f"DROP INDEX {name}")
        columns = [row[1] for row in db.execute("PRAGMA table_info(source)")]
        others = [column for column in columns if column not in _SHIFTED]
        for k in range(1, n):
            values = {"doc": k * step, "kept": k * kept, "k": k}
            for table, what in _COPIED.items():
                db.execute(f"INSERT INTO {table} SELECT {what} FROM {table} WHERE kept <= {kept}", values)
            db.execute(
                f"INSERT INTO source ({', '.join(_SHIFTED)}, {', '.join(others)}) SELECT doc - :doc, kept + :kept,"
                f" derived(id, :k), added + :kept, came + :kept, '/' || :k || path, {', '.join(others)} FROM source"
                f" WHERE kept <= {kept}",
                values,
            )
        times = f"WITH RECURSIVE times (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM times WHERE k < {n - 1})"
        for table, order in (("entity_doc", "entity, doc"), ("fact", "term, doc, kind, n")):
            made = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            what = ", ".join(f"doc - k * {step} AS doc" if name == "doc" else name for name in names)
            db.execute(f"ALTER TABLE {table} RENAME TO one_{table}")
            db.execute(made)
            db.execute(f"INSERT INTO {table} {times} SELECT {what} FROM one_{table}, times ORDER BY {order}")
            db.execute(f"DROP TABLE one_{table}")
        for _, sql in indexes:
            db.execute(sql)
        for sql in _COUNTED:
            db.execute(sql, {"n": n})
        for name in ("word_index", "quote_index"):
            copy_index(db, name, n, step)
    mark_arrivals(path, n, step, kept)
    with sqlite3.connect(path) as db:  # another one: the first remembers how the index was
        for name in ("word_index", "quote_index"):
            db.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = wal")


def mark_arrivals(path: Path, n: int, step: int, kept: int) -> None:
    """Give the copies the words that tell when they came: with the pages, those of the first were copied.

    Args:
        path: The library.
        n: How many times it was written.
        step: By how much the row numbers of each copy are lower than those of the one before.
        kept: By how much its sources came later.
    """
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute("CREATE TABLE as_was (id INTEGER PRIMARY KEY, sz BLOB)")
        db.execute("INSERT INTO as_was SELECT id, sz FROM word_index_docsize")
        (sums,) = db.execute("SELECT block FROM word_index_data WHERE id = 1").fetchone()
        db.execute("BEGIN")
        for k in reversed(range(1, n)):
            copies = "SELECT doc, came FROM source WHERE kept > ? AND kept <= ? ORDER BY doc"
            for doc, came in db.execute(copies, (k * kept, (k + 1) * kept)).fetchall():
                taken = "INSERT INTO word_index (word_index, rowid, title, body) VALUES ('delete', ?, '', ?)"
                db.execute(taken, (doc, mark(came - k * kept)))
                db.execute("INSERT INTO word_index (rowid, title, body) VALUES (?, '', ?)", (doc, mark(came)))
        db.execute("COMMIT")
    with sqlite3.connect(path) as db:  # lengths are as they were
        db.execute("UPDATE word_index_docsize SET sz = (SELECT sz FROM as_was WHERE as_was.id = word_index_docsize.id)")
        db.execute("UPDATE word_index_data SET block = ? WHERE id = 1", (sums,))
        db.execute("DROP TABLE as_was")


def copied(source: Path, target: Path, n: int) -> Path:
    """Make a library of what another holds, ``n`` times over; returns its path.

    Args:
        source: The other.
        target: The one that is made.
        n: How many times.
    """
    shutil.copy(source, target)
    multiply(target, n)
    return target


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=10, help="times")
    options.add_argument("source", type=Path, help="the library that is read")
    options.add_argument("target", type=Path, help="the one that is made")
    chosen = options.parse_args()
    copied(chosen.source, chosen.target, chosen.n)


if __name__ == "__main__":
    main()
