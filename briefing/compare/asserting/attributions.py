"""Attributions of a sentence: which part of it each of them covers."""

from collections.abc import Sequence
from typing import NamedTuple


class Attribution(NamedTuple):
    """One attribution of a sentence: the characters it covers, who says them, and the position of the verb."""

    start: int
    end: int
    who: str
    verb: int


def part_of(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """The part of a sentence between semicolons that holds a place.

    Args:
        text: The text.
        at: A character of the sentence.
        start: First character of the sentence.
        end: The character after its last.
    """
    first = text.rfind(";", start, at)
    last = text.find(";", at, end)
    return first + 1 if first >= 0 else start, last if last >= 0 else end


def parted(made: Sequence[Attribution], text: str, start: int, end: int) -> list[Attribution]:
    """Each attribution within its part of the sentence; the next one ends what an earlier one covers.

    Args:
        made: The attributions of the sentence.
        text: The text.
        start: First character of the sentence.
        end: The character after its last.
    """
    result = []
    ordered = sorted(made, key=lambda one: one.verb)
    for place, one in enumerate(ordered):
        low, high = part_of(text, one.verb, start, end)
        first, last = max(one.start, low), min(one.end, high)
        following = next((other.start for other in ordered[place + 1 :] if other.start > one.verb), last)
        if first < min(last, following):
            result.append(one._replace(start=first, end=min(last, following)))
    return result
