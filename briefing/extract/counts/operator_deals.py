"""Assign operators to what is sold or delivered: whoever it goes to."""

from functools import cached_property
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.lexicon.word_lists import verb_pattern
from briefing.extract.nlp.token_columns import View


class Deals:
    """Finds the receivers of goods in one document; ``drafts`` in order of their place."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft]) -> None:
        self.view, self.owners, self.drafts = view, owners, drafts
        self._handing = verb_pattern(owners.lists.handing)

    def buyer(self, draft: Draft) -> str:
        """Whom they go to: "the sale of six jets to Chile", and then "the sale includes two spare engines"."""
        if self._in_a_sale(draft):
            return self._whither(draft) or self._only_buyer
        if self._is_handed(draft):
            return self._whither(draft) or self._receiver_before(draft)
        return self._whither(draft) if self._is_procured(draft) else ""

    def _receiver_before(self, draft: Draft) -> str:
        """Whom the text last said that things go to: "those given to Chile. Peru has handed over nine"."""
        name = ""
        for place, receiver in self._receivers:
            if place < draft.first:
                name = receiver
        frame = draft.frame
        giver = frame.subject if frame is not None and frame.role == "object" else -1
        given_by = {o.name for o in self.owners.between(giver, giver + 1)} if giver >= 0 else set()
        return "" if name in given_by else name

    @cached_property
    def _receivers(self) -> list[tuple[int, str]]:
        """Where the text says that something is given to somebody, and to whom."""
        view = self.view
        found = []
        for i in range(len(view) - 2):
            if not view.tags[i].startswith("VB") or self._handing.match(view.words[i].lower()) is None:
                continue
            for k in range(i + 1, min(len(view) - 1, i + _SHORT)):
                if view.words[k] == "to":
                    first = k + 1 + (view.words[k + 1] == "the")
                    found += [(i, o.name) for o in self.owners.between(first, first + 1) if o.name]
                    break
        return found

    def _is_procured(self, draft: Draft) -> bool:
        """Whether they are what a contract, an order or the like is of or for."""
        frame, view = draft.frame, self.view
        if frame is None or frame.container < 0 or frame.link not in ("of", "for"):
            return False
        return view.words[frame.container].lower() in self.owners.lists.procurements

    def _in_a_sale(self, draft: Draft) -> bool:
        """Whether the sentence names a sale before them, or they are what it is of."""
        begin, _ = self.view.sentences[self.view.sentence_of[draft.first]]
        return any(word.lower() in self.owners.lists.deals for word in self.view.words[begin : draft.first])

    def _is_handed(self, draft: Draft) -> bool:
        """Whether they are the object, or a passive's subject, of a verb of handing over."""
        frame = draft.frame
        if frame is None or frame.verb < 0 or frame.role not in ("object", "passive"):
            return False
        return self._handing.match(self.view.words[frame.verb].lower()) is not None

    def _whither(self, draft: Draft) -> str:
        """The body or nation behind "to" or "for" that follows them with no other verb between."""
        view, frame = self.view, draft.frame
        _, end = view.sentences[view.sentence_of[draft.head]]
        for i in range(draft.head + 1, min(end, draft.head + _FAR)):
            other = view.tags[i].startswith("VB") and (frame is None or i != frame.verb) and view.tags[i] != "VBN"
            if view.words[i] in (";", ":", ".") or (other and frame is not None and frame.role == "object"):
                return ""
            if view.words[i] not in ("to", "for"):
                continue
            first = i + 1 + (view.words[i + 1 : i + 2] == ["the"])
            near = [o for o in self.owners.between(first, first + 1, companies=True) if o.name]
            if near:
                return near[0].name
        return ""

    @cached_property
    def _only_buyer(self) -> str:
        """Whom everything that is sold in the text goes to; empty where it goes to several."""
        found = {name for draft in self.drafts if self._in_a_sale(draft) and (name := self._whither(draft))}
        return found.pop() if len(found) == 1 else ""


_SHORT: Final = 6
"""Words from a verb of giving to "to" at most, where what is given is not counted."""
_FAR: Final = 16
"""Words from the goods to "to" at most."""
