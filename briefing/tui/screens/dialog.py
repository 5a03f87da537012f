"""What dialogs share: a framed box over the dimmed reader, left with Esc."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A question or a page over the reader. A click beside it, or Esc, leaves it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def on_click(self, event: Click) -> None:
        """A click beside the box leaves."""
        if event.widget is self:
            self.dismiss(None)
