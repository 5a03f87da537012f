"""Candidate spans of mentions, and the choice between spans that overlap."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.extract.lexicon.word_lists import one_of
from briefing.extract.nlp.token_columns import View
from briefing.model.base import Confidence
from briefing.model.facts import EntityType

_BLANKS: Final = ("\n", "\t", "\xa0", "\u2009", "\u202f", "\u2003", "\u2002", "\u2028")
_CAPITAL_WORD: Final = re.compile(r"\b[A-Z]{2,}\b")

STRONG: Final = 0
"""Tier of spans whose form leaves no doubt: they win over any other they overlap."""
KNOWN: Final = 1
"""Tier of names of the lexicon and spans built on an unmistakable word; the longest wins."""
GUESSED: Final = 2
"""Tier of the base model's spans that what is known contradicts."""


class Found(NamedTuple):
    """A candidate span of a mention; offsets in characters, ``item`` as in :meth:`Mentions.item`."""

    start: int
    end: int
    type: EntityType
    name: str
    entry: Entry | None = None
    tier: int = KNOWN
    item: str = ""
    confidence: Confidence = "high"


class Text:
    """A document as the entity rules see it: its view, its characters with plain blanks and marks, the lexicon."""

    def __init__(
        self, view: View, lexicon: Lexicon, restored: str | None = None, *, aviation: bool | None = None
    ) -> None:
        """``restored`` stands in for the text where a machine has paraphrased it; offsets are of it then.

        ``aviation``: whether the text speaks of aircraft, where its English words cannot tell.
        """
        self.view = view
        self.lexicon = lexicon
        self.lists = lexicon.lists.names
        self.raw = view.text if restored is None else restored
        self.flat = flatten(self.raw)
        """The text, character for character, with plain blanks, apostrophes and hyphens."""
        self.opens: frozenset[int] = frozenset(first for first, _ in view.sentences)
        """Tokens that open a sentence."""
        self.word_set: frozenset[str] = frozenset(view.words)
        """The document's tokens, each once: for a first look whether a slow pattern can match at all."""
        self._lower: frozenset[str] | None = None
        self._aviation = aviation
        self._naval: bool | None = None

    @property
    def lower_words(self) -> frozenset[str]:
        """The text's words that occur without a capital."""
        if self._lower is None:
            self._lower = frozenset(word for word in self.word_set if word.islower())
        return self._lower

    @property
    def aviation(self) -> bool:
        """Whether the text speaks of aircraft at all."""
        if self._aviation is None:
            self._aviation = one_of(self.lists.aviation, r"\b", r"\b", re.IGNORECASE).search(self.flat) is not None
        return self._aviation

    @property
    def naval(self) -> bool:
        """Whether the text speaks of ships at all."""
        if self._naval is None:
            self._naval = one_of(self.lists.naval, r"\b", r"\b", re.IGNORECASE).search(self.flat) is not None
        return self._naval

    def capitals(self) -> list[tuple[int, int]]:
        """Lines that are all in capitals, as character ranges: headlines, cables."""
        lines, at = [], 0
        for line in self.raw.split("\n"):
            if line.isupper() and len(_CAPITAL_WORD.findall(line)) > 2:
                lines.append((at, at + len(line)))
            at += len(line) + 1
        return lines

    def before(self, start: int) -> str:
        """The word that ends just before ``start`` on the same line, or an empty string."""
        return _last_word(self.raw, start)


_LAST: Final = re.compile(r"([^\s(\[\"“‘']+)[ \u00a0]$")


def _last_word(text: str, start: int) -> str:
    found = _LAST.search(text, max(0, start - 30), start)
    return found[1] if found else ""


def words(listed: str) -> frozenset[str]:
    """The words of a list in a string."""
    return frozenset(listed.split())


def flatten(text: str) -> str:
    """The text with plain one-character blanks, apostrophes and hyphens, character for character."""
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return text.replace("’", "'").replace("‘", "'").replace("\u2011", "-").replace("\u2010", "-")


def settle(found: Iterable[Found]) -> list[Found]:
    """Choose spans without overlaps: by tier, then the longest, then the first given; in order of place."""
    ranked = sorted(found, key=lambda f: (f.tier, f.start - f.end))
    kept: list[Found] = []
    taken = bytearray(max((f.end for f in ranked), default=0))
    for f in ranked:
        if f.end > f.start and taken.find(1, f.start, f.end) < 0:
            taken[f.start : f.end] = b"\1" * (f.end - f.start)
            kept.append(f)
    return sorted(kept, key=lambda f: f.start)
