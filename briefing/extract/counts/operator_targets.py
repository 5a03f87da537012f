"""Assign operators to targets of attacks, sightings and seizures, by the sides of a fight."""

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_agents import AUXILIARY, Agents
from briefing.extract.counts.operator_bodies import Owner
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.counts.operator_holders import Holders
from briefing.extract.counts.operator_home import Home
from briefing.extract.lexicon.word_lists import one_of, verb_pattern
from briefing.extract.nlp.token_columns import View


class Sides:
    """Finds the operators of targets in one document."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft], agents: Agents) -> None:
        self.view = view
        self.owners = owners
        self.lists = owners.lists
        self._destroying = verb_pattern(self.lists.destroying)
        self._verbs = verb_pattern(self.lists.destroying | self.lists.finding)
        self._nameless = one_of(self.lists.nameless_foes, r"\b", r"\b", re.IGNORECASE)
        self.drafts = drafts
        self.agents = agents
        self._firsts = [d.first for d in drafts]
        self._against: list[str] | None = None

    def struck(self, draft: Draft) -> str:
        """For what is destroyed or found: the operator of another count of the list, else whom it is against."""
        if draft.thing.category == "ship" and self.is_civil(draft):
            return ""
        if launcher := self._launched_before(draft):
            return launcher
        if self._is_lost(draft):
            return self._losers(draft)
        verb = None if self.agents.acts(draft) else self._striking_verb(draft)
        if verb is None or self._within(draft):
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
        agent = self.owners.nation_of(agent) or agent
        hit = {o.nation or o.name for o in self.owners.between(begin, draft.first) if self._is_foe(o)}
        foes = [foe for foe in self.struck_ones() if (foe != agent or foe in hit) and self._of_its_side(draft, foe)]
        return self._foe_near(draft, [foe for foe in foes if self._may_have(draft, foe)])

    def _launched_before(self, draft: Draft) -> str:
        """Who launched what is shot down, by the paragraph: "sent 90 drones, 80 were downed"."""
        if draft.what not in self.lists.downed or draft.thing.category not in ("munition", "aircraft"):
            return ""
        begin = self.view.text.rfind("\n", 0, draft.start) + 1
        for other in reversed(self.drafts[bisect_left(self._firsts, self.view.token_at(begin)) :]):
            sent = other.what in ("launched", "fired") and other.start < draft.start
            if sent and other.operator and other.thing.category == draft.thing.category:
                return other.operator
        return ""

    def _foe_near(self, draft: Draft, foes: list[str]) -> str:
        """The foe of whom the paragraph speaks, else the one of whom the text does, if it tells of no unnamed others.

        Args:
            draft: The candidate.
            foes: Who it can be, the most named first.
        """
        view = self.view
        begin = view.text.rfind("\n", 0, draft.start) + 1
        end = view.text.find("\n", draft.start)
        end = len(view.text) if end < 0 else end
        named = {foe: [o for o in self.owners.all if foe in (o.name, o.nation)] for foe in foes}
        here = [f for f in foes if any(begin <= view.starts[o.first] < end for o in named[f])]
        if here or not foes:
            return here[0] if here else ""
        if self._nameless.search(view.text, begin, end):
            return ""
        told = Counter(o.nation or o.name for o in self.owners.all if o.kind == "group" or self._is_foe(o))
        others = told.total() - told[foes[0]]
        return foes[0] if told[foes[0]] >= _CLEARLY * others and (draft.thing.fielded or not others) else ""

    def _within(self, draft: Draft) -> bool:
        """Whether they are only where something is: "found ten men in a boat"."""
        frame = draft.frame
        return frame is not None and frame.role == "place" and frame.link in ("in", "on", "aboard")

    def _is_lost(self, draft: Draft) -> bool:
        """Whether they are the subject of a passive of striking: "nine drones have been shot down"."""
        frame = draft.frame
        if self._targeted(draft):
            return True
        return frame is not None and frame.role == "passive" and frame.verb >= 0 and self._strikes(frame.verb)

    def _targeted(self, draft: Draft) -> bool:
        """Whether a participle of striking and "by" follow them: "the lorries targeted by the army"."""
        i = draft.head + 1
        return self.view.words[i + 1 : i + 2] == ["by"] and self.view.tags[i] == "VBN" and self._strikes(i)

    def _losers(self, draft: Draft) -> str:
        """For the subject of a passive: who is struck in the text, and not by itself."""
        frame = draft.frame
        if frame is None:
            return ""
        near: list[Owner] = []
        if targeted := self._targeted(draft):
            near = self.owners.between(draft.head + 2, draft.head + _BY)
        elif frame.agent >= 0:
            near = self.owners.between(self.agents.phrase_start(frame.agent), frame.agent + 1)
        strikers = {o.nation or o.name for o in near}
        foes = [foe for foe in self.struck_ones() if foe not in strikers and self._of_its_side(draft, foe)]
        if frame.agent < 0 and not targeted and len(foes) > 1:
            return ""
        return self._foe_near(draft, foes[:1]) if foes and self._may_have(draft, foes[0]) else ""

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

    def _of_its_side(self, draft: Draft, foe: str) -> bool:
        """Whether such people can be the foe's: no group has soldiers, no nation militants."""
        words, key = self.owners.words, draft.thing.key
        if self.owners.is_nation(foe):
            return key not in words.armed
        return key not in words.state and self.lists.states_own.isdisjoint(
            w.lower() for w in self.view.words[draft.first : draft.head]
        )

    def of_others(self, draft: Draft, foe: str) -> bool:
        """Whether the text has turned to other foes, without a name, since it named this one: "and five gunrunners".

        Args:
            draft: The candidate.
            foe: The foe.
        """
        view = self.view
        begin = view.text.rfind("\n", 0, draft.start) + 1
        named = [o for o in self.owners.all if foe in (o.name, o.nation) and o.end <= draft.first]
        since = max(begin, view.ends[named[-1].end - 1]) if named else begin
        _, last = view.sentences[view.sentence_of[draft.head]]
        return self._nameless.search(view.text, since, max(since, view.ends[last - 1])) is not None

    def may_be_of(self, draft: Draft, name: str) -> bool:
        """Whether such things or people can be an owner's, by their words and by the lexicon.

        Args:
            draft: The candidate.
            name: The owner.
        """
        return self._of_its_side(draft, name) and self._may_have(draft, name)

    def is_civil(self, draft: Draft) -> bool:
        """Whether they are people of no side, or craft of civilians: "killed 16 people", "sank four fishing boats"."""
        if draft.thing.category == "personnel":
            return draft.thing.key in self.lists.anyone
        words = {w.lower() for w in self.view.words[draft.first : draft.head + 1]} - self.lists.craft_of_either
        return not self.lists.civil.isdisjoint(words)

    def _may_have(self, draft: Draft, name: str) -> bool:
        """Whether the owner can have things of this type, by the lexicon."""
        entry = draft.thing.entry
        return entry is None or not entry.nations or self.owners.nation_of(name) in ("", *entry.nations)

    def struck_ones(self) -> list[str]:
        """Opponents in the text, against whom things are done or whose things are struck; the most named first."""
        if self._against is None:
            found: Counter[str] = Counter()
            for owner in self.owners.all:
                found[owner.nation or owner.name] += self._is_foe(owner)
            self._against = [name for name, count in found.most_common() if name and count]
        return self._against

    def _is_foe(self, owner: Owner) -> int:
        """2 for "against ISIL", 1 for "intercepted two Russian aircraft" and "ISIL members were killed", else 0."""
        view = self.view
        if owner.kind in ("company", "airline") or self.owners.is_maker(owner):
            return 0
        if self._has_losses(owner):
            return 1
        begin = view.sentences[view.sentence_of[owner.first]][0]
        for i in range(owner.first - 1, max(begin, owner.first - 5) - 1, -1):
            if view.words[i].lower() == "against":
                return 0 if owner.kind == "nation" and view.words[i - 1].lower() in self.lists.others_wars else 2
            if self._strikes(i) and view.words[i].lower() not in self.lists.meeting:
                civil = any(w.lower() in self.lists.civil for w in view.words[owner.end : owner.end + 4])
                return 0 if civil else 1
            if view.tags[i] in ("IN", "TO", ",", "CC"):
                return 0
        return 0

    def _has_losses(self, owner: Owner) -> bool:
        """Whether it is, or says whose is, the subject of a passive of destroying."""
        view, token = self.view, owner.end - 1
        if owner.kind == "nation":
            return False  # "sixty Chileans were killed"
        for _ in range(_HOPS):
            if view.deps[token] == "nsubjpass":
                return self._destroying.match(view.words[view.heads[token]].lower()) is not None
            if view.deps[token] not in ("compound", "amod", "poss", "nmod", "pobj", "prep"):
                return False
            token = view.heads[token]
        return False

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


