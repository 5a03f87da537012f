"""Find the lexicon's names in a text, and disambiguate those that are also common words."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from briefing.extract.entities.candidates import KNOWN, STRONG, Found, Text
from briefing.extract.entities.designations import before_maker
from briefing.extract.lexicon.lexicon import Hit
from briefing.extract.lexicon.word_lists import NameWords, any_of, one_of

_SHOUTED: Final = re.compile(r"(?<![\w-])[A-Z]{4,}(?: [A-Z]{3,})*(?![\w-])")
"""Words in capitals within other text: datelines, list heads."""
_PLATFORMS: Final = frozenset({"AIRCRAFT", "VEHICLE", "WEAPON", "SHIP"})
_COUNT_BEFORE: Final = re.compile(
    r"(?:\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|dozens|several|some|"
    r"many|few|both|more|additional|"
    r"RAF|USAF|Navy|Army|Air Force|Marine|Royal|stealth|twin-engined|armed|these|those|their|its|of)) $",
    re.IGNORECASE,
)
_CAPITAL_AFTER: Final = re.compile(r" [A-Z][a-z]{2,}")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:;\n\"“”]\s*|\n[^\w\n]*)$")
_SHIP_NEXT: Final = re.compile(
    r"(?: \([A-Z]{2,4}[- ]?\d+\)|'s (?:crew|captain|air wing|deck)| (?:carrier|[Cc]arrier|[Ss]trike) )"
)
_SOLDIERS: Final = re.compile(r"\b(?:soldiers?|troops|troopers?|commandos?|special forces|regiment|raids?)\b")
_FLYING: Final = "air forces"
"""Stands in the families of a text for aircraft or air forces named in it without doubt."""
_HALF: Final = re.compile(
    r"(?:(?<=\b[Tt]he )(?:North|South)(?='s\b|[,.;]| [a-z])(?! of\b)|\bNorth(?= and South Korea))"
)
_OF_STATE: Final = re.compile(r" of [A-Z][a-z]+(?: [A-Z][a-z]+)?")
"""B-2s are named for states: ``Spirit of Georgia``."""


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
def _of_the_state(lists: NameWords) -> re.Pattern[str]:
    """What stands before the Georgia that is a state of the United States."""
    cities = any_of(lists.georgian_cities)
    return re.compile(rf"(?:, $|\b(?:{cities}|Fort \w+|state of|University of|southern|south) ?$)")


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
    if "North Korea" in families or "South Korea" in families:
        found += _halves(text)
    return found


def _halves(text: Text) -> Iterator[Found]:
    """``the North`` and ``the South`` where the text speaks of the Koreas."""
    for match in _HALF.finditer(text.flat):
        nation = text.lexicon.entry(f"{match.group()} Korea")
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
    if term.surface == "Spirit" and (more := _OF_STATE.match(text.flat, end)):
        end, name, tier = more.end(), f"Spirit{more.group()}", STRONG
    type_ = entry.type
    if (
        entry.name == "Georgia"
        and entry.kind == "nation"
        and term.form == "name"
        and _of_the_state(text.lists).search(text.flat, 0, start)
    ):
        return Found(start, end, "PLACE", "Georgia (U.S. state)", text.lexicon.entry("Georgia (U.S. state)"))
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
        return entry.name in families or _SOLDIERS.search(flat) is not None
    if entry.type == "ORG":
        return not opens or _org_next(text.lists).match(flat, end) is not None
    if entry.type == "SHIP":
        return text.naval and (_SHIP_NEXT.match(flat, end) is not None or entry.name in families)
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
    counted = _COUNT_BEFORE.search(flat, max(0, start - 14), start) is not None or _of_nation(text, start)
    return counted and (plural or entry.type == "AIRCRAFT") and not opens


def _of_nation(text: Text, start: int) -> bool:
    return text.before(start) in text.lexicon.nations
