"""Pair the sentences of a copy with those of the source that it takes over, whatever words were replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefing.compare.wording import keys, likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.compare.reports import Report
    from briefing.compare.wording import Change

_ALIKE: Final = 0.42
"""Share of words in common from which two sentences are one."""
_AHEAD: Final = 8
"""How many sentences after the last pair are looked at; a copy keeps the order."""


def twin_sentences(copy: Report, model: Report) -> dict[int, int]:
    """The sentence of the model that each sentence of a copy says, by their numbers; without those that have none.

    Args:
        copy: The source that takes over the other's text.
        model: The source whose text it is.
    """
    theirs = [keys(model.text[start:end]) for start, end in model.sentences]
    found: dict[int, int] = {}
    last = -1
    for number, (start, end) in enumerate(copy.sentences):
        own = keys(copy.text[start:end])
        near = range(last + 1, min(last + 1 + _AHEAD, len(theirs)))
        best = max(near, key=lambda place: (likeness(own, theirs[place]), -place), default=None)
        if best is not None and likeness(own, theirs[best]) >= _ALIKE:
            found[number] = last = best
    return found


def place_in_copy(changes: Sequence[Change], offset: int) -> int:
    """Where a character of a sentence stands in the sentence of the copy.

    Args:
        changes: What became of the runs of words of the sentence.
        offset: The character, counted from the sentence's start.
    """
    place = 0
    for op, (start, end), (there, stop) in changes:
        if offset < start:
            return place
        if offset <= end:
            return there + offset - start if op == "equal" else there
        place = stop
    return place
