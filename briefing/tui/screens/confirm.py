"""A question with two answers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from briefing.model.safetext import SafeText
from briefing.tui.screens.dialog import Dialog


class ConfirmScreen(Dialog[bool]):
    """Answers True for the verb, False or None for anything else. The focus is on the answer that does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes", show=False),
        Binding("n", "leave", "No", show=False),
        Binding("left,right", "other", show=False),
    ]

    def __init__(self, question: SafeText, verb: SafeText) -> None:
        super().__init__()
        self._question = question
        self._verb = verb

    def compose(self) -> ComposeResult:
        """The question over its answers."""
        with Vertical(classes="box small"):
            yield Static(Content(self._question), classes="said")
            with Horizontal(classes="buttons"):
                yield Button(Content(f"{self._verb} (y)"), id="yes", variant="error", compact=True)
                yield Button("Cancel (n)", id="no", compact=True)

    def on_mount(self) -> None:
        """Nothing is lost by a hasty Enter."""
        self.set_focus(self.query_one("#no", Button))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """An answer."""
        self.dismiss(event.button.id == "yes")

    def action_yes(self) -> None:
        """The verb."""
        self.dismiss(True)

    def action_other(self) -> None:
        """The other button."""
        self.focus_next()