class Opponents:
    """Finds who is on the other side in one document."""

    def __init__(self, owners: Owners, holders: Holders, sides: Sides) -> None:
        self.owners, self.holders, self.sides = owners, holders, sides
        self.lists = owners.lists

    def opponent(self, draft: Draft) -> str:
        """The other side than the one that does it to them; empty where no side does, or there are not just two."""
        actor = self.actor(draft)
        if draft.what == "abandoned":
            return actor
        if self.sides.is_civil(draft):
            return ""
        other = self._other_than(actor) if actor else ""
        if not other or not self.sides.may_be_of(draft, other) or self.sides.of_others(draft, other):
            return ""
        return other

    def downed(self, draft: Draft, home: Home) -> str:
        """What the text's only armed group has lost or sent, where the text has not turned to other foes.

        Args:
            draft: The candidate.
            home: Reader of the text's own side.
        """
        return "" if self.sides.of_others(draft, home.group) else home.downed(draft, self.actor(draft))

    def actor(self, draft: Draft) -> str:
        """Who takes, kills, hits or holds them, as a nation or group; empty where the clause does not say."""
        frame = draft.frame
        if frame is None or frame.verb < 0:
            return ""
        hostile = self.lists.lost | self.lists.captured | self.lists.downed | self.lists.struck | self.lists.stopped
        if draft.thing.key in self.lists.captives:
            if self.holders.view.words[frame.verb].lower() not in self.lists.keeping:
                return ""
        elif draft.what not in hostile or (frame.state and (frame.role != "passive" or frame.agent < 0)):
            return ""  # "the ministry counts 12 dead"
        token = frame.subject if frame.role == "object" else frame.agent if frame.role == "passive" else -1
        if token < 0 or self._loses(draft):
            return ""
        name = self.holders.who(token, companies=False)
        return self.owners.nation_of(name) or name

    def _loses(self, draft: Draft) -> bool:
        """Whether the verb says that its subject suffers it: "lost three tanks"."""
        frame = draft.frame
        lost = frame is not None and self.holders.view.words[frame.verb].lower() in self.lists.losing
        return lost or draft.what in ("lost", "missing")

    def _other_than(self, actor: str) -> str:
        one, two = self._pair
        return two if actor == one else one if actor == two else ""

    @cached_property
    def _pair(self) -> tuple[str, str]:
        """The two sides of the text: its own nation, and the only group that it names or the only foe.

        Where it names no group and no foe, they are the two nations that it names far more often than any third.
        """
        home = self.owners.home or self.owners.main
        groups = {o.name for o in self.owners.all if o.kind == "group" and o.name}
        foes = groups or {foe for foe in self.sides.struck_ones() if foe != home}
        if home and len(foes) == 1:
            return home, foes.pop()
        return _NONE if groups else self._rivals()

    def _rivals(self) -> tuple[str, str]:
        """The two nations that the text names far more often than any third."""
        ranked = [*self.owners.nations.most_common(3), ("", 0), ("", 0)]
        (one, _), (two, times), (_, third) = ranked[:3]
        return (one, two) if times >= max(_TWICE, _MORE * third) else _NONE


_NONE: Final = ("", "")
_TWICE: Final = 2
_MORE: Final = 1.5
"""How much more than a third nation a text must speak of two, for them to be the sides of a fight."""
_CLEARLY: Final = 2
"""How much more than of all other foes a text must speak of one, for it to be meant where none is named."""
_FAR: Final = 150
_BY: Final = 8
_HOPS: Final = 4
