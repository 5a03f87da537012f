"""All mentions of one source as columns of numbers: as objects, those of a long source take 20 MB."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Final, Literal, overload

if TYPE_CHECKING:  # the reader draws its first frame before pydantic is loaded
    from briefing.model.facts import Mention
    from briefing.model.kinds import Confidence, EntityType

    Row = tuple[int, int, str, EntityType, str, Confidence]
    """Start, end, words as written, type, canonical name, confidence."""

_CONFIDENCES: Final[tuple[Confidence, ...]] = ("high", "medium", "low")


class Mentions(Sequence["Mention"]):
    """Mentions in order of their start, without empty ones. A :class:`Mention` is made when it is asked for.

    ``starts`` and ``ends`` are characters of the text. ``entities`` are numbers of entities of this source: equal ones
    have the same type and name.
    """

    __slots__ = ("_keys", "_strings", "_sure", "_written", "ends", "entities", "starts")

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.starts, self.ends, self.entities = array("I"), array("I"), array("I")
        self._written, self._sure = array("I"), bytearray()
        keys: dict[tuple[EntityType, str], int] = {}
        strings: dict[str, int] = {}
        for start, end, written, kind, name, sure in rows:
            if end > start:
                self.starts.append(start)
                self.ends.append(end)
                self.entities.append(keys.setdefault((kind, name), len(keys)))
                self._written.append(strings.setdefault(written, len(strings)))
                self._sure.append(_CONFIDENCES.index(sure))
        self._keys, self._strings = list(keys), list(strings)
        order = sorted(range(len(self)), key=lambda number: (self.starts[number], self.ends[number]))
        if any(number != at for at, number in enumerate(order)):
            self._choose(self, order)

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> Mentions:
        """Make the columns from mention objects."""
        return cls((one.start, one.end, one.text, one.type, one.name, one.confidence) for one in mentions)

    def _choose(self, everything: Mentions, numbers: Sequence[int]) -> None:
        """Take these of all, in this order."""
        for column in ("starts", "ends", "entities", "_written"):
            values = getattr(everything, column)
            setattr(self, column, array("I", [values[number] for number in numbers]))
        self._sure = bytearray(everything._sure[number] for number in numbers)

    def only(self, types: Container[EntityType]) -> Mentions:
        """Keep only mentions of these entity types."""
        wanted = [kind in types for kind, _ in self._keys]
        if all(wanted):
            return self
        some = Mentions()
        some._keys, some._strings = self._keys, self._strings
        some._choose(self, [number for number, entity in enumerate(self.entities) if wanted[entity]])
        return some

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, number: int) -> Mention: ...
    @overload
    def __getitem__(self, number: slice) -> list[Mention]: ...
    def __getitem__(self, number: int | slice) -> Mention | list[Mention]:
        from briefing.model.facts import Mention
        from briefing.model.safetext import SafeText

        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        kind, name = self._keys[self.entities[number]]
        return Mention(
            start=self.starts[number],
            end=self.ends[number],
            text=SafeText(self._strings[self._written[number]]),
            type=kind,
            name=SafeText(name),
            confidence=_CONFIDENCES[self._sure[number]],
        )

    def names(self) -> set[str]:
        """The canonical names of all mentions, each once."""
        return {name for _, name in self._keys}

    def type_of(self, number: int) -> EntityType:
        """The entity type of mention number ``number``."""
        return self._keys[self.entities[number]][0]

    def types(self) -> Counter[EntityType]:
        """Number of mentions of each entity type."""
        found: Counter[EntityType] = Counter()
        for entity, times in Counter(self.entities).items():
            found[self._keys[entity][0]] += times
        return found

    def times(self, number: int) -> int:
        """Number of mentions of the entity that mention ``number`` is one of."""
        return self.entities.count(self.entities[number])

    def alike(self, one: int, other: int, same: Literal["type", "entity"]) -> bool:
        """Whether two mentions are of the same entity, or of entities of the same type.

        Args:
            one: Number of a mention, from 0.
            other: Number of the other one.
            same: ``entity`` compares type and name, ``type`` the type only.
        """
        if same == "entity":
            return self.entities[one] == self.entities[other]
        return self.type_of(one) == self.type_of(other)

    def number_of(self, mention: Mention) -> int | None:
        """The number of an equal mention."""
        first = bisect_left(self.starts, mention.start)
        last = bisect_right(self.starts, mention.start)
        return next((number for number in range(first, last) if self[number] == mention), None)
