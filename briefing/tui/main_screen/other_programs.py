"""Open a source in other programs: its file or web page, or its text in the user's editor."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from briefing.model.safetext import SafeText
from briefing.tui.wording import own

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from briefing.model.source import Source


def open_original(screen: Screen[Any], ref: SafeText) -> None:
    """Open the file or page of a source in a thread; failures are shown.

    Args:
        screen: The screen that owns the thread.
        ref: Path or address of the source.
    """
    screen.run_worker(
        lambda: _open(screen, ref), thread=True, group="outside", exit_on_error=False, description="outside"
    )


def _open(screen: Screen[Any], ref: SafeText) -> None:
    from briefing.tui.outside import Refused, open_outside, openable

    app = screen.app
    try:
        target = openable(ref)
        open_outside(target)
    except (Refused, OSError) as error:
        words = SafeText(str(error)).line()
        app.call_from_thread(app.notify, words, severity="warning", timeout=5)
    else:
        app.call_from_thread(app.notify, own("Opened ") + SafeText(target).line(), timeout=3)


def show_in_editor(app: App[Any], source: Source, place: int) -> None:
    """Show a copy of the text in the user's editor; wait until that is left.

    Args:
        app: The app, suspended meanwhile.
        source: The source.
        place: Character of the text whose line is shown, where the editor can be told.
    """
    from briefing.tui.outside import Refused, copy_for_editor, edit_command, editor

    line = source.text.count("\n", 0, place) + 1
    try:
        command = editor()
        with TemporaryDirectory(prefix="briefing-") as folder, app.suspend():
            path = copy_for_editor(Path(folder), source.title.line(), source.text)
            subprocess.run(edit_command(command, path, line), check=False)  # noqa: S603 - the user's own editor
    except (Refused, SuspendNotSupported, OSError) as error:
        words = "No editor can be shown here." if isinstance(error, SuspendNotSupported) else str(error)
        app.notify(words, severity="warning", timeout=5)
    else:
        app.refresh()
