"""Read what a packed extraction says of a few names, without unpacking the rest.

An edit of a name that stands in nearly all sources goes through all of them.
"""

import struct
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

from briefing.library.store.codec import checked, inflate, read_json, unpack_raw
from briefing.library.store.fact_codecs import KINDS, SPEAKERS, Plain, spans
from briefing.model.fact_forms import FORMS
from briefing.model.kinds import ENTITY_TYPES, EntityType, ParticipantKind, SpeakerKind


def pack_numbers(numbers: Sequence[int]) -> bytes:
    """Pack numbers of names."""
    return struct.pack(f"<{len(numbers)}I", *numbers)


def unpack_numbers(data: bytes) -> tuple[int, ...]:
    """Unpack numbers of names, as many as are whole."""
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]) if isinstance(data, bytes) else ()


class Named(NamedTuple):
    """What an extraction says of some names, without positions: very many sources say the same of one name.

    A mention is given by its number among ``mentions`` where a fact is about it, as -1 where it is none of these.
    """

    mentions: tuple[tuple[EntityType, str, str], ...]
    """Type, name, and how it is written."""
    participants: tuple[tuple[str, ParticipantKind, tuple[int, ...]], ...]
    """Name, kind and mentions."""
    quotes: tuple[tuple[str, SpeakerKind | None, int], ...]
    """Speaker, of what kind, and the mention that names the speaker."""
    others: frozenset[EntityType]
    """The types of the mentions of other names."""

    def plain(self) -> Plain:
        """The same as fields of an extraction, with mentions one character long, each in a place of its own."""
        places = {number: (number, number + 1) for number in range(-1, len(self.mentions))}
        return {
            "mentions": tuple(
                {"start": number, "end": number + 1, "text": text, "type": kind, "name": name}
                for number, (kind, name, text) in enumerate(self.mentions)
            ),
            **{form.field: () for form in FORMS},
            "participants": tuple(
                {
                    "name": name,
                    "kind": kind,
                    "mentions": tuple(places[number] for number in numbers),
                    "role": None,
                    "affiliation": None,
                    "core": False,
                    "aliases": (),
                }
                for name, kind, numbers in self.participants
            ),
            "quotes": tuple(
                dict(zip(_SAID, (speaker, kind, *places[number]), strict=True)) for speaker, kind, number in self.quotes
            ),
        }


_SAID: Final = ("speaker", "speaker_kind", "speaker_start", "speaker_end")


@checked
def unpack_named(data: bytes, packed_text: bytes, wanted: AbstractSet[str]) -> Named:
    """Read mentions, participants and quotes of some names; counts are left out.

    Only what is needed for it is taken out of the packed form: that takes a fifth of the time of unpacking all of it.
    The form has no white space, and within a string every quotation mark is escaped, so that what it is parted at
    stands nowhere else.

    Args:
        data: The packed extraction.
        packed_text: The packed text that it was packed against.
        wanted: The canonical names.

    Raises:
        Damaged: Where either cannot be unpacked.
    """
    packed = inflate(data)
    names: list[str] = _part(packed, b',"names":', b"}")
    mentions, places, others = _named_mentions(packed, packed_text, names, wanted)
    participants: tuple[Any, ...] = ()
    quotes: tuple[Any, ...] = ()
    if not wanted.isdisjoint(names):
        participants = tuple(
            (names[called], KINDS[kind], tuple(places.get(span, -1) for span in spans(starts, lengths)))
            for called, kind, _, _, _, _, _, starts, lengths, *_ in _facts(packed, "participants")
            if names[called] in wanted
        )
        quotes = tuple(
            (names[said], None if kind is None else SPEAKERS[kind], places.get((first, last), -1))
            for _, _, _, said, kind, first, last, *_ in _facts(packed, "quotes")
            if said is not None and names[said] in wanted
        )
    return Named(mentions, participants, quotes, others)


def _named_mentions(
    packed: bytes, packed_text: bytes, names: Sequence[str], wanted: AbstractSet[str]
) -> tuple[tuple[tuple[EntityType, str, str], ...], dict[tuple[int, int], int], frozenset[EntityType]]:
    """The mentions of these names, their numbers by where they stand, and the types of the other mentions."""
    starts, lengths, kinds, shown, canonical, _ = _part(packed, b'"mentions":', _AFTER["mentions"])
    known = {number for number, name in enumerate(names) if name in wanted}
    sizes = {len(name) for name in wanted}
    likely = [
        at
        for at, (name, written, length) in enumerate(zip(canonical, shown, lengths, strict=True))
        if name in known or (name < 0 and (written >= 0 or length in sizes))
    ]
    places = list(accumulate(starts)) if likely else []
    text = unpack_raw(packed_text) if any(shown[at] < 0 for at in likely) else ""
    found: list[tuple[EntityType, str, str]] = []
    numbers: dict[tuple[int, int], int] = {}
    for at in likely:
        span = places[at], places[at] + lengths[at]
        written = names[shown[at]] if shown[at] >= 0 else text[span[0] : span[1]]
        name = names[canonical[at]] if canonical[at] >= 0 else written
        if name in wanted:
            numbers[span] = len(found)
            found.append((ENTITY_TYPES[kinds[at]], name, written))
            kinds[at] = -1
    return tuple(found), numbers, frozenset(ENTITY_TYPES[kind] for kind in {*kinds} - {-1})


_FIELDS: Final = ("mentions", *(form.field for form in FORMS), "warnings")
_AFTER: Final = {field: f',"{after}":'.encode() for field, after in pairwise(_FIELDS)}
"""What stands behind a field of the packed form."""


def _facts(packed: bytes, field: str) -> Any:
    return _part(packed, f',"{field}":'.encode(), _AFTER[field])


def _part(packed: bytes, before: bytes, after: bytes) -> Any:
    """Parse the part of the packed form between two markers, up to the last ``after`` where that is its end."""
    start = packed.index(before) + len(before)
    return read_json(packed[start : packed.rindex(after)])
