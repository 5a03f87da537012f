"""Apply the user's edits of entities to extractions as they are read.

Nothing that was extracted is written anew: the names are changed whenever it is read, so that an edit can be taken back
to the letter and holds for sources that come later. Each edit is about an entity by its type and name *as the edits
before it left them*; an edit's entity is gone after it, but for a split, which takes one way of writing out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, get_args

from briefing.library.errors import Damaged
from briefing.library.store.database import Database
from briefing.model.entity_edit import EntityAction, EntityEdit
from briefing.model.fact_forms import FORMS, FactForm
from briefing.model.kinds import ENTITY_TYPES
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from briefing.library.store.fact_codecs import Plain

Key = tuple[str, str]
"""Type and name of an entity."""

_FIELDED: Final = ("ORG", "NATION")
"""What operates something, or is somebody's affiliation."""
_ITEMS: Final = {"AIRCRAFT": "aircraft", "SHIP": "ship", "VEHICLE": "vehicle", "WEAPON": "munition"}
"""Types of what is counted under its name, with the category of such a count."""
_SPEAKERS: Final[dict[str | None, tuple[str, ...]]] = {"person": ("PERSON",), "organisation": ("ORG", "NATION")}
_SPEAKER_KINDS: Final = {"PERSON": "person", "ORG": "organisation", "NATION": "organisation"}
_TYPES: Final = {"person": "PERSON", "organisation": "ORG", "unit": "ORG", "nation": "NATION"}
"""Kinds of participants and the types they mostly are."""
_KINDS: Final = {"PERSON": "person", "ORG": "organisation", "NATION": "nation", "SHIP": "unit"}
"""Types and the kinds of participants they can be."""


def flat(written: str) -> str:
    """A way of writing with every run of white space or line breaks as one space."""
    return " ".join(written.split())


@dataclass
class Changed:
    """An extraction with the edits applied."""

    found: Plain
    names: set[Key] = field(default_factory=set)
    """Names, as extracted, that edits are about: all that may change when edits do."""
    keys: dict[str, str | None] = field(default_factory=dict)
    """Keys of changed participants, as extracted, to those of what stands in their place; None where nothing does."""


class Edits:
    """All edits, in their order."""

    def __init__(self, edits: Sequence[EntityEdit]) -> None:
        self.all = tuple(edits)
        self._about: dict[Key, list[tuple[int, EntityEdit]]] = {}
        for at, edit in enumerate(edits):
            self._about.setdefault((edit.type, edit.name), []).append((at, edit))
        self._names = frozenset(name for _, name in self._about)

    def __bool__(self) -> bool:
        return bool(self.all)

    def about(self, key: Key) -> bool:
        """Whether any edit concerns the entity of that name; else it stays as it is."""
        return key in self._about

    def names(self) -> Iterator[str]:
        """All names that edits concern or lead to."""
        for edit in self.all:
            yield edit.name
            if edit.to_name is not None:
                yield edit.to_name

    def path(self, key: Key, written: str | None) -> Iterator[EntityEdit]:
        """The edits that change an entity, one after the other.

        Args:
            key: Type and canonical name of the entity, as extracted.
            written: The way of writing, as :func:`flat` gives it; None follows no split.
        """
        at = -1
        while True:
            for number, edit in self._about.get(key, ()):
                if number > at and (edit.written is None or edit.written == written):
                    break
            else:
                return
            yield edit
            if edit.to_name is None:
                return
            at, key = number, (str(edit.to_type), edit.to_name)

    def follow(self, key: Key, written: str | None = None) -> Key | None:
        """Type and name of an entity after all edits; None where it was removed.

        Args:
            key: Type and canonical name, as extracted.
            written: The way of writing, as :func:`flat` gives it; None follows no split.
        """
        for edit in self.path(key, written):
            if edit.to_name is None:
                return None
            key = (str(edit.to_type), edit.to_name)
        return key

    def led_by(self, edit: EntityEdit) -> list[Key]:
        """The names, as extracted, of which something becomes by this edit."""
        ways = {None, *(one.written for one in self.all)}
        return [key for key in self._about if any(edit in self.path(key, written) for written in ways)]

    def change(self, found: Plain, text: str) -> Changed:
        """Apply the edits to an extraction.

        Args:
            found: Its fields, as :func:`briefing.library.store.codec.unpack_plain` gives them.
            text: The source's text.
        """
        if self._names.isdisjoint(_names(found)):
            return Changed(found)
        return _Change(self, found, text).made()

    def plain(self, found: Plain, text: str) -> Plain:
        """Apply the edits to an extraction; returns its fields alone.

        Args:
            found: Its fields, as :func:`briefing.library.store.codec.unpack_plain` gives them.
            text: The source's text.
        """
        return self.change(found, text).found


