"""A few words of a text around what was searched for, with the hits marked.

Only the neighbourhood of a hit is cut into words: a pattern finds where one may stand, the cut around it says whether
it does. The cut never reaches across white space, so a part that begins and ends there is cut as the whole would be.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from briefing.library.search.conditions import AllOf, AnyOf, Condition, Near, Words
from briefing.library.search.matcher import Spans, Tokens, merged
from briefing.library.store.tokenizer import LONGEST, words
from briefing.model.safetext import SafeText, one_line

_WIDTH: Final = 220
_LEAD: Final = 60
"""Characters of a snippet, and how many of them stand before the first hit, at most."""
_PLACES: Final = 3
"""Hits of each term that are looked at when the best place for the snippet is chosen."""
_CANDIDATES: Final = 40
LONGEST_WORD: Final = 300
_WHOLE: Final = 50_000
"""Characters that are cut in full where no pattern helps."""
_SPACES: Final = re.compile(r"\s")


class Snippet(NamedTuple):
    """A snippet with its hits as spans, and the first hit's span in the whole text."""

    text: SafeText
    marks: tuple[tuple[int, int], ...]
    start: int
    end: int


class Sought:
    """What a condition looks for in texts, prepared once for all of them."""

    def __init__(self, condition: Condition) -> None:
        self._terms = [_Term(term) for term in _terms(condition)]

    def snippet(self, text: SafeText, extra: Sequence[tuple[int, int]] = (), *, title: str = "") -> Snippet:
        """The part of a text that shows best why the condition holds; its beginning where no place in it does.

        A beginning that repeats the title is skipped, unless nothing else in the text makes it a hit.

        Args:
            text: The source's text.
            extra: Half-open spans that the condition's words do not tell: those of names and quotes.
            title: The title, which stands above the snippet.
        """
        terms, read = self._terms, _Read(text)
        body = _after_title(read.text, title)
        most = 1 if len(terms) == 1 and not extra else _PLACES
        places = [term.places(read, body, len(text), most) for term in terms]
        if body and not any(places):
            places = [term.places(read, 0, len(text), most) for term in terms]
        plain = any(places) or not terms
        if not plain:  # written in a way that no pattern tells: with joints, or far apart
            whole = Tokens(words(text, 0, _end(text, _WHOLE)))
            places = [_preferred(whole.places(term.term), body)[:most] for term in terms]
        if extra:
            places.append(_preferred(merged(extra), body)[:_PLACES])
        anchor = _best(places) if len(places) != 1 or most > 1 else next(iter(places[0]), None)
        if anchor is None:
            return _shown(text, body, body, _end(text, body + _WIDTH), [], (0, 0))
        first = body if anchor[0] >= body else 0
        left = _begin(text, max(first, anchor[0] - _LEAD))
        right = _end(text, max(anchor[1], left + _WIDTH))
        marks = [anchor, *extra]
        for term in terms:
            marks += term.places(read, left, right) if plain else whole.places(term.term)
        return _shown(text, first, left, right, marks, anchor)


def _after_title(text: str, title: str) -> int:
    """Where a text goes on after its title, or after what is left of one that was cut.

    0 where it does not begin with it, or does not go on.
    """
    whole = title.removesuffix("…")
    if not whole or not text.startswith(whole):
        return 0
    m = (_GOES_ON if whole == title else _CUT).match(text, len(whole))
    return m.end() if m and m.end() < len(text) else 0


_GOES_ON: Final = re.compile(r"[^\S\n]*\n\s*")
"""A title is a line of its own."""
_CUT: Final = re.compile(r"\W+")
"""One that is too long is cut between two words."""


def _preferred(places: Spans, body: int) -> Spans:
    """Places in the body, or all where none is."""
    return [place for place in places if place[0] >= body] or places


def around(text: SafeText, start: int, end: int) -> Snippet:
    """The part of a text around one place, that place marked.

    Args:
        text: The source's text.
        start: First character of the place.
        end: The character after its last.
    """
    left = _begin(text, max(0, start - _LEAD))
    return _shown(text, 0, left, _end(text, max(end, left + _WIDTH)), [(start, end)], (start, end))


