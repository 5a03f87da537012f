"""Numbers tied to their noun by a hyphen, and numbers that go for each of several types."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final

from briefing.extract.counts.candidates import AIRCRAFT, PERSONNEL, SHIP, Bench
from briefing.extract.counts.item_typing import Thing
from briefing.extract.counts.numerals import Number
from briefing.extract.lexicon.word_lists import any_of


class Formations:
    """Reads "5,000-strong", "four-ship of F-16s", "12-man crew", "two each of the F-15C and F-15E"."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.lists = bench.lists
        self.view = bench.view
        self.reader = bench.reader

    def tied(self, number: Number) -> bool:
        """Whether a hyphen ties the number to what follows."""
        return number.core_end == number.end and self.view.text[number.core_end : number.core_end + 1] in _HYPHENS

    def compound(self, number: Number) -> None:
        """A number tied to a noun by a hyphen: "5,000-strong", "four-ship", "12-man crew", "20-vehicle convoy"."""
        view = self.view
        match = _compound(self.lists.compounds).match(view.text, number.core_end)
        if match is None:
            return
        token = bisect_left(view.starts, match.end())
        word = match[1].lower()
        if word == "strong":
            group = self.reader.right(token, many=False)
            end = group.end if group else match.end()
            self.bench.add(number, number.start, end, PERSONNEL, group.head if group else token - 1, "direct")
            return
        if word == "ship":
            self._formation(number, token, match.end())
            return
        noun = self.bench.items.find([word])
        if noun is None or noun.category is None:
            noun = self.bench.items.find(["person"])
            assert noun is not None
        group = self.reader.right(token, many=False)
        if group is None or view.words[group.head].lower() not in self.lists.formations:
            return
        thing = Thing(noun.phrase, noun.category or "personnel", fielded=True, key=noun.phrase)
        self.bench.add(number, number.start, group.end, thing, group.head, "direct", "medium")

    def strong(self, number: Number, token: int) -> bool:
        """Read "about 700 strong".

        Args:
            number: The number.
            token: The token after it.

        Returns:
            Whether a count was read.
        """
        if self.view.words[token : token + 1] != ["strong"] or self.bench.far(number, token):
            return False
        self.bench.add(number, number.start, self.view.ends[token], PERSONNEL, token, "direct")
        return True

    def each(self, number: Number, token: int) -> bool:
        """Read "two each of the F-15C and F-15E": twice two, the second span around the first.

        Args:
            number: The number.
            token: The token after it.

        Returns:
            Whether a count was read.
        """
        words = self.view.words
        if words[token : token + 2] != ["each", "of"] and words[token : token + 2] != ["each", "from"]:
            return False
        i, found = token + 1, False
        for _ in range(5):
            group = self.reader.right(i, many=False)
            thing = self.bench.things.of(group) if group else None
            if group is None or thing is None:
                break
            self.bench.add(number, number.start, group.end, thing, group.head, "direct")
            found, i = True, group.head + 1
            while i < len(words) and words[i] in (",", "and", "&"):
                i += 1
            if i == group.head + 1:
                break
        return found

    def _formation(self, number: Number, token: int, end: int) -> None:
        """Read "a four-ship of F-16s", "a two-ship formation of Rafales", "a four-ship"."""
        view, text = self.view, self.view.text
        thing, head = AIRCRAFT, token - 1
        i = token
        if i < len(view) and view.words[i].lower() in self.lists.formations:
            i, end, head = i + 1, view.ends[i], i
        if i < len(view) and view.words[i] == "of" and (group := self.reader.right(i, many=True)) is not None:
            found = self.bench.things.of(group)
            if found is not None and found.category == "aircraft":
                thing, end, head = found, group.end, group.head
        group = self.reader.right(i, many=False) if thing is AIRCRAFT and i < len(view) else None
        if group is not None and view.words[group.head].lower() in self.lists.formations_at_sea:
            thing, end, head = SHIP, group.end, group.head
        start = number.start
        if (article := _ARTICLE.search(text, max(0, start - 2), start)) is not None:
            start = article.start()
        self.bench.add(number, start, end, thing, head, "direct")


_HYPHENS: Final = ("-", "\u2010", "\u2011")
_ARTICLE: Final = re.compile(r"\b[Aa]\s$")


@lru_cache(maxsize=4)
def _compound(nouns: frozenset[str]) -> re.Pattern[str]:
    """The second half of a hyphened number word: "-strong", "-ship", "-vehicle"."""
    return re.compile(rf"[-\u2010\u2011](strong|{any_of(nouns)})(?:['’]s)?\b", re.IGNORECASE)
