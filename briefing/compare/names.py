"""Find names written in several ways: Andersen and Anderson, Qaddafi and Gaddafi, Kim Jong Un and Kim Jong-Un."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA, Indel

from briefing.compare.claims import Claim, Item
from briefing.compare.sets import Sets
from briefing.model.statuses import LETTERS, plain_name

if TYPE_CHECKING:
    from briefing.compare.events import Events
    from briefing.compare.reports import Report
    from briefing.model.facts import EntityType

_TYPES: Final[frozenset[EntityType]] = frozenset({"PERSON", "ORG", "PLACE", "SHIP", "EVENT"})
"""What is spelt in different ways; nations and types of aircraft have fixed names, and near ones mean others."""

_ALIKE: Final = 0.85
"""Least likeness of the one word that differs in the name of a place, body, ship or event."""
_LONG: Final = 6
"""Fewest letters of such a word: of shorter ones, too many are names of their own."""
_ALONE: Final = 8
"""The same for a name that is this one word only."""
_SHORT_PERSON: Final = 4
"""Fewest letters of a person's name that may be misspelt, if nothing else of the full name differs."""
_SURE_PERSON: Final = 6
"""Letters from which another letter in one place is no other name."""
_TWO_ERRORS: Final = 9
"""Letters from which two may be wrong."""
_FULL_NAME: Final = 2
_RANK: Final = re.compile(r"\b(?:Col|Gen|Adm|Maj|Capt|Lt|Brig|Cmdr|Dr|Sgt|Colonel|General|Admiral|Captain|Major)\.?\s$")
_SPOKEN_FOR: Final = re.compile(r"spokes(?:man|woman|person)")
_SAMPLE: Final = 3

_LIST_OF_PLACES: Final = re.compile(
    r"\b(?:[Bb]ases|[Pp]orts|[Tt]owns|[Cc]ities|[Vv]illages|[Aa]ir(?:ports|fields|bases)|[Dd]istricts|[Pp]rovinces|[Ii]slands)\s"
    r"(?:(?:of|at|in|near)\s)?(?:[A-Z][\w-]+(?:\s[A-Z][\w-]+)?,\s(?:and\s)?)*(?:[A-Z][\w-]+\sand\s)?$"
)
"""Before a name in a list of places, which is a place's, whatever was made of it."""
_WORD: Final = re.compile(r"\w+(?:[’']\w+)*")
_PARTICLES: Final = frozenset({"al", "el", "ul", "the"})
_GENERIC: Final = frozenset(
    {
        "base", "island", "islands", "airport", "airfield", "afb", "city", "district", "province", "county", "port",
        "harbour", "harbor",
    }
)  # fmt: skip
_OF_BASES: Final = frozenset(
    {
        "air", "force", "raf", "raaf", "naval", "station", "bases", "airbase",
    }
)  # fmt: skip
# Spellings of one sound, so that transliterations meet; applied in this order.
_SOUNDS: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"ye", "e"), (r"of+$|ow$", "ov"), (r"x", "ks"), (r"tschch", "chh"), (r"tsch", "ch"), (r"dsch", "j"),
        (r"(?<=[aou])ch(?=[tlmnr])", "h"), (r"tz|ts", "c"),
        (r"shch|sch", "sh"), (r"dz|ds(?=e$)", "z"),
        (r"(?<=[aeiou])y(?=[aeou])", ""),
        (r"kh|gh", "h"), (r"q|g(?!$)|ck|c(?=[aou])", "k"), (r"dh|dd", "d"), (r"th", "t"), (r"ph", "f"), (r"w", "v"),
        (r"zh", "j"), (r"tch", "ch"), (r"z$", "s"), (r"oe", "u"),
        (r"yeo|yu|iu|eo|oo|ou|u", "u"), (r"iy|yy|ei|ey|ai|ay|ie|ee|ii|y|j", "i"),
        (r"([a-z])\1+", r"\1"),
    )
)  # fmt: skip


@dataclass(slots=True)
class _Spelling:
    """A spelling of a name, with its first place in each source, and roles of persons of that name."""

    written: str
    type: EntityType
    words: tuple[str, ...]
    first: dict[int, tuple[int, int]] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)


