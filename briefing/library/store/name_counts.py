"""The counters of names over all sources: what a source adds to them, and writing that for many sources at once.

``entity`` counts sources and mentions, ``alias`` the ways of writing; ``entity_doc`` has the sources of a name.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from briefing.library.store.codec import Plain
from briefing.library.store.database import Database
from briefing.library.store.entity_view import Key
from briefing.library.store.tokenizer import texts
from briefing.model.facts import Extraction

_REMEMBERED: Final = 50_000
"""Numbers of names that are remembered so as not to look them up again."""


@dataclass(slots=True)
class Tally:
    """What one source adds: its names with how often each stands there, and how often each is written otherwise."""

    names: Counter[Key] = field(default_factory=Counter)
    aliases: Counter[tuple[Key, str]] = field(default_factory=Counter)


def tally(found: Extraction, publisher: str | None) -> Tally:
    """The names in a source: of entities, of speakers and of its publisher."""
    mentions = ((one.type, one.name, one.text) for one in found.mentions)
    return _tally(mentions, [quote.speaker for quote in found.quotes if quote.speaker], publisher)


def tally_plain(found: Plain) -> Tally:
    """The same but for the publisher, of what was not unpacked any further."""
    mentions = ((one["type"], one["name"], one["text"]) for one in found["mentions"])
    return _tally(mentions, [quote["speaker"] for quote in found["quotes"] if quote["speaker"]], None)


def _tally(mentions: Iterable[tuple[str, str, str]], said: list[str], publisher: str | None) -> Tally:
    """A speaker is written as the entity of that name is; that does not count as a mention, what he said does."""
    one = Tally()
    speakers = set(said)
    for kind, name, written in mentions:
        one.names[kind, name] += 1
        if written != name:
            one.aliases[(kind, name), written] += 1
            if name in speakers:
                one.aliases[("SPEAKER", name), written] += 1
    for name in said:
        one.names["SPEAKER", name] += 1
    if publisher:
        one.names["PUBLISHER", publisher] += 1
    return one


class Counters:
    """Gathers what changes, and writes it. What it remembers stays true when others write: no number is used again."""

    def __init__(self) -> None:
        self._numbers: dict[Key, int] = {}
        self._clear()

    def _clear(self) -> None:
        self._sources: Counter[int] = Counter()
        self._mentions: Counter[int] = Counter()
        self._places: Counter[tuple[int, int]] = Counter()
        self._moved: list[tuple[int, int, Sequence[int]]] = []
        self._aliases: Counter[tuple[int, str]] = Counter()
        self._totals: Counter[str] = Counter()

    def add(self, db: Database, doc: int, one: Tally, sign: int) -> list[int]:
        """Add what the source with the number ``doc`` holds, or take it off; the numbers of its names."""
        found = []
        for key, n in one.names.items():
            entity = self.number(db, key)
            found.append(entity)
            self._sources[entity] += sign
            self._mentions[entity] += sign * n
            self._places[entity, doc] += sign
        for (key, written), n in one.aliases.items():
            self._aliases[self.number(db, key), written] += sign * n
        return found

    def move(
        self,
        db: Database,
        docs: Sequence[int],
        names: Iterable[tuple[Key, int]],
        came: Collection[int],
        went: Collection[int],
        aliases: Iterable[tuple[tuple[Key, str], int]],
    ) -> None:
        """Sources hold other names than before: each so many more or less of each, some new to it, some gone."""
        for key, n in names:
            entity = self.number(db, key)
            change = (entity in came) - (entity in went)
            self._sources[entity] += change * len(docs)
            self._mentions[entity] += n * len(docs)
            if change:
                self._moved.append((entity, change, docs))
        for (key, written), n in aliases:
            self._aliases[self.number(db, key), written] += n * len(docs)

    def total(self, name: str, n: int) -> None:
        """Add to one of the totals."""
        self._totals[name] += n

    def flush(self, db: Database) -> None:
        """Write what was gathered."""
        db.executemany(
            "UPDATE entity SET sources = sources + ?, mentions = mentions + ? WHERE entity = ?",
            [(self._sources[entity], self._mentions[entity], entity) for entity in sorted(self._sources)],
        )
        for sql, change in (
            ("DELETE FROM entity_doc WHERE entity = ? AND doc = ?", -1),
            ("INSERT INTO entity_doc VALUES (?, ?)", 1),
        ):
            db.executemany(sql, sorted(place for place, n in self._places.items() if n == change))
            for entity, n, docs in self._moved:
                if n == change:
                    db.executemany(sql, [(entity, doc) for doc in docs])
        self._flush_aliases(db)
        db.executemany("UPDATE total SET n = n + ? WHERE name = ?", [(n, name) for name, n in self._totals.items()])
        self._clear()

    def _flush_aliases(self, db: Database) -> None:
        aliases = sorted((entity, text, n) for (entity, text), n in self._aliases.items() if n)
        db.executemany(
            "INSERT INTO alias VALUES (?, ?, ?) ON CONFLICT (entity, text) DO UPDATE SET n = alias.n + excluded.n",
            aliases,
        )
        words = {(word, entity) for entity, text, n in aliases if n > 0 for word in texts(text)}
        db.executemany("INSERT OR IGNORE INTO entity_word VALUES (?, ?)", sorted(words))
        for entity in {entity for entity, _, n in aliases if n < 0}:
            db.execute("DELETE FROM alias WHERE entity = ? AND n <= 0", (entity,))
            name = db.execute("SELECT name FROM entity WHERE entity = ?", (entity,)).fetchone()[0]
            left = [name, *(row[0] for row in db.execute("SELECT text FROM alias WHERE entity = ?", (entity,)))]
            known = {word for text in left for word in texts(text)}
            there = {row[0] for row in db.execute("SELECT word FROM entity_word WHERE entity = ?", (entity,))}
            db.executemany(
                "DELETE FROM entity_word WHERE word = ? AND entity = ?", [(w, entity) for w in there - known]
            )

    def learn(self, numbers: Mapping[Key, int]) -> None:
        """Know the numbers of these names without asking for each."""
        if len(self._numbers) + len(numbers) >= _REMEMBERED:
            self._numbers.clear()
        self._numbers.update(numbers)

    def unknown(self, keys: Iterable[Key]) -> list[Key]:
        """Those of the names of which the numbers are not known, each once, in their order."""
        return [key for key in dict.fromkeys(keys) if key not in self._numbers]

    def number(self, db: Database, key: Key) -> int:
        """The number of a name, which is given one where it has none."""
        number = self._numbers.get(key)
        if number is None:
            found = db.execute("SELECT entity FROM entity WHERE type = ? AND name = ?", key).fetchone()
            if found is None:
                found = (db.execute("INSERT INTO entity (type, name) VALUES (?, ?)", key).lastrowid,)
                words = [(word, found[0]) for word in set(texts(key[1]))]
                db.executemany("INSERT OR IGNORE INTO entity_word VALUES (?, ?)", words)
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            number = self._numbers[key] = int(found[0])
        return number
