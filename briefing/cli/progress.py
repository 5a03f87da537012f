"""Progress of an ingest: a bar on standard error where that is a terminal, nothing elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing.cli.output import console, is_terminal

if TYPE_CHECKING:
    from briefing.model.progress import IngestEvent


@contextmanager
def watched() -> "Iterator[Callable[[IngestEvent], None]]":
    """What an ingest is to call with its events."""
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
    with Progress(*columns, console=console(sys.stderr), transient=True) as progress:
        bar = progress.add_task("loading the model", total=None)

        def on_event(event: "IngestEvent") -> None:
            if isinstance(event, Discovered):
                progress.update(bar, total=event.total)
            elif isinstance(event, Reading):
                progress.update(bar, description=event.path)
            elif isinstance(event, Added | SetAside):
                progress.advance(bar)

        yield on_event
