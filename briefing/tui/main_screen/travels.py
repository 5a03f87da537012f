"""Go back to the place before the last jump, and forward again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.tui.places import Target

if TYPE_CHECKING:
    from textual.screen import Screen

    from briefing.tui.main_screen.entities import EntityController
    from briefing.tui.state import ReaderState


class Travels:
    """Goes through the history; a place that was left from a card has that card shown again."""

    def __init__(self, screen: Screen[Any], state: ReaderState, entities: EntityController) -> None:
        self.screen = screen
        self._state = state
        self._entities = entities

    def go(self, step: int) -> None:
        """Go one place back (-1) or forward (1)."""
        self._entities.cancel_card()
        place = self._state.history.travel(step, self._state.here)
        if place is None:
            self.screen.app.notify("No other place to go to.", timeout=2)
            return
        self._state.open(Target(place.source_id, place.at, preview=True, top=True))
        self._state.go_to("text")
        if place.card is not None:
            self._entities.return_to_card(place.card)
