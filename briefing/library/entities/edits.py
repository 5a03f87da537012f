"""The user's edits of entities over all sources: made, undone, and the counters kept right.

An edit is one row and changes nothing that was extracted (see :mod:`briefing.library.store.entity_view`). Its effect on
the counters is computed before anything is written, so that others wait for a moment only; all is then written in one
transaction.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, TypeVar, cast

from briefing.library.entities.edit_impact import Difference, Place, work_out
from briefing.library.errors import LibraryError
from briefing.library.store.codec_names import pack_numbers, unpack_numbers
from briefing.library.store.database import Database, Store
from briefing.library.store.entity_view import Edits, Key, edits_of, flat
from briefing.library.store.name_counts import Counters
from briefing.library.store.traits import mask_of, with_types
from briefing.model.entity_edit import EntityAction, EntityEdit
from briefing.model.kinds import EntityType
from briefing.model.safetext import SafeText

T = TypeVar("T")

_AT_ONCE: Final = 500
"""Sources whose names are read and written at once."""


class EntityEdits:
    """Edits of entities, in the order in which they were made. Everything raises :class:`LibraryError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[EntityEdit]:
        """The edits in force, the oldest first."""
        with self._store.read() as db:
            return list(edits_of(db).all)

    def merge(self, kind: EntityType, name: str, into: str, into_kind: EntityType | None = None) -> EntityEdit:
        """Merge an entity into another one that is in the library.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
            into: Canonical name of the other one.
            into_kind: Type of the other one; None for the same type.
        """
        return self._make("merge", (kind, _name(name)), (into_kind or kind, _name(into)), exists=True)

    def rename(self, kind: EntityType, name: str, to: str) -> EntityEdit:
        """Give an entity another name.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
            to: The new name, which no other entity of this type may have.
        """
        return self._make("rename", (kind, _name(name)), (kind, _name(to)), exists=False)

    def retype(self, kind: EntityType, name: str, to_kind: EntityType) -> EntityEdit:
        """Change an entity's type; where one of that name and type exists already, the two are merged.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
            to_kind: The new type.
        """
        return self._make("type", (kind, _name(name)), (to_kind, _name(name)))

    def split(
        self, kind: EntityType, name: str, written: str, to: str, to_kind: EntityType | None = None
    ) -> EntityEdit:
        """Assign one way of writing an entity to another entity, which may be new.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
            written: The way of writing, as in the text.
            to: Canonical name of the other entity.
            to_kind: Type of the other entity; None for the same type.
        """
        return self._make("split", (kind, _name(name)), (to_kind or kind, _name(to)), written=flat(SafeText(written)))

    def remove(self, kind: EntityType, name: str) -> EntityEdit:
        """Mark a name as no entity. Its words are still found as words.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
        """
        return self._make("remove", (kind, _name(name)), None)

    def undo(self) -> SafeText | None:
        """Undo the last edit and return it; None where there is none."""
        with self._store.read() as db:
            edits = edits_of(db).all
        return self.take_back(edits[-1].number).described if edits else None

    def take_back(self, number: int) -> EntityEdit:
        """Undo one edit by its number. Raises :class:`LibraryError` where a later edit builds on it."""
        taken: list[EntityEdit] = []

        def without(_: Database, edits: Edits) -> Edits:
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
        """Make an edit. ``exists`` says whether ``to`` must be there, or must not be."""
        values = {
            "action": action, "type": entity[0], "name": entity[1], "written": written,
            "to_type": to and to[0], "to_name": to and to[1],
        }  # fmt: skip
        edit = EntityEdit(
            number=0,
            action=action,
            type=cast(EntityType, entity[0]),
            name=SafeText(entity[1]),
            written=None if written is None else SafeText(written),
            to_type=cast(EntityType, to[0]) if to else None,
            to_name=SafeText(to[1]) if to else None,
        )

        def after(db: Database, edits: Edits) -> Edits:
            _check(db, edit, exists)
            return Edits([*edits.all, edit])

        def write(db: Database) -> int | None:
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            return db.execute(f"INSERT INTO entity_edit ({names}) VALUES ({marks})", tuple(values.values())).lastrowid

        number = self._carry_out(
            after, lambda db, _: _places(db, "entity_doc", [entity, ("SPEAKER", entity[1])]), write
        )
        return edit._replace(number=number or 0)

    def _carry_out(
        self,
        change: Callable[[Database, Edits], Edits],
        places: Callable[[Database, Edits], list[Place]],
        write: Callable[[Database], T],
    ) -> T:
        """Change the edits, and what is counted of the sources in those ``places``; what ``write`` returns."""
        self._store.require_writable()
        known: dict[int, Difference] = {}
        with self._store.read() as db:
            before = edits_of(db)
            after = change(db, before)
            contents: tuple[int, int] | None = _contents(db)
            found = places(db, before)
            work_out(db, found, before, after, known)
        with self._store.write(alone=True) as db:
            now = edits_of(db)
            if now.all != before.all:  # another program was faster: what was worked out does not hold
                known.clear()
                before, after = now, change(db, now)
                contents = None
            if contents != _contents(db):
                found = places(db, now)
                work_out(db, [place for place in found if place.kept not in known], before, after, known)
            _write_down(db, found, known)
            return write(db)


def _contents(db: Database) -> tuple[int, int]:
    """What is another one once sources have come or gone."""
    last = "SELECT seq FROM sqlite_sequence WHERE name = 'body'"
    sources = "SELECT n FROM total WHERE name = 'sources'"
    found: tuple[int, int] = db.execute(f"SELECT ({last}), ({sources})").fetchone()
    return found


def _name(written: str) -> str:
    name = SafeText(written).line().strip()
    if not name:
        raise LibraryError("An entity needs a name.")
    return name


def _check(db: Database, edit: EntityEdit, exists: bool | None) -> None:
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


def ways_of_writing(db: Database, entity: int, name: str) -> dict[str, int]:
    """Number of mentions of an entity by way of writing, the most frequent first.

    Args:
        db: Connection to the library.
        entity: Number of the entity.
        name: Its canonical name; mentions that no alias has are counted under it.
    """
    aliases = db.execute("SELECT text, n FROM alias WHERE entity = ? ORDER BY n DESC, text", (entity,)).fetchall()
    mentions = db.execute("SELECT mentions FROM entity WHERE entity = ?", (entity,)).fetchone()[0]
    ways: Counter[str] = Counter()
    ways[name] = mentions - sum(n for _, n in aliases)
    for text, n in aliases:
        ways[flat(text)] += n
    return {text: n for text, n in ways.most_common() if n > 0}


def _called(entity: Key) -> str:
    return f"{entity[0].lower()} “{entity[1]}”"


def _number(db: Database, entity: Key) -> int | None:
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


def _places(db: Database, table: Literal["entity_doc", "edited_doc"], entities: Iterable[Key]) -> list[Place]:
    """The sources of these entities: of names as they are now, or of names as extracted that edits are about."""
    found: dict[int, int] = {}  # in the order of the table, by number: sorting so many would hold other threads up
    for key in entities:
        found.update(
            db.execute(
                f"SELECT doc, kept FROM {table} JOIN entity USING (entity) JOIN source USING (doc)"
                " WHERE entity.type = ? AND entity.name = ?",
                key,
            )
        )
    return [Place(doc, kept) for doc, kept in found.items()]


def _write_down(db: Database, places: Sequence[Place], known: Mapping[int, Difference]) -> None:
    """Bring the counters, and what the rows of the sources say, to what they are after the edit."""
    alike: dict[Difference, list[Place]] = {}
    places = [place for place in places if place.kept in known]  # without those that are damaged
    for place in places:
        alike.setdefault(known[place.kept], []).append(place)
    counters = Counters()
    names: dict[int, tuple[set[int], set[int]]] = {}
    edited: list[tuple[int, int]] = []
    for one, there in alike.items():
        docs = [place.doc for place in there]
        came, went = ({counters.number(db, key) for key in keys} for keys in (one.came, one.went))
        counters.move(db, docs, one.names, came, went, one.aliases)
        counters.total("mentions", one.mentions * len(docs))
        counters.total("participants", one.participants * len(docs))
        if came or went:
            names.update((place.kept, (came, went)) for place in there)
        if one.mentions or one.participants or one.types is not None:
            _write_rows(db, docs, one)
        edited += [(number, doc) for number in {counters.number(db, key) for key in one.edited} for doc in docs]
    _write_names(db, names)
    db.executemany("DELETE FROM edited_doc WHERE doc = ?", [(place.doc,) for place in places])
    db.executemany("INSERT INTO edited_doc VALUES (?, ?)", sorted(edited))
    counters.flush(db)


def _write_names(db: Database, changes: Mapping[int, tuple[set[int], set[int]]]) -> None:
    """Put the numbers of names that came into those of each source, and take out those that went."""
    numbers = sorted(changes)
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        packed = []
        sql = f"SELECT kept, entities FROM names WHERE kept IN ({','.join('?' * len(some))})"
        for kept, entities in db.execute(sql, some):
            came, went = changes[kept]
            left = [number for number in unpack_numbers(entities) if number not in went]
            packed.append((pack_numbers(sorted(left + [number for number in came if number not in left])), kept))
        db.executemany("UPDATE names SET entities = ? WHERE kept = ?", packed)


def _write_rows(db: Database, docs: Sequence[int], one: Difference) -> None:
    """Say in the sources' rows how much is found in them, and of which kinds."""
    keep, types = (-1, 0) if one.types is None else (with_types(-1, ()), with_types(0, one.types))
    db.executemany(
        "UPDATE source SET mentions = mentions + :mentions, participants = participants + :participants,"
        " traits = ((traits & :keep) | :types) | CASE WHEN participants + :participants > 0 THEN :any ELSE 0 END"
        " WHERE doc = :doc",
        [
            {
                "mentions": one.mentions,
                "participants": one.participants,
                "keep": keep & ~mask_of("participant"),
                "types": types & ~mask_of("participant"),
                "any": mask_of("participant"),
                "doc": doc,
            }
            for doc in docs
        ],
    )
