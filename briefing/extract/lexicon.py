"""What the program knows of the world: nations, services, platforms, places, read from the TOML files in ``lexicons/``.

A user's own files of the same names are merged over ours: a key that is already there gains what is added, a new key is
a new entry. :func:`load_lexicon` reads everything once per folder and process.

Two questions are answered here. *What is this name?* :meth:`Lexicon.entry` finds the :class:`Entry` behind a canonical
name. *Where does a known name stand in a text?* :meth:`Lexicon.find` walks over it once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from briefing.extract.lexicon_files import Table, read_all
from briefing.model.facts import Category, EntityType

_WORD: Final = re.compile(r"\w+")
_INSIDE: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the lexicon knows, under its canonical ``name``.

    ``kind`` says what it is, finer than ``type``: ``nation``, ``capital``, ``seat``, ``region``, ``city``, ``base``,
    ``service`` (an armed service), ``forces`` (a nation's armed forces as a whole), ``command``, ``unit``,
    ``alliance``, ``government``, ``ministry``, ``agency``, ``group`` (an armed or militant group), ``party``,
    ``company``, ``media``, ``exercise``, ``operation``, ``war``, or for platforms and weapons the class word
    ("bomber", "destroyer", "cruise missile").
    """

    name: str
    type: EntityType
    kind: str = ""
    category: Category | None = None
    """What counting it would count; null for what is not counted."""
    maker: str = ""
    nations: tuple[str, ...] = ()
    """Whose it is: a service's or ministry's nation, the nations that operate a platform, where a place lies."""
    parent: str = ""
    """The body it belongs to: a command's department, a unit's service."""
    former: bool = False

    @property
    def nation(self) -> str:
        """The one nation it belongs to, or an empty string where there are several or none."""
        if self.kind == "nation":
            return self.name
        return self.nations[0] if len(self.nations) == 1 else ""


class Term(NamedTuple):
    """A way of writing an entry: ``form`` is name, abbreviation, demonym, capital, seat or nickname."""

    surface: str
    entry: Entry
    form: str


class Hit(NamedTuple):
    """A known name in a text."""

    start: int
    end: int
    term: Term


@dataclass(slots=True)
class Lexicon:
    """All entries and the ways they are written."""

    entries: dict[str, Entry] = field(default_factory=dict)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    """First word of a term to the terms that begin with it, longest first."""
    nations: dict[str, Entry] = field(default_factory=dict)
    """Every way of writing a nation, demonyms included, to its entry: ``nations["French"].name`` is ``France``."""
    demonyms: dict[str, str] = field(default_factory=dict)
    """A nation's name to its adjective: ``demonyms["France"]`` is ``French``."""

    def entry(self, name: str) -> Entry | None:
        """The entry whose canonical name this is."""
        return self.entries.get(name)

    def nation(self, written: str) -> str:
        """The nation a name, abbreviation or demonym stands for, or an empty string."""
        found = self.nations.get(written)
        return found.name if found else ""

    def find(self, flat: str) -> Iterator[Hit]:
        """Known names in the text, leftmost longest, none overlapping. ``flat`` has one-character plain blanks."""
        terms, done = self.terms, 0
        for word in _WORD.finditer(flat):
            candidates = terms.get(word.group())
            if candidates is None or (start := word.start()) < done:
                continue
            for term in candidates:
                if flat.startswith(term.surface, start):
                    end = start + len(term.surface)
                    if end == len(flat) or not _INSIDE.match(flat, end):
                        yield Hit(start, end, term)
                        done = end
                        break


@lru_cache(maxsize=4)
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Our lexicons with the user's of ``folder`` merged in. Raises ``LexiconError`` naming file, line and key."""
    files = read_all(folder)
    lexicon = Lexicon()
    _add_nations(lexicon, files.get("nations", {}))
    for terms in lexicon.terms.values():
        terms.sort(key=lambda term: -len(term.surface))
    return lexicon


def _add(lexicon: Lexicon, surface: str, entry: Entry, form: str) -> None:
    first = _WORD.match(surface)
    if first is not None:
        lexicon.terms.setdefault(first.group(), []).append(Term(surface, entry, form))


def _add_nations(lexicon: Lexicon, table: Table) -> None:
    for name, value in table.items():
        nation = Entry(name, "NATION", "nation", former=value.get("former", False))
        lexicon.entries[name] = nation
        demonyms = value.get("demonyms", [])
        lexicon.demonyms[name] = demonyms[0] if demonyms else name
        written = [(name, "name"), *((w, "name") for w in value.get("names", []))]
        written += [(w, "abbreviation") for w in value.get("abbreviations", [])]
        for word in demonyms:
            written.append((word, "demonym"))
            if not word.endswith(("s", "sh", "ch", "ese", "men", "man")):
                written.append((word + "s", "demonym"))
        for surface, form in written:
            _add(lexicon, surface, nation, form)
            lexicon.nations[surface] = nation
        capitals = [value["capital"]] if "capital" in value else []
        for place, form in [*((c, "capital") for c in capitals), *((s, "seat") for s in value.get("seats", []))]:
            entry = Entry(place, "PLACE", form, nations=(name,))
            lexicon.entries.setdefault(place, entry)
            _add(lexicon, place, lexicon.entries[place], form)
