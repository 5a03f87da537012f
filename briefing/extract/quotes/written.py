"""Documents of a text that "it" may stand for: "Somebody has pinned up a drawing. “Come home,” it says."."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.extract.quotes.places import Place, last_places

_PUT_OUT: Final = 1.5
"""Weight of a document that somebody puts out: "The union posted a note"."""
_OBJECT: Final = 0.5
_MODIFIERS: Final = frozenset(("compound", "amod", "nmod", "poss"))


class Written:
    """The documents of one text, as places that a pronoun may point to."""

    def __init__(
        self,
        view: View,
        mentions: Mentions,
        words: Reporting,
        level: list[int],
        worth: Callable[[int], float],
        beats: Sequence[int],
    ) -> None:
        self.view, self.mentions, self.words, self.level = view, mentions, words, level
        self.phrases = Phrases(view, mentions)
        self._subject_worth, self._beats = worth, beats

    @cached_property
    def places(self) -> list[Place]:
        """The documents outside quotations, in order."""
        nouns = self.words.authored - self.words.bodies
        found = (i for i, word in enumerate(self.view.words) if word.lower() in nouns and self._is_document(i))
        return [Place(i, self.phrases.description(i), self._worth(i), self._beats[i]) for i in found]

    def last(self, token: int, name: str) -> int | None:
        """The last noun before a token for the document of this name; None without one.

        Args:
            token: The token.
            name: What the document is called.
        """
        return next((place.token for place in reversed(last_places(self.places, token)) if place.name == name), None)

    def _is_document(self, i: int) -> bool:
        """Whether a noun for a document stands outside quotations and names no other thing."""
        plain = self.view.tags[i] == "NN" and self.level[i] < 0 and i not in self.mentions.at
        return plain and self.view.deps[i] not in _MODIFIERS

    def _worth(self, i: int) -> float:
        dep, verb = self.view.deps[i], self.view.words[self.view.heads[i]].lower()
        put_out = dep == "dobj" and verb in self.words.issuing
        return max(self._subject_worth(i), _PUT_OUT if put_out else _OBJECT * (dep in ("dobj", "pobj")))
