"""Detect machine-paraphrased text by tortured phrases ("Air Drive" for Air Force), and restore the originals.

Spinners replace words of fixed names by synonyms. One such phrase proves nothing; several different ones do. Then names
are looked for in the restored text as well, and found spans are carried back to where they stand in the source.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from briefing.extract.lexicon.files import Table, read_all

ENOUGH: Final = 4
"""Points at which a text counts as paraphrased: a phrase has two, a weak one has one, each counted once."""
DISTINCT: Final = 2
"""At least so many different phrases, and at least one that is not weak unless there are twice as many."""
_WORD: Final = re.compile(r"[^\W_]+")
_MAY: Final = re.compile(
    r"(?<![\w.'-])Might (?=[0-3]?\d(?:st|nd|rd|th)?\b(?!\s?(?:percent|%))|20\d\d\b|of 20\d\d\b)|"
    r"(?<=\b(?:of|in|on) )Might(?=[.,;])"
)


class Phrase(NamedTuple):
    """A tortured phrase in a text and what it stands for."""

    start: int
    end: int
    meant: str
    weak: bool


class Phrases:
    """All known tortured phrases."""

    def __init__(self, table: Table) -> None:
        self._by_mark: dict[str, list[tuple[str, str, bool]]] = {}
        """By a word that stands in the phrase but not in what it means: most texts hold few of them."""
        for phrase, meant, weak in _all(table):
            kept = set(_WORD.findall(meant))
            parts = _WORD.findall(phrase)
            mark = next((part for part in parts if part not in kept), parts[0])
            self._by_mark.setdefault(mark, []).append((phrase, meant, weak))

    def find(self, flat: str) -> list[Phrase]:
        """Every tortured phrase in a text with plain blanks, in order, none overlapping."""
        words = set(_WORD.findall(flat))
        found = (
            [Phrase(m.start(), m.start() + 5, "May", False) for m in _MAY.finditer(flat)] if "Might" in words else []
        )
        for mark in words & self._by_mark.keys():
            for phrase, meant, weak in self._by_mark[mark]:
                found += (Phrase(at, at + len(phrase), meant, weak) for at in _places(flat, phrase))
        kept: list[Phrase] = []
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if not kept or one.start >= kept[-1].end:
                kept.append(one)
        return kept


def _places(flat: str, phrase: str) -> Iterator[int]:
    """Where the phrase stands as whole words."""
    at = flat.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not flat[end : end + 1].isalnum() and not flat[max(0, at - 1) : at].isalnum():
            yield at
        at = flat.find(phrase, end)


def paraphrased(found: Iterable[Phrase], text: str) -> bool:
    """Whether the phrases show that a machine has paraphrased the text.

    Args:
        found: Tortured phrases of the text.
        text: The text.
    """
    points = {text[p.start : p.end].lower().rstrip("s"): 1 if p.weak else 2 for p in found}
    strong = sum(1 for point in points.values() if point == 2)
    return len(points) >= DISTINCT and sum(points.values()) >= ENOUGH and (strong > 0 or len(points) >= 2 * DISTINCT)


class Restored:
    """A text with the originals put back for tortured phrases."""

    def __init__(self, text: str, found: Iterable[Phrase]) -> None:
        self.phrases: list[Phrase] = []
        parts: list[str] = []
        self._steps: list[tuple[int, int, int, int]] = []
        at, length = 0, 0
        for phrase in found:
            if phrase.start < at:
                continue
            parts += (text[at : phrase.start], phrase.meant)
            length += phrase.start - at
            self._steps.append((length, length + len(phrase.meant), phrase.start, phrase.end))
            length += len(phrase.meant)
            at = phrase.end
            self.phrases.append(phrase)
        parts.append(text[at:])
        self.text = "".join(parts)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the restored text to the source; a phrase is taken whole.

        Args:
            start: First character of the span.
            end: The character after its last.
        """
        return self._back(start, ends=False), self._back(end, ends=True)

    def _back(self, offset: int, *, ends: bool) -> int:
        shift = 0
        for first, last, source_first, source_last in self._steps:
            if offset < first or (offset == first and ends):
                break
            if offset < last or (offset == last and ends):
                return source_last if ends else source_first
            shift = source_last - last
        return offset + shift


@lru_cache(maxsize=4)
def load_phrases(folder: Path | None = None) -> Phrases:
    """Our list with the user's of ``folder`` merged in. Raises ``LexiconError``."""
    return Phrases(read_all(folder).get("paraphrase", {}))


def _all(table: Table) -> Iterator[tuple[str, str, bool]]:
    """Each tortured phrase, what it means, whether it is weak."""
    natural = set(table.get("natural", {}).get("phrases", []))
    synonyms: dict[str, list[str]] = table.get("words", {})
    for names in table.get("names", {}).values():
        for name in names:
            for phrase in _tortured(name, synonyms):
                if phrase not in natural and phrase != name:
                    yield phrase, name, False
    yield from ((phrase, meant, False) for phrase, meant in table.get("phrases", {}).items())
    yield from ((phrase, meant, True) for phrase, meant in table.get("weak", {}).items())


def _tortured(name: str, synonyms: dict[str, list[str]]) -> Iterator[str]:
    """Every way of writing the name with some of its words replaced."""
    parts = re.split(r"([ -])", name)
    choices = [[part, *synonyms.get(part, [])] for part in parts]
    for words in product(*choices):
        yield "".join(words)


_found: Final[WeakKeyDictionary[object, list[Phrase]]] = WeakKeyDictionary()


def keep_phrases(doc: object, phrases: list[Phrase]) -> None:
    """Keep the tortured phrases of a document for later components.

    Args:
        doc: The parsed document.
        phrases: Its tortured phrases.
    """
    _found[doc] = phrases


def phrases_of(doc: object) -> list[Phrase] | None:
    """The phrases that were kept, or None where nobody looked for them yet."""
    return _found.get(doc)
