"""Base classes of dialogs: a framed box over the dimmed reader, left with Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.events import Click
from textual.worker import Worker, WorkerState

from briefing.tui.actions import BY_ID, bindings
from briefing.tui.app_protocol import reader
from briefing.tui.textual_patches.screens import SteadyModal
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    pass
Result = TypeVar("Result")


class Leaving(SteadyModal[Result]):
    """A screen over the reader that leaves once."""

    _late: tuple[Result | None] | None = None
    """The answer of a dialog that is below another one: it leaves once it is on top."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with an answer, once.

        Textual takes the screen on top away, whichever that is. The second of two quick clicks comes to a dialog that
        has gone already, and what a thread says of the end of its work may come to one that is below another.
        """
        if self.is_active:
            return super().dismiss(result)
        if self in self.app.screen_stack:
            self._late = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Leave, if that was to be done while another dialog was on top."""
        if self._late is not None:
            self.dismiss(*self._late)


class Dialog(Leaving[Result]):
    """A question or a page over the reader, with its keys in the last line of the screen.

    A click beside it, or Esc, leaves it without an answer. Messages of it and of its base classes are both taken up,
    so a dialog may have an ``on_mount`` of its own.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")

    def on_mount(self) -> None:
        """Show the keys."""
        self.mount(KeyBar(id="dialog-keys"))

    @on(Bar.Chosen, "#dialog-keys")
    async def _key_chosen(self, message: Bar.Chosen) -> None:
        await self.do(message.key)

    async def do(self, name: str) -> bool:
        """Carry out an action by its id, if it can be done now; whether it could."""
        for active in self.active_bindings.values():
            if active.binding.id == name and active.enabled:
                return await self.app.run_action(active.binding.action, active.node)
        action = BY_ID[name]  # its key may be one that is typed where the focus is
        return action.where != "self" and await self.app.run_action(action.call, self)

    def action_close(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in a thread of this dialog."""
        if event.state is WorkerState.ERROR:
            reader(self).tell_error(event.worker.error)

    def on_click(self, event: Click) -> None:
        """A click beside the box leaves."""
        if event.widget is self:
            self.dismiss(None)
