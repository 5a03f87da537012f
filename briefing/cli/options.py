"""Options and arguments that several commands share."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from briefing.cli.state import State

_Function = TypeVar("_Function", bound=Callable[..., Any])

ANY_PATH: Final = click.Path(readable=False)
"""Also one that may not be read: it is set aside with its reason, and the others go on."""


def with_globals(function: _Function) -> _Function:
    """Add ``--library``, ``--model`` and ``--private``, which may stand before and after the name of a command."""
    private = click.option(
        "--private",
        is_flag=True,
        default=None,
        expose_value=False,
        callback=_note_private,
        help="Leave nothing behind: no library, cache or list of what was read.",
    )
    model = click.option(
        "--model", metavar="NAME", expose_value=False, callback=_note, help="Import name of another spaCy pipeline."
    )
    library = click.option(
        "--library",
        metavar="FILE|URL",
        type=ANY_PATH,
        expose_value=False,
        callback=_note,
        help="The library's file, or postgresql://USER@HOST/DATABASE. [env: BRIEFING_LIBRARY]",
    )
    return library(model(private(function)))


def _note(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and not ctx.resilient_parsing and param.name:
        ctx.ensure_object(State).options[param.name] = value


def _note_private(ctx: click.Context, param: click.Parameter, value: bool | None) -> None:  # noqa: ARG001
    if value and not ctx.resilient_parsing:
        ctx.ensure_object(State).private = True


paths_argument = click.argument("paths", nargs=-1, metavar="[PATH]...", type=ANY_PATH)
"""Files and folders, ``-`` for standard input; none for the library."""

jobs_option = click.option(
    "--jobs", metavar="N", type=click.IntRange(0, 64), help="Processes that extract; 0 chooses by the machine."
)


def picking(function: _Function) -> _Function:
    """Add ``[PATH]...``, ``--source ID`` and ``--jobs N``: what a command is about."""
    source = click.option(
        "--source",
        "ids",
        metavar="ID",
        multiple=True,
        help="Only this source of the library; the beginning of its id is enough. May be repeated.",
    )
    return paths_argument(source(jobs_option(function)))


as_extracted_option = click.option(
    "--as-extracted", is_flag=True, help="As the program found it, without your verdicts and corrections."
)
"""Verdicts on the facts of the library are honoured unless this is given."""


def format_option(*choices: str) -> Callable[[_Function], _Function]:
    """Add ``--format``; the first choice is the default."""
    return click.option(
        "--format", "form", type=click.Choice(choices), default=choices[0], show_default=True, help="How to print it."
    )
