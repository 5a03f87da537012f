"""Verdicts on facts, with undo; they outlive the extraction they were made on.

A verdict is kept under the key of its fact, with the fact as it was. When a source is extracted anew it moves to the
fact that says the same at the same place; where none does it sleeps, and wakes when a later extraction finds the fact
again. A corrected fact keeps its correction as long as some fact of its kind stands there.

Facts are kept as they were extracted, whatever names edits of entities give them: a participant that has another key by
these is shown with the verdict on the one it was made of. Facts that readers added themselves are kept with the verdict
on them alone (see :mod:`briefing.library.store.added_facts`).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, NamedTuple, Protocol

from briefing.library.corrections import fitting, require_fitting
from briefing.library.errors import LibraryError
from briefing.library.store import notes
from briefing.library.store.added_facts import added_to, found_again, nearest
from briefing.library.store.database import Database
from briefing.library.store.entity_view import edits_of
from briefing.library.store.source_rows import extracted, extraction_of, key_of, participant_keys, text_of
from briefing.model.data_files import parse_json
from briefing.model.fact_forms import FORM_OF, form_of
from briefing.model.facts import FACT_CLASSES, Extraction, Fact
from briefing.model.kinds import FactKind, ReviewState
from briefing.model.review import REMARKED, Review, user_name
from briefing.model.safetext import SafeText

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
    return of_sources(db, [source_id])[source_id]


def of_sources(db: Database, source_ids: Sequence[str]) -> dict[str, dict[str, Review]]:
    """The verdicts on the facts of each of several sources, all asked for at once.

    Args:
        db: Connection to the library.
        source_ids: Ids of the sources.
    """
    verdicts: dict[str, dict[str, Review]] = {source_id: {} for source_id in source_ids}
    ids = {key_of(source_id): source_id for source_id in source_ids}
    keys: dict[str, dict[str, str | None]] = {}
    marks, kinds = (",".join("?" * n) or "NULL" for n in (len(ids), len(FORM_OF)))
    sql = f"SELECT id, kind, key, {COLUMNS} FROM review WHERE live = 1 AND id IN ({marks}) AND kind IN ({kinds})"
    for about, kind, key, state, edited, at, fact, _ in db.execute(sql, (*ids, *FORM_OF)).fetchall():
        source_id, shown = ids[bytes(about)], key
        if not FORM_OF[kind].placed:
            if source_id not in keys:
                keys[source_id] = participant_keys(db, about)
            shown = keys[source_id].get(key, key)
        if shown is not None:
            with suppress(ValueError, TypeError):  # damaged
                made = review_of(source_id, kind, shown, state, edited, at)
                verdicts[source_id].setdefault(shown, fitting(made, fact))
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
        edited=parse_json(edited) if edited else None,
        at=datetime.fromisoformat(at) if at else None,
    )


class Put(Protocol):
    """How a verdict is noted (see :func:`put`)."""

    def __call__(
        self, db: Database, source_id: str, kind: FactKind, fact: Fact, state: ReviewState, edited: Edited | None, /
    ) -> Review:
        """Note it."""


class Judging(Protocol):
    """How verdicts are noted and taken back: this module, or that of a server."""

    @property
    def put(self) -> Put:
        """Note one."""

    @property
    def undo(self) -> Callable[[Database], Review | None]:
        """Take the last one back."""

    @property
    def remark(self) -> Callable[[Database, str, Edited | None], None]:
        """Keep the note on a source."""

    @property
    def user(self) -> Callable[[Database], str]:
        """The name of whoever judges."""


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
    text, edits = text_of(db, doc), edits_of(db)
    shown = extraction_of(db, doc, text, edits=edits)
    fact = next((fact for fact in FORM_OF[kind].of(shown) if fact.key == key), None)
    if fact is None:
        raise LibraryError(f"The source {shown.source_id[:12]} has no fact {key}; it may have been extracted anew.")
    fact = _as_extracted(db, doc, kind, fact, text) if edits else fact
    require_fitting(fact, edited, text)
    return (noted or put)(db, shown.source_id, kind, fact, state, edited).model_copy(update={"key": key})


def _as_extracted(db: Database, doc: int, kind: FactKind, shown: Fact, text: str) -> Fact:
    """The fact that edits of entities made the shown one of; of several, one with a verdict."""
    (place,) = db.execute("SELECT id FROM source WHERE doc = ?", (doc,)).fetchone()
    added = [FACT_CLASSES[of].model_validate(one) for of, one in added_to(db, place) if of == kind]
    found = {one.key: one for one in (*FORM_OF[kind].of(extracted(db, doc, text)), *added)}
    made_of = [shown.key]
    if not FORM_OF[kind].placed:
        made_of = [old for old, new in participant_keys(db, place).items() if new == shown.key] or [shown.key]
        with_verdict = {row[0] for row in db.execute("SELECT key FROM review WHERE id = ? AND live = 1", (place,))}
        made_of.sort(key=lambda old: old not in with_verdict)
    return found.get(made_of[0], shown)


def put(db: Database, source_id: str, kind: FactKind, fact: Fact, state: ReviewState, edited: Edited | None) -> Review:
    """Note a verdict on an extracted fact, and the one before it for undo.

    Args:
        db: Connection in a transaction.
        source_id: Id of the source.
        kind: Kind of the fact.
        fact: The fact as extracted.
        state: The verdict; ``unreviewed`` takes it back, and leaves a note where there is one.
        edited: Corrected fields by name; None for none.
    """
    place = (bytes.fromhex(source_id), kind, fact.key)
    before = db.execute(f"SELECT {COLUMNS} FROM review WHERE id = ? AND kind = ? AND key = ?", place).fetchone()
    undo = "INSERT INTO undo (id, kind, key, before) VALUES (?, ?, ?, ?)"
    last = db.execute(undo, (*place, json.dumps(before) if before else None)).lastrowid
    db.execute("DELETE FROM undo WHERE number <= ?", ((last or 0) - UNDO,))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    written = json.dumps(edited, ensure_ascii=False) if edited else None
    _replace(db, place, None if says_nothing(state, edited) else (state, written, at, fact.model_dump_json()))
    return review_of(source_id, kind, fact.key, state, written, at)


def remark(db: Database, source_id: str, said: Edited | None) -> None:
    """Keep the note on a source.

    Args:
        db: Connection in a transaction.
        source_id: Id of the source.
        said: The note and who wrote it, as verdicts keep them; None for no note.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    kept = (notes.KIND, json.dumps(said, ensure_ascii=False), at, notes.NO_FACT) if said else None
    _replace(db, (bytes.fromhex(source_id), notes.KIND, notes.KEY), kept)