def compare_names(reports: Sequence[Report], events: Events) -> list[Claim]:
    """Make a claim of each name that is written in more than one way, whether as a variant or as another spelling.

    Args:
        reports: The sources, in order of their numbers.
        events: The event of each place of a source.
    """
    spellings = list(_spellings(reports))
    sets = Sets(len(spellings))
    for a, b in _candidates(spellings):
        one, two = spellings[a], spellings[b]
        if _related(events, one, two) and one_name(one.written, two.written, one.type, one.roles, two.roles):
            sets.join(a, b)
    claims = []
    for group in sets.groups():
        members = [spellings[number] for number in group]
        if (
            len(
                {
                    _bare(" ".join(_proper(member.words)) if member.type == "PLACE" else member.written)
                    for member in members
                }
            )
            > 1
        ):
            items = [
                Item(d, *span, member.written, origin_key="name")
                for member in members
                for d, span in member.first.items()
            ]
            title = " / ".join(dict.fromkeys(member.written for member in members))
            within = {events.at(item.document, item.start) for item in items}
            event = within.pop() if len(within) == 1 else None
            items.sort(key=lambda item: (item.document, item.start))
            if len({item.document for item in items}) < 2 and len({plain_name(item.value) for item in items}) < 2:
                continue  # one source writes one name in two ways
            claims.append(Claim("name", title, items, event, one_origin=True))
    return claims


def same_name(a: str, b: str) -> bool:
    """Whether two names are spellings of one name, of a person or a body.

    Args:
        a: One name.
        b: The other one.
    """
    return one_name(a, b, "PERSON") or one_name(a, b, "ORG")


def same_surname(a: str, b: str) -> bool:
    """Whether two persons' last names are one, in any spelling, where something else says that they are one person.

    Args:
        a: Name of one person.
        b: Name of the other one.
    """
    one, two = _words(a)[-1:], _words(b)[-1:]
    return bool(one and two) and _one_person(one, two, agreed=True)


@lru_cache(maxsize=50_000)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name without accents, particles and hyphens ("Al-Ghuraifi" is one word, "ghuraifi")."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    bare = bare.replace("’", "'").translate(LETTERS)
    bare = re.sub(r"\b(?:al|el|ul)-", "", bare)
    joined = re.sub(r"(?<=\w)[-‐–](?=\w)", "", bare)
    return tuple(word for word in _WORD.findall(joined) if word not in _PARTICLES)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A word as it sounds, so that transliterations of one name meet."""
    for pattern, to in _SOUNDS:
        word = pattern.sub(to, word)
    return word


def one_name(
    a: str,
    b: str,
    kind: str,
    roles_a: set[str] | frozenset[str] = frozenset(),
    roles_b: set[str] | frozenset[str] = frozenset(),
) -> bool:
    """Whether two names of one type are one name: variants, transliterations or misspellings of each other.

    Args:
        a: One name.
        b: The other one.
        kind: Type of both: ``PERSON``, ``PLACE``, ``ORG`` or another entity type.
        roles_a: Words for the first person's role and body; persons who share one may differ more in spelling.
        roles_b: Words for the other person's role and body.
    """
    one, two = _words(a), _words(b)
    if not one or not two:
        return False
    if "".join(one) == "".join(two) or plain_name(a) == plain_name(b):
        return True
    if kind == "PERSON":
        if len(one) != len(two):  # a hyphen may stand for a space: "Beltran-Robles"
            apart = [_words(re.sub(r"[-‐–]", " ", name)) for name in (a, b)]
            one, two = apart if len(apart[0]) == len(apart[1]) else (one, two)
        return _one_person(one, two, agreed=bool(roles_a & roles_b))
    if _grown(one, two):
        return False
    short, long = sorted((one, two), key=len)
    if len(short) > 1 and long[: len(short)] == short and set(long[len(short) :]) <= _GENERIC:
        return True
    if kind == "PLACE" and not _alike(one, two):
        one, two = _proper(one), _proper(two)
        if len(one) == len(two) == 1 and one != two:
            return min(len(one[0]), len(two[0])) >= _LONG and (_slip_of_place(one[0], two[0]) or _alike(one, two))
    return bool(one and two) and _alike(one, two)


def _proper(words: tuple[str, ...]) -> tuple[str, ...]:
    """A place's name without the words that may be missing: base, island, air force base."""
    own = tuple(word for word in words if word not in _GENERIC and word not in _OF_BASES)
    return own or words


def _slip_of_place(a: str, b: str) -> bool:
    return a[:1] == b[:1] and sound(a) == sound(b) and not _plural(a, b)


