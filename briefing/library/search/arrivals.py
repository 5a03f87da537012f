"""When sources came, as words of the full-text index: one for every 256 of them.

What came since some source is then asked of the index like any other word, and what is found goes from one such source
to the next: however many sources have the words of a query, only those that are new are looked at.
"""

from typing import Final

_BITS: Final = 8
_SIGN: Final = "\u2029"
"""Stands in no word."""


def mark(came: int) -> str:
    """The word of a source with that ``came`` (see :mod:`briefing.library.store.schema`)."""
    return f"{_SIGN}{came >> _BITS}"


def marks_since(seen: int, latest: int) -> list[str]:
    """The words of sources that came after one, up to the latest.

    Args:
        seen: ``came`` of the one.
        latest: ``came`` of the latest.
    """
    return [f"{_SIGN}{block}" for block in range((seen + 1) >> _BITS, (latest >> _BITS) + 1)]


def begin_of_block(came: int) -> int:
    """The least ``came`` that has the same word."""
    return came >> _BITS << _BITS
