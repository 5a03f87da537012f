"""Facets of a search result: the names in its sources, publishers, years, tags, each with a count.

The names of a source are kept with it, so counting takes a look at every source, ten microseconds each. Of a
large result the newest sources are counted, and the numbers are lower bounds; its years are counted in the index.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from operator import itemgetter, neg
from typing import Final, cast

from briefing.library.search.query import ENTITY_FIELDS, narrowing
from briefing.library.search.search import Running, ask, spilled
from briefing.library.search.sql import Statement
from briefing.library.store import row_ids
from briefing.library.store.codec_names import unpack_numbers
from briefing.library.store.database import Database
from briefing.model.answers import Facet, FacetKind, Facets
from briefing.model.kinds import EntityType
from briefing.model.safetext import SafeText

COUNTED: Final = 150
"""Sources that are counted, at most."""
_OF_A_YEAR: Final = 50
"""Sources that are counted of each year of a large result, at most."""
_NAMES: Final = 150
"""Names that are looked at, the most frequent ones: one that stands in few sources narrows little."""
_TITLES: Final = {
    "NATION": "Nations",
    "ORG": "Organisations",
    "PERSON": "People",
    "SPEAKER": "Speakers",
    "AIRCRAFT": "Aircraft",
    "SHIP": "Ships",
    "VEHICLE": "Vehicles",
    "WEAPON": "Weapons",
    "PLACE": "Places",
    "EVENT": "Events",
    "PUBLISHER": "Publishers",
}
_KINDS: Final[dict[str, FacetKind]] = {"SPEAKER": "speaker", "PUBLISHER": "publisher"}
_FIELD_OF: Final = {kind: field for field, kind in ENTITY_FIELDS.items()}


def facets(running: Running, written: str, *, within: Collection[str] | None, typing: bool, limit: int) -> Facets:
    """Facet groups of a query's result. Raises :class:`~briefing.library.search.search.Stopped` where it was stopped.

    Args:
        running: The search, which another thread may stop.
        written: The query.
        within: Ids of the sources to search; None for all.
        typing: Whether the query's last word may be unfinished.
        limit: Upper bound on the facets of each group.
    """
    db = running.db
    statement = ask(db, written, typing=typing, within=within).statement
    newest = statement.sql(statement.doc, f"ORDER BY {statement.doc} DESC LIMIT {COUNTED + 1}")
    docs = [row[0] for row in db.execute(newest, statement.values)]
    exact = len(docs) <= COUNTED
    docs = docs[:COUNTED]
    in_ranges = not exact and not spilled(db)
    years = _of_many_years(running, statement, docs[0], limit) if in_ranges else _of_years(docs, limit, exact)
    groups = [*_of_names(db, docs, limit, exact), ("Years", years), ("Tags", _of_tags(db, docs, limit, exact))]
    made = tuple((SafeText(title), found) for title, found in groups if found)
    return Facets(groups=made, exact=exact, counted=len(docs))


def _of_names(db: Database, docs: Sequence[int], limit: int, exact: bool) -> Iterable[tuple[str, tuple[Facet, ...]]]:
    marks = ",".join("?" * len(docs))
    kept = db.execute(f"SELECT entities FROM source JOIN names USING (kept) WHERE doc IN ({marks})", docs)
    whole = (names for (names,) in kept if isinstance(names, bytes) and len(names) % 4 == 0)
    counted = Counter(unpack_numbers(b"".join(whole)))
    frequent = dict(sorted(counted.items(), key=itemgetter(1), reverse=True)[:_NAMES])
    marks = ",".join("?" * len(frequent))
    names = db.execute(f"SELECT entity, type, name FROM entity WHERE entity IN ({marks})", tuple(frequent))
    found: dict[str, list[Facet]] = {kind: [] for kind in _TITLES}
    for entity, kind, name in sorted(names, key=lambda row: (-frequent[row[0]], row[2])):
        if kind in found and len(found[kind]) < limit and (term := narrowing(_FIELD_OF[kind], name)):
            found[kind].append(_of_name(kind, name, frequent[entity], term, exact))
    return ((_TITLES[kind], tuple(made)) for kind, made in found.items())


def _of_name(kind: str, name: str, n: int, term: str, exact: bool) -> Facet:
    return Facet(
        kind=_KINDS.get(kind, "entity"),
        value=SafeText(name).line(),
        type=None if kind in _KINDS else cast(EntityType, kind),
        n=n,
        exact=exact,
        term=SafeText(term),
    )


def _of_years(docs: Sequence[int], limit: int, exact: bool) -> tuple[Facet, ...]:
    """The latest years of all these sources, the newest first as they are."""
    found: list[Facet] = []
    at = 0
    while at < len(docs) and len(found) < limit and (day := row_ids.day_of(docs[at])):
        low, _ = _range_of(day.year)
        after = bisect_right(docs, -low, at, key=neg)
        found.append(_of_year(day.year, after - at, exact))
        at = after
    return tuple(found)


def _of_many_years(running: Running, statement: Statement, newest: int, limit: int) -> tuple[Facet, ...]:
    """The latest years of a large result, each counted up to ``_OF_A_YEAR``: a year is a range of the index."""
    doc = statement.doc  # of several ranges the index walks the one that it is told first
    in_range = statement.narrowed(f"{doc} BETWEEN ? AND ?")
    before = statement.narrowed(f"{doc} < ?")
    some = in_range.sql("1", f"LIMIT {_OF_A_YEAR + 1}")
    older = before.sql(doc, f"ORDER BY {doc} DESC LIMIT 1")
    found: list[Facet] = []
    last: int | None = newest
    while last is not None and len(found) < limit and (day := row_ids.day_of(last)):
        year, n = day.year, 1
        while n and len(found) < limit and year >= row_ids.FIRST_YEAR:  # one year after the other, until one has none
            running.check()
            low, high = _range_of(year)
            counted = running.db.execute(f"SELECT count(*) FROM ({some}) AS few", (low, high, *statement.values))
            if n := counted.fetchone()[0]:
                found.append(_of_year(year, min(n, _OF_A_YEAR), n <= _OF_A_YEAR))
                year -= 1
        row = running.db.execute(older, (low, *statement.values)).fetchone()
        last = row[0] if row else None
    return tuple(found)


def _range_of(year: int) -> tuple[int, int]:
    return row_ids.day_range(date(year, 1, 1), date(year, 12, 31))


def _of_year(year: int, n: int, exact: bool) -> Facet:
    return Facet(kind="year", value=SafeText(str(year)), type=None, n=n, exact=exact, term=SafeText(f"date:{year}"))


def _of_tags(db: Database, docs: Sequence[int], limit: int, exact: bool) -> tuple[Facet, ...]:
    marks = ",".join("?" * len(docs))
    found = db.execute(
        f"SELECT min(name), count(*) AS n FROM tag WHERE id IN (SELECT id FROM source WHERE doc IN ({marks}))"
        " GROUP BY name ORDER BY n DESC, name LIMIT ?",
        (*docs, limit),
    )
    return tuple(
        Facet(kind="tag", value=SafeText(name), type=None, n=n, exact=exact, term=SafeText(term))
        for name, n in found
        if (term := narrowing("tag", name))
    )
