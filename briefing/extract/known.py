"""Names of the lexicon in a text, and which of its ambiguous words are meant as names there."""

import re
from collections.abc import Iterable
from typing import Final

from briefing.extract.designations import before_maker
from briefing.extract.found import KNOWN, STRONG, Found, Text
from briefing.extract.lexicon import Hit

_PLATFORMS: Final = frozenset({"AIRCRAFT", "VEHICLE", "WEAPON", "SHIP"})
_CLASS_NEXT: Final = re.compile(
    r"[ -](?:[a-z]+[ -]){0,2}(?:fighters?|bombers?|jets?|aircraft|planes?|helicopters?|choppers?|drones?|tankers?|"
    r"airlifters?|transports?|"
    r"gunships?|trainers?|UAVs?|warplanes?|missiles?|rockets?|batter(?:y|ies)|systems?|launchers?|tanks?|vehicles?|"
    r"carriers?|howitzers?|"
    r"interceptors?|munitions?|bombs?|torpedo(?:es)?|tiltrotors?|crews?|pilots?|squadrons?|armou?red|guns?|rounds?|"
    r"IFVs?|MBTs?|FGR|GR\d|HC\d|Mk ?\d)\b"
)
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
_ORG_NEXT: Final = re.compile(
    r"(?: (?:forces?|military|aircraft|air ?strikes?|strikes?|partners?|members?|nations?|officials?|troops|jets?|"
    r"warplanes?|spokes\w+|leaders?|"
    r"planes?|airspace|territory|allies|commanders?|operations?)\b|'s\b)"
)
_STATE: Final = re.compile(
    r"(?:, $|\b(?:Atlanta|Augusta|Savannah|Columbus|Macon|Athens|Fort \w+|state of|University of|southern|south) ?$)"
)


def known_names(text: Text, sure: Iterable[Found]) -> list[Found]:
    """The lexicon's names in the text; ``sure`` are those found by their form, as evidence for ambiguous words."""
    hits = _hits(text)
    families = {f.entry.name for f in sure if f.entry is not None}
    families |= {h.term.entry.name for h in hits if h.term.form != "nickname"}
    found = []
    for hit in hits:
        if hit.term.form == "nickname" and not _meant(text, hit, families):
            continue
        found.append(_found(text, hit))
    return found


def _hits(text: Text) -> list[Hit]:
    lines = text.capitals()
    if not lines:
        return list(text.lexicon.find(text.flat))
    hits: list[Hit] = []
    at = 0
    for start, end in lines:
        hits += text.lexicon.find(text.flat, at, start)
        hits += text.lexicon.find(text.flat, start, end, capitals=True)
        at = end
    return [*hits, *text.lexicon.find(text.flat, at)]


def _found(text: Text, hit: Hit) -> Found:
    start, end, term = hit
    entry = term.entry
    name, item, tier = entry.name, "", KNOWN
    if entry.type in _PLATFORMS:
        start = before_maker(text, start)
        item = _singular(text, hit)
        tier = STRONG if term.form == "name" else KNOWN
        if entry.type == "SHIP" and term.form == "nickname":
            item = ""
    type_ = entry.type
    if (
        entry.name == "Georgia"
        and entry.kind == "nation"
        and term.form == "name"
        and _STATE.search(text.flat, 0, start)
    ):
        return Found(start, end, "PLACE", "Georgia (U.S. state)", text.lexicon.entry("Georgia (U.S. state)"))
    return Found(start, end, type_, name, entry, tier, item, "medium" if term.form == "nickname" else "high")


def _singular(text: Text, hit: Hit) -> str:
    """The surface in the singular: ``Typhoons`` is ``Typhoon``; a plural the lexicon does not know stays."""
    surface = hit.term.surface
    one = surface[:-1]
    if surface.endswith("s") and any(
        t.surface == one for t in text.lexicon.terms.get(one.split(" ")[0].split("-")[0], ())
    ):
        return one
    return surface


def _meant(text: Text, hit: Hit, families: set[str]) -> bool:
    """Whether an ambiguous word is meant as the name here."""
    flat, start, end, entry = text.flat, hit.start, hit.end, hit.term.entry
    opens = _SENTENCE_START.search(flat, max(0, start - 4), start) is not None
    if entry.type == "ORG":
        return not opens or _ORG_NEXT.match(flat, end) is not None
    if entry.type == "SHIP":
        return text.naval and (_SHIP_NEXT.match(flat, end) is not None or entry.name in families)
    if entry.type == "EVENT":
        before = flat[max(0, start - 12) : start].lower()
        return "exercise" in before or flat.startswith((" exercise", " drill", " 2"), end) or entry.name in families
    if entry.type not in _PLATFORMS:
        return True
    if _CLASS_NEXT.match(flat, end):
        return True
    if _CAPITAL_AFTER.match(flat, end) and not opens:
        return False
    if entry.name in families:
        return True
    if before_maker(text, start) < start and (text.aviation or entry.type != "AIRCRAFT"):
        return True
    if not (text.aviation if entry.type == "AIRCRAFT" else True):
        return False
    counted = _COUNT_BEFORE.search(flat, max(0, start - 14), start) is not None or _of_nation(text, start)
    plural = hit.term.surface.endswith("s") and not hit.term.surface.endswith(("ss", "us"))
    return counted and (plural or entry.type == "AIRCRAFT") and not opens


def _of_nation(text: Text, start: int) -> bool:
    return text.before(start) in text.lexicon.nations
