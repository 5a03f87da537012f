"""Entities over all sources: the list of them, and the card of one entity."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from briefing.library.entities.edits import ways_of_writing
from briefing.library.errors import Damaged
from briefing.library.search.snippets import around
from briefing.library.store.added_facts import Added, all_added, names_of, with_added
from briefing.library.store.codec import unpack_naming, unpack_plain, unpack_text
from briefing.library.store.codec_names import unpack_numbers
from briefing.library.store.database import Database
from briefing.library.store.entity_view import edits_of
from briefing.library.store.fact_codecs import Plain
from briefing.library.store.tokenizer import texts
from briefing.model.entity_card import Company, EntityCard, EntityFact, NamedAs, Occurrence, Way
from briefing.model.facts import Count, Participant, Quote
from briefing.model.kinds import ENTITY_TYPES, EntityType, FactKind
from briefing.model.safetext import SafeText

_NEWEST: Final = 500
"""Sources that are looked at for the company an entity keeps: of a frequent one, all would take half a second."""
_LOOKED: Final = 150
"""Sources that are looked at for facts: each has to be unpacked, a sixth of a millisecond."""
_PAGE: Final = 50
"""Sources that are fetched at once."""
_ABOVE_ALL: Final = 1 << 62
"""More than the number of any source."""
_COMPANY: Final = 30
_WAYS: Final = 50
_FACTS: Final = 100
_COUNTED: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"})
"""Types that are what is counted; the others are whose it is."""
_LISTED: Final = tuple(kind for kind in ENTITY_TYPES if kind not in {"DATE", "QUANTITY", "MONEY"})
"""The types of what has a name; nobody looks for a quantity in a list, nor as company."""

About = tuple[tuple[SafeText, SafeText], ...]


def card(db: Database, name: str, kind: EntityType, about: About, occurrences: int) -> EntityCard:
    """Build an entity's card over all sources; empty but for its name where no source mentions it.

    Args:
        db: Connection to the library.
        name: Canonical name of the entity.
        kind: Its type.
        about: What lexicons say of it, shown on the card as it is.
        occurrences: Upper bound on the mentions that are shown.
    """
    safe = SafeText(name)
    found = db.execute(
        "SELECT entity, mentions, sources FROM entity WHERE type = ? AND name = ? AND sources > 0", (kind, safe)
    ).fetchone()
    added = _added(db, safe)
    if found is None and not added:
        return EntityCard(name=safe, type=kind, about=about)
    entity, mentions, sources = found or (0, 0, 0)
    places: list[Occurrence] = []
    facts: list[EntityFact] = []
    looked = 0
    for source in _sources(db, entity, safe, added):
        if len(places) < occurrences:
            places += source.occurrences(safe, kind)
        elif looked >= _LOOKED or len(facts) >= _FACTS:
            break
        looked += 1
        facts += source.facts(safe, kind)
    ways = list(ways_of_writing(db, entity, safe).items())[:_WAYS] if found is not None else []
    return EntityCard(
        name=safe,
        type=kind,
        about=about,
        ways=tuple(Way(text=SafeText(text), mentions=n) for text, n in ways),
        mentions=mentions,
        sources=sources,
        company=tuple(_company(db, entity)),
        facts=tuple(facts[:_FACTS]),
        occurrences=tuple(places[:occurrences]),
        looked=looked,
    )


def _company(db: Database, entity: int) -> list[Company]:
    """Entities that occur in the same sources most often, over the newest ones."""
    near: Counter[int] = Counter()
    for (numbers,) in db.execute(
        "SELECT entities FROM entity_doc JOIN source USING (doc) JOIN names USING (kept)"
        " WHERE entity = ? ORDER BY entity_doc.doc DESC LIMIT ?",
        (entity, _NEWEST),
    ):
        near.update(unpack_numbers(numbers))
    found: list[Company] = []
    for number, n in near.most_common(5 * _COMPANY):  # among them what has no name, and speakers beside persons
        kind, name = db.execute("SELECT type, name FROM entity WHERE entity = ?", (number,)).fetchone()
        if number != entity and kind in _LISTED:
            found.append(Company(name=SafeText(name), type=kind, sources=n))
    return found[:_COMPANY]


class _Source:
    """A source in which the entity stands."""

    def __init__(self, key: bytes, title: str, text: SafeText, found: Plain) -> None:
        self.source_id = key.hex()
        self.title = SafeText(str(title))
        self.text = text
        self.found = found

    def occurrences(self, name: str, kind: str) -> Iterator[Occurrence]:
        """Mentions of the entity in it, with the words around them."""
        for one in self.found["mentions"]:
            if one["name"] == name and one["type"] == kind:
                start, end = one["start"], one["end"]
                shown = around(self.text, start, end)
                yield Occurrence(self.source_id, self.title, start, end, shown.text, shown.marks[0][0])

    def facts(self, name: str, kind: str) -> Iterator[EntityFact]:
        """Facts that name it: counts of it or of what is its, what it does there, what it said."""
        field: NamedAs = "item" if kind in _COUNTED else "operator"
        for one in self.found["counts"]:
            if name == one[field]:
                yield self._fact(Count, one, field, one["start"], one["end"])
        for one in self.found["participants"]:
            if one["name"] == name:
                start, end = one["mentions"][0] if one["mentions"] else (0, 0)
                yield self._fact(Participant, one, "participant", start, end)
        for one in self.found["quotes"]:
            if one["speaker"] == name:
                yield self._fact(Quote, one, "speaker", one["start"], one["end"])

    def _fact(
        self, made: type[Count | Participant | Quote], fields: Plain, named_as: NamedAs, start: int, end: int
    ) -> EntityFact:
        return EntityFact(self.source_id, self.title, start, end, made.model_validate(fields), named_as)


_ONE: Final = "SELECT source.id, title, text, facts FROM source JOIN body USING (kept) JOIN extraction USING (kept)"


def _sources(db: Database, entity: int, name: str, added: Mapping[bytes, Added]) -> Iterator[_Source]:
    """The sources with what bears the name: first those to which readers added it, then where the entity stands."""
    edits = edits_of(db)

    def made(key: bytes, title: str, packed: bytes, facts: bytes) -> _Source | None:
        try:
            text = unpack_text(packed)
            found = edits.plain(unpack_plain(facts, text), text) if edits else unpack_naming(facts, text, name)
        except Damaged:
            return None
        return _Source(key, title, text, with_added(found, added.get(bytes(key), ())))

    rows = [row for key in added for row in db.execute(f"{_ONE} WHERE source.id = ?", (key,))]
    rest = (row for row in _rows(db, entity) if bytes(row[0]) not in added)
    yield from (source for row in chain(rows, rest) if (source := made(*row)) is not None)


def _added(db: Database, name: str) -> dict[bytes, Added]:
    """Facts that readers added and that bear a name, by id of the source."""
    found: dict[bytes, list[tuple[FactKind, Plain]]] = {}
    for key, kind, fact in all_added(db):
        if name in names_of([(kind, fact)]):
            found.setdefault(key, []).append((kind, fact))
    return dict(found)


def _rows(db: Database, entity: int) -> Iterator[tuple[bytes, str, bytes, bytes]]:
    """Their ids, titles, texts and facts, some at a time: a server sends all that it is asked for, wanted or not."""
    last: int | None = _ABOVE_ALL
    while last is not None:
        page = db.execute(
            "SELECT entity_doc.doc, source.id, title, text, facts FROM entity_doc JOIN source USING (doc)"
            " JOIN body USING (kept) JOIN extraction USING (kept) WHERE entity = ? AND entity_doc.doc < ?"
            " ORDER BY entity_doc.doc DESC LIMIT ?",
            (entity, last, _PAGE),
        ).fetchall()
        yield from (row[1:] for row in page)
        last = page[-1][0] if len(page) == _PAGE else None


def listed(db: Database, prefix: str, limit: int) -> list[tuple[SafeText, EntityType, int]]:
    """Entities with a word that begins as ``prefix`` does: name, type and number of sources, most frequent first.

    Args:
        db: Connection to the library.
        prefix: One word or several, all of which must occur in the name or an alias; the last may be unfinished.
        limit: Upper bound on the entities returned.
    """
    condition, values = "", []
    *whole, last = texts(prefix) or [""]
    for word in whole:
        condition += " AND entity IN (SELECT entity FROM entity_word WHERE word = ?)"
        values.append(word)
    if last:
        condition += " AND entity IN (SELECT entity FROM entity_word WHERE word >= ? AND word < ?)"
        values += [last, last + "\U0010ffff"]
    kinds = "', '".join(_LISTED)
    frequent = "+sources" if condition else "sources"  # with words, begin with them; else with the most frequent names
    found = db.execute(
        f"SELECT name, type, sources FROM entity WHERE {frequent} > 0 AND +type IN ('{kinds}') {condition}"
        f" ORDER BY {frequent} DESC, name LIMIT ?",
        (*values, limit),
    )
    return [(SafeText(name), kind, sources) for name, kind, sources in found]
