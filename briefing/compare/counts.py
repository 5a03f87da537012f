"""Claims of counts: counts of the same things within one event, with who gives which number, and who gives none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from briefing.compare.amounts import written
from briefing.compare.claims import Claim, Item
from briefing.compare.count_evidence import evidence, in_common, same_thing
from briefing.compare.counted import MENTIONED, Counted, as_in_models, counted, of_own_side
from briefing.compare.platforms import Thing, thing
from briefing.compare.predicates import EXCLUSIVE, fit
from briefing.model.amounts import Amount, fits

if TYPE_CHECKING:
    from briefing.compare.belonging import Belonging
    from briefing.compare.events import Events
    from briefing.compare.origins import Origins
    from briefing.compare.reports import Report
    from briefing.model.facts import Count
    from briefing.model.safetext import SafeText

_WINDOW: Final = 60
"""To how many others of its kind a count is held: those with the nearest numbers."""


@dataclass(slots=True)
class Tally:
    """Counts that make one claim. ``kinds`` are members with different keys; ``voices`` what each asserter says."""

    members: list[Counted]
    kinds: list[Counted] = field(default_factory=list)
    voices: dict[tuple[int, str], set[Amount]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kinds = self.members[:1]
        for one in self.members:
            self.voices.setdefault((one.document, one.origin), set()).add(one.amount)

    def take(self, other: Tally) -> None:
        """Join another tally into this one."""
        self.members += other.members
        self.kinds += other.kinds
        for voice, amounts in other.voices.items():
            self.voices.setdefault(voice, set()).update(amounts)
        other.members, other.kinds, other.voices = [], [], {}


_VAGUE: Final = re.compile(
    r"\b(?:several|some|many|dozens\sof|scores\sof|numerous|multiple|various|a\s(?:few|handful|number|couple)\sof|few)\s"
    r"(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
"""Words for a number, where none is given."""


def count_claims(reports: Sequence[Report], events: Events, origins: Origins, belonging: Belonging) -> list[Claim]:
    """Put every count into exactly one claim: agreed, different, or single where one source alone counts it.

    Args:
        reports: The sources, in order of their numbers.
        events: The event of each place of a source.
        origins: Keys of who claims go back to.
        belonging: Affiliations of operators.
    """
    found = [one for report in reports for one in counted(report, events, origins)]
    as_in_models(found, origins, events)
    of_own_side(found, belonging)
    families: dict[int, list[Counted]] = defaultdict(list)
    for one in found:
        families[one.event].append(one)
    tallies = [tally for key in sorted(families) for tally in _tallies(families[key], belonging)]
    mentioned = _mentioned(reports, events, origins)
    counting: dict[tuple[int, str], set[int]] = defaultdict(set)
    for one in found:
        counting[one.event, one.what.family].add(one.document)
    return [_claim(tally, belonging, mentioned, counting) for tally in tallies]


def _tallies(family: Sequence[Counted], belonging: Belonging) -> list[Tally]:
    """The claims of one event's counts: the surest pairs are joined first."""
    unique: dict[tuple[object, ...], list[Counted]] = defaultdict(list)
    for one in sorted(family, key=lambda one: (one.document, one.fact.start)):
        unique[one.key].append(one)
    groups = [Tally(members) for members in unique.values()]
    firsts = [tally.members[0] for tally in groups]
    home = list(range(len(firsts)))
    scored = ((evidence(firsts[a], firsts[b], belonging), a, b) for a, b in _pairs(firsts))
    for _, a, b in sorted((-round(value, 6), a, b) for value, a, b in scored if value >= 0):
        kept, gone = home[a], home[b]
        if kept == gone or not _joinable(groups[kept], groups[gone], belonging):
            continue
        groups[kept].take(groups[gone])
        home = [kept if number == gone else number for number in home]
    return [tally for tally in groups if tally.members]


def _pairs(firsts: Sequence[Counted]) -> Iterator[tuple[int, int]]:
    """Pairs of counts; where there are very many, of those with the nearest numbers and equal predicates."""
    if len(firsts) <= 2 * _WINDOW:
        yield from ((a, b) for a in range(len(firsts)) for b in range(a + 1, len(firsts)))
        return
    kinds: dict[object, list[int]] = defaultdict(list)
    for number, one in enumerate(firsts):
        kinds[one.doing.name].append(number)
        kinds["noun", one.path].append(number)
    seen: set[tuple[int, int]] = set()
    for numbers in kinds.values():
        numbers.sort(key=lambda n: (firsts[n].amount.low or -1, firsts[n].document))
        for place, a in enumerate(numbers):
            for b in numbers[place + 1 : place + 1 + _WINDOW]:
                pair = (a, b) if a < b else (b, a)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _joinable(a: Tally, b: Tally, belonging: Belonging) -> bool:
    """Whether no count of the one excludes a count of the other.

    One asserter does not give two numbers of the same thing in one source, unless it corrects itself.
    """
    for x in a.kinds:
        for y in b.kinds:
            if same_thing(x, y) <= 0 or fit(x.doing, y.doing) <= 0:
                return False
            other = belonging.exclude(_sure_operator(x.fact), _sure_operator(y.fact))
            if other and (x.what.typed or y.what.typed or _of_two_sides(x, y, belonging)):
                return False
    for voice in a.voices.keys() & b.voices.keys():
        for one in a.voices[voice]:
            if any(not (one.superseded or two.superseded or fits(one, two)) for two in b.voices[voice]):
                return False
    return True


