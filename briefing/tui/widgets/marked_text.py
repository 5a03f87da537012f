"""A text with marks: entities, evidence, matches."""

from __future__ import annotations

from briefing.tui.text_layout.highlight_layers import Marks
from briefing.tui.widgets.selecting_text import SelectingText
from briefing.tui.wording import TYPES


class MarkedText(SelectingText, can_focus=True, inherit_bindings=False):
    """Holds the marks, and whether the numbers of the paragraphs are shown."""

    def __init__(self, measure: int = 84, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(measure, id=id)
        self.marks = Marks(TYPES)
        self.numbered = True
