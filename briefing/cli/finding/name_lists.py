"""Search for a list of names: ``search --queries names.csv``."""

import csv
import json
import sys
from typing import TYPE_CHECKING, Final

from briefing.cli.failing import Failed, tell
from briefing.model.regular_files import read_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.library import Library
    from briefing.library.search.name_lists import Sought
    from briefing.model.answers import Hit

_COLUMNS: Final = ("name", "query", "id", "title", "publisher", "published", "path", "start", "end", "snippet")


def read_list(path: str) -> "list[Sought]":
    """Read the names of a CSV file, or of standard input. Raises :class:`Failed` where there is nothing in it."""
    from briefing.library import LibraryError
    from briefing.library.search.name_lists import read_names

    try:
        text = sys.stdin.read() if path == "-" else read_words(path)
        return read_names(text, path)
    except (UnicodeDecodeError, LibraryError) as error:
        raise Failed(f"{path} is no list of names: {error}" if isinstance(error, ValueError) else str(error)) from error


def search_list(library: "Library", wanted: "Sequence[Sought]", limit: int, form: str) -> None:
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


def _print_csv(library: "Library", wanted: "Sequence[Sought]", limit: int) -> int:
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


def _hits(library: "Library", one: "Sought", limit: int) -> "Iterator[dict[str, str | int | None]]":
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
