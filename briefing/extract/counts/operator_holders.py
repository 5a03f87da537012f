"""Assign operators by who holds the things: the subject of a verb of having, or what "its" stands for.

Any body that the text names can hold things, also a company, an agency or a mission that no lexicon lists.
"""

from functools import cached_property
from itertools import pairwise
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_agents import Agents
from briefing.extract.counts.operator_bodies import Owner
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.lexicon.word_lists import verb_pattern
from briefing.extract.nlp.token_columns import View


class Holders:
    """Finds who holds what in one document."""

    def __init__(self, view: View, owners: Owners, agents: Agents) -> None:
        self.view, self.owners, self.agents = view, owners, agents
        self.lists = owners.lists
        self._having = verb_pattern(self.lists.fielding | self.lists.staffing, "(?:re)?")
        self._staffing = verb_pattern(self.lists.sending | self.lists.staffing)
        self._supplying = verb_pattern(self.lists.supplying)

    def holder(self, draft: Draft) -> str:
        """The subject of the verb of having, sending or losing whose object they are, or a passive's "by"."""
        if name := self._in_relative_clause(draft):
            return name
        frame = draft.frame
        if frame is not None and frame.role == "passive" and frame.agent >= 0 and self._is_having(draft, frame.verb):
            return self.who(frame.agent, companies=True)
        if frame is None or frame.verb < 0 or frame.subject < 0 or frame.role not in ("object", "with"):
            return ""
        view = self.view
        word = view.words[frame.verb].lower()
        if frame.role == "with" and frame.link == "with" and self._is_arm(draft):
            return self.who(frame.subject, companies=False)
        if not self._is_having(draft, frame.verb) or self.agents.of_a_bearer(frame.verb):
            return ""
        if frame.role == "with" and view.words[draft.first - 1].lower() != "with":
            return ""
        if view.words[frame.verb + 1 : frame.verb + 2] in (["down"], ["together"]):
            return ""
        supplies = word.startswith("deliver") or (
            self._supplying.match(word) is not None and self._given(draft, frame.verb)
        )
        return self.who(frame.subject, companies=not supplies and draft.thing.category not in _MADE)

    def _is_arm(self, draft: Draft) -> bool:
        """Whether they are weapons, with which somebody does something: "answered with rifles and two mortars"."""
        return draft.thing.fielded and draft.thing.category in _MADE

    def _is_having(self, draft: Draft, verb: int) -> bool:
        """Whether the subject of a verb has what its object names."""
        civil = draft.thing.category == "personnel" and not draft.thing.fielded
        return (self._staffing if civil else self._having).match(self.view.words[verb].lower()) is not None

    def _in_relative_clause(self, draft: Draft) -> str:
        """The subject of a clause of having that belongs to them: "nine jets that Chile bought"."""
        view = self.view
        for verb in view.children[draft.head]:
            if view.deps[verb] == "relcl" and self._is_having(draft, verb):
                subjects = [c for c in view.children[verb] if view.deps[c] == "nsubj" and view.tags[c][0] != "W"]
                if subjects:
                    return self.who(subjects[0], companies=draft.thing.category not in _MADE)
        return ""

    def _given(self, draft: Draft, verb: int) -> bool:
        """Whether they go to somebody: "will provide the navy with two tugs", "delivered two jets to Poland"."""
        view = self.view
        _, end = view.sentences[view.sentence_of[verb]]
        if any(o.name for o in self.owners.between(verb + 1, draft.first)):
            return True
        return any(
            view.words[o.first - 1].lower() in ("to", "for", "the") for o in self.owners.between(draft.head, end)
        )

    def its(self, draft: Draft) -> str:
        """Whose they are by a possessive pronoun among their words: "two of its tenders", "four of their men"."""
        view = self.view
        for i in (*range(draft.first, draft.head), *self._container_words(draft)):
            word = view.words[i].lower()
            if word == "its" or (word == "their" and not self._two(draft.first)):
                owner = self.antecedent(draft.first)
                if not owner and draft.what in self.lists.lost:
                    return self._other_named(draft, owner)
                return self._other_named(draft, owner) if self._strikes_itself(draft, owner) else owner
        return ""

    def _container_words(self, draft: Draft) -> range:
        """The words before what they are part of: "its crew of four"."""
        frame = draft.frame
        if frame is None or frame.container < 0 or frame.link != "of" or frame.container >= draft.first:
            return range(0)
        return range(max(0, frame.container - 2), frame.container)

    def _other_named(self, draft: Draft, owner: str) -> str:
        """The owner named last before them who is not the one: "rebels killed two of the mission's men and took its".

        Args:
            draft: The candidate.
            owner: Who does it to them.
        """
        begin, _ = self.view.sentences[self.view.sentence_of[draft.first]]
        near = self.owners.between(begin, draft.first, companies=True)
        named = [o.name for o in near if o.name and not self.owners.is_maker(o)]
        return named[-1] if named and named[-1] != owner else ""

    def _strikes_itself(self, draft: Draft, owner: str) -> bool:
        """Whether the owner would be who kills or destroys them: "the group hit a post and killed ten of its men"."""
        frame = draft.frame
        if frame is None or frame.role != "object" or frame.subject < 0 or draft.what == "lost":
            return False
        return draft.what in self.lists.lost and bool(owner) and self.who(frame.subject, companies=True) == owner

    def _two(self, token: int) -> bool:
        """Whether the sentence joins two owners before the token, so that "their" means both."""
        begin, _ = self.view.sentences[self.view.sentence_of[token]]
        owners = [o for o in self.owners.between(begin, token) if o.name]
        return any(
            a.name != b.name and self.view.words[a.end : b.first] in (["and"], ["and", "the"])
            for a, b in pairwise(owners)
        )

    def who(self, token: int, *, companies: bool) -> str:
        """Who the noun phrase with its head at ``token`` is, or whose things or people it names; empty for nobody.

        Args:
            token: Head of the phrase.
            companies: Whether companies and other bodies that no lexicon lists can be meant.
        """
        view, token = self.view, self.agents.before_aside(token)
        if name := self.agents.known_at(token):
            return name
        if view.words[token + 1 : token + 2] == ["from"] and (owner := self._right_behind(token + 2)) is not None:
            return owner.name
        first = self.agents.phrase_start(token)
        inside = [
            o
            for o in self.owners.between(first, token + 1, companies=companies)
            if o.name and not self.owners.is_maker(o)
        ]
        if inside:
            return inside[-1].name
        word = view.words[token].lower()
        if word in self.owners.words.armed or word.removesuffix("s") in self.owners.words.armed or word == "gunmen":
            return self._group
        if word in _PRONOUNS:
            return self.antecedent(token)
        if any(view.words[i].lower() in ("its", "their") for i in range(first, token)):
            return self.antecedent(first)
        if view.words[token + 1 : token + 2] == ["of"] and (owner := self._right_behind(token + 2)) is not None:
            return owner.name if companies or owner.kind != "company" else ""
        return (
            self.owners.home if word in self.lists.forces_nouns or word.removesuffix("s") in self.lists.own_men else ""
        )

    @cached_property
    def _group(self) -> str:
        """The only armed group that the text names, or an empty string."""
        named = {o.name for o in self.owners.all if o.kind == "group" and o.name}
        return named.pop() if len(named) == 1 else ""

    def antecedent(self, token: int) -> str:
        """What a pronoun stands for: the last subject before it, in its sentence or the main one of the last."""
        view = self.view
        number = view.sentence_of[token]
        begin, _ = view.sentences[number]
        subjects = [i for i in range(begin, token) if view.deps[i] in _SUBJECTS and view.heads[i] != token]
        subjects = [i for i in subjects if view.tags[i] != "PRP" or view.words[i].lower() in _PRONOUNS]
        if subjects:
            return self._named(subjects[-1])
        if number == 0:
            return ""
        begin, end = view.sentences[number - 1]
        main = [i for i in range(begin, end) if view.deps[i] in _SUBJECTS and view.deps[view.heads[i]] == "ROOT"]
        return self._named(main[0]) if main else ""

    def _named(self, subject: int) -> str:
        word = self.view.words[subject].lower()
        return "" if word in _PRONOUNS and subject == 0 else self.who(subject, companies=True)

    def _right_behind(self, token: int) -> Owner | None:
        """The body, nation or unit that begins at a token or behind its article; people and places of makers apart."""
        i = token + (self.view.words[token : token + 1] in (["the"], ["The"]))
        near = [o for o in self.owners.between(i, i + 1, companies=True) if o.name]
        return near[0] if near else None


_MADE: Final = frozenset({"other", "munition"})
"""Categories of things that a company is named with as their maker or dealer more often than as their owner."""
_PRONOUNS: Final = frozenset({"it", "they", "which", "that", "who"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
