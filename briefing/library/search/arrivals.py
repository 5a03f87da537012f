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


def marks_since(seen: int, latest: int, most: int) -> list[str]:
    """The words of sources that came after one, up to the latest; none where there are too many to ask for.

    Args:
        seen: ``came`` of the one.
        latest: ``came`` of the latest; a damaged file may say any number.
        most: So many words at most.
    """
    blocks = range((seen + 1) >> _BITS, (latest >> _BITS) + 1)
    return [f"{_SIGN}{block}" for block in blocks] if len(blocks) <= most else []


def begin_of_block(came: int) -> int:
    """The least ``came`` that has the same word."""
    return came >> _BITS << _BITS
