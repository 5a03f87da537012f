"""``demo``: the samples in the reader, with a guide through the four jobs."""

import click

from briefing.cli.command import WithExamples
from briefing.cli.options import with_globals
from briefing.cli.state import State


@click.command(
    cls=WithExamples,
    short_help="A guided run on the samples.",
    examples=["briefing demo"],
)
@with_globals
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Open the samples in the reader, with a guide that leads through the four jobs to a brief.

    The samples are only opened: your library stays as it is. The brief is written where you say.
    """
    from briefing.cli.reader import open_reader
    from briefing.paths import shipped

    ctx.exit(open_reader(ctx.ensure_object(State), (str(shipped("seeds")),), guide=True))
