"""Build the :class:`~briefing.extract.lexicon.lexicon.Lexicon` of the lexicon files' tables."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from briefing.extract.lexicon.files import Table, read_all
from briefing.extract.lexicon.lexicon import WORD, Entry, Form, Lexicon, Term
from briefing.extract.lexicon.word_lists import word_lists
from briefing.model.facts import Category, EntityType

_PLATFORMS: Final[tuple[tuple[str, EntityType, Category], ...]] = (
    ("aircraft", "AIRCRAFT", "aircraft"),
    ("vehicles", "VEHICLE", "vehicle"),
    ("weapons", "WEAPON", "munition"),
)
_DESIGNATION: Final = re.compile(r"([A-Za-z]{1,4}(?:/[A-Z])?)[- ]?(\d{1,4})(?![\d.])")
_ARTICLE: Final = re.compile(r"(?:Al|al|Ar|As|At|Ad|Az|An|Ash|El|el)[ -](?=\w)")


@lru_cache(maxsize=4)
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Our lexicons with the user's of ``folder`` merged in. Raises ``LexiconError`` naming file, line and key."""
    return build(read_all(folder))


def build(files: dict[str, Table]) -> Lexicon:
    """The lexicon of all tables."""
    lexicon = Lexicon(lists=word_lists(files)) if "calendar" in files else Lexicon()
    makers: set[str] = set()
    _nations(lexicon, files.get("nations", {}))
    for name, value in files.get("peoples", {}).items():
        people = _entry(lexicon, Entry(name, "NATION", "people"))
        for written in (name, *value.get("names", [])):
            _add(lexicon, written, people, value.get("form", "demonym"))
            _add(lexicon, written + "s", people, value.get("form", "demonym"))
    _places(lexicon, files.get("places", {}), files.get("cities", {}))
    _services(lexicon, files.get("services", {}))
    _bodies(lexicon, files.get("organisations", {}), "ORG")
    _bodies(lexicon, files.get("events", {}), "EVENT")
    _media(lexicon, files.get("media", {}))
    _bases(lexicon, files.get("bases", {}), files.get("base_forms", {}))
    for file, kind, category in _PLATFORMS:
        for name, value in files.get(file, {}).items():
            _platform(lexicon, name, value, kind, category)
            makers.update(re.split(r"[/-]", value.get("maker", "")))
    _ships(lexicon, files.get("ships", {}))
    _heads(lexicon, files.get("heads", {}))
    nicknames = files.get("first_names", {}).get("nicknames", {})
    lexicon.nicknames = {short: full for full, shorts in nicknames.items() for short in shorts}
    companies = {t.surface for ts in lexicon.terms.values() for t in ts if t.entry.kind == "company"}
    lexicon.makers = frozenset((makers | companies) - {""})
    for terms in lexicon.terms.values():
        if len(terms) > 1:
            terms.sort(key=lambda term: (-len(term.surface), term.form == "nickname"))
    _index_capitals(lexicon)
    for entry in lexicon.entries.values():
        if entry.kind == "ministry" and entry.nation:
            lexicon.ministries.setdefault(entry.nation, []).append(entry)
    lower = sorted((word for word in lexicon.terms if word[0].islower()), key=len, reverse=True)
    lexicon.starts = re.compile(rf"(?<![^\W_])(?:[A-Z0-9\u00c0-\u024f][^\W_]*|(?:{'|'.join(lower)})(?![^\W_]))")
    return lexicon


def _index_capitals(lexicon: Lexicon) -> None:
    """Terms as they stand in a headline in capitals; nicknames and short words would be wrong there too often."""
    for first, terms in lexicon.terms.items():
        shouted = lexicon.capitals.setdefault(first.upper(), [])
        for surface, entry, form in terms:
            if form != "nickname" and len(surface) > 2 and surface not in lexicon.words.get("not_shouted", ()):
                shouted.append(Term(surface.upper(), entry, form))
    for terms in lexicon.capitals.values():
        if len(terms) > 1:
            terms.sort(key=lambda term: -len(term.surface))


def _add(lexicon: Lexicon, surface: str, entry: Entry, form: Form = "name") -> None:
    first = WORD.match(surface)
    if first is None or (entry.category and form == "name" and _is_designation(surface)):
        return
    terms = lexicon.terms.setdefault(first.group(), [])
    # what is known is looked up: a user's list may have thousands of names with one first word
    if not (lexicon.surfaces.get(surface) or (form == "nickname" and surface in lexicon.surfaces)):
        terms.append(Term(surface, entry, form))
        lexicon.surfaces[surface] = form != "nickname"
    if not surface.isascii() and (plain := _plain(surface)) != surface:
        _add(lexicon, plain, entry, form)


def _plain(text: str) -> str:
    """Remove the marks that reporting leaves out: ``Al Fallūjah`` is ``Al Fallujah``."""
    text = text.translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


_LETTERS: Final = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "ð": "d", "ß": "ss", "’": "'", "‘": "'", "–": "-"}
)


