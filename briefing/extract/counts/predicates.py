"""Map the words of a clause to a short predicate of the counted, by ``predicates.toml``."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from briefing.extract.lexicon.files import read_all
from briefing.extract.lexicon.word_lists import any_of


@dataclass(frozen=True, slots=True)
class Predicates:
    """Lower-case words of events and states, with their predicates."""

    verbs: dict[str, str]
    """Past participle to the predicate that stands for it and its like."""
    states: dict[str, str]
    """Adjectives and nouns to the predicate they amount to."""
    raising: frozenset[str]
    harming: frozenset[str]
    asserting: frozenset[str]
    tallies: frozenset[str]
    announcing: frozenset[str]
    saying: frozenset[str]
    uncrewed: re.Pattern[str]
    """Words for things without a crew, which are shot down where others are destroyed."""
    forms: dict[str, str]
    """Any form of an irregular verb to its past participle."""

    def participle(self, word: str, tag: str) -> str:
        """The predicate of a form of a verb: ("guarding", "VBG") is "escorted".

        Args:
            word: The form, in any case.
            tag: Its Penn Treebank tag.
        """
        past = self.past(word.lower(), tag)
        return self.verbs.get(past, past)

    def past(self, word: str, tag: str) -> str:
        """The past participle of a form of a verb.

        Args:
            word: The form, in lower case.
            tag: Its Penn Treebank tag.
        """
        if past := self.forms.get(word):
            return past
        if word.endswith("ed") and tag in ("VBN", "VBD"):
            return word
        if tag == "VBG" and word.endswith("ing") and len(word) > _SHORTEST:
            return _with_ed(word[:-3])
        if tag == "VBZ" and word.endswith("s"):
            if word.endswith("ies"):
                return word[:-3] + "ied"
            return _with_ed(word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "zzes")) else word[:-1])
        return word if tag == "VBN" else _with_ed(word)


_SHORTEST: Final = 5


def _with_ed(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    if stem.endswith("y") and stem[-2:-1] not in "aeiou":
        return stem[:-1] + "ied"
    return stem + "ed"


@lru_cache(maxsize=4)
def load_predicates(folder: Path | None = None) -> Predicates:
    """Our words with the user's of ``folder`` merged in. Raises ``LexiconError``."""
    table = read_all(folder)["predicates"]
    forms = {form: given[-1] for base, given in table["forms"].items() for form in (base, *given)}
    return Predicates(
        verbs={participle: what for what, participles in table["verbs"].items() for participle in participles},
        states=dict(table["states"]),
        raising=frozenset(table["raising"]["verbs"]),
        harming=frozenset(table["harming"]["verbs"]),
        asserting=frozenset(table["asserting"]["verbs"]),
        tallies=frozenset(table["tallies"]["nouns"]),
        announcing=frozenset(table["announcing"]["verbs"]),
        saying=frozenset(table["saying"]["verbs"]),
        uncrewed=re.compile(rf"(?i)\b(?:{any_of(table['uncrewed']['beginnings'])})"),
        forms=forms,
    )
