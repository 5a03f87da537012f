"""Infer operators of the text's own side, whose forces it speaks of without naming them, and of its opponent."""

import re
from collections import Counter
from functools import cached_property, lru_cache
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.lexicon.word_lists import any_of, one_of
from briefing.extract.nlp.datelines import opening_dateline
from briefing.extract.nlp.token_columns import View


class Home:
    """Infers operators from the own side of one document."""

    def __init__(self, view: View, owners: Owners) -> None:
        self.view = view
        self.owners = owners
        self.lists = owners.lists

    @cached_property
    def group(self) -> str:
        """The only armed group that the text names, under the name it gives an operator; else empty."""
        named = {o.name for o in self.owners.all if o.kind == "group" and o.name}
        return named.pop() if len(named) == 1 else ""

    def member(self, draft: Draft) -> str:
        """For "36 Airmen", "dozens of Marines": the service of the text's own nation."""
        noun = draft.thing.key
        domain = self.owners.words.service_nouns.get(noun)
        word = self.view.words[draft.head]
        nation = self.owners.home
        if domain is None or not nation or not (word[0].isupper() or domain == "marine"):
            return ""
        return self.owners.service_named(nation, domain)

    def own_side(self, draft: Draft) -> str:
        """For soldiers, "army tanks" and the like, also where they suffer: the nation whose forces it is about."""
        words = {word.lower() for word in self.view.words[draft.first : draft.head]}
        of_the_state = words & self.lists.states_own or {draft.thing.key, draft.thing.item} & self.owners.words.state
        if not of_the_state or self._foreign(draft, forces=bool(words & self.lists.states_own)):
            return ""
        return self.owners.home

    def other_side(self, draft: Draft, struck: list[str]) -> str:
        """For militants, gang members and the like: the only armed group of the text, or the only one that is struck.

        Args:
            draft: The candidate.
            struck: Who is struck in the text.
        """
        words = {word.lower() for word in self.view.words[draft.first : draft.head]} | {draft.thing.key}
        if words.isdisjoint(self.owners.words.armed):
            return ""
        groups = [name for name in struck if not self.owners.is_nation(name)]
        return self.group or (groups[0] if len(groups) == 1 else "")

    def downed(self, draft: Draft, actor: str) -> str:
        """For what is shot down or intercepted, and not by the group itself: the armed group of the text.

        Args:
            draft: The candidate.
            actor: Who does it to them, where the clause says it.
        """
        frame = draft.frame
        if frame is None or actor == self.group or draft.thing.category == "personnel" or not self.group:
            return ""
        flying = draft.thing.category in ("aircraft", "munition")
        if (flying or "unmanned" in draft.thing.item) and self._strikes_by(draft):
            return self.group
        if draft.thing.category == "ship":
            return ""
        done = self.lists.downed if flying else self.lists.captured
        if draft.thing.category == "munition":
            done = done | self.lists.captured
        if draft.what not in done or frame.role not in ("object", "passive"):
            return ""
        for token in (frame.subject, frame.agent):
            if token >= 0 and any(o.name == self.group for o in self.owners.between(token - 4, token + 1)):
                return ""
        return self.group

    def _strikes_by(self, draft: Draft) -> bool:
        """Whether something was attacked by them, or they attack: "two drones hit the ship"."""
        frame = draft.frame
        if frame is None or frame.role != "subject" or draft.what not in self.lists.struck:
            return False
        return frame.link == "by" or (frame.subject == draft.head and self._claims)

    @cached_property
    def _claims(self) -> bool:
        """Whether the only group of the text claims an attack in it."""
        view = self.view
        for match in _claim(self.lists.claimed_blows).finditer(view.text):
            begin, end = view.sentences[view.sentence_of[view.token_at(match.start())]]
            if any(o.name == self.group for o in self.owners.between(begin, end)):
                return True
        return False

    def company(self, draft: Draft) -> str:
        """For a crew and for what a gun fires: the nation of the ship named last, where the text is about ships."""
        fired = draft.thing.category == "munition" and draft.what == "fired"
        if draft.what in self.lists.set_free:
            return ""
        if not fired and (draft.thing.key not in self.lists.ships_company or self._of_another(draft)):
            return ""
        before = [nation for first, nation in self._ships if first <= draft.head + _FAR]
        near = [nation for first, nation in self._ships if abs(first - draft.head) < _NEAR]
        if near:
            return near[-1]
        return before[-1] if len(set(before)) == 1 else ""

    def _of_another(self, draft: Draft) -> bool:
        """Whether they are of a ship that is not named: "26 crew members of a tanker", "the tanker's crew"."""
        i = draft.head + 1
        before = [word.lower() for word in self.view.words[max(0, draft.first - 2) : draft.first]]
        if before[-1:] in (["'s"], ["’s"]) and before[0] in self.lists.civil:
            return True
        return self.view.words[i : i + 1] in (["of"], ["aboard"], ["on"]) and self.view.words[i + 1 : i + 2] in _ANY

    @cached_property
    def _ships(self) -> list[tuple[int, str]]:
        return self.owners.ships()

    def losses(self, draft: Draft, drafts: list[Draft]) -> str:
        """The operator of things lost beside people of the text's own side: "nine soldiers … and four vehicles burnt".

        Args:
            draft: The candidate.
            drafts: All candidates of the document.
        """
        if draft.what not in self.lists.lost or draft.thing.category not in ("vehicle", "aircraft", "ship"):
            return ""
        number = self.view.sentence_of[draft.first]
        for other in drafts:
            beside = self.view.sentence_of[other.first] == number and other.owner_by == "own side"
            if beside and other.what in self.lists.lost:
                return other.operator
        return ""

    def _foreign(self, draft: Draft, *, forces: bool) -> bool:
        """Whether the sentence names another nation, or only its forces; "army lorries" says whose forces' they are."""
        begin, end = self.view.sentences[self.view.sentence_of[draft.first]]
        home = self.owners.home
        near = self.owners.between(max(begin, draft.first - _FAR), min(end, draft.head + _FAR))
        return any(o.nation and o.nation != home and (not forces or o.kind in _FORCES) for o in near)


