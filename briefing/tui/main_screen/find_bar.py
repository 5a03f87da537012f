"""The field that finds words in the text in sight."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.tui.widgets.inputs import SafeInput

if TYPE_CHECKING:
    from briefing.tui.widgets.text_view import TextView


class FindBar(SafeInput):
    """Marks what is typed in a text view, and goes to the first match from where one was. Hidden until opened."""

    def __init__(self, view: TextView, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, placeholder="find in this text")
        self._view = view
        self._from = 0

    @property
    def shown(self) -> bool:
        """Whether the field is visible."""
        return self.has_class("-shown")

    def open(self) -> None:
        """Come into sight; what it holds is found from here on."""
        self._from = self._view.place
        self.add_class("-shown")
        self.find(self.value)

    def find(self, words: str) -> None:
        """Mark the words, letters of either case; blanks match any white space."""
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        found = [match.span() for match in re.finditer(pattern, self._view.text, re.IGNORECASE)] if pattern else []
        self._view.set_matches(found)
        if found:
            after = (number for number, (start, _) in enumerate(found) if start >= self._from)
            self._view.go_to_match(next(after, 0))

    def hide(self) -> None:
        """Hide the field; the matches stay."""
        self.remove_class("-shown")

    def leave(self) -> None:
        """Forget the matches; back to where one was, if the field is still in sight."""
        self._view.set_matches(())
        if self.shown:
            self.hide()
            self._view.reveal(self._from)