def _one_person(a: tuple[str, ...], b: tuple[str, ...], *, agreed: bool) -> bool:
    """Whether two names of persons are one: at most one word differs, by a sound or by a slip."""
    if sorted(a) == sorted(b):
        return True  # family name first or last
    if len(a) != len(b) and min(len(a), len(b)) == _FULL_NAME < max(len(a), len(b)):
        a, b = a[:1] + a[-1:], b[:1] + b[-1:]  # a middle name that others leave out
        return a == b or _one_person(a, b, agreed=agreed)
    if len(a) != len(b):
        return len("".join(a)) > _ALONE and sound("".join(a)) == sound("".join(b)) and a[0][0] == b[0][0]
    different = [(one, two) for one, two in zip(a, b, strict=True) if one != two]
    if len(a) > 1 and len(different) == len(a) == 2 and (a[0] == b[1] or a[1] == b[0]):
        return False
    by_ear = [_sounds_alike(one, two) for one, two in different]
    agreed = agreed or len(a) - len(different) + sum(by_ear) >= _FULL_NAME  # two other names are the same
    if all(by_ear) and (len(a) > 1 or min(len(a[0]), len(b[0])) >= _LONG or agreed):
        return True
    if len(different) > 1:
        return sum(by_ear) == len(different) - 1 and all(
            near or _slip(one, two, full=True, agreed=agreed)
            for near, (one, two) in zip(by_ear, different, strict=True)
        )
    one, two = different[0]
    return _slip(one, two, full=len(a) > 1, agreed=agreed)


def _sounds_alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= _SHORT_PERSON and sound(a) == sound(b))


def _slip(a: str, b: str, *, full: bool, agreed: bool) -> bool:
    """Whether one word is the other with a letter wrong, doubled, dropped or swapped."""
    short, long = sorted((a, b), key=len)
    if not (a.isalpha() and b.isalpha()) or a[0] != b[0] or _plural(a, b):
        return False
    distance = OSA.distance(a, b)
    if not full:
        least = _LONG if agreed else _ALONE
        return len(short) >= least and distance <= 1 + (len(short) >= _TWO_ERRORS + 2)
    if distance == 1 and len(short) >= _SHORT_PERSON:
        substituted = len(a) == len(b) and sorted(a) != sorted(b)
        return agreed or len(long) >= _SURE_PERSON or not substituted
    if distance == 1 and len(short) == _SHORT_PERSON - 1:
        return agreed and len(long) > len(short) and "".join(dict.fromkeys(long)) == "".join(dict.fromkeys(short))
    return distance == 2 and len(short) >= _TWO_ERRORS - (1 if agreed else 0)


def _spellings(reports: Sequence[Report]) -> Iterator[_Spelling]:
    """Every full form of every name, as written; an abbreviated one stands for the full form that the source uses."""
    known: dict[tuple[str, EntityType], _Spelling] = {}
    types: dict[str, EntityType] = {}
    for report in reports:
        roles = _roles(report)
        for mention in report.extraction.mentions:
            if mention.type not in _TYPES:
                continue
            if found := _full_form(mention.text, mention.name):
                start, end = found
                written = " ".join(mention.text[start:end].split())
            elif _words(mention.name)[:1] == _words(mention.text)[:1]:  # "Andersen AFB"
                start, end, written = 0, len(mention.text), str(mention.name)
            else:
                continue
            of: EntityType = mention.type
            if _LIST_OF_PLACES.search(report.text[max(0, mention.start - 80) : mention.start]):
                of = "PLACE"
            spelling = known.setdefault((written, of), _Spelling(written, of, _words(written)))
            spelling.first.setdefault(report.number, (mention.start + start, mention.start + end))
            spelling.roles |= roles.get(mention.name, set())
            types.setdefault("".join(spelling.words), spelling.type)
    for report in reports:
        for key, start, end in report.proper:
            written = report.text[start:end]
            kind = types.get("".join(_words(written)))
            if (
                kind is None
                and len(written.split()) == _FULL_NAME
                and _RANK.search(report.text, max(0, start - 8), start)
            ):
                kind = "PERSON"
            if kind and key and (kind == "PERSON" or len(written.split()) > 1 or "-" in written or kind == "PLACE"):
                spelling = known.setdefault((written, kind), _Spelling(written, kind, _words(written)))
                spelling.first.setdefault(report.number, (start, end))
    yield from sorted(known.values(), key=lambda spelling: (spelling.type, spelling.written))


