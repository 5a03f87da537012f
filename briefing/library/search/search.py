"""Run a search: parse the query, ask the index, show the hits with snippets.

The index can order sources by how well they match only by looking at every match, a microsecond each. So a query with
more than ``RANKED`` matches is answered with the newest of them, and says so; ordering them all is for whoever asks.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Literal, NamedTuple

from briefing.library.errors import Damaged
from briefing.library.search import query as language
from briefing.library.search.conditions import STATES, Added, AllOf, AnyOf, Condition, Named, Near, Words
from briefing.library.search.index import RANKED, index_of
from briefing.library.search.matcher import Document, Noted, Spans, evaluate, merged
from briefing.library.search.plan import resolve
from briefing.library.search.snippets import Sought
from briefing.library.search.sql import Statement
from briefing.library.store.codec import Places
from briefing.library.store.database import Database
from briefing.library.store.source_rows import key_of, places_of, text_of, with_kept
from briefing.library.store.text_cache import Texts
from briefing.model.answers import Hit, SearchResult
from briefing.model.listing import SourceRow
from briefing.model.safetext import SafeText

SearchOrder = Literal["auto", "ranked", "newest"]

__all__ = ["RANKED", "Asked", "Running", "SearchOrder", "Stopped", "ask", "document_of", "places", "search", "spilled"]


class Stopped(Exception):
    """A search was stopped before it had an answer."""


class Running:
    """A search that can be stopped from another thread."""

    def __init__(self, db: Database, texts: Texts) -> None:
        self.db = db
        self.texts = texts
        self.stopped = False

    def stop(self) -> None:
        """Stop the search within about a millisecond."""
        self.stopped = True
        self.db.interrupt()

    def check(self) -> None:
        """Raise :class:`Stopped` where the search was stopped."""
        if self.stopped:
            raise Stopped


class Asked(NamedTuple):
    """A query as one library understands it, with the SQL statement that finds its sources."""

    understood: language.Parsed
    condition: Condition
    statement: Statement


def ask(db: Database, written: str, *, typing: bool, within: Collection[str] | None = None) -> Asked:
    """Parse a query and make its statement. One with nothing to search for finds nothing; an empty one, everything.

    Args:
        db: Connection to the library.
        written: The query.
        typing: Whether its last word may be unfinished.
        within: Ids of the sources to search; None for all.
    """
    understood = language.parse(written, typing=typing)
    condition: Condition = AllOf() if understood.tree is None else resolve(understood.tree, db)
    if understood.tree is None and understood.notes:
        condition = AnyOf()
    statement = index_of(db).compiled(condition, db, spilled=spilled(db))
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
    """Return a page of the sources that match a query.

    Raises :class:`Stopped`, or SQLite's error for it, where stopped.

    Args:
        running: The search, which another thread may stop.
        written: The query.
        limit: Sources of a page.
        offset: Sources before the page.
        order: How hits are ordered, see :meth:`briefing.library.search.facade.Searchable.search`.
        within: Ids of the sources to search; None for all.
        typing: Whether the query's last word may be unfinished.
    """
    db = running.db
    understood, condition, statement = ask(db, written, typing=typing, within=within)
    notes = list(understood.notes)
    docs, total, exact, ranked = _found(statement, db, max(0, limit), max(0, offset), order)
    if not exact:
        notes.append(f"{RANKED:,}+ matches, newest first")
    rows = with_kept(db, docs)
    texts = running.texts.of(db, [kept for _, kept in rows.values()])
    shower, hits = _Shower(db, condition, running.texts, texts), []
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
        interpreted=understood.shown,
        hits=tuple(hits),
        total=total,
        exact=exact,
        order="ranked" if ranked else "newest",
        note=SafeText(note[:1].upper() + note[1:]) if note else None,
    )


def _found(
    statement: Statement, db: Database, limit: int, offset: int, order: SearchOrder
) -> tuple[list[int], int, bool, bool]:
    """Numbers of one page of sources, how many match in all, whether that is exact, and whether they are ranked."""
    among: list[int] | None = None
    if order == "ranked":
        total = db.execute(statement.sql("count(*)"), statement.values).fetchone()[0]
    else:
        total, among = index_of(db).first(statement, db)
    exact = order == "ranked" or total <= RANKED
    ranked = bool(statement.terms) and order != "newest" and exact
    if not total:
        return [], 0, exact, ranked
    if ranked:
        return index_of(db).best(statement, db, limit, offset, among), total, exact, ranked
    if among is not None and offset + limit <= RANKED:
        return among[offset : offset + limit], total if exact else RANKED, exact, ranked
    page = statement.sql(statement.doc, f"ORDER BY {statement.doc} DESC LIMIT ? OFFSET ?")
    docs = [row[0] for row in db.execute(page, (*statement.values, limit, offset))]
    return docs, total if exact else RANKED, exact, ranked


def _limit_to(statement: Statement, db: Database, within: Collection[str]) -> None:
    """Search only these sources."""
    keys = [key_of(source_id) for source_id in within]
    marks = ",".join("?" * len(keys))
    docs = [row[0] for row in db.execute(f"SELECT doc FROM source WHERE id IN ({marks})", keys)]
    statement.add((f"+{statement.doc} IN ({','.join(map(str, docs))})", []))


class _Shower:
    """Makes hits of the sources that a condition found, each with a snippet that shows why."""

    def __init__(self, db: Database, condition: Condition, texts: Texts, kept: Collection[int]) -> None:
        self._db = db
        self._condition = condition
        self._forked = _forked(condition)
        self._by_facts = [] if self._forked else list(_fact_terms(condition))
        self._places = texts.places(db, kept) if self._by_facts else {}
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
        case Words(where="quote") | Near(where="quote") | Added():
            yield condition


def document_of(
    db: Database, doc: int, text: SafeText | None = None, load: Callable[[], Places] | None = None
) -> Document:
    """The source as a document that conditions can be evaluated on.

    Args:
        db: Connection to the library.
        doc: Row number of the source.
        text: Its text; None to load it.
        load: Returns the places of its mentions and quotes; None to load them when a condition asks.
    """
    known = text_of(db, doc) if text is None else text
    return Document(known, lambda: _noted(db, doc), load or (lambda: places_of(db, doc, known)))


def _noted(db: Database, doc: int) -> Noted:
    columns = f"id, title, publisher, published, format, traits, {', '.join(STATES.values())}"
    key, *noted = db.execute(f"SELECT {columns} FROM source WHERE doc = ?", (doc,)).fetchone()
    title, publisher, published, form, traits, *held = noted
    states = frozenset(name for name, holds in zip(STATES, held, strict=True) if holds)
    tags = frozenset(row[0].casefold() for row in db.execute("SELECT name FROM tag WHERE id = ?", (key,)))
    return Noted(SafeText(str(title)), publisher, published, form, traits, states, tags, bytes(key))


def places(db: Database, written: str, doc: int, *, typing: bool) -> Spans:
    """Half-open spans of a source's text that match a query, in order; empty where it is no hit, or not by its text.

    Args:
        db: Connection to the library.
        written: The query.
        doc: Row number of the source.
        typing: Whether the query's last word may be unfinished.
    """
    tree = language.parse(written, typing=typing).tree
    try:
        return merged(evaluate(resolve(tree, db), document_of(db, doc))[1]) if tree is not None else []
    except Damaged:
        return []


def spilled(db: Database) -> bool:
    """Whether the numbers of some sources are not in the order of their dates."""
    return bool(db.execute("SELECT n FROM total WHERE name = 'spilled'").fetchone()[0])
