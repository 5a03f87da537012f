"""The counts of one source as they are compared: what is counted, what happened to it, who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from briefing.compare.amounts import amount
from briefing.compare.nouns import kinship, path_of
from briefing.compare.platforms import Thing, thing
from briefing.compare.predicates import EXCLUSIVE, Doing, find_predicate, fit, has_own_verb, predicate_of
from briefing.compare.wording import keys
from briefing.model.amounts import Amount

if TYPE_CHECKING:
    from briefing.compare.belonging import Belonging
    from briefing.compare.events import Events
    from briefing.compare.origins import Origins
    from briefing.compare.reports import Report
    from briefing.model.facts import Count

_STEM: Final = 5
_SHORTEST: Final = 4
_ROOTS: Final = {
    "aircraft": "aircraft",
    "ship": "ship",
    "personnel": "person",
    "vehicle": "vehicle",
    "munition": "munition",
}
_PART: Final = re.compile(r"\bof\s(?:them|the|these|those|its|his|her|their)\b(?!\s(?:crew|members))", re.IGNORECASE)
_MORE: Final = re.compile(r"\b(?:more|another|additional|further|others?|extra)\b(?!\sthan)", re.IGNORECASE)
_AMONG: Final = re.compile(r"\b(?:among\s(?:them|whom|those)|including|of\swhom)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_AMONG_THEM: Final = re.compile(r"\s(?:were\s|are\s)?among\s(?:them|those)\b")
_NOBODY: Final = re.compile(r"\b(?:no\sone|nobody|none|neither)\b", re.IGNORECASE)
_ONE: Final = re.compile(r"one\b|1\b|a\ssingle", re.IGNORECASE)
_TOTAL_OF: Final = re.compile(r"\b(?:in\s(?:all|total)|altogether|overall|a\stotal\sof)\b[^.]*$", re.IGNORECASE)
_MOVED: Final = re.compile(
    r"(?:\bnot|\bfrom|\binstead\sof|\brather\sthan|\b(?:up|down|revised|lowered|raised)\sfrom|\bearlier\s(?:figure|toll|count)\sof)\s(?:an?\s|some\s|about\s|over\s)?$",
    re.IGNORECASE,
)
MENTIONED: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"})
"""Types of mentions that are counted."""


@dataclass(slots=True)
class Counted:
    """One count of one source with features of the words around it."""

    report: Report
    fact: Count
    event: int
    what: Thing
    path: tuple[str, ...]
    doing: Doing
    asserter: str | None
    origin: str
    amount: Amount
    stems: frozenset[str]

    @property
    def document(self) -> int:
        """The number of its source."""
        return self.report.number

    part: bool = False
    """Whether it is said of some of them only: "two of them"."""
    more: bool = False
    """Whether it comes on top of others: "three more bodies"."""
    single: bool = False
    """Whether it is one only by its article, which counts nothing: "a frigate"."""
    total: bool = False
    """Whether it is said of all of them: "in all, four Typhoons"."""

    within: bool = False
    """Whether it is told of some of those counted beside it: "61 people, among them two journalists"."""

    @property
    def key(self) -> tuple[object, ...]:
        """Counts with equal keys are of the same things, and one to :func:`evidence`."""
        return (
            self.what, self.path, self.doing, self.amount, self.fact.operator, self.fact.category, self.part,
            self.more, self.single, self.total, self.within,
        )  # fmt: skip


def as_in_models(found: Sequence[Counted], origins: Origins, events: Events) -> None:
    """Give a count of a copy what the text has for it that it takes over, whatever was made of its other words.

    Args:
        found: The counts of all sources.
        origins: Which source each copy takes over.
        events: Which sentences of a copy say which ones of that source.
    """
    known = {(one.document, str(one.fact.evidence)): one for one in found}
    said: dict[tuple[int, int, Amount], list[Counted]] = {}
    for one in found:
        said.setdefault((one.document, one.report.sentence_at(one.fact.start), one.amount), []).append(one)
    for one in found:
        model = origins.model_of(one.document)
        if model is None:
            continue
        sentence = events.twin(one.document, one.report.sentence_at(one.fact.start))
        same = said.get((model, sentence, one.amount), []) if sentence is not None else []
        if len(same) == 1 and same[0].fact.category == one.fact.category and not _of_others(one, same[0]):
            _take_from(one, same[0])
        elif (twin := known.get((model, str(one.fact.evidence)))) and twin.fact.operator != one.fact.operator:
            one.fact = one.fact.model_copy(update={"operator": twin.fact.operator})


def _of_others(one: Counted, twin: Counted) -> bool:
    """Whether a count of a copy is somebody else's than the model's, as one of the two names them: "Czech Gripens"."""
    if not one.fact.operator or not twin.fact.operator or one.fact.operator == twin.fact.operator:
        return False
    named = [{word for word in str(count.fact.evidence).split()[1:] if word[:1].isupper()} for count in (one, twin)]
    return named[0] != named[1]


def _take_from(one: Counted, twin: Counted) -> None:
    """Have a count of a copy be what it was before its words were replaced: of the same things, by the same mouth."""
    if twin.fact.operator != one.fact.operator:
        one.fact = one.fact.model_copy(update={"operator": twin.fact.operator})
    one.what, one.path, one.doing = twin.what, twin.path, twin.doing
    if one.origin != twin.origin:
        here = one.report.asserters.named(twin.asserter) if twin.asserter else None
        one.asserter = here or (one.asserter if twin.asserter else None)
        one.origin = twin.origin


_ADMITS: Final = re.compile(
    r"\b(?:admit|acknowledg|conced|confess)\w*\b[^.;]*$|\b(?:its|their)\sown\b[^.;]*$", re.IGNORECASE
)


def of_own_side(found: Sequence[Counted], belonging: Belonging) -> None:
    """Give the people whose fate a side admits to that side: "Lisbon admits two dead".

    Args:
        found: The counts of all sources.
        belonging: The nations of who asserts them.
    """
    for one in found:
        if one.fact.operator or one.asserter is None or one.doing.name not in EXCLUSIVE:
            continue
        start = one.report.sentence(one.report.sentence_at(one.fact.start))[0]
        side = belonging.chain(one.asserter)[-1:]
        before = one.report.text[start : one.fact.start].rpartition(";")[2]
        if belonging.is_nation(side) and _ADMITS.search(before):
            one.fact = one.fact.model_copy(update={"operator": side[0]})


def counted(report: Report, events: Events, origins: Origins) -> list[Counted]:
    """The counts of a source. A title has its numbers from whoever the text has them from.

    Args:
        report: The source.
        events: The event of each place of it.
        origins: Keys of who claims go back to.
    """
    made = [_one(report, fact, events.at(report.number, fact.start)) for fact in report.extraction.counts]
    _inherit(made)
    _refer_back(made)
    for one in made:
        if one.fact.start < report.title_end:
            body = (other for other in made if other.fact.start >= report.title_end)
            same = (
                o for o in body if (o.fact.low, o.fact.high) == (one.fact.low, one.fact.high) or _near_bound(o, one)
            )
            model = next((o for o in same if kinship(o.path, one.path) > 0), None)
            if model:
                one.asserter = model.asserter
        if _MOVED.search(report.text[max(0, one.fact.start - 40) : one.fact.start]):
            one.amount = one.amount._replace(superseded=True)
        one.origin = origins.of(report, one.asserter)
    return made


def _one(report: Report, fact: Count, event: int) -> Counted:
    """A count with the features of its sentence."""
    start, end = report.sentence(report.sentence_at(fact.start))
    around = report.text[start : fact.start] + " " + report.text[fact.end : end]
    stems = frozenset(word[:_STEM] for word in keys(around) if len(word) >= _SHORTEST and word.isalpha())
    return Counted(
        report=report, fact=fact, event=event, what=_thing(report, fact), path=_path(fact),
        doing=_doing(report, fact, (start, end)), asserter=report.asserters.of_count(fact), origin="",
        amount=amount(fact), stems=stems,
        part=_PART.search(fact.evidence) is not None,
        more=_MORE.search(fact.evidence) is not None,
        single=fact.low == fact.high == 1 and not _ONE.match(fact.evidence),
        within=_AMONG.search(report.text[max(0, fact.start - 30) : fact.start]) is not None
        or _AMONG_THEM.match(report.text, fact.end) is not None,
        total=_TOTAL_OF.search(report.text[max(0, fact.start - 30) : fact.start]) is not None,
    )  # fmt: skip


def _doing(report: Report, fact: Count, sentence: tuple[int, int]) -> Doing:
    """What happened to what is counted: as the extractor has it, else by the words of the sentence."""
    start, end = sentence
    people = fact.category == "personnel"
    spared = _NOBODY.search(report.text[start : fact.end]) is not None  # "none of the 30 on board was hurt"
    doing = Doing(predicate_of(fact.what, people=people), near=True) if fact.what and not spared else Doing()
    if doing.name and (stop := report.text.find(";", fact.end, end)) >= 0:
        own = find_predicate(report.text[start:stop], fact.start - start, fact.end - start, people=people)
        doing = own if own.near else doing  # "six are in custody; one of them is wounded"
    if doing.name is None:
        doing = find_predicate(report.text[start:end], fact.start - start, fact.end - start, people=people)
    if doing.name == "shot down" and fact.category == "ship":
        doing = doing._replace(name="destroyed")  # ships go down too
    return doing


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
    named = (m for m in report.extraction.mentions if m.type in MENTIONED and fact.start <= m.start < fact.end)
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
            if has_own_verb(text, one.fact.end):
                last = one
                continue
            # another sentence goes on with the same people only where it does not say who they are
            goes_on = (
                not re.search(r"[.;!?]\s", between) or one.more or not re.search(r"[a-z]{3}\s", f"{one.fact.evidence} ")
            )
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
