"""Normalise counted nouns: from the words of a noun group to an item and its category.

The nouns stand in ``lexicons/items.toml``, types and classes of platforms in the other lexicons (through the mentions).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from briefing.extract.lexicon.files import LexiconError, Table, read_all
from briefing.model.facts import Category

CATEGORIES: Final[tuple[Category, ...]] = ("personnel", "aircraft", "ship", "vehicle", "munition", "other")
PLATFORMS: Final = frozenset({"aircraft", "ship", "vehicle"})
_LONGEST: Final = 4
_NONE: Final = "none"
"""Among the senses of a noun: it is an event, a measure or the like."""
_NOWHERE: Final = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Noun:
    """A known noun: ``phrase`` as it stands in the lexicon; ``size``: how many words of the text it took up."""

    phrase: str
    size: int
    category: Category | None
    """Null for what is never counted though its last word may be ("round of talks")."""
    fielded: bool = False
    """What nations, services and armed groups field: its operator is looked for in the whole text."""


@dataclass(slots=True)
class Items:
    """The common nouns that can be counted."""

    nouns: dict[str, Noun] = field(default_factory=dict)
    plurals: dict[str, str] = field(default_factory=dict)
    firsts: frozenset[str] = frozenset()
    """First words of nouns of several words."""
    lasts: frozenset[str] = frozenset()
    """Last words of all nouns."""
    platforms: frozenset[str] = frozenset()
    """Last words of aircraft, ships and vehicles, in the singular."""
    senses: dict[str, list[Category | None]] = field(default_factory=dict)
    """Nouns of several categories, the usual one first; null for what is not counted."""
    abstract: frozenset[str] = frozenset()
    """Nouns that name no thing or person, in the singular."""
    endings: tuple[str, ...] = ()
    """Endings of such nouns."""
    concrete: frozenset[str] = frozenset()
    """Nouns that end so and name things all the same."""
    dropped: frozenset[str] = frozenset()
    """Words before a noun that say nothing of what it is."""
    singular_types: frozenset[str] = frozenset()
    """Lower-case names of types that end in "s" and are no plurals."""
    clues: dict[Category | None, re.Pattern[str]] = field(default_factory=dict)
    """Category, or null, to the beginnings of words that speak for it."""
    afloat: re.Pattern[str] = _NOWHERE
    """Beginnings of words that speak for a ship against nothing that is counted."""

    def find(self, words: Sequence[str]) -> Noun | None:
        """The longest known noun that the words end in. They are lower case; the last one may be a plural."""
        if not words:
            return None
        last = words[-1]
        if last.rpartition("-")[2] not in self.lasts:
            last = self.singular(last).lower()
            if last.rpartition("-")[2] not in self.lasts:
                return None
        for size in range(min(_LONGEST, len(words)), 0, -1):
            key = " ".join([*words[len(words) - size : -1], last]).replace("-", " ")
            if noun := self.nouns.get(key):
                return noun if noun.size == size else replace(noun, size=size)
        return None

    def is_abstract(self, word: str) -> bool:
        """Whether a lower-case noun names no thing or person: an event, a time, a measure, an idea."""
        one = self.singular(word)
        if word in self.abstract or one in self.abstract or one.rpartition("-")[2] in self.abstract:
            return True
        return one.endswith(self.endings) and one.rpartition("-")[2] not in self.concrete

    def singular(self, word: str) -> str:
        """The singular of a lower-case noun."""
        if found := self.plurals.get(word):
            return found
        return word if word in self.singular_types else _singular(word)

    def is_plural(self, word: str) -> bool:
        """Whether a lower-case noun can stand after a number above one."""
        return word in self.plurals or self.singular(word) != word


def _singular(word: str) -> str:
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word[:-3] + "man" if word.endswith("men") and len(word) > 4 else word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    if word.endswith(("’s", "'s")):
        return word[:-2]
    return word[:-1]


def singular_type(written: str, items: Items) -> str:
    """A type's name without the plural ending: ``KF-16s`` is ``KF-16``, ``Typhoon FGR4s`` is ``Typhoon FGR4``.

    Args:
        written: The name as written.
        items: The lexicon of nouns, with types that end in an s in the singular.
    """
    if re.search(r"[\dA-Z]['’]?s$", written):
        return re.sub(r"['’]?s$", "", written)
    head, _, last = written.rpartition(" ")
    lower = last.lower()
    if lower.endswith(("sses", "xes", "ches", "shes")):
        last = last[:-2]
    elif last.endswith("s") and not lower.endswith(("ss", "us", "is")) and lower not in items.singular_types:
        last = last[:-3] + "y" if lower.endswith("ies") and len(last) > 4 else last[:-1]
    return f"{head} {last}".strip()


_ORDINAL: Final = re.compile(
    r"(?:\w+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|"
    r"\w+tieth|\d+(?:st|nd|rd|th))$",
    re.IGNORECASE,
)


def item_of(words: Sequence[str], noun: Noun, items: Items) -> str:
    """The normalised item: the noun in the singular with those words before it that say what it is.

    Args:
        words: Words of the noun group.
        noun: The known noun that they end in.
        items: The lexicon of nouns.
    """
    kept = [
        w
        for w in words[: len(words) - noun.size]
        if w.lower() not in items.dropped and w.strip("-'’\"“”‘") and not _ORDINAL.match(w)
    ]
    while kept and kept[0].lower() in ("and", "or"):
        kept = kept[1:]
    tail = list(words[len(words) - noun.size :])
    proper = noun.phrase[:1].isupper() or (kept and kept[-1][:1].isupper() and tail[-1][:1].isupper())
    tail = [w if proper or w.isupper() or w[-2:-1].isupper() else w.lower() for w in tail]
    lower = tail[-1].lower()
    one = items.singular(lower)
    if one != lower:
        tail[-1] = tail[-1][: len(one)] if lower not in items.plurals and lower.startswith(one) else one
    return " ".join([*kept, *tail])


@lru_cache(maxsize=4)
def load_items(folder: Path | None = None) -> Items:
    """The lexicon of items with the user's of ``folder`` merged in. Raises ``LexiconError``."""
    tables = read_all(folder)
    table, abstract = tables["items"], dict(tables["abstract_nouns"])
    _check(table)
    items = Items(plurals=dict(table.get("plurals", {})))
    for category in CATEGORIES:
        part = table.get(category, {})
        for kind in ("civil", "fielded", "nouns"):
            for phrase in part.get(kind, []):
                _add(items, phrase, category, fielded=kind != "civil")
    for phrase in table.get("none", {}).get("nouns", []):
        _add(items, phrase, None, fielded=False)
    endings = abstract.pop("endings")
    items.endings, items.concrete = tuple(endings["nouns"]), frozenset(endings["things"])
    items.abstract = frozenset(noun for kind in abstract.values() for noun in kind["nouns"])
    items.dropped = frozenset(table.get("dropped", {}).get("words", ()))
    items.singular_types = frozenset(table.get("types", {}).get("singular", ()))
    items.senses = {
        noun: [None if one == _NONE else one for one in ones] for noun, ones in table.get("senses", {}).items()
    }
    for noun, categories in items.senses.items():
        _add(items, noun, categories[0], fielded=True)
    clues = table.get("clues", {})
    for sense in (*CATEGORIES, None):
        if words := clues.get(sense or _NONE):
            items.clues[sense] = _beginnings(words)
    items.afloat = _beginnings(clues["afloat"]) if "afloat" in clues else _NOWHERE
    items.firsts = frozenset(key.partition(" ")[0] for key in items.nouns if " " in key)
    items.lasts = frozenset(key.rpartition(" ")[2] for key in items.nouns)
    items.platforms = frozenset(n.phrase.split()[-1] for n in items.nouns.values() if n.category in PLATFORMS)
    return items


def _beginnings(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})")


def _check(table: Table) -> None:
    for name, part in table.items():
        words = part.values() if isinstance(part, dict) else [None]
        if any(not isinstance(w, str if name == "plurals" else list) for w in words):
            raise LexiconError(f'items.toml: [{name}] must hold lists of words, such as fielded = ["tank"]')


def _add(items: Items, phrase: str, category: Category | None, *, fielded: bool) -> None:
    key = phrase.lower().replace("-", " ")
    items.nouns[key] = Noun(phrase, len(key.split()), category, fielded)
