"""The program: its commands, its exit codes, and how it ends when something is wrong."""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import Final

import click

from briefing import __version__
from briefing.cli.failing import Failed, Interrupted, PipeClosed, show
from briefing.cli.group import Commands, DefaultGroup
from briefing.cli.options import with_globals
from briefing.cli.output import prepare_streams, silence_stdout
from briefing.cli.reader_command import reader

PIPE_CLOSED: Final = 141
"""As a program that ends by SIGPIPE would."""
_ENDING: Final = 10.0
"""Seconds that ending in good order may take."""


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
            "search": "search_command:search",
            "searches": "searches_command:searches",
            "entities": "entities_command:entities",
            "facts": "facts_command:facts",
            "compare": "compare_command:compare",
            "export": "export_command:export",
            "check": "check_command:check",
            "verify": "verify_command:verify",
            "import": "import_command:import_bundle",
            "serve": "serve_command:serve",
            "themes": "setup_commands:themes",
            "config": "setup_commands:config",
            "doctor": "doctor.command:doctor",
            "rescue": "rescue_command:rescue",
            "library": "shared.library:library",
            "work": "shared.queue:work",
            "queue": "shared.queue:queue",
            "completion": "setup_commands:completion",
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


def main() -> None:
    """Start, with the arguments of the command line. What is written is nobody else's to read."""
    os.umask(0o077)
    for name in ("SIGTERM", "SIGHUP"):  # the second is not known everywhere
        if number := getattr(signal, name, None):
            signal.signal(number, _leave)
    sys.exit(run(sys.argv[1:]))


def _leave(number: int, _: FrameType | None) -> None:
    """End in good order when told to, or when the terminal is closed: temporary files go, workers are stopped.

    A reader that is still busy with a megabyte of keys would take as long as these last; it is not waited for.
    """
    last = threading.Timer(_ENDING, os._exit, (128 + number,))
    last.daemon = True
    last.start()
    raise SystemExit(128 + number)


def run(arguments: Sequence[str]) -> int:
    """Carry out the arguments; returns the exit code."""
    prepare_streams()
    try:
        code = cli.main(args=list(arguments), prog_name="briefing", standalone_mode=False)
    except click.ClickException as error:
        show(error)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        show(Interrupted())
        return Interrupted.exit_code
    except (PipeClosed, BrokenPipeError):
        silence_stdout()
        return PIPE_CLOSED
    return _ended(code if isinstance(code, int) else 0)


def _ended(code: int) -> int:
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
