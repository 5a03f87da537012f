"""Putting sources into the library and taking them out: rows, texts, indexes and counters, all or nothing.

Sources are written in batches. What many of them share, the counters of a name above all, is written once a batch.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from briefing.library.search.matcher import texts_of_quotes
from briefing.library.store import reviews
from briefing.library.store.codec import pack_details, pack_extraction, pack_numbers, pack_text
from briefing.library.store.entity_view import Edits, Key, edits_of
from briefing.library.store.name_counts import Counters, tally
from briefing.library.store.row_ids import allot
from briefing.library.store.source_rows import by_number, extraction_of, source_of
from briefing.library.store.tokenizer import texts
from briefing.library.store.traits import traits
from briefing.model.facts import Extraction
from briefing.model.listing import SourceRow
from briefing.model.source import Source

_STATES: Final = ("added", "came", "read", "reviewed", "position", "pinned", "gone", "newer")
"""What stays with a source when it is extracted anew."""
_REMEMBERED: Final = 50_000
"""Words that are remembered so as not to be written again."""


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
        self._counters = Counters()
        self._edits = Edits(())
        self._extractors: dict[str, int] = {}
        self._words: set[str] = set()

    def add(self, db: sqlite3.Connection, items: Sequence[Item]) -> list[SourceRow]:
        """Put the sources in, or their new extractions in place of the old ones; the rows in the order of ``items``."""
        self._edits = edits_of(db)
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
        key, newer = db.execute("SELECT id, newer FROM source WHERE doc = ?", (doc,)).fetchone()
        self._forget(db, doc, index=True)
        reviews.drop(db, key)
        db.execute("DELETE FROM tag WHERE id = ?", (key,))
        db.execute("UPDATE source SET newer = ? WHERE newer = ?", (newer, key))
        self._counters.flush(db)

    def _put(self, db: sqlite3.Connection, item: Item, batch: "_Batch") -> int:
        source, found, added = item
        key = bytes.fromhex(source.id)
        kept: dict[str, Any] = {}
        doc, index = 0, True
        shown, edited = self._shown(found, source.text)
        old = db.execute(f"SELECT doc, {', '.join(_STATES)} FROM source WHERE id = ?", (key,)).fetchone()
        if old is not None:
            before = source_of(db, old[0])
            same_day = str(before.published)[:10] == str(source.published)[:10]
            index = not (same_day and before.title == source.title and before.text == source.text)
            self._forget(db, old[0], index=index)
            doc, kept = old[0] if same_day else 0, dict(zip(_STATES, old[1:], strict=True))
            reviews.carry_over(db, key, _with_parts(found, shown), same_text=before.text == source.text)
        doc = doc or allot(db, source.published)
        if not kept:
            kept["added"] = (
                db.execute("SELECT coalesce(max(added), 0) + 1 FROM source").fetchone()[0] if added is None else added
            )
        kept_as = self._insert(db, doc, item, shown, kept)
        db.execute("DELETE FROM failure WHERE path = ?", (source.path,))
        if index:
            batch.indexed.append((doc, texts(source.title), texts(source.text)))
        if found.quotes:
            batch.quoted.append((doc, texts_of_quotes(source, found)))
        names = sorted(self._count(db, doc, source, shown, 1))
        db.execute("INSERT INTO names VALUES (?, ?)", (kept_as, pack_numbers(names)))
        places = [(self._counters.number(db, name), doc) for name in edited]
        db.executemany("INSERT INTO edited_doc VALUES (?, ?)", places)
        return doc

    def _shown(self, found: Extraction, text: str) -> tuple[Extraction, set[Key]]:
        """What was found with the names it has by the edits of entities, and the names that these are about."""
        if not self._edits:
            return found, set()
        fields = found.model_dump()
        changed = self._edits.change(fields, text)
        return (found if changed.found is fields else Extraction.model_validate(changed.found)), changed.names

    def _insert(
        self, db: sqlite3.Connection, doc: int, item: Item, shown: Extraction, kept: Mapping[str, Any]
    ) -> int | None:
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
            "pages": pack_details(source),
            "extractor": self._extractor(db, found.extractor),
            "words": source.words,
            **{name: len(getattr(shown, name)) for name in ("mentions", "counts", "participants", "quotes")},
            "traits": traits(shown),
            "warnings": json.dumps(warnings, ensure_ascii=False) if warnings else None,
        }
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        db.execute(f"INSERT INTO source ({names}) VALUES ({marks})", tuple(values.values()))
        return kept_as

    def _forget(self, db: sqlite3.Connection, doc: int, *, index: bool) -> None:
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
        self._count(db, doc, source, found, -1)
        db.execute("DELETE FROM edited_doc WHERE doc = ?", (doc,))
        for table in ("body", "extraction", "names"):
            db.execute(f"DELETE FROM {table} WHERE kept = (SELECT kept FROM source WHERE doc = ?)", (doc,))
        db.execute("DELETE FROM source WHERE doc = ?", (doc,))

    def _count(self, db: sqlite3.Connection, doc: int, source: Source, found: Extraction, sign: int) -> list[int]:
        """Add what the source holds to the counters, or take it off; the numbers of its names."""
        for total, n in (
            ("sources", 1),
            ("mentions", len(found.mentions)),
            ("counts", len(found.counts)),
            ("participants", len(found.participants)),
            ("quotes", len(found.quotes)),
        ):
            self._counters.total(total, sign * n)
        return self._counters.add(db, doc, tally(found, source.publisher), sign)

    def _flush(self, db: sqlite3.Connection, batch: "_Batch") -> None:
        """Write what was gathered.

        The index is given its sources in the order of their numbers; else it would begin a new part with each.
        """
        indexed = [(doc, " ".join(title), " ".join(body)) for doc, title, body in sorted(batch.indexed)]
        db.executemany("INSERT INTO word_index (rowid, title, body) VALUES (?, ?, ?)", indexed)
        db.executemany("INSERT INTO quote_index (rowid, text) VALUES (?, ?)", sorted(batch.quoted))
        words = {word for _, title, body in batch.indexed for word in (*title, *body) if len(word) > 2} - self._words
        db.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", sorted((w,) for w in words if not w.isdecimal()))
        if len(self._words) < _REMEMBERED:
            self._words |= words
        self._counters.flush(db)

    def _extractor(self, db: sqlite3.Connection, fingerprint: str) -> int:
        if fingerprint not in self._extractors:
            db.execute("INSERT OR IGNORE INTO extractor (fingerprint) VALUES (?)", (fingerprint,))
            found = db.execute("SELECT number FROM extractor WHERE fingerprint = ?", (fingerprint,)).fetchone()
            self._extractors[fingerprint] = int(found[0])
        return self._extractors[fingerprint]


class _Batch:
    """What a batch adds to the indexes, gathered."""

    def __init__(self) -> None:
        self.indexed: list[tuple[int, list[str], list[str]]] = []
        self.quoted: list[tuple[int, str]] = []


def _with_parts(found: Extraction, shown: Extraction) -> Extraction:
    """What was found, with the participants that only edits of entities have made: they may have verdicts too."""
    known = {one.key for one in found.participants}
    made = tuple(one for one in shown.participants if one.key not in known)
    return found.model_copy(update={"participants": (*found.participants, *made)}) if made else found
