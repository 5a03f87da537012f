"""``search``: print hits with the words around them."""

from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.completing import complete_queries
from briefing.cli.failing import Failed
from briefing.cli.finding.search_output import LIMIT, ORDERS, show_result
from briefing.cli.options import ANY_PATH, format_option, jobs_option, paths_argument, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.library import Library


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
@click.argument("query", required=False, shell_complete=complete_queries)
@paths_argument
@click.option("--queries", metavar="FILE.csv", type=ANY_PATH, help="Look up a list of names instead; prints CSV.")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=LIMIT, show_default=True, help="At most so many.")
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Leave out the first N.")
@click.option(
    "--order", type=click.Choice(ORDERS), default=ORDERS[0], show_default=True,
    help="Best first, or newest first; auto ranks unless very many match.",
)  # fmt: skip
@click.option("--facets", is_flag=True, help="Also count the names, publishers, years and tags of what is found.")
@click.option("--save", "name", metavar="NAME", help="Keep the search, or the list, as NAME; see 'briefing searches'.")
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
    event; date:2025-07 and date:[2025-07 TO 2025-08]; type: a kind of fact or a format; tag: one of your tags;
    note: words of your notes; is: unread, read, unreviewed, reviewed, pinned or gone. Nothing that is typed is an
    error.
    """
    from briefing.cli.gather import finish, gathered

    state = ctx.ensure_object(State)
    if queries is not None:
        _look_up(ctx, queries, (*([query] if query else []), *paths), jobs, limit, form, name)
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


def _look_up(
    ctx: click.Context, queries: str, paths: tuple[str, ...], jobs: int | None, limit: int, form: str, name: str | None
) -> None:
    """The names of a list, in the library or in the paths; with a name it is kept, and the reader has it too."""
    from briefing.cli.finding.name_lists import read_list, search_list
    from briefing.cli.gather import finish, gathered

    if name is not None and paths:
        raise click.UsageError("--save keeps a list for the library and cannot be used with paths")
    wanted = read_list(queries)
    with gathered(ctx.ensure_object(State), paths, (), jobs) as found:
        if name is not None:
            found.library.searches.lists.save(name, wanted)
        search_list(found.library, wanted, limit, form)
        finish(ctx, found)


def _keep(library: "Library", name: str, query: str) -> None:
    """Keep the search; says which one of the same name it takes the place of, so that it is not lost."""
    from briefing.cli.failing import tell

    before = library.searches.query(name)
    library.searches.save(name, query)
    if before is not None and before != query:
        tell(f"{name} was kept before, for: {before}")
