"""``doctor``: check everything the program needs, and say what to do where something is wrong."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Final

import click

from briefing.cli.command import WithExamples
from briefing.cli.doctor.check import Check
from briefing.cli.options import with_globals
from briefing.cli.state import State

_STYLES: Final = {"ok": "green", "warn": "yellow", "fail": "bold red"}


@click.command(
    cls=WithExamples, short_help="Check the set-up.", examples=["briefing doctor", "briefing doctor --library other.db"]
)
@with_globals
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Check the program's surroundings: packages, model, library, folders, terminal, settings, themes.

    Each line is ok, warn or fail, with what to do. The exit code is 1 when something fails.
    """
    from briefing.cli.doctor.library_checks import check_library, check_sqlite
    from briefing.cli.doctor.setup_checks import (
        check_extras,
        check_folders,
        check_languages,
        check_lexicons,
        check_model,
        check_packages,
        check_python,
        check_settings,
        check_themes,
    )

    state = ctx.ensure_object(State)
    checks: list[Callable[[State], Iterator[Check]]] = [
        check_python, check_packages, check_extras, check_settings, check_folders, check_sqlite, check_library,
        check_lexicons, check_themes, check_terminal, check_model, check_languages,
    ]  # fmt: skip
    failed = False
    for check in checks:
        for found in check(state):
            _print(found)
            failed = failed or found.status == "fail"
    if failed:
        ctx.exit(1)


def _print(check: Check) -> None:
    from briefing.cli.output import console, is_terminal, write
    from briefing.model.safetext import SafeText

    said = SafeText(f"{check.subject}: {check.finding}" + (f". {check.advice}" if check.advice else "")).line()
    if not is_terminal():
        write(f"{check.status:<4}  {said}\n")
        return
    from rich.text import Text

    console().print(Text.assemble((f"{check.status:<4}", _STYLES[check.status]), "  ", said))


def check_terminal(_: State) -> Iterator[Check]:
    """Report the terminal's kind, colours, encoding and size."""
    if not sys.stdout.isatty():
        yield Check("ok", "terminal", "none, output goes to a file or pipe")
        return
    kind = os.environ.get("TERM", "")
    if os.name == "posix" and kind in {"", "dumb"}:
        yield Check("fail", "terminal", f"TERM is '{kind}'", "The reader needs a terminal that can place the cursor.")
        return
    colours = os.environ.get("COLORTERM") or ("256color" if "256" in kind else "few colours")
    size = shutil.get_terminal_size()
    yield Check("ok", "terminal", f"{kind or 'console'}, {colours}, {size.columns}×{size.lines}")
    if size.columns < 80 or size.lines < 24:
        yield Check("warn", "terminal size", f"{size.columns}×{size.lines}", "The reader is made for 80×24 and more.")
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        advice = "Signs and many letters will show as '?'; set LANG to one that ends in .UTF-8."
        yield Check("warn", "encoding", encoding or "unknown", advice)
