"""Dates and numbers in words: what every list needs, and nothing that takes time to load."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(when: date | datetime | None) -> str:
    """A date in words, ``12 July 2025``; empty where there is none."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}" if when else ""


def listed(parts: Sequence[object]) -> str:
    """Join parts as a list: ``1``, ``1 and 2``, ``1, 2 and 3``."""
    words = [str(part) for part in parts]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def plural(amount: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: ``1 source``, ``1,200 sources``.

    Args:
        amount: How many.
        one: The noun in the singular.
        many: The noun in the plural; None adds an ``s`` to the singular.
    """
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"