def _replace(db: Database, place: tuple[bytes, str, str], values: Sequence[object] | None) -> None:
    """Put a row in the place of the one that is there; None takes it away."""
    db.execute("DELETE FROM review WHERE id = ? AND kind = ? AND key = ?", place)
    if values is not None:
        db.execute("INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?, 1)", (*place, *values))


def says_nothing(state: ReviewState, edited: Edited | None) -> bool:
    """Whether a verdict is taken back, and no note stays.

    Args:
        state: The verdict.
        edited: What goes with it, notes included.
    """
    return state == "unreviewed" and "@note" not in (edited or {})


def add(db: Database, doc: int, fact: Fact, said: Edited | None, noted: "Put | None" = None) -> Review:
    """Keep a fact that a reader marked in a source, as accepted.

    Args:
        db: Connection in a transaction.
        doc: Row number of the source.
        fact: The fact, with ``added_by``.
        said: What goes with the verdict.
        noted: Notes the verdict; None for :func:`put`.

    Raises:
        LibraryError: Where the words are not the source's, or such a fact is there already.
    """
    form, text = form_of(fact), text_of(db, doc)
    shown = extraction_of(db, doc, text)
    words = getattr(fact, "evidence", None) or getattr(fact, "text", None)
    for start, end in form.spans(fact):
        if not 0 <= start < end <= len(text):
            raise LibraryError(f"The source has no characters {start} to {end}.")
    if words is not None and words != text[slice(*form.span(fact))]:
        raise LibraryError(f"“{SafeText(words).line()[:60]}” does not stand there.")
    if any(one.key == fact.key for one in form.of(shown)):
        raise LibraryError(f"This {form.kind} is listed already; correct it instead.")
    return (noted or put)(db, shown.source_id, form.kind, fact, "accepted", said)


