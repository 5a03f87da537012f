"""Copy a library into another one, a file or a server either way; begun again, it goes on where it was.

Sources go over in the order in which they came, with what was found in them as it was extracted; names, counters and
indexes are made by the library that they come into. What people said goes with them: verdicts (from a server to a
server each under its author's name, else those that hold, under yours), tags, workspaces, lists of names, edits of
entities, what was set aside, what is known of files. What is personal is yours alone: what you have read, where you
were, your searches. Steps that could be taken back are not copied.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

from briefing.library.address import on_server
from briefing.library.errors import Damaged, LibraryError
from briefing.library.library import Library
from briefing.library.store.database import Database
from briefing.library.store.source_rows import extracted, source_of
from briefing.library.store.writer import Item
from briefing.model.facts import Extraction
from briefing.model.source import Source

TOGETHER: Final = 50
"""Sources of a transaction."""
_NOTES: Final = (
    ("tag", "id, name"),
    ("workspace", "name, body"),
    ("workspace_source", "name, id, place"),
    ("name_list", "name, body"),
    ("watched", "folder, since"),
    ("file", "path, part, id, size, modified, gone, tried"),
    ("failure", "path, reason, at, file"),
    ("past_query", "query, at"),
    ("removed", "mark"),
)
"""Tables that are copied as they are, with what their rows are told apart by in front."""
_EDIT: Final = "number, action, type, name, written, to_type, to_name"
_REVIEW: Final = "id, kind, key, state, edited, at, fact, live"
_SHARED: Final = ("reviewed", "pinned", "gone", "newer")


class Copied(NamedTuple):
    """What was copied, and what had been before."""

    sources: int
    known: int
    damaged: tuple[str, ...]
    """What is wrong with those that could not be read."""


def copy(source: Library, target: Library, on_copied: Callable[[int, int], None] = lambda _n, _of: None) -> Copied:
    """Copy a library into an empty one, or go on with a copy that was begun.

    Args:
        source: Where from; it is only read.
        target: Where to.
        on_copied: Told how many sources are there, and of how many.

    Returns:
        How many went over.

    Raises:
        LibraryError: Where ``target`` holds anything that ``source`` does not, or cannot be written.
    """
    target.require_writable()
    with source.store.read() as db:
        ids = [bytes(row[0]) for row in db.execute("SELECT id FROM source ORDER BY came, doc")]
    _require_begun(source, target, set(ids))
    _copy_edits(source, target)
    copied = known = 0
    damaged: list[str] = []
    for start in range(0, len(ids), TOGETHER):
        batch = ids[start : start + TOGETHER]
        there = target.extractors([key.hex() for key in batch])
        here = source.extractors([key.hex() for key in batch])
        new = [key for key in batch if there.get(key.hex()) != here[key.hex()]]
        known += len(batch) - len(new)
        copied += _copy_sources(source, target, new, damaged)
        on_copied(start + len(batch), len(ids))
    _copy_notes(source, target)
    _copy_reviews(source, target)
    return Copied(copied, known, tuple(damaged))


def differences(source: Library, target: Library) -> Iterator[str]:
    """Compare a copy with its original by hashes of everything; yields one line for each difference.

    Args:
        source: The original.
        target: The copy.
    """
    with source.store.read() as one, target.store.read() as other:
        for name, sql in _COUNTED:
            counted = [db.execute(sql).fetchone()[0] for db in (one, other)]
            if counted[0] != counted[1]:
                yield f"{name}: {counted[0]:,} in the original, {counted[1]:,} in the copy"
        for (key,) in one.execute("SELECT id FROM source ORDER BY came, doc").fetchall():
            hashes = [_digest(db, bytes(key)) for db in (one, other)]
            if hashes[0] != hashes[1] and hashes[0] is not None:
                yield f"source {bytes(key).hex()[:12]}: {'is missing' if hashes[1] is None else 'differs'} in the copy"


_COUNTED: Final = (
    ("sources", "SELECT count(*) FROM source"),
    ("mentions", "SELECT n FROM total WHERE name = 'mentions'"),
    ("counts", "SELECT n FROM total WHERE name = 'counts'"),
    ("participants", "SELECT n FROM total WHERE name = 'participants'"),
    ("quotes", "SELECT n FROM total WHERE name = 'quotes'"),
    ("names", "SELECT count(*) FROM entity WHERE sources > 0"),
    ("places of names", "SELECT count(*) FROM entity_doc"),
    ("edits of entities", "SELECT count(*) FROM entity_edit"),
    ("edits of events", "SELECT count(*) FROM claim_edit"),
    ("verdicts", "SELECT count(*) FROM review"),
    ("tags", "SELECT count(*) FROM tag"),
    ("workspaces", "SELECT count(*) FROM workspace"),
    ("lists of names", "SELECT count(*) FROM name_list"),
    ("files", "SELECT count(*) FROM file"),
    ("set aside", "SELECT count(*) FROM failure"),
)


def _digest(db: Database, key: bytes) -> bytes | None:
    """The hash of a source, of what was found in it and of what is noted on it; None where there is no such one."""
    found = db.execute(f"SELECT doc, added, {', '.join(_SHARED)} FROM source WHERE id = ?", (key,)).fetchone()
    if found is None:
        return None
    doc, *noted = found
    try:
        source = source_of(db, doc)
        facts = extracted(db, doc, source.text).model_dump_json()
    except Damaged:
        return None
    return sha256(f"{source.model_dump_json()}\n{facts}\n{[_plain(value) for value in noted]}".encode()).digest()


def _plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def _require_begun(source: Library, target: Library, ids: set[bytes]) -> None:
    """Raise :class:`LibraryError` where the target is no beginning of a copy."""
    with source.store.read() as one, target.store.read() as other:
        more = [key for (key,) in other.execute("SELECT id FROM source") if bytes(key) not in ids]
        edits = [db.execute(f"SELECT {_EDIT} FROM entity_edit ORDER BY number").fetchall() for db in (one, other)]
    if more:
        raise LibraryError(
            f"{target.address} holds {len(more):,} sources that {source.address} has not. Name an empty library, or the"
            " one that this copy was begun in."
        )
    if edits[1] and edits[0] != edits[1]:
        raise LibraryError(f"Names were edited in {target.address} since the copy was begun. Name an empty library.")


def _copy_edits(source: Library, target: Library) -> None:
    """Before the sources, so that they come in with the names that they have."""
    with source.store.read() as db:
        rows = [tuple(row) for row in db.execute(f"SELECT {_EDIT} FROM entity_edit ORDER BY number")]
        claims = [tuple(row) for row in db.execute("SELECT number, body FROM claim_edit ORDER BY number")]
        secret = db.execute("SELECT key FROM secret").fetchone()[0] if not source.read_only else None
    with target.store.write(alone=True) as db:
        if rows and not db.execute("SELECT 1 FROM entity_edit").fetchone():
            db.executemany(f"INSERT INTO entity_edit ({_EDIT}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            if on_server(target.address):
                db.execute("SELECT setval('entity_edit_number_seq', ?)", (rows[-1][0],))
        if claims and not db.execute("SELECT 1 FROM claim_edit").fetchone():
            db.executemany("INSERT INTO claim_edit (number, body) VALUES (?, ?)", claims)
            if on_server(target.address):
                db.execute("SELECT setval('claim_edit_number_seq', ?)", (claims[-1][0],))
        if secret is not None and not db.execute("SELECT 1 FROM removed").fetchone():
            db.execute("UPDATE secret SET key = ?", (secret,))


def _copy_sources(source: Library, target: Library, keys: Sequence[bytes], damaged: list[str]) -> int:
    """Copy these with what is noted on them, all or none."""
    if not keys:
        return 0
    items: list[Item] = []
    states: list[tuple[Any, ...]] = []
    for key in keys:
        try:
            one, found, added, noted = _read(source, key)
        except Damaged as error:
            damaged.append(str(error))
            continue
        items.append(Item(one, found, added))
        states.append((*noted, key))
    columns = ", ".join(f"{name} = ?" for name in _SHARED)
    with target.store.write(alone=True) as db:
        target.add_all(items)
        db.executemany(f"UPDATE source SET {columns} WHERE id = ?", states)
        for item in items:
            row = source.row(item.source.id)
            if row.read:
                target.mark_read(item.source.id)
            if position := source.position(item.source.id):
                target.set_position(item.source.id, position)
    return len(items)


def _read(library: Library, key: bytes) -> tuple[Source, Extraction, int, tuple[Any, ...]]:
    with library.store.read() as db:
        doc, added, *noted = db.execute(
            f"SELECT doc, added, {', '.join(_SHARED)} FROM source WHERE id = ?", (key,)
        ).fetchone()
        source = source_of(db, doc)
        return source, extracted(db, doc, source.text), added, tuple(noted)


def _copy_notes(source: Library, target: Library) -> None:
    """Copy what else was said, where it is not there yet."""
    for table, columns in _NOTES:
        names = columns.split(", ")
        same = " AND ".join(f"{name} = ?" for name in names[: 2 if table in {"tag", "file", "workspace_source"} else 1])
        with source.store.read() as db:
            rows = [tuple(row) for row in db.execute(f"SELECT {columns} FROM {table}")]
        with target.store.write() as db:
            for row in rows:
                if not db.execute(f"SELECT 1 FROM {table} WHERE {same}", row[: same.count("?")]).fetchone():
                    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})", row)
    _copy_searches(source, target)


def _copy_searches(source: Library, target: Library) -> None:
    """Kept searches, with the source that was seen last by its own number there."""
    with source.store.read() as db:
        searches = [
            (
                name,
                query,
                db.execute("SELECT id FROM source WHERE came <= ? ORDER BY came DESC LIMIT 1", (seen,)).fetchone(),
            )
            for name, query, seen in db.execute("SELECT name, query, seen FROM saved_search").fetchall()
        ]
    with target.store.write() as db:
        for name, query, last in searches:
            came = db.execute("SELECT came FROM source WHERE id = ?", last).fetchone() if last else None
            db.execute("DELETE FROM saved_search WHERE name = ?", (name,))
            values = (name, query, came[0] if came else 0)
            db.execute("INSERT INTO saved_search (name, query, seen) VALUES (?, ?, ?)", values)


def _copy_reviews(source: Library, target: Library) -> None:
    """Verdicts, those that sleep as well."""
    whose = on_server(source.address) and on_server(target.address)
    table, columns = ("verdict", f"{_REVIEW}, author, by_owner") if whose else ("review", _REVIEW)
    with source.store.read() as db:
        order = " ORDER BY number" if whose else ""
        rows = [tuple(row) for row in db.execute(f"SELECT {columns} FROM {table}{order}")]
    if not whose and on_server(target.address):
        table, columns = "verdict", f"{_REVIEW}, by_owner"
        rows = [(*row, True) for row in rows]
    same = "id = ? AND kind = ? AND key = ?" + (" AND author = ?" if whose else "")
    marks = ", ".join("?" * len(columns.split(", ")))
    with target.store.write() as db:
        for row in rows:
            known = (*row[:3], *row[8:9]) if whose else row[:3]
            if not db.execute(f"SELECT 1 FROM {table} WHERE {same}", known).fetchone():
                db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)
