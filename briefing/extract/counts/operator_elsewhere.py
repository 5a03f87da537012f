"""Infer operators from elsewhere in the text: lists, the same type, the acting subject."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_agents import Agents
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.counts.operator_holders import Holders
from briefing.extract.counts.operator_home import speakers_nation, titles_owner
from briefing.extract.counts.operator_targets import Sides
from briefing.extract.nlp.token_columns import View


class Elsewhere:
    """Infers operators in one document from its other counts; ``drafts`` in order of their place."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft], agents: Agents, sides: Sides) -> None:
        self.view, self.owners, self.drafts = view, owners, drafts
        self.lists = owners.lists
        self.agents, self.sides = agents, sides
        self._places = {id(d): n for n, d in enumerate(drafts)}
        self._known: dict[str, list[tuple[int, str]]] = {}
        """Sort of thing to the places, in order, where the text says whose it is."""
        self._names: dict[str, set[str]] = {}
        self._crowds: dict[tuple[int, int], bool] = {}

    def note(self, draft: Draft) -> None:
        """Remember whose the things are, for others of their name and sort."""
        thing = draft.thing
        for key in {thing.item.lower(), thing.key, thing.entry.kind if thing.entry else thing.key}:
            self._note(key, draft.start, draft.operator)

    def _note(self, key: str, place: int, name: str) -> None:
        insort(self._known.setdefault(key, []), (place, name))
        self._names.setdefault(key, set()).add(name)

    def prepare(self) -> None:
        """Take in what the names in and beside the counts tell of the others."""
        self._share_many()
        self._share_title()
        self._learn_types()
        self._learn_people()

    def _share_many(self) -> None:
        """Mark what is listed with things of many parties likewise: "four ships and two aircraft from 12 nations"."""
        for draft, follow in zip(reversed(self.drafts[:-1]), reversed(self.drafts[1:]), strict=True):
            between = self.view.text[draft.end : follow.start]
            if follow.nobodys and not draft.operator and len(between) < 60 and _JOINING.fullmatch(between):
                draft.nobodys = True

    def _share_title(self) -> None:
        """Mark what the title counts as nobody's where the text says of the same number that many have them."""
        end = self.view.text.find("\n")
        for draft in self.drafts:
            if draft.start >= end:
                return
            draft.nobodys = draft.nobodys or any(d.nobodys for d in self._told_again(draft, end))

    def _told_again(self, draft: Draft, end: int) -> Iterator[Draft]:
        """The counts below the title that give the same number of such things."""
        for other in self.drafts:
            same = (other.low, other.high, other.thing.category) == (draft.low, draft.high, draft.thing.category)
            if same and other.start > end:
                yield other

    def list(self, draft: Draft) -> str:
        """The operator of the neighbour in a list: "four Royal Navy frigates and a tanker"."""
        place = self._places[id(draft)]
        for other, left, right in (
            *((d, d, draft) for d in reversed(self.drafts[max(0, place - 2) : place])),
            *((d, draft, d) for d in self.drafts[place + 1 : place + 2]),
        ):
            people = other.thing.category == "personnel" and not other.thing.fielded
            arms = "munition" in (draft.thing.category, other.thing.category)
            left_by_others = draft.what == other.what and draft.what in self.lists.captured
            if arms and draft.thing.category != other.thing.category and not left_by_others:
                continue
            if other.thing.category == "personnel" and draft.thing.category == "other" and not draft.thing.fielded:
                continue  # "nine rebels and 30 sacks of rice"
            if self._opposed(draft, other):
                continue
            if not other.operator or people or left.head >= right.first:
                continue
            if left is draft and any(o.name for o in self.owners.between(other.first, other.head + 1)):
                continue  # "900 soldiers and 592 RAF aviators"
            between = self.view.text[left.end : right.start]
            if left is draft and ";" in between:
                continue
            if left is draft and _ALONG.search(between) and not self._same_sort_of(draft, other):
                continue
            if (
                len(between) < 60
                and _JOINING.fullmatch(self._without_aside(between))
                and (left is draft or self._may_fly(other.operator, draft))
            ):
                return other.operator
        return ""

    def _opposed(self, draft: Draft, other: Draft) -> bool:
        """Whether the two are of the two sides of a fight: "nine militants and six soldiers"."""
        words = self.owners.words
        keys = (draft.thing.key, other.thing.key)
        return any(a in words.armed and b in words.state for a, b in (keys, keys[::-1]))

    def _may_fly(self, name: str, draft: Draft) -> bool:
        """Whether the owner of a neighbour can have things of this type, by the lexicon."""
        entry = draft.thing.entry
        nation = self.owners.nation_of(name)
        return entry is None or not entry.nations or not nation or nation in entry.nations

    def _same_sort_of(self, draft: Draft, other: Draft) -> bool:
        """Whether what is named behind "along with" is of the same category, so that its owner may have both."""
        return draft.thing.category == other.thing.category

    def _without_aside(self, between: str) -> str:
        """The words between two counts without brackets and without what a preposition adds to the first."""
        return _ASIDE.sub("", between)

    def _learn_types(self) -> None:
        """Types that stand with an owner outside counts: "Air Force F-16s from the Vermont Air National Guard"."""
        mentions, view = self.owners.mentions, self.view
        counted = {i for d in self.drafts for i in range(d.first, d.head + 1)}
        for number, mention in enumerate(mentions.all):
            if mention.type not in ("AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"):
                continue
            first = mentions.spans[number][0]
            if first in counted:
                continue
            owners = [
                o
                for o in self.owners.between(max(0, first - 6), first)
                if o.end == first and not self.owners.is_maker(o)
            ]
            if owners and owners[-1].name and not str(mention.text).islower():
                entry = mentions.info(mention)
                key = (entry.name if entry else mentions.item(mention)).lower()
                self._note(key, view.starts[first], owners[-1].name)

    def _learn_people(self) -> None:
        """Nations that stand right before a noun of armed people anywhere: "North Korean troops"."""
        view, words = self.view, self.owners.words
        for owner in self.owners.all:
            if owner.kind != "nation" or owner.end >= len(view):
                continue
            if view.tags[owner.end - 1] == "NNPS":  # "North Koreans"
                for key in self.lists.soldiery:
                    self._note(key, view.starts[owner.first], owner.nation)
            noun = view.words[owner.end].lower().removesuffix("s")
            if noun in words.state or noun in ("troop", "servicemen", "force"):
                for key in {noun, "troops"} | (self.lists.soldiery & words.state):
                    self._note(key, view.starts[owner.first], owner.nation)

    def goes_on(self, draft: Draft) -> str:
        """Of "four of the aircraft": whose those are that it goes on with."""
        words = [w.lower() for w in self.view.words[draft.first : draft.head]]
        of_those = any(words[i] == "of" and words[i + 1] in _DEFINITE for i in range(len(words) - 1))
        if not of_those and not self._among_those(draft):
            return self._part_of_total(draft)
        place = self._places[id(draft)]
        before = self.drafts[max(0, place - _BEFORE) : place]
        called = [d for d in before if d.operator and self._called_alike(draft, d)]
        if called:
            return called[-1].operator
        for other in reversed(before):
            near = self.view.sentence_of[draft.first] - self.view.sentence_of[other.first] < _SENTENCES
            if near and other.thing.category == draft.thing.category:
                return other.operator
        return ""

    def _part_of_total(self, draft: Draft) -> str:
        """Whose the total is that a colon or dash divides into parts: "nine vehicles were hit: four lorries, …"."""
        place = self._places[id(draft)]
        for other in reversed(self.drafts[max(0, place - _BEFORE) : place]):
            between = self.view.text[other.end : draft.start]
            if ";" in between or self.view.sentence_of[other.head] != self.view.sentence_of[draft.first]:
                return ""
            parted = _PARTING.search(between)
            if parted and (other.low or 0) >= (draft.low or 0) and other.thing.category == draft.thing.category:
                return other.operator
        return ""

    def _called_alike(self, draft: Draft, other: Draft) -> bool:
        """Whether the last word of both is one name: "one of the Ospreys" after "four MV-22B Ospreys"."""
        last, name = self.view.words[other.head], self.view.words[draft.head]
        return name[0].isupper() and last.removesuffix("s") == name.removesuffix("s")

    def _among_those(self, draft: Draft) -> bool:
        """Whether they are some of those just counted: "180 prisoners, nine officers among them", "including nine"."""
        text = self.view.text
        ahead = text[max(0, draft.start - _PHRASE) : draft.start]
        return bool(_PART_OF.search(ahead) or _PART_BEHIND.match(text, draft.end))

    def titled(self, draft: Draft) -> str:
        """For a count in the title, the operator of the same number of such things in the text."""
        end = self.view.text.find("\n")
        if end < 0 or draft.start >= end:
            return ""
        return next((other.operator for other in self._told_again(draft, end)), "")

    def same_name(self, draft: Draft) -> str:
        """The operator of things of the same name elsewhere: the nearest before, else the nearest after."""
        return self._elsewhere(draft, draft.thing.item.lower(), after=True)

    def same_sort(self, draft: Draft) -> str:
        """The operator of things of the same sort before."""
        return self._elsewhere(draft, draft.thing.key, after=False)

    def _elsewhere(self, draft: Draft, key: str, *, after: bool) -> str:
        known = self._known.get(key)
        if not known or key in self.lists.anybodys:
            return ""
        place = bisect_left(known, (draft.start, ""))
        if draft.thing.entry is None:
            agreed = (
                len(self._names[key]) == 1 or len({name for _, name in known[max(0, place - _LATELY) : place]}) == 1
            )
            people = draft.thing.category == "personnel" and draft.thing.fielded
            if not agreed or (self.sides.suffers(draft) and not people):
                return ""
        if place:
            return known[place - 1][1]
        return known[0][1] if after and draft.thing.entry is not None else ""

    def of_type(self, draft: Draft) -> str:
        """The only nation that flies the type and is named in the text."""
        entry = draft.thing.entry
        if entry is None or not entry.nations:
            return ""
        if draft.thing.category == "munition" and self.owners.main not in ("", *entry.nations):
            return ""  # who carries it is not who made it
        named = [n for n in entry.nations if self.owners.nations.get(n)]
        if len(named) > 1 and self.owners.main in named:
            named = [self.owners.main]
        if len(named) > 1:
            named = [n for n in named if n in self.owners.military]
        return named[0] if len(named) == 1 else ""

    def subject(self, draft: Draft, holders: Holders) -> str:
        """The nation or service that acts in this sentence or the one before, in the same paragraph.

        Args:
            draft: The candidate.
            holders: Says who the subject of the clause is.
        """
        frame = draft.frame
        speaks = frame is not None and frame.subject >= 0 and self.view.words[frame.subject].lower() in ("we", "i")
        taken = frame is not None and frame.role == "object" and draft.what in self.lists.cleared
        seen = (
            frame is not None
            and frame.role == "passive"
            and (draft.what == "observed" or (draft.thing.category == "munition" and draft.what in self.lists.cleared))
        )
        met = frame is not None and frame.link in _MET
        if speaks or taken or seen or met or self.crowd(draft) or self.sides.suffers(draft):
            return ""
        view = self.view
        number = view.sentence_of[draft.first]
        if frame is not None and frame.role == "object" and frame.subject >= 0:
            reports = view.words[frame.verb].lower() in self.owners.words.speaking
            name = "" if reports or self._taken(draft) else holders.who(frame.subject, companies=True)
            if name and any(o.name == name and o.kind != "company" for o in self.owners.all):
                return name
        for sentence in (number, number - 1):
            if sentence < 0 or (sentence < number and self.agents.acts(draft)):
                break
            begin, end = view.sentences[sentence]
            begin = max(begin, draft.first - _FAR)
            if "\n" in view.text[view.starts[begin] : draft.start].strip():
                break
            owners = [
                o
                for o in self.owners.between(begin, min(end, draft.first))
                if self.agents.is_subject(o) and o.name and view.tags[o.end - 1] != "JJ" and not self.agents.reports(o)
            ]
            if owners:
                return owners[-1].name
        return ""

    def _taken(self, draft: Draft) -> bool:
        """Whether they were somebody else's: seized, recovered, defused."""
        frame = draft.frame
        taken = draft.what in self.lists.cleared or draft.what in self.lists.captured
        return taken and frame is not None and frame.role in ("object", "passive")

    @cached_property
    def _speakers_nation(self) -> str:
        return speakers_nation(self.owners)

    def about(self, draft: Draft) -> str:
        """The nation whose forces the text is about."""
        return self._its(self.owners.sure_main, draft)

    def headline(self, draft: Draft) -> str:
        """The only nation that the title names."""
        return self._its(titles_owner(self.owners), draft)

    def _its(self, main: str, draft: Draft) -> str:
        """The nation, where it may have such things and nobody else is likelier to."""
        category = draft.thing.category
        arrives = draft.frame is not None and draft.frame.role in ("subject", "passive")
        if draft.thing.key in self.owners.words.armed:
            return ""
        if (category == "munition" and arrives) or self._taken(draft):
            return ""  # whoever fired them, or had them
        if self._speakers_nation and draft.thing.entry is None:
            main = self._speakers_nation
        elif (
            draft.thing.entry is None
            and (draft.low or draft.high or 0) >= _MANY
            and any(d.nobodys and d.thing.category == category for d in self.drafts)
        ):
            return ""
        if not main or self.crowd(draft) or self.sides.suffers(draft) or draft.thing.key in self.lists.anybodys:
            return ""
        entry = draft.thing.entry
        if entry is not None and main not in entry.nations and draft.thing.category == "aircraft":
            return ""
        return main

    def crowd(self, draft: Draft) -> bool:
        """Whether the sentence speaks of many parties at once: an exercise and all that takes part."""
        if draft.thing.entry is not None or draft.thing.category == "munition":
            return False
        view = self.view
        begin, end = view.sentences[view.sentence_of[draft.first]]
        if self._speaks_of_many(max(begin, draft.first - _FAR), min(end, draft.first + _FAR)):
            return True
        after = [w.lower() for w in view.words[draft.head + 1 : min(end, draft.head + _NEXT)]]
        return self._speaks_of_many(0, len(view)) and any(a in _TAKING and b == "part" for a, b in pairwise(after))

    def _speaks_of_many(self, first: int, end: int) -> bool:
        """Whether these tokens name an exercise or speak of those who take part in one."""
        known = self._crowds.get((first, end))
        if known is None:
            words = {word.lower() for word in self.view.words[first:end]}
            known = not words.isdisjoint(self.lists.gatherings) or any(self._is_exercise(i) for i in range(first, end))
            self._crowds[first, end] = known
        return known

    def _is_exercise(self, token: int) -> bool:
        mentions = self.owners.mentions
        mention = mentions.mention_at(token)
        if mention is None or mention.type != "EVENT":
            return False
        entry = mentions.info(mention)
        return (entry is not None and entry.kind == "exercise") or "xercise" in mention.text


