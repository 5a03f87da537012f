"""Search for a list of names: ``search --queries names.csv``."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.cli.failing import Failed, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.library import Library
    from briefing.model.answers import Hit

_COLUMNS: Final = ("name", "query", "id", "title", "publisher", "published", "path", "start", "end", "snippet")
_MOST: Final = 100_000
"""Rows of one list."""


class Wanted(NamedTuple):
    """One row of the list: the name, and the query that finds it."""

    name: str
    query: str


def read_list(path: str) -> list[Wanted]:
    """Read the names of a CSV file: its column ``name``, else the first; a column ``query`` holds queries of one's own.

    A file without a heading of these names is a plain list. Raises :class:`Failed` where there is nothing in it.
    """
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
        rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Failed(f"{path} is no list of names: {error}") from error
    heads = [cell.strip().casefold() for cell in rows[0]] if rows else []
    named = heads.index("name") if "name" in heads else 0
    asked = heads.index("query") if "query" in heads else None
    body = rows[1:] if {"name", "query"} & set(heads) else rows
    if not body or len(body) > _MOST:
        raise Failed(f"{path} holds no names" if not body else f"{path} holds more than {_MOST:,} names")
    return [wanted for row in body if (wanted := _wanted(row, named, asked)) is not None]


def _wanted(row: "Sequence[str]", named: int, asked: int | None) -> Wanted | None:
    def cell(place: int | None) -> str:
        return row[place].strip() if place is not None and place < len(row) else ""

    name, query = cell(named), cell(asked)
    if not name and not query:
        return None
    return Wanted(name or query, query or '"' + " ".join(name.replace('"', " ").split()) + '"')


def search_list(library: "Library", wanted: "Sequence[Wanted]", limit: int, form: str) -> None:
    """Print the hits of each name, with the words around them; names that no source has go to standard error.

    Args:
        library: The library.
        wanted: The names with their queries.
        limit: Upper bound on the hits of each name.
        form: ``json``, else CSV.
    """
    from briefing.cli.output import write

    if form == "json":
        found = [{"name": one.name, "query": one.query, "hits": list(_hits(library, one, limit))} for one in wanted]
        write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        missed = sum(not one["hits"] for one in found)
    else:
        missed = _print_csv(library, wanted, limit)
    tell(f"{len(wanted) - missed:,} of {len(wanted):,} names found")


def _print_csv(library: "Library", wanted: "Sequence[Wanted]", limit: int) -> int:
    from briefing.export.table import guarded

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(_COLUMNS)
    missed = 0
    for one in wanted:
        hits = list(_hits(library, one, limit))
        missed += not hits
        for hit in hits:
            row = {"name": one.name, "query": one.query, **hit}
            out.writerow([guarded(row[column]) for column in _COLUMNS])
    return missed


def _hits(library: "Library", one: Wanted, limit: int) -> "Iterator[dict[str, str | int | None]]":
    for hit in library.search(one.query, limit=limit).hits:
        yield _shape(hit)


def _shape(hit: "Hit") -> "dict[str, str | int | None]":
    row = hit.source
    return {
        "id": row.id,
        "title": row.title.line(),
        "publisher": row.publisher,
        "published": row.published.isoformat() if row.published else None,
        "path": row.path,
        "start": hit.start,
        "end": hit.end,
        "snippet": hit.snippet.line(),
    }
