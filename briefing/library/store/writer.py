"""Add sources to the library and remove them: rows, texts, indexes and counters, all or nothing.

Sources are written in batches. What many of them share, the counters of a name above all, is written once a batch.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

from briefing.library.errors import Damaged
from briefing.library.store import removal, reviews
from briefing.library.store.codec import pack_details, pack_extraction, pack_text
from briefing.library.store.codec_names import pack_numbers, unpack_numbers
from briefing.library.store.database import Database
from briefing.library.store.entity_view import Edits, Key, edits_of
from briefing.library.store.fact_table import FactTable, forget_terms
from briefing.library.store.fts.states import ONCE, TO_MERGE, TO_SETTLE
from briefing.library.store.name_counts import TOTALS, Counters, tally
from briefing.library.store.removal import marks_of
from briefing.library.store.row_ids import allot
from briefing.library.store.source_rows import by_number, extracted, extraction_of, source_of
from briefing.library.store.traits import traits
from briefing.library.store.word_index import Indexed, IndexWriter, WordIndex, indexed
from briefing.model.facts import Extraction
from briefing.model.listing import SourceRow
from briefing.model.source import Source

_STATES: Final = ("added", "came", "read", "reviewed", "position", "pinned", "gone", "newer")
"""What stays with a source when it is extracted anew."""
OLD: Final = f"doc, {', '.join(_STATES)}"
_TOGETHER: Final = 200
"""Sources that are written at once when all is made anew."""


class Item(NamedTuple):
    """One source to add. ``added`` is its place in the order of adding; None puts it last."""

    source: Source
    extraction: Extraction
    added: int | None = None


class Ready(NamedTuple):
    """A source to add with all that can be made of it before anybody has to wait for the library."""

    item: Item
    text: bytes
    facts: bytes
    words: Indexed


def ready(item: Item) -> Ready:
    """Pack a source and cut it into words."""
    source, found, _ = item
    return Ready(
        item, pack_text(source.text), pack_extraction(found, source.text), indexed(0, source, found, text=True)
    )


class Verdicts(Protocol):
    """What becomes of verdicts when sources are written (see :mod:`briefing.library.store.reviews`)."""

    def carry_over(self, db: Database, key: bytes, found: Extraction, text: str, *, same_text: bool) -> None:
        """Move the verdicts on a source to the facts of its new extraction.

        Args:
            db: Connection in a transaction.
            key: Id of the source, as 32 bytes.
            found: The new extraction.
            text: The text that it was read from.
            same_text: Whether the text is unchanged.
        """

    def drop(self, db: Database, key: bytes) -> None:
        """Delete the verdicts on a source.

        Args:
            db: Connection in a transaction.
            key: Id of the source, as 32 bytes.
        """


class Writer:
    """Write through one connection.

    Its caches stay true when other programs write, until one of them takes sources out. After a transaction
    that was undone it must not be used any more.
    """

    def __init__(self, index: IndexWriter | None = None, verdicts: Verdicts = reviews) -> None:
        """Write into this index, the one of a library file without, and keep verdicts as these functions do."""
        self._index_writer: IndexWriter = index or WordIndex()
        self._verdicts = verdicts
        self._counters = Counters()
        self._facts = FactTable()
        self._edits = Edits(())
        self._extractors: dict[str, int] = {}
        self._removals = -1
        self._spoilt = False
        """Whether a source was taken out of which it was not known what to take out of the indexes."""

    def add(self, db: Database, made: Sequence[Ready]) -> list[SourceRow]:
        """Add sources, or replace their extractions; returns their rows in the order of ``made``.

        Args:
            db: Connection in a transaction.
            made: Sources with their extractions; of two with the same id the later one stays.
        """
        self._edits = edits_of(db)
        self._look_again(db)
        batch: list[Indexed] = []
        docs: list[int] = []
        seen: set[str] = set()
        for one in made:
            if one.item.source.id in seen:  # written twice in one go: the first one must be there to be replaced
                self._flush(db, batch)
                batch, seen = [], set()
            seen.add(one.item.source.id)
            docs.append(self._put(db, one, batch))
        self._flush(db, batch)
        if self._spoilt:
            self.rebuild(db)
        ids = [one.item.source.id for one in made]
        db.executemany("DELETE FROM removed WHERE mark = ?", marks_of(db, ids))
        rows = {row.id: row for row in by_number(db, docs).values()}  # one that is there twice has changed its number
        return [rows[source_id] for source_id in ids]

    def remove(self, db: Database, doc: int, *, many: bool = False) -> None:
        """Remove a source with its reviews and tags, and from workspaces.

        Args:
            db: Connection in a transaction.
            doc: Row number of the source.
            many: Whether so many are taken out that the indexes are better merged in the end.
        """
        self._look_again(db)
        key, newer = db.execute("SELECT id, newer FROM source WHERE doc = ?", (doc,)).fetchone()
        gone = self._forget(db, doc, index=True, wholly=not many)
        if many:
            db.execute("UPDATE removal SET overwritten = ? WHERE overwritten > 0", (TO_MERGE,))
        self._verdicts.drop(db, key)
        db.execute("DELETE FROM tag WHERE id = ?", (key,))
        db.execute("DELETE FROM workspace_source WHERE id = ?", (key,))
        db.execute("UPDATE source SET newer = ? WHERE newer = ?", (newer, key))
        removal.forget_files(db, key)
        self._counters.flush(db)
        self._facts.flush(db)
        db.execute("UPDATE removal SET n = n + 1")
        db.execute("UPDATE removal SET overwritten = ? WHERE overwritten = ?", (TO_SETTLE, ONCE))
        if self._spoilt:
            db.execute("UPDATE removal SET overwritten = ? WHERE overwritten > 0", (TO_MERGE,))
            self.rebuild(db)
        else:
            removal.forget_names(db, gone.names)
            self._index_writer.forget(db, gone.words)
            forget_terms(db, gone.terms)
        self._look_again(db)

    def rebuild(self, db: Database) -> None:
        """Rebuild names, counters and indexes from the sources; damaged ones are left out."""
        self._spoilt = False
        removal.clear_derived(db)
        self._index_writer.clear(db)
        self._look_again(db)
        self._edits = edits_of(db)
        batch: list[Indexed] = []
        rows = db.execute("SELECT doc, kept, came FROM source ORDER BY doc").fetchall()
        for number, (doc, kept, came) in enumerate(rows, 1):
            try:
                source = source_of(db, doc)
                found = extracted(db, doc, source.text)
            except Damaged:
                self._counters.total("sources", 1)
                continue
            words = indexed(doc, source, found, text=True)._replace(came=came)
            self._index(db, doc, kept, Item(source, found), words, batch)
            if number % _TOGETHER == 0:
                self._flush(db, batch)
                batch = []
        self._flush(db, batch)

    def _look_again(self, db: Database) -> None:
        """Forget what was remembered, where sources were taken out since: numbers and words may mean others now."""
        removals = db.execute("SELECT coalesce(max(n), 0) FROM removal").fetchone()[0]
        if removals != self._removals:
            self._removals = removals
            self._counters = Counters()
            self._facts = FactTable()
            self._index_writer.look_again()

    def _put(self, db: Database, made: Ready, batch: list[Indexed]) -> int:
        source, found, added = item = made.item
        key = bytes.fromhex(source.id)
        kept: dict[str, Any] = {}
        doc, index = 0, True
        shown, edited = self._shown(found, source.text)
        old = self._old(db, key)
        if old is not None:
            before = _before(db, old[0])
            same_day = before is not None and str(before.published)[:10] == str(source.published)[:10]
            same_text = before is not None and before.text == source.text
            index = not (before is not None and same_day and before.title == source.title and same_text)
            self._forget(db, old[0], index=index)
            doc, kept = old[0] if same_day and not self._spoilt else 0, dict(zip(_STATES, old[1:], strict=True))
            self._verdicts.carry_over(db, key, _with_parts(found, shown), source.text, same_text=same_text)
        doc = doc or self._allot(db, source)
        if not kept:
            kept["added"] = (
                db.execute("SELECT coalesce(max(added), 0) + 1 FROM source").fetchone()[0] if added is None else added
            )
        kept_as = self._insert(db, doc, made, shown, kept)
        db.execute("DELETE FROM failure WHERE path = ?", (source.path,))
        words = made.words if index else Indexed(doc, quotes=made.words.quotes, text=False)
        words = words._replace(doc=doc, came=kept.get("came", kept_as or 0))
        self._index(db, doc, kept_as, item, words, batch, (shown, edited))
        return doc

    def _old(self, db: Database, key: bytes) -> tuple[Any, ...] | None:
        """The number of a source that is there, and what stays with it."""
        found: tuple[Any, ...] | None = db.execute(f"SELECT {OLD} FROM source WHERE id = ?", (key,)).fetchone()
        return found

    def _allot(self, db: Database, source: Source) -> int:
        return allot(db, source.published)

    def _put_text(self, db: Database, packed: bytes) -> int | None:
        """Keep a text; the number that it is kept under."""
        return db.execute("INSERT INTO body (text) VALUES (?)", (packed,)).lastrowid

    def _index(
        self,
        db: Database,
        doc: int,
        kept: int | None,
        item: Item,
        words: Indexed,
        batch: list[Indexed],
        shown: tuple[Extraction, set[Key]] | None = None,
    ) -> None:
        """Put what a source holds into counters and indexes."""
        source, found, _ = item
        named, edited = shown or self._shown(found, source.text)
        batch.append(words)
        self._facts.add(db, doc, found)
        names = sorted(self._count(db, doc, source, named, 1))
        db.execute("INSERT INTO names VALUES (?, ?)", (kept, pack_numbers(names)))
        places = [(self._counters.number(db, name), doc) for name in edited]
        db.executemany("INSERT INTO edited_doc VALUES (?, ?)", places)

    def _shown(self, found: Extraction, text: str) -> tuple[Extraction, set[Key]]:
        """An extraction with the edits of entities applied, and the names that these are about."""
        if not self._edits:
            return found, set()
        fields = found.model_dump()
        changed = self._edits.change(fields, text)
        return (found if changed.found is fields else Extraction.model_validate(changed.found)), changed.names

    def _insert(self, db: Database, doc: int, made: Ready, shown: Extraction, kept: Mapping[str, Any]) -> int | None:
        source, found, _ = made.item
        warnings = [warning.message for warning in found.warnings]
        kept_as = self._put_text(db, made.text)
        db.execute("INSERT INTO extraction VALUES (?, ?)", (kept_as, made.facts))
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

    def _forget(self, db: Database, doc: int, *, index: bool, wholly: bool = False) -> "_Gone":
        """Take out all that is kept of a source but its reviews, and, unless ``index``, the index of its text.

        Where it is damaged, what it has in the indexes is not known: all of them have to be made anew.
        """
        gone = _Gone()
        try:
            source = source_of(db, doc)
            found, raw = extraction_of(db, doc, source.text, added=False), extracted(db, doc, source.text)
        except Damaged:
            self._spoilt = True
        else:
            self._spoilt |= not self._is_known(db, doc, source, found)
            if not self._spoilt:
                gone.terms = self._facts.remove(db, doc, raw)
                gone.names, gone.words = self._unindex(db, doc, source, found, index=index, wholly=wholly)
        db.execute("DELETE FROM edited_doc WHERE doc = ?", (doc,))
        for table in ("body", "extraction", "names"):
            db.execute(f"DELETE FROM {table} WHERE kept = (SELECT kept FROM source WHERE doc = ?)", (doc,))
        db.execute("DELETE FROM source WHERE doc = ?", (doc,))
        return gone

    def _is_known(self, db: Database, doc: int, source: Source, found: Extraction) -> bool:
        """Whether the names that were noted of a source are those that it has: else one of them is damaged."""
        sql = "SELECT entities FROM source JOIN names USING (kept) WHERE doc = ?"
        noted = db.execute(sql, (doc,)).fetchone()
        names = {self._counters.number(db, key) for key in tally(found, source.publisher).names}
        return noted is not None and set(unpack_numbers(noted[0])) == names

    def _unindex(
        self, db: Database, doc: int, source: Source, found: Extraction, *, index: bool, wholly: bool
    ) -> tuple[list[int], set[str]]:
        words = self._index_writer.take(db, doc, source, found, text=index, wholly=wholly)
        return self._count(db, doc, source, found, -1), words

    def _count(self, db: Database, doc: int, source: Source, found: Extraction, sign: int) -> list[int]:
        """Add what the source holds to the counters, or take it off; the numbers of its names."""
        self._counters.total("sources", sign)
        for total in TOTALS[1:]:
            self._counters.total(total, sign * len(getattr(found, total)))
        return self._counters.add(db, doc, tally(found, source.publisher), sign)

    def _flush(self, db: Database, batch: Sequence[Indexed]) -> None:
        """Write what was gathered."""
        self._index_writer.put(db, batch)
        self._counters.flush(db)
        self._facts.flush(db)

    def _extractor(self, db: Database, fingerprint: str) -> int:
        if fingerprint not in self._extractors:
            db.execute("INSERT OR IGNORE INTO extractor (fingerprint) VALUES (?)", (fingerprint,))
            found = db.execute("SELECT number FROM extractor WHERE fingerprint = ?", (fingerprint,)).fetchone()
            self._extractors[fingerprint] = int(found[0])
        return self._extractors[fingerprint]


def _before(db: Database, doc: int) -> Source | None:
    """The source as it was, unless it is damaged."""
    try:
        return source_of(db, doc)
    except Damaged:
        return None


class _Gone:
    """Numbers of the names, words and names of facts of a source that was taken out of the indexes."""

    def __init__(self) -> None:
        self.names: list[int] = []
        self.words: set[str] = set()
        self.terms: set[int] = set()


def _with_parts(found: Extraction, shown: Extraction) -> Extraction:
    """An extraction with the participants that only edits of entities have made: they may have verdicts too."""
    known = {one.key for one in found.participants}
    made = tuple(one for one in shown.participants if one.key not in known)
    return found.model_copy(update={"participants": (*found.participants, *made)}) if made else found
