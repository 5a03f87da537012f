"""Operator candidates: nations, services, armed groups, airlines, each under the name it gives an operator.

A ministry or a command stands for its nation, a unit for its service.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from typing import Final

from briefing.extract.counts import operator_bodies
from briefing.extract.counts.numerals import may_start
from briefing.extract.counts.operator_bodies import Owner
from briefing.extract.counts.owner_words import OwnerWords
from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.lexicon import Entry
from briefing.extract.lexicon.word_lists import one_of
from briefing.extract.nlp.token_columns import View
from briefing.model.facts import Mention

_OWNERS: Final = frozenset({
    "nation", "service", "forces", "group", "agency", "unit", "command", "coalition", "alliance",
})  # fmt: skip
_FOR_NATION: Final = frozenset({
    "ministry", "government", "legislature", "command", "alliance",
})  # fmt: skip
_OFTEN_SHARED: Final = frozenset({"unit", "command", "ministry", "agency", "government", "legislature"})
"""Kinds of bodies whose names, as "2nd Fleet" and "Ministry of Defence", belong to several nations."""
_BESIDE: Final = re.compile(r"\s(?:in|at|of)\s(?:the\s)?|,\s(?:in\s)?|\s\(")
_WHERE: Final = frozenset({"in", "to", "into", "from", "across", "for", "near", "at", "over"})
_SHIP_WORDS: Final = 4
_NUMBERED: Final = re.compile(r" \d+$")
_CLEARLY: Final = 1.5
_SHARE: Final = 0.33
_MAINLY: Final = 0.55
_DESIGNATOR: Final = re.compile(r"[A-Z]{2,6} \d{1,4}")
"""A unit by letters and number: "INAS 300"."""
_SERIAL: Final = re.compile(r"[A-Z]{1,3}-?\d{2,5}")
"""A single aircraft's or ship's own number."""


class Owners:
    """The operator candidates of one document, in order."""

    def __init__(self, view: View, mentions: Mentions, words: OwnerWords) -> None:
        self.view = view
        self.mentions = mentions
        self.words = words
        self.lists = mentions.lexicon.lists.counts
        self.home = ""
        self.platforms: frozenset[str] = frozenset()
        """Last words of aircraft and ships, in the singular."""
        self._written: dict[str, str] = {}
        self._ships: dict[str, str] = {}
        """Names of ships to the nation that the text gives them: "the Italian frigate Fasan"."""
        self.services: list[tuple[str, str]] = []
        """(name, nation) of every armed service or group the text names."""
        self.all = self._with_bodies([self._owner(*one) for one in self._named()])
        self._nations_of = {o.name: o.nation for o in reversed(self.all)}
        self.firsts = [o.first for o in self.all]
        self.nations = Counter(o.nation for o in self.all if o.nation)
        ships = [
            self.of_ship(first) for m, (first, _) in zip(mentions.all, mentions.spans, strict=True) if m.type == "SHIP"
        ]
        self.nations.update(nation for nation in ships if nation)
        self.military = {o.nation for o in self.all if o.nation and o.kind in ("service", "forces", "unit", "command")}
        self.military |= {o.nation for o in self.all if o.kind == "ministry"} | {nation for nation in ships if nation}
        ranked = self.nations.most_common(2)
        clear = bool(ranked) and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1])
        clear = clear and ranked[0][1] >= _SHARE * self.nations.total()
        self.leading = ranked[0][0] if clear else ""
        """The nation with clearly more mentions than any other, or an empty string."""
        self._learn_ships()

    def is_place(self, owner: Owner) -> bool:
        """Whether a nation's name only says where or whither: "deployed to Lebanon", "killed in Mali"."""
        words, first = self.view.words, owner.first
        before = words[first - 1 - (words[first - 1] == "the")].lower() if first > 1 else ""
        return owner.kind == "nation" and before in _WHERE and words[owner.end : owner.end + 1] not in (["'s"], ["’s"])

    def is_maker(self, owner: Owner) -> bool:
        """Whether a mention says who built or backs the thing: "Chinese-made", "ex-Russian"."""
        return operator_bodies.is_maker(self.view, self.mentions, owner)

    def _named(self) -> list[tuple[int, Mention, Entry | None, str]]:
        """The mentions that can own something, each with its number, entry and kind; services are noted."""
        groups = operator_bodies.armed_groups(self.view, self.mentions)
        raw: list[tuple[int, Mention, Entry | None, str]] = []
        for number, mention in enumerate(self.mentions.all):
            entry = self.mentions.info(mention)
            if str(mention.name) in groups:
                raw.append((number, mention, entry, "group"))
                continue
            if (
                mention.type == "PLACE"
                and (of := operator_bodies.group_in(self.mentions, str(mention.name))) is not None
            ):
                entry = of
            elif mention.type not in ("ORG", "NATION") and not (
                mention.type == "PLACE" and _NUMBERED.search(mention.name)
            ):
                continue
            kind = self._kind(mention, entry)
            if kind:
                raw.append((number, mention, entry, kind))
                if kind in ("service", "forces"):
                    self.services.append((str(mention.name), self._nation(mention, entry)))
        return raw

    def _with_bodies(self, named: list[Owner]) -> list[Owner]:
        """The owners with the bodies that are called by their role, and without the names inside those."""
        bodies = [
            *operator_bodies.bodies_by_role(self.mentions),
            *operator_bodies.capitals_that_act(self.view, self.mentions),
        ]
        inside = {i for body in bodies for i in range(body.first, body.end)}
        self.services += [(body.name, body.nation) for body in bodies if body.kind == "service"]
        return sorted([*(o for o in named if o.first not in inside), *bodies], key=lambda o: (o.first, o.end))

    def take_home(self, nation: str) -> None:
        """Set the text's own nation: its are the units and members of services of which nobody says whose they are."""
        self.home = nation
        if nation:
            self.all = [self._at_home(owner) for owner in self.all]
            self._nations_of = {o.name: o.nation for o in reversed(self.all)}

    def _at_home(self, owner: Owner) -> Owner:
        if owner.kind == "unit" and not owner.name:
            return replace(owner, name=self.home, nation=self.home)
        if self.words.members.fullmatch(owner.name):
            name = self.service_named(self.home, "marine") if owner.name == "Marines" else self.home
            return replace(owner, name=name, nation=self.home)
        return owner

    def service_named(self, nation: str, domain: str) -> str:
        """A nation's service of a domain: as the text names it, else the lexicon's only one, else the nation.

        Args:
            nation: The nation.
            domain: Domain of the service, such as ``aircraft``.
        """
        pattern = self.words.domains.get(domain)
        if pattern is None:
            return nation
        named = {name for name, of in self.services if of == nation and pattern.search(name)}
        if len(named) == 1:
            return named.pop()
        entries = self.mentions.lexicon.entries.values()
        known = [e.name for e in entries if e.kind == "service" and e.nation == nation and pattern.search(e.name)]
        return known[0] if len(known) == 1 else nation

    def _learn_ships(self) -> None:
        """Nations that stand a few words before a ship's name within its phrase."""
        view, ends = self.view, {o.end: o for o in self.all if o.nation}
        for mention, (first, _) in zip(self.mentions.all, self.mentions.spans, strict=True):
            if mention.type != "SHIP":
                continue
            i = first
            while i > max(0, first - _SHIP_WORDS) and i not in ends and view.tags[i - 1][:2] in ("NN", "JJ", "HY"):
                i -= 1
            if i in ends and i < first and not view.text.startswith("-", view.ends[i - 1]):
                self._ships.setdefault(str(mention.name), ends[i].nation)

    def ships(self) -> list[tuple[int, str]]:
        """First token and nation of every ship the text names whose nation is known, in order."""
        spans = zip(self.mentions.all, self.mentions.spans, strict=True)
        named = [(first, self.of_ship(first)) for m, (first, _) in spans if m.type == "SHIP"]
        return [(first, nation) for first, nation in named if nation]

    def is_nation(self, name: str) -> bool:
        """Whether an owner is a nation."""
        return bool(self.mentions.lexicon.nation(name))

    def nation_of(self, name: str) -> str:
        """The nation of an owner by its name; a nation is its own."""
        return self._nations_of.get(name, "")

    @property
    def main(self) -> str:
        """The leading nation, when the text names its forces; else empty."""
        return self.leading if self.leading in self.military else ""

    @property
    def sure_main(self) -> str:
        """The main nation, where it has more mentions than all others together; else empty."""
        return self.main if self.nations[self.main] >= _MAINLY * self.nations.total() else ""

    def of_ship(self, token: int) -> str:
        """The nation of a ship's name at a token: "HMS Bulwark" has three helicopters."""
        mention = self.mentions.mention_at(token)
        if mention is None or mention.type != "SHIP":
            return ""
        entry = self.mentions.info(mention)
        if nation := self._ships.get(str(mention.name), ""):
            return nation
        for written in (mention.text, mention.name):
            nation = self.words.prefixes.get(str(written).partition(" ")[0].rstrip("."), "")
            if nation and not (entry and entry.nation):
                return nation
        return entry.nation if entry else ""

    def between(self, first: int, end: int, *, companies: bool = False) -> list[Owner]:
        """Candidates that begin in a range of tokens, in order.

        Args:
            first: First token.
            end: The token after the last.
            companies: Whether companies are candidates too.
        """
        found = self.all[bisect_left(self.firsts, first) : bisect_left(self.firsts, end)]
        return found if companies else [o for o in found if o.kind != "company"]

    def _kind(self, mention: Mention, entry: Entry | None) -> str:
        """Kind of candidate that a mention is; empty for a maker, a news agency, a party."""
        name = str(mention.name)
        if mention.type == "PLACE" and entry is not None and entry.kind == "group":
            return "group"
        if mention.type in ("NATION", "PLACE"):
            known = entry is not None and entry.kind == "nation"
            return "nation" if known or self._trimmed(name) else ""
        if entry is not None and entry.kind:
            if entry.kind in _OWNERS or entry.kind in _FOR_NATION:
                return entry.kind
            firm = entry.kind == "company"
            if not firm and entry.kind not in ("international", "body"):
                return ""
            return "airline" if firm and re.search(r"\b(?:Airlines?|Airways|Air)\b", name) else "company"
        if _DESIGNATOR.fullmatch(name):
            return "unit"
        if _SERIAL.fullmatch(name) and not self.words.service_of_unit(name):
            return ""
        if (
            self.words.unit_name.search(name)
            or self.words.nation_of_unit(name)
            or re.match(r"\d+(?:st|nd|rd|th)?\b", name)
        ):
            return "unit"
        if re.search(r"\b(?:Airlines?|Airways|Air [A-Z][a-z]+)$", name):
            return "airline"
        if re.search(r"\b(?:Ministry|Department) of (?:National )?Defen[cs]e|Defen[cs]e (?:Ministry|Department)", name):
            return "ministry"
        return "service" if self.words.owner_name.search(name) else "company"

    def _nation(self, mention: Mention, entry: Entry | None) -> str:
        if mention.type == "PLACE" and entry is not None and entry.kind == "group":
            return ""
        if mention.type in ("NATION", "PLACE"):
            return self._trimmed(str(mention.name)) or str(mention.name)
        if entry is not None and entry.nation:
            return entry.nation
        lexicon = self.mentions.lexicon
        words = str(mention.name).split()
        for size in (1, 2):
            if nation := lexicon.nation(" ".join(words[:size])):
                return nation
        return lexicon.nation(str(mention.text).split()[0].removesuffix("'s").removesuffix("’s"))

    def _trimmed(self, name: str) -> str:
        """The nation in a name that took in a word too many: "grey German", "South Korea 4"; or an empty string."""
        lexicon, words = self.mentions.lexicon, name.split()
        return lexicon.nation(name) or lexicon.nation(" ".join(words[1:])) or lexicon.nation(" ".join(words[:-1]))

    def _owner(self, number: int, mention: Mention, entry: Entry | None, kind: str) -> Owner:
        first, end = self.mentions.spans[number]
        if end - first > 1 and _NUMBERED.search(str(mention.name)) and mention.type == "PLACE":
            end -= 1
        nation = "" if kind == "group" else self._nation(mention, entry)
        name = self._name(mention, kind)
        if entry is not None and kind in _OFTEN_SHARED and (home := self._home(number, entry)) is not None:
            return Owner(number, first, end, home, home, kind)
        if kind == "unit" or (kind == "command" and self.words.unit_name.search(name)):
            nation = nation or self.words.nation_of_unit(str(mention.name))
            own = self._of_service(name)
            told = entry is not None and (not nation or any(entry.parent == service for service, _ in self.services))
            parent = entry.parent if entry is not None and told else ""
            name = self._service_behind(number) or own or parent or self._service_like(name, nation)
            nation = nation or self._nation_of(name)
            name = name or nation
        elif (
            kind in _FOR_NATION
            or kind == "nation"
            or (kind in ("service", "forces") and one_of(self.lists.as_a_whole, " ", "$").search(str(mention.text)))
        ):
            name = nation or (name if kind in ("alliance", "service", "forces") else "")
        return Owner(number, first, end, name, nation, kind)

    def _home(self, number: int, entry: Entry) -> str | None:
        """The nation of a body whose bare name several nations have, by the place beside it.

        Empty where only a place in the same sentence speaks against the nation that the lexicon knows, and nothing in
        the text for it; None where that nation stands.
        """
        mention = self.mentions.all[number]
        lexicon = self.mentions.lexicon
        if not entry.nation or any(lexicon.nation(word.strip("'’s.,")) for word in str(mention.text).split()):
            return None
        follow = self.mentions.all[number + 1] if number + 1 < len(self.mentions.all) else None
        if follow is not None and _BESIDE.fullmatch(self.view.text[mention.end : follow.start]):
            beside = self._stands_in(follow)
            if beside and beside != entry.nation:
                return beside
        if entry.nation in self._named_nations(number):
            return None
        sentence = self.view.sentence_of[self.mentions.spans[number][0]]
        for other, (first, _) in zip(self.mentions.all, self.mentions.spans, strict=True):
            if other.type == "PLACE" and self.view.sentence_of[first] == sentence:
                nation = self._stands_in(other)
                if nation and nation != entry.nation:
                    return ""
        return None

    def _stands_in(self, mention: Mention) -> str:
        """The nation that a place lies in, or that a nation's name says."""
        if mention.type not in ("PLACE", "NATION"):
            return ""
        entry = self.mentions.info(mention)
        return entry.nation if entry else str(mention.name) if mention.type == "NATION" else ""

    def _named_nations(self, but: int) -> set[str]:
        """The nations of which any other mention speaks, ships' prefixes included."""
        own = str(self.mentions.all[but].name)
        found = {self.words.prefixes.get(word, "") for word in self.view.words if word.isupper()}
        for mention in self.mentions.all:
            entry = self.mentions.info(mention)
            if str(mention.name) != own and entry is not None:
                found.add(entry.nation)
        return found

    def _name(self, mention: Mention, kind: str) -> str:
        """The name without article or number; an armed group's as this text writes it most often."""
        name = str(mention.name)
        if kind == "group":
            if name not in self._written:
                written = Counter(str(m.text) for m in self.mentions.all if m.name == mention.name)
                self._written[name] = written.most_common(1)[0][0]
            name = self._written[name]
        first, _, rest = name.partition(" ")
        return rest if rest and (first in ("The", "the") or (first.isalpha() and may_start(first))) else name

    def _service_behind(self, number: int) -> str:
        """The body behind a unit's name: "128th Air Refueling Wing, Wisconsin Air National Guard"."""
        mentions = self.mentions
        end = mentions.all[number].end
        for follow in mentions.all[number + 1 : number + 3]:
            between = self.view.text[end : follow.start]
            if not re.fullmatch(r",?\s(?:of\s)?(?:the\s)?|\s\(|,\s", between):
                return ""
            follow_name = str(follow.name)
            if (
                follow.type == "ORG"
                and self.words.owner_name.search(follow_name)
                and not self.words.unit_name.search(follow_name)
            ):
                return follow_name
            if follow.type not in ("ORG", "PLACE"):
                return ""
            end = follow.end
        return ""

    def _of_service(self, unit: str) -> str:
        """The service that alone has units of such a name, as the text calls it."""
        service = self.words.service_of_unit(unit)
        if not service:
            return ""
        entry = self.mentions.lexicon.entry(service)
        nation = entry.nation if entry else ""
        domain = next((pattern for pattern in self.words.domains.values() if pattern.search(service)), None)
        named = (name for name, of in self.services if of == nation and domain is not None and domain.search(name))
        return next(named, service)

    def _service_like(self, unit: str, nation: str) -> str:
        """The service in the text to which a unit of such a name belongs: the most frequent, the one named first."""
        if "Joint" in unit or "Combined" in unit:
            return nation
        if _DESIGNATOR.fullmatch(unit):
            home = nation or self._leading_in_services()
            named = Counter(name for name, of in self.services if of == home).most_common(1)
            return named[0][0] if named else nation
        if not nation and len({of for _, of in self.services if of}) > 1:
            return ""
        domain = "aircraft" if self.words.squadrons.search(unit) else "vehicle"
        domain = "ship" if self.words.maritime.search(unit) else domain
        pattern = self.words.domains[domain]
        services = (name for name, of in self.services if (not nation or of == nation) and pattern.search(name))
        found = Counter(services).most_common(1)
        return found[0][0] if found else nation

    def _leading_in_services(self) -> str:
        """The nation of most services named so far, or an empty string."""
        found = Counter(of for _, of in self.services if of).most_common(1)
        return found[0][0] if found else ""

    def _nation_of(self, service: str) -> str:
        known = next((of for name, of in self.services if name == service), "")
        entry = self.mentions.lexicon.entry(service)
        return known or (entry.nation if entry else "")
