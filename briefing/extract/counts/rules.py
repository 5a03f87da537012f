"""The count rules: which numbers count which things.

Operators are assigned by :mod:`~briefing.extract.counts.operators`.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Final

from briefing.extract.counts.candidates import Bench, Draft
from briefing.extract.counts.counted_phrase import Group
from briefing.extract.counts.displaced import Linked
from briefing.extract.counts.hyphenated import Formations
from briefing.extract.counts.item_typing import Thing
from briefing.extract.counts.non_counts import is_label, is_rate, is_share
from briefing.extract.counts.numerals import Number, find_numbers, may_start
from briefing.extract.lexicon.countable_nouns import PLATFORMS
from briefing.extract.rule import Rule
from briefing.model.base import Confidence


@dataclass(frozen=True, slots=True)
class Site:
    """A number to read: its index among the numbers of the text, and the first token behind it."""

    place: int
    number: Number
    token: int


class Finder:
    """Finds the counts of one document that have a number of their own."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.lists = bench.lists
        self.view = bench.view
        self.reader = bench.reader
        self.formations = Formations(bench)
        self.linked = Linked(bench)

    def find(self) -> list[Draft]:
        """Leave the drafts on the bench, in order of their place, and return them."""
        view, bench = self.view, self.bench
        starts = [start for start, word in zip(view.starts, view.words, strict=True) if may_start(word)]
        bench.numbers = list(find_numbers(view.text, starts, bench.lists))
        rules = [rule for rule in FINDING if rule.name not in bench.without]
        for place, number in enumerate(bench.numbers):
            if not is_label(bench, number):
                self._ask(rules, Site(place, number, bisect_left(view.starts, number.end)))
        bench.rule = BRACKETED
        if BRACKETED not in bench.without:
            self.linked.bracketed()
        bench.drafts.sort(key=lambda d: (d.start, d.end))
        return bench.drafts

    def _ask(self, rules: "list[FindingRule]", site: Site) -> None:
        """Ask the rules in order until one knows what the number is."""
        for rule in rules:
            self.bench.rule = rule.name
            if rule.apply(self, site):
                return

    def tied(self, site: Site) -> bool:
        """Read a number that a hyphen ties to what follows; no other rule looks at it."""
        if self.formations.tied(site.number):
            self.formations.compound(site.number)
            return True
        return False

    def direct(self, site: Site) -> bool:
        """Read "six corvettes": the noun behind the number."""
        number = site.number
        token = self._past_aside(number, site.token)
        if token >= len(self.view) or self.bench.far(number, token):
            return False
        many = not number.one
        group = self.reader.right(token, many=many)
        thing = self.bench.thing(group, many=many) if group is not None else None
        if group is not None and thing is None and (shorter := self.reader.shorter(group)) is not None:
            group, thing = shorter, self.bench.things.of(shorter)
        if group is None or thing is None:
            return False
        group, thing = self._typed_behind(group, thing)
        if thing.key == "fighter" and thing.category == "aircraft" and (number.low or 0) >= _ARMY:
            thing = replace(thing, category="personnel")
        one = number.low == number.high == 1
        if one and (self._speaks(number.start, group, thing) or self._one_among(number, token, thing)):
            return True
        if thing.key == "escort" and any(
            w.lower() in self.lists.conducting for w in self.view.words[max(0, token - 6) : token]
        ):
            return True
        if one and thing.category == "other" and not thing.fielded and self._is_place(number):
            return True
        daily = self.view.words[group.head + 1 : group.head + 2] == ["daily"] and thing.entry is not None
        if (is_rate(self.bench, group.head + 1) and not daily) or (
            thing.category == "personnel" and is_share(self.bench, number)
        ):
            return True
        confidence: Confidence = "high" if thing.sure else "medium"
        self.bench.add(number, number.start, group.end, thing, group.head, "direct", confidence)
        return True

    def _typed_behind(self, group: Group, thing: Thing) -> tuple[Group, Thing]:
        """The type that stands behind the noun: "two missile carriers Tu-160", "four aircraft of the F-16 type"."""
        view, i = self.view, group.head + 1
        if thing.entry is not None or thing.category not in PLATFORMS or i >= len(view):
            return group, thing
        of_type = view.words[i] == "of" and i + 4 <= len(view) and view.words[i + 1] in ("the", "type")
        i = i + 2 if of_type else i
        mention = self.reader.mention_of(i)
        if mention is None or (not of_type and not any(c.isdigit() for c in mention.text)):
            return group, thing
        last = self.bench.mentions.spans[self.bench.mentions.at[i]][1] - 1
        after = view.words[last + 1].lower() if last + 1 < len(view) else ""
        if of_type and view.words[i - 1] == "the" and after != "type":
            return group, thing
        behind = Group(i, last, view.ends[last])
        typed = self.bench.things.of(behind)
        if (
            typed is None
            or typed.category not in PLATFORMS
            or (not of_type and view.tags[last + 1 : last + 2] == ["NNS"])
        ):
            return group, thing
        if of_type:
            return group, replace(typed, category=thing.category)
        return Group(group.first, last, view.ends[last]), typed

    def _is_place(self, number: Number) -> bool:
        """Whether it is where something happens: "at one hospital"."""
        view = self.view
        first = view.token_at(number.start)
        return first > 0 and view.words[first - 1].lower() in ("at", "in", "near", "outside", "inside")

    def _past_aside(self, number: Number, token: int) -> int:
        """Past the dash that closes an aside: "nearly -- say 200 -- missiles"."""
        view = self.view
        if token + 1 < len(view) and view.words[token] in _ASIDE:
            first = view.token_at(number.start)
            if any(view.words[i] == view.words[token] for i in range(max(0, first - 6), first)):
                return token + 1
        return token

    def _one_among(self, number: Number, token: int, thing: Thing) -> bool:
        """Whether it says what something already named belongs to: "is one of 18 B-17s", "Ms Lee, one of his aides"."""
        view = self.view
        first = view.token_at(number.start)
        before = view.words[first - 1].lower() if first else ""
        if view.words[token] != "of":
            return False
        return before in _BEING or (not thing.fielded and before in (",", "–", "—", "as", "became", "become"))

    def _speaks(self, start: int, group: Group, thing: Thing) -> bool:
        """Whether it is who speaks, which is not counted: "one official said"."""
        view = self.view
        if thing.category != "personnel" or thing.fielded:
            return False
        after = view.words[group.head + 1].lower() if group.head + 1 < len(view) else ""
        first = view.token_at(start)
        before = view.words[first - 1].lower() if first else ""
        if first > 1 and view.tags[first - 1] in ("VBD", "VBZ") and view.words[first - 2] in _CLOSING:
            return True
        return after in self.lists.saying or before in self.lists.saying or before == "to"

    def shared(self, site: Site) -> bool:
        """Read "nine Dutch and ten Swiss jets": the noun stands with the second number."""
        place, number = site.place, site.number
        if place + 1 >= len(self.bench.numbers):
            return False
        follow = self.bench.numbers[place + 1]
        between = self.view.text[number.end : follow.start]
        match = _SHARED.fullmatch(between)
        if match is None or number.further:
            return False
        if match["own"].strip() in ("", None) and number.digits and not number.hedged:
            return False
        group = self.reader.right(bisect_left(self.view.starts, follow.end), many=not follow.one)
        thing = self.bench.thing(group, many=not follow.one) if group else None
        if thing is None:
            return False
        own = match["own"].rstrip()
        end = number.end + len(own)
        head = self.view.token_at(end - 1)
        if own and (own.endswith(("s", "men")) or self.bench.items.find([own.split()[-1].lower()])):
            return False
        if own and self.reader.mention_of(head) is not None:
            return False
        self.bench.add(number, number.start, end, thing, head, "direct" if own else "elided", "medium")
        return True


