"""Start the program, and end it in good order on a signal."""

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Final

from briefing.cli.output import prepare_streams
from briefing.cli.quick import understood

_ENDING: Final = 10.0
"""Seconds that ending in good order may take."""


def main() -> None:
    """Run the program with the arguments of the command line. Files it makes can be read by this user only."""
    os.umask(0o077)
    for name in ("SIGTERM", "SIGHUP"):  # the second is not known everywhere
        if number := getattr(signal, name, None):
            signal.signal(number, _leave)
    sys.exit(run(sys.argv[1:]))


def _leave(number: int, _: FrameType | None) -> None:
    """End in good order when told to, or when the terminal is closed: temporary files go, workers are stopped.

    A reader that is still busy with a megabyte of keys would take as long as these last; it is not waited for.
    """
    import threading

    last = threading.Timer(_ENDING, os._exit, (128 + number,))
    last.daemon = True
    last.start()
    raise SystemExit(128 + number)


def run(arguments: Sequence[str]) -> int:
    """Run the arguments; returns the exit code. The whole program is loaded only where it is needed."""
    task = understood(arguments)
    if task is None:
        from briefing.cli import program

        return program.run(arguments)
    prepare_streams()
    try:
        code = task() or 0
        sys.stdout.flush()
    except BaseException as error:
        from briefing.cli import program

        if (ending := program.ended_by(error)) is None:
            raise
        return ending
    return code
