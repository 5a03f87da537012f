"""Assign operators by the clause of the count: its predicate, its subject, what contains the things."""

from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.clause_frames import HELPERS
from briefing.extract.counts.operator_bodies import Owner
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.nlp.token_columns import View


class Framed:
    """Finds operators in the clauses of one document; ``drafts`` in order of their place."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft]) -> None:
        self.view = view
        self.owners = owners
        self.drafts = drafts

    def belongs(self, draft: Draft) -> str:
        """The operator in the predicate: "two of them belonged to the navy", "all on board are British"."""
        view = self.view
        _, end = view.sentences[view.sentence_of[draft.head]]
        verb = next((i for i in range(draft.head + 1, min(end, draft.head + _NEAR)) if self._states(i)), -1)
        if verb < 0 or any(view.words[i] in _STOPS for i in range(draft.head + 1, verb)):
            return ""
        near = [o for o in self.owners.between(verb + 1, min(end, verb + _NEAR)) if not self.owners.is_maker(o)]
        if not near or any(view.tags[i].startswith("VB") for i in range(verb + 1, near[0].first)):
            return ""
        owner = near[0]
        lead = [w.lower() for w in view.words[verb + 1 : owner.first]]
        if view.words[verb].lower() in _BELONGING:
            return owner.name if "to" in lead or "by" in lead else ""
        after = view.words[owner.end] if owner.end < end else "."
        possessive = after in ("'s", "’s", "'")
        plain = after in (".", ",", ";", ":", "and", "but", "\n") or after.isspace()
        fits = all(w in _FILLERS for w in lead) and (plain or possessive) and owner.kind in ("nation", "service")
        return owner.name if fits else ""

    def _states(self, token: int) -> bool:
        """Whether a token is "belong" in any form, or a form of "be" with no verb behind it."""
        word = self.view.words[token].lower()
        return word in _BELONGING or (word in _BEING and self.view.tags[token].startswith("VB"))

    def apposed(self, draft: Draft) -> str:
        """The nation of the ships named behind them: "two vessels, BRP Tala and BRP Lapu, were hit"."""
        view = self.view
        _, end = view.sentences[view.sentence_of[draft.head]]
        i = draft.head + 1
        if i + 1 >= end or view.words[i] not in _STOPS:
            return ""
        found: set[str] = set()
        for k in range(i + 1, min(end, i + 2 * _NEAR)):
            mention = self.owners.mentions.mention_at(k)
            if mention is not None and mention.type == "SHIP":
                found.add(self.owners.of_ship(k))
            elif view.tags[k][:2] in ("VB", "IN") or view.words[k] in (";", ".", ")"):
                break
        return found.pop() if len(found) == 1 else ""

    def gapped(self, draft: Draft) -> str:
        """The owner right before them in a list whose verb is said once: "Sweden came with six, Finland with four"."""
        view, i = self.view, draft.first - 1
        begin, _ = view.sentences[view.sentence_of[draft.first]]
        if i > begin and view.words[i].lower() in _BEFORE_GAP | self.owners.lists.coming:
            i -= 1
        owner = next((o for o in self.owners.between(max(begin, i - _NEAR), i + 1) if o.end == i + 1 and o.name), None)
        owner = owner or self._seat(i)
        if owner is None:
            return ""
        start = owner.first - 1
        while start > begin and view.words[start].lower() in ("the", "its", "from"):
            start -= 1
        before = view.words[start].lower() if start >= begin else ";"
        opens = start == begin and before == "from"
        if before not in _JOINTS and not opens:
            return ""
        listed = any(view.sentence_of[d.first] == view.sentence_of[draft.first] for d in self.drafts if d is not draft)
        return owner.name if listed else ""

    def _seat(self, token: int) -> Owner | None:
        """The nation whose capital stands at a token: "Berlin an A400M"."""
        mention = self.owners.mentions.mention_at(token) if token >= 0 else None
        entry = self.owners.mentions.info(mention) if mention is not None and mention.type == "PLACE" else None
        if mention is None or entry is None or entry.kind not in ("capital", "seat") or not entry.nation:
            return None
        number = self.owners.mentions.at[token]
        first, end = self.owners.mentions.spans[number]
        return Owner(number, first, end, entry.nation, entry.nation, "nation")

    def several(self, draft: Draft) -> str:
        """Mark as nobody's what a list of owners has together: "Chile, Peru and Spain contributed 43 fighters"."""
        frame = draft.frame
        if frame is None or frame.role not in ("object", "with") or frame.verb < 0:
            return ""
        begin, _ = self.view.sentences[self.view.sentence_of[draft.first]]
        owners = [o for o in self.owners.between(begin, frame.verb) if o.kind in ("nation", "service", "forces")]
        if len(owners) < 2 or frame.verb - owners[-1].end > _LEAD:
            return ""
        left, right = owners[-2], owners[-1]
        between = [w.lower() for w in self.view.words[left.end : right.first]]
        listed = "and" in between and all(w in (",", "and", "the", "&") for w in between)
        if listed and left.nation != right.nation and not self._own_owner(draft, frame.verb):
            draft.nobodys = True
        return ""

    def _own_owner(self, draft: Draft, verb: int) -> bool:
        """Whether another owner stands between the verb and the things."""
        return any(o.name for o in self.owners.between(verb, draft.head + 1))

    def container(self, draft: Draft) -> str:
        """The owner of what they are part of: "a Chilean flotilla of three ships", "HMS Bulwark with three Lynxes"."""
        frame = draft.frame
        if frame is None or frame.container < 0 or frame.link not in ("of", "with", "in", "aboard", "from"):
            return ""
        head = frame.container
        if nation := self.owners.of_ship(head):
            return nation
        begin, _ = self.view.sentences[self.view.sentence_of[head]]
        near = [o for o in self.owners.between(max(begin, head - _NEAR), head + 1) if o.name]
        if not near or not self._modifies(near[-1], head):
            return ""
        return near[-1].name

    def _modifies(self, owner: Owner, head: int) -> bool:
        """Whether an owner's mention is part of the noun phrase with this head."""
        view = self.view
        return all(view.tags[i][:2] in ("NN", "JJ", "PO", "VB", "HY", "CD") for i in range(owner.end, head + 1))


_BEFORE_GAP: Final = frozenset({"with", ",", ":", "has", "had", "sent", "brought", "by"})
_NEAR: Final = 8
_LEAD: Final = 5
"""Tokens between the last owner of a list and its verb."""
_STOPS: Final = frozenset({",", ";", ":", ".", "(", "–", "—", "--"})
_BELONGING: Final = frozenset({"belong", "belongs", "belonged", "belonging"})
_BEING: Final = HELPERS & frozenset({"is", "are", "was", "were", "'re", "’re"})
_FILLERS: Final = frozenset({"all", "the", "both", "from", "also", "of", "still", "those"})
_JOINTS: Final = frozenset({",", ";", "and", "–", "—", "--", "while", "but", ":"})
