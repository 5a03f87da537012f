"""Describe the order and filter of the source list for its frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.tui.wording import ORDER_WORDS, own

if TYPE_CHECKING:
    from briefing.model.safetext import SafeText
    from briefing.model.selection import GroupBy, Order, SourceFilter


def order_words(order: Order, grouping: GroupBy | None, room: int) -> str:
    """Describe order and groups: ``newest first · by publisher``, or in short ``newest · publisher``.

    Args:
        order: The order.
        grouping: What sources are grouped by; None for nothing.
        room: Cells that the long form may take.
    """
    words = ORDER_WORDS[order]
    if not grouping:
        return words
    long = f"{words} · by {grouping}"
    return long if len(long) <= room else f"{words.removeprefix('by ').removesuffix(' first')} · {grouping}"


def filter_words(where: SourceFilter) -> list[SafeText]:
    """Describe a filter for the list's frame."""
    words = [own("not reviewed" if where.state == "unreviewed" else where.state)] if where.state != "all" else []
    words += [own("#") + own(where.tag).line()] if where.tag else []
    return [*words, own(f"“{where.text}”").line()] if where.text else words