_ARMY: Final = 1000
"""So many fighters are men."""
_CLOSING: Final = frozenset({"”", '"', "’", "''", "'"})
_ASIDE: Final = frozenset({"--", "—", "–"})
_BEING: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_SHARED: Final = re.compile(r"(?P<own>\s(?:[A-Z][\w.-]+\s)?[A-Z][\w.-]+|),?\s(?:and|or)\s")


FindingRule = Rule[[Finder, Site], bool]
FINDING: Final[tuple[FindingRule, ...]] = (
    Rule(
        "hyphened", Finder.tied, "high",
        (("A 3,000-strong brigade is moving north.", "3000 personnel"),
         ("The base sent up a four-ship of F-15Cs.", "4 F-15C"),
         ("A 40-vehicle convoy left the border.", "40 vehicle")),
    ),
    Rule(
        "each", lambda f, s: f.formations.each(s.number, s.token), "high",
        (("Two each of the F-15C and F-15E took part.", "2 F-15C"),),
    ),
    Rule(
        "strong", lambda f, s: f.formations.strong(s.number, s.token), "high",
        (("The garrison, about 700 strong, held out.", "700 personnel"),),
    ),
    Rule(
        "shared", Finder.shared, "medium",
        (("Nine Dutch and ten Swiss jets joined.", "9 jet"),),
    ),
    Rule(
        "direct", Finder.direct, "high",
        (("Six corvettes left Tartus at dawn.", "6 corvette"),
         ("Some 24K troops are dug in along the river.", "24000 troops"),
         ("Seven of the drones turned back.", "7 drone")),
    ),
    Rule(
        "behind", lambda f, s: f.linked.behind(s.number, s.token), "high",
        (("J-16 fighters x 6 crossed the line.", "6 J-16"),
         ("Losses so far:\nTanks: 12\nArmoured vehicles: 31\n", "12 tank"),
         ("The number of shells delivered to the front now totals 6,602.", "6602 shell")),
    ),
    Rule(
        "casualties", lambda f, s: f.linked.casualties(s.number, s.token), "medium",
        (("Seventy-one killed, 12 wounded.", "71 person"), ("The blast killed 17.", "17 person")),
    ),
)  # fmt: skip
"""How a number finds its noun, in the order in which the rules are asked."""
BRACKETED: Final = "bracketed"
