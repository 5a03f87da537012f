"""Input fields, safe against what is pasted."""

from __future__ import annotations

from textual.geometry import Size
from textual.keys import REPLACED_KEYS
from textual.message import Message
from textual.widgets import Input

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings


class SafeInput(Input):
    """An input whose value is one line of safe text: a pasted escape sequence shows as replacement characters."""

    def validate_value(self, value: str) -> str:
        """Clean what was typed, pasted or set."""
        return SafeText(value.replace("\n", " ").replace("\t", " "))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is typed here, so that the row of keys does not offer it for something else.

        Textual does not know that a key it has a name of its own for, such as ``slash``, is a character.
        """
        return key in REPLACED_KEYS or super().check_consume_key(key, character)

    def validate_virtual_size(self, size: Size) -> Size:
        """As wide as the field while the value fits: Textual lays the whole screen out whenever this changes."""
        return Size(max(size.width, self.scrollable_content_region.width), size.height)


class ListedInput(SafeInput):
    """A field with a list below it, whose keys work while one types."""

    BINDINGS = bindings("typing")


class SearchBar(SafeInput):
    """The query over all sources."""

    class PastEnd(Message):
        """The cursor was to go on to the right, and there is nothing."""

    def action_cursor_right(self, select: bool = False) -> None:
        """One character on; at the end a suggestion may be taken."""
        if not select and self.cursor_position >= len(self.value):
            self.post_message(self.PastEnd())
        super().action_cursor_right(select)
