"""Coreference of person names within one text.

Names are compared by their words: case, accents, hyphens and apostrophes do not count, initials fit what they begin,
particles ("al-", "van der") belong to the surname but are not needed. Short forms join the person they fit; where
several do, the one spoken of most up to there.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from briefing.extract.persons.name_patterns import PARTICLES
from briefing.model.base import Confidence

_LEADING_PARTICLES: Final = frozenset(
    {"van", "von", "de", "del", "della", "di", "du", "la", "le", "da", "dos", "der", "den", "bin", "ibn"}
)
"""Those that also count as one with a capital: "Van der Meer", but not "Ash Carter", "Al Gore"."""
_ARABIC: Final = frozenset({"al", "el", "ul"})
SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_QUOTED: Final = re.compile(r"['\"“‘]([^'\"”’]+)['\"”’](?=\s)")
ARTICLE: Final = re.compile(r"(?:al|el|ul)[-‐](?=\w)", re.IGNORECASE)
"""The article before an Arabic surname."""
_LONG_ENOUGH: Final = 6
"""Letters of a lone surname that may differ in one from a known one."""
_SPLIT: Final = re.compile(r"[\s\u00a0]+")


@dataclass(slots=True)
class Person:
    """A mention of a person: ``span`` with its title, ``name`` without, ``written`` the name, ``title`` its words."""

    span: tuple[int, int]
    name: tuple[int, int]
    written: str
    title: tuple[str, ...]
    confidence: Confidence


@dataclass(slots=True)
class _Identity:
    """One person of the text: the keys of the fullest form, and every form so far with how often it stood there."""

    keys: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    seen: int = 0
    """Mentions up to the place the walk has reached."""


def canonical_names(people: Sequence[Person], nicknames: Mapping[str, str], regnal: Collection[str]) -> list[str]:
    """The full name of the person behind each mention, in order of place.

    Args:
        people: The mentions, in order of place.
        nicknames: Given names by their nicknames.
        regnal: Words of titles that stay with a lone name.
    """
    known = _Known(nicknames, regnal)
    keys = [keys_of(person.written) for person in people]
    owner: dict[int, _Identity] = {}
    for i in sorted(range(len(people)), key=lambda i: -len(keys[i])):
        if len(keys[i]) > 1 and not (keys[i][0] in _ARABIC and known.has_surname(keys[i][-1])):
            owner[i] = known.of_full(keys[i])
            owner[i].forms[people[i].written] += 1
    for i, person in enumerate(people):
        if i not in owner:
            owner[i] = known.of_short(keys[i][-1], person)
        owner[i].seen += 1
    names = {id(identity): _display(identity, nicknames) for identity in owner.values()}
    return [names[id(owner[i])] for i in range(len(people))]


class _Known:
    """The persons named so far, by the words of their names."""

    def __init__(self, nicknames: Mapping[str, str], regnal: Collection[str]) -> None:
        self._nicknames = nicknames
        self._regnal = regnal
        self._by_word: dict[str, list[_Identity]] = {}
        self._lone: dict[str, _Identity] = {}
        self._slips: dict[str, list[_Identity]] = {}

    def of_full(self, keys: tuple[str, ...]) -> _Identity:
        """The person a name of two words or more means; a new one when it fits none."""
        words = (*keys, "".join(keys))
        for known in (known for word in words for known in self._by_word.get(word, ())):
            if _same(known.keys, keys, self._nicknames):
                return known
        identity = _Identity(keys)
        for word in dict.fromkeys(words):
            self._by_word.setdefault(word, []).append(identity)
        return identity

    def has_surname(self, key: str) -> bool:
        """Whether someone named in full has this last name."""
        return any(known.keys[-1] == key for known in self._by_word.get(key, ()))

    def of_short(self, key: str, person: Person) -> _Identity:
        """The person a one-word name means; a new one when it fits none."""
        fits = [known for known in self._by_word.get(key, ()) if key in known.keys]
        fits = [known for known in fits if key == known.keys[-1]] or fits or self._misspelt(key)
        if fits:
            return max(fits, key=lambda known: known.seen)
        found = self._lone.setdefault(key, _Identity((key,)))
        regnal = [word for word in person.title if word in self._regnal]
        found.forms[f"{regnal[-1].title()} {person.written}" if regnal else person.written] += 1
        return found

    def _misspelt(self, key: str) -> list[_Identity]:
        """Persons whose surname is one slip away."""
        if len(key) < _LONG_ENOUGH or key in self._lone:
            return []
        if key not in self._slips:
            near = process.extractOne(key, list(self._by_word), scorer=Levenshtein.distance, score_cutoff=1)
            found = self._by_word[near[0]] if near else []
            self._slips[key] = [known for known in found if near and near[0] == known.keys[-1]]
        return self._slips[key]


def _same(a: tuple[str, ...], b: tuple[str, ...], nicknames: Mapping[str, str]) -> bool:
    """Whether two names of two words or more can be one person's."""
    if a == b or "".join(a) == "".join(b) or sorted(a) == sorted(b):
        return True
    if set(b) <= set(a) and b[-1] in a[1:]:
        return True
    if not _fits_given(a[0], b[0], nicknames):
        return _close(a[0], b[0]) and a[1:] == b[1:]
    return a[-1] == b[-1] or _close(a[-1], b[-1])


