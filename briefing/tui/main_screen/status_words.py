"""What the status line says of a mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from briefing.model.facts import Mention
    from briefing.tui.widgets.line import Said


def mention_words(mention: Mention, times: int) -> list[Said]:
    """Its type in words, its canonical name, and that it stands ``times`` times in the source in sight."""
    name = mention.name.line()
    words: list[Said] = [(own(mention.type), mention.type), (own("  ") + name, "title")]
    if mention.text.line() != name:
        words.append((own("  “") + mention.text.line() + own("”"), "muted"))
    often = f"  {number(times)}× here"
    sure = "" if mention.confidence == "high" else f" · ? {mention.confidence}"
    return [*words, (own(often + sure), "muted")]
