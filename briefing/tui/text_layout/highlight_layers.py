"""Highlights of a text: spans in layers, looked up row by row."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import sub
from typing import TYPE_CHECKING, Final, Literal

from briefing.model.mentions import Mentions

if TYPE_CHECKING:
    from briefing.model.facts import Mention
    from briefing.model.kinds import EntityType

EVIDENCE: Final = 16
MATCH: Final = 32
CURRENT: Final = 64
CURRENT_MATCH: Final = 128
SELECTED: Final = 256
Same = Literal["any", "type", "entity"]
"""Which mentions are gone through: all, those of the current one's type, those of the entity itself."""
TYPE_MASK: Final = 15
"""A character's code: the low four bits say the entity type (from one; 0 is none), the others are flags."""


class Spans:
    """Half-open spans in order of their start, found by overlap. They may overlap each other."""

    __slots__ = ("ends", "longest", "starts")

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        ordered = sorted(spans)
        self._take(array("I", [start for start, _ in ordered]), array("I", [end for _, end in ordered]))

    @classmethod
    def of(cls, mentions: Mentions) -> Spans:
        """The spans of mentions."""
        spans = cls()
        spans._take(mentions.starts, mentions.ends)
        return spans

    def _take(self, starts: array[int], ends: array[int]) -> None:
        self.starts, self.ends = starts, ends
        self.longest = max(map(sub, ends, starts), default=0)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> tuple[int, int]:
        return self.starts[index], self.ends[index]

    def overlapping(self, start: int, end: int) -> Iterator[int]:
        """Numbers of the spans that share a character with a stretch of text.

        Args:
            start: First character of the stretch.
            end: The character after its last.
        """
        index = bisect_left(self.starts, start - self.longest)
        while index < len(self.starts) and self.starts[index] < end:
            if self.ends[index] > start:
                yield index
            index += 1

    def after(self, offset: int) -> int:
        """Number of the first span that starts after ``offset``; the count where there is none."""
        return bisect_right(self.starts, offset)

    def before(self, offset: int) -> int:
        """Number of the last span that starts before ``offset``; -1 where there is none."""
        return bisect_left(self.starts, offset) - 1


class Marks:
    """The highlight layers of one text: mentions by type, evidence, matches; and the current mention and match."""

    def __init__(self, types: Sequence[EntityType], shown: frozenset[EntityType] | None = None) -> None:
        """``types`` are all entity types, in the order of their codes; ``shown`` those marked, all without."""
        self._codes = {name: code for code, name in enumerate(types, 1)}
        self._all = Mentions()
        self.shown = frozenset(types) if shown is None else shown
        self.mentions = Mentions()
        self.spans = Spans()
        self.evidence = Spans()
        self.matches = Spans()
        self.mention: int | None = None
        self.match: int | None = None

    def set_mentions(self, mentions: Mentions) -> None:
        """Take over a source's mentions; none is current."""
        self._all = mentions
        self._filter(None)

    def set_shown(self, types: frozenset[EntityType]) -> None:
        """Show mentions of these types only. The current mention stays current if it is still shown."""
        current = self.current()
        self.shown = types
        self._filter(current)

    def _filter(self, current: Mention | None) -> None:
        self.mentions = self._all.only(self.shown)
        self.spans = Spans.of(self.mentions)
        self.mention = None if current is None else self.mentions.number_of(current)

    def current(self) -> Mention | None:
        """The current mention; None where there is none."""
        return None if self.mention is None else self.mentions[self.mention]

    def times(self) -> int:
        """Number of mentions in the text of the current mention's entity."""
        return 0 if self.mention is None else self.mentions.times(self.mention)

    def current_span(self) -> tuple[int, int] | None:
        """The span of the current match, else of the current mention."""
        if self.match is not None:
            return self.matches[self.match]
        return None if self.mention is None else self.spans[self.mention]

    def mention_at(self, offset: int) -> int | None:
        """Number of the shortest shown mention over a character."""
        over = list(self.spans.overlapping(offset, offset + 1))
        return min(over, key=lambda number: self.spans.ends[number] - self.spans.starts[number], default=None)

    def step(self, step: int, in_sight: tuple[int, int], same: Same = "any") -> int | None:
        """Number of the next or previous mention, around the ends of the text; None without mentions.

        Counted from the current mention if it is in sight, or if ``same`` asks for more than any; else from what is in
        sight.

        Args:
            step: 1 for the next, -1 for the previous one.
            in_sight: Half-open span of the characters in sight.
            same: ``any``, or only mentions of the same ``type`` or ``entity`` as the current one.
        """
        mentions = self.mentions
        if not mentions:
            return None
        current = self.mention
        if current is None or (same == "any" and not (in_sight[0] <= self.spans.starts[current] < in_sight[1])):
            number = self.spans.after(in_sight[0] - 1) if step > 0 else self.spans.before(in_sight[1])
            return number % len(mentions)
        number = (current + step) % len(mentions)
        while same != "any" and not mentions.alike(number, current, same):
            number = (number + step) % len(mentions)
        return number

    def codes(self, start: int, end: int) -> list[int]:
        """Codes of the marks on each character.

        Args:
            start: First character.
            end: The character after the last.
        """
        codes = [0] * (end - start)
        for number in self.spans.overlapping(start, end):
            one, other = self.spans[number]
            code = self._codes[self.mentions.type_of(number)] | (CURRENT if number == self.mention else 0)
            one, other = max(one, start) - start, min(other, end) - start
            codes[one:other] = [code] * (other - one)
        for spans, flag, current, extra in (
            (self.evidence, EVIDENCE, None, 0),
            (self.matches, MATCH, self.match, CURRENT_MATCH),
        ):
            for number in spans.overlapping(start, end):
                one, other = spans[number]
                bits = flag | (extra if number == current else 0)
                for index in range(max(one, start) - start, min(other, end) - start):
                    codes[index] |= bits
        return codes
