"""Explain signs in a sentence, for the status line while the cursor is on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from briefing.model.agreement import Agreement
    from briefing.model.listing import SourceRow
    from briefing.model.safetext import SafeText
    from briefing.tui.agreement import Standing

CONFIDENCE = {"medium": "? found by a weaker rule", "low": "? a guess from words near by"}


def fact_sign(standing: Standing | None, group: Agreement | None, confidence: str) -> SafeText:
    """Explain the sign below a fact, with the numbers behind it; empty where there is no sign.

    Args:
        standing: Standing of the fact; None where unknown.
        group: Its claim; None where the comparison does not speak of it.
        confidence: Its confidence.
    """
    said = [_standing(standing, group)] if standing is not None and group is not None and standing.shown else []
    if confidence in CONFIDENCE:
        said.append(own(CONFIDENCE[confidence]))
    return own("  ·  ").join(said)


def _standing(standing: Standing, group: Agreement) -> SafeText:
    sources = len({item.document for item in group.items})
    origins = plural(group.origins, "origin")
    match standing.tone:
        case "agree":
            behind = plural(group.origins, "independent origin")
            return own(f"✓ {plural(sources, 'source')} say the same, from {behind}")
        case "copied":
            sayers = {item.asserted_by for item in group.items}
            who = f": all have it from {next(iter(sayers))}" if len(sayers) == 1 and None not in sayers else ""
            same = who or ": they carry the same text or statement"
            return own(f"= {plural(sources, 'source')}, but {origins}{same}")
        case "differ":
            return own(f"≠ {plural(sources, 'source')} do not say the same; = sets them side by side")
        case "less":
            if group.status == "later":
                return own(f"≈ the figure moved with time, in {plural(sources, 'source')}; = shows how")
            return own(f"≈ of {plural(sources, 'source')} some say it less precisely; = shows how")
        case "altered":
            if group.status == "reattributed":
                return own(f"~ {plural(sources, 'source')} name other speakers for these words; = shows them")
            return own(f"~ the words are not the same in {plural(sources, 'source')}; = marks the changes")
        case "silent":
            others, say = plural(len(group.silent), "other source"), "says" if len(group.silent) == 1 else "say"
            return own(f"○ {others} on the same matter {say} nothing of it")


def source_signs(row: SourceRow, copies: int, marked: bool) -> list[SafeText]:
    """Explain the signs of a source in the list, one by one.

    Args:
        row: The source.
        copies: Number of other sources with its text.
        marked: Whether it is marked.
    """
    said = [own("✓ reviewed" if row.reviewed else "○ read" if row.read else "● not read yet")]
    if marked:
        said.append(own("■ marked"))
    if row.pinned:
        said.append(own("◆ pinned"))
    if copies:
        said.append(own(f"= the same text as {plural(copies, 'other source')}"))
    return said
