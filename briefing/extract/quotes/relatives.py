"""Relatives of people who are named: "his mother", "the sergeant's wife" by the owner's name."""

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.noun_phrases import Phrases


class Relatives:
    """Finds whose relatives the people of one document are."""

    def __init__(self, view: View, mentions: Mentions) -> None:
        self.view, self.mentions = view, mentions
        self.phrases = Phrases(view, mentions)
        self._kin = mentions.lexicon.lists.speakers.kin

    def is_relative(self, head: int) -> bool:
        """Whether the token is a word for a relative."""
        return self.view.words[head].lower() in self._kin

    def owner(self, head: int) -> int | None:
        """Token that heads the phrase before the possessive of a word for a relative; None without one.

        For "his mother" it is the pronoun; "my" and "our" have no name.

        Args:
            head: The word for the relative.
        """
        if not self.is_relative(head):
            return None
        tags = self.view.tags
        for i in range(head - 1, self.phrases.start(head) - 1, -1):
            if tags[i] == "POS":
                return i - 1
            if tags[i] == "PRP$":
                return i if self.view.words[i].lower() in ("his", "her", "its") else None
        return None
