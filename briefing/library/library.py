"""The library: one file that holds the sources and what was found in them."""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from briefing.library.errors import LibraryError
from briefing.library.words import words
from briefing.model.facts import EntityType, Extraction, FactKind
from briefing.model.listing import EntityCard, Failure, Hit, Occurrence, SearchResult, SourceRow, Totals
from briefing.model.review import Review, ReviewState
from briefing.model.safetext import SafeText
from briefing.model.source import Source

Order = Literal["newest", "title", "publisher", "added"]
SearchOrder = Literal["auto", "ranked", "newest"]

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS source (
    id TEXT PRIMARY KEY, added INTEGER, source TEXT, extraction TEXT, read INTEGER DEFAULT 0,
    reviewed INTEGER DEFAULT 0, position INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS review (
    source TEXT, kind TEXT, key TEXT, state TEXT, edited TEXT, at TEXT, PRIMARY KEY (source, key));
CREATE TABLE IF NOT EXISTS undo (n INTEGER PRIMARY KEY, review TEXT, key TEXT, source TEXT);
CREATE TABLE IF NOT EXISTS failure (path TEXT PRIMARY KEY, reason TEXT);
"""


class Library:
    """Sources, extractions, reviews and search over one SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.executescript(_SCHEMA)

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """The library in the file ``path``. Raises :class:`LibraryError`."""
        if not create and not path.exists():
            raise LibraryError(f"There is no library at {path}.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return cls(path)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(f"The library {path} cannot be opened: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, source: Source, extraction: Extraction) -> SourceRow:
        """Put a source in, or put its new extraction in place of the old one."""
        with self._lock, self._db as db:
            db.execute(
                "INSERT INTO source (id, added, source, extraction)"
                " VALUES (?, (SELECT coalesce(max(added), 0) + 1 FROM source), ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET source = excluded.source, extraction = excluded.extraction",
                (source.id, source.model_dump_json(), extraction.model_dump_json()),
            )
            db.execute("DELETE FROM failure WHERE path = ?", (source.path,))
        return self.row(source.id)

    def remove(self, source_id: str) -> None:
        """Take a source out, with all that was found in it."""
        with self._lock, self._db as db:
            db.execute("DELETE FROM source WHERE id = ?", (source_id,))

    def fail(self, failure: Failure) -> None:
        """Remember a source that was set aside."""
        with self._lock, self._db as db:
            db.execute("REPLACE INTO failure VALUES (?, ?)", (failure.path, failure.reason))

    def resolve(self, ref: str) -> str:
        """The id that ``ref`` is the beginning of. Raises :class:`LibraryError` when none or several are."""
        with self._lock:
            found = [r[0] for r in self._db.execute("SELECT id FROM source") if r[0].startswith(ref.lower())]
        if len(found) != 1:
            raise LibraryError(f"{'Several sources have' if found else 'No source has'} an id that begins with {ref}.")
        return str(found[0])

    def has(self, source_id: str) -> bool:
        """Whether this source is in the library."""
        with self._lock:
            return self._db.execute("SELECT 1 FROM source WHERE id = ?", (source_id,)).fetchone() is not None

    def _rows(self) -> list[SourceRow]:
        with self._lock:
            found = self._db.execute("SELECT source, extraction, read, reviewed FROM source ORDER BY added").fetchall()
        rows = []
        for raw, facts, read, reviewed in found:
            source, extraction = Source.model_validate_json(raw), Extraction.model_validate_json(facts)
            rows.append(
                SourceRow(
                    id=source.id,
                    path=source.path,
                    title=source.title,
                    publisher=source.publisher,
                    published=source.published,
                    words=source.words,
                    counts=len(extraction.counts),
                    participants=len(extraction.participants),
                    quotes=len(extraction.quotes),
                    warnings=tuple(w.message for w in extraction.warnings),
                    read=bool(read),
                    reviewed=bool(reviewed),
                )
            )
        return rows

    def sources(self, order: Order = "newest", text: str = "", offset: int = 0, limit: int = 200) -> list[SourceRow]:
        """Sources whose title or publisher holds ``text``."""
        rows = [r for r in self._rows() if text.lower() in f"{r.title} {r.publisher or ''}".lower()]
        if order == "title":
            rows.sort(key=lambda r: r.title.lower())
        elif order == "publisher":
            rows.sort(key=lambda r: (r.publisher or "~").lower())
        elif order == "newest":
            rows.sort(key=lambda r: str(r.published or ""), reverse=True)
        return rows[offset : offset + limit]

    def _one(self, source_id: str, column: str) -> str:
        with self._lock:
            row = self._db.execute(f"SELECT {column} FROM source WHERE id = ?", (source_id,)).fetchone()  # noqa: S608
        if row is None:
            raise LibraryError(f"No source has the id {source_id}.")
        return str(row[0])

    def source(self, source_id: str) -> Source:
        """The source with its text."""
        return Source.model_validate_json(self._one(source_id, "source"))

    def extraction(self, source_id: str) -> Extraction:
        """All that was found in a source."""
        return Extraction.model_validate_json(self._one(source_id, "extraction"))

    def extractor(self, source_id: str) -> str:
        """The fingerprint of the extractor that read a source."""
        return self.extraction(source_id).extractor

    def row(self, source_id: str) -> SourceRow:
        """A source as a line of a list."""
        return next(r for r in self._rows() if r.id == source_id)

    def totals(self) -> Totals:
        """How much the library holds."""
        rows = self._rows()
        return Totals(
            sources=len(rows),
            mentions=sum(len(self.extraction(r.id).mentions) for r in rows),
            counts=sum(r.counts for r in rows),
            participants=sum(r.participants for r in rows),
            quotes=sum(r.quotes for r in rows),
            failures=len(self.failures()),
        )

    def failures(self) -> list[Failure]:
        """Sources that were set aside."""
        with self._lock:
            found = self._db.execute("SELECT path, reason FROM failure ORDER BY path").fetchall()
        return [Failure(path=p, reason=r) for p, r in found]

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        order: SearchOrder = "auto",  # noqa: ARG002
        within: Collection[str] | None = None,
    ) -> SearchResult:
        """Sources that hold every word of ``query``. Never raises on what a user types."""
        hits = []
        for row in self._rows():
            if within is not None and row.id not in within:
                continue
            marks = self.matches(query, row.id)
            if marks:
                text = self.source(row.id).text
                left = max(0, marks[0][0] - 60)
                right = min(len(text), left + 180)
                inside = tuple((s - left, e - left) for s, e in marks if s >= left and e <= right)
                hits.append(Hit(source=row, snippet=text[left:right], marks=inside, start=marks[0][0], end=marks[0][1]))
        return SearchResult(
            query=query, interpreted=SafeText(query), hits=tuple(hits[offset : offset + limit]), total=len(hits)
        )

    def matches(self, query: str, source_id: str) -> list[tuple[int, int]]:
        """Where the words of ``query`` stand in a source's text."""
        wanted = {w[0] for w in words(query)}
        found = [w for w in words(self.source(source_id).text) if w[0] in wanted]
        return [(w[1], w[2]) for w in found] if wanted and {w[0] for w in found} == wanted else []

    def interrupt(self) -> None:
        """Stop a search that runs in another thread."""
        self._db.interrupt()

    def entity(self, name: str, kind: EntityType) -> EntityCard:
        """All that is known of one entity."""
        aliases: Counter[SafeText] = Counter()
        others: Counter[SafeText] = Counter()
        occurrences = []
        sources = 0
        for row in self._rows():
            mentions = self.extraction(row.id).mentions
            own = [m for m in mentions if m.name == name and m.type == kind]
            if not own:
                continue
            sources += 1
            text = self.source(row.id).text
            others.update({m.name for m in mentions if m.name != name})
            for m in own:
                aliases[m.text] += 1
                snippet = text[max(0, m.start - 50) : m.end + 50].line()
                occurrences.append(
                    Occurrence(source_id=row.id, title=row.title, start=m.start, end=m.end, snippet=snippet)
                )
        return EntityCard(
            name=SafeText(name),
            type=kind,
            aliases=tuple(a for a, _ in aliases.most_common() if a != name),
            mentions=len(occurrences),
            sources=sources,
            with_=tuple(o for o, _ in others.most_common(10)),
            occurrences=tuple(occurrences),
        )

    def entities(self, prefix: str = "", limit: int = 50) -> list[tuple[SafeText, EntityType, int]]:
        """Entities whose name begins with ``prefix``, as name, type and number of sources; the most frequent first."""
        found: Counter[tuple[SafeText, EntityType]] = Counter()
        for row in self._rows():
            found.update({(m.name, m.type) for m in self.extraction(row.id).mentions})
        return [(n, t, c) for (n, t), c in found.most_common() if n.lower().startswith(prefix.lower())][:limit]

    def mark_read(self, source_id: str, read: bool = True) -> None:
        """Note that a source was read."""
        self._set(source_id, "read", int(read))

    def mark_reviewed(self, source_id: str, reviewed: bool = True) -> None:
        """Note that a source was reviewed."""
        self._set(source_id, "reviewed", int(reviewed))

    def position(self, source_id: str) -> int:
        """Where the reader left a source: an offset in its text."""
        return int(self._one(source_id, "position"))

    def set_position(self, source_id: str, position: int) -> None:
        """Note where the reader is in a source."""
        self._set(source_id, "position", position)

    def _set(self, source_id: str, column: str, value: int) -> None:
        with self._lock, self._db as db:
            db.execute(f"UPDATE source SET {column} = ? WHERE id = ?", (value, source_id))  # noqa: S608

    def review(
        self,
        source_id: str,
        kind: FactKind,
        key: str,
        state: ReviewState,
        edited: dict[str, str | int | bool | None] | None = None,
    ) -> Review:
        """Say what the reader thinks of a fact."""
        made = Review(source_id=source_id, kind=kind, key=key, state=state, edited=edited, at=datetime.now(UTC))
        old = self.reviews(source_id).get(key)
        with self._lock, self._db as db:
            db.execute(
                "INSERT INTO undo (review, key, source) VALUES (?, ?, ?)",
                (old.model_dump_json() if old else None, key, source_id),
            )
            self._put_review(db, made)
        return made

    @staticmethod
    def _put_review(db: sqlite3.Connection, made: Review) -> None:
        db.execute(
            "REPLACE INTO review VALUES (?, ?, ?, ?, ?, ?)",
            (made.source_id, made.kind, made.key, made.state, json.dumps(made.edited), str(made.at)),
        )

    def undo_review(self) -> Review | None:
        """Take the last verdict back; what the fact's state is now, or None when there is nothing to undo."""
        with self._lock, self._db as db:
            last = db.execute("SELECT n, review, key, source FROM undo ORDER BY n DESC LIMIT 1").fetchone()
            if last is None:
                return None
            db.execute("DELETE FROM undo WHERE n = ?", (last[0],))
            db.execute("DELETE FROM review WHERE source = ? AND key = ?", (last[3], last[2]))
            if last[1] is None:
                kind: FactKind = last[2].partition(":")[0]
                return Review(source_id=last[3], kind=kind, key=last[2], state="unreviewed")
            old = Review.model_validate_json(last[1])
            self._put_review(db, old)
            return old

    def reviews(self, source_id: str) -> dict[str, Review]:
        """The verdicts on a source's facts, by the facts' keys."""
        with self._lock:
            found = self._db.execute("SELECT * FROM review WHERE source = ?", (source_id,)).fetchall()
        return {
            key: Review(source_id=s, kind=kind, key=key, state=state, edited=json.loads(edited), at=at)
            for s, kind, key, state, edited, at in found
        }