def _spellings(text: str) -> Iterator[list[str]]:
    """Names of a list in a string: divided by semicolons, the spellings of one by ``=``, canonical first."""
    for item in text.split(";"):
        names = [" ".join(name.split()) for name in item.split("=")]
        if names[0]:
            yield names


def _articles(name: str) -> Iterable[str]:
    """An Arabic name with its article written in each way: ``Al Hasakah``, ``al-Hasakah``."""
    found = _ARTICLE.match(name)
    if found is None:
        return (name,)
    article, rest = found.group()[:-1], name[found.end() :]
    return dict.fromkeys((name, *(f"{a}{gap}{rest}" for a in (article.title(), article.lower()) for gap in "- ")))


def _nations(lexicon: Lexicon, table: Table) -> None:
    for name, value in table.items():
        nation = Entry(name, "NATION", "nation", former=value.get("former", False))
        lexicon.entries[name] = nation
        demonyms = value.get("demonyms", [])
        lexicon.demonyms[name] = demonyms[0] if demonyms else name
        written: list[tuple[str, Form]] = [(name, "name"), *((w, "name") for w in value.get("names", []))]
        written += [(w, "abbreviation") for w in value.get("abbreviations", [])]
        for word in demonyms:
            written.append((word, "demonym"))
            if not word.endswith(("s", "sh", "ch", "ese", "men", "man", "women")):
                written.append((word + "s", "demonym"))
        for surface, form in written:
            _add(lexicon, surface, nation, form)
            lexicon.nations[surface] = nation
        for place in [value["capital"]] if "capital" in value else []:
            _add(lexicon, place, _entry(lexicon, Entry(place, "PLACE", "capital", nations=(name,))), "capital")
        for place in value.get("seats", []):
            _add(lexicon, place, _entry(lexicon, Entry(place, "PLACE", "seat", nations=(name,))), "seat")


def _entry(lexicon: Lexicon, entry: Entry) -> Entry:
    """The entry, or the one that has its name already."""
    return lexicon.entries.setdefault(entry.name, entry)


def _places(lexicon: Lexicon, places: Table, cities: Table) -> None:
    for table in (places, cities):
        for nation, kinds in table.items():
            for kind, names in kinds.items():
                kind = "city" if kind == "cities" else kind
                for spellings in _spellings(names):
                    entry = Entry(spellings[0], "PLACE", kind, nations=(nation,) if nation else ())
                    if table is cities and entry.name not in lexicon.entries:
                        lexicon.doubtful.add(entry.name)
                    entry = _entry(lexicon, entry)
                    for spelling in spellings:
                        for written in _articles(spelling):
                            _add(lexicon, written, entry)


def _bases(lexicon: Lexicon, table: Table, forms: Table) -> None:
    ends, starts = forms.get("ends", {}), forms.get("starts", {})
    for nation, kinds in table.items():
        for spellings in _spellings(kinds.get("bases", "")):
            entry = _entry(lexicon, Entry(spellings[0], "PLACE", "base", nations=(nation,)))
            for spelling in spellings:
                _add(lexicon, spelling, entry)
                for end, others in ends.items():
                    if spelling.endswith(f" {end}"):
                        for other in others:
                            _add(lexicon, spelling.removesuffix(end) + other, entry)
                for start, others in starts.items():
                    if spelling.startswith(f"{start} "):
                        for other in others:
                            _add(lexicon, other + spelling.removeprefix(start), entry)
        for name, *_ in _spellings(kinds.get("bare", "")):
            lexicon.doubtful.add(name)
            full = next((t.entry for t in _beginning(lexicon, name) if t.entry.kind == "base"), None)
            _add(lexicon, name, full or _entry(lexicon, Entry(name, "PLACE", "base", nations=(nation,))))


def _beginning(lexicon: Lexicon, name: str) -> Iterator[Term]:
    first = WORD.match(name)
    for term in lexicon.terms.get(first.group(), ()) if first else ():
        if term.surface.startswith(name):
            yield term


def _services(lexicon: Lexicon, table: Table) -> None:
    for nation, branches in table.items():
        for branch, value in branches.items():
            kind = "forces" if branch == "armed forces" else "service"
            entry = Entry(value["name"], "ORG", kind, nations=(nation,))
            entry = _entry(lexicon, entry)
            lexicon.branches[nation, branch] = entry
            lexicon.branch_of[entry.name] = branch
            for name in (value["name"], *value.get("names", [])):
                _add(lexicon, name, entry)
            for name in value.get("abbreviations", []):
                _add(lexicon, name, entry, "abbreviation")
                lexicon.shared.setdefault(name, []).append(entry)
            for name in value.get("nicknames", []):
                _add(lexicon, name, entry, "nickname")


