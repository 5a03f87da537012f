"""Verdicts on facts, with undo; they outlive the extraction they were made on.

A verdict is kept under the key of its fact, with the fact as it was. When a source is extracted anew it moves to the
fact that says the same at the same place; where none does it sleeps, and wakes when a later extraction finds the fact
again. A corrected fact keeps its correction as long as some fact of its kind stands there.

Facts are kept as they were extracted, whatever names edits of entities give them: a participant that has another key by
these is shown with the verdict on the one it was made of.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple, Protocol

from briefing.library.errors import LibraryError
from briefing.library.store.database import Database
from briefing.library.store.source_rows import extracted, extraction_of, key_of, participant_keys, text_of
from briefing.model.fact_forms import FORM_OF
from briefing.model.facts import FACT_CLASSES, Extraction, Fact
from briefing.model.kinds import FactKind, ReviewState
from briefing.model.review import Review

Edited = dict[str, str | int | bool | None]

UNDO: Final = 1000
"""Steps that can be taken back."""
COLUMNS: Final = "state, edited, at, fact, live"


def of_source(db: Database, source_id: str) -> dict[str, Review]:
    """The verdicts on a source's facts, by key of the fact. Damaged ones are left out.

    Args:
        db: Connection to the library.
        source_id: Id of the source.
    """
    found = db.execute(
        "SELECT kind, key, state, edited, at FROM review WHERE id = ? AND live = 1", (key_of(source_id),)
    )
    verdicts: dict[str, Review] = {}
    keys: dict[str, str | None] | None = None
    for kind, key, state, edited, at in found:
        shown: str | None = key
        if not FORM_OF[kind].placed:
            keys = participant_keys(db, key_of(source_id)) if keys is None else keys
            shown = keys.get(key, key)
        if shown is not None:
            try:
                verdicts.setdefault(shown, review_of(source_id, kind, shown, state, edited, at))
            except (ValueError, TypeError):  # damaged
                continue
    return verdicts


def review_of(
    source_id: str, kind: FactKind, key: str, state: ReviewState, edited: str | None, at: str | None
) -> Review:
    """Make a verdict of its stored values.

    Args:
        source_id: Id of the source.
        kind: Kind of the fact.
        key: Key of the fact.
        state: The verdict.
        edited: Corrected fields by name, as JSON; None for none.
        at: When it was given, as ISO moment; None where unknown.

    Raises:
        ValueError: Where a value is damaged.
        TypeError: Where a value is damaged.
    """
    return Review(
        source_id=source_id,
        kind=kind,
        key=key,
        state=state,
        edited=json.loads(edited) if edited else None,
        at=datetime.fromisoformat(at) if at else None,
    )


class Put(Protocol):
    """How a verdict is noted (see :func:`put`)."""

    def __call__(
        self, db: Database, source_id: str, kind: FactKind, fact: Fact, state: ReviewState, edited: Edited | None, /
    ) -> Review:
        """Note it."""


def judge(
    db: Database,
    doc: int,
    kind: FactKind,
    key: str,
    state: ReviewState,
    edited: Edited | None,
    noted: "Put | None" = None,
) -> Review:
    """Note a verdict on a fact, by the key that the fact is shown with.

    Args:
        db: Connection in a transaction.
        doc: Row number of the source.
        kind: Kind of the fact.
        key: Key of the fact; edits of entities may have changed it.
        state: The verdict; ``unreviewed`` takes it back.
        edited: Corrected fields by name; None for none.
        noted: Notes the verdict; None for :func:`put`.

    Raises:
        LibraryError: Where the source has no such fact.
    """
    text = text_of(db, doc)
    shown = extraction_of(db, doc, text)
    fact = next((fact for fact in FORM_OF[kind].of(shown) if fact.key == key), None)
    if fact is None:
        raise LibraryError(f"The source {shown.source_id[:12]} has no fact {key}; it may have been extracted anew.")
    found = {one.key: one for one in FORM_OF[kind].of(extracted(db, doc, text))}
    made_of = [key]
    if not FORM_OF[kind].placed:
        place = key_of(shown.source_id)
        made_of = [old for old, new in participant_keys(db, place).items() if new == key] or [key]
        with_verdict = {row[0] for row in db.execute("SELECT key FROM review WHERE id = ? AND live = 1", (place,))}
        made_of.sort(key=lambda old: old not in with_verdict)
    review = (noted or put)(db, shown.source_id, kind, found.get(made_of[0], fact), state, edited)
    return review.model_copy(update={"key": key})


def put(db: Database, source_id: str, kind: FactKind, fact: Fact, state: ReviewState, edited: Edited | None) -> Review:
    """Note a verdict on an extracted fact, and the one before it for undo.

    Args:
        db: Connection in a transaction.
        source_id: Id of the source.
        kind: Kind of the fact.
        fact: The fact as extracted.
        state: The verdict; ``unreviewed`` takes it back.
        edited: Corrected fields by name; None for none.
    """
    place = (bytes.fromhex(source_id), kind, fact.key)
    before = db.execute(f"SELECT {COLUMNS} FROM review WHERE id = ? AND kind = ? AND key = ?", place).fetchone()
    undo = "INSERT INTO undo (id, kind, key, before) VALUES (?, ?, ?, ?)"
    last = db.execute(undo, (*place, json.dumps(before) if before else None)).lastrowid
    db.execute("DELETE FROM undo WHERE number <= ?", ((last or 0) - UNDO,))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    written = json.dumps(edited, ensure_ascii=False) if edited else None
    if state == "unreviewed":
        db.execute("DELETE FROM review WHERE id = ? AND kind = ? AND key = ?", place)
    else:
        values = (*place, state, written, at, fact.model_dump_json())
        db.execute("DELETE FROM review WHERE id = ? AND kind = ? AND key = ?", place)
        db.execute("INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?, 1)", values)
    return review_of(source_id, kind, fact.key, state, written, at)


def undo(db: Database) -> Review | None:
    """Undo the last verdict; returns what holds for its fact now, None where there is nothing to undo."""
    last = db.execute("SELECT number, id, kind, key, before FROM undo ORDER BY number DESC LIMIT 1").fetchone()
    if last is None:
        return None
    number, key, kind, fact, before = last
    db.execute("DELETE FROM undo WHERE number = ?", (number,))
    db.execute("DELETE FROM review WHERE id = ? AND kind = ? AND key = ?", (key, kind, fact))
    shown = (participant_keys(db, key).get(fact, fact) if not FORM_OF[kind].placed else fact) or fact
    if before is None:
        return Review(source_id=key.hex(), kind=kind, key=shown, state="unreviewed")
    columns = json.loads(before)
    db.execute("INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (key, kind, fact, *columns))
    return review_of(key.hex(), kind, shown, *columns[:3])


def drop(db: Database, key: bytes) -> None:
    """Delete the verdicts on a source, with their undo steps.

    Args:
        db: Connection in a transaction.
        key: Id of the source, as 32 bytes.
    """
    db.execute("DELETE FROM review WHERE id = ?", (key,))
    db.execute("DELETE FROM undo WHERE id = ?", (key,))


class Kept(NamedTuple):
    """A verdict as it stands in its table, but for the source."""

    kind: FactKind
    key: str
    state: ReviewState
    edited: str | None
    at: str | None
    fact: str
    live: int


def carry_over(db: Database, key: bytes, found: Extraction, *, same_text: bool) -> None:
    """Move the verdicts on a source to the facts of its new extraction.

    Args:
        db: Connection in a transaction.
        key: Id of the source, as 32 bytes.
        found: The new extraction.
        same_text: Whether the text is unchanged; else offsets mean nothing, and facts are matched by what they say.
    """
    rows = db.execute(f"SELECT kind, key, {COLUMNS} FROM review WHERE id = ?", (key,)).fetchall()
    if not rows:
        return
    moved = carried([Kept(*row) for row in rows], found, same_text=same_text)
    db.execute("DELETE FROM review WHERE id = ?", (key,))
    for one, fact in sorted(moved, key=lambda pair: pair[1] is None):
        now = now_about(one, fact)
        db.execute("INSERT OR IGNORE INTO review VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (key, *now))
    keys = {(one.kind, one.key): fact.key for one, fact in moved if fact is not None}
    steps = db.execute("SELECT number, kind, key FROM undo WHERE id = ?", (key,)).fetchall()
    changed = [(keys[kind, fact], number) for number, kind, fact in steps if (kind, fact) in keys]
    db.executemany("UPDATE undo SET key = ? WHERE number = ?", changed)


def now_about(one: Kept, fact: Fact | None) -> Kept:
    """The stored verdict for the fact it is about now, asleep where there is none.

    Args:
        one: The stored verdict.
        fact: The fact; None for none.
    """
    return one._replace(live=0) if fact is None else one._replace(key=fact.key, fact=fact.model_dump_json(), live=1)


def carried(kept: Sequence[Kept], found: Extraction, *, same_text: bool) -> list[tuple[Kept, Fact | None]]:
    """Each of one person's verdicts on a source with the fact of the new extraction that it is about; None without.

    Args:
        kept: The verdicts.
        found: The new extraction.
        same_text: Whether the text is unchanged; else facts are matched by what they say.
    """
    taken: set[str] = set()
    moved: list[tuple[Kept, Fact | None]] = []
    for one in sorted(kept, key=lambda k: (-k.live, k.state != "edited")):
        fact = _same(one, (f for f in FORM_OF[one.kind].of(found) if f.key not in taken), same_text)
        if fact is not None:
            taken.add(fact.key)
        moved.append((one, fact))
    return moved


def _same(one: Kept, facts: Iterable[Fact], same_text: bool) -> Fact | None:
    """The fact that the verdict is about, among the facts of its kind."""
    try:
        form = FORM_OF[one.kind]
        old: Fact = FACT_CLASSES[one.kind].model_validate_json(one.fact)
    except (ValueError, KeyError):  # damaged
        return None
    start, end = form.span(old)
    for fact in sorted(facts, key=lambda f: (f.key != one.key, form.placed and abs(form.span(f)[0] - start))):
        if form.says(fact) != form.says(old) and not (one.state == "edited" and same_text):
            continue
        first, last = form.span(fact)
        if not same_text or not form.placed or (first < end and start < last):
            return fact
    return None
