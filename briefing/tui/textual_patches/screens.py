"""Modal screens with the app's keys, robust against stale sizes; and waiting until a screen is mounted."""

from __future__ import annotations

from asyncio import wait_for
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen, ScreenResultType

if TYPE_CHECKING:
    from textual.binding import BindingsMap
    from textual.dom import DOMNode
    from textual.geometry import Size


class SteadyModal(ModalScreen[ScreenResultType]):
    """A screen over another one, on which the app's own keys work too, and that passes over a size of before.

    Textual leaves the app's bindings out over a modal screen (what works everywhere has to work there), and lays out
    for a size that the terminal has no more: two sizes that are on their way would call for each other for ever.
    """

    @property
    def _modal_binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        return self._binding_chain

    def _screen_resized(self, size: Size) -> None:
        if size == self.app.size:
            super()._screen_resized(size)


async def until_mounted(screen: Screen[Any], seconds: float) -> None:
    """Wait until a screen that is being opened is mounted.

    Textual has no public word for it. A dialog that is just being opened while the program ends would look for its
    parts when these are gone.

    Args:
        screen: The screen.
        seconds: How long to wait at most.
    """
    with suppress(TimeoutError):
        await wait_for(screen._mounted_event.wait(), seconds)
