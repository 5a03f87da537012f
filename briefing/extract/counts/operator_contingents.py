"""Assign operators by the side, the speaker or the craft the things go with: "the Greek side with two ships"."""

import re
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.nlp.token_columns import View


class Contingents:
    """Finds the sides, speakers and carriers that own one document's counts; ``drafts`` in order of their place."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft]) -> None:
        self.view = view
        self.owners = owners
        self.drafts = drafts
        self._sides: dict[int, list[tuple[int, str, bool]]] = {}
        self._home: str | None = None
        self._told_by_sides = "side" in view.words

    def side(self, draft: Draft) -> str:
        """The side of the sentence: the one that acts before the count, else the one it comes from behind it."""
        if not self._told_by_sides:
            return ""
        number = self.view.sentence_of[draft.first]
        if number not in self._sides:
            self._sides[number] = self._sides_of(number)
        sides = self._sides[number]
        before = [s for s in sides if s[0] < draft.first]
        after = [s for s in sides if s[0] > draft.head and not s[2]]
        if before:
            return self.owners.service_of(before[-1][1], draft.thing.category)
        return self.owners.service_of(after[0][1], draft.thing.category) if after else ""

    def _sides_of(self, number: int) -> list[tuple[int, str, bool]]:
        """Place, nation and whether it acts, of every "the Greek side" in a sentence."""
        view = self.view
        begin, end = view.sentences[number]
        found = []
        for i in range(begin + 1, end):
            if view.words[i] in ("side", "contingent", "part"):
                owners = [o for o in self.owners.between(max(begin, i - 3), i) if o.end == i and o.nation]
                before = view.words[owners[-1].first - 1].lower() if owners and owners[-1].first else ""
                if owners and before == "the":
                    lead = view.words[owners[-1].first - 2].lower() if owners[-1].first > 1 else ""
                    if lead not in _TOWARDS:
                        found.append((i, owners[-1].nation, lead not in _SOURCES))
        return found

    def ours(self, draft: Draft) -> str:
        """The speaker's own nation, of "our ships" and of what "we" have."""
        view = self.view
        own = any(view.words[i] == "our" for i in range(draft.first, draft.head))
        own = own or (draft.first > 0 and view.words[draft.first - 1] == "our")
        return self.owners.service_of(self.home, draft.thing.category) if own else ""

    @property
    def home(self) -> str:
        """The nation of whoever says "we" in the text, by the ships and services in those sentences; else empty."""
        if self._home is None:
            self._home = self._speakers_nation() if _WE.search(self.view.text) else ""
        return self._home

    def _speakers_nation(self) -> str:
        view, owners = self.view, self.owners
        for number, (begin, end) in enumerate(view.sentences):
            if "our" not in view.words[begin:end]:
                continue
            for sentence in (number, number + 1):
                if sentence >= len(view.sentences):
                    continue
                first, last = view.sentences[sentence]
                for i in range(first, last):
                    if (nation := owners.of_ship(i)) and view.words[i].isupper():
                        return nation
        return ""


_TOWARDS: Final = frozenset({"on", "to", "at", "towards", "with", "against", "of"})
_SOURCES: Final = frozenset({"from", "by", "for"})
_WE: Final = re.compile(r"\b(?:our|Our)\b")
