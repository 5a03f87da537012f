"""``add``, ``list``, ``show``, ``remove``: what is in the library."""

import sys
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import Interrupted, NoSuchSource
from briefing.cli.options import format_option, jobs_option, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.model.listing import SourceRow

_ID_WIDTH = 12
"""Digits of an id that lists show: enough to be unique among a hundred thousand sources."""


@click.command(
    cls=WithExamples,
    short_help="Put sources into the library.",
    examples=[
        "briefing add releases/ wire.html mail.mbox report.pdf",
        "briefing add https://example.org/news/feed.rss",
        "curl -s https://example.org/release | briefing add -",
    ],
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL|-...", type=click.Path())
@jobs_option
@click.option("--allow-private", is_flag=True, help="Fetch addresses of this machine and of private networks too.")
@with_globals
@click.pass_context
def add(ctx: click.Context, paths: tuple[str, ...], jobs: int | None, allow_private: bool) -> None:
    """Put files, folders, web addresses or standard input (-) into the library.

    Archives, mail and feeds become one source for each document, message or entry in them.

    What is in it already is left as it is, so a run that was stopped is gone on with by the same command.
    """
    from briefing.cli.gather import ingest
    from briefing.cli.output import report, write
    from briefing.export.wording import plural

    state = ctx.ensure_object(State)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    with state.open_library() as library:
        try:
            done = ingest(state, library, paths, jobs, stdin, allow_private)
        except KeyboardInterrupt:
            raise Interrupted("stopped; the same command goes on from here") from None
    said = [f"{plural(done.added, 'source')} added"]
    if done.known:
        said.append(f"{done.known} known already")
    if done.failures:
        said.append(f"{len(done.failures)} set aside")
    write(", ".join(said) + "\n")
    if report(done.failures):
        ctx.exit(1)


@click.command(
    name="list",
    cls=WithExamples,
    short_help="What is in the library.",
    examples=[
        "briefing list",
        'briefing list "air force" --order title',
        "briefing list --format json",
    ],
)
@click.argument("words", required=False, metavar="[WORDS]", default="")
@click.option(
    "--order", type=click.Choice(["newest", "title", "publisher", "added"]), default="newest", show_default=True,
    help="What comes first.",
)  # fmt: skip
@format_option("text", "json")
@with_globals
@click.pass_context
def list_(ctx: click.Context, words: str, order: str, form: str) -> None:
    """List the sources of the library, or those with WORDS in title or publisher."""
    import json

    from briefing.cli.output import table, write
    from briefing.export.wording import day

    with ctx.ensure_object(State).reading() as library:
        rows: list[SourceRow] = []
        while page := library.sources(order=order, text=words, offset=len(rows), limit=1000):  # type: ignore[arg-type]
            rows += page
    if form == "json":
        write(json.dumps({"sources": [row.model_dump(mode="json") for row in rows]}, ensure_ascii=False, indent=1))
        write("\n")
        return
    table(
        ["ID", "DATE", "PUBLISHER", "TITLE", "COUNTS", "WHO", "QUOTES", "STATE"],
        [
            (row.id[:_ID_WIDTH], day(row.published), row.publisher, row.title, row.counts, row.participants, row.quotes,
             _state(row))
            for row in rows
        ],
        right=(4, 5, 6),
    )  # fmt: skip


def _state(row: "SourceRow") -> str:
    states = ["reviewed" if row.reviewed else "read" if row.read else "new"]
    if row.warnings:
        states.append("⚠")
    return " ".join(states)


@click.command(
    name="show",
    cls=WithExamples,
    short_help="One source with its facts.",
    examples=[
        "briefing show 3f2a",
        "briefing show 3f2a --text",
    ],
)
@click.argument("ref", metavar="ID")
@format_option("text", "json")
@click.option("--text", "whole", is_flag=True, help="The source's text, and nothing else.")
@with_globals
@click.pass_context
def show_source(ctx: click.Context, ref: str, form: str, whole: bool) -> None:
    """Show one source of the library with its facts; the beginning of its ID is enough."""
    import json

    from briefing.cli.facts_text import print_document
    from briefing.cli.gather import resolved
    from briefing.cli.output import write
    from briefing.export import Names, document_json

    with ctx.ensure_object(State).reading() as library:
        key = resolved(library, ref)
        document = library.source(key), library.extraction(key)
    if whole:
        write(document[0].text.rstrip("\n") + "\n")
    elif form == "json":
        shape = document_json(Names().of(document[0].path), document, text=True)
        write(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")
    else:
        print_document(document)


@click.command(
    cls=WithExamples,
    short_help="Take sources out of the library.",
    examples=[
        "briefing remove 3f2a 90bc --yes",
    ],
)
@click.argument("refs", nargs=-1, required=True, metavar="ID...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_globals
@click.pass_context
def remove(ctx: click.Context, refs: tuple[str, ...], yes: bool) -> None:
    """Take sources out of the library, with what was found in them and said of it. The files stay where they are."""
    from briefing.cli.failing import tell
    from briefing.cli.gather import resolved
    from briefing.cli.output import is_terminal, write

    failed = False
    with ctx.ensure_object(State).reading() as library:
        for ref in refs:
            try:
                row = library.row(resolved(library, ref))
            except NoSuchSource as error:
                tell(error.message)
                failed = True
                continue
            title = row.title.line()
            if not yes and is_terminal(sys.stdin) and not click.confirm(f"Remove {title}?", default=False):
                continue
            library.remove(row.id)
            write(f"removed {row.id[:_ID_WIDTH]} {title}\n")
    if failed:
        ctx.exit(1)
