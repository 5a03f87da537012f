"""Errors that end a command: a message that is safe to show, and an exit code."""

from typing import Final

import click

from briefing.cli.output import tell as tell

SOME_FAILED: Final = 1
"""Some sources failed; the rest was done."""
WRONG_SETUP: Final = 2
"""Wrong usage or configuration; nothing was done."""


class Failed(click.ClickException):
    """A command cannot do anything, for this reason."""

    exit_code = WRONG_SETUP


class NoSuchSource(Failed):
    """The library has no such source, or several."""

    exit_code = SOME_FAILED


class NoSuchEntity(Failed):
    """The library has no such entity, or several."""

    exit_code = SOME_FAILED


class Interrupted(click.ClickException):
    """The user pressed Ctrl+C."""

    exit_code = 130

    def __init__(self, message: str = "stopped") -> None:
        super().__init__(message)


class PipeClosed(Exception):
    """Nobody reads our output any more, as after ``| head``; there is nobody to tell."""


def translated(error: Exception) -> click.ClickException | None:
    """Turn an error of a room into a command's error; None for one that no user can do anything about."""
    import sqlite3

    from briefing.config import ConfigError
    from briefing.export.selection import ExportError
    from briefing.library.errors import LibraryError

    if isinstance(error, ConfigError | ExportError | LibraryError):
        return Failed(str(error))
    if isinstance(error, sqlite3.Error):
        return Failed(f"the library file cannot be used: {error}; 'briefing doctor' says more")
    if isinstance(error, OSError):
        what = error.strerror or str(error)
        return Failed(f"{error.filename}: {what}" if error.filename is not None else what)
    return None


def show(error: click.ClickException) -> None:
    """Print the message of a failed command on standard error, with its usage where that was wrong."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is not None:
        command = ctx.command_path.strip()
        click.echo(f"{ctx.get_usage()}\nTry '{command} --help' for help.\n", err=True)
    for line in error.format_message().splitlines():
        tell(line)
