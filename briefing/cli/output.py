"""Print: plain to a pipe, coloured on a terminal, never a control character that is not ours."""

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from briefing.model.listing import Failure


def prepare_streams() -> None:
    """Make sure that no character can end the program: what a stream cannot show becomes ``?``.

    Output that is not a terminal is UTF-8 on every platform, because files and programs expect it. A stream that the
    caller closed leads nowhere; left closed, its number would be given to the next file opened, such as the library.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - for as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream is sys.stdout and not stream.isatty():
            reconfigure(encoding="utf-8", errors="replace", newline="\n")
        else:
            reconfigure(errors="replace")


def silence_stdout() -> None:
    """Discard the interpreter's last flush, once the reader of our output has gone."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal(stream: IO[Any] | None = None) -> bool:
    """Whether a person is looking at ``stream``, standard output by default."""
    stream = stream or sys.stdout
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def console(stream: IO[str] | None = None) -> "Console":
    """A Rich console for terminals. It prints what it is given: no markup, no highlighting, no emoji names."""
    from rich.console import Console

    return Console(file=stream or sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=False)


def write(text: str) -> None:
    """Write to standard output."""
    sys.stdout.write(text)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> None:
    """Print rows under headings.

    A terminal gets a table of its width. A pipe gets one line a row, columns aligned by two spaces and none cut, so
    that ``cut``, ``sort`` and ``grep`` see everything.

    Args:
        columns: The headings.
        rows: Cells of each row.
        right: Numbers of the columns of figures, from 0, which are aligned to the right.
    """
    cells = [[_cell(value) for value in row] for row in rows]
    if is_terminal():
        _rich_table(columns, cells, set(right))
        return
    widths = [max(len(line[n]) for line in [list(columns), *cells]) for n in range(len(columns))]
    for line in [list(columns), *cells]:
        padded = [
            cell.rjust(width) if n in set(right) else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        write("  ".join(padded).rstrip() + "\n")


def _rich_table(columns: Sequence[str], cells: list[list[str]], right: set[int]) -> None:
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for n, column in enumerate(columns):
        made.add_column(column, justify="right" if n in right else "left", overflow="fold")
    for line in cells:
        made.add_row(*map(Text, line))
    console().print(made)


def heading(text: str) -> None:
    """Print a line that stands out on a terminal."""
    styled("bold", text)


def styled(style: str, text: str, link: str = "") -> None:
    """Print a line in a style; a pipe gets it plain.

    Args:
        style: A style of Rich.
        text: The line.
        link: A path or web address in the line, which becomes a link (OSC 8) where the terminal shows such; empty for
            none.
    """
    if not is_terminal():
        write(_cell(text) + "\n")
        return
    from rich.style import Style
    from rich.text import Text

    line, shown = Text(_cell(text), style=style), _cell(link)
    if shown and (address := _link_to(link)) and (at := line.plain.rfind(shown)) >= 0:
        line.stylize(Style(link=address), at, at + len(shown))
    console().print(line)


def _link_to(ref: str) -> str | None:
    """The address of a file or page, where links are wanted and shown."""
    from click import get_current_context

    from briefing.links import address_of, understood

    context = get_current_context(silent=True)
    state: Any = context.find_root().obj if context is not None else None
    return address_of(ref) if understood() and (state is None or state.settings.links) else None


def report(failures: "Iterable[Failure]") -> int:
    """Name every source that failed on standard error, with the reason; returns how many there were."""
    number = 0
    for number, failure in enumerate(failures, start=1):  # noqa: B007
        tell(f"{failure.path}: {failure.reason}")
    return number


def tell(message: str) -> None:
    """Print one line for the user on standard error, whatever characters it holds."""
    from briefing.model.safetext import SafeText

    with suppress(OSError, ValueError):  # nobody is left to be told
        sys.stderr.write(f"briefing: {SafeText(message).line()}\n")


def _cell(value: object) -> str:
    from briefing.model.safetext import SafeText

    return "" if value is None else SafeText(str(value)).line()
