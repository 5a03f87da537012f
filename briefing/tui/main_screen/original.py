"""Opening the file or web page that a source was read from, in another program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.model.safetext import SafeText
from briefing.tui.wording import own

if TYPE_CHECKING:
    from textual.screen import Screen


def open_original(screen: Screen[Any], ref: SafeText) -> None:
    """Open ``ref`` in a thread; what comes of it is told."""
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
