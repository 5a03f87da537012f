"""Find ships by prefix, by class, by hull number, by a class word ("the frigate Forbin"), by their short names."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from briefing.extract.entities.candidates import KNOWN, STRONG, Found, Text
from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.extract.lexicon.word_lists import one_of

_NAME_WORD: Final = re.compile(r"(?:[A-Z]\.(?:[A-Z]\.)*(?= )|St\.|Gen\.|[A-Z0-9À-Ý][\w'-]*)")
_LINK: Final = re.compile(r"(?:of|the|de|la|le|du|del|di|da|do|von|van|der|zu|al|el) (?=(?:the |la )?[A-ZÀ-Ý])")
_HULL: Final = re.compile(r" ?\(([A-Z]{1,5}[ -]?\d{1,4})\)")
_PENNANT: Final = re.compile(r" ?\((?:hull )?(\d{1,4})\)")
_CLASS: Final = re.compile(r"(?<![\w-])((?:[A-ZÀ-Ý][\w.']*[ -]){0,3}?[A-ZÀ-Ý0-9][\w']*)[ -][Cc]lass(?!\w)")
_GROUP: Final = re.compile(
    r"(?<![\w-])(?:(?:USS |HMS )?((?:[A-Z][\w.']* ){1,4}))(?:[Aa]ircraft )?(?:[Cc]arrier |[Aa]mphibious |"
    r"[Ee]xpeditionary )?"
    r"(?:[Ss]trike|[Rr]eady) [Gg]roup(?: \d+| (?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)\b)?"
)

_CALLED: Final = r"(?:,? (?:the )?|,? (?:named|called) (?:the )?)[\"“'‘]?(?=[A-ZÀ-Ý])"


@lru_cache(maxsize=4)
def _stops(lexicon: Lexicon) -> frozenset[str]:
    """Capitalised words that are no part of a ship's name."""
    return lexicon.lists.names.no_ships | lexicon.lists.calendar.months | lexicon.lists.calendar.weekdays


def ships(text: Text) -> Iterator[Found]:
    """Mentions of ships and of the groups named for them, other than by short names."""
    flat, lexicon = text.flat, text.lexicon
    for match in _prefix(lexicon).finditer(flat):
        prefix = lexicon.prefixes[match[1]]
        if prefix.name in lexicon.weak_prefixes and not text.naval:
            continue
        end = _name_end(flat, match.end(), _stops(lexicon))
        if end > match.end() and not _company(lexicon, flat[match.start() : end]):
            yield from _named(text, match.start(), end, prefix)
    if not text.naval:
        return
    for match in _CLASS.finditer(flat):
        name = match[1].removeprefix("The ").removeprefix("A ")
        start = match.end(1) - len(name)
        entry = lexicon.classes.get(name) or lexicon.classes.get(name.rpartition(" ")[2])
        if entry or one_of(text.lists.ship_nouns, r"[ -](?:[a-z]+[ -]){0,3}", r"\b").match(flat, match.end()):
            yield Found(start, match.end(), "SHIP", f"{name} class", entry or _ship(f"{name} class"))
    for match in one_of(text.lists.ship_nouns, r"\b", _CALLED).finditer(flat):
        yield from _called(text, match.end(), the=match.group().endswith("the "))
    for match in one_of(text.lists.hulls, r"(?<![\w-])", r"[ -]\d{1,5}(?!\w)").finditer(flat):
        yield Found(match.start(), match.end(), "SHIP", match.group(), _ship(match.group()), STRONG)
    for match in _GROUP.finditer(flat):
        words = match[1].split()
        first = next((n for n, w in enumerate(words) if w not in ("The", "A", "That", "This", "Its")), len(words))
        if first < len(words):
            start = match.start(1) + match[1].index(words[first])
            name = _group_name(lexicon, flat[start : match.end()])
            yield Found(start, match.end(), "ORG", name, Entry(name, "ORG", "unit"), STRONG)


def _company(lexicon: Lexicon, name: str) -> bool:
    """Whether a name that begins with a prefix of ships is another one's: ``BAE Systems``."""
    known = lexicon.entry(name)
    return known is not None and known.type == "ORG"


def _ship(name: str) -> Entry:
    return Entry(name, "SHIP", "ship", "ship")


def _group_name(lexicon: Lexicon, written: str) -> str:
    """``Lincoln strike group`` is the Abraham Lincoln Carrier Strike Group."""
    ship = re.split(r" (?:[Aa]ircraft |[Cc]arrier |[Aa]mphibious |[Ee]xpeditionary |[Ss]trike |[Rr]eady )", written)[0]
    ship = ship.removeprefix("USS ").removeprefix("HMS ")
    for term in lexicon.terms.get(ship.split(" ")[0], ()):
        if term.entry.kind == "aircraft carrier" and term.surface == ship:
            return f"{term.surface} Carrier Strike Group"
    for entry in lexicon.entries.values():
        if entry.kind == "aircraft carrier" and entry.name.endswith(" " + ship) and " " in entry.name:
            return f"{entry.name.split(' ', 1)[1]} Carrier Strike Group"
    return written


