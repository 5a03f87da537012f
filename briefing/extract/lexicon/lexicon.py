"""The world knowledge of the extractor: nations, services, platforms, places, from the TOML files in ``lexicons/``.

A user's own files of the same names are merged over ours: a key that is already there gains what is added, a new key is
a new entry. ``build.load_lexicon`` reads everything once per folder and process.

Two questions are answered here. *What is this name?* :meth:`Lexicon.entry` finds the :class:`Entry` behind a canonical
name. *Where does a known name stand in a text?* :meth:`Lexicon.find` walks over it once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from briefing.extract.lexicon.word_lists import WordLists, load_word_lists
from briefing.model.facts import Category, EntityType

WORD: Final = re.compile(r"[^\W_]+")
_SUFFIXES: Final = frozenset(
    {"corp", "corporation", "inc", "co", "company", "ltd", "limited", "llc", "plc", "ag", "group", "sa"}
)
Form = Literal["name", "abbreviation", "demonym", "capital", "seat", "nickname"]


@dataclass(slots=True, eq=False)
class Entry:
    """An entry of the lexicon, under its canonical ``name``. Not to be changed once loaded.

    ``kind`` says what it is, finer than ``type``: ``nation``, ``capital``, ``seat``, ``region``, ``city``, ``water``,
    ``island``, ``landmark``, ``base``, ``service`` (an armed service), ``forces`` (a nation's armed forces as a whole),
    ``command``, ``unit``, ``alliance``, ``coalition``, ``government``, ``ministry``, ``legislature``, ``agency``,
    ``international``, ``group`` (an armed or militant group), ``party``, ``company``, ``media``, ``body``,
    ``exercise``, ``operation``, ``war``, ``meeting``, or for platforms and weapons the class word ("bomber",
    "destroyer", "cruise missile").
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
    """The body it belongs to: a command's department, a unit's or ship's service."""
    former: bool = False
    family: str = ""
    """For a variant, the name of the entry it is a variant of."""
    names: tuple[str, ...] = ()
    """A platform's popular names: ``Stratofortress``."""

    @property
    def nation(self) -> str:
        """The one nation it belongs to, or an empty string where there are several or none."""
        if self.kind == "nation":
            return self.name
        return self.nations[0] if len(self.nations) == 1 else ""


class Term(NamedTuple):
    """A way of writing an entry."""

    surface: str
    entry: Entry
    form: Form


class Hit(NamedTuple):
    """A known name in a text."""

    start: int
    end: int
    term: Term


@dataclass(slots=True, eq=False)
class Lexicon:
    """All entries, and the ways they are written."""

    entries: dict[str, Entry] = field(default_factory=dict)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    """First word of a term to the terms that begin with it, longest first."""
    surfaces: dict[str, bool] = field(default_factory=dict)
    """Every way of writing an entry to whether it is more than a nickname: what is known already is not added again."""
    capitals: dict[str, list[Term]] = field(default_factory=dict)
    """The same for text that is all in capitals."""
    nations: dict[str, Entry] = field(default_factory=dict)
    """Every way of writing a nation, demonyms included, to its entry: ``nations["French"].name`` is ``France``."""
    demonyms: dict[str, str] = field(default_factory=dict)
    """A nation's name to its adjective: ``demonyms["France"]`` is ``French``."""
    designations: dict[str, Entry] = field(default_factory=dict)
    """Letters and number of a type designation without hyphen, in capitals, to its family: ``B52``."""
    written: dict[str, str] = field(default_factory=dict)
    """The same keys to the designation as it is usually written: ``B-52``."""
    branch_of: dict[str, str] = field(default_factory=dict)
    """A service's name to its branch word."""
    branches: dict[tuple[str, str], Entry] = field(default_factory=dict)
    """Nation and branch word to the service: ``("Japan", "air force")``."""
    shared: dict[str, list[Entry]] = field(default_factory=dict)
    """An abbreviation to the services that are called so: ``RSAF`` is Saudi Arabia's and Singapore's air force."""
    prefixes: dict[str, Entry] = field(default_factory=dict)
    """Ship prefixes: ``USS``."""
    weak_prefixes: frozenset[str] = frozenset()
    """Prefixes that are also other abbreviations: they count where the text speaks of ships."""
    classes: dict[str, Entry] = field(default_factory=dict)
    """Ship classes: ``Arleigh Burke``."""
    heads: dict[str, tuple[EntityType, str]] = field(default_factory=dict)
    """Words that say what a name is, with type and kind: ``heads["Squadron"]`` is ``("ORG", "unit")``."""
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    """Lists of such words with a use of their own: ``governing``, ``listing``, ``alone``."""
    place_words: dict[str, str] = field(default_factory=dict)
    """Words before the name of a place, to its kind: ``place_words["Camp"]`` is ``base``."""
    service_words: dict[str, str] = field(default_factory=dict)
    """Words in names of armed services, to their branch: ``service_words["Naval Forces"]`` is ``navy``."""
    service_forms: dict[str, str] = field(default_factory=dict)
    """Lower-case words for an armed service, to those of its name: ``service_forms["af"]`` is ``Air Force``."""
    nicknames: dict[str, str] = field(default_factory=dict)
    """Lower-case short forms of given names to the full one: ``nicknames["bill"]`` is ``william``."""
    ministries: dict[str, list[Entry]] = field(default_factory=dict)
    """A nation's ministries."""
    doubtful: set[str] = field(default_factory=set)
    """Places from the long list of cities and bare names of bases: often persons' names too, so weak evidence."""
    makers: frozenset[str] = frozenset()
    """Names of makers of platforms, as written before a designation."""

    lists: WordLists = field(default_factory=load_word_lists)
    """Plain lists of words, by the file they stand in."""
    starts: re.Pattern[str] = WORD
    """Words that a known name may begin with: any with a capital or digit, and the few others there are."""

    def entry(self, name: str) -> Entry | None:
        """The entry whose canonical name this is."""
        return self.entries.get(name)

    def nation(self, written: str) -> str:
        """The nation a name, abbreviation or demonym stands for, or an empty string."""
        found = self.nations.get(written)
        return found.name if found else ""

    def company(self, written: str) -> Entry | None:
        """The company that is listed under this name without its "Corp", "Inc." and the like."""
        while True:
            for term in self.terms.get(written.split(" ")[0], ()):
                if term.surface == written and term.entry.kind == "company":
                    return term.entry
            written, blank, last = written.rpartition(" ")
            if not blank or last.rstrip(".,").lower() not in _SUFFIXES:
                return None

    def find(self, flat: str, start: int = 0, end: int | None = None, *, capitals: bool = False) -> Iterator[Hit]:
        """Known names in a part of a text, leftmost longest, none overlapping.

        Args:
            flat: The text with plain one-character blanks and apostrophes.
            start: First character of the part.
            end: The character after its last; None for the end of the text.
            capitals: Whether the part is all in capitals.
        """
        terms, done = self.capitals if capitals else self.terms, 0
        end = len(flat) if end is None else end
        for word in self.starts.finditer(flat, start, end):
            candidates = terms.get(word.group())
            if candidates is None or (at := word.start()) < done:
                continue
            for term in candidates:
                if flat.startswith(term.surface, at):
                    stop = at + len(term.surface)
                    if stop <= end and not flat[stop : stop + 1].isalnum():
                        yield Hit(at, stop, term)
                        done = stop
                        break
