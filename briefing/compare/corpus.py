"""The sources that are compared, in an order of their own, and which of them speak of the same matter."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from briefing.model.facts import Extraction
from briefing.model.source import Source
from briefing.model.statuses import ClaimKind, Form, Status

RELATED: Final = 0.2
"""Least likeness of what two sources name from which their counts and names are held against each other."""

_LIGHT: Final = 0.3
"""Weight of a nation, which stands in many stories, against other names."""
_UNTOLD: Final = frozenset({"DATE", "QUANTITY", "MONEY"})
_WINDOW: Final = 40
"""To how many of the sources that share a name a source is held: the next ones by date."""
_FEWEST: Final = 2
_FEW: Final = 5


class Document(NamedTuple):
    """One source with what was found in it, by its number in the corpus."""

    number: int
    source: Source
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Corpus:
    """All sources in the order of publication (then title, then id), whatever order they were given in."""

    documents: tuple[Document, ...]
    related: tuple[frozenset[int], ...]
    """For each source the numbers of those that speak of the same matter, itself included."""

    def bringing_together(self, groups: Iterable[Sequence[int]]) -> "Corpus":
        """The corpus where the sources of each group are known to speak of the same matter."""
        related = [set(numbers) for numbers in self.related]
        for group in groups:
            for number in group:
                related[number].update(group)
        return Corpus(self.documents, tuple(map(frozenset, related)))


class Item(NamedTuple):
    """What one source says: its number, where, and the value; the bounds of a count; the form of a quotation."""

    document: int
    start: int
    end: int
    value: str
    low: int | None = None
    high: int | None = None
    approx: bool = False
    form: Form | None = None


@dataclass(slots=True)
class Claim:
    """One claim, before origins and silence are known."""

    kind: ClaimKind
    status: Status
    title: str
    items: list[Item]


def gather(documents: Iterable[tuple[Source, Extraction]]) -> Corpus:
    """The corpus of ``documents``; one that is given twice counts once."""
    known = {source.id: (source, extraction) for source, extraction in documents}
    ordered = sorted(known.values(), key=lambda pair: _place(pair[0]))
    numbered = tuple(Document(n, source, extraction) for n, (source, extraction) in enumerate(ordered))
    return Corpus(numbered, _relations(numbered))


def _place(source: Source) -> tuple[str, str, str]:
    """By day of publication, undated ones last."""
    return (str(source.published)[:10] if source.published else "~", source.title, source.id)


def _relations(documents: Sequence[Document]) -> tuple[frozenset[int], ...]:
    """Sources that name much of the same, found through the names they share."""
    names = [_names(document.extraction) for document in documents]
    bearers: dict[str, list[int]] = {}
    for number, own in enumerate(names):
        for name in own:
            bearers.setdefault(name, []).append(number)
    rare = {name: rarity(len(numbers), len(documents)) for name, numbers in bearers.items()}
    lengths = [math.sqrt(sum((weight * rare[name]) ** 2 for name, weight in own.items())) for own in names]
    products: dict[tuple[int, int], float] = defaultdict(float)
    shared: Counter[tuple[int, int]] = Counter()
    for name in sorted(bearers):
        numbers = bearers[name]
        for place, a in enumerate(numbers):
            for b in islice(numbers, place + 1, place + 1 + _WINDOW):
                products[a, b] += names[a][name] * names[b][name] * rare[name] ** 2
                shared[a, b] += 1
    related = [{number} for number in range(len(documents))]
    for (a, b), product in products.items():
        if shared[a, b] >= _FEWEST and product >= RELATED * lengths[a] * lengths[b]:
            related[a].add(b)
            related[b].add(a)
    return tuple(map(frozenset, related))


def _names(extraction: Extraction) -> dict[str, float]:
    """What a source names, with how much that says about its matter."""
    found: dict[str, float] = {}
    for mention in extraction.mentions:
        if mention.type not in _UNTOLD:
            found[mention.name] = _LIGHT if mention.type == "NATION" else 1.0
    for participant in extraction.participants:
        found[participant.name] = _LIGHT if participant.kind == "nation" else 1.0
    for count in extraction.counts:
        if count.item[:1].isupper():
            found[count.item] = 1.0
    return found


def rarity(bearers: int, documents: int) -> float:
    """How much a word or a name says about its source: 1 for one of a few sources, less the more of many have it."""
    return min(1.0, math.log(1 + documents / bearers) / math.log(1 + documents / _FEW))
