"""The first-run tour on the main screen: when it is shown, and that it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from briefing.tui.app_protocol import reader
from briefing.tui.widgets.tour import Tour

if TYPE_CHECKING:
    from textual.screen import Screen

MANY: Final = 5
"""Sources from which on a library is taken for that of somebody who has been here before."""


def offer(screen: Screen[None], sources: int) -> None:
    """Show the tour to who has not seen it, over an empty library or one with little more than the samples."""
    app = reader(screen)
    if app.tour is None or sources >= MANY or screen.query(Tour):
        return
    seen = app.tour
    app.tour = None
    screen.run_worker(lambda: _offer(screen, seen), thread=True, group="tour", exit_on_error=False)


def _offer(screen: Screen[None], seen: Path) -> None:
    """In a thread: look whether it was shown, and note that it is now."""
    if seen.exists():
        return
    try:
        seen.parent.mkdir(parents=True, exist_ok=True)
        seen.touch()
    except OSError:
        return  # where nothing can be noted, it would be shown at every start
    screen.app.call_from_thread(show, screen)


def show(screen: Screen[None]) -> None:
    """Show it."""
    if not screen.query(Tour):
        tour = Tour(id="tour")
        tour.say(reader(screen).keymap.keys)
        screen.mount(tour, before="#legend")


def leave(screen: Screen[None]) -> bool:
    """Close it; whether it was there."""
    found = screen.query(Tour)
    there = bool(found)
    found.remove()
    return there


def say_again(screen: Screen[None]) -> None:
    """Its keys may be others."""
    for tour in screen.query(Tour):
        tour.say(reader(screen).keymap.keys)
