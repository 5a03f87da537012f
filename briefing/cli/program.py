"""The program: its commands, its exit codes, and how it ends when something is wrong."""

import sys
from collections.abc import Sequence
from typing import Final

import click

from briefing import __version__
from briefing.cli.failing import Failed, Interrupted, PipeClosed, show, translated
from briefing.cli.group import Commands, DefaultGroup
from briefing.cli.options import with_globals
from briefing.cli.output import prepare_streams, silence_stdout
from briefing.cli.reader_command import reader

PIPE_CLOSED: Final = 141
"""As a program that ends by SIGPIPE would."""


@click.group(
    cls=DefaultGroup,
    default=reader,
    commands=Commands(
        {
            "add": "library_commands:add",
            "watch": "watch_command:watch",
            "list": "library_commands:list_",
            "show": "library_commands:show_source",
            "read": "read_command:read",
            "remove": "library_commands:remove",
            "search": "finding.search_command:search",
            "searches": "finding.searches_command:searches",
            "entities": "entities_command:entities",
            "facts": "facts_command:facts",
            "events": "briefs.events_command:events",
            "workspace": "briefs.workspace_command:workspace",
            "compare": "briefs.compare_command:compare",
            "export": "briefs.export_command:export",
            "check": "briefs.check_command:check",
            "verify": "briefs.verify_command:verify",
            "import": "briefs.import_command:import_bundle",
            "serve": "serve_command:serve",
            "mcp": "mcp.command:mcp",
            "themes": "setup_commands:themes",
            "config": "setup_commands:config",
            "doctor": "doctor.command:doctor",
            "rescue": "rescue_command:rescue",
            "library": "shared.library:library",
            "work": "shared.queue:work",
            "queue": "shared.queue:queue",
            "completion": "setup_commands:completion",
            "man": "man_command:man",
            "demo": "demo_command:demo",
        }
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="[PATH]... | COMMAND [ARGS]...",
    examples=[
        "briefing                        # your library, in the reader",
        "briefing releases/ wire.html    # these sources only, in the reader",
        "briefing facts releases/        # what they say, as a table",
        "briefing export releases/ -o brief.md",
    ],
)
@click.version_option(__version__, prog_name="briefing", message="%(prog)s %(version)s")
@with_globals
def cli() -> None:
    """Read a pile of sources and come out with a checked, cited brief.

    Without a command the reader opens: on the PATHs that are given, otherwise on your library. A path that is named
    like a command is written ./list, or after --.

    Exit codes: 0 done; 1 some sources failed, each named on standard error; 2 wrong usage or configuration.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the arguments; returns the exit code."""
    prepare_streams()
    try:
        code = cli.main(args=list(arguments), prog_name="briefing", standalone_mode=False)
    except BaseException as error:
        if (ending := ended_by(error)) is None:
            raise
        return ending
    return ended(code if isinstance(code, int) else 0)


def ended_by(error: BaseException) -> int | None:
    """The exit code for what a command raised, once the user is told; None for what nobody can do anything about."""
    if isinstance(error, PipeClosed | BrokenPipeError):
        silence_stdout()
        return PIPE_CLOSED
    if isinstance(error, click.Abort | KeyboardInterrupt):
        error = Interrupted()
    elif isinstance(error, Exception) and not isinstance(error, click.ClickException):
        error = translated(error) or error
    if not isinstance(error, click.ClickException):
        return None
    show(error)
    code = error.exit_code
    return code if isinstance(error, Interrupted) else ended(code)


def ended(code: int) -> int:
    """``code``, or another one where the last of the output does not get where it should."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()
        return PIPE_CLOSED
    except OSError as error:  # such as a full disk
        silence_stdout()
        show(Failed(f"the output cannot be written: {error.strerror or error}"))
        return Failed.exit_code
    return code
