"""Format values for the reader: numbers, dates, types of entity, facts in a line."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from briefing.model.safetext import SafeText
from briefing.model.words import MONTHS

if TYPE_CHECKING:
    from briefing.model.facts import Count
    from briefing.model.kinds import EntityType
    from briefing.model.selection import Group, GroupBy, Order, SourceState

TYPES: Final[tuple[EntityType, ...]] = (
    "PERSON", "ORG", "NATION", "PLACE", "AIRCRAFT", "SHIP", "VEHICLE", "WEAPON", "EVENT", "DATE", "QUANTITY", "MONEY",
)  # fmt: skip
"""All types of entity; equal to the model's list, which is not imported here because pydantic is slow to start."""

TYPE_TITLES: Final[dict[str, str]] = {
    "PERSON": "person", "ORG": "org", "NATION": "nation", "PLACE": "place", "AIRCRAFT": "aircraft", "SHIP": "ship",
    "VEHICLE": "vehicle", "WEAPON": "weapon", "EVENT": "event", "DATE": "date", "QUANTITY": "quantity",
    "MONEY": "money",
}  # fmt: skip

ORDER_WORDS: Final[dict[Order, str]] = {
    "newest": "newest first",
    "title": "by title",
    "publisher": "by publisher",
    "added": "as added",
}
GROUP_WORDS: Final[dict[GroupBy, str]] = {"publisher": "publisher", "day": "day", "folder": "folder", "tag": "tag"}
STATE_WORDS: Final[dict[SourceState, str]] = {
    "all": "All sources",
    "unread": "Unread",
    "unreviewed": "Not reviewed",
    "reviewed": "Reviewed",
    "pinned": "Pinned",
    "gone": "File deleted or replaced",
}
"""The ways to order, group and filter sources, in the order in which they are offered."""

NOTHING: Final = SafeText()


def own(text: str) -> SafeText:
    """Wrap the program's own words for widgets that take only safe text."""
    return SafeText(text)


def day(when: datetime | date | None) -> SafeText:
    """``12 Jul 2025``, whatever the locale; empty without a date."""
    return SafeText(f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}" if when else "")


def file_name(path: SafeText) -> SafeText:
    """The last part of a path or address."""
    return SafeText(path.rstrip("/\\").replace("\\", "/").rpartition("/")[2] or path)


def number(value: int) -> str:
    """``100,000``."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> SafeText:
    """Write a number with its noun: ``1 source``, ``3 sources``.

    Args:
        count: How many.
        one: The noun in the singular.
        many: The noun in the plural; empty adds an ``s`` to the singular.
    """
    return SafeText(f"{number(count)} {one if count == 1 else many or one + 's'}")


def amount(count: Count) -> SafeText:
    """The amount of a count in short: ``2``, ``~10,000``, ``25,000–30,000``, ``300+``, ``≤ 5``, ``dozens``."""
    low, high = count.low, count.high
    if low is None and high is None:
        from briefing.model.wording import number as in_words

        words = in_words(count)
        return SafeText("no number" if words == "some" and "some" not in count.evidence.casefold() else words)
    if high is None:
        return SafeText(f"{number(low or 0)}+")
    if low is None:
        return SafeText(f"≤ {number(high)}")
    text = number(low) if low == high else f"{number(low)}–{number(high)}"
    return SafeText(("~" if count.approx else "") + text)


def group_title(group: Group) -> SafeText:
    """The head of a group of sources: ``12 Jul 2025``, ``#navy``, ``Norland Gazette``, ``No publisher``."""
    if group.pinned:
        return own("◆ pinned")
    if group.key is None:
        return own({"publisher": "No publisher", "day": "No date", "folder": "No folder", "tag": "No tag"}[group.by])
    if group.by == "day":
        return day(date.fromisoformat(group.key))
    if group.by == "folder":
        return group.key.line() or own("No folder")
    return (own("#") if group.by == "tag" else own("")) + group.key.line()