def _roles(report: Report) -> dict[str, set[str]]:
    """What the persons of a source are, in words that tell: their role and their body."""
    found: dict[str, set[str]] = {}
    for one in report.extraction.participants:
        if one.kind == "person":
            words = {word for part in (one.role, one.affiliation) if part for word in _words(part) if len(word) > 3}
            found[one.name] = {_SPOKEN_FOR.sub("spokes", word) for word in words}
    return found


@lru_cache(maxsize=20_000)
def _full_form(text: str, name: str) -> tuple[int, int] | None:
    """Where in a mention's text the whole name stands, in any spelling; None for a short form or an abbreviation."""
    wanted = tuple(match.casefold().replace("’", "'") for match in _WORD.findall(name))
    found = list(_WORD.finditer(text))
    if not wanted:
        return None
    squeezed = _squeezed(name)
    for size in range(max(1, len(wanted) - 2), len(wanted) + 3):
        for first in range(len(found) - size, -1, -1):
            part = text[found[first].start() : found[first + size - 1].end()]
            own = tuple(match.casefold().replace("’", "'") for match in _WORD.findall(part))
            if _squeezed(part) == squeezed or _alike(own, wanted):
                return found[first].start(), found[first + size - 1].end()
    return None


def _candidates(spellings: Sequence[_Spelling]) -> Iterator[tuple[int, int]]:
    """Pairs that are the same but for marks, or for one word, or that sound alike."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, spelling in enumerate(spellings):
        words = sorted(spelling.words)
        holders[spelling.type, "".join(words)].append(number)
        holders[spelling.type, "=", "".join(spelling.words)].append(number)
        holders[spelling.type, "~", sound("".join(spelling.words))].append(number)
        if spelling.type == "PLACE":
            proper = _proper(spelling.words)
            holders[spelling.type, "=", "".join(proper)].append(number)
            if len(proper) == 1:
                holders[spelling.type, "~", sound(proper[0])].append(number)
                holders[spelling.type, proper[0][:_SAMPLE], ""].append(number)
        if spelling.type == "PERSON" and len(words) >= _FULL_NAME:
            holders["ends", spelling.words[0][:1], sound(spelling.words[-1])].append(number)
        for place, word in enumerate(words):
            rest = tuple(map(sound, words[:place] + words[place + 1 :]))
            if len(word) >= (_SHORT_PERSON - 1 if rest and spelling.type == "PERSON" else _LONG):
                holders[spelling.type, "" if rest else word[:_SAMPLE], "", *sorted(rest)].append(number)
    pairs = {
        (min(a, b), max(a, b))
        for numbers in holders.values()
        for place, a in enumerate(numbers)
        for b in numbers[place + 1 : place + 1 + 200]
        if a != b
    }
    yield from sorted(pairs)


def _related(events: Events, a: _Spelling, b: _Spelling) -> bool:
    """Whether sources that write the one speak of the same matter as sources that write the other."""
    mains = {events.main(document) for document in b.first}
    return any(events.main(d) in mains or not events.related[d].isdisjoint(b.first) for d in a.first)


def _bare(written: str) -> str:
    """A name but for capitals, dots and the form of its apostrophe, which are not even another way of writing it."""
    return written.casefold().replace(".", "").replace("’", "'")


def _grown(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether a word of the one is a word of the other with an ending, as Virginian is of Virginia."""
    return any(one != two and (one.startswith(two) or two.startswith(one)) for one, two in zip(a, b, strict=False))


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names differ in one long word only, and there by a letter or so."""
    if len(a) != len(b):
        return False
    different = [(one, two) for one, two in zip(a, b, strict=True) if one != two]
    if not different:
        return True
    if len(different) > 1:
        return False
    one, two = different[0]
    least = _LONG if len(a) > 1 else _ALONE
    if min(len(one), len(two)) < least or one[0] != two[0] or not (one.isalpha() and two.isalpha()):
        return False
    alike = Indel.normalized_similarity(one, two) >= _ALIKE or sound(one) == sound(two)
    return alike and not _plural(one, two)


def _plural(a: str, b: str) -> bool:
    """Whether one word is the other with an s."""
    short, long = sorted((a, b), key=len)
    return long in {short + "s", short + "'s"}


@lru_cache(maxsize=20_000)
def _squeezed(name: str) -> str:
    """Only the letters and digits of a name."""
    return "".join(filter(str.isalnum, name)).casefold()
