"""Make manual pages from the commands' help."""

import re
from collections.abc import Iterator
from typing import Any, Final

import click

from briefing import __version__
from briefing.cli.command import WithExamples

_SPECIAL: Final = str.maketrans({"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"})


def pages(root: click.Group) -> Iterator[tuple[str, str]]:
    """Name and text of every page: ``briefing``, ``briefing-add``, ``briefing-entities-merge``."""
    yield from _pages(root, click.Context(root, info_name="briefing"), "briefing")


def _pages(command: click.Command, ctx: click.Context, name: str) -> Iterator[tuple[str, str]]:
    yield name, page(command, ctx, name)
    if isinstance(command, click.Group):
        for word in command.list_commands(ctx):
            below = command.get_command(ctx, word)
            if below is not None and not below.hidden:
                yield from _pages(below, click.Context(below, info_name=word, parent=ctx), f"{name}-{word}")


def page(command: click.Command, ctx: click.Context, name: str) -> str:
    """Write the manual page of a command, in the macros of ``man(7)``; no line of text can be taken for a request.

    Args:
        command: The command.
        ctx: Its context.
        name: Name of the page.
    """
    about = command.get_short_help_str(80).rstrip(".")
    lines = [
        f'.TH "{_text(name.upper())}" "1" "" "briefing {_text(__version__)}" "briefing"',
        *(".SH NAME", f"{_text(name)} \\- {_text(about)}"),
        *(".SH SYNOPSIS", rf"\fB{_text(ctx.command_path)}\fR {_text(' '.join(command.collect_usage_pieces(ctx)))}"),
        *(".SH DESCRIPTION", *_paragraphs(command.help or about)),
        *_options(command, ctx),
        *_commands(command, ctx),
    ]
    if isinstance(command, WithExamples) and command.examples:
        lines += [".SH EXAMPLES", ".nf", *(_line(example) for example in command.examples), ".fi"]
    if ctx.parent is not None:
        lines += [".SH SEE ALSO", rf"\fB{_text(name.rpartition('-')[0])}\fR(1)"]
    return "\n".join(lines) + "\n"


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    options = [each for each in command.get_params(ctx) if isinstance(each, click.Option)]
    records = [record for each in options if (record := each.get_help_record(ctx)) is not None]
    if records:
        yield ".SH OPTIONS"
    for written, about in records:
        yield from (".TP", rf"\fB{_text(written)}\fR", _line(about))


def _commands(command: click.Command, ctx: click.Context) -> Iterator[str]:
    if not isinstance(command, click.Group):
        return
    yield ".SH COMMANDS"
    for word in command.list_commands(ctx):
        below: Any = command.get_command(ctx, word)
        if not below.hidden:
            yield from (".TP", rf"\fB{_text(word)}\fR", _line(below.get_short_help_str(100)))


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if number:
            yield ".PP"
        yield _line(" ".join(paragraph.split()))


def _line(text: str) -> str:
    return _text(text) if text[:1] not in {".", "'"} else r"\&" + _text(text)


def _text(text: str) -> str:
    return text.translate(_SPECIAL)
