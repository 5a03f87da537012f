"""The offices that the persons of a text hold, in words: by them "the Ohio governor" is found to be one of them."""

import re
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.lexicon.titles import Titles
from briefing.extract.nlp.token_columns import View
from briefing.extract.participants.roles import Roles

_NONE: Final[frozenset[str]] = frozenset()


class Offices:
    """Offices by person in one document; read when first asked for."""

    def __init__(self, view: View, mentions: Mentions, words: Reporting, titles: Titles) -> None:
        self.view, self.mentions, self.words, self.titles = view, mentions, words, titles
        self._held: dict[str, set[str]] | None = None

    def of(self, name: str) -> set[str] | frozenset[str]:
        """Words of a person's offices and titles, in lower case."""
        if self._held is None:
            self._held = self._read()
        return self._held.get(name, _NONE)

    def _read(self) -> dict[str, set[str]]:
        held: dict[str, set[str]] = {}
        roles = Roles(self.view, self.mentions, self.titles)
        for mention in self.mentions.all:
            if mention.type == "PERSON":
                words = held.setdefault(str(mention.name), set())
                for role in roles.of(mention):
                    words.update(re.findall(r"[^\W_]+", role.text.lower()))
                title = self.titles.at(self.view.text, mention.start)
                if title is not None:
                    words.update(title.words)
                words.update([self.words.titles[word] for word in words if word in self.words.titles])
        return held
