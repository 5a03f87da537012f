"""What the sources of a result have in common: the names in them, publishers, years, tags, each with a count.

Which names stand in a source is kept with it, so counting takes a look at every source, ten microseconds each. Of a
large result the newest sources are counted, and the numbers are lower bounds.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Final

from briefing.library import slots
from briefing.library.pack import unpack_numbers
from briefing.library.query import ENTITY_FIELDS, narrowing
from briefing.library.search import Running, ask
from briefing.model.listing import Facet, FacetKind, Facets
from briefing.model.safetext import SafeText

_COUNTED: Final = 500
"""Sources that are counted, at most."""
_NAMES: Final = 600
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
_FIELD_OF: Final = {kind: field for field, kind in ENTITY_FIELDS.items()}


def facets(running: Running, written: str, *, within: Collection[str] | None, typing: bool, limit: int) -> Facets:
    """The groups of a query's answer, each with ``limit`` facets at most. Raises where it was stopped."""
    db = running.db
    statement = ask(db, written, typing=typing, within=within).statement
    newest = statement.sql(statement.doc, f"ORDER BY {statement.doc} DESC LIMIT {_COUNTED + 1}")
    docs = [row[0] for row in db.execute(newest, statement.values)]
    exact = len(docs) <= _COUNTED
    docs = docs[:_COUNTED]
    groups = [
        *_of_names(db, docs, limit, exact),
        ("Years", _of_years(docs, limit, exact)),
        ("Tags", _of_tags(db, docs, limit, exact)),
    ]
    made = tuple((SafeText(title), found) for title, found in groups if found)
    return Facets(groups=made, exact=exact, counted=len(docs))


def _of_names(
    db: sqlite3.Connection, docs: Sequence[int], limit: int, exact: bool
) -> Iterable[tuple[str, tuple[Facet, ...]]]:
    counted: Counter[int] = Counter()
    marks = ",".join("?" * len(docs))
    for (numbers,) in db.execute(f"SELECT entities FROM source JOIN names USING (kept) WHERE doc IN ({marks})", docs):
        counted.update(unpack_numbers(numbers))
    found: dict[str, list[Facet]] = {kind: [] for kind in _TITLES}
    frequent = dict(counted.most_common(_NAMES))
    marks = ",".join("?" * len(frequent))
    names = db.execute(f"SELECT entity, type, name FROM entity WHERE entity IN ({marks})", tuple(frequent))
    for entity, kind, name in sorted(names, key=lambda row: (-frequent[row[0]], row[2])):
        if kind in found and len(found[kind]) < limit and (term := narrowing(_FIELD_OF[kind], name)):
            found[kind].append(_of_name(kind, name, frequent[entity], term, exact))
    return ((_TITLES[kind], tuple(made)) for kind, made in found.items())


def _of_name(kind: str, name: str, n: int, term: str, exact: bool) -> Facet:
    special: dict[str, FacetKind] = {"SPEAKER": "speaker", "PUBLISHER": "publisher"}
    return Facet.model_validate(
        {
            "kind": special.get(kind, "entity"),
            "value": SafeText(name).line(),
            "type": None if kind in special else kind,
            "n": n,
            "exact": exact,
            "term": SafeText(term),
        }
    )


def _of_years(docs: Sequence[int], limit: int, exact: bool) -> tuple[Facet, ...]:
    days = Counter(day.year for doc in docs if (day := slots.day_of(doc)))
    return tuple(
        Facet(kind="year", value=SafeText(str(year)), n=n, exact=exact, term=SafeText(f"date:{year}"))
        for year, n in islice(sorted(days.items(), reverse=True), limit)
    )


def _of_tags(db: sqlite3.Connection, docs: Sequence[int], limit: int, exact: bool) -> tuple[Facet, ...]:
    marks = ",".join("?" * len(docs))
    found = db.execute(
        f"SELECT min(name), count(*) AS n FROM tag WHERE id IN (SELECT id FROM source WHERE doc IN ({marks}))"
        " GROUP BY name ORDER BY n DESC, name LIMIT ?",
        (*docs, limit),
    )
    return tuple(
        Facet(kind="tag", value=SafeText(name), n=n, exact=exact, term=SafeText(term))
        for name, n in found
        if (term := narrowing("tag", name))
    )