def _bodies(lexicon: Lexicon, table: Table, type_: EntityType) -> None:
    for name, value in table.items():
        shared = {
            "kind": value.get("kind", ""),
            "nations": tuple(value.get("nations", ())),
            "parent": value.get("parent", ""),
        }
        entry = _entry(lexicon, Entry(name, type_, **shared))
        _write(lexicon, entry, value)
        for other in value.get("alike", []):
            _add(lexicon, other, _entry(lexicon, Entry(other, type_, **shared)))


def _write(lexicon: Lexicon, entry: Entry, value: dict[str, Any]) -> None:
    """Add the entry's own name and the others under which its table lists it."""
    _add(lexicon, entry.name, entry, value.get("form", "name"))
    for surface in value.get("names", []):
        _add(lexicon, surface, entry)
    for surface in value.get("abbreviations", []):
        _add(lexicon, surface, entry, "abbreviation")
    for surface in value.get("nicknames", []):
        _add(lexicon, surface, entry, "nickname")


def _media(lexicon: Lexicon, table: Table) -> None:
    for kind, value in table.items():
        for spellings in _spellings(value.get("names", "")):
            entry = _entry(lexicon, Entry(spellings[0], "ORG", "company" if kind == "platform" else "media"))
            for spelling in spellings:
                _add(lexicon, spelling, entry, "abbreviation" if spelling.isupper() else "name")


def _platform(lexicon: Lexicon, name: str, value: dict[str, Any], type_: EntityType, category: Category) -> None:
    names = [n for n in value.get("names", []) if not _DESIGNATION.match(n)]
    entry = Entry(
        name,
        type_,
        value.get("kind", ""),
        value.get("category", category),
        maker=value.get("maker", ""),
        nations=tuple(value.get("nations", ())),
        names=(*names, *value.get("nicknames", [])),
    )
    entry = _entry(lexicon, entry)
    _write(lexicon, entry, value)
    for surface in (name, *value.get("names", []), *value.get("variants", [])):
        if surface != name or "form" not in value:
            _designate(lexicon, surface, entry)
    for surface in (*value.get("nicknames", []), *value.get("names", [])):
        if surface[-1].islower() or surface[-1].isdigit():
            plural = surface + ("es" if surface.endswith(("s", "x", "ch", "sh")) else "s")
            _add(lexicon, plural, entry, "nickname" if surface in value.get("nicknames", []) else "name")
    for other in value.get("alike", []):
        alike = Entry(other, type_, entry.kind, entry.category, entry.maker, entry.nations)
        alike = _entry(lexicon, alike)
        _add(lexicon, other, alike)
        _add(lexicon, other + "s", alike)
        _designate(lexicon, other, alike)


def _designate(lexicon: Lexicon, written: str, entry: Entry) -> None:
    """Make a designation known by its letters and number."""
    found = _DESIGNATION.match(written)
    if found and " " not in written[found.end() :]:
        key = (found[1] + found[2]).upper()
        if lexicon.designations.setdefault(key, entry) is entry:
            lexicon.written.setdefault(key, found.group())


def _is_designation(written: str) -> bool:
    """Whether it is letters and a number, with or without a variant: found by its form, never as a plain word."""
    return " " not in written and _DESIGNATION.match(written) is not None


def _ships(lexicon: Lexicon, table: Table) -> None:
    for prefix, value in table.get("prefixes", {}).items():
        nations = tuple(value.get("nations", ()))
        lexicon.prefixes[prefix] = Entry(
            prefix, "SHIP", value.get("kind", ""), "ship", nations=nations, parent=value.get("parent", "")
        )
    lexicon.weak_prefixes = frozenset(p for p, value in table.get("prefixes", {}).items() if value.get("weak"))
    for name, value in table.get("classes", {}).items():
        entry = Entry(f"{name} class", "SHIP", value.get("kind", ""), "ship", nations=tuple(value.get("nations", ())))
        for written in (name, *value.get("names", [])):
            lexicon.classes[written] = entry
            if written.startswith("Type "):
                _add(lexicon, written, entry)
    for name, value in table.get("named", {}).items():
        entry = Entry(
            name,
            "SHIP",
            value.get("kind", ""),
            "ship",
            nations=tuple(value.get("nations", ())),
            parent=value.get("parent", ""),
        )
        entry = _entry(lexicon, entry)
        for surface in value.get("names", []):
            _add(lexicon, surface, entry, "nickname")


def _heads(lexicon: Lexicon, table: Table) -> None:
    types: tuple[tuple[str, EntityType], ...] = (("organisations", "ORG"), ("places", "PLACE"), ("events", "EVENT"))
    for key, type_ in types:
        for kind, words in table.get(key, {}).items():
            for word in words.split():
                lexicon.heads.setdefault(word, (type_, kind))
    indexes = {
        "place_words": lexicon.place_words, "services": lexicon.service_words, "service_forms": lexicon.service_forms
    }  # fmt: skip
    for key, index in indexes.items():
        index.update((word, kind) for kind, words in table.get(key, {}).items() for word in words)
    lexicon.words = {key: frozenset(words.split()) for key, words in table.get("words", {}).items()}
