"""Putting sources into the library and taking them out: rows, texts, indexes and counters, all or nothing.

Sources are written in batches. What many of them share, the counters of a name above all, is written once a batch.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from briefing.library import reviews
from briefing.library.evaluate import texts_of_quotes
from briefing.library.pack import pack_extraction, pack_numbers, pack_pages, pack_text
from briefing.library.rows import by_number, extraction_of, source_of
from briefing.library.slots import allot
from briefing.library.traits import traits
from briefing.library.words import texts
from briefing.model.facts import Extraction
from briefing.model.listing import SourceRow
from briefing.model.source import Source

_STATES: Final = ("added", "came", "read", "reviewed", "position", "pinned", "gone", "newer")
"""What stays with a source when it is extracted anew."""
_REMEMBERED: Final = 50_000
"""Numbers of names, and words, that are remembered so as not to look them up again."""


class Item(NamedTuple):
    """One source to add. ``added`` is its place in the order of adding; None puts it last."""

    source: Source
    extraction: Extraction
    added: int | None = None


class Writer:
    """Writes through one connection.

    What it remembers stays true when other programs write: numbers are never used again, and words never leave the
    vocabulary. After a transaction that was undone it must not be used any more.
    """

    def __init__(self) -> None:
        self._entities: dict[tuple[str, str], int] = {}
        self._extractors: dict[str, int] = {}
        self._words: set[str] = set()

    def add(self, db: sqlite3.Connection, items: Sequence[Item]) -> list[SourceRow]:
        """Put the sources in, or their new extractions in place of the old ones; the rows in the order of ``items``."""
        batch = _Batch()
        docs: list[int] = []
        seen: set[str] = set()
        for item in items:
            if item.source.id in seen:  # written twice in one go: the first one must be there to be replaced
                self._flush(db, batch)
                batch, seen = _Batch(), set()
            seen.add(item.source.id)
            docs.append(self._put(db, item, batch))
        self._flush(db, batch)
        rows = {row.id: row for row in by_number(db, docs).values()}  # one that is there twice has changed its number
        return [rows[item.source.id] for item in items]

    def remove(self, db: sqlite3.Connection, doc: int) -> None:
        """Take the source with the number ``doc`` out, with its reviews."""
        batch = _Batch()
        key = db.execute("SELECT id FROM source WHERE doc = ?", (doc,)).fetchone()[0]
        self._forget(db, doc, batch, index=True)
        reviews.drop(db, key)
        db.execute("DELETE FROM tag WHERE id = ?", (key,))
        self._flush(db, batch)

    def _put(self, db: sqlite3.Connection, item: Item, batch: "_Batch") -> int:
        source, found, added = item
        key = bytes.fromhex(source.id)
        kept: dict[str, Any] = {}
        doc, index = 0, True
        old = db.execute(f"SELECT doc, {', '.join(_STATES)} FROM source WHERE id = ?", (key,)).fetchone()
        if old is not None:
            before = source_of(db, old[0])
            same_day = str(before.published)[:10] == str(source.published)[:10]
            index = not (same_day and before.title == source.title and before.text == source.text)
            self._forget(db, old[0], batch, index=index)
            doc, kept = old[0] if same_day else 0, dict(zip(_STATES, old[1:], strict=True))
            reviews.carry_over(db, key, found, same_text=before.text == source.text)
        doc = doc or allot(db, source.published)
        if not kept:
            kept["added"] = (
                db.execute("SELECT coalesce(max(added), 0) + 1 FROM source").fetchone()[0] if added is None else added
            )
        kept_as = self._insert(db, doc, item, kept)
        db.execute("DELETE FROM failure WHERE path = ?", (source.path,))
        if index:
            batch.indexed.append((doc, texts(source.title), texts(source.text)))
        if found.quotes:
            batch.quoted.append((doc, texts_of_quotes(source, found)))
        names = sorted(self._count(db, doc, source, found, batch, 1))
        db.execute("INSERT INTO names VALUES (?, ?)", (kept_as, pack_numbers(names)))
        return doc

    def _insert(self, db: sqlite3.Connection, doc: int, item: Item, kept: Mapping[str, Any]) -> int | None:
        source, found, _ = item
        warnings = [warning.message for warning in found.warnings]
        kept_as = db.execute("INSERT INTO body (text) VALUES (?)", (pack_text(source.text),)).lastrowid
        db.execute("INSERT INTO extraction VALUES (?, ?)", (kept_as, pack_extraction(found, source.text)))
        values = {
            "doc": doc,
            "kept": kept_as,
            "id": bytes.fromhex(source.id),
            "came": kept_as,
            **kept,
            **{name: getattr(source, name) for name in ("path", "title", "publisher", "author", "language")},
            "published": source.published.isoformat() if source.published else None,
            "format": source.format,
            "encoding": source.encoding,
            "pages": pack_pages(source.pages),
            "extractor": self._extractor(db, found.extractor),
            "words": source.words,
            **{name: len(getattr(found, name)) for name in ("mentions", "counts", "participants", "quotes")},
            "traits": traits(found),
            "warnings": json.dumps(warnings, ensure_ascii=False) if warnings else None,
        }
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        db.execute(f"INSERT INTO source ({names}) VALUES ({marks})", tuple(values.values()))
        return kept_as

    def _forget(self, db: sqlite3.Connection, doc: int, batch: "_Batch", *, index: bool) -> None:
        """Take out all that is kept of a source but its reviews, and, unless ``index``, the index of its text."""
        source = source_of(db, doc)
        found = extraction_of(db, doc, source.text)
        if index:
            db.execute(
                "INSERT INTO word_index (word_index, rowid, title, body) VALUES ('delete', ?, ?, ?)",
                (doc, " ".join(texts(source.title)), " ".join(texts(source.text))),
            )
        if found.quotes:
            db.execute(
                "INSERT INTO quote_index (quote_index, rowid, text) VALUES ('delete', ?, ?)",
                (doc, texts_of_quotes(source, found)),
            )
        self._count(db, doc, source, found, batch, -1)
        for table in ("body", "extraction", "names"):
            db.execute(f"DELETE FROM {table} WHERE kept = (SELECT kept FROM source WHERE doc = ?)", (doc,))
        db.execute("DELETE FROM source WHERE doc = ?", (doc,))

    def _count(
        self, db: sqlite3.Connection, doc: int, source: Source, found: Extraction, batch: "_Batch", sign: int
    ) -> Iterable[int]:
        """Add what the source holds to the counters, or take it off; the numbers of its names."""
        names: Counter[int] = Counter()
        for kind, name, written in _names(source, found):
            entity = self._entity(db, kind, name)
            if written is None or kind != "SPEAKER":
                names[entity] += 1
            if written is not None and written != name:
                batch.aliases[entity, written] += sign
        for entity, n in names.items():
            batch.sources[entity] += sign
            batch.mentions[entity] += sign * n
            batch.places[entity, doc] += sign
        for total, n in (
            ("sources", 1),
            ("mentions", len(found.mentions)),
            ("counts", len(found.counts)),
            ("participants", len(found.participants)),
            ("quotes", len(found.quotes)),
        ):
            batch.totals[total] += sign * n
        return names

    def _flush(self, db: sqlite3.Connection, batch: "_Batch") -> None:
        """Write what was gathered.

        The index is given its sources in the order of their numbers; else it would begin a new part with each.
        """
        indexed = [(doc, " ".join(title), " ".join(body)) for doc, title, body in sorted(batch.indexed)]
        db.executemany("INSERT INTO word_index (rowid, title, body) VALUES (?, ?, ?)", indexed)
        db.executemany("INSERT INTO quote_index (rowid, text) VALUES (?, ?)", sorted(batch.quoted))
        words = {word for _, title, body in batch.indexed for word in (*title, *body) if len(word) > 2} - self._words
        db.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", sorted((w,) for w in words if w.isalpha()))
        if len(self._words) < _REMEMBERED:
            self._words |= words
        db.executemany(
            "UPDATE entity SET sources = sources + ?, mentions = mentions + ? WHERE entity = ?",
            [(batch.sources[entity], batch.mentions[entity], entity) for entity in sorted(batch.sources)],
        )
        for sql, change in (
            ("DELETE FROM entity_doc WHERE entity = ? AND doc = ?", -1),
            ("INSERT INTO entity_doc VALUES (?, ?)", 1),
        ):
            db.executemany(sql, sorted(place for place, n in batch.places.items() if n == change))
        self._flush_aliases(db, batch)
        db.executemany("UPDATE total SET n = n + ? WHERE name = ?", [(n, name) for name, n in batch.totals.items()])

    def _flush_aliases(self, db: sqlite3.Connection, batch: "_Batch") -> None:
        aliases = sorted((entity, text, n) for (entity, text), n in batch.aliases.items() if n)
        db.executemany(
            "INSERT INTO alias VALUES (?, ?, ?) ON CONFLICT (entity, text) DO UPDATE SET n = n + excluded.n", aliases
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

    def _entity(self, db: sqlite3.Connection, kind: str, name: str) -> int:
        number = self._entities.get((kind, name))
        if number is None:
            found = db.execute("SELECT entity FROM entity WHERE type = ? AND name = ?", (kind, name)).fetchone()
            if found is None:
                found = (db.execute("INSERT INTO entity (type, name) VALUES (?, ?)", (kind, name)).lastrowid,)
                words = [(word, found[0]) for word in set(texts(name))]
                db.executemany("INSERT OR IGNORE INTO entity_word VALUES (?, ?)", words)
            if len(self._entities) >= _REMEMBERED:
                self._entities.clear()
            number = self._entities[kind, name] = int(found[0])
        return number

    def _extractor(self, db: sqlite3.Connection, fingerprint: str) -> int:
        if fingerprint not in self._extractors:
            db.execute("INSERT OR IGNORE INTO extractor (fingerprint) VALUES (?)", (fingerprint,))
            found = db.execute("SELECT number FROM extractor WHERE fingerprint = ?", (fingerprint,)).fetchone()
            self._extractors[fingerprint] = int(found[0])
        return self._extractors[fingerprint]


class _Batch:
    """What a batch adds to the indexes and counters, gathered."""

    def __init__(self) -> None:
        self.indexed: list[tuple[int, list[str], list[str]]] = []
        self.quoted: list[tuple[int, str]] = []
        self.sources: Counter[int] = Counter()
        self.mentions: Counter[int] = Counter()
        self.places: Counter[tuple[int, int]] = Counter()
        self.aliases: Counter[tuple[int, str]] = Counter()
        self.totals: Counter[str] = Counter()


def _names(source: Source, found: Extraction) -> Iterator[tuple[str, str, str | None]]:
    """Every mention of a name in the source, as type, name and how it is written.

    A speaker is written as the entity of that name is; these do not count as mentions, what he said does.
    """
    speakers = {quote.speaker for quote in found.quotes if quote.speaker}
    for mention in found.mentions:
        yield mention.type, mention.name, mention.text
        if mention.name in speakers:
            yield "SPEAKER", mention.name, mention.text
    for quote in found.quotes:
        if quote.speaker:
            yield "SPEAKER", quote.speaker, None
    if source.publisher:
        yield "PUBLISHER", source.publisher, None
