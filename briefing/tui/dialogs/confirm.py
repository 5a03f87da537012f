"""A question with two answers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.app_protocol import reader
from briefing.tui.dialogs.base import Dialog
from briefing.tui.keymap import shown_keys
from briefing.tui.wording import own


class ConfirmScreen(Dialog[bool]):
    """Answers True for the verb, False or None for anything else. The focus is on the answer that does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm")

    def __init__(self, question: SafeText, verb: SafeText) -> None:
        super().__init__()
        self._question = question
        self._verb = verb

    def compose(self) -> ComposeResult:
        """The question over its answers."""
        keys = reader(self).keymap.keys
        yes, no = (own(f" ({shown_keys(name, keys)})") for name in ("yes", "no"))
        with Vertical(classes="box small"):
            yield Static(Content(self._question), classes="said")
            with Horizontal(classes="buttons"):
                yield Button(Content(self._verb + yes), id="yes", variant="error", compact=True)
                yield Button(Content(own("Cancel") + no), id="no", compact=True)

    def on_mount(self) -> None:
        """Nothing is lost by a hasty Enter."""
        self.set_focus(self.query_one("#no", Button))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """An answer."""
        self.dismiss(event.button.id == "yes")

    def action_yes(self) -> None:
        """The verb."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Anything but the verb."""
        self.dismiss(False)

    def action_other_answer(self) -> None:
        """The other button."""
        self.focus_next()
