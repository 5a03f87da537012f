"""What a sentence says of the things it counts: the words around the number, and what befell the people."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from briefing.compare.corpus import Document
from briefing.compare.wording import keys
from briefing.model.facts import Count

_STEM: Final = 5
"""Letters by which words are compared: enough to hold "escort" and "escorted" together."""
_SHORTEST: Final = 4
_AROUND: Final = 70
"""How many characters from a number the word stands that says what befell those it counts."""

# What befell people, or things: counts of one fate are not counts of another. Beginnings of words.
_FATES: Final = (
    ("dead", ("kill", "dead", "death", "died", "dies", "fatal", "lost their li", "slain", "perish")),
    ("hurt", ("wound", "injur", "hurt")),
    ("missing", ("missing", "unaccounted")),
    ("held", ("captur", "arrest", "detain", "hostage", "prisoner")),
    ("saved", ("rescu", "surviv", "evacuat")),
    ("destroyed", ("destroy", "shot down", "downed", "sank", "sunk", "crash")),
)
_FATE: Final = {fate: re.compile(r"\b(?:" + "|".join(begins) + ")", re.IGNORECASE) for fate, begins in _FATES}


class Context(NamedTuple):
    """The sentence of a count: stems of its telling words, and the fate of what is counted, if it tells one."""

    stems: frozenset[str]
    fate: str | None

    def likeness(self, other: "Context") -> float:
        """Share of the telling words of the shorter sentence that stand in both, from 0 to 1."""
        fewest = min(len(self.stems), len(other.stems))
        return len(self.stems & other.stems) / fewest if fewest else 0.0

    def agrees(self, other: "Context") -> bool:
        """Whether both can be said of the same: no two fates."""
        return self.fate is None or other.fate is None or self.fate == other.fate


def context(document: Document, count: Count) -> Context:
    """What stands around ``count``."""
    text = document.source.text
    start, end = _sentence(count, document.extraction.sentences, text)
    around = text[start : count.start] + " " + text[count.end : end]
    stems = frozenset(key[:_STEM] for key in keys(around) if len(key) >= _SHORTEST and key.isalpha())
    return Context(stems, _fate(text[start:end], count.start - start, count.end - start))


def _sentence(count: Count, sentences: Sequence[tuple[int, int]], text: str) -> tuple[int, int]:
    """The sentence that holds the count; its line where sentences are not known."""
    place = bisect_right(sentences, (count.start, float("inf"))) - 1
    if place >= 0 and sentences[place][1] >= count.end:
        return sentences[place]
    end = text.find("\n", count.end)
    return text.rfind("\n", 0, count.start) + 1, end if end >= 0 else len(text)


def _fate(sentence: str, start: int, end: int) -> str | None:
    """The fate whose word stands nearest to the count."""
    nearest: tuple[int, str] | None = None
    for fate, pattern in _FATE.items():
        for match in pattern.finditer(sentence, max(0, start - _AROUND), min(len(sentence), end + _AROUND)):
            away = max(start - match.end(), match.start() - end, 0)
            nearest = min(nearest or (away, fate), (away, fate))
    return nearest[1] if nearest else None
