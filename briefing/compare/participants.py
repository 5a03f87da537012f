"""Who takes part, speaks or is named in which sources."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from briefing.compare.corpus import Claim, Corpus, Item
from briefing.compare.names import same_name
from briefing.compare.sets import Sets
from briefing.model.facts import Participant


class _Present(NamedTuple):
    """A participant of one source."""

    document: int
    participant: Participant
    words: tuple[str, ...]


def compare_participants(corpus: Corpus) -> list[Claim]:
    """Every participant in exactly one claim: agreed, or single where one source alone has it."""
    present = [
        _Present(document.number, participant, tuple(participant.name.casefold().split()))
        for document in corpus.documents
        for participant in document.extraction.participants
    ]
    sets = Sets(len(present))
    first: dict[tuple[str, str], int] = {}
    for number, one in enumerate(present):
        sets.join(first.setdefault((one.participant.kind, one.participant.name.casefold()), number), number)
    for number, others in _near_names(corpus, present).items():
        full = {sets.find(other) for other in others}
        if len(full) == 1:
            sets.join(number, full.pop())
    return [_claim([present[number] for number in group]) for group in sets.groups()]


def _claim(group: Sequence[_Present]) -> Claim:
    """The claim that one participant makes, under its fullest name."""
    several = len({one.document for one in group}) > 1
    names = sorted({one.participant.name for one in group}, key=lambda name: (-len(name), name))
    items = [Item(one.document, *_evidence(one.participant), one.participant.name) for one in group]
    return Claim("participant", "agree" if several else "single", names[0], items)


def _evidence(participant: Participant) -> tuple[int, int]:
    """The first mention."""
    return participant.mentions[0] if participant.mentions else (0, 0)


def _near_names(corpus: Corpus, present: Sequence[_Present]) -> dict[int, list[int]]:
    """For each participant those of related sources that bear another spelling, or a fuller form, of its name."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(present):
        if one.participant.kind != "nation":
            for word in {one.words[0], one.words[-1]} if one.words else ():
                holders[one.participant.kind, word].append(number)
    found: dict[int, list[int]] = defaultdict(list)
    for (kind, _), numbers in sorted(holders.items()):
        for a in numbers:
            for b in numbers:
                one, two = present[a], present[b]
                if one.participant.name == two.participant.name or two.document not in corpus.related[one.document]:
                    continue
                if same_name(one.participant.name, two.participant.name) or _shorter(kind, one, two):
                    found[a].append(b)
    return found


def _shorter(kind: str, short: _Present, full: _Present) -> bool:
    """Whether the one is a short form of the other: a surname, or a body's name without its nation's."""
    if len(short.words) >= len(full.words) or short.document == full.document:
        return False
    if kind == "person":
        return len(short.words) == 1 and short.words[0] in {full.words[0], full.words[-1]}
    whose = short.participant.affiliation
    return (
        whose is not None and whose == full.participant.affiliation and full.words[-len(short.words) :] == short.words
    )
