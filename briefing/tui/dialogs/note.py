"""A note on a source or a fact, or the reason for a verdict, in the reader's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from briefing.tui.dialogs.base import Dialog
from briefing.tui.widgets.drawing import fit
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model.safetext import SafeText

_SHOWN = 8
_TITLE = 56
"""Cells of the title in the frame."""


class NoteScreen(Dialog[str]):
    """Answers with the words, empty for none. ``said`` are the verdicts so far: who gave them, when and why."""

    def __init__(self, title: SafeText, note: SafeText, hint: SafeText, said: Sequence[SafeText] = ()) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._hint = hint
        self._said = said

    def compose(self) -> ComposeResult:
        """The verdicts so far, then the field."""
        with Vertical(classes="box small") as box:
            box.border_title = Content(fit(self._title, _TITLE))
            box.border_subtitle = "Enter keeps it"
            for words in self._said[:_SHOWN]:
                yield Static(Content(words), classes="said")
            if len(self._said) > _SHOWN:
                yield Static(Content(own(f"… and {len(self._said) - _SHOWN} more")), classes="said")
            yield SafeInput(self._note, id="note", placeholder=self._hint)

    def on_mount(self) -> None:
        """One may type at once."""
        self.set_focus(self.query_one(SafeInput))

    @on(Input.Submitted)
    def _keep(self, message: Input.Submitted) -> None:
        self.dismiss(message.value.strip())
