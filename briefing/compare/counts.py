"""Counts of the same things: who gives the same number, who another, who none."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from briefing.compare.amounts import amount, compatible, relation, written
from briefing.compare.belonging import Belonging
from briefing.compare.contexts import Context, context
from briefing.compare.corpus import Claim, Corpus, Item
from briefing.compare.platforms import Thing, thing
from briefing.model.amounts import Amount
from briefing.model.amounts import relation as relations
from briefing.model.facts import Count
from briefing.model.statuses import gravest

_CONTRADICTING: Final = (0.1, 0.4)
"""Least likeness of their sentences for two numbers to contradict each other: of a type of aircraft, ship or vehicle,
and of a common noun, since sources count people and ships in many connections."""
_COMPATIBLE: Final = (0.0, 0.2)
"""The same for two numbers to mean one, as "more than 300" and 320 do."""
_EQUAL: Final = (0.0, 0.15)
"""The same for equal numbers; large ones are not equal by chance."""
_LARGE: Final = 20
_SAME_WORDS: Final = 1.0
_SAME_OPERATOR: Final = 0.25
_AT_ALL: Final = 0.01
_OPEN: Final = Amount(None, None)
_MENTIONED: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"})


class _Counted(NamedTuple):
    """One count of one source."""

    document: int
    fact: Count
    thing: Thing
    context: Context


@dataclass(slots=True)
class _Tally:
    """Counts that make one claim."""

    members: list[_Counted]
    documents: set[int] = field(default_factory=set)
    fitting: dict[Hashable, _Counted] = field(default_factory=dict)
    """Of the members that are one to :meth:`CountComparison._fit`, the first: a table may hold thousands of them."""
    telling: dict[Hashable, _Counted] = field(default_factory=dict)
    """Of the members that are one to :func:`_likeness`, the first."""

    def __post_init__(self) -> None:
        for member in self.members:
            fact = member.fact
            self.documents.add(member.document)
            self.fitting.setdefault((member.thing, fact.operator, member.context.fate), member)
            self.telling.setdefault((member.thing, fact.operator, fact.item, member.context.stems), member)

    def take(self, other: "_Tally") -> None:
        """Make the other's counts one's own."""
        self.members += other.members
        self.documents |= other.documents
        for own, others in ((self.fitting, other.fitting), (self.telling, other.telling)):
            for key, member in others.items():
                own.setdefault(key, member)
        other.members = []


class CountComparison:
    """Brings the counts of a corpus together: equal numbers first, then compatible ones, then contradicting ones."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._belonging = Belonging(corpus.documents)

    def claims(self) -> list[Claim]:
        """Every count in exactly one claim: agreed, different, or single where one source alone counts it."""
        families: dict[tuple[str, str], list[_Counted]] = defaultdict(list)
        for document in self._corpus.documents:
            for count in document.extraction.counts:
                what = thing(count.item, count.evidence)
                one = _Counted(document.number, count, what, context(document, count))
                families["" if what.typed else count.category, what.family].append(one)
        mentioned = self._mentioned()
        tallies = {key: self._tallies(families[key]) for key in sorted(families)}
        self._merge_nouns([tally for own in tallies.values() for tally in own])
        return [
            self._claim(tally, families[key], mentioned.get(key[1], {}))
            for key, own in tallies.items()
            for tally in own
            if tally.members
        ]

    def _tallies(self, family: Sequence[_Counted]) -> list[_Tally]:
        """The claims of one family of things."""
        tallies = self._equal(family)
        self._merge(tallies, self._compatibility)
        self._merge(tallies, self._contradiction)
        return [tally for tally in tallies if tally.members]

    def _equal(self, family: Sequence[_Counted]) -> list[_Tally]:
        """Counts of one number, of things, operators and fates that fit; the most exactly named ones first."""
        found: dict[tuple[int | None, int | None], list[_Tally]] = defaultdict(list)
        for one in sorted(family, key=_exactness):
            tallies = found[one.fact.low, one.fact.high]
            home = next((tally for tally in tallies if self._belongs(one, tally)), None)
            if home is None:
                tallies.append(_Tally([one]))
            else:
                home.take(_Tally([one]))
        return [tally for tallies in found.values() for tally in tallies]

    def _belongs(self, one: _Counted, tally: _Tally) -> bool:
        """Whether a count is of what the tally counts, said by a source that speaks of the same matter."""
        if self._corpus.related[one.document].isdisjoint(tally.documents):
            return False
        if not all(self._fit(one, member) for member in tally.fitting.values()):
            return False
        large = max(one.fact.low or 0, one.fact.high or 0) >= _LARGE
        return large or any(_likeness(one, member, _EQUAL) > 0 for member in tally.telling.values())

    def _fit(self, a: _Counted, b: _Counted) -> bool:
        """Whether two counts can be of the same things, whatever their numbers."""
        return (
            a.thing.fits(b.thing)
            and self._belonging.agree(a.fact.operator, b.fact.operator)
            and a.context.agrees(b.context)
        )

    def _merge(self, tallies: Sequence[_Tally], score: Callable[[_Tally, _Tally], float]) -> None:
        """Join tallies of different sources pair by pair, the best first; a source does not contradict itself."""
        pairs = [
            (value, a, b)
            for a, b in self._neighbours(tallies)
            if tallies[a].documents.isdisjoint(tallies[b].documents) and (value := score(tallies[a], tallies[b])) > 0
        ]
        for _, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            one, two = tallies[a], tallies[b]
            if one.members and two.members and one.documents.isdisjoint(two.documents) and score(one, two) > 0:
                one.take(two)

    def _neighbours(self, tallies: Sequence[_Tally]) -> Iterator[tuple[int, int]]:
        """Pairs of tallies whose sources speak of the same matter."""
        of: dict[int, list[int]] = defaultdict(list)
        for number, tally in enumerate(tallies):
            for document in tally.documents:
                of[document].append(number)
        for number, tally in enumerate(tallies):
            near = {other for document in tally.documents for other in self._corpus.related[document]}
            yield from sorted({(number, n) for other in near for n in of.get(other, ()) if n > number})

    def _compatibility(self, a: _Tally, b: _Tally) -> float:
        """How well two tallies of different but compatible numbers go together; 0 where they do not."""
        if not compatible(member.fact for tally in (a, b) for member in tally.members):
            return 0.0
        return self._kinship(a, b, _COMPATIBLE)

    def _contradiction(self, a: _Tally, b: _Tally) -> float:
        """How sure it is that two tallies of different numbers are about the same things; 0 where it is not."""
        if all(relation(x.fact, y.fact) != "different" for x in a.members for y in b.members):
            return 0.0
        return self._kinship(a, b, _CONTRADICTING)

    def _kinship(self, a: _Tally, b: _Tally, least: tuple[float, float]) -> float:
        """The best likeness of a count of the one and a count of the other, if all of them fit."""
        if not all(self._fit(x, y) for x in a.fitting.values() for y in b.fitting.values()):
            return 0.0
        return max(_likeness(x, y, least) for x in a.telling.values() for y in b.telling.values())

    def _merge_nouns(self, tallies: Sequence[_Tally]) -> None:
        """Join "two bombers" of one source with another's "two B-52H bombers", where one type only can be meant."""
        types: dict[int, list[int]] = defaultdict(list)
        for a, b in self._neighbours(tallies):
            for noun, typed in ((a, b), (b, a)):
                if self._means(tallies[noun], tallies[typed]):
                    types[noun].append(typed)
        for noun, found in types.items():
            if len(found) == 1 and tallies[noun].documents.isdisjoint(tallies[found[0]].documents):
                tallies[found[0]].take(tallies[noun])

    def _means(self, noun: _Tally, typed: _Tally) -> bool:
        """Whether a common noun can stand for a type that another source names, of which it gives the same number."""
        one, other = noun.members[0], typed.members[0]
        return (
            not one.thing.typed
            and other.thing.typed
            and one.thing.family in other.thing.nouns
            and relation(one.fact, other.fact) == "same"
            and self._belonging.agree(one.fact.operator, other.fact.operator)
        )

    def _mentioned(self) -> dict[str, dict[int, list[tuple[Thing, Item]]]]:
        """Types of aircraft, ships, vehicles and weapons by family and source, as the text names them."""
        found: dict[str, dict[int, list[tuple[Thing, Item]]]] = defaultdict(lambda: defaultdict(list))
        for document in self._corpus.documents:
            for mention in document.extraction.mentions:
                if mention.type in _MENTIONED:
                    what = thing(mention.name)
                    item = Item(document.number, mention.start, mention.end, mention.text.line())
                    found[what.family][document.number].append((what, item))
        return found

    def _claim(
        self, tally: _Tally, family: Iterable[_Counted], mentioned: dict[int, list[tuple[Thing, Item]]]
    ) -> Claim:
        """The claim of a tally; sources that name the type without any number say it less precisely."""
        items = [_item(one) for one in tally.members]
        counting = {one.document for one in family}
        near = {other for document in tally.documents for other in self._corpus.related[document]}
        for document in sorted(near - counting & mentioned.keys()):
            fitting = (item for what, item in mentioned.get(document, ()) if self._named(what, tally))
            items += [item for item in [next(fitting, None)] if item]
        several = len({item.document for item in items}) > 1
        amounts = {amount(one.fact) for one in tally.members} | ({_OPEN} if len(items) > len(tally.members) else set())
        status = gravest(["agree", *(relations(a, b) for a in amounts for b in amounts)]) if several else "single"
        return Claim("count", status, self._title(tally), sorted(items, key=lambda item: item[:4]))

    def _named(self, what: Thing, tally: _Tally) -> bool:
        return what.typed and all(what.fits(member.thing) for member in tally.fitting.values())

    def _title(self, tally: _Tally) -> str:
        """What is counted and whose it is, each by its most exact name."""
        items = sorted({one.fact.item for one in tally.members}, key=lambda item: (-len(item), item))
        operators = {one.fact.operator for one in tally.members if one.fact.operator}
        exact = sorted(operators, key=lambda name: (-len(self._belonging.chain(name)), name))
        return f"{items[0]}, {exact[0]}" if exact else items[0]


def _item(one: _Counted) -> Item:
    fact = one.fact
    return Item(one.document, fact.start, fact.end, written(fact), fact.low, fact.high, fact.approx)


def _exactness(one: _Counted) -> tuple[int, bool, int, int]:
    """Counts of the most exactly named things first."""
    return (-len(one.thing.variant), one.fact.operator is None, one.document, one.fact.start)


def _likeness(a: _Counted, b: _Counted, least: tuple[float, float]) -> float:
    """How surely two counts are of the same things; 0 where their sentences are less alike than ``least``.

    The two figures of ``least`` are for types and for common nouns. A type that both name alike needs no like sentence.
    """
    alike = a.context.likeness(b.context)
    same = a.thing.typed and a.fact.item.casefold() == b.fact.item.casefold()
    if alike < least[0 if a.thing.typed else 1] and not same:
        return 0.0
    operator = a.fact.operator is not None and a.fact.operator == b.fact.operator
    return _AT_ALL + alike + _SAME_WORDS * same + _SAME_OPERATOR * operator