def _of_two_sides(a: Counted, b: Counted, belonging: Belonging) -> bool:
    """Whether people of two nations are counted, as the dead of either side: neither is a figure for the other."""
    if a.fact.category != "personnel" or b.fact.category != "personnel":
        return False
    one, two = belonging.chain(a.fact.operator)[-1:], belonging.chain(b.fact.operator)[-1:]
    return one != two and belonging.is_nation(one) and belonging.is_nation(two)


def _sure_operator(fact: Count) -> SafeText | None:
    """Whose the counted are, unless that was only guessed: a guess keeps nothing apart."""
    return None if fact.confidence == "low" else fact.operator


def _mentioned(
    reports: Sequence[Report], events: Events, origins: Origins
) -> dict[tuple[int, str], dict[int, list[tuple[Thing, Item]]]]:
    """Types of aircraft, ships, vehicles and weapons by event and family, then by source, as the text names them."""
    found: dict[tuple[int, str], dict[int, list[tuple[Thing, Item]]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        for mention in report.extraction.mentions:
            if mention.type in MENTIONED and events.at(report.number, mention.start) == events.main(report.number):
                what = thing(mention.name)
                asserter = report.asserters.at(mention.start, mention.end)
                item = Item(
                    report.number, mention.start, mention.end, str(mention.text.line()),
                    asserted_by=report.asserters.as_written(asserter), origin_key=origins.of(report, asserter),
                    bare=not _VAGUE.search(report.text, max(0, mention.start - 30), mention.start),
                )  # fmt: skip
                found[events.at(report.number, mention.start), what.family][report.number].append((what, item))
    return found


def _claim(
    tally: Tally,
    belonging: Belonging,
    mentioned: dict[tuple[int, str], dict[int, list[tuple[Thing, Item]]]],
    counting: dict[tuple[int, str], set[int]],
) -> Claim:
    """The claim of a tally; sources that name the type without any number say it less precisely."""
    members = sorted(tally.members, key=lambda one: (one.document, one.fact.start))
    first = members[0]
    items = [_item(one, None if one is first else in_common(first, one)) for one in members]
    if first.what.typed:
        family = first.event, first.what.family
        items += _without_number(tally, mentioned.get(family, {}), counting[family])
    items.sort(key=lambda item: (item.document, item.start))
    people = any(one.fact.category == "personnel" and one.doing.name in EXCLUSIVE for one in tally.members)
    return Claim("count", _title(tally, belonging), items, first.event, tally=people)


def _without_number(tally: Tally, mentioned: dict[int, list[tuple[Thing, Item]]], counting: set[int]) -> Iterator[Item]:
    for document in sorted(mentioned.keys() - counting):
        for what, item in mentioned[document]:
            if what.typed and all(what.fits(member.what) for member in tally.members):
                yield item._replace(joined_by="same event, the type without a number")
                break


def _item(one: Counted, joined_by: str | None) -> Item:
    fact = one.fact
    return Item(
        one.document, fact.start, fact.end, written(fact), one.amount.low, one.amount.high, one.amount.approx,
        superseded=one.amount.superseded, origin_key=one.origin,
        asserted_by=one.report.asserters.as_written(one.asserter), joined_by=joined_by,
    )  # fmt: skip


def _title(tally: Tally, belonging: Belonging) -> str:
    """Title of a tally: item, operator and predicate, each by its most exact name."""
    items = sorted({str(one.fact.item) for one in tally.members}, key=lambda item: (-len(item), item))
    operators = {str(one.fact.operator) for one in tally.members if one.fact.operator}
    exact = sorted(operators, key=lambda name: (-len(belonging.chain(name)), name))
    said = sorted(one.doing.name for one in tally.members if one.doing.name)
    doing = max(said, key=said.count, default="")
    return ", ".join(part for part in (items[0], exact[0] if exact else "", doing) if part)


def moves(claim: Claim, reports: Sequence[Report], versions: set[tuple[int, int]]) -> list[Item]:
    """The items of a claim, those superseded that a later report of the same body or story replaces.

    Args:
        claim: A claim of counts or ordinals.
        reports: The sources, in order of their numbers.
        versions: Pairs of sources of which the second is a later version of the first.
    """
    # a table may say the same in a thousand lines: figures that differ in nothing that is asked are asked once
    known = {_figure(item): item for item in claim.items}
    moved = {
        figure: any(_replaces(other, item, claim.tally, reports, versions) for other in known.values())
        for figure, item in known.items()
    }
    return [item._replace(superseded=item.superseded or moved[_figure(item)]) for item in claim.items]


def _figure(item: Item) -> tuple[object, ...]:
    """What :func:`_replaces` asks of an item."""
    return item.document, item.low, item.high, item.approx, item.origin_key


def _replaces(new: Item, old: Item, tally: bool, reports: Sequence[Report], versions: set[tuple[int, int]]) -> bool:
    """Whether one report moves the figure of another: the same body's, or of a tally the same outlet's, later."""
    if new.document == old.document or fits(
        Amount(new.low, new.high, new.approx), Amount(old.low, old.high, old.approx)
    ):
        return False
    one, two = reports[new.document], reports[old.document]
    outlet = tally and one.publisher is not None and one.publisher == two.publisher
    if new.origin_key != old.origin_key and not outlet:
        return False
    if (old.document, new.document) in versions:
        return True
    return one.day is not None and two.day is not None and one.day > two.day