_PREFIXES: dict[int, re.Pattern[str]] = {}


def _prefix(lexicon: Lexicon) -> re.Pattern[str]:
    pattern = _PREFIXES.get(id(lexicon))
    if pattern is None:
        words = "|".join(sorted(map(re.escape, lexicon.prefixes), key=len, reverse=True))
        pattern = _PREFIXES[id(lexicon)] = re.compile(rf"(?<![\w./-])({words}) [\"“'‘]?(?=[A-Z0-9À-Ý])")
    return pattern


def _name_end(flat: str, at: int, stops: frozenset[str]) -> int:
    """Where a ship's name that starts at ``at`` ends: up to five capitalised words and the small ones between them."""
    end = at
    for _ in range(5):
        word = _NAME_WORD.match(flat, at)
        if word is None or word.group().rstrip(".") in stops:
            break
        end = word.end()
        if flat[end - 2 : end] == "'s":
            return end - 2
        if flat[end : end + 1] != " ":
            break
        at = end + 1
        while link := _LINK.match(flat, at):
            at = link.end()
    return end


def _named(text: Text, start: int, end: int, prefix: Entry) -> Iterator[Found]:
    """The ship, and its hull number in brackets."""
    name = text.flat[start:end]
    known = text.lexicon.entry(name)
    if known is not None and known.type == "PLACE":
        # Shore establishments are commissioned like ships: HMAS Stirling.
        yield Found(start, end, "PLACE", name, known, STRONG)
        return
    entry = known or Entry(name, "SHIP", prefix.kind or "ship", "ship", nations=prefix.nations, parent=prefix.parent)
    yield Found(start, end, "SHIP", name, entry, STRONG)
    if hull := _HULL.match(text.flat, end):
        yield Found(hull.start(1), hull.end(1), "SHIP", name, entry, STRONG)


def _called(text: Text, at: int, *, the: bool) -> Iterator[Found]:
    """A ship that a class word introduces: ``the frigate Forbin``, ``destroyers Bulkeley and Cole``."""
    flat, lexicon = text.flat, text.lexicon
    for _ in range(4):
        if _prefix(lexicon).match(flat, at):
            return
        end = _name_end(flat, at, _stops(lexicon))
        name = flat[at:end]
        if end == at or _taken(lexicon, name, the=the):
            return
        hull = _HULL.match(flat, end) or _PENNANT.match(flat, end)
        entry = _by_name(lexicon, name)
        yield Found(
            at,
            end,
            "SHIP",
            entry.name if entry else name,
            entry or _ship(name),
            KNOWN,
            "",
            "high" if hull else "medium",
        )
        if hull:
            yield Found(hull.start(1), hull.end(1), "SHIP", entry.name if entry else name, entry or _ship(name), STRONG)
            end = hull.end()
        more = re.compile(r"(?:, (?:and )?| and )(?=[A-ZÀ-Ý])").match(flat, end)
        if more is None:
            return
        at = more.end()


def _by_name(lexicon: Lexicon, name: str) -> Entry | None:
    for term in lexicon.terms.get(name.split(" ")[0], ()):
        if term.surface == name and term.entry.type == "SHIP":
            return term.entry
    return None


def _taken(lexicon: Lexicon, name: str, *, the: bool) -> bool:
    """Whether the name is something else that the lexicon knows: a nation, a service, a month."""
    first = name.split(" ")[0]
    if first in _stops(lexicon):
        return True
    taken = ("ORG", "AIRCRAFT", "WEAPON") if the else ("NATION", "ORG", "AIRCRAFT", "WEAPON")
    return any(
        name.startswith(term.surface) and (term.entry.type in taken or term.form == "demonym")
        for term in lexicon.terms.get(first, ())
    )


def short_names(text: Text, found: Iterable[Found]) -> dict[str, Found]:
    """Short names under which the text may go on speaking of a ship it named in full: ``Forbin`` of ``FS Forbin``.

    Args:
        text: The document.
        found: The mentions so far.
    """
    names: dict[str, Found] = {}
    for f in found:
        if f.type == "SHIP" and f.entry is not None and not f.name.endswith(" class"):
            prefix, _, rest = f.name.partition(" ")
            short = rest if prefix in text.lexicon.prefixes else f.name
            if len(short) > 3 and not any(c.isdigit() for c in short):
                names.setdefault(short, f)
        elif f.name.endswith(" Carrier Strike Group"):
            carrier = f.name.removesuffix(" Carrier Strike Group")
            ship = _by_name(text.lexicon, carrier)
            if ship is not None:
                names.setdefault(carrier.split(" ")[-1], f._replace(type="SHIP", name=ship.name, entry=ship))
    return names
