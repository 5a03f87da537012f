"""Find the lexicon's names in a text, and disambiguate those that are also common words."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import permutations
from typing import Final

from briefing.extract.entities.candidates import KNOWN, STRONG, Found, Text
from briefing.extract.entities.designations import before_maker
from briefing.extract.lexicon.lexicon import Hit
from briefing.extract.lexicon.word_lists import NameWords, any_of, one_of
from briefing.model.words import NUMBERS

_SHOUTED: Final = re.compile(r"(?<![\w-])[A-Z]{4,}(?: [A-Z]{3,})*(?![\w-])")
"""Words in capitals within other text: datelines, list heads."""
_PLATFORMS: Final = frozenset({"AIRCRAFT", "VEHICLE", "WEAPON", "SHIP"})
_COUNT: Final = (
    rf"(?:\d[\d,.]*|{'|'.join(NUMBERS)}|dozen|dozens|several|some|many|few|both|more|additional|"
    r"these|those|their|its|of)"
)
_CAPITAL_AFTER: Final = re.compile(r" [A-Z][a-z]{2,}")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:;\n\"“”]\s*|\n[^\w\n]*)$")
_FLYING: Final = "air forces"
"""Stands in the families of a text for aircraft or air forces named in it without doubt."""
_OF_STATE: Final = re.compile(r" of [A-Z][a-z]+(?: [A-Z][a-z]+)?")
"""Behind the popular name of a type whose pieces are named for states: ``Spirit of Kansas``."""


@lru_cache(maxsize=4)
def _class_next(lists: NameWords) -> re.Pattern[str]:
    """The words behind a type's popular name that make it one, over further members of a list."""
    nouns = lists.aircraft_nouns | lists.weapon_nouns | lists.vehicle_nouns | lists.platform_nouns
    return re.compile(
        rf"(?:(?:,| and| or|/) ?[A-Z][\w-]+){{0,3}}[ -](?:[a-z]+[ -]){{0,2}}(?:{any_of(nouns)}|FGR|GR\d|HC\d|Mk ?\d)\b"
    )


@lru_cache(maxsize=4)
def _org_next(lists: NameWords) -> re.Pattern[str]:
    return re.compile(rf"(?: (?:{any_of(lists.nouns_of_forces)})\b|'s\b)")


@lru_cache(maxsize=4)
def _counted(lists: NameWords) -> re.Pattern[str]:
    """A number, or another word that makes the name behind it a type's."""
    return re.compile(rf"\b(?:{_COUNT}|{any_of(lists.before_type_names)}) $", re.IGNORECASE)


@lru_cache(maxsize=4)
def _ship_next(lists: NameWords) -> re.Pattern[str]:
    """What stands behind a ship's name: its hull number, a part of it, what kind it is."""
    return re.compile(
        rf"(?: \([A-Z]{{2,4}}[- ]?\d+\)|'s (?:{any_of(lists.aboard)})| (?:{any_of(lists.kinds_of_ships_behind)}) )"
    )


@lru_cache(maxsize=4)
def _half(lists: NameWords) -> re.Pattern[str]:
    """The side of a divided nation that stands for its half: ``the North``, ``North and South Korea``."""
    sides = {name.partition(" ")[0] for name in lists.divided_nations}
    pairs = "|".join(
        rf"\b{re.escape(one.partition(' ')[0])}(?= and {re.escape(other)})"
        for one, other in permutations(sorted(lists.divided_nations), 2)
        if one.partition(" ")[2] == other.partition(" ")[2]
    )
    return re.compile(rf"(?:(?<=\b[Tt]he )(?:{any_of(sides)})(?='s\b|[,.;]| [a-z])(?! of\b)|{pairs or '(?!)'})")


@lru_cache(maxsize=4)
def _homonyms(lists: NameWords) -> dict[str, str]:
    """Nations' names to the places that bear them too, under the names that tell them apart."""
    return {name.partition(" (")[0]: name for name in lists.homonymous_places}


@lru_cache(maxsize=4)
def _of_the_place(lists: NameWords) -> re.Pattern[str]:
    """What stands before a nation's name where it is another place's."""
    return re.compile(rf"(?:, $|\b(?:{any_of(lists.before_homonymous_places)}|Fort \w+) ?$)")


def known_names(text: Text, sure: Iterable[Found]) -> list[Found]:
    """The lexicon's names in the text.

    Args:
        text: The document.
        sure: Spans found by their form, as evidence for ambiguous words.
    """
    hits = _hits(text)
    families = {f.entry.name for f in sure if f.entry is not None}
    families |= {h.term.entry.name for h in hits if h.term.form != "nickname"}
    if any(h.term.entry.type == "AIRCRAFT" or " Air " in h.term.entry.name for h in hits if h.term.form != "nickname"):
        families.add(_FLYING)
    found, says = [], one_of(text.lists.said | text.lists.noted, " ", r"\b")
    for hit in hits:
        if hit.term.form == "nickname" and not _meant(text, hit, families):
            continue
        if hit.term.entry.kind == "city" and says.match(text.flat, hit.end):
            found.append(Found(hit.start, hit.end, "PERSON", hit.term.surface, None, KNOWN, "", "low"))
            continue
        found.append(_found(text, hit))
    if not text.lists.divided_nations.isdisjoint(families):
        found += _halves(text)
    return found


