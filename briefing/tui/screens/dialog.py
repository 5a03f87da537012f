"""What dialogs share: a framed box over the dimmed reader, left with Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.events import Click
from textual.screen import ModalScreen
from textual.worker import Worker, WorkerState

if TYPE_CHECKING:
    from briefing.tui.app import BriefingApp

Result = TypeVar("Result")


def reader(node: DOMNode) -> BriefingApp:
    """The app, by its own type."""
    return node.app  # type: ignore[return-value]


class Dialog(ModalScreen[Result]):
    """A question or a page over the reader. A click beside it, or Esc, leaves it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]

    def action_leave(self) -> None:
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
