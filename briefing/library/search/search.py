"""Searching: a query is understood, asked of the index, and its hits are shown with snippets.

The index can order sources by how well they match only by looking at every match, a microsecond each. So a query with
more than ``RANKED`` matches is answered with the newest of them, and says so; ordering them all is for whoever asks.
"""

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from typing import Final, Literal, NamedTuple

from briefing.library.errors import Damaged
from briefing.library.search import query as language
from briefing.library.search.matcher import Document, Noted, Spans, evaluate, merged
from briefing.library.search.plan import STATES, AllOf, AnyOf, Condition, Named, Near, Words, resolve
from briefing.library.search.snippets import Sought
from briefing.library.search.sql import Statement, compile_search
from briefing.library.store.codec import Places
from briefing.library.store.source_rows import Texts, key_of, places_in, places_of, text_of, with_kept
from briefing.model.answers import Hit, SearchResult
from briefing.model.listing import SourceRow
from briefing.model.safetext import SafeText

SearchOrder = Literal["auto", "ranked", "newest"]

RANKED: Final = 1000
"""Matches up to which a search is ordered by how well they match, unasked: 1.5 milliseconds. All are, after a rest."""
_SAMPLE: Final = 600
"""The newest sources tell how frequent a term is."""


class Stopped(Exception):
    """A search was stopped before it had an answer."""


class Running:
    """A search that can be stopped from another thread."""

    def __init__(self, db: sqlite3.Connection, texts: Texts) -> None:
        self.db = db
        self.texts = texts
        self.stopped = threading.Event()

    def stop(self) -> None:
        """End it within a millisecond or so."""
        self.stopped.set()
        self.db.interrupt()

    def check(self) -> None:
        """Raise :class:`Stopped` where it was."""
        if self.stopped.is_set():
            raise Stopped


class Asked(NamedTuple):
    """A query as one library understands it, and the statement that finds its sources."""

    understood: language.Parsed
    condition: Condition
    statement: Statement


def ask(db: sqlite3.Connection, written: str, *, typing: bool, within: Collection[str] | None = None) -> Asked:
    """Understand a query. One with nothing to search for finds nothing; an empty one, everything."""
    understood = language.parse(written, typing=typing)
    condition: Condition = AllOf() if understood.tree is None else resolve(understood.tree, db)
    if understood.tree is None and understood.notes:
        condition = AnyOf()
    statement = compile_search(condition, spilled=spilled(db))
    if within is not None:
        _limit_to(statement, db, within)
    return Asked(understood, condition, statement)


def search(
    running: Running,
    written: str,
    *,
    limit: int,
    offset: int,
    order: SearchOrder,
    within: Collection[str] | None,
    typing: bool,
) -> SearchResult:
    """The answer to a query. Raises :class:`Stopped`, or SQLite's error for it, where it was stopped."""
    db = running.db
    understood, condition, statement = ask(db, written, typing=typing, within=within)
    notes = list(understood.notes)
    docs, total, exact, ranked = _found(statement, db, max(0, limit), max(0, offset), order)
    if not exact:
        notes.append(f"{RANKED:,}+ matches, newest first")
    rows = with_kept(db, docs)
    texts = running.texts.of(db, [kept for _, kept in rows.values()])
    shower, hits = _Shower(db, condition, texts), []
    for doc in docs:
        running.check()
        if doc not in rows:  # the index knows it, and its row is lost
            continue
        row, kept = rows[doc]
        if not texts[kept]:
            notes.append(f"{row.title.line() or row.path} ({row.id[:12]}) is damaged in the library")
        hits.append(shower.hit(doc, kept, row, texts[kept]))
    note = "; ".join(notes)
    return SearchResult(
        query=written,
        interpreted=SafeText(str(understood)),
        hits=tuple(hits),
        total=total,
        exact=exact,
        order="ranked" if ranked else "newest",
        note=SafeText(note[:1].upper() + note[1:]) if note else None,
    )


def _found(
    statement: Statement, db: sqlite3.Connection, limit: int, offset: int, order: SearchOrder
) -> tuple[list[int], int, bool, bool]:
    """Numbers of one page of sources, how many match in all, whether that is exact, and whether they are ranked."""
    among: list[int] | None = None
    if order == "ranked":
        total = db.execute(statement.sql("count(*)"), statement.values).fetchone()[0]
    elif statement.several:
        newest = statement.sql(statement.doc, f"ORDER BY {statement.doc} DESC LIMIT {RANKED + 1}")
        among = [row[0] for row in db.execute(newest, statement.values)]
        total = len(among)
    else:
        counted = f"SELECT count(*) FROM ({statement.sql('1', f'LIMIT {RANKED + 1}')})"
        total = db.execute(counted, statement.values).fetchone()[0]
    exact = order == "ranked" or total <= RANKED
    ranked = bool(statement.terms) and order != "newest" and exact
    if not total:
        return [], 0, exact, ranked
    if ranked:
        return _best(statement, db, limit, offset, among), total, exact, ranked
    page = statement.sql(statement.doc, f"ORDER BY {statement.doc} DESC LIMIT ? OFFSET ?")
    docs = [row[0] for row in db.execute(page, (*statement.values, limit, offset))]
    return docs, total if exact else RANKED, exact, ranked


