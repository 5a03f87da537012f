"""Claims of participants: who takes part, speaks or is named in which sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefing.compare.claims import Claim, Item
from briefing.compare.names import one_name
from briefing.compare.sets import Sets
from briefing.model.facts import Participant

if TYPE_CHECKING:
    from briefing.compare.events import Events
    from briefing.compare.reports import Report

_Name = tuple[str, str]
"""Kind and name."""


class _Present(NamedTuple):
    """A participant of one source."""

    document: int
    participant: Participant


def compare_participants(reports: Sequence[Report], events: Events) -> list[Claim]:
    """Put every participant into exactly one claim; that several sources name somebody agrees on nothing.

    Args:
        reports: The sources, in order of their numbers.
        events: Which sources are on one matter, to tell namesakes apart.
    """
    present = [_Present(r.number, participant) for r in reports for participant in r.extraction.participants]
    bearers: dict[_Name, list[int]] = defaultdict(list)
    for number, one in enumerate(present):
        bearers[one.participant.kind, one.participant.name].append(number)
    sets = Sets(len(present))
    namesakes = _namesakes(bearers)
    for name in sorted(bearers):
        if not _surname(name):
            _join_full(events, present, bearers, sets, name, namesakes[name])
    for name in filter(_surname, sorted(bearers)):
        _join_surname(events, present, bearers, sets, name, namesakes[name])
    return [_claim([present[number] for number in group], events) for group in sets.groups()]


def _join_full(
    events: Events,
    present: Sequence[_Present],
    bearers: Mapping[_Name, Sequence[int]],
    sets: Sets,
    name: _Name,
    namesakes: Iterable[_Name],
) -> None:
    """Join all that bear a full name, and those that bear another spelling or a fuller form of it."""
    own = bearers[name]
    for number in own:
        sets.join(own[0], number)
    for other in namesakes:
        if _one_body(events, [present[n] for n in own], [present[n] for n in bearers[other]]):
            sets.join(own[0], bearers[other][0])


def _join_surname(
    events: Events,
    present: Sequence[_Present],
    bearers: Mapping[_Name, Sequence[int]],
    sets: Sets,
    name: _Name,
    namesakes: Iterable[_Name],
) -> None:
    """Join who is called by surname to the only one of that name in sources on the matter, else to the same surname."""
    fuller = [number for other in namesakes for number in bearers[other]]
    for number in bearers[name]:
        near = events.related[present[number].document]
        full = {sets.find(other) for other in fuller if present[other].document in near}
        same = (other for other in bearers[name] if present[other].document in near)
        for other in full if len(full) == 1 else same:
            sets.join(number, other)


def _claim(group: Sequence[_Present], events: Events) -> Claim:
    """The claim that one participant makes, under its fullest name; a person's of the event of the first mentions."""
    names = sorted({one.participant.name for one in group}, key=lambda name: (-len(name), name))
    items = [Item(one.document, *_evidence(one.participant), str(one.participant.name)) for one in group]
    within = {events.at(item.document, item.start) for item in items}
    person = len(within) == 1 and group[0].participant.kind == "person"
    return Claim("participant", names[0], items, within.pop() if person else None)


def _evidence(participant: Participant) -> tuple[int, int]:
    """The first mention."""
    return participant.mentions[0] if participant.mentions else (0, 0)


def _type(name: _Name) -> str:
    return "PERSON" if name[0] == "person" else "ORG"


def _surname(name: _Name) -> bool:
    """Whether a name is a person's by one word only, which others may bear too."""
    return name[0] == "person" and " " not in name[1]


def _namesakes(bearers: Iterable[_Name]) -> dict[_Name, list[_Name]]:
    """For each name the fuller forms of it, and its other spellings."""
    holders: dict[_Name, list[_Name]] = defaultdict(list)
    for kind, name in sorted(bearers):
        words = name.casefold().split()
        if kind != "nation" and words:
            for word in {words[0], words[-1]}:
                holders[kind, word].append((kind, name))
    found: dict[_Name, list[_Name]] = defaultdict(list)
    for names in holders.values():
        for one in names:
            found[one] += [other for other in names if other != one and _can_be(one, other)]
    return found


def _can_be(one: _Name, other: _Name) -> bool:
    """Whether the one is a shorter form or another spelling of the other."""
    short, full = one[1].casefold().split(), other[1].casefold().split()
    if len(short) < len(full):
        return _surname(one) or (one[0] != "person" and full[-len(short) :] == short)
    return not _surname(one) and one_name(one[1], other[1], _type(one))


def _one_body(events: Events, short: Sequence[_Present], full: Sequence[_Present]) -> bool:
    """Whether two names stand for one participant: in sources on one matter, and nothing says otherwise."""
    for one in short:
        for other in full:
            if one.document != other.document and other.document in events.related[one.document]:
                same = one_name(one.participant.name, other.participant.name, _type((one.participant.kind, "")))
                whose = one.participant.affiliation
                if same or (whose is not None and whose == other.participant.affiliation):
                    return True
    return False