@lru_cache(maxsize=4)
def _claim(blows: frozenset[str]) -> re.Pattern[str]:
    done = rf"(?:the|this|an|both) (?:{any_of(blows)})"
    return re.compile(rf"\bclaim(?:s|ed|ing)? (?:responsibility|credit|to have|{done})\b")


_ANY: Final = (["a"], ["an"], ["another"])
_NEAR: Final = 25
_FAR: Final = 60


def home_of(owners: Owners) -> str:
    """The nation whose forces the text speaks of as its own, by outlet, dateline, bodies, bases and places; or empty.

    A nation must have half as much again as any other, and forces, bases or an outlet among what speaks for it.
    """
    found, armed = Counter[str](), set[str]()
    text = owners.view.text
    for outlet, nation in owners.words.outlets.items():
        if outlet in text:
            return nation
    spoken = one_of(owners.lists.armed_words, r"\b", r"\b", re.IGNORECASE).search(text) is not None
    if spoken and (reported := _dateline_nation(owners)):
        return reported
    for owner in owners.all:
        if owner.nation and not (owners.is_place(owner)):
            forces = owner.kind in _FORCES or spoken
            found[owner.nation] += 2 if owner.kind in _FORCES else 1
            if forces:
                armed.add(owner.nation)
    for mention in owners.mentions.all:
        entry = owners.mentions.info(mention) if mention.type == "PLACE" else None
        if entry is not None and entry.nation:
            base, seat = entry.kind == "base", entry.kind in ("capital", "seat")
            found[entry.nation] += 1 if base or seat or mention.start < _OPENING else 0
            if base or spoken:
                armed.add(entry.nation)
    ranked = found.most_common(2)
    if not ranked or ranked[0][0] not in armed:
        return ""
    if len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]:
        return ranked[0][0]
    return ""


def titles_owner(owners: Owners) -> str:
    """The only nation that the title names, by itself or by its forces; else empty."""
    end = owners.view.text.find("\n")
    named = owners.between(0, owners.view.token_at(end)) if end >= 0 else []
    nations = {owner.nation for owner in named if owner.nation}
    if all(owners.is_place(owner) for owner in named if owner.nation):
        return ""
    return nations.pop() if len(nations) == 1 else ""


def _dateline_nation(owners: Owners) -> str:
    """The nation of the place in the text's dateline, or an empty string."""
    start, stop = opening_dateline(owners.view.text)
    for mention in owners.mentions.all:
        if start <= mention.start < stop:
            entry = owners.mentions.info(mention)
            if entry is not None and entry.nation:
                return entry.nation
            if mention.type == "NATION":
                return str(mention.name)
    return ""


_FORCES: Final = frozenset({"service", "forces", "unit", "command", "ministry"})
_OPENING: Final = 300
_CLEARLY: Final = 1.5


def speakers_nation(owners: Owners) -> str:
    """The nation of whoever says "our" in the text, by the ships of those sentences; empty where none tells."""
    view = owners.view
    for number, (begin, end) in enumerate(view.sentences):
        if "our" not in view.words[begin:end]:
            continue
        for first, last in view.sentences[number : number + 2]:
            for i in range(first, last):
                if (nation := owners.of_ship(i)) and view.words[i].isupper():
                    return nation
    return ""
