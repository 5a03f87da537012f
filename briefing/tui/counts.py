"""Numbers typed before a key that moves: how often it is pressed."""

from __future__ import annotations

from typing import Final

_MOST: Final = 999
_FIRST: Final = frozenset("0456789")
"""Digits that begin a number: 1, 2 and 3 go to panes. A number that begins with one of these is typed after a 0."""
REPEATED: Final = frozenset({
    "j", "k", "h", "l", "n", "N", "i", "I", "down", "up", "left", "right", "pagedown", "pageup", "b", "space",
    "ctrl+d", "ctrl+u", "right_square_bracket", "left_square_bracket", "right_curly_bracket", "left_curly_bracket",
    "less_than_sign", "greater_than_sign", "u",
})  # fmt: skip
"""Keys that a number may stand before, as they are by default: moves, and undo."""


class Counter:
    """The number that is being typed."""

    def __init__(self) -> None:
        self.typed = ""

    def take(self, character: str | None) -> bool:
        """Take a digit that belongs to a number; whether it did."""
        if character is None or character not in "0123456789" or not (self.typed or character in _FIRST):
            return False
        self.typed = (self.typed + character)[:4]
        return True

    def times(self, key: str) -> int:
        """How often the key counts; the number is used up, whatever the key is."""
        typed, self.typed = self.typed, ""
        return max(1, min(int(typed or 1), _MOST)) if key in REPEATED else 1