def _halves(text: Text) -> Iterator[Found]:
    """``the North`` and ``the South`` where the text speaks of a divided nation."""
    halves = {name.partition(" ")[0]: name for name in text.lists.divided_nations}
    for match in _half(text.lists).finditer(text.flat):
        nation = text.lexicon.entry(halves[match.group()])
        if nation is not None:
            yield Found(match.start(), match.end(), "NATION", nation.name, nation, KNOWN, "", "medium")


def _hits(text: Text) -> list[Hit]:
    lines = text.capitals()
    shouted = [
        hit
        for match in _SHOUTED.finditer(text.flat)
        for hit in text.lexicon.find(text.flat, *match.span(), capitals=True)
        if hit.term.entry.type in ("NATION", "PLACE")
    ]
    if not lines:
        return [*text.lexicon.find(text.flat), *shouted]
    hits: list[Hit] = []
    at = 0
    for start, end in lines:
        hits += text.lexicon.find(text.flat, at, start)
        hits += text.lexicon.find(text.flat, start, end, capitals=True)
        at = end
    return [*hits, *text.lexicon.find(text.flat, at), *shouted]


def _found(text: Text, hit: Hit) -> Found:
    start, end, term = hit
    entry = term.entry
    name, item, tier = entry.name, "", KNOWN
    if entry.type in _PLATFORMS:
        start = before_maker(text, start)
        shouted = term.surface.isupper() and " " in term.surface
        item = entry.name if shouted else _singular(text, hit)
        tier = STRONG if term.form == "name" else KNOWN
        if entry.type == "SHIP" and term.form == "nickname":
            item = ""
    if term.surface in text.lists.named_for_states and (more := _OF_STATE.match(text.flat, end)):
        end, name, tier = more.end(), f"{term.surface}{more.group()}", STRONG
    type_ = entry.type
    if (
        (place := _homonyms(text.lists).get(entry.name))
        and entry.kind == "nation"
        and term.form == "name"
        and _of_the_place(text.lists).search(text.flat, 0, start)
    ):
        return Found(start, end, "PLACE", place, text.lexicon.entry(place))
    return Found(start, end, type_, name, entry, tier, item, "medium" if term.form == "nickname" else "high")


def _singular(text: Text, hit: Hit) -> str:
    """The surface in the singular: ``Typhoons`` is ``Typhoon``; a plural the lexicon does not know stays."""
    surface = hit.term.surface
    one = surface[:-2] if surface.endswith(("sses", "xes", "ches", "shes")) else surface[:-1]
    if surface.endswith("s") and any(
        t.surface == one for t in text.lexicon.terms.get(one.split(" ")[0].split("-")[0], ())
    ):
        return one
    return surface


def _meant(text: Text, hit: Hit, families: set[str]) -> bool:
    """Whether an ambiguous word is meant as the name here."""
    flat, start, end, entry = text.flat, hit.start, hit.end, hit.term.entry
    opens = _SENTENCE_START.search(flat, max(0, start - 4), start) is not None
    if entry.type == "ORG" and entry.kind == "service":
        return entry.name in families or one_of(text.lists.people_of_services, r"\b", r"\b").search(flat) is not None
    if entry.type == "ORG":
        return not opens or _org_next(text.lists).match(flat, end) is not None
    if entry.type == "SHIP":
        return text.naval and (_ship_next(text.lists).match(flat, end) is not None or entry.name in families)
    if entry.type == "EVENT":
        before = flat[max(0, start - 12) : start].lower()
        return "exercise" in before or flat.startswith((" exercise", " drill", " 2"), end) or entry.name in families
    if entry.type not in _PLATFORMS:
        return True
    if _class_next(text.lists).match(flat, end):
        return True
    if _CAPITAL_AFTER.match(flat, end) and not opens:
        return False
    if entry.name in families:
        return True
    if before_maker(text, start) < start and (text.aviation or entry.type != "AIRCRAFT"):
        return True
    if not (text.aviation if entry.type == "AIRCRAFT" else True):
        return False
    plural = hit.term.surface.endswith("s") and not hit.term.surface.endswith(("ss", "us"))
    if plural and not opens and entry.type == "AIRCRAFT" and _FLYING in families:
        return True
    counted = _counted(text.lists).search(flat, max(0, start - 14), start) is not None or _of_nation(text, start)
    return counted and (plural or entry.type == "AIRCRAFT") and not opens


def _of_nation(text: Text, start: int) -> bool:
    return text.before(start) in text.lexicon.nations
