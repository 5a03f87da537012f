"""Find operations, exercises and elections by form: ``Operation CHESSMAN``, ``exercise Immediate Response 24``."""

import re
from collections.abc import Iterator
from typing import Final

from briefing.extract.entities.candidates import KNOWN, Found, Text
from briefing.extract.lexicon.lexicon import Entry
from briefing.extract.lexicon.word_lists import one_of

_NAME: Final = r"(?:[A-ZÀ-Ý][\w'’-]*)"
_OPERATION: Final = ("(?<![\\w-])", rf"\.? [\"“'‘]?(?P<name>{_NAME}(?: (?:of |the |for )?{_NAME}){{0,3}})")
_EXERCISE: Final = (
    "(?<![\\w-])",
    rf"(?:,? (?:named|called|dubbed|code-?named|known as))? [\"“'‘]?(?P<name>{_NAME}(?: (?:of |the )?{_NAME}){{0,3}})",
)
_CODE_NAMED: Final = (
    r"\b",
    rf"s?,? (?:code-?named|dubbed|named|called) [\"“'‘]?(?P<name>{_NAME}(?: {_NAME}){{0,2}})",
)

_NAMED: Final = rf"(?P<name>{_NAME}(?: {_NAME}){{0,3}})(?:[ -](?:20)?\d\d(?:-\d)?)?[\"”'’]? (?:"
_AN_EXERCISE: Final = r" ){0,3}(?:exercises?|drills?|war ?games)\b"
_OF_PLACE: Final = rf" (?:of|on|for) (?:the )?{_NAME}(?: {_NAME}){{0,2}}"
_OF_STORM: Final = rf" {_NAME}(?! (?:FGR|T\d|GR))"
_WHOSE: Final = r"(?<![\w-])(?:(?:1[89]|20)\d\d )?(?:[A-ZÀ-Ý][\w'.-]*(?: (?:and |of )?[A-ZÀ-Ý][\w'.-]*){0,4} )?(?:"
_POLL: Final = r" )*(?:by-?)?elections?(?! (?:commission|official|campaign|law))\b"


def events(text: Text) -> Iterator[Found]:
    """Mentions of operations, exercises and elections that have a name or a year; the year is no part of the name."""
    flat = text.flat
    for match in one_of(text.lists.words_of_operations, *_OPERATION).finditer(flat):
        name, end = _cut(match, text.lists.ends_of_operations | {"Commander"})
        if name:
            full = f"Operation {name.title() if name.isupper() else name}"
            yield _event(text, match.start(), end, full, "operation", KNOWN)
    for match in one_of(text.lists.code_named, *_CODE_NAMED).finditer(flat):
        name, end = _cut(match, text.lists.ends_of_operations)
        if name and name.split(" ")[0] not in ("We", "I", "You", "They", "It"):
            full = f"Operation {name.title() if name.isupper() else name}"
            yield _event(text, match.start("name"), end, full, "operation", KNOWN)
    if any(word in flat for word in ("xercise", "drill", "Drill", "ar game", "argame", "EXERCISE")):
        for match in (
            *one_of(text.lists.words_of_exercises, *_EXERCISE).finditer(flat),
            *one_of(text.lists.exercise_adjectives, _NAMED, _AN_EXERCISE).finditer(flat),
        ):
            yield from _exercise(text, match)
    for match in one_of(text.lists.battles, r"(?<![\w-])", _OF_PLACE).finditer(flat):
        yield _event(text, match.start(), match.end(), match.group(), "war", KNOWN)
    for match in one_of(text.lists.storms, r"(?<![\w-])", _OF_STORM).finditer(flat):
        yield _event(text, match.start(), match.end(), match.group(), "storm", KNOWN)
    for match in one_of(text.lists.elections, _WHOSE, _POLL).finditer(flat) if "lection" in flat else ():
        written = match.group()
        if written[0].isdigit() or written[0].isupper():
            lead = re.match(r"(?:The|In|At|After|Before|During|Since|For|By|This|A|An|His|Her) ", written)
            start = match.start() + (lead.end() if lead else 0)
            if flat[start].isdigit() or flat[start].isupper():
                name = flat[start : match.end()]
                yield Found(start, match.end(), "EVENT", name, Entry(name, "EVENT", "election"), KNOWN, "", "medium")


def _exercise(text: Text, match: re.Match[str]) -> Iterator[Found]:
    parts = match["name"].split(" ")
    start, no_names = match.start("name"), text.lists.no_exercises | text.lexicon.lists.calendar.names
    while parts and parts[0] in no_names:
        start += len(parts[0]) + 1
        parts = parts[1:]
    if not parts or (len(parts) == 1 and (parts[0] in text.lexicon.nations or len(parts[0]) < 3)):
        return
    if any(part in text.lexicon.heads or part in text.lexicon.nations for part in parts):
        return
    end = start + len(" ".join(parts))
    name = " ".join(parts)
    yield _event(text, start, end, name.title() if name.isupper() and len(name) > 6 else name, "exercise", KNOWN)


def _cut(match: re.Match[str], stops: set[str] | frozenset[str]) -> tuple[str, int]:
    """The name before the first word that cannot be part of it, and where it ends."""
    parts = match["name"].split(" ")
    for n, part in enumerate(parts):
        if part in stops:
            parts = parts[:n]
            break
    while parts and parts[-1] in ("of", "the", "for"):
        parts.pop()
    name = " ".join(parts)
    end = match.start("name") + len(name)
    return (name[:-2], end - 2) if name.endswith("'s") else (name, end)


def _event(text: Text, start: int, end: int, name: str, kind: str, tier: int) -> Found:
    known = text.lexicon.entry(name)
    entry = known if known is not None and known.type == "EVENT" else Entry(name, "EVENT", kind)
    return Found(start, end, "EVENT", entry.name, entry, tier, "", "high" if known else "medium")
