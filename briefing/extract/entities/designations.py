"""Find aircraft, vehicles and weapons by their designations: ``B-52H Stratofortress``, ``Su-30SM2``, ``F/A-18E/F``.

A designation is letters, a number and what marks the variant. Known ones are looked up by letters and number; unknown
ones count where a class word follows ("F-55 fighter"). Hull, unit and flight numbers, roads and pages look alike: the
words around tell.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from briefing.extract.entities.candidates import STRONG, Found, Text
from briefing.extract.lexicon.lexicon import Entry
from briefing.extract.lexicon.word_lists import NameWords, any_of, one_of
from briefing.model.facts import EntityType

_DESIGNATION: Final = re.compile(
    r"(?<![\w/.@#$&-])(?P<letters>[A-Z][A-Za-z]{0,3}(?:/[A-Z])?)(?P<gap>[- –]?)(?P<number>\d{1,4})"
    r"(?P<variant>(?:[A-Z]{1,4}(?:h(?![a-z]))?\d{0,2}[A-Z]{0,2}|bis|neo|"
    r"ceo)?(?:-\d{1,3}[A-Z]{0,2})?(?:/[A-Z]{1,3}(?![a-z]))*)"
    r"(?P<plural>'?s)?(?!\w|-\w?\d)"
)


@lru_cache(maxsize=4)
def _class_after(lists: NameWords) -> tuple[tuple[EntityType, re.Pattern[str]], ...]:
    """Type and the pattern of the words behind a designation that say so."""
    adjectives = rf"\s(?:(?:{any_of(lists.aircraft_adjectives)}|\w+-generation) ){{0,4}}"
    return (
        ("AIRCRAFT", one_of(lists.aircraft_nouns, adjectives, r"\b")),
        ("WEAPON", one_of(lists.weapon_nouns, r"\s(?:[a-z-]+ ){0,3}", r"\b")),
        ("VEHICLE", one_of(lists.vehicle_nouns, r"\s(?:[a-z-]+ ){0,3}", r"\b")),
    )


def designations(text: Text) -> Iterator[Found]:
    """Mentions of platforms and weapons by designation, with maker before and popular name behind; squadrons too."""
    hulls = text.lists.hulls | text.lists.hulls_in_context
    for match in _DESIGNATION.finditer(text.flat):
        letters, gap, number = match["letters"], match["gap"], match["number"]
        if letters in text.lists.squadron_letters and gap == "-":
            unit = Entry(f"{letters}-{number}", "ORG", "unit")
            yield Found(match.start(), match.end(), "ORG", unit.name, unit, STRONG)
            continue
        entry = text.lexicon.designations.get((letters + number).upper())
        if entry is not None and _plausible(text, match, entry):
            yield _known(text, match, entry)
        elif gap == "-" and letters not in hulls and not letters[1:].islower() and (entry is None):
            yield from _unknown(text, match)


def _plausible(text: Text, match: re.Match[str], entry: Entry) -> bool:
    """Whether a known designation is meant as one here."""
    letters, gap, number, variant = match["letters"], match["gap"], match["number"], match["variant"]
    if gap == " " and letters not in text.lists.letters_apart:
        return False
    no_type = one_of(text.lists.no_types_before, r"\s", r"\b").match(text.flat, match.end())
    if no_type or text.before(match.start()).lower().rstrip(".") in text.lists.numbered_things:
        return False
    if (
        letters[0] != letters[-1].upper()
        and letters[1:].islower()
        and letters not in text.lists.letters_apart
        and letters != entry.name[: len(letters)]
    ):
        return False
    if gap == "" and len(letters) == 1:
        return (len(number) > 1 and (text.aviation or variant != "")) or entry.name.startswith(letters + number)
    if len(letters) == 1 and len(number) == 1 and not (variant or match["plural"]):
        return text.aviation
    return True


def _known(text: Text, match: re.Match[str], entry: Entry) -> Found:
    key = (match["letters"] + match["number"]).upper()
    designation = text.lexicon.written[key] + match["variant"].replace("–", "-")
    apart = (
        one_of(text.lists.variants_apart, " ", r"(?![\w&])").match(text.flat, match.end())
        if entry.type == "AIRCRAFT"
        else None
    )
    if apart:
        designation += apart.group()
    end, popular = _popular(text, apart.end() if apart else match.end(), entry)
    item = f"{designation} {popular}" if popular else designation
    start = before_maker(text, match.start())
    return Found(start, end, entry.type, item, entry, STRONG, item)


def _popular(text: Text, at: int, entry: Entry) -> tuple[int, str]:
    """Where the mention ends and the popular name that follows, singular: ``B-52H| Stratofortress``."""
    if text.flat[at : at + 1] != " " or not text.flat[at + 1 : at + 2].isupper():
        return at, ""
    for name in sorted(entry.names, key=len, reverse=True):
        if text.flat.startswith(name, at + 1):
            end = at + 1 + len(name)
            if text.flat[end : end + 1] == "s":
                end += 1
            elif text.flat[end : end + 2] == "es":
                end += 2
            if not text.flat[end : end + 1].isalnum():
                return end, name
    return at, ""


def before_maker(text: Text, start: int) -> int:
    """Where a mention starts with its maker: ``Boeing |C-17``.

    Args:
        text: The document.
        start: First character of the designation.
    """
    makers = text.lexicon.makers
    if text.flat[start - 1 : start] != " ":
        return start
    best = at = start
    for _ in range(3):
        cut = max(text.flat.rfind(" ", 0, at - 1), text.flat.rfind("(", 0, at - 1)) + 1
        word = text.flat[cut:start].rstrip()
        if not word[:1].isupper():
            break
        if word in makers:
            best = cut
        at = cut
        if cut == 0:
            break
    return best


def _unknown(text: Text, match: re.Match[str]) -> Iterator[Found]:
    """A designation that no lexicon lists, where a class word follows it."""
    if text.before(match.start()).lower().rstrip(".") in text.lists.numbered_things:
        return
    for kind, class_words in _class_after(text.lists):
        if class_words.match(text.flat, match.end()):
            item = f"{match['letters']}-{match['number']}{match['variant']}"
            start = before_maker(text, match.start())
            yield Found(start, match.end(), kind, item, None, STRONG, item, "medium")
            return
