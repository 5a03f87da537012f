"""Progress of an ingest: a bar on standard error where that is a terminal, nothing elsewhere."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from briefing.cli.output import console, is_terminal

if TYPE_CHECKING:
    from briefing.model.progress import IngestEvent


@contextmanager
def watched() -> "Iterator[Callable[[IngestEvent], None]]":
    """A callback for the events of an ingest, that shows its progress."""
    if not is_terminal(sys.stderr):
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    from briefing.model.progress import Added, Discovered, Reading, SetAside

    class PathColumn(TextColumn):
        """The path being read, as plain text: rich would take brackets in it for markup."""

        def render(self, task: object) -> Text:
            return Text(str(getattr(task, "description", "")), overflow="ellipsis", no_wrap=True)

    columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TimeRemainingColumn(), PathColumn("{task.description}"))
    with Progress(*columns, console=console(sys.stderr), transient=True) as progress, _cursor_back_while_stopped():
        bar = progress.add_task("loading the model", total=None)

        def on_event(event: "IngestEvent") -> None:
            if isinstance(event, Discovered):
                progress.update(bar, total=event.total)
            elif isinstance(event, Reading):
                progress.update(bar, description=event.now)
            elif isinstance(event, Added | SetAside):
                progress.advance(bar)

        yield on_event


@contextmanager
def _cursor_back_while_stopped() -> Iterator[None]:
    """The bar hides the cursor: whoever stops the program with Ctrl+Z gets it back for as long as that lasts."""
    number = getattr(signal, "SIGTSTP", None)  # not known everywhere
    if number is None or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        os.write(sys.stderr.fileno(), b"\x1b[?25h\n")
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # here it stands still until it is told to go on
        signal.signal(number, stop)
        os.write(sys.stderr.fileno(), b"\x1b[?25l")

    before = signal.signal(number, stop)
    try:
        yield
    finally:
        signal.signal(number, before)