def user(db: Database) -> str:  # noqa: ARG001
    """The name by which this machine knows its user; empty where it knows none."""
    return user_name()


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
    columns = parse_json(before)
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


def carry_over(db: Database, key: bytes, found: Extraction, text: str, *, same_text: bool) -> None:
    """Move the verdicts on a source to the facts of its new extraction.

    Args:
        db: Connection in a transaction.
        key: Id of the source, as 32 bytes.
        found: The new extraction.
        text: The text that it was read from.
        same_text: Whether the text is unchanged; else offsets mean nothing, and facts are matched by what they say.
    """
    of_facts = (key, notes.KIND)
    rows = db.execute(f"SELECT kind, key, {COLUMNS} FROM review WHERE id = ? AND kind <> ?", of_facts).fetchall()
    if not rows:
        return
    moved = carried([Kept(*row) for row in rows], found, text, same_text=same_text)
    db.execute("DELETE FROM review WHERE id = ? AND kind <> ?", of_facts)
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


def carried(kept: Sequence[Kept], found: Extraction, text: str, *, same_text: bool) -> list[tuple[Kept, Fact | None]]:
    """Each of one person's verdicts on a source with the fact that it is about now; None without.

    Args:
        kept: The verdicts.
        found: The new extraction.
        text: The text that it was read from.
        same_text: Whether the text is unchanged; else facts are matched by what they say, added ones by their words.
    """
    taken: set[str] = set()
    moved: list[tuple[Kept, Fact | None]] = []
    about = [(one, _old(one)) for one in kept]
    for one, old in sorted(about, key=lambda k: (not _is_added(k[1]), -k[0].live, not corrects(k[0].edited))):
        fact = old
        if not _is_added(old):
            fact = _same(one, old, (f for f in FORM_OF[one.kind].of(found) if f.key not in taken), same_text)
        elif old is not None and not same_text:
            again = found_again(one.kind, old.model_dump(), text)
            fact = FACT_CLASSES[one.kind].model_validate(again) if again is not None else None
        if fact is not None:
            taken.add(fact.key)
        moved.append((one if same_text else one._replace(edited=_placed_anew(one.edited, text)), fact))
    return moved


def corrects(edited: str | None) -> bool:
    """Whether what goes with a verdict has corrected fields."""
    return edited is not None and not edited.startswith(REMARKED)


def _placed_anew(edited: str | None, text: str) -> str | None:
    """Corrected fields for another text: a corrected place follows its words, and goes where they are not there."""
    fields = parse_json(edited) if edited is not None and corrects(edited) else {}
    if "start" not in fields:
        return edited
    start = nearest(str(fields.get("evidence") or fields.get("text") or ""), int(fields["start"]), text)
    if start is None:
        fields = {name: value for name, value in fields.items() if name not in {"start", "end", "evidence", "text"}}
    else:
        fields |= {"start": start, "end": start + int(fields["end"]) - int(fields["start"])}
    return json.dumps(fields, ensure_ascii=False)


def _old(one: Kept) -> Fact | None:
    """The fact as it was when it was judged; None where that is damaged."""
    try:
        return FACT_CLASSES[one.kind].model_validate_json(one.fact)
    except (ValueError, KeyError):
        return None


def _is_added(fact: Fact | None) -> bool:
    return fact is not None and fact.added_by is not None


def _same(one: Kept, old: Fact | None, facts: Iterable[Fact], same_text: bool) -> Fact | None:
    """The fact that the verdict is about, among the facts of its kind."""
    if old is None:
        return None
    form = FORM_OF[one.kind]
    start, end = form.span(old)
    for fact in sorted(facts, key=lambda f: (f.key != one.key, form.placed and abs(form.span(f)[0] - start))):
        if form.says(fact) != form.says(old) and not (corrects(one.edited) and same_text):
            continue
        first, last = form.span(fact)
        if not same_text or not form.placed or (first < end and start < last):
            return fact
    return None
