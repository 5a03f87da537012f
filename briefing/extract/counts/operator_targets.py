"""Assign operators to targets of attacks, sightings and seizures."""

from bisect import bisect_left
from collections import Counter
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_agents import AUXILIARY, Agents
from briefing.extract.counts.operator_bodies import Owner
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.lexicon.word_lists import verb_pattern
from briefing.extract.nlp.token_columns import View


class Sides:
    """Finds the operators of targets in one document."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft], agents: Agents) -> None:
        self.view = view
        self.owners = owners
        self.lists = owners.lists
        self._destroying = verb_pattern(self.lists.destroying)
        self._verbs = verb_pattern(self.lists.destroying | self.lists.finding)
        self.drafts = drafts
        self.agents = agents
        self._firsts = [d.first for d in drafts]
        self._against: list[str] | None = None

    def struck(self, draft: Draft) -> str:
        """For what is destroyed or found: the operator of another count of the list, else whom it is against."""
        verb = None if self.agents.acts(draft) else self._striking_verb(draft)
        if verb is None:
            return ""
        begin, end = self._around(draft)
        struck = next(i for i in range(begin, verb + 1) if self._strikes(i))
        near = self.drafts[bisect_left(self._firsts, begin) : bisect_left(self._firsts, end)]
        for other in near:
            if other.operator and other.head > struck and self._one_side(draft, other):
                return other.operator
        if not draft.thing.fielded and not self._destroying.match(self.view.words[verb].lower()):
            return ""
        agent = self.agents.agent(verb, begin)
        hit = {o.name for o in self.owners.between(begin, draft.first) if self._is_foe(o)}
        foes = [foe for foe in self._foes() if foe != agent or foe in hit]
        return foes[0] if foes and any(self._may_have(draft, foe) for foe in foes) else ""

    def suffers(self, draft: Draft) -> bool:
        """Whether something is done to the things, so that the subject near by is not theirs ("hit by Iran")."""
        view = self.view
        before = view.words[draft.first - 1].lower() if draft.first else ""
        if before == "by" or (draft.thing.category == "munition" and before in ("from", "with")):
            return True
        if not self.agents.acts(draft) and self._striking_verb(draft) is not None:
            return True
        after = range(draft.head + 1, min(draft.head + 6, len(view)))
        if draft.thing.category == "personnel":
            near = (*range(max(0, draft.first - 5), draft.first), *after)
            if any(view.words[i].lower() in self.lists.dying for i in near):
                return True
        return any(view.tags[i] == "VBN" and self._destroying.match(view.words[i].lower()) for i in after)

    def _around(self, draft: Draft) -> tuple[int, int]:
        """The tokens of the draft's sentence, or those near by when it is very long."""
        begin, end = self.view.sentences[self.view.sentence_of[draft.first]]
        return max(begin, draft.first - _FAR), min(end, draft.first + _FAR)

    def _one_side(self, draft: Draft, other: Draft) -> bool:
        """Whether a count of the same sentence may speak for this one: no verb of its own, no type it does not fly."""
        view = self.view
        if any(view.tags[i] in ("VBD", "VBZ", "VBP") for i in range(draft.head + 1, other.first)):
            return False
        return self._may_have(draft, other.operator)

    def _may_have(self, draft: Draft, name: str) -> bool:
        """Whether the owner can have things of this type, by the lexicon."""
        entry = draft.thing.entry
        return entry is None or not entry.nations or self.owners.nation_of(name) in ("", *entry.nations)

    def _foes(self) -> list[str]:
        """Opponents in the text, against whom things are done or whose things are struck; the most named first."""
        if self._against is None:
            found: Counter[str] = Counter()
            for owner in self.owners.all:
                found[owner.name] += self._is_foe(owner)
            self._against = [name for name, count in found.most_common() if name and count]
        return self._against

    def _is_foe(self, owner: Owner) -> int:
        """2 for "against ISIL", 1 for "intercepted two Russian aircraft", else 0."""
        view = self.view
        begin = view.sentences[view.sentence_of[owner.first]][0]
        for i in range(owner.first - 1, max(begin, owner.first - 5) - 1, -1):
            if view.words[i].lower() == "against":
                return 2
            if self._strikes(i):
                civil = any(w.lower() in self.lists.civil for w in view.words[owner.end : owner.end + 4])
                return 0 if civil else 1
            if view.tags[i] in ("IN", "TO", ",", "CC"):
                return 0
        return 0

    def _striking_verb(self, draft: Draft) -> int | None:
        """The verb whose object the things are, when it is one of striking, finding or following."""
        view = self.view
        if draft.first and view.words[draft.first - 1].lower() in ("with", "using"):
            return None
        for i in range(draft.first - 1, self._around(draft)[0] - 1, -1):
            if view.words[i - 1] == "-" and i:
                continue  # "a rebel-held hill"
            if view.tags[i].startswith("VB") and view.words[i].lower() not in AUXILIARY:
                return i if self._strikes(i) else None
        return None

    def _strikes(self, token: int) -> bool:
        view = self.view
        if not view.tags[token].startswith("VB"):
            return False
        return view.words[token + 1 : token + 2] == ["down"] or bool(self._verbs.match(view.words[token].lower()))


_FAR: Final = 150