def _shown(text: SafeText, first: int, left: int, right: int, marks: Spans, hit: tuple[int, int]) -> Snippet:
    """The part on one line, with dots where it is cut, its marks counted from its own beginning.

    Nothing is missing before ``first`` where a line begins there.
    """
    begins = left <= first and (not first or text[first - 1] == "\n")
    shift = (not begins) - left
    inside = [(max(start, left), min(end, right)) for start, end in marks if start < right and end > left]
    marks = inside if len(inside) == 1 else merged(inside)
    shown = one_line(text, left, right, before=not begins, after=right < len(text))
    return Snippet(shown, tuple([(start + shift, end + shift) for start, end in marks]), *hit)


def _terms(condition: Condition) -> Iterator[Words | Near]:
    """The parts that are looked for in the text, but for those that must not stand there."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _terms(part)
        case Words(where="anywhere") | Near(where="anywhere"):
            yield condition


def _best(places: list[Spans]) -> tuple[int, int] | None:
    """The place with the most different terms in one snippet from there on; of equals, the first."""
    all_places = sorted([(span, term) for term, spans in enumerate(places) for span in spans])
    terms = sum(map(bool, places))
    best, most, first = None, 0, 0
    for number, (span, _) in enumerate(all_places):
        if span[0] > all_places[first][0][0]:
            first = number  # of those that begin at one place, all count
        seen, last = set(), span[0] + _WIDTH - _LEAD
        for (start, end), term in islice(all_places, first, None):
            if start > last:
                break
            if end <= last:
                seen.add(term)
        if len(seen) > most or best is None:
            best, most = span, len(seen)
            if most == terms:
                break
    return best


class _Read:
    """A text, and the same in small letters where that leaves every character in its place."""

    __slots__ = ("lowered", "text")

    def __init__(self, text: SafeText) -> None:
        self.text = str(text)
        self.lowered = self.text.lower() if text.isascii() else None


class _Term:
    """Words that are looked for, and how to find them without cutting a whole text."""

    __slots__ = ("_letters", "_single", "term")

    def __init__(self, term: Words | Near) -> None:
        self.term = term
        self._letters: str | None = None
        self._single: frozenset[str] | None = None
        if isinstance(term, Words):
            if not term.prefix and all(len(sequence) == 1 for sequence in term.sequences):
                self._single = frozenset(sequence[0] for sequence in term.sequences)
            if len(term.sequences) == 1 and len(term.sequences[0]) == 1 and _spelt(term.sequences[0][0]):
                self._letters = term.sequences[0][0]

    def places(self, read: _Read, start: int, end: int, most: int = _CANDIDATES) -> Spans:
        """Its first places from ``start`` to ``end``, in order, that a pattern finds and the cut of words confirms."""
        term = self.term
        found: Spans = []
        if not isinstance(term, Words):
            return found
        if read.lowered is not None:
            if self._letters is not None:
                return self._by_letters(read, self._letters, term, start, end, most)
            if (begun := _first_letters(read.lowered, term, start)) is not None:
                start = begun
        for m in islice(_pattern(term).finditer(read.text, start, end), _CANDIDATES):
            if len(found) >= most:
                break
            _add(found, self._confirmed(read.text, term, *m.span()))
        return found[:most]

    def _by_letters(self, read: _Read, word: str, term: Words, start: int, end: int, most: int) -> Spans:
        """The same for a word, or the beginning of one, that is written with just its letters in a text of only ASCII.

        Finding them is ten times as fast as matching a pattern. Where they have white space or a plain mark on both
        sides, they are a word of their own.
        """
        found: Spans = []
        lowered, tried = str(read.lowered), 0
        at = lowered.find(word, start, end)
        while at >= 0 and len(found) < most and tried < _CANDIDATES:
            after = at + len(word)
            before = lowered[at - 1] if at else " "
            if term.prefix and before in _OPENING:
                after = _REST.match(lowered, after).end()  # type: ignore[union-attr]
            following = lowered[after : after + 1]
            tried += 1
            if before in _OPENING and following in _CLOSING:
                if not found or at > found[-1][0]:
                    found.append((at, after))
            elif before.isalpha() or (not term.prefix and following.isalpha()):
                tried -= 1
            else:
                _add(found, self._confirmed(read.text, term, at, after))
            at = lowered.find(word, after, end)
        return found[:most]

    def _confirmed(self, text: str, term: Words, begun: int, ended: int) -> Spans:
        """Places of the term around a candidate, confirmed by tokenizing."""
        near = words(text, _begin(text, begun), _end(text, ended))
        if self._single is not None:
            return [(first, after) for word, first, after in near if word in self._single]
        return Tokens(near).places(term)


def _add(found: Spans, places: Spans) -> None:
    """Add the places that begin after those that were found before."""
    last = found[-1][0] if found else -1
    for place in places:
        if place[0] > last:
            found.append(place)
            last = place[0]


_OPENING: Final = frozenset(' \n\t("')
_CLOSING: Final = frozenset(("", *' \n\t.,;:!?)"'))
_REST: Final = re.compile("[a-z]*")


def _spelt(word: str) -> bool:
    """Whether a word is written with just its letters, and all that is so written is that word.

    One of a single letter may have a plural s; ``US`` is the state.
    """
    return 1 < len(word) < LONGEST and word.isascii() and word.isalpha() and word not in {"us", "usa"}


def _first_letters(lowered: str, term: Words, start: int) -> int | None:
    """Where the first of the term's words may stand at the earliest; None where that cannot be told so simply."""
    firsts = [sequence[0] for sequence in term.sequences]
    if not all(word.isascii() and word.isalpha() and word != "usa" for word in firsts):
        return None
    found = [at for word in firsts if (at := lowered.find(word, start)) >= 0]
    return min(found, default=len(lowered))


