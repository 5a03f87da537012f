"""The status line: place and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefing.tui.widgets.line import Line
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from briefing.model.safetext import SafeText

_BAR: Final = 10


class Status(Line, inherit_bindings=False):
    """Left the current place or item, right the program's progress."""

    def tell(self, words: SafeText) -> None:
        """Show a remark in the quiet colour; empty words remove it."""
        self.say(left=[(words, "muted")])

    def tell_progress(self, done: int, total: int, now: SafeText, rate: float = 0.0) -> None:
        """Show the progress of an ingest.

        Args:
            done: Number of files done.
            total: Number of all files; 0 while unknown.
            now: What is being read; its last 40 characters are shown.
            rate: Files a second; 0 while unknown.
        """
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
        """Remove the progress."""
        self.say(right=[])