def _fits_given(a: str, b: str, nicknames: Mapping[str, str]) -> bool:
    if a == b or nicknames.get(a, a) == b or nicknames.get(b, b) == a:
        return True
    if nicknames.get(a) and nicknames.get(a) == nicknames.get(b):
        return True
    return (len(a) == 1 or len(b) == 1) and a[:1] == b[:1]


def _close(a: str, b: str) -> bool:
    """Whether two words differ by one slip in five letters or more, or by two in nine or more."""
    shorter = min(len(a), len(b))
    slips = 2 if shorter >= 9 else 1
    return shorter >= 5 and Levenshtein.distance(a, b, score_cutoff=slips) <= slips


@lru_cache(maxsize=20_000)
def keys_of(written: str) -> tuple[str, ...]:
    """The words a name is compared by: folded, without particles, suffixes, nicknames and middle initials."""
    bare = _QUOTED.sub("", written)
    words: list[str] = []
    for word in _SPLIT.split(bare):
        folded = fold(word)
        if folded in PARTICLES and (word[0].islower() or folded in _LEADING_PARTICLES):
            continue
        if ARTICLE.match(word):
            folded = folded[2:]
        if folded and folded not in SUFFIXES:
            words.append(folded)
    if len(words) > 2:
        words = [words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1]]
    return tuple(words) or (fold(bare),)


def fold(word: str) -> str:
    """Fold a word: letters and digits only, lower case, without accents."""
    if not word.isascii():
        word = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return "".join(char for char in word.casefold() if char.isalnum())


def _display(identity: _Identity, nicknames: Mapping[str, str]) -> str:
    """The form to show: the commonest of the full ones, written in mixed case if any is; the first one on a tie."""
    given = identity.keys[0]
    full = [form for form in identity.forms if _fits_given(keys_of(form)[0], given, nicknames)] or list(identity.forms)
    forms = [form for form in full if not form.isupper()] or full
    best = max(forms, key=lambda form: (len(keys_of(form)) > 1, identity.forms[form]))
    for form in forms:
        # A headline's capitals run on after the name: "Ida Brook Should" beside "Ida Brook".
        run_on = best.removeprefix(form + " ")
        often = " " in form and identity.forms[form] >= identity.forms[best]
        if often and run_on != best and run_on[0].isupper() and not ARTICLE.match(run_on):
            best = form
    best = re.sub(r"\s+", " ", best)
    if best.isupper() and len(best) > 3:
        best = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), best)
    return best
