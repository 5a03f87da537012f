"""A list in parts, one of them shown."""

from __future__ import annotations

from textual.message import Message

from briefing.tui.widgets.row_list import RowList


class PartedList(RowList, inherit_bindings=False):
    """Asks for another part of what it shows; the dialog around it has the tabs of the parts."""

    class PartStep(Message):
        """The next part is wanted, or the one before."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def action_next_part(self) -> None:
        """The part to the right."""
        self.post_message(self.PartStep(1))

    def action_previous_part(self) -> None:
        """The part to the left."""
        self.post_message(self.PartStep(-1))
