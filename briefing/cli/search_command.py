"""``search``: hits with the words around them."""

import json
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import Failed
from briefing.cli.options import ANY_PATH, format_option, jobs_option, paths_argument, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.model.listing import Facets, Hit, SearchResult


@click.command(
    cls=WithExamples,
    dashed=True,
    short_help="Search sources.",
    examples=[
        "briefing search '\"joint patrol\" nation:Japan'",
        "briefing search 'B-52H date:2025-07' releases/ --format json",
        "briefing search 'missile is:unread' --facets",
        "briefing search '-bombers nation:Japan'",
        "briefing search 'missile -tag:done' --save missiles",
        "briefing search --queries names.csv > found.csv",
    ],
)
@click.argument("query", required=False)
@paths_argument
@click.option("--queries", metavar="FILE.csv", type=ANY_PATH, help="Look up a list of names instead; prints CSV.")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Leave out the first N.")
@click.option(
    "--order", type=click.Choice(["auto", "ranked", "newest"]), default="auto", show_default=True,
    help="Best first, or newest first; auto ranks unless very many match.",
)  # fmt: skip
@click.option("--facets", is_flag=True, help="Also count the names, publishers, years and tags of what is found.")
@click.option("--save", "name", metavar="NAME", help="Keep the search under NAME; see 'briefing searches'.")
@format_option("text", "json")
@jobs_option
@with_globals
@click.pass_context
def search(
    ctx: click.Context,
    query: str | None,
    paths: tuple[str, ...],
    queries: str | None,
    limit: int,
    offset: int,
    order: str,
    facets: bool,
    name: str | None,
    form: str,
    jobs: int | None,
) -> None:
    """Search the library, or the PATHs only, for QUERY.

    Words must all occur; "a phrase", OR, NOT, prefix*, "near each other"~5 and misspelt~1 are understood, and so is
    field:value: title, quote, speaker and publisher; person, org, nation, place, aircraft, ship, vehicle, weapon and
    event; date:2025-07 and date:[2025-07 TO 2025-08]; type: a kind of fact or a format; tag: one of your tags; is:
    unread, read, unreviewed, reviewed, pinned or gone. Nothing that is typed is an error.
    """
    from briefing.cli.gather import finish, gathered

    state = ctx.ensure_object(State)
    if queries is not None:
        _look_up(ctx, queries, (*([query] if query else []), *paths), jobs, limit, form)
        return
    if query is None:
        raise click.UsageError("Missing argument 'QUERY'.", ctx)
    if name is not None and paths:
        raise click.UsageError("--save keeps a search of the library and cannot be used with paths")
    if name is not None and not state.library_is_there:
        raise Failed("there is no library yet to keep a search in; 'briefing add PATH' makes one")
    with gathered(state, paths, (), jobs) as found:
        if name is not None:
            _keep(found.library, name, query)
        result = found.library.search(query, limit=limit, offset=offset, order=order)  # type: ignore[arg-type]
        counted = found.library.facets(query) if facets else None
        show_result(result, counted, found.library.totals().sources, form)
        finish(ctx, found)


def _look_up(ctx: click.Context, queries: str, paths: tuple[str, ...], jobs: int | None, limit: int, form: str) -> None:
    """The names of a list, in the library or in the paths."""
    from briefing.cli.gather import finish, gathered
    from briefing.cli.name_lists import read_list, search_list

    wanted = read_list(queries)
    with gathered(ctx.ensure_object(State), paths, (), jobs) as found:
        search_list(found.library, wanted, limit, form)
        finish(ctx, found)


def _keep(library: "Library", name: str, query: str) -> None:
    """Keep the search; says which one of the same name it takes the place of, so that it is not lost."""
    from briefing.cli.failing import tell

    before = library.searches.query(name)
    library.searches.save(name, query)
    if before is not None and before != query:
        tell(f"{name} was kept before, for: {before}")


def show_result(result: "SearchResult", facets: "Facets | None", sources: int, form: str) -> None:
    """Print what was found among so many sources."""
    if form == "json":
        _print_json(result, facets)
    else:
        _print_text(result, facets, sources)


def _print_json(result: "SearchResult", facets: "Facets | None") -> None:
    from briefing.cli.output import write

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
        groups = [
            {"title": title, "facets": [facet.model_dump(mode="json") for facet in group]}
            for title, group in facets.groups
        ]
        shape["facets"] = {"exact": facets.exact, "counted": facets.counted, "groups": groups}
    write(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")


def _print_text(result: "SearchResult", facets: "Facets | None", sources: int) -> None:
    from briefing.cli.output import styled
    from briefing.model.listing import NOTHING_FOUND
    from briefing.model.wording import plural

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
    from briefing.cli.output import heading, styled, table, write

    for title, group in facets.groups:
        write("\n")
        heading(title)
        rows = [(f"{facet.n:,}{'' if facet.exact else '+'}", facet.value, facet.term) for facet in group]
        table(["SOURCES", "NAME", "QUERY"], rows, right=(0,))
    if not facets.exact:
        styled("dim", f"+: at least so many; these were counted over the newest {facets.counted:,} hits")


def _print_hit(hit: "Hit") -> None:
    from briefing.cli.output import console, heading, is_terminal, styled, write
    from briefing.model.wording import day

    row = hit.source
    write("\n")
    heading(row.title or "untitled source")
    styled("dim", ", ".join(str(part) for part in (row.publisher, day(row.published), row.path, row.id[:12]) if part))
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
