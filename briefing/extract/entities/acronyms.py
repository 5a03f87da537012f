"""Learn acronyms that a document introduces in brackets: ``Syrian Observatory for Human Rights (SOHR)``.

Brackets are trusted even where the words before them are garbled: machine-paraphrased text changes "Air Force" but not
"ROKAF". Then the acronym's own meaning names the entity.
"""

import re
from collections.abc import Sequence
from typing import Final

from briefing.extract.entities.candidates import KNOWN, Found, Text, words
from briefing.extract.lexicon.lexicon import Entry
from briefing.model.facts import EntityType

_BRACKET: Final = re.compile(r" ?\((?:the |or |\"|“|')?([A-Z][A-Za-z0-9&/.-]{1,13})(?:\"|”|')?(?:[;,][^()]{0,40})?\)")
_WORD: Final = re.compile(r"[^\W_][\w'’]*")
_SKIPPED: Final = words("of the for and in on to a an de la du et des &")
_JOINING: Final = 4
"""Letters from which a small word is no mere link of a name in another tongue: "Majlis-e Mushawarat"."""
_TYPES: Final[frozenset[EntityType]] = frozenset(
    {"ORG", "PLACE", "NATION", "EVENT", "WEAPON", "AIRCRAFT", "VEHICLE", "SHIP"}
)


def learn(text: Text, found: Sequence[Found]) -> list[Found]:
    """New spans: long forms before brackets, and every occurrence of their acronyms, under the entity's name.

    Args:
        text: The document.
        found: Spans found so far.
    """
    ends = {f.end: f for f in found}
    new: list[Found] = []
    learnt: dict[str, Found] = {}
    for match in _BRACKET.finditer(text.flat):
        acronym = match[1].rstrip(".")
        if sum(c.isupper() for c in acronym) < 2 or acronym in learnt:
            continue
        long = _long_form(text, match.start(), acronym, ends.get(match.start()))
        if long is None:
            continue
        known = _known(text, acronym)
        if known is not None:
            long = long._replace(name=known.name, type=known.type, entry=known, confidence="high")
        if long.start < match.start():
            new.append(long)
        learnt[acronym] = long
    if learnt:
        new += _occurrences(text, learnt)
    return new


def _known(text: Text, acronym: str) -> Entry | None:
    """The lexicon's entry for the acronym."""
    for term in text.lexicon.terms.get(acronym, ()):
        if term.surface == acronym and term.form in ("abbreviation", "name"):
            return term.entry
    return None


def _long_form(text: Text, end: int, acronym: str, mention: Found | None) -> Found | None:
    """The long form before a bracket: words whose initials spell the acronym, else the mention that ends there."""
    letters = [c.lower() for c in acronym if c.isalpha() and c != "s"] or [c.lower() for c in acronym if c.isalpha()]
    start = _spelt(text.flat, end, letters)
    if start is not None:
        if mention is not None and mention.start <= start:
            return mention if mention.type in _TYPES else None
        written = text.flat[start:end]
        type_: EntityType = mention.type if mention is not None and mention.type in _TYPES else "ORG"
        if not any(word[0].isupper() for word in _WORD.findall(written)):
            return None
        return Found(
            start, end, type_, " ".join(written.split()), mention.entry if mention else None, KNOWN, "", "high"
        )
    if mention is not None and mention.type in _TYPES and _similar(mention.name, letters):
        return mention
    if mention is not None and mention.type == "ORG" and acronym.isupper() and acronym.isalpha() and len(acronym) < 8:
        # Of the name in another language ("Italian Communist Party (PCI)"), or before it was garbled.
        known = _known(text, acronym)
        return mention if known is None or known.kind != "media" or "gency" in known.name else None
    return None


def _spelt(flat: str, end: int, letters: list[str]) -> int | None:
    """Where the words begin that spell the letters with their initials, last word first; small words may be skipped."""
    words = [(m.start(), m.group()) for m in _WORD.finditer(flat, max(0, end - 120), end)]
    n = len(letters) - 1
    for at, word in reversed(words):
        if n < 0:
            break
        if word[0].lower() == letters[n]:
            n -= 1
            if n < 0:
                return at if word[0].isupper() else None
        elif word.lower() not in _SKIPPED and not (word.islower() and len(word) < _JOINING):
            return None
    return None


def _similar(name: str, letters: list[str]) -> bool:
    """Whether at least the first letter and half of the others stand in the name's initials in order."""
    initials = [word[0].lower() for word in re.split(r"[\s-]+", name) if word and word.lower() not in _SKIPPED]
    if not initials or letters[0] != initials[0]:
        return name[0].lower() == letters[0] and len(name) > 8 and all(c in name.lower() for c in letters)
    matched, at = 0, 0
    for letter in letters:
        if letter in initials[at:]:
            at += initials[at:].index(letter) + 1
            matched += 1
    return matched * 2 >= len(letters)


def _occurrences(text: Text, learnt: dict[str, Found]) -> list[Found]:
    words = re.compile(r"(?<![\w-])(" + "|".join(sorted(map(re.escape, learnt), key=len, reverse=True)) + r")(?!\w)")
    return [
        Found(m.start(), m.end(), long.type, long.name, long.entry, KNOWN, "", long.confidence)
        for m in words.finditer(text.flat)
        for long in (learnt[m[1]],)
    ]
