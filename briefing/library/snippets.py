"""A few words of a text around what was searched for, with the hits marked.

Only the neighbourhood of a hit is cut into words: a pattern finds where one may stand, the cut around it says whether
it does. The cut never reaches across white space, so a part that begins and ends there is cut as the whole would be.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from briefing.library.conditions import AllOf, AnyOf, Condition, Near, Words
from briefing.library.evaluate import Spans, Tokens, merged
from briefing.library.words import words
from briefing.model.safetext import SafeText

_WIDTH: Final = 220
_LEAD: Final = 60
"""Characters of a snippet, and how many of them stand before the first hit, at most."""
_PLACES: Final = 3
"""Hits of each term that are looked at when the best place for the snippet is chosen."""
_CANDIDATES: Final = 40
_LONGEST_WORD: Final = 300
_WHOLE: Final = 50_000
"""Characters that are cut in full where no pattern helps."""
_SPACES: Final = re.compile(r"\s")


class Snippet(NamedTuple):
    """Text, the hits within it, and where the first one stands in the whole text."""

    text: SafeText
    marks: tuple[tuple[int, int], ...]
    start: int
    end: int


def snippet(text: SafeText, condition: Condition, extra: Spans | None = None) -> Snippet:
    """The part of ``text`` that shows best why ``condition`` holds; its beginning where no place in it does.

    ``extra`` are places that its words do not tell: those of names and of quotes.
    """
    terms = list(_terms(condition))
    most = 1 if len(terms) == 1 and not extra else _PLACES
    places = [list(islice(_written_plainly(text, term), most)) for term in terms]
    plain = any(places) or not terms
    if not plain:  # written in a way that no pattern tells: with joints, or far apart
        whole = Tokens(words(text, 0, _end(text, _WHOLE)))
        places = [whole.places(term)[:most] for term in terms]
    if extra:
        places.append(merged(extra)[:_PLACES])
    anchor = _best(places)
    if anchor is None:
        return _shown(text, 0, _end(text, _WIDTH), (), (0, 0))
    left = _begin(text, max(0, anchor[0] - _LEAD))
    right = _end(text, max(anchor[1], left + _WIDTH))
    marks = [anchor, *(extra or ())]
    for term in terms:
        marks += _written_plainly(text, term, left, right) if plain else whole.places(term)
    return _shown(text, left, right, marks, anchor)


def around(text: SafeText, start: int, end: int) -> Snippet:
    """The part of ``text`` around one place."""
    left = _begin(text, max(0, start - _LEAD))
    return _shown(text, left, _end(text, max(end, left + _WIDTH)), [(start, end)], (start, end))


def _shown(text: SafeText, left: int, right: int, marks: Spans | tuple[()], hit: tuple[int, int]) -> Snippet:
    """The part on one line, with dots where it is cut, its marks counted from its own beginning."""
    before, after = "…" * (left > 0), "…" * (right < len(text))
    shift = len(before) - left
    inside = [(max(start, left), min(end, right)) for start, end in marks if start < right and end > left]
    return Snippet(
        SafeText(before + _SPACES.sub(" ", text[left:right]) + after),
        tuple((start + shift, end + shift) for start, end in merged(inside)),
        *hit,
    )


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
    all_places = sorted((span, term) for term, spans in enumerate(places) for span in spans)
    best, most = None, 0
    for span, _ in all_places:
        seen = {term for other, term in all_places if span[0] <= other[0] and other[1] <= span[0] + _WIDTH - _LEAD}
        if len(seen) > most or best is None:
            best, most = span, len(seen)
    return best


def _written_plainly(
    text: SafeText, term: Words | Near, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    """Places of a term, in order, that its pattern finds from ``start`` to ``end`` and the cut of words confirms."""
    if not isinstance(term, Words):
        return
    end = len(text) if end is None else end
    single = {sequence[0] for sequence in term.sequences if len(sequence) == 1 and not term.prefix}
    last = -1
    for begun, ended in islice(_candidates(text, term, start, end), _CANDIDATES):
        near = words(text, _begin(text, begun), _end(text, ended))
        if len(single) == len(term.sequences):
            found = [(first, after) for word, first, after in near if word in single]
        else:
            found = Tokens(near).places(term)
        for place in found:
            if place[0] > last:
                yield place
                last = place[0]


def _candidates(text: SafeText, term: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the term may stand from ``start`` to ``end``, in order."""
    if text.isascii():
        if len(term.sequences) == 1 and len(term.sequences[0]) == 1 and _spelt(term.sequences[0][0]):
            yield from _letters(text, term.sequences[0][0], term.prefix, start, end)
            return
        if (begun := _first_letters(text, term, start)) is not None:
            start = begun
    for m in _pattern(term).finditer(text, start, end):
        yield m.span()


def _letters(text: str, word: str, prefix: bool, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a word stands in a text of nothing but ASCII, or begins where it is the ``prefix`` of one.

    It is written with just its letters there, and finding them is ten times as fast as matching a pattern.
    """
    lowered = str.__getitem__(text, slice(start, end)).lower()
    at = lowered.find(word)
    while at >= 0:
        after = at + len(word)
        within = (at > 0 and lowered[at - 1].isalpha()) or (not prefix and lowered[after : after + 1].isalpha())
        if not within:
            yield start + at, start + after
        at = lowered.find(word, after)


def _spelt(word: str) -> bool:
    """Whether a word is written with just its letters; one of a single letter may have a plural s."""
    return len(word) > 1 and word.isascii() and word.isalpha() and word != "usa"


def _first_letters(text: str, term: Words, start: int) -> int | None:
    """Where the first of the term's words may stand at the earliest; None where that cannot be told so simply."""
    firsts = [sequence[0] for sequence in term.sequences]
    if not all(word.isascii() and word.isalpha() and word != "usa" for word in firsts):
        return None
    lowered = text.lower()
    found = [at for word in firsts if (at := lowered.find(word, start)) >= 0]
    return min(found, default=len(text))


def _begin(text: str, at: int) -> int:
    """The beginning of the run of characters without white space that ``at`` stands in, not too far back."""
    lowest = max(0, at - _LONGEST_WORD)
    return max(text.rfind(" ", lowest, at), text.rfind("\n", lowest, at), text.rfind("\t", lowest, at), lowest - 1) + 1


def _end(text: str, at: int) -> int:
    """The end of the run of characters without white space that ``at`` stands in."""
    m = _SPACES.search(text, min(at, len(text)), at + _LONGEST_WORD)
    return m.start() if m else min(len(text), at + _LONGEST_WORD)


_GAP: Final = r"(?:['’]?s)?[\W_]{0,40}"


@lru_cache(maxsize=256)
def _pattern(term: Words) -> re.Pattern[str]:
    """What the term's words look like where they are written plainly; may find too much, and too little."""
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