def _begin(text: str, at: int) -> int:
    """The beginning of the run of characters without white space that ``at`` stands in, not too far back."""
    lowest = max(0, at - LONGEST_WORD)
    return max(text.rfind(" ", lowest, at), text.rfind("\n", lowest, at), text.rfind("\t", lowest, at), lowest - 1) + 1


def _end(text: str, at: int) -> int:
    """The end of the run of characters without white space that ``at`` stands in."""
    m = _SPACES.search(text, min(at, len(text)), at + LONGEST_WORD)
    return m.start() if m else min(len(text), at + LONGEST_WORD)


_GAP: Final = r"(?:['’]?s)?[\W_]{0,40}"


@lru_cache(maxsize=256)
def _pattern(term: Words) -> re.Pattern[str]:
    """A pattern for the term's words as plainly written; may find too much, and too little."""
    ways = []
    for sequence in term.sequences:
        way = _GAP.join(map(_written, sequence))
        first, last = sequence[0], sequence[-1]
        if len(first) < 4 and "a" <= first[0] <= "z":  # longer ones seldom stand within others
            way = "(?<![a-z])" + way
        if not term.prefix and "a" <= last[-1] <= "z":
            way += "(?![a-rt-z]|s[a-z])" if len(last) == 1 else "(?![a-z])"
        ways.append(way)
    return re.compile("|".join(ways), re.IGNORECASE)


def _written(word: str) -> str:
    """A pattern for one word."""
    if word == "usa":
        return r"u\.?s(?:\.?a)?"
    if word.isdecimal():
        return ",?".join(word)
    return (
        "".join(f"[{c}{_accented().get(c, '')}]" for c in word)
        if word.isascii()
        else re.escape(unicodedata.normalize("NFC", word))
    )


@lru_cache(maxsize=1)
def _accented() -> dict[str, str]:
    """The letters of European languages that count as ``a``, as ``b`` and so on."""
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code)).casefold()[:1]
        if "a" <= base <= "z":
            found[base] = found.get(base, "") + chr(code)
    found["o"] += "ø"
    found["l"] += "ł"
    found["d"] += "đ"
    return found