_PHRASE: Final = 40
_PART_OF: Final = re.compile(
    r"\b(?:including|(?:among|amongst|of) (?:them|whom|which|these))(?: (?:at least|about|some))?,? $"
)
_PART_BEHIND: Final = re.compile(r",? (?:among|amongst|of) (?:them|whom|which|these)\b")
_MET: Final = frozenset({"against", "at", "near", "off", "around"})
_PARTING: Final = re.compile(r":\s|\s[–—-]{1,2}\s")
_DEFINITE: Final = frozenset({"the", "these", "those"})
_BEFORE: Final = 4
_SENTENCES: Final = 3
_TAKING: Final = frozenset({"take", "takes", "taking", "took", "taken"})
_NEXT: Final = 12
_JOINING: Final = re.compile(
    r"[\s,;&/]*(?:(?:and|or|plus|as well as|along with|together with|accompanied by|escorted by|"
    r"with|while|"
    r"in addition to|including|namely|among them|comprising|up from)[\s,]*)*"
    r"(?:the|a|an|another|also|two|up to|more than)?[\s]*$",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"\([^)]*\)|^\s(?:from|of|in|at|on|out of|aboard)\s[^,;.]*(?=,|\sand\s)")
_ALONG: Final = re.compile(r"\b(?:along|together) with|accompanied|escorted|as well as|in addition")
_MANY: Final = 25
"""From here on a bare noun may be the total of all parties, in a text that has given one."""
_LATELY: Final = 20
"""Counts of the same noun that must agree on whose it is, where not all of the text does."""
_FAR: Final = 150
"""Tokens of a very long sentence that are looked at."""