def _best(
    statement: Statement, db: sqlite3.Connection, limit: int, offset: int, among: Collection[int] | None
) -> list[int]:
    """Numbers of the sources that match best, ``among`` those that match, where they are known.

    To weigh a term, the index goes through all sources with it, also when few of these have the other terms. So terms
    that very many sources have, which weigh little, are left out where there are others, and so is what must not occur.
    """
    terms = statement.terms
    if len(terms) > 1:
        terms = _telling(terms, db) or terms
    if terms == statement.terms and not statement.without:
        page, values = statement.sql(statement.doc, "ORDER BY rank LIMIT ? OFFSET ?"), statement.values
    else:
        matching = statement.sql(statement.doc) if among is None else ",".join(map(str, among))
        page = (
            f"SELECT rowid FROM word_index WHERE word_index MATCH ? AND +rowid IN ({matching})"
            " ORDER BY bm25(word_index, 1.0, 4.0) LIMIT ? OFFSET ?"
        )
        values = [f"({' AND '.join(terms)})", *(statement.values if among is None else ())]
    return [row[0] for row in db.execute(page, (*values, limit, offset))]


def _telling(terms: tuple[str, ...], db: sqlite3.Connection) -> tuple[str, ...]:
    """The terms that less than a third of the newest sources have."""
    oldest = db.execute(f"SELECT id FROM word_index_docsize ORDER BY id DESC LIMIT 1 OFFSET {_SAMPLE - 1}").fetchone()
    if oldest is None:
        return terms
    some = f"SELECT 1 FROM word_index WHERE word_index MATCH ? AND rowid >= {oldest[0]} LIMIT {_SAMPLE // 3}"
    counted = f"SELECT count(*) FROM ({some})"
    return tuple(term for term in terms if db.execute(counted, (term,)).fetchone()[0] < _SAMPLE // 3)


def _limit_to(statement: Statement, db: sqlite3.Connection, within: Collection[str]) -> None:
    """Search only these sources."""
    keys = [key_of(source_id) for source_id in within]
    marks = ",".join("?" * len(keys))
    docs = [row[0] for row in db.execute(f"SELECT doc FROM source WHERE id IN ({marks})", keys)]
    statement.add((f"+{statement.doc} IN ({','.join(map(str, docs))})", []))


class _Shower:
    """Makes hits of the sources that a condition found, each with a snippet that shows why."""

    def __init__(self, db: sqlite3.Connection, condition: Condition, kept: Collection[int]) -> None:
        self._db = db
        self._condition = condition
        self._forked = _forked(condition)
        self._by_facts = [] if self._forked else list(_fact_terms(condition))
        self._places = places_in(db, kept) if self._by_facts else {}
        self._sought = Sought(AllOf() if self._forked else condition)

    def hit(self, doc: int, kept: int, row: SourceRow, text: SafeText) -> Hit:
        try:
            extra = self._extra(doc, kept, text) if text else []
        except Damaged:
            extra = []
        found = self._sought.snippet(text, extra, title=row.title)
        return Hit(source=row, snippet=found.text, marks=found.marks, start=found.start, end=found.end)

    def _extra(self, doc: int, kept: int, text: SafeText) -> Spans:
        """Places that the words do not tell."""
        if self._forked:  # which of its words count depends on which alternative holds
            return evaluate(self._condition, document_of(self._db, doc, text))[1]
        if not self._by_facts or kept not in self._places:
            return []
        document = document_of(self._db, doc, text, lambda: self._places[kept](text))
        return [span for term in self._by_facts for span in evaluate(term, document)[1]]


def _forked(condition: Condition) -> bool:
    """Whether there is an alternative that takes several things to hold."""
    match condition:
        case AnyOf(parts):
            return any(isinstance(part, AllOf) or _forked(part) for part in parts)
        case AllOf(parts):
            return any(map(_forked, parts))
        case _:
            return False


def _fact_terms(condition: Condition) -> Iterator[Condition]:
    """The parts that hold by what was found in the text rather than by its words."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _fact_terms(part)
        case Named(type=kind) if kind != "PUBLISHER":
            yield condition
        case Words(where="quote") | Near(where="quote"):
            yield condition


def document_of(
    db: sqlite3.Connection, doc: int, text: SafeText | None = None, load: Callable[[], Places] | None = None
) -> Document:
    """The source with the number ``doc``, to ask conditions of. Its text and where its facts stand may be known."""
    known = text_of(db, doc) if text is None else text
    return Document(known, lambda: _noted(db, doc), load or (lambda: places_of(db, doc, known)))


def _noted(db: sqlite3.Connection, doc: int) -> Noted:
    columns = f"id, title, publisher, published, format, traits, {', '.join(STATES.values())}"
    key, *noted = db.execute(f"SELECT {columns} FROM source WHERE doc = ?", (doc,)).fetchone()
    title, publisher, published, form, traits, *held = noted
    states = frozenset(name for name, holds in zip(STATES, held, strict=True) if holds)
    tags = frozenset(row[0].casefold() for row in db.execute("SELECT name FROM tag WHERE id = ?", (key,)))
    return Noted(SafeText(str(title)), publisher, published, form, traits, states, tags)


def places(db: sqlite3.Connection, written: str, doc: int, *, typing: bool) -> Spans:
    """The places in a source's text that make it a hit, in order; none where it is not one, or not by its text."""
    tree = language.parse(written, typing=typing).tree
    try:
        return merged(evaluate(resolve(tree, db), document_of(db, doc))[1]) if tree is not None else []
    except Damaged:
        return []


def spilled(db: sqlite3.Connection) -> bool:
    """Whether the numbers of some sources are not in the order of their dates."""
    return bool(db.execute("SELECT n FROM total WHERE name = 'spilled'").fetchone()[0])
