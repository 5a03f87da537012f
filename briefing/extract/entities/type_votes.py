"""Vote on one type for each name of a document, by the base model and the words around each occurrence.

Names that only the model gives in headlines, where every word has a capital, need the body of the text to agree.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from briefing.extract.entities.candidates import Found, Text
from briefing.extract.lexicon.word_lists import NameWords, any_of, one_of
from briefing.model.facts import EntityType

_NAMES: Final = frozenset({"PERSON", "ORG", "PLACE"})
_IN: Final = re.compile(r"\b(?:in|near|outside|around|across|towards?) (?:the )?$")
_SHARE: Final = 0.75
_LINE: Final = 4
"""Words of a line that may be a headline."""


@lru_cache(maxsize=4)
def _speaks(lists: NameWords) -> re.Pattern[str]:
    """What stands behind a person's name."""
    return re.compile(rf"(?:,? who\b|, (?:aged )?\d\d,| (?:{any_of(lists.said | lists.biographical)})\b)")


def vote(text: Text, found: Sequence[Found]) -> list[Found]:
    """Give each name of the model's spans the type that most of its occurrences speak for; headlines are checked.

    Args:
        text: The document.
        found: Spans of the base model.
    """
    votes: dict[str, Counter[EntityType]] = {}
    people = {f.name.rsplit(" ", 1)[-1] for f in found if f.type == "PERSON" and " " in f.name}
    for f in found:
        if f.type in _NAMES:
            _count(text, f, people, votes.setdefault(f.name, Counter()))
    typed = [_settled(f, votes[f.name]) if f.name in votes else f for f in found]
    lines = _Headlines(text)
    return [f for f in typed if f.type not in _NAMES or not lines.hold_all_of(f)]


def _count(text: Text, f: Found, people: set[str], votes: Counter[EntityType]) -> None:
    """Add what one occurrence says of the name's type."""
    flat = text.flat
    votes[f.type] += 2
    before, lone = flat[max(0, f.start - 12) : f.start], " " not in f.name
    if _IN.search(before) or one_of(text.lists.kinds_of_places, " ", r"\b").match(flat, f.end):
        votes["PLACE"] += 1
    if _speaks(text.lists).match(flat, f.end):
        votes["PERSON"] += 1
    if f.type == "PLACE" and not lone and f.entry is None and one_of(text.lists.stated, " ", r"\b").match(flat, f.end):
        votes["ORG"] += 3
    if lone and f.name in people:
        votes["PERSON"] += 2
    if lone and f.name.isupper() and len(f.name) > 2 and f.type == "PERSON":
        votes["ORG"] += 3
    if f.type == "PERSON" and one_of(text.lists.last_words_of_places, " ", "$").search(f.name):
        votes["PLACE"] += 3


def _settled(f: Found, votes: Counter[EntityType]) -> Found:
    best = votes.most_common(1)[0][0]
    return f if f.type == best else f._replace(type=best)


class _Headlines:
    """The lines of a text in which nearly every longer word has a capital; lines all in capitals too."""

    def __init__(self, text: Text) -> None:
        self._flat = text.flat
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._only: dict[str, bool] = {}
        at = 0
        for line in text.raw.split("\n"):
            if _is_headline(line):
                self._starts.append(at)
                self._ends.append(at + len(line))
            at += len(line) + 1

    def hold_all_of(self, f: Found) -> bool:
        """Whether a name stands in headlines only, and nothing but the model knows it."""
        if f.entry is not None or f.confidence != "medium" or not self._hold(f.start):
            return False
        last = f.name.rsplit(" ", 1)[-1] if f.type == "PERSON" else f.name
        # asked once for each name: a text that repeats one a thousand times would be searched a thousand times
        if last not in self._only:
            self._only[last] = self._hold_every(last)
        return self._only[last]

    def _hold(self, at: int) -> bool:
        line = bisect_right(self._starts, at) - 1
        return line >= 0 and at < self._ends[line]

    def _hold_every(self, name: str) -> bool:
        at = self._flat.find(name)
        while at >= 0:
            if not self._hold(at):
                return False
            at = self._flat.find(name, at + 1)
        return True


def _is_headline(line: str) -> bool:
    if len(line.split()) < _LINE or line.rstrip().endswith((".", "”", '"')):
        return False
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) >= _SHARE * len(words)
