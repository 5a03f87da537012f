"""The line that says where one is and what is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefing.tui.widgets.line import Line, Said
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from briefing.model.facts import Mention
    from briefing.model.safetext import SafeText

_BAR: Final = 10


class Status(Line, inherit_bindings=False):
    """Left what the reader is on, right what the program is doing."""

    def tell(self, words: SafeText) -> None:
        """Say something in the quiet colour; nothing with empty words."""
        self.say(left=[(words, "muted")])

    def tell_mention(self, mention: Mention, times: int) -> None:
        """Name the current mention: its type in words, its canonical name, how often it stands here."""
        name = mention.name.line()
        left: list[Said] = [(own(mention.type), mention.type), (own("  ") + name, "title")]
        if mention.text.line() != name:
            left.append((own("  “") + mention.text.line() + own("”"), "muted"))
        often = f"  {number(times)}× here"
        sure = "" if mention.confidence == "high" else f" · ? {mention.confidence}"
        self.say(left=[*left, (own(often + sure), "muted")])

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