def edits_of(db: Database) -> Edits:
    """The edits in the library behind ``db``."""
    columns = "number, action, type, name, written, to_type, to_name"
    return _edits(tuple(db.execute(f"SELECT {columns} FROM entity_edit ORDER BY number")))


_NONE: Final = Edits(())


@lru_cache(maxsize=4)
def _edits(rows: tuple[tuple[Any, ...], ...]) -> Edits:
    """By what they are, so that nobody has to be told when they change."""
    if not rows:
        return _NONE
    return Edits([_edit(*row) for row in rows])


def _edit(*columns: Any) -> EntityEdit:
    """An edit as it is kept."""
    number, action, kind, name, written, to_type, to = columns
    if action not in get_args(EntityAction) or not {kind, to_type} <= {*ENTITY_TYPES, None}:
        raise Damaged(f"The edit {number} of an entity is damaged in the library. 'briefing rescue' saves the rest.")
    safe, written, to = (None if text is None else SafeText(text) for text in (name, written, to))
    return EntityEdit(number, action, kind, safe or SafeText(), written, to_type, to)


def _names(found: Plain) -> Iterator[str | None]:
    """Every name in what was found."""
    for mention in found["mentions"]:
        yield mention["name"]
    for form in FORMS:
        for fact in found[form.field]:
            yield from (fact.get(field) for field in form.names)


class _Change:
    """The change of what was found in one source."""

    def __init__(self, edits: Edits, found: Plain, text: str) -> None:
        self.edits = edits
        self.found = found
        self.text = text
        self.changed = Changed(found)
        self.types: dict[str, list[str]] = {}
        """The types that a name has in this source."""
        self.spans: dict[tuple[int, int], Any] = {}
        self.became: dict[Key, list[Key | None]] = {}
        """What has become of the mentions of a name, in the order of the text."""

    def made(self) -> Changed:
        mentions = self._mentions()
        self.changed.found = {
            **self.found,
            **{form.field: tuple(map(self._renamed(form), self.found[form.field])) for form in FORMS if form.placed},
            "mentions": mentions,
            "participants": self._participants(),
        }
        return self.changed

    def _mentions(self) -> tuple[Plain, ...]:
        kept = []
        for mention in self.found["mentions"]:
            key = (mention["type"], mention["name"])
            self.spans[mention["start"], mention["end"]] = mention
            types = self.types.setdefault(key[1], [])
            if key[0] not in types:
                types.append(key[0])
            if self.edits.about(key):
                self.changed.names.add(key)
                new = self.edits.follow(key, flat(mention["text"]))
                self.became.setdefault(key, []).append(new)
                if new is None:
                    continue
                mention = {**mention, "type": new[0], "name": new[1]}
            kept.append(mention)
        return tuple(kept)

    def _now(self, key: Key) -> Key | None:
        """The entity behind a name that is not written in the text, after the edits."""
        became = self.became.get(key)
        usual = self.edits.follow(key)
        return usual if not became or usual in became else became[0]

    def _typed(self, name: str | None, types: Sequence[str], *, any_type: bool = False) -> Key | None:
        """The entity that is meant by a name that can be of one of these ``types``; None where no edit is about it."""
        if name is None:
            return None
        here = self.types.get(name)
        if here is None:
            possible = [kind for kind in types if self.edits.about((kind, name))]
        else:
            possible = [kind for kind in types if kind in here] or (here if any_type else [])
        key = (possible[0], name) if possible else None
        return key if key is not None and self.edits.about(key) else None

    def _renamed(self, form: FactForm) -> Callable[[Plain], Plain]:
        """What gives a fact the names that its entities have now; kinds with types of their own have their own way."""
        own = {"count": self._count, "quote": self._quote}

        def renamed(fact: Plain) -> Plain:
            keys = {name: self._typed(fact[name], (), any_type=True) for name in form.names}
            now = {name: self._now(key) for name, key in keys.items() if key is not None}
            return {**fact, **{name: key and key[1] for name, key in now.items()}}

        return own.get(form.kind, renamed)

    def _count(self, count: Plain) -> Plain:
        new = dict(count)
        if (key := self._typed(count["operator"], _FIELDED)) is not None:
            now = self._now(key)
            new["operator"] = now and now[1]
        if (key := self._typed(count["item"], tuple(_ITEMS))) is not None and (now := self._now(key)) is not None:
            new["item"] = now[1]
            if now[0] != key[0]:
                new["category"] = _ITEMS.get(now[0], count["category"])
        return new

    def _quote(self, quote: Plain) -> Plain:
        said = quote["speaker"]
        key = self._typed(said, _SPEAKERS.get(quote["speaker_kind"], ()), any_type=True)
        if key is None:
            return quote
        self.changed.names.add(key)
        written = self.spans.get((quote["speaker_start"], quote["speaker_end"]))
        there = written is not None and (written["type"], written["name"]) == key
        now = self.edits.follow(key, flat(written["text"])) if there and written else self._now(key)
        if now is None:
            return {**quote, "speaker": None, "speaker_kind": None, "speaker_start": None, "speaker_end": None}
        kind = _SPEAKER_KINDS.get(now[0]) if now[0] != key[0] else None
        return {**quote, "speaker": now[1], "speaker_kind": kind or quote["speaker_kind"]}

    def _participants(self) -> tuple[Plain, ...]:
        speakers = {quote["speaker"] for quote in self.found["quotes"]}
        cast = _Cast()
        for one in self.found["participants"]:
            key, usual = self._typed(one["name"], (), any_type=True), _TYPES[one["kind"]]
            if key is None and one["name"] in speakers:
                key = self._typed(one["name"], (usual,))
            if key is None:
                here = self.types.get(one["name"], [usual])
                parts = [((usual if usual in here else here[0], one["name"]), one)]
            else:
                self.changed.names.add(key)
                parts = self._parts(one, key)
            cast.add(_key(one), [(target, self._affiliated(part)) for target, part in parts], edited=key is not None)
        self.changed.keys = cast.keys()
        return tuple(cast.made)

    def _affiliated(self, one: Plain) -> Plain:
        key = self._typed(one["affiliation"], _FIELDED)
        if key is None:
            return one
        now = self._now(key)
        return {**one, "affiliation": now and now[1]}

    def _parts(self, one: Plain, key: Key) -> list[tuple[Key, Plain]]:
        """A participant, parted by what has become of its mentions; role and affiliation stay with the usual part."""
        usual = self._now(key)
        spans: dict[Key | None, list[tuple[int, int]]] = {usual: []}
        ways: dict[Key | None, list[str]] = {usual: []}
        for start, end in one["mentions"]:
            mention = self.spans.get((start, end))
            there = mention is not None and (mention["type"], mention["name"]) == key
            now = self.edits.follow(key, flat(mention["text"])) if there and mention else usual
            spans.setdefault(now, []).append((start, end))
            ways.setdefault(now, []).append(self.text[start:end])
        for alias in one["aliases"]:
            now = self.edits.follow(key, flat(alias))
            ways[now if now in ways else usual].append(alias)
        parts = []
        for now in spans:
            kind = one["kind"] if now and now[0] == key[0] else _KINDS.get(now[0]) if now else None
            if now is None or kind is None or (now == usual and not spans[now] and len(spans) > 1):
                continue
            aliases = tuple(way for way in dict.fromkeys(ways[now]) if way != now[1])
            part = {**one, "name": now[1], "kind": kind, "aliases": aliases, "mentions": tuple(spans[now])}
            parts.append(
                (now, part if now == usual or len(spans) == 1 else {**part, "role": None, "affiliation": None})
            )
        return parts


