"""Run a search and print its result, without waiting for what other commands need."""

from typing import TYPE_CHECKING, Any, Final

from briefing.cli.output import write

if TYPE_CHECKING:
    from briefing.cli.state import State
    from briefing.library.search.search import SearchOrder
    from briefing.model.answers import Facets, Hit, SearchResult

ORDERS: Final[tuple["SearchOrder", ...]] = ("auto", "ranked", "newest")
LIMIT: Final = 20


def search_library(
    state: "State", query: str, limit: int, offset: int, order: "SearchOrder", facets: bool, form: str
) -> None:
    """Search the library and print the result.

    Args:
        state: The call.
        query: The query.
        limit: Sources of a page.
        offset: Sources before the page.
        order: Order of the hits.
        facets: Whether to print facets of the result.
        form: ``json``, else text.
    """
    with state.reading() as library:
        result = library.search(query, limit=limit, offset=offset, order=order)
        show_result(result, library.facets(query) if facets else None, library.totals().sources, form)


def show_result(result: "SearchResult", facets: "Facets | None", sources: int, form: str) -> None:
    """Print the result of a search.

    Args:
        result: The result.
        facets: Facets of it; None where they were not asked for.
        sources: Number of sources that were searched.
        form: ``json``, else text.
    """
    if form == "json":
        _print_json(result, facets)
    else:
        _print_text(result, facets, sources)


def _print_json(result: "SearchResult", facets: "Facets | None") -> None:
    import json

    from briefing.model.listing import as_json

    shape: dict[str, Any] = {
        "query": result.query,
        "interpreted": result.interpreted,
        "total": result.total,
        "exact": result.exact,
        "order": result.order,
        "note": result.note,
        "hits": [
            {
                "id": hit.source.id,
                "path": hit.source.path,
                "title": hit.source.title,
                "publisher": hit.source.publisher,
                "published": hit.source.published.isoformat() if hit.source.published else None,
                "start": hit.start,
                "end": hit.end,
                "snippet": hit.snippet,
                "marks": hit.marks,
            }
            for hit in result.hits
        ],
    }
    if facets is not None:
        groups = [{"title": title, "facets": [as_json(facet) for facet in group]} for title, group in facets.groups]
        shape["facets"] = {"exact": facets.exact, "counted": facets.counted, "groups": groups}
    write(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")


def _print_text(result: "SearchResult", facets: "Facets | None", sources: int) -> None:
    from briefing.cli.output import styled
    from briefing.model.answers import NOTHING_FOUND
    from briefing.model.words import plural

    total = f"{result.total:,}{'' if result.exact else '+'}"
    styled("dim", f"{total} of {plural(sources, 'source')}, {result.order}; understood as: {result.interpreted}")
    if result.note:
        styled("dim", result.note)
    if sources and not result.total:
        styled("dim", NOTHING_FOUND)
    if facets is not None:
        _print_facets(facets)
    for hit in result.hits:
        _print_hit(hit)


def _print_facets(facets: "Facets") -> None:
    from briefing.cli.output import heading, styled, table

    for title, group in facets.groups:
        write("\n")
        heading(title)
        rows = [(f"{facet.n:,}{'' if facet.exact else '+'}", facet.value, facet.term) for facet in group]
        table(["SOURCES", "NAME", "QUERY"], rows, right=(0,))
    if not facets.exact:
        styled("dim", f"+: at least so many; these were counted over the newest {facets.counted:,} hits")


def _print_hit(hit: "Hit") -> None:
    from briefing.cli.output import console, heading, is_terminal, styled
    from briefing.model.words import day

    row = hit.source
    write("\n")
    heading(row.title or "untitled source")
    styled(
        "dim",
        ", ".join(str(part) for part in (row.publisher, day(row.published), row.path, row.id[:12]) if part),
        row.path,
    )
    if not is_terminal():
        write(f"  {hit.snippet.line()}\n")
        return
    from rich.padding import Padding
    from rich.text import Text

    # Line breaks go one for one, so that the marks stay where they are.
    text = Text(hit.snippet.replace("\n", " ").replace("\t", " "))
    for start, end in hit.marks:
        text.stylize("bold reverse", start, end)
    console().print(Padding(text, (0, 0, 0, 2)))
