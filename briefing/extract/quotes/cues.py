"""Data types and shared tests of the cue rules: the words around a quoted run, and the speaker they name."""

from typing import Final, NamedTuple

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.extract.quotes.relays import Relays
from briefing.extract.quotes.verb_subjects import Subjects
from briefing.model.base import Confidence

DASHES: Final = frozenset(("-", "--", "—", "–", "―", "---"))
FINITE: Final = frozenset(("VBZ", "VBD", "VBP", "MD"))
STATES: Final = frozenset(
    ("be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "’s", "’re", "have", "has", "had",
     "having", "do", "does", "did", "get", "gets", "got", "become", "becomes", "became", "seem", "seems", "seemed",
     "need", "needs", "needed", "can", "could", "will", "would", "may", "might", "shall", "should", "must", "let")
)  # fmt: skip
_PAST: Final = ("ed", "said", "says", "told", "wrote", "adds")
STEPS: Final = 12


class Said(NamedTuple):
    """The cue of a run, in tokens: ``source`` heads the phrase that names the speaker, ``cue`` is the verb or noun."""

    source: int
    cue: int | None
    confidence: Confidence
    core: bool = False
    """The cue is a verb of speaking in the strict sense, or as plain."""
    rule: str = ""
    """Name of the rule that found it."""
    relay: int | None = None
    """Head of the phrase that names who passed the words on."""

    def by(self, rule: str) -> "Said":
        """The cue with the name of the rule that found it, unless it bears one."""
        return self if self.rule else self._replace(rule=rule)


class Lead(NamedTuple):
    """The words that lead up to a run in its sentence: tokens ``first`` to ``last``; the sentence begins at ``floor``.

    Between ``floor`` and ``first`` other runs may stand.
    """

    first: int
    last: int
    floor: int


class Tag(NamedTuple):
    """The words that follow a run in its sentence: tokens ``first`` to ``last``, the first word at ``start``.

    ``set_off``: a comma, dash, question or exclamation mark parts it from the run, so that "said Smith" may follow.
    ``dash``: a dash that is part of the token with the closing mark goes before.
    """

    first: int
    last: int
    start: int
    set_off: bool
    dash: bool


class Cues:
    """Reporting words of one document. ``level`` has for each token the innermost quoted run that holds it, or -1."""

    def __init__(self, view: View, mentions: Mentions, words: Reporting, level: list[int]) -> None:
        self.view, self.mentions, self.words = view, mentions, words
        self.lower = [word.lower() for word in view.words]
        self.lists = mentions.lexicon.lists.speakers
        self.phrases = Phrases(view, mentions)
        self.subjects = Subjects(view, mentions, words, level, self.lower)
        self.relays = Relays(view, mentions, words, self.subjects, self.lower)

    def is_verb(self, i: int) -> bool:
        """Whether a token is a verb, by its tag.

        Headlines and broken sentences mislead the tagger on "said" and "Tells".
        """
        tag, word = self.view.tags[i], self.lower[i]
        if tag.startswith("V"):
            return True
        if word not in self.words.core or tag.startswith("J"):
            return False
        return word.endswith(_PAST) or (tag.startswith("NNP") and word[-1] == "s" and i not in self.mentions.at)

    def puts_it(self, i: int) -> bool:
        """Whether a token is the verb of "As Smith put it"."""
        return self.lower[i] in ("put", "puts") and i + 1 < len(self.lower) and self.lower[i + 1] == "it"

    def clause_aside(self, i: int) -> bool:
        """Whether the verb's clause is a relative one."""
        for _ in range(STEPS):
            if self.view.deps[i] == "relcl":
                return True
            if self.view.heads[i] == i or self.view.deps[i] not in ("xcomp", "conj", "ccomp"):
                return False
            i = self.view.heads[i]
        return False
