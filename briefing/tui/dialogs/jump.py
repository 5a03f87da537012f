"""Going somewhere in two keys: a letter beside each place that can be gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from briefing.tui.dialogs.base import Leaving
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click, Key


class Label(NamedTuple):
    """A letter, where it stands on the screen, and what the answer is where it is pressed."""

    letter: str
    x: int
    y: int
    answer: str


LETTERS = "asdfghjklwertyuiopzxcvbnm"
"""In the order in which they are given out, those under the fingers first; q leaves nothing."""


class JumpScreen(Leaving[str]):
    """Answers with the place whose letter was pressed; any other key leaves."""

    def __init__(self, labels: Sequence[Label]) -> None:
        super().__init__()
        self.labels = labels

    def compose(self) -> ComposeResult:
        """The letters, each on its place."""
        for label in self.labels:
            shown = Static(Content(own(f" {label.letter} ")), classes="jump")
            shown.styles.position = "absolute"
            shown.styles.offset = (label.x, label.y)
            yield shown

    def on_key(self, event: Key) -> None:
        """Go there, or leave."""
        event.stop()
        event.prevent_default()
        self.dismiss(next((label.answer for label in self.labels if label.letter == event.character), None))

    def on_click(self, event: Click) -> None:
        """Go to what is under the pointer, or leave."""
        x, y = event.screen_offset
        near = (one.answer for one in self.labels if one.y == y and one.x <= x < one.x + 3)
        self.dismiss(next(near, None))
