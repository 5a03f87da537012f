"""Words of the status line about a mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from briefing.model.facts import Mention
    from briefing.tui.widgets.line import Said


def mention_words(mention: Mention, times: int) -> list[Said]:
    """Describe a mention: its type, canonical name, number of mentions here, and confidence.

    Args:
        mention: The mention.
        times: Mentions of its entity in the source in sight.
    """
    name = mention.name.line()
    words: list[Said] = [(own(mention.type), mention.type), (own("  ") + name, "title")]
    if mention.text.line() != name:
        words.append((own("  “") + mention.text.line() + own("”"), "muted"))
    often = f"  {number(times)}× here"
    sure = "" if mention.confidence == "high" else f" · ? {mention.confidence}"
    return [*words, (own(often + sure), "muted")]
