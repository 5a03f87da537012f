"""Claims of counts: counts of the same things within one event, with who gives which number, and who gives none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from briefing.compare.amounts import amount, written
from briefing.compare.claims import Claim, Item
from briefing.compare.count_evidence import Counted, evidence, in_common, like_sentences, same_thing
from briefing.compare.nouns import kinship, path_of
from briefing.compare.platforms import Thing, thing
from briefing.compare.predicates import EXCLUSIVE, Doing, find_predicate, fit, predicate_of
from briefing.compare.wording import keys
from briefing.model.amounts import Amount, fits

if TYPE_CHECKING:
    from briefing.compare.belonging import Belonging
    from briefing.compare.events import Events
    from briefing.compare.origins import Origins
    from briefing.compare.reports import Report
    from briefing.model.facts import Count
    from briefing.model.safetext import SafeText

_STEM: Final = 5
_SHORTEST: Final = 4
_ROOTS: Final = {
    "aircraft": "aircraft",
    "ship": "ship",
    "personnel": "person",
    "vehicle": "vehicle",
    "munition": "munition",
}
_MENTIONED: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"})
_WINDOW: Final = 60
"""To how many others of its kind a count is held: those with the nearest numbers."""
_PART: Final = re.compile(r"\bof\s(?:them|the|these|those|its|his|her|their)\b(?!\s(?:crew|members))", re.IGNORECASE)
_MORE: Final = re.compile(r"\b(?:more|another|additional|further|others?|extra)\b(?!\sthan)", re.IGNORECASE)
_NOBODY: Final = re.compile(r"\b(?:no\sone|nobody|none|neither)\b", re.IGNORECASE)
_ONE: Final = re.compile(r"one\b|1\b|a\ssingle", re.IGNORECASE)
_TOTAL_OF: Final = re.compile(r"\b(?:in\s(?:all|total)|altogether|overall|a\stotal\sof)\b[^.]*$", re.IGNORECASE)
_MOVED: Final = re.compile(
    r"(?:\bnot|\bfrom|\binstead\sof|\brather\sthan|\b(?:up|down|revised|lowered|raised)\sfrom|\bearlier\s(?:figure|toll|count)\sof)\s(?:an?\s|some\s|about\s|over\s)?$",
    re.IGNORECASE,
)


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


def count_claims(reports: Sequence[Report], events: Events, origins: Origins, belonging: Belonging) -> list[Claim]:
    """Put every count into exactly one claim: agreed, different, or single where one source alone counts it.

    Args:
        reports: The sources, in order of their numbers.
        events: The event of each place of a source.
        origins: Keys of who claims go back to.
        belonging: Affiliations of operators.
    """
    found = [one for report in reports for one in _counted(report, events, origins)]
    _as_in_models(found, origins)
    _of_own_side(found, belonging)
    families: dict[int, list[Counted]] = defaultdict(list)
    for one in found:
        families[one.event].append(one)
    tallies = [tally for key in sorted(families) for tally in _tallies(families[key], belonging)]
    mentioned = _mentioned(reports, events, origins)
    counting: dict[tuple[int, str], set[int]] = defaultdict(set)
    for one in found:
        counting[one.event, one.what.family].add(one.document)
    return [_claim(tally, belonging, mentioned, counting) for tally in tallies]


def _as_in_models(found: Sequence[Counted], origins: Origins) -> None:
    """Give a count of a copy the operator that the text has which it takes over, whatever was made of it there."""
    known = {(one.document, str(one.fact.evidence)): one for one in found}
    for one in found:
        model = origins.model_of(one.document)
        twin = known.get((model, str(one.fact.evidence))) if model is not None else None
        if twin is not None and twin.fact.operator != one.fact.operator:
            one.fact = one.fact.model_copy(update={"operator": twin.fact.operator})


_ADMITS: Final = re.compile(
    r"\b(?:admit|acknowledg|conced|confess)\w*\b[^.;]*$|\b(?:its|their)\sown\b[^.;]*$", re.IGNORECASE
)


def _of_own_side(found: Sequence[Counted], belonging: Belonging) -> None:
    """Give the people whose fate a side admits to that side: "Lisbon admits two dead"."""
    for one in found:
        if one.fact.operator or one.asserter is None or one.doing.name not in EXCLUSIVE:
            continue
        start = one.report.sentence(one.report.sentence_at(one.fact.start))[0]
        side = belonging.chain(one.asserter)[-1:]
        before = one.report.text[start : one.fact.start].rpartition(";")[2]
        if belonging.is_nation(side) and _ADMITS.search(before):
            one.fact = one.fact.model_copy(update={"operator": side[0]})


def _counted(report: Report, events: Events, origins: Origins) -> Iterator[Counted]:
    """The counts of a source. A title has its numbers from whoever the text has them from."""
    made: list[Counted] = []
    title_end = report.title_end
    for fact in report.extraction.counts:
        start, end = report.sentence(report.sentence_at(fact.start))
        around = report.text[start : fact.start] + " " + report.text[fact.end : end]
        stems = frozenset(word[:_STEM] for word in keys(around) if len(word) >= _SHORTEST and word.isalpha())
        people = fact.category == "personnel"
        spared = _NOBODY.search(report.text[start : fact.end]) is not None  # "none of the 30 on board was hurt"
        doing = Doing(predicate_of(fact.what, people=people), near=True) if fact.what and not spared else Doing()
        if doing.name is None:
            doing = find_predicate(report.text[start:end], fact.start - start, fact.end - start, people=people)
        if doing.name == "shot down" and fact.category == "ship":
            doing = doing._replace(name="destroyed")  # ships go down too
        asserter = report.asserters.of_count(fact)
        made.append(
            Counted(
                report=report, fact=fact, event=events.at(report.number, fact.start),
                what=_thing(report, fact), path=_path(fact),
                doing=doing, asserter=asserter, origin="", amount=amount(fact), stems=stems,
                part=_PART.search(fact.evidence) is not None,
                more=_MORE.search(fact.evidence) is not None,
                single=fact.low == fact.high == 1 and not _ONE.match(fact.evidence),
                total=_TOTAL_OF.search(report.text[max(0, fact.start - 30) : fact.start]) is not None,
            )
        )  # fmt: skip
    _inherit(made)
    _refer_back(made)
    for one in made:
        if one.fact.start < title_end:
            body = (other for other in made if other.fact.start >= title_end)
            same = (
                o for o in body if (o.fact.low, o.fact.high) == (one.fact.low, one.fact.high) or _near_bound(o, one)
            )
            model = next((o for o in same if kinship(o.path, one.path) > 0), None)
            if model:
                one.asserter = model.asserter
        before = report.text[max(0, one.fact.start - 40) : one.fact.start]
        if _MOVED.search(before):
            one.amount = one.amount._replace(superseded=True)
        one.origin = origins.of(report, one.asserter)
    yield from made


_VAGUE: Final = re.compile(
    r"\b(?:several|some|many|dozens\sof|scores\sof|numerous|multiple|various|a\s(?:few|handful|number|couple)\sof|few)\s"
    r"(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
"""Words for a number, where none is given."""
_OF_TYPE: Final = re.compile(r"\sof\s(?:the\s)?type\s(?P<name>[A-Z][\w./-]+)")


def _type_after(text: str, at: int) -> str:
    """The type that follows what is counted, as it would stand before that: "two bombers of type Tu-160"."""
    match = _OF_TYPE.match(text, at)
    return f"{match['name']} " if match else ""


def _thing(report: Report, fact: Count) -> Thing:
    """What is counted; a type called by its name alone is the one that the text means by it: "eight Falcons"."""
    if fact.category == "personnel":
        return thing(fact.item.casefold(), fact.evidence)  # "90 Romanians" are no type
    made = thing(_type_after(report.text, fact.end) + fact.item, fact.evidence)
    if not made.typed or any(c.isdigit() for c in made.family):
        return made
    named = (m for m in report.extraction.mentions if m.type in _MENTIONED and fact.start <= m.start < fact.end)
    other = next((thing(m.name, fact.evidence) for m in named if any(c.isdigit() for c in m.name)), None)
    return other or made


def _inherit(made: Sequence[Counted]) -> None:
    """Give a count of people without a verb what befell those counted before it in the paragraph: "12 dead … 30"."""
    last: Counted | None = None
    for one in made:
        if one.fact.category != "personnel":
            continue
        if one.doing.name is None and last is not None and last.doing.name in EXCLUSIVE:
            text = one.report.text
            between = text[last.fact.end : one.fact.start]
            # another sentence goes on with the same people only where it does not say who they are
            goes_on = not re.search(r"[.;!?]\s", between) or one.more or not re.search(r"[a-z]{3}\s", f"{one.fact.evidence} ")
            if goes_on and "\n" not in between and kinship(last.path, one.path) > 0:
                one.doing = last.doing._replace(near=False)
        last = one


def _refer_back(made: Sequence[Counted]) -> None:
    """Give a number that is spoken of again ("the two missing men") whoever the text had it from before."""
    for place, one in enumerate(made):
        start = one.fact.start
        definite = _DEFINITE.match(one.fact.evidence) or _DEFINITE.match(one.report.text[max(0, start - 4) : start])
        if one.asserter is not None or not definite:
            continue
        same = (
            o for o in made[:place]
            if o.event == one.event and o.amount == one.amount and kinship(o.path, one.path) > 0
            and fit(o.doing, one.doing) > 0
        )  # fmt: skip
        if (first := next(same, None)) is not None:
            one.asserter = first.asserter


_DEFINITE: Final = re.compile(r"(?:the|these|those)\s", re.IGNORECASE)


def _near_bound(one: Counted, other: Counted) -> bool:
    return one.fact.low is not None and one.fact.low == other.fact.low


def _path(fact: Count) -> tuple[str, ...]:
    """The path of the noun: as the text has it, else as it is normalised."""
    own = path_of(fact.evidence, fact.category)
    if own == ("ship",) and fact.operator and "Coast Guard" in fact.operator:
        return ("ship", "coastguard")
    if own and own[0] != "?":
        return own
    normal = path_of(fact.item, fact.category)
    if normal and normal[0] != "?":
        return normal
    if fact.category == "personnel" and fact.item[:1].isupper():
        return ("person",)  # "about 90 Romanians"
    return (_ROOTS[fact.category],) if fact.category in _ROOTS and _MORE.search(fact.evidence) else own or normal


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
            if not belonging.agree(_sure_operator(x.fact), _sure_operator(y.fact)) and not like_sentences(x, y):
                if x.what.typed or y.what.typed or _of_two_sides(x, y, belonging):
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
            if mention.type in _MENTIONED and events.at(report.number, mention.start) == events.main(report.number):
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
    known = claim.items
    return [
        item._replace(
            superseded=item.superseded or any(_replaces(o, item, claim.tally, reports, versions) for o in known)
        )
        for item in known
    ]


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
