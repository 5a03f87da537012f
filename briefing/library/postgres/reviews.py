"""Verdicts of many people: each keeps their own, and of those that differ one holds.

An owner's verdict holds before those of others; of equals, the later one does (the view ``review`` of the schema).
"""

import json
from contextlib import suppress
from datetime import UTC, datetime

from briefing.library.corrections import fitting
from briefing.library.postgres.connection import sent_together, user_of
from briefing.library.store import notes
from briefing.library.store.database import Database
from briefing.library.store.reviews import COLUMNS, UNDO, Edited, Kept, carried, now_about, review_of, says_nothing
from briefing.library.store.source_rows import key_of, participant_keys
from briefing.model.data_files import parse_json
from briefing.model.facts import Extraction, Fact, FactKind
from briefing.model.review import Review, ReviewState

_MINE = "id = ? AND kind = ? AND md5(key) = md5(?) AND author = current_user"
_INSERT = (
    "INSERT INTO verdict (id, kind, key, state, edited, at, fact, live, by_owner)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, pg_has_role(current_user, 'briefing_owner', 'MEMBER'))"
)
_STEP = (
    "INSERT INTO undo (id, kind, key, before) VALUES (?, ?, ?,"
    f" (SELECT json_build_array({COLUMNS})::text FROM verdict WHERE {_MINE}))"
)
_AGAIN = (
    "INSERT OR IGNORE INTO verdict (number, id, author, by_owner, kind, key, state, edited, at, fact, live)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def put(
    db: Database, source_id: str, kind: FactKind, fact: Fact, state: ReviewState, edited: Edited | None, /
) -> Review:
    """Note a verdict under the name of the connected user, and their earlier one for undo.

    Args:
        db: Connection in a transaction.
        source_id: Id of the source.
        kind: Kind of the fact.
        fact: The fact as extracted.
        state: The verdict; ``unreviewed`` takes it back.
        edited: Corrected fields by name; None for none.
    """
    place = (bytes.fromhex(source_id), kind, fact.key)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    written = json.dumps(edited, ensure_ascii=False) if edited else None
    with sent_together(db):
        db.execute(_STEP, (*place, *place))
        oldest = "SELECT number FROM undo ORDER BY number DESC LIMIT 1 OFFSET ?"
        db.execute(f"DELETE FROM undo WHERE number <= ({oldest})", (UNDO,))
        db.execute(f"DELETE FROM verdict WHERE {_MINE}", place)
        if not says_nothing(state, edited):
            db.execute(_INSERT, (*place, state, written, at, fact.model_dump_json(), 1))
    return review_of(source_id, kind, fact.key, state, written, at)


def remark(db: Database, source_id: str, said: Edited | None) -> None:
    """Keep the note on a source, under the name of the connected user.

    Args:
        db: Connection in a transaction.
        source_id: Id of the source.
        said: The note and who wrote it, as verdicts keep them; None for no note.
    """
    place = (bytes.fromhex(source_id), notes.KIND, notes.KEY)
    db.execute(f"DELETE FROM verdict WHERE {_MINE}", place)
    if said:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        db.execute(_INSERT, (*place, notes.KIND, json.dumps(said, ensure_ascii=False), at, notes.NO_FACT, 1))


def user(db: Database) -> str:
    """The name of whoever is connected."""
    return user_of(db)


def undo(db: Database) -> Review | None:
    """Undo the user's last verdict; returns what holds for its fact now, None where there is none."""
    last = db.execute("SELECT number, id, kind, key, before FROM undo ORDER BY number DESC LIMIT 1").fetchone()
    if last is None:
        return None
    number, key, kind, fact, before = last
    db.execute("DELETE FROM undo WHERE number = ?", (number,))
    db.execute(f"DELETE FROM verdict WHERE {_MINE}", (key, kind, fact))
    if before is not None:
        db.execute(_INSERT, (key, kind, fact, *parse_json(before)))
    shown = (participant_keys(db, key).get(fact, fact) if kind == "participant" else fact) or fact
    holds = db.execute(
        "SELECT state, edited, at FROM review WHERE id = ? AND kind = ? AND key = ? AND live = 1", (key, kind, fact)
    ).fetchone()
    if holds is None:
        return Review(source_id=key.hex(), kind=kind, key=shown, state="unreviewed")
    return review_of(key.hex(), kind, shown, *holds)


def of_authors(db: Database, source_id: str) -> list[tuple[str, Review]]:
    """Every verdict on the facts of a source with its author, by fact; first the one that holds.

    Args:
        db: Connection to the library.
        source_id: Id of the source.
    """
    found = db.execute(
        "SELECT author::text, kind, key, state, edited, at, fact FROM verdict WHERE id = ? AND live = 1 AND kind <> ?"
        " AND state <> 'unreviewed' ORDER BY kind, key, by_owner DESC, number DESC",
        (key_of(source_id), notes.KIND),
    )
    every = []
    for author, *rest, fact in found:
        with suppress(ValueError, TypeError):  # damaged
            every.append((author, fitting(review_of(source_id, *rest), fact)))
    return every


def disputed(db: Database) -> list[str]:
    """The ids of sources with facts on which people differ, the newest first."""
    found = db.execute(
        "SELECT source.id FROM source JOIN (SELECT DISTINCT id FROM (SELECT id FROM verdict WHERE live = 1"
        f" AND kind <> '{notes.KIND}' AND state <> 'unreviewed' GROUP BY id, kind, key HAVING"
        " count(DISTINCT state || coalesce((edited::jsonb - '@note' - '@by')::text, '{}')) > 1) AS every) AS differ"
        " ON differ.id = source.id ORDER BY doc DESC"
    )
    return [bytes(row[0]).hex() for row in found]


def drop(db: Database, key: bytes) -> None:
    """Delete the verdicts on a source, and who has read it.

    Args:
        db: Connection in a transaction.
        key: Id of the source, as 32 bytes.
    """
    db.execute("DELETE FROM verdict WHERE id = ?", (key,))
    db.execute("SELECT forget_reading(?)", (key,))


def carry_over(db: Database, key: bytes, found: Extraction, text: str, *, same_text: bool) -> None:
    """Move the verdicts on a source to the facts of its new extraction, those of each author for themselves.

    Args:
        db: Connection in a transaction.
        key: Id of the source, as 32 bytes.
        found: The new extraction.
        text: The text that it was read from.
        same_text: Whether the text is unchanged; else facts are matched by what they say.
    """
    sql = f"SELECT number, author::text, by_owner, kind, key, {COLUMNS} FROM verdict WHERE id = ? AND kind <> ?"
    rows = db.execute(sql, (key, notes.KIND)).fetchall()
    if not rows:
        return
    steps = db.execute("SELECT number, who::text, kind, key FROM steps_on(?)", (key,)).fetchall()
    db.execute("DELETE FROM verdict WHERE id = ? AND kind <> ?", (key, notes.KIND))
    for author in {row[1] for row in rows}:
        own = {Kept(*row[3:]): (row[0], row[2]) for row in rows if row[1] == author}
        moved = carried(list(own), found, text, same_text=same_text)
        keys = {(one.kind, one.key): fact.key for one, fact in moved if fact is not None}
        numbers = {(one.kind, one.key): row for one, row in own.items()}
        for one, fact in sorted(moved, key=lambda pair: pair[1] is None):
            number, by_owner = numbers[one.kind, one.key]
            db.execute(_AGAIN, (number, key, author, by_owner, *now_about(one, fact)))
        for number, who, kind, fact_key in steps:
            if who == author and (kind, fact_key) in keys:
                db.execute("SELECT step_now(?, ?)", (number, keys[kind, fact_key]))