class _Cast:
    """Participants with the edits applied; those that have become one are joined."""

    def __init__(self) -> None:
        self.made: list[Plain] = []
        self._edited: set[int] = set()
        self._places: dict[Key, list[int]] = {}
        self._became: list[tuple[str, list[int]]] = []

    def add(self, key: str, parts: Iterable[tuple[Key, Plain]], *, edited: bool) -> None:
        """What has become of the participant with this key."""
        became = []
        for target, part in parts:
            same = self._places.setdefault(target, [])
            at = next((number for number in same if edited or number in self._edited), None)
            if at is None:
                at = len(self.made)
                self.made.append(part)
                same.append(at)
            else:
                self.made[at] = _joined(self.made[at], part)
                self._edited.add(at)
            if edited:
                self._edited.add(at)
            became.append(at)
        self._became.append((key, became))

    def keys(self) -> dict[str, str | None]:
        """See :class:`Changed`."""
        keys: dict[str, str | None] = {}
        for key, became in self._became:
            if not became or not self._edited.isdisjoint(became):
                keys.setdefault(key, _key(self.made[became[0]]) if became else None)
        return keys


def _joined(one: Plain, other: Plain) -> Plain:
    """Join two participants."""
    aliases = dict.fromkeys((*one["aliases"], *other["aliases"]))
    return {
        **one,
        "role": one["role"] or other["role"],
        "affiliation": one["affiliation"] or other["affiliation"],
        "core": one["core"] or other["core"],
        "aliases": tuple(alias for alias in aliases if alias != one["name"]),
        "mentions": tuple(sorted({*one["mentions"], *other["mentions"]})),
    }


def _key(participant: Plain) -> str:
    return f"participant:{participant['kind']}:{participant['name']}"
