"""``search``: hits with the words around them."""

import json
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.options import format_option, jobs_option, paths_argument, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.model.listing import Hit, SearchResult


@click.command(
    cls=WithExamples,
    short_help="Search sources.",
    examples=[
        "briefing search '\"joint patrol\" nation:Japan'",
        "briefing search 'B-52H date:2025-07' releases/ --format json",
    ],
)
@click.argument("query")
@paths_argument
@click.option("--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Leave out the first N.")
@click.option(
    "--order", type=click.Choice(["auto", "ranked", "newest"]), default="auto", show_default=True,
    help="Best first, or newest first; auto ranks unless very many match.",
)  # fmt: skip
@format_option("text", "json")
@jobs_option
@with_globals
@click.pass_context
def search(
    ctx: click.Context,
    query: str,
    paths: tuple[str, ...],
    limit: int,
    offset: int,
    order: str,
    form: str,
    jobs: int | None,
) -> None:
    """Search the library, or the PATHs only, for QUERY.

    Words must all occur; "a phrase", OR, NOT, prefix*, field:value (title speaker person org nation place aircraft
    quote publisher type) and date:[2025-07 TO 2025-08] narrow it. Nothing that is typed is an error.
    """
    from briefing.cli.gather import finish, gathered

    with gathered(ctx.ensure_object(State), paths, (), jobs) as found:
        result = found.library.search(query, limit=limit, offset=offset, order=order)  # type: ignore[arg-type]
        if form == "json":
            _print_json(result)
        else:
            _print_text(result, found.library.totals().sources)
        finish(ctx, found)


def _print_json(result: "SearchResult") -> None:
    from briefing.cli.output import write

    shape = {
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
    write(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")


def _print_text(result: "SearchResult", sources: int) -> None:
    from briefing.cli.output import styled
    from briefing.export.wording import plural

    total = f"{result.total:,}{'' if result.exact else '+'}"
    styled("dim", f"{total} of {plural(sources, 'source')}, {result.order}; understood as: {result.interpreted}")
    if result.note:
        styled("dim", result.note)
    for hit in result.hits:
        _print_hit(hit)


def _print_hit(hit: "Hit") -> None:
    from briefing.cli.output import console, heading, is_terminal, styled, write
    from briefing.export.wording import day

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
