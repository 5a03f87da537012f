"""Modal screens, robust and with the app's keys; another default screen; waiting until a screen is mounted."""

from __future__ import annotations

from asyncio import wait_for
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import App
    from textual.await_complete import AwaitComplete
    from textual.binding import BindingsMap
    from textual.dom import DOMNode
    from textual.geometry import Size


class OverBelow:
    """Mixed into modal screens: a screen over the one that is below it in the stack.

    Textual keeps a list of the screens below, from which each one that is drawn takes the last. One that is drawn from
    what it drew before takes none; of several dialogs over each other one was then drawn over itself, without end.
    """

    def render(self: Any) -> RenderableType:
        """The screen below, dimmed; where there is none, as Textual does it."""
        stack, background = self.app.screen_stack, self.styles.background
        at = stack.index(self) if self in stack else 0
        return BackgroundScreen(stack[at - 1], background) if at and background.a < 1 else Screen.render(self)


class SteadyModal(OverBelow, ModalScreen[ScreenResultType]):
    """A screen over another one, on which the app's own keys work too, and that passes over a size of before.

    Textual leaves the app's bindings out over a modal screen (what works everywhere has to work there), and lays out
    for a size that the terminal has no more: two sizes that are on their way would call for each other for ever.
    """

    @property
    def _modal_binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        return self._binding_chain

    _laid_out: Size | None = None
    """The size that the screen was laid out for last."""

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        self._laid_out = self.outer_size if size is None else size
        super()._refresh_layout(size, scroll)

    def _screen_resized(self, size: Size) -> None:
        if size == self.app.size and size != self._laid_out:
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


def replace_default(app: App[Any], screen: Screen[Any]) -> AwaitComplete:
    """Show a screen in place of the app's default one.

    Textual's ``switch_screen`` takes back the callback that ``push_screen`` left with a screen; the default screen was
    not pushed and has none.

    Args:
        app: The app, which shows its default screen and no other.
        screen: The screen to show.
    """
    app.screen._push_result_callback(app, None)
    return app.switch_screen(screen)
