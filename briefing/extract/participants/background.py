"""Find sentences that only tell of the past: who acts in them does not take part in what the text reports."""

import re
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.nlp.token_columns import View

_YEAR: Final = re.compile(r"(?<![\d,.-])(1[89]\d\d|20\d\d)(?![\d,]|\.\d)")
_SINCE: Final = re.compile(r"\b[Ss]ince (?:[A-Z]\w+ )?$")
_LEAD: Final = 20
_OPENING: Final = 1200
"""Characters from the start in which a text says when it was written."""


class Background:
    """Finds the sentences of one document that are dated to an earlier year than the text itself."""

    def __init__(self, view: View, mentions: Mentions) -> None:
        self.view = view
        dated = [(m.start, int(y[1])) for m in mentions.all if m.type == "DATE" and (y := _YEAR.search(m.text))]
        opening = [year for start, year in dated if start < _OPENING]
        self._now = max(opening, default=max((year for _, year in dated), default=0) + 1)
        earlier: dict[int, int] = {}
        for start, year in dated:
            if _SINCE.search(view.text, max(0, start - _LEAD), start):
                continue  # what goes on
            number = view.sentence_of[view.token_at(start)] if len(view) else 0
            earlier[number] = max(earlier.get(number, 0), year)
        self._past = {number for number, year in earlier.items() if year < self._now}

    def holds(self, token: int) -> bool:
        """Whether the token stands in such a sentence."""
        return self.view.sentence_of[token] in self._past
