"""The line that says where one is and what is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefing.tui.widgets.line import Line
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from briefing.model.safetext import SafeText

_BAR: Final = 10


class Status(Line, inherit_bindings=False):
    """Left what the reader is on, right what the program is doing."""

    def tell(self, words: SafeText) -> None:
        """Say something in the quiet colour; nothing with empty words."""
        self.say(left=[(words, "muted")])

    def tell_progress(self, done: int, total: int, now: SafeText, rate: float = 0.0) -> None:
        """Show how far an ingest is, and how many a second are done."""
        filled = _BAR * done // total if total else 0
        bar = "━" * filled + "╌" * (_BAR - filled)
        self.say(
            right=[
                (now[-40:] + own("  "), "muted"),
                (own(bar), "key"),
                (own(f" {number(done)}/{number(total)}"), "key"),
                (own(f"  {rate:.0f}/s" if rate >= 9.5 else f"  {rate:.1f}/s" if rate >= 0.05 else ""), "muted"),
            ]
        )

    def end_progress(self) -> None:
        """Nothing is going on."""
        self.say(right=[])
