"""Show the first-run tour on the main screen, and remember that it was shown."""

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
    """Show the tour unless it was shown before, or the library holds more than a few sources.

    Args:
        screen: The main screen.
        sources: Number of sources in the library.
    """
    app = reader(screen)
    if app.tour is None or sources >= MANY or screen.query(Tour):
        return
    seen = app.tour
    app.tour = None
    screen.run_worker(lambda: _offer(screen, seen), thread=True, group="tour", exit_on_error=False)


def _offer(screen: Screen[None], seen: Path) -> None:
    """Check in a thread whether the tour was shown, and note that it is now."""
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
    """Close the tour; returns whether it was open."""
    found = screen.query(Tour)
    there = bool(found)
    found.remove()
    return there


def say_again(screen: Screen[None]) -> None:
    """Write the tour again, as its keys may have changed."""
    for tour in screen.query(Tour):
        tour.say(reader(screen).keymap.keys)
