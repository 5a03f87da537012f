"""One name in several spellings: Andersen and Anderson, Kim Jong Un and Kim Jong-Un."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Indel

from briefing.compare.corpus import Claim, Corpus, Document, Item
from briefing.compare.sets import Sets
from briefing.model.facts import EntityType

_TYPES: Final[frozenset[EntityType]] = frozenset({"PERSON", "ORG", "PLACE", "SHIP", "EVENT"})
"""What is spelt in different ways; nations and types of aircraft have fixed names, and near ones mean others."""

_ALIKE: Final = 0.85
"""Least likeness of the one word that differs: one letter in seven, or two in thirteen."""
_LONG: Final = 6
"""Fewest letters of a word that may differ: of shorter ones, too many are names of their own."""
_ALONE: Final = 8
"""The same for a name that is this one word only."""

_WORD: Final = re.compile(r"\w+(?:[’']\w+)*")


@dataclass(slots=True)
class _Spelling:
    """One way of writing a name, and where each source writes it first."""

    written: str
    type: EntityType
    words: tuple[str, ...]
    first: dict[int, tuple[int, int]] = field(default_factory=dict)


def compare_names(corpus: Corpus) -> list[Claim]:
    """The names that are spelt in more than one way; a name that all spell alike makes no claim."""
    spellings = list(_spellings(corpus.documents))
    sets = Sets(len(spellings))
    for a, b in _candidates(spellings):
        if _related(corpus, spellings[a], spellings[b]) and _one_name(spellings[a], spellings[b]):
            sets.join(a, b)
    claims = []
    for group in sets.groups():
        members = [spellings[number] for number in group]
        if len({_plain(member.written) for member in members}) > 1:
            items = [Item(d, *span, member.written) for member in members for d, span in member.first.items()]
            title = " / ".join(dict.fromkeys(member.written for member in members))
            claims.append(Claim("name", "spelling", title, sorted(items)))
    return claims


def same_name(a: str, b: str) -> bool:
    """Whether two names of one type are spellings of one name."""
    return _squeezed(a) == _squeezed(b) or _alike(_words(a), _words(b))


def _spellings(documents: Iterable[Document]) -> Iterator[_Spelling]:
    """Every full form of every name, as written; an abbreviated one stands for the full form that the source uses."""
    known: dict[tuple[str, EntityType], _Spelling] = {}
    for document in documents:
        for mention in document.extraction.mentions:
            if mention.type not in _TYPES:
                continue
            if found := _full_form(mention.text, mention.name):
                start, end = found
                written = " ".join(mention.text[start:end].split())
            elif _words(mention.name)[:1] == _words(mention.text)[:1]:  # "Andersen AFB"
                start, end, written = 0, len(mention.text), str(mention.name)
            else:
                continue
            spelling = known.setdefault((written, mention.type), _Spelling(written, mention.type, _words(written)))
            spelling.first.setdefault(document.number, (mention.start + start, mention.start + end))
    yield from sorted(known.values(), key=lambda spelling: (spelling.type, spelling.written))


@lru_cache(maxsize=20_000)
def _full_form(text: str, name: str) -> tuple[int, int] | None:
    """Where in a mention's text the whole name stands, in any spelling; None for a short form or an abbreviation."""
    wanted = _words(name)
    found = list(_WORD.finditer(text))
    if not wanted:
        return None
    squeezed = _squeezed(name)
    for size in range(max(1, len(wanted) - 2), len(wanted) + 3):
        for first in range(len(found) - size, -1, -1):
            part = text[found[first].start() : found[first + size - 1].end()]
            if _squeezed(part) == squeezed or _alike(_words(part), wanted):
                return found[first].start(), found[first + size - 1].end()
    return None


def _candidates(spellings: Sequence[_Spelling]) -> Iterator[tuple[int, int]]:
    """Pairs that are the same but for marks, or for one word."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, spelling in enumerate(spellings):
        words = sorted(spelling.words)
        holders[spelling.type, _squeezed(spelling.written)].append(number)
        holders[spelling.type, "", *words].append(number)
        for place, word in enumerate(words):
            if len(word) >= _LONG:
                rest = words[:place] + words[place + 1 :]
                holders[spelling.type, "" if rest else word[:3], "", *rest].append(number)
    pairs = {(a, b) for numbers in holders.values() for place, a in enumerate(numbers) for b in numbers[place + 1 :]}
    yield from sorted(pairs)


def _related(corpus: Corpus, a: _Spelling, b: _Spelling) -> bool:
    """Whether sources that write the one speak of the same matter as sources that write the other."""
    return any(not corpus.related[document].isdisjoint(b.first) for document in a.first)


def _plain(written: str) -> str:
    """A name but for capitals, dots and the form of its apostrophe, which make no other spelling."""
    return written.casefold().replace(".", "").replace("’", "'")


def _one_name(a: _Spelling, b: _Spelling) -> bool:
    if _squeezed(a.written) == _squeezed(b.written):
        return True
    if a.type == "PERSON" and len(a.words) > 1 and sorted(a.words) == sorted(b.words):
        return True  # family name first or last
    if a.type != "PERSON" and _grown(a.words, b.words):
        return False
    return _alike(a.words, b.words)


def _grown(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether a word of the one is a word of the other with an ending, as Virginian is of Virginia."""
    return any(one != two and (one.startswith(two) or two.startswith(one)) for one, two in zip(a, b, strict=False))


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names differ in one long word only, and there by a letter or so."""
    if len(a) != len(b):
        return False
    different = [(one, two) for one, two in zip(a, b, strict=True) if one != two]
    if not different:
        return True
    if len(different) > 1:
        return False
    one, two = different[0]
    least = _LONG if len(a) > 1 else _ALONE
    if min(len(one), len(two)) < least or one[0] != two[0] or not (one.isalpha() and two.isalpha()):
        return False
    return Indel.normalized_similarity(one, two) >= _ALIKE and not _plural(one, two)


def _plural(a: str, b: str) -> bool:
    """Whether one word is the other with an s."""
    short, long = sorted((a, b), key=len)
    return long in {short + "s", short + "'s"}


def _words(name: str) -> tuple[str, ...]:
    return tuple(match.casefold().replace("’", "'") for match in _WORD.findall(name))


@lru_cache(maxsize=20_000)
def _squeezed(name: str) -> str:
    """Letters and digits only."""
    return "".join(filter(str.isalnum, name)).casefold()
