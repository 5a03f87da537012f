"""Pack facts of each kind beside their text, and make narrow rows of them for the table of facts.

A packed fact is a list: offsets, numbers of names, places in the lists of categories and kinds. What can be read off
the text is left out.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any, Final, NamedTuple, get_args

from briefing.model.kinds import Category, Confidence, FactKind, ParticipantKind, SpeakerKind

CATEGORIES: Final = get_args(Category)
CONFIDENCES: Final = get_args(Confidence)
KINDS: Final = get_args(ParticipantKind)
SPEAKERS: Final = get_args(SpeakerKind)

Plain = dict[str, Any]
"""The fields of a fact or of an extraction by name, not checked."""
Packed = list[Any]
Name = Callable[[int | None, str | None], str | None]
"""The name with a number; -1 is the text of the span itself, which is given too."""


class Names:
    """Numbers of strings; -1 is the text of the span itself, null is none."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, name: str | None, written: str | None = None) -> int | None:
        """The number of a name, a new one for a new name.

        Args:
            name: The name; None for none.
            written: Text of the span it belongs to; a name that equals it is -1.
        """
        if name is None:
            return None
        return -1 if name == written else self.numbers.setdefault(name, len(self.numbers))


class Narrow(NamedTuple):
    """A fact as a row of the table of facts."""

    name: str | None
    start: int
    length: int
    low: int | None = None
    high: int | None = None
    operator: str | None = None


class FactCodec(NamedTuple):
    """Packs and unpacks the facts of a kind."""

    pack: Callable[[Any, Names, str], Packed]
    """A fact, the names, the text."""
    unpack: Callable[[Packed, Name, str], Plain]
    named: tuple[int, ...]
    """Where, in a packed fact, the numbers of those names stand that it is found by."""
    narrow: Callable[[Any], Narrow]


def between(text: str, start: int, end: int) -> str:
    """A part of a text as a plain string.

    Args:
        text: The text, a string of any kind.
        start: First character.
        end: The character after the last.
    """
    return str.__getitem__(text, slice(start, end))


def _pack_count(c: Any, names: Names, text: str) -> Packed:
    return [
        *(c.start, c.end, names.number(c.evidence, between(text, c.start, c.end)), c.low, c.high, int(c.approx)),
        *(names.number(c.item), CATEGORIES.index(c.category), names.number(c.operator)),
        CONFIDENCES.index(c.confidence),
        *map(names.number, (c.what, c.asserted_by, c.rule)),
    ]


def _count(row: Packed, name: Name, text: str) -> Plain:
    start, end, evidence, low, high, approx, item, category, operator, sure = row[:10]
    what, asserted_by, rule = row[10:] or (None, None, None)
    return {
        "start": start,
        "end": end,
        "evidence": name(evidence, between(text, start, end)),
        "low": low,
        "high": high,
        "approx": bool(approx),
        "item": name(item, None),
        "category": CATEGORIES[category],
        "operator": name(operator, None),
        "what": name(what, None),
        "asserted_by": name(asserted_by, None),
        "confidence": CONFIDENCES[sure],
        "rule": name(rule, None),
    }


def _pack_participant(p: Any, names: Names, text: str) -> Packed:  # noqa: ARG001
    return [
        *(names.number(p.name), KINDS.index(p.kind), names.number(p.role), names.number(p.affiliation)),
        *([names.number(a) for a in p.aliases], int(p.core), CONFIDENCES.index(p.confidence)),
        *(steps(s for s, _ in p.mentions), [e - s for s, e in p.mentions], names.number(p.rule)),
    ]


def _participant(row: Packed, name: Name, text: str) -> Plain:  # noqa: ARG001
    called, kind, role, affiliation, aliases, core, sure, starts, lengths, *rule = row
    return {
        "name": name(called, None),
        "kind": KINDS[kind],
        "role": name(role, None),
        "core": bool(core),
        "affiliation": name(affiliation, None),
        "aliases": tuple(name(a, None) for a in aliases),
        "mentions": tuple(spans(starts, lengths)),
        "confidence": CONFIDENCES[sure],
        "rule": name(rule[0], None) if rule else None,
    }


def _narrow_participant(p: Any) -> Narrow:
    start, end = p.mentions[0] if p.mentions else (0, 0)
    return Narrow(p.name, start, end - start)


def _pack_quote(q: Any, names: Names, text: str) -> Packed:
    return [
        *(q.start, q.end, names.number(q.text, between(text, q.start, q.end)), names.number(q.speaker)),
        None if q.speaker_kind is None else SPEAKERS.index(q.speaker_kind),
        *(q.speaker_start, q.speaker_end, names.number(q.cue), CONFIDENCES.index(q.confidence)),
        *map(names.number, (q.relay, q.rule)),
    ]


def _quote(row: Packed, name: Name, text: str) -> Plain:
    start, end, words, speaker, kind, first, last, cue, sure = row[:9]
    relay, rule = row[9:] or (None, None)
    return {
        "start": start,
        "end": end,
        "text": name(words, between(text, start, end)),
        "speaker": name(speaker, None),
        "speaker_kind": None if kind is None else SPEAKERS[kind],
        "speaker_start": first,
        "speaker_end": last,
        "cue": name(cue, None),
        "relay": name(relay, None),
        "confidence": CONFIDENCES[sure],
        "rule": name(rule, None),
    }


CODECS: Final[dict[FactKind, FactCodec]] = {
    "count": FactCodec(
        _pack_count, _count, (6, 8), lambda c: Narrow(c.item, c.start, c.end - c.start, c.low, c.high, c.operator)
    ),
    "participant": FactCodec(_pack_participant, _participant, (0,), _narrow_participant),
    "quote": FactCodec(_pack_quote, _quote, (3,), lambda q: Narrow(q.speaker, q.start, q.end - q.start)),
}


def steps(values: Iterable[int]) -> list[int]:
    """Each value as its distance from the one before."""
    found, last = [], 0
    for value in values:
        found.append(value - last)
        last = value
    return found


def spans(starts: Iterable[int], lengths: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Half-open spans from steps between starts, and lengths.

    Args:
        starts: The first start, then each as its distance from the one before.
        lengths: Lengths in characters.
    """
    for start, length in zip(accumulate(starts), lengths, strict=True):
        yield start, start + length
