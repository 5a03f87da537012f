"""What the reader says of entities over all sources: taken down, taken back, and the counters kept right.

An edit is one row and changes nothing that was extracted (see :mod:`briefing.library.entity_names`). What is counted of
the sources it concerns is worked out before anything is written, so that others wait for a moment only; all is then
written in one transaction.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, NamedTuple, TypeVar

from briefing.library.counters import Counters, tally_plain
from briefing.library.entity_names import Edits, Key, edits_of, flat
from briefing.library.errors import LibraryError
from briefing.library.pack import Plain, pack_numbers, unpack_named, unpack_numbers, unpack_text
from briefing.library.store import Store
from briefing.library.traits import with_kind, with_types
from briefing.model.entity_edit import EntityAction, EntityEdit
from briefing.model.facts import EntityType
from briefing.model.safetext import SafeText

T = TypeVar("T")

_AT_ONCE: Final = 500
"""Sources read at once."""


class _Place(NamedTuple):
    """A source: ``kept`` stands for its content as well, which never changes under this number."""

    doc: int
    kept: int


class _Difference(NamedTuple):
    """What an edit changes in what one source adds to the counters. Very many sources differ alike, and share one."""

    names: frozenset[tuple[Key, int]]
    """Mentions more, or less."""
    came: frozenset[Key]
    went: frozenset[Key]
    aliases: frozenset[tuple[tuple[Key, str], int]]
    mentions: int
    participants: int
    types: frozenset[str] | None
    """The types of all mentions, where those are others than before."""
    edited: frozenset[Key]
    """Names, as extracted, that edits are about."""


class EntityEdits:
    """Edits of entities, in the order in which they were made. Everything raises :class:`LibraryError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[EntityEdit]:
        """The edits that hold, the oldest first."""
        with self._store.read() as db:
            return list(edits_of(db).all)

    def merge(self, kind: EntityType, name: str, into: str, into_kind: EntityType | None = None) -> EntityEdit:
        """The entity ``name`` is the entity ``into``, of the same type without ``into_kind``."""
        return self._make("merge", (kind, _name(name)), (into_kind or kind, _name(into)), exists=True)

    def rename(self, kind: EntityType, name: str, to: str) -> EntityEdit:
        """The entity is called ``to``, which no other one of its type is."""
        return self._make("rename", (kind, _name(name)), (kind, _name(to)), exists=False)

    def retype(self, kind: EntityType, name: str, to_kind: EntityType) -> EntityEdit:
        """The entity is of another type. Where one of that name and type is there already, it is that one."""
        return self._make("type", (kind, _name(name)), (to_kind, _name(name)))

    def split(
        self, kind: EntityType, name: str, written: str, to: str, to_kind: EntityType | None = None
    ) -> EntityEdit:
        """Where the entity is written as ``written``, it is ``to``: another entity that is there, or a new one."""
        return self._make("split", (kind, _name(name)), (to_kind or kind, _name(to)), written=flat(SafeText(written)))

    def remove(self, kind: EntityType, name: str) -> EntityEdit:
        """What is so called is no entity. Its words are found as words only."""
        return self._make("remove", (kind, _name(name)), None)

    def undo(self) -> SafeText | None:
        """Take the last edit back; what that one said, None where there is none."""
        with self._store.read() as db:
            edits = edits_of(db).all
        return self.take_back(edits[-1].number).described if edits else None

    def take_back(self, number: int) -> EntityEdit:
        """Take one edit back; raises where a later one is about what came of it."""
        taken: list[EntityEdit] = []

        def without(_: sqlite3.Connection, edits: Edits) -> Edits:
            taken[:] = [_free(edits, number)]
            return Edits([one for one in edits.all if one.number != number])

        self._carry_out(
            without,
            lambda db, edits: _places(db, "edited_doc", edits.led_by(taken[0])),
            lambda db: db.execute("DELETE FROM entity_edit WHERE number = ?", (number,)),
        )
        return taken[0]

    def _make(
        self,
        action: EntityAction,
        entity: Key,
        to: Key | None,
        *,
        written: str | None = None,
        exists: bool | None = None,
    ) -> EntityEdit:
        """Take an edit down. ``exists`` says whether ``to`` must be there, or must not be."""
        values = {
            "action": action, "type": entity[0], "name": entity[1], "written": written,
            "to_type": to and to[0], "to_name": to and to[1],
        }  # fmt: skip
        edit = EntityEdit.model_validate({"number": 0, **values})

        def after(db: sqlite3.Connection, edits: Edits) -> Edits:
            _check(db, edit, exists)
            return Edits([*edits.all, edit])

        def write(db: sqlite3.Connection) -> int | None:
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            return db.execute(f"INSERT INTO entity_edit ({names}) VALUES ({marks})", tuple(values.values())).lastrowid

        number = self._carry_out(
            after, lambda db, _: _places(db, "entity_doc", [entity, ("SPEAKER", entity[1])]), write
        )
        return edit.model_copy(update={"number": number})

    def _carry_out(
        self,
        change: Callable[[sqlite3.Connection, Edits], Edits],
        places: Callable[[sqlite3.Connection, Edits], list[_Place]],
        write: Callable[[sqlite3.Connection], T],
    ) -> T:
        """Change the edits, and what is counted of the sources in those ``places``; what ``write`` returns."""
        known: dict[int, _Difference] = {}
        with self._store.read() as db:
            before = edits_of(db)
            after = change(db, before)
            _work_out(db, places(db, before), before, after, known)
        with self._store.write() as db:
            now = edits_of(db)
            if now.all != before.all:  # another program was faster: what was worked out does not hold
                known.clear()
                before, after = now, change(db, now)
            found = places(db, now)
            _work_out(db, [place for place in found if place.kept not in known], before, after, known)
            _write_down(db, found, known)
            return write(db)


def _name(written: str) -> str:
    name = SafeText(written).line().strip()
    if not name:
        raise LibraryError("An entity needs a name.")
    return name


def _check(db: sqlite3.Connection, edit: EntityEdit, exists: bool | None) -> None:
    """Raise :class:`LibraryError` where the edit says nothing, or is of what is not there."""
    entity, to = (edit.type, edit.name), (edit.to_type, edit.to_name)
    if entity == to:
        raise LibraryError(f"{edit.name} is that already.")
    number = _number(db, entity)
    if number is None:
        raise LibraryError(f"No source mentions {_called(entity)}. See what there is with: briefing entities")
    if exists is not None and edit.to_name is not None:
        there = _number(db, (str(edit.to_type), edit.to_name)) is not None
        if exists and not there:
            called = _called((str(edit.to_type), edit.to_name))
            raise LibraryError(f"No source mentions {called}. To call {edit.name} so, rename it.")
        if there and not exists:
            raise LibraryError(f"There is another {_called((edit.type, edit.to_name))}. If both are one, merge them.")
    if edit.written is not None and edit.written not in ways_of_writing(db, number, edit.name):
        raise LibraryError(f"{edit.name} is nowhere written as “{edit.written}”.")


def ways_of_writing(db: sqlite3.Connection, entity: int, name: str) -> dict[str, int]:
    """How an entity is written and how often, the most frequent way first."""
    aliases = db.execute("SELECT text, n FROM alias WHERE entity = ? ORDER BY n DESC, text", (entity,)).fetchall()
    mentions = db.execute("SELECT mentions FROM entity WHERE entity = ?", (entity,)).fetchone()[0]
    ways: Counter[str] = Counter()
    ways[name] = mentions - sum(n for _, n in aliases)
    for text, n in aliases:
        ways[flat(text)] += n
    return {text: n for text, n in ways.most_common() if n > 0}


def _called(entity: Key) -> str:
    return f"{entity[0].lower()} “{entity[1]}”"


def _number(db: sqlite3.Connection, entity: Key) -> int | None:
    found = db.execute("SELECT entity FROM entity WHERE type = ? AND name = ? AND sources > 0", entity).fetchone()
    return found and int(found[0])


def _builds_on(later: EntityEdit, edit: EntityEdit) -> bool:
    """Whether the later edit is about what came of the other one, or brings back what that one took away."""
    about, became = (later.type, later.name), (later.to_type, later.to_name)
    if about == (edit.to_type, edit.to_name):
        return True
    return edit.action != "split" and (edit.type, edit.name) in {about, became}


def _free(edits: Edits, number: int) -> EntityEdit:
    """The edit of that number. Raises :class:`LibraryError` where there is none, or where it must stay."""
    edit = next((one for one in edits.all if one.number == number), None)
    if edit is None:
        raise LibraryError(f"There is no edit {number} of an entity. See them with: briefing entities edits")
    for later in reversed(edits.all):
        if later.number > number and _builds_on(later, edit):
            raise LibraryError(
                f"“{edit.described}” cannot be taken back before “{later.described}”, which builds on it."
            )
    return edit


def _places(
    db: sqlite3.Connection, table: Literal["entity_doc", "edited_doc"], entities: Iterable[Key]
) -> list[_Place]:
    """The sources of these entities: of names as they are now, or of names as extracted that edits are about."""
    found: set[_Place] = set()
    for key in entities:
        found.update(
            _Place(doc, kept)
            for doc, kept in db.execute(
                f"SELECT doc, kept FROM {table} JOIN entity USING (entity) JOIN source USING (doc)"
                " WHERE entity.type = ? AND entity.name = ?",
                key,
            )
        )
    return sorted(found)


def _work_out(
    db: sqlite3.Connection, places: Sequence[_Place], before: Edits, after: Edits, known: dict[int, _Difference]
) -> None:
    """Put into ``known`` what changes in each of the sources."""
    names = {*before.names(), *after.names()}
    shared: dict[_Difference, _Difference] = {}
    for start in range(0, len(places), _AT_ONCE):
        kept = [place.kept for place in places[start : start + _AT_ONCE]]
        marks = ",".join("?" * len(kept))
        sql = f"SELECT kept, text, facts FROM body JOIN extraction USING (kept) WHERE kept IN ({marks})"
        for number, packed, facts in db.execute(sql, kept):
            text = unpack_text(packed)
            found, others = unpack_named(facts, text, names)
            one = _difference(found, others, text, before, after)
            known[number] = shared.setdefault(one, one)


def _difference(found: Plain, others: frozenset[str], text: str, before: Edits, after: Edits) -> _Difference:
    """``found`` holds what has a name that any edit is about or leads to; ``others`` are the types of the rest."""
    old, new = before.plain(found, text), after.change(found, text)
    one, other = tally_plain(old), tally_plain(new.found)
    types = others | {mention["type"] for mention in new.found["mentions"]}
    return _Difference(
        names=frozenset((key, n) for key in {**one.names, **other.names} if (n := other.names[key] - one.names[key])),
        came=frozenset(other.names.keys() - one.names.keys()),
        went=frozenset(one.names.keys() - other.names.keys()),
        aliases=frozenset(
            (way, n) for way in {**one.aliases, **other.aliases} if (n := other.aliases[way] - one.aliases[way])
        ),
        mentions=len(new.found["mentions"]) - len(old["mentions"]),
        participants=len(new.found["participants"]) - len(old["participants"]),
        types=types if types != others | {mention["type"] for mention in old["mentions"]} else None,
        edited=frozenset(new.names),
    )


def _write_down(db: sqlite3.Connection, places: Sequence[_Place], known: dict[int, _Difference]) -> None:
    """Bring the counters, and what the rows of the sources say, to what they are after the edit."""
    counters = Counters()
    edited = []
    for doc, kept in places:
        one = known[kept]
        came = {counters.number(db, key) for key in one.came}
        went = {counters.number(db, key) for key in one.went}
        counters.move(db, doc, one.names, came, went, one.aliases)
        if came or went:
            numbers = unpack_numbers(db.execute("SELECT entities FROM names WHERE kept = ?", (kept,)).fetchone()[0])
            packed = pack_numbers(sorted({*numbers} - went | came))
            db.execute("UPDATE names SET entities = ? WHERE kept = ?", (packed, kept))
        if one.mentions or one.participants or one.types is not None:
            _write_row(db, doc, one)
        counters.total("mentions", one.mentions)
        counters.total("participants", one.participants)
        edited += [(counters.number(db, key), doc) for key in one.edited]
    db.executemany("DELETE FROM edited_doc WHERE doc = ?", [(doc,) for doc, _ in places])
    db.executemany("INSERT INTO edited_doc VALUES (?, ?)", sorted(edited))
    counters.flush(db)


def _write_row(db: sqlite3.Connection, doc: int, one: _Difference) -> None:
    bits = db.execute("SELECT traits FROM source WHERE doc = ?", (doc,)).fetchone()[0]
    people = db.execute("SELECT participants FROM source WHERE doc = ?", (doc,)).fetchone()[0] + one.participants
    bits = with_types(bits, one.types) if one.types is not None else bits
    db.execute(
        "UPDATE source SET mentions = mentions + ?, participants = ?, traits = ? WHERE doc = ?",
        (one.mentions, people, with_kind(bits, "participant", people > 0), doc),
    )
