"""Counters of names over all sources: a source's share in them, and batched updates.

``entity`` counts sources and mentions, ``alias`` the ways of writing; ``entity_doc`` has the sources of a name.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from briefing.library.store.database import Database
from briefing.library.store.entity_view import Key
from briefing.library.store.fact_codecs import Plain
from briefing.library.store.tokenizer import texts
from briefing.model.facts import Extraction

_REMEMBERED: Final = 50_000
"""Numbers of names that are remembered so as not to look them up again."""

TOTALS: Final = ("sources", "mentions", "counts", "participants", "quotes")
"""What is counted over all sources; but for the first, columns of a source too."""


@dataclass(slots=True)
class Tally:
    """A source's share in the counters: mentions of each name, and of each alias."""

    names: Counter[Key] = field(default_factory=Counter)
    aliases: Counter[tuple[Key, str]] = field(default_factory=Counter)


def tally(found: Extraction, publisher: str | None) -> Tally:
    """Count the names of a source: of entities, of speakers and of its publisher.

    Args:
        found: The source's extraction.
        publisher: Its publisher; None where unknown.
    """
    mentions = ((one.type, one.name, one.text) for one in found.mentions)
    return _tally(mentions, [quote.speaker for quote in found.quotes if quote.speaker], publisher)


def tally_plain(found: Plain) -> Tally:
    """Count the names of an extraction that was unpacked to plain fields; the publisher is left out."""
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
    """Gather changes of the counters and write them at once.

    Its cache stays true when others write: no number is used again.
    """

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
        """Add a source's share to the counters, or subtract it; returns the numbers of its names.

        Args:
            db: Connection in a transaction.
            doc: Row number of the source.
            one: The source's share.
            sign: 1 to add, -1 to subtract.
        """
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
        """Change the counters for sources that all change alike.

        Args:
            db: Connection in a transaction.
            docs: Row numbers of the sources.
            names: Type and name, with the change of its mentions in each source.
            came: Numbers of the names that are new to these sources.
            went: Numbers of the names that are gone from them.
            aliases: Type, name and way of writing, with the change of its mentions in each source.
        """
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
        """Add to one of the library's totals.

        Args:
            name: Name of the total.
            n: What to add; may be negative.
        """
        self._totals[name] += n

    def flush(self, db: Database) -> None:
        """Write the gathered changes."""
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
        """The number of a name; a new name is written and gets one.

        Args:
            db: Connection in a transaction.
            key: Type and name.
        """
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
