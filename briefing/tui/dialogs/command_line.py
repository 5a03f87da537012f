"""A line to type a command into, with completion and the commands of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from briefing.model.safetext import SafeText
from briefing.tui.app_protocol import reader
from briefing.tui.command_words import TAKES, Command, NotUnderstood, matching, understand
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import Choice, ChoiceList
from briefing.tui.keymap import shown_keys
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Key

_SHOWN = 6


class CommandInput(SafeInput):
    """The field. Tab completes, up and down go through the commands of before."""

    def on_key(self, event: Key) -> None:
        """The keys that a field has no use for."""
        screen = self.screen
        if not isinstance(screen, CommandScreen) or event.key not in {"tab", "shift+tab", "up", "down"}:
            return
        event.stop()
        event.prevent_default()
        if event.key in {"tab", "shift+tab"}:
            screen.complete(1 if event.key == "tab" else -1)
        else:
            screen.recall(-1 if event.key == "up" else 1)


class CommandScreen(Dialog[Command]):
    """Answers with the command. ``past`` are the commands of before, the last at the end."""

    def __init__(self, past: Sequence[str]) -> None:
        super().__init__()
        self._past = past
        self._at = len(past)
        self._typed = ""
        self._completing = False

    def compose(self) -> ComposeResult:
        """The commands that begin so, and the line."""
        with Vertical(classes="box command") as box:
            box.border_title = "Command"
            box.border_subtitle = "Tab completes · ↑ before · Enter"
            choices = ChoiceList(id="commands")
            choices.can_focus = False
            choices.styles.height = _SHOWN
            yield choices
            with Horizontal():
                yield Static(Content(own(":")), id="colon")
                yield CommandInput(id="command")
            yield Static(id="wrong")

    def on_mount(self) -> None:
        """Ready to type."""
        self.set_focus(self.query_one("#command"))
        self._offer()

    @property
    def _field(self) -> SafeInput:
        return self.query_one("#command", SafeInput)

    @on(Input.Changed, "#command")
    def _changed(self) -> None:
        if self._completing:
            self._completing = False
        else:
            self._typed = self._field.value
            self._offer()

    def _offer(self) -> None:
        """Show what may be meant, with keys and what it does."""
        keys = reader(self).keymap.keys
        offered = []
        for action in matching(self._typed.partition(" ")[0] if self._takes() else self._typed):
            takes = f" {TAKES[action.id].upper()}" if action.id in TAKES else ""
            note = own(f"{action.help[:44].rstrip('.')}  {shown_keys(action.id, keys)}")
            offered.append(Choice(action.id, own(action.id + takes), note))
        self.query_one(ChoiceList).show(offered)

    def _takes(self) -> bool:
        return self._typed.partition(" ")[0] in TAKES

    def complete(self, step: int) -> None:
        """Put the next command that begins so into the line."""
        choices = self.query_one(ChoiceList)
        if not choices.count or self._takes():
            return
        current = choices.current()
        if current is not None and self._field.value == current.key:
            choices.move((choices.cursor + step) % choices.count, step)
            current = choices.current()
        if current is not None and current.key is not None:
            self._put(current.key)

    def recall(self, step: int) -> None:
        """A command of before, or what was typed."""
        self._at = max(0, min(self._at + step, len(self._past)))
        self._put(self._past[self._at] if self._at < len(self._past) else self._typed)

    def _put(self, words: str) -> None:
        self._completing = words != self._field.value
        self._field.value = words
        self._field.cursor_position = len(words)

    @on(RowList.Chosen, "#commands")
    def _clicked(self) -> None:
        choice = self.query_one(ChoiceList).current()
        if choice is not None and choice.key is not None:
            self.dismiss(Command(choice.key))

    @on(Input.Submitted, "#command")
    def _answered(self, message: Input.Submitted) -> None:
        message.stop()
        if not message.value.strip():
            self.dismiss(None)
            return
        try:
            self.dismiss(understand(message.value))
        except NotUnderstood as error:
            self.query_one("#wrong", Static).update(Content(SafeText(str(error)).line()))
