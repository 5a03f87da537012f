"""Options and arguments that several commands share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

import click

from briefing.cli.completing import complete_ids, complete_workspaces
from briefing.cli.state import State

_Function = TypeVar("_Function", bound=Callable[..., Any])

CATEGORIES: Final = ("aircraft", "ship", "personnel", "munition", "vehicle", "other")
"""As in :mod:`briefing.model.facts`, which takes longer to import than the help to print; a test compares them."""
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
    if value is not None and param.name:  # a shell that completes asks the library that is named, too
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
    """Add ``[PATH]...``, ``--source ID``, ``--workspace NAME`` and ``--jobs N``: what a command is about."""
    source = click.option(
        "--source",
        "ids",
        metavar="ID",
        multiple=True,
        shell_complete=complete_ids,
        help="Only this source of the library; the beginning of its id is enough. May be repeated.",
    )
    workspace = click.option(
        "--workspace",
        metavar="NAME",
        expose_value=False,
        callback=_note_workspace,
        shell_complete=complete_workspaces,
        help="Only the sources of this workspace.",
    )
    return paths_argument(source(workspace(jobs_option(function))))


def _note_workspace(ctx: click.Context, param: click.Parameter, value: str | None) -> None:  # noqa: ARG001
    if value is not None and not ctx.resilient_parsing:
        ctx.ensure_object(State).workspace = value


as_extracted_option = click.option(
    "--as-extracted", is_flag=True, help="As the program found it, without your verdicts and corrections."
)
"""Verdicts on the facts of the library are honoured unless this is given."""


def format_option(*choices: str) -> Callable[[_Function], _Function]:
    """Add ``--format``; the first choice is the default."""
    return click.option(
        "--format", "form", type=click.Choice(choices), default=choices[0], show_default=True, help="How to print it."
    )


_ASKED: Final = ("item", "category", "operator", "at_least", "at_most", "name", "speaker")


def asking(function: _Function) -> _Function:
    """Add the options that ask for some facts; the function is given ``wanted``, None where none of them is used."""

    @wraps(function)
    def asked(*args: Any, **values: Any) -> Any:
        asked_for = {name: values.pop(name) for name in _ASKED}
        given = {name: value for name, value in asked_for.items() if value not in {None, ""}}
        if not given:
            return function(*args, wanted=None, **values)
        from briefing.library.search.fact_filter import FactFilter

        return function(*args, wanted=FactFilter(**given), **values)

    options = (
        click.option("--item", metavar="WORDS", help="Only counts of this."),
        click.option("--category", type=click.Choice(CATEGORIES), help="Only counts of this category."),
        click.option("--operator", metavar="NAME", help="Only counts of what this nation or service has."),
        click.option("--at-least", metavar="N", type=int, help="Only counts that are this many or more."),
        click.option("--at-most", metavar="N", type=int, help="Only counts that are this many or fewer."),
        click.option("--name", metavar="NAME", help="Only participants of this name."),
        click.option("--speaker", metavar="NAME", help="Only what this one said."),
    )
    decorated: Any = asked
    for option in reversed(options):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]
