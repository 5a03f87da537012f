"""The tour: five lines for new users. It takes no key away from anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from briefing.tui.keymap import shown_keys
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import line
from briefing.tui.wording import own

_LINES: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("search",), "searches all sources while you type; Esc takes you back."),
    (("next_mention", "card"), "in the text: the next name, and who or what it is."),
    (("facts", "evidence"), "the facts, and from one of them to the words it was read from."),
    (("accept", "reject"), "accept or reject a fact; ✓ ≠ ~ ○ say what other sources make of it."),
    (("export", "help"), "write the brief, every claim with its footnote; see all keys."),
)


class Tour(Widget, inherit_bindings=False):
    """Shown above the legend until it is left."""

    ALLOW_SELECT = False

    class Left(Message):
        """The tour was clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys: list[str] = []
        self.border_title = "Five things to know"

    def say(self, keymap: Mapping[str, str]) -> None:
        """Name the keys as they are now."""
        self._keys = [" ".join(shown_keys(name, keymap).split()[0] for name in names) for names, _ in _LINES]
        self.border_subtitle = f"Esc closes · {shown_keys('tour', keymap)} shows it again"
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A line each."""
        return len(_LINES)

    def render_line(self, y: int) -> Strip:
        """Keys, and what they do."""
        if y >= len(self._keys):
            return Strip.blank(self.size.width, self.rich_style)
        wide = max(map(len, self._keys))
        pieces = [(own(f"{self._keys[y]:>{wide}}  "), inks(self)["heading"]), (own(_LINES[y][1]), self.rich_style)]
        return line(pieces, self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Leave."""
        event.stop()
        self.post_message(self.Left())
