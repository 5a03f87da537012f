"""Putting sources into the library and taking them out: rows, texts, indexes and counters, all or nothing.

Sources are written in batches. What many of them share, the counters of a name above all, is written once a batch.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from briefing.library.errors import Damaged
from briefing.library.search.matcher import texts_of_quotes
from briefing.library.store import removal, reviews
from briefing.library.store.codec import pack_details, pack_extraction, pack_text
from briefing.library.store.codec_names import pack_numbers, unpack_numbers
from briefing.library.store.entity_view import Edits, Key, edits_of
from briefing.library.store.fact_table import FactTable, forget_terms
from briefing.library.store.name_counts import Counters, tally
from briefing.library.store.removal import mark_of
from briefing.library.store.row_ids import allot
from briefing.library.store.schema import TOTALS
from briefing.library.store.source_rows import by_number, extracted, extraction_of, source_of
from briefing.library.store.tokenizer import texts
from briefing.library.store.traits import traits
from briefing.model.facts import Extraction
from briefing.model.listing import SourceRow
from briefing.model.source import Source

_STATES: Final = ("added", "came", "read", "reviewed", "position", "pinned", "gone", "newer")
"""What stays with a source when it is extracted anew."""
_TOGETHER: Final = 200
"""Sources that are written at once when all is made anew."""
_REMEMBERED: Final = 50_000
"""Words that are remembered so as not to be written again."""


class Item(NamedTuple):
    """One source to add. ``added`` is its place in the order of adding; None puts it last."""

    source: Source
    extraction: Extraction
    added: int | None = None


class Writer:
    """Writes through one connection.

    What it remembers stays true when other programs write, until one of them takes sources out. After a transaction
    that was undone it must not be used any more.
    """

    def __init__(self) -> None:
        self._counters = Counters()
        self._facts = FactTable()
        self._edits = Edits(())
        self._extractors: dict[str, int] = {}
        self._words: set[str] = set()
        self._removals = -1
        self._spoilt = False
        """Whether a source was taken out of which it was not known what to take out of the indexes."""

    def add(self, db: sqlite3.Connection, items: Sequence[Item]) -> list[SourceRow]:
        """Put the sources in, or their new extractions in place of the old ones; the rows in the order of ``items``."""
        self._edits = edits_of(db)
        self._look_again(db)
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
        if self._spoilt:
            self.rebuild(db)
        db.executemany("DELETE FROM removed WHERE mark = ?", [(mark_of(db, item.source.id),) for item in items])
        rows = {row.id: row for row in by_number(db, docs).values()}  # one that is there twice has changed its number
        return [rows[item.source.id] for item in items]

    def remove(self, db: sqlite3.Connection, doc: int) -> None:
        """Take the source with the number ``doc`` out, with its reviews."""
        self._look_again(db)
        key, newer = db.execute("SELECT id, newer FROM source WHERE doc = ?", (doc,)).fetchone()
        gone = self._forget(db, doc, index=True)
        reviews.drop(db, key)
        db.execute("DELETE FROM tag WHERE id = ?", (key,))
        db.execute("UPDATE source SET newer = ? WHERE newer = ?", (newer, key))
        removal.forget_files(db, key)
        self._counters.flush(db)
        self._facts.flush(db)
        db.execute("UPDATE removal SET n = n + 1, overwritten = min(overwritten, 1) * 2")  # 0 stays, else to be merged
        if self._spoilt:
            self.rebuild(db)
        else:
            removal.forget_names(db, gone.names)
            removal.forget_words(db, gone.words)
            forget_terms(db, gone.terms)
        self._look_again(db)

    def rebuild(self, db: sqlite3.Connection) -> None:
        """Make names, counters and indexes anew from the sources; those that are damaged are left out of them."""
        self._spoilt = False
        removal.clear_derived(db)
        self._look_again(db)
        self._edits = edits_of(db)
        batch = _Batch()
        for number, (doc, kept) in enumerate(db.execute("SELECT doc, kept FROM source ORDER BY doc").fetchall(), 1):
            try:
                source = source_of(db, doc)
                found = extracted(db, doc, source.text)
            except Damaged:
                self._counters.total("sources", 1)
                continue
            self._index(db, doc, kept, source, found, batch, text=True)
            if number % _TOGETHER == 0:
                self._flush(db, batch)
                batch = _Batch()
        self._flush(db, batch)

    def _look_again(self, db: sqlite3.Connection) -> None:
        """Forget what was remembered, where sources were taken out since: numbers and words may mean others now."""
        removals = db.execute("SELECT n FROM removal").fetchone()[0]
        if removals != self._removals:
            self._removals = removals
            self._counters = Counters()
            self._facts = FactTable()
            self._words = set()

    def _put(self, db: sqlite3.Connection, item: Item, batch: "_Batch") -> int:
        source, found, added = item
        key = bytes.fromhex(source.id)
        kept: dict[str, Any] = {}
        doc, index = 0, True
        shown, edited = self._shown(found, source.text)
        old = db.execute(f"SELECT doc, {', '.join(_STATES)} FROM source WHERE id = ?", (key,)).fetchone()
        if old is not None:
            before = _before(db, old[0])
            same_day = before is not None and str(before.published)[:10] == str(source.published)[:10]
            same_text = before is not None and before.text == source.text
            index = not (before is not None and same_day and before.title == source.title and same_text)
            self._forget(db, old[0], index=index)
            doc, kept = old[0] if same_day and not self._spoilt else 0, dict(zip(_STATES, old[1:], strict=True))
            reviews.carry_over(db, key, _with_parts(found, shown), same_text=same_text)
        doc = doc or allot(db, source.published)
        if not kept:
            kept["added"] = (
                db.execute("SELECT coalesce(max(added), 0) + 1 FROM source").fetchone()[0] if added is None else added
            )
        kept_as = self._insert(db, doc, item, shown, kept)
        db.execute("DELETE FROM failure WHERE path = ?", (source.path,))
        self._index(db, doc, kept_as, source, found, batch, text=index, shown=(shown, edited))
        return doc

    def _index(
        self,
        db: sqlite3.Connection,
        doc: int,
        kept: int | None,
        source: Source,
        found: Extraction,
        batch: "_Batch",
        *,
        text: bool,
        shown: tuple[Extraction, set[Key]] | None = None,
    ) -> None:
        """Put what a source holds into counters and indexes, that of words only with ``text``."""
        named, edited = shown or self._shown(found, source.text)
        if text:
            batch.indexed.append((doc, texts(source.title), texts(source.text)))
        if found.quotes:
            batch.quoted.append((doc, texts_of_quotes(source, found)))
        self._facts.add(db, doc, found)
        names = sorted(self._count(db, doc, source, named, 1))
        db.execute("INSERT INTO names VALUES (?, ?)", (kept, pack_numbers(names)))
        places = [(self._counters.number(db, name), doc) for name in edited]
        db.executemany("INSERT INTO edited_doc VALUES (?, ?)", places)

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
            **{name: len(getattr(shown, name)) for name in TOTALS[1:]},
            "traits": traits(shown),
            "warnings": json.dumps(warnings, ensure_ascii=False) if warnings else None,
        }
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        db.execute(f"INSERT INTO source ({names}) VALUES ({marks})", tuple(values.values()))
        return kept_as

    def _forget(self, db: sqlite3.Connection, doc: int, *, index: bool) -> "_Gone":
        """Take out all that is kept of a source but its reviews, and, unless ``index``, the index of its text.

        Where it is damaged, what it has in the indexes is not known: all of them have to be made anew.
        """
        gone = _Gone()
        try:
            source = source_of(db, doc)
            found, raw = extraction_of(db, doc, source.text), extracted(db, doc, source.text)
        except Damaged:
            self._spoilt = True
        else:
            self._spoilt |= not self._is_known(db, doc, source, found)
            if not self._spoilt:
                gone.terms = self._facts.remove(db, doc, raw)
                gone.names, gone.words = self._unindex(db, doc, source, found, index=index)
        db.execute("DELETE FROM edited_doc WHERE doc = ?", (doc,))
        for table in ("body", "extraction", "names"):
            db.execute(f"DELETE FROM {table} WHERE kept = (SELECT kept FROM source WHERE doc = ?)", (doc,))
        db.execute("DELETE FROM source WHERE doc = ?", (doc,))
        return gone

    def _is_known(self, db: sqlite3.Connection, doc: int, source: Source, found: Extraction) -> bool:
        """Whether the names that were noted of a source are those that it has: else one of them is damaged."""
        sql = "SELECT entities FROM source JOIN names USING (kept) WHERE doc = ?"
        noted = db.execute(sql, (doc,)).fetchone()
        names = {self._counters.number(db, key) for key in tally(found, source.publisher).names}
        return noted is not None and set(unpack_numbers(noted[0])) == names

    def _unindex(
        self, db: sqlite3.Connection, doc: int, source: Source, found: Extraction, *, index: bool
    ) -> tuple[list[int], set[str]]:
        words: set[str] = set()
        if index:
            title, body = texts(source.title), texts(source.text)
            words.update(title, body)
            db.execute(
                "INSERT INTO word_index (word_index, rowid, title, body) VALUES ('delete', ?, ?, ?)",
                (doc, " ".join(title), " ".join(body)),
            )
        if found.quotes:
            db.execute(
                "INSERT INTO quote_index (quote_index, rowid, text) VALUES ('delete', ?, ?)",
                (doc, texts_of_quotes(source, found)),
            )
        return self._count(db, doc, source, found, -1), words

    def _count(self, db: sqlite3.Connection, doc: int, source: Source, found: Extraction, sign: int) -> list[int]:
        """Add what the source holds to the counters, or take it off; the numbers of its names."""
        self._counters.total("sources", sign)
        for total in TOTALS[1:]:
            self._counters.total(total, sign * len(getattr(found, total)))
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
        self._facts.flush(db)

    def _extractor(self, db: sqlite3.Connection, fingerprint: str) -> int:
        if fingerprint not in self._extractors:
            db.execute("INSERT OR IGNORE INTO extractor (fingerprint) VALUES (?)", (fingerprint,))
            found = db.execute("SELECT number FROM extractor WHERE fingerprint = ?", (fingerprint,)).fetchone()
            self._extractors[fingerprint] = int(found[0])
        return self._extractors[fingerprint]


def _before(db: sqlite3.Connection, doc: int) -> Source | None:
    """The source as it was, unless it is damaged."""
    try:
        return source_of(db, doc)
    except Damaged:
        return None


class _Batch:
    """What a batch adds to the indexes, gathered."""

    def __init__(self) -> None:
        self.indexed: list[tuple[int, list[str], list[str]]] = []
        self.quoted: list[tuple[int, str]] = []


class _Gone:
    """Numbers of the names, words and names of facts of a source that was taken out of the indexes."""

    def __init__(self) -> None:
        self.names: list[int] = []
        self.words: set[str] = set()
        self.terms: set[int] = set()


def _with_parts(found: Extraction, shown: Extraction) -> Extraction:
    """What was found, with the participants that only edits of entities have made: they may have verdicts too."""
    known = {one.key for one in found.participants}
    made = tuple(one for one in shown.participants if one.key not in known)
    return found.model_copy(update={"participants": (*found.participants, *made)}) if made else found
