"""Find near-duplicate sources.

Texts are compared by their shingles (runs of five words). Candidates come from an index of one shingle in four, chosen
by its hash, so that no pair of texts is looked at that shares nothing; a shingle that stands in very many texts leads
to the first few of them, which is enough to bring all copies of one text together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple
from zlib import crc32

from rapidfuzz.distance import LCSseq

from briefing.compare.sets import Sets
from briefing.compare.wording import keys

SIMILAR: Final = 0.5
"""Share of common shingles (Dice) from which two texts are copies: half of all runs of five words are the same."""

_RUN: Final = 5
_SAMPLE: Final = 4
_FEWEST: Final = 3
_FEWEST_SHARED: Final = 8
_SHORT: Final = 160
"""Texts of fewer shingles than this are indexed whole: a sample of them would be too small."""
_LEADS: Final = 6
"""How many texts a shingle leads to."""


CONTAINED: Final = 0.8
"""Share of a text's runs of words that stand in a longer one, from which it is a part of it."""
PARAPHRASED: Final = 0.62
"""Share of words in common in one order from which one of two reports of an event is the other in other words."""
_FEWEST_WORDS: Final = 60


class Copies(NamedTuple):
    """Numbers of texts that are copies of each other, and the least similarity that links them."""

    members: tuple[int, ...]
    similarity: float
    how: Literal["alike", "contained", "paraphrased"] = "alike"


class _Shingles(NamedTuple):
    """Hashes of a text's runs of words: the sampled ones, and all of them where the text is short."""

    sample: frozenset[int]
    full: frozenset[int] | None


def find_copies(texts: Iterable[str | tuple[str, ...]]) -> list[Copies]:
    """Groups of near-duplicate texts, by their numbers. A text may be given by its words."""
    shingles = [_shingles(text) for text in texts]
    sets = Sets(len(shingles))
    links: dict[int, list[float]] = {}
    contained: list[Copies] = []
    for a, b in _candidates(shingles):
        similarity = _similarity(shingles[a], shingles[b])
        if similarity >= SIMILAR:
            sets.join(a, b)
            links.setdefault(a, []).append(similarity)
        elif (share := _containment(shingles[a], shingles[b])) >= CONTAINED:
            contained.append(Copies((a, b), round(share, 3), "contained"))
    alike = [
        Copies(tuple(group), round(min(min(links[number]) for number in group if number in links), 3))
        for group in sets.groups()
        if len(group) > 1
    ]
    return alike + [one for one in contained if sets.find(one.members[0]) != sets.find(one.members[1])]


def find_paraphrases(texts: Sequence[tuple[str, ...]], pairs: Iterable[tuple[int, int]]) -> list[Copies]:
    """Those of some pairs of texts of which one paraphrases the other: the same words in the same order, many replaced.

    Args:
        texts: The words of each text, by its number.
        pairs: Numbers of the texts to compare.
    """
    found = []
    for a, b in pairs:
        one, two = texts[a], texts[b]
        if min(len(one), len(two)) < _FEWEST_WORDS or min(len(one), len(two)) < 0.5 * max(len(one), len(two)):
            continue
        share = LCSseq.similarity(one, two) / min(len(one), len(two))
        if share >= PARAPHRASED:
            found.append(Copies((a, b), round(share, 3), "paraphrased"))
    return found


def _containment(a: _Shingles, b: _Shingles) -> float:
    """Share of the shorter text's runs of words that stand in the longer one."""
    one, two = (a.full, b.full) if a.full is not None and b.full is not None else (a.sample, b.sample)
    fewest = min(len(one), len(two))
    return len(one & two) / fewest if fewest >= _FEWEST_SHARED else 0.0


def _shingles(text: str | tuple[str, ...]) -> _Shingles:
    """A text of fewer words than a run is one run."""
    said = keys(text) if isinstance(text, str) else text
    runs = range(max(1, len(said) - _RUN + 1)) if said else range(0)
    full = frozenset(crc32(" ".join(said[i : i + _RUN]).encode()) for i in runs)
    sample = frozenset(shingle for shingle in full if shingle % _SAMPLE == 0)
    return _Shingles(sample, full if len(full) < _SHORT else None)


def _candidates(shingles: Sequence[_Shingles]) -> Iterator[tuple[int, int]]:
    """Pairs of texts, the smaller number first, that share some of the indexed shingles."""
    leads: dict[int, list[int]] = {}
    for number, own in enumerate(shingles):
        shared: Counter[int] = Counter()
        for shingle in own.full or own.sample:
            known = leads.setdefault(shingle, [])
            shared.update(known)
            if len(known) < _LEADS:
                known.append(number)
        fewest = min(_FEWEST, len(own.full or own.sample))
        yield from sorted((other, number) for other, times in shared.items() if times >= fewest)


def _similarity(a: _Shingles, b: _Shingles) -> float:
    """Dice's coefficient, estimated from the samples where one of the texts is long."""
    one, two = (a.full, b.full) if a.full is not None and b.full is not None else (a.sample, b.sample)
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0
