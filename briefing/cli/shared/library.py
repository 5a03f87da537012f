"""``library``: copying a library into another one, and checking that it holds what it says."""

import sys

import click

from briefing.cli.command import WithExamples
from briefing.cli.options import ANY_PATH, format_option, with_globals
from briefing.cli.state import State

_NAMED = 50
"""Differences that are told one by one."""


class _Group(WithExamples, click.Group):
    """A group with examples."""


@click.group(
    cls=_Group,
    short_help="Copy a library, or check it.",
    examples=["briefing library copy library.db copy.db", "briefing library check"],
)
def library() -> None:
    """Copy a library into another one, a file or a server either way, or check it."""


@library.command(
    cls=WithExamples,
    short_help="Copy a library into an empty one.",
    examples=[
        "briefing library copy library.db postgresql://desk@news.example/library",
        "briefing library copy postgresql://desk@news.example/library home.db",
    ],
)
@click.argument("source", metavar="SRC", type=ANY_PATH)
@click.argument("target", metavar="DST", type=ANY_PATH)
@with_globals
@click.pass_context
def copy(ctx: click.Context, source: str, target: str) -> None:
    """Copy the library SRC into DST: files, or addresses of servers. SRC is only read.

    DST is made where there is none. Stopped, the same command goes on where it was. At the end both are read and
    compared, by counts and hashes; the exit code is 1 where they differ.
    """
    from briefing.cli.failing import tell
    from briefing.cli.output import is_terminal, write
    from briefing.library.copying import copy as carried
    from briefing.library.copying import differences
    from briefing.library.opening import open_library
    from briefing.model.wording import plural

    shown = is_terminal(sys.stderr)

    def on_copied(n: int, of: int) -> None:
        if shown:
            click.echo(f"\r{n:,} of {of:,} ", nl=n == of, err=True)

    with open_library(source, create=False) as one, open_library(target) as other:
        done = carried(one, other, on_copied)
        write(
            f"{plural(done.sources, 'source')} copied" + (f", {done.known} there already" if done.known else "") + "\n"
        )
        for problem in done.damaged[:_NAMED]:
            tell(problem)
        wrong = list(differences(one, other))
        for problem in wrong[:_NAMED]:
            tell(problem)
        write("the copy holds the same\n" if not wrong else f"{plural(len(wrong), 'difference')}\n")
    if wrong or done.damaged:
        sys.stdout.flush()
        ctx.exit(1)


@library.command(
    cls=WithExamples,
    short_help="Whether a library holds what it says.",
    examples=["briefing library check", "briefing library check postgresql://desk@news.example/library"],
)
@click.argument("address", metavar="[LIBRARY]", required=False, type=ANY_PATH)
@with_globals
@click.pass_context
def check(ctx: click.Context, address: str | None) -> None:
    """Read every source of a library and count anew what is counted. The exit code is 1 where something is wrong."""
    from briefing.cli.failing import tell
    from briefing.cli.output import write
    from briefing.library.checking import problems
    from briefing.library.opening import open_library
    from briefing.model.wording import plural

    state = ctx.ensure_object(State)
    with open_library(address or state.library_address, create=False) as opened:
        found = list(problems(opened))
        for problem in found[:_NAMED]:
            tell(problem)
        sources = plural(opened.totals().sources, "source")
    write(f"{sources}, {plural(len(found), 'problem') if found else 'all well'}\n")
    if found:
        sys.stdout.flush()
        ctx.exit(1)


@library.command(
    cls=WithExamples,
    short_help="Facts on which people differ.",
    examples=["briefing library disputes", "briefing library disputes --format json"],
)
@format_option("text", "json")
@with_globals
@click.pass_context
def disputes(ctx: click.Context, form: str) -> None:
    """List the facts of a library on a server on which people gave different verdicts; first the one that holds.

    An owner's verdict holds before those of others, and of equals the later one: an owner settles a dispute by giving
    a verdict in the reader.
    """
    import json

    from briefing.cli.failing import Failed
    from briefing.cli.output import table, write
    from briefing.model.safetext import SafeText

    state = ctx.ensure_object(State)
    if state.library_path is not None:
        raise Failed("in a library that is a file there is one verdict on a fact, yours")
    with state.reading() as opened:
        from briefing.library.postgres.library import disputes as found

        every = [
            (source_id, review.key, author, review.state, review.edited, review.at, number == 0)
            for source_id, about in found(opened)
            for number, (author, review) in enumerate(about)
        ]
    if form == "json":
        names = ("source", "fact", "author", "verdict", "corrected", "at", "holds")
        shape = [dict(zip(names, (*each[:5], each[5] and each[5].isoformat(), each[6]), strict=True)) for each in every]
        write(json.dumps({"verdicts": shape}, ensure_ascii=False, indent=1) + "\n")
        return
    if not every:
        write("nobody differs\n")
        return
    table(
        ["SOURCE", "FACT", "AUTHOR", "VERDICT", "AT", ""],
        [
            (source_id[:12], SafeText(key).line(), SafeText(author).line(), verdict, str(at or ""), "holds" * holds)
            for source_id, key, author, verdict, _, at, holds in every
        ],
    )
