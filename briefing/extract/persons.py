"""Who is who among the person names of one text.

Names are compared by their words: case, accents, hyphens and apostrophes do not count, initials fit what they begin,
particles ("al-", "van der") belong to the surname but are not needed. Short forms join the person they fit; where
several do, the one spoken of most up to there.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from briefing.extract.titles import REGNAL
from briefing.model.base import Confidence

_PARTICLES: Final = frozenset(
    {"al", "el", "ul", "as", "ash", "bin", "ibn", "bint", "abu", "de", "da", "do", "dos", "das", "del", "della", "di"}
    | {"du", "des", "la", "le", "van", "von", "der", "den", "ter", "ten", "zu", "af", "av"}
)
SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_QUOTED: Final = re.compile(r"['\"“‘]([^'\"”’]+)['\"”’](?=\s)")
ARTICLE: Final = re.compile(r"(?:al|el|ul)[-‐](?=\w)", re.IGNORECASE)
"""The article before an Arabic surname."""
_SPLIT: Final = re.compile(r"[\s\u00a0]+")
_NICKNAMES: Final = {
    short: full
    for full, shorts in {
        "william": "bill will billy", "robert": "bob rob bobby", "james": "jim jimmy jamie", "joseph": "joe joey",
        "michael": "mike mick", "richard": "dick rick", "john": "jack johnny jon", "thomas": "tom tommy",
        "charles": "charlie chuck", "edward": "ed ted eddie", "anthony": "tony", "antony": "tony", "ashton": "ash",
        "christopher": "chris", "daniel": "dan danny", "david": "dave", "donald": "don", "samuel": "sam",
        "stephen": "steve", "steven": "steve", "timothy": "tim", "elizabeth": "liz beth", "katherine": "kate kathy",
        "margaret": "maggie peggy", "benjamin": "ben", "alexander": "alex", "kenneth": "ken", "lawrence": "larry",
        "matthew": "matt", "nicholas": "nick", "patrick": "pat", "peter": "pete", "philip": "phil", "gregory": "greg",
        "andrew": "andy drew", "jeffrey": "jeff", "rudolph": "rudy", "bernard": "bernie", "theodore": "ted",
        "victoria": "vicky", "susan": "sue", "deborah": "debbie", "rebecca": "becky", "vladimir": "volodymyr",
        "sergey": "sergei", "dmitry": "dmitri dmitriy", "aleksandr": "alexander", "yuri": "yury", "valery": "valeriy",
    }.items()
    for short in shorts.split()
}  # fmt: skip


@dataclass(slots=True)
class Person:
    """One mention: ``span`` with its title, ``name`` without, ``written`` the bare name, ``title`` its words."""

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


def canonical_names(people: Sequence[Person]) -> list[str]:
    """For each mention, in order of place, the full name of the person it means."""
    identities: list[_Identity] = []
    owner: dict[int, _Identity] = {}
    by_length = sorted(range(len(people)), key=lambda i: -len(keys_of(people[i].written)))
    for i in by_length:
        keys = keys_of(people[i].written)
        if len(keys) < 2:
            continue
        identity = next((known for known in identities if _same(known.keys, keys)), None)
        if identity is None:
            identity = _Identity(keys)
            identities.append(identity)
        identity.forms[people[i].written] += 1
        owner[i] = identity
    lone: dict[str, _Identity] = {}
    for i, person in enumerate(people):
        identity = owner.get(i) or _of_short(keys_of(person.written), person, identities, lone)
        identity.seen += 1
        owner[i] = identity
    names = {id(identity): _display(identity) for identity in owner.values()}
    return [names[id(owner[i])] for i in range(len(people))]


def _of_short(
    keys: tuple[str, ...], person: Person, identities: Sequence[_Identity], lone: dict[str, _Identity]
) -> _Identity:
    """The person a one-word name means; a new one when it fits none."""
    key = keys[0] if keys else person.written.casefold()
    fits = [known for known in identities if key in known.keys]
    fits = [known for known in fits if key == known.keys[-1]] or fits
    if not fits and len(key) > 5:
        fits = [known for known in identities if Levenshtein.distance(key, known.keys[-1], score_cutoff=1) <= 1]
    if not fits:
        found = lone.setdefault(key, _Identity(keys))
        regnal = [word for word in person.title if word in REGNAL]
        found.forms[f"{regnal[-1].title()} {person.written}" if regnal else person.written] += 1
        return found
    return max(fits, key=lambda known: known.seen)


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of two words or more can be one person's."""
    if a == b or "".join(a) == "".join(b) or sorted(a) == sorted(b):
        return True
    if set(b) <= set(a) and b[-1] in a[1:]:
        return True
    if not _fits_given(a[0], b[0]):
        return _close(a[0], b[0]) and a[1:] == b[1:]
    return a[-1] == b[-1] or _close(a[-1], b[-1])


def _fits_given(a: str, b: str) -> bool:
    if a == b or _NICKNAMES.get(a, a) == b or _NICKNAMES.get(b, b) == a:
        return True
    if _NICKNAMES.get(a) and _NICKNAMES.get(a) == _NICKNAMES.get(b):
        return True
    return (len(a) == 1 or len(b) == 1) and a[:1] == b[:1]


def _close(a: str, b: str) -> bool:
    """One slip of spelling in a word of five letters or more, two in one of nine."""
    shorter = min(len(a), len(b))
    slips = 2 if shorter >= 9 else 1
    return shorter >= 5 and Levenshtein.distance(a, b, score_cutoff=slips) <= slips


@lru_cache(maxsize=20_000)
def keys_of(written: str) -> tuple[str, ...]:
    """The words a name is compared by: folded, without particles, suffixes, nicknames and middle initials."""
    bare = _QUOTED.sub("", written)
    words = []
    for word in _SPLIT.split(bare):
        folded = fold(word)
        if ARTICLE.match(word):
            folded = folded[2:]
        if folded and folded not in SUFFIXES:
            words.append(folded)
    named = [word for word in words if word not in _PARTICLES] or words
    if len(named) > 2:
        named = [named[0], *(word for word in named[1:-1] if len(word) > 1), named[-1]]
    return tuple(named)


def fold(word: str) -> str:
    """Letters and digits only, lower case, without accents."""
    if not word.isascii():
        word = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return "".join(char for char in word.casefold() if char.isalnum())


def _display(identity: _Identity) -> str:
    """The form to show: the commonest of the full ones, written in mixed case if any is; the first one on a tie."""
    forms = [form for form in identity.forms if not form.isupper()] or list(identity.forms)
    best = max(forms, key=lambda form: (len(keys_of(form)) > 1, identity.forms[form]))
    best = re.sub(r"\s+", " ", best)
    if best.isupper() and len(best) > 3:
        best = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), best)
    return best
