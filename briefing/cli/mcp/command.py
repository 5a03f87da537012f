"""``mcp``: the library for a program that speaks the Model Context Protocol."""

import sys
from importlib.util import find_spec

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import Failed
from briefing.cli.options import with_globals
from briefing.cli.state import State


@click.command(
    cls=WithExamples,
    short_help="The library for other programs, read only.",
    examples=[
        "briefing mcp                    # a program that speaks the protocol starts it so",
        "briefing --library desk.db mcp",
    ],
)
@with_globals
@click.pass_context
def mcp(ctx: click.Context) -> None:
    """Let a program that speaks the Model Context Protocol search and read the library.

    It is asked on standard input and answers on standard output; it listens on no port and changes nothing. Whatever
    program you start it from can read every source of the library, and may send what it reads elsewhere: so it answers
    only once mcp = true stands in your settings.
    """
    from briefing.cli.output import is_terminal

    state = ctx.ensure_object(State)
    if not state.settings.mcp:
        raise Failed(
            "the library is not open to other programs. Whatever program asks can read all of it and send it"
            f" elsewhere; if that is what you want, put mcp = true into {state.loaded.path}"
        )
    if find_spec("mcp") is None:
        raise Failed("this needs another package: pip install 'briefing[mcp]'")
    if is_terminal(sys.stdin):
        raise Failed("this is started by a program that speaks the Model Context Protocol, not by hand")
    from briefing.cli.mcp.server import serve

    with state.reading() as library:
        serve(library)
