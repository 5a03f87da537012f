"""The reader's command line: paths and options of ``briefing`` without the name of a command."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import Failed
from briefing.cli.options import paths_argument, with_globals
from briefing.cli.reader import open_reader
from briefing.cli.state import State


class ReaderCommand(WithExamples):
    """Shows its usage as the program's own, because it has no name of its own."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """``briefing [OPTIONS] [PATH]...``."""
        formatter.write_usage("briefing", " ".join(self.collect_usage_pieces(ctx)))


@click.command(
    cls=ReaderCommand,
    context_settings={"help_option_names": ["-h", "--help"]},
    examples=["briefing", "briefing releases/ wire.html"],
)
@paths_argument
@click.option("--dev-themes", is_flag=True, help="Show a theme file anew whenever it is written, for who makes one.")
@click.option(
    "--run", "macro", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Press the keys of a file that the reader recorded (@).",
)  # fmt: skip
@with_globals
@click.pass_context
def reader(ctx: click.Context, paths: tuple[str, ...], dev_themes: bool, macro: Path | None) -> None:
    """Open the reader: on the PATHs only, else on the library.

    What is read from PATHs is remembered, so a second time it opens at once; it joins the library only by 'add'.
    """
    keys = _keys_of(macro) if macro else ()
    ctx.exit(open_reader(ctx.ensure_object(State), paths, follow_themes=dev_themes, macro=keys))


def _keys_of(path: Path) -> Sequence[Any]:
    from briefing.tui.macros import BadMacro, read_macro

    try:
        return read_macro(path)
    except BadMacro as error:
        raise Failed(str(error)) from error
