"""Dates and numbers in words: what every list needs, and nothing that takes time to load."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NUMBERS: Final = {
    form.lower(): number
    for number, month in enumerate(MONTHS, start=1)
    for form in (month, month[:3], *(("Sept",) if month == "September" else ()))
}
"""The number of a month by its name or short form, in lower case: ``september``, ``sep`` and ``sept`` are 9."""
MONTH_FORMS: Final = "|".join(sorted(map(str.title, MONTH_NUMBERS), key=len, reverse=True))
"""Alternatives of a regular expression: names and short forms of months, capitalised, the longer ones first."""

ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
"""Ordinals in order, as far as the days of a month go."""
NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
"""Numbers that news writes in words."""
FEW: Final = {"a": 1, "an": 1, **NUMBERS}
"""These, and the articles that stand for one."""


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
