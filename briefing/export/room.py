"""What a printed brief has room for of what one source alone says: a page, and 0.3 words for each of the sources."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from briefing.export.selection import Document
from briefing.model.agreement import Agreement
from briefing.model.base import Confidence

PAGE: Final = 500
"""Words of a page."""
SHARE: Final = 0.3
"""Words of the brief beyond that, for each word of its sources; its notes are not counted."""
_HEAD: Final = 300
"""Words that are always there: title, bottom line, what nobody says, what is only recalled, the index."""
_LISTED: Final = 27
"""Words of an entry in the list of sources."""
_LEAST: Final = 4
"""Claims of one source that are printed however little room there is."""
_EVENT: Final = 32
"""Words of an event's head and line, with who takes part."""
_SHARED: Final = 16
"""Words of a claim that several sources make."""
_VALUE: Final = 7
"""Words of each further value of it."""
_ALONE: Final = 8
"""Words of a figure that one source alone gives."""
_QUOTED: Final = 15
"""The same of a quotation."""
_NAMED: Final = 9
"""Words of a person with a role."""
_TRUST: Final[tuple[Confidence, ...]] = ("high", "medium", "low")


def without_room(
    told: Sequence[tuple[Agreement, int]], sure: Sequence[Confidence], documents: Sequence[Document], named: int
) -> set[int]:
    """The places, in ``told``, of the claims that a printed brief leaves to the JSON.

    Args:
        told: The claims, each with how many values it has.
        sure: How sure the facts of each are.
        documents: The sources.
        named: How many persons have a role.

    Returns:
        Claims of one source only: of low confidence first, then those of events with few claims.
    """
    room = PAGE - _HEAD + SHARE * sum(source.words for source, _ in documents) - _LISTED * len(documents)
    events = Counter(group.event for group, _ in told)
    room -= _EVENT * len(events) + _NAMED * named
    alone = []
    for place, (group, values) in enumerate(told):
        if group.status == "single":
            alone.append(place)
        else:
            room -= _SHARED + _VALUE * (values - 1)
    alone.sort(key=lambda place: (_TRUST.index(sure[place]), -events[told[place][0].event], place))
    left = set()
    for rank, place in enumerate(alone):
        room -= _QUOTED if told[place][0].kind == "quote" else _ALONE
        if room < 0 and rank >= _LEAST:
            left.add(place)
    return left
