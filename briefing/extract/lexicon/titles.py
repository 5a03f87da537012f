"""Find titles before names: ranks of armed services, civil offices, forms of address.

A title is a run of lexicon entries with at least one title proper in it: "Deputy Defence Minister", "Chief Master
Sergeant", "Secretary of State", "Retired Navy Vice Adm.". Matching reads characters, not tokens: tokenizers cut
"Brig. Gen." in many ways.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from briefing.extract.lexicon.files import Table, read_all

Kind = Literal["military", "police", "civil", "honorific"]
KINDS: Final[tuple[Kind, ...]] = ("military", "police", "civil", "honorific")
_CAPITALISED: Final = re.compile(r"(?<![\w@#])[^\W\d_a-z][\w'’]*")
_WORD: Final = re.compile(r"[^\W_]['’\w]*(?:\.[a-zA-Z](?!\w))*\.?")
_GAP: Final = re.compile(r"[ \t\u00a0]{1,2}|[ \t]?\n(?![ \t]*\n)|-")
_MARKS: Final = ("\u200e", "\u200f", "\ufffd")
"""Direction marks, also as cleaning leaves them: some pages set them between title and name."""
_OF: Final = re.compile(r"\s(?:of|for|to)\s(?:the\s)?", re.IGNORECASE)
_AND: Final = re.compile(r"(?:,\s(?:and\s)?|\s(?:and|&)\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """Characters ``start`` to ``end``.

    ``proper`` is where the first title proper starts, after its qualifiers; ``rank`` where the rank or form of address
    starts that ends it, ``end`` if it ends in an office: "Chief of Staff | Gen.".
    """

    start: int
    end: int
    proper: int
    rank: int
    kind: Kind
    words: tuple[str, ...]
    """Lower case, without dots."""


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    value: str = ""
    capitals: bool = True
    """Only its form in capitals is an entry."""
    dotted: bool = False
    """A stop after its last word is part of it."""


class Titles:
    """The lexicon of titles, ready for matching."""

    def __init__(self, table: Table, given: frozenset[str] = frozenset()) -> None:
        self._root = _Node()
        self._starts: set[str] = set()
        """First words of all entries, as a text may write them."""
        self.offices: set[str] = set()
        """Lower-case nouns that head a description of a person."""
        self.given = given
        """Given names."""
        self.function: set[str] = set()
        """Lower-case words that are no part of any name."""
        self.not_names: set[str] = set()
        """These, and those that are no part of a person's name although a title stands before them."""
        self.after_names: set[str] = set()
        """Letters after a name that are no part of it: "RN", "MP"."""
        self.ships: set[str] = set()
        """Words for ships, whose names may begin with a rank."""
        self.not_last: set[str] = set()
        """Lower-case words that end names, but not those of persons: "county"."""
        self.regnal = frozenset(table.get("words", {}).get("regnal", ()))
        """Lower-case words of titles that stay with a lone name: "Pope Francis" is nobody without the "Pope"."""
        self.place_first: set[str] = set(table.get("words", {}).get("place_first", ()))
        """Lower-case words that begin names of places: "wadi"."""
        for kind in KINDS:
            for name, forms in table.get(kind, {}).items():
                for form in (name, *forms):
                    self._add(form, kind)
        words = table.get("words", {})
        for key, value in (("qualifiers", "qualifier"), ("portfolios", "portfolio")):
            for form in words.get(key, ()):
                self._add(form, value)
        self.heads = {word for kind in ("civil", "police") for word in self._last_words(table.get(kind, {}))}
        """Words that end an office or its short form: "minister", "sen"."""
        self.offices.update(word.lower() for word in table.get("offices", {}).get("nouns", ()))
        self.heads |= self.offices
        self.function.update(words.get("function", ()))
        self.not_names.update(self.function, words.get("not_names", ()))
        self.not_last.update(words.get("not_last", ()))
        self.ships.update(words.get("ships", ()))
        self.after_names.update(words.get("after_names", ()))

    def find(self, text: str) -> list[Title]:
        """Titles in order, none inside another."""
        found: list[Title] = []
        done = 0
        starts = self._starts
        for match in _CAPITALISED.finditer(text):
            at = match.start()
            if match[0] in starts and at >= done and (title := self.at(text, at)):
                found.append(title)
                done = title.end
        return found

    def at(self, text: str, start: int) -> Title | None:
        """The longest title that starts at a character; None where none does.

        Args:
            text: The text.
            start: The character.
        """
        pos, proper, rank, end, kind = start, -1, -1, -1, ""
        words: list[str] = []
        while (step := self._entry(text, pos)) is not None:
            stop, value, read = step
            words += read
            if value in KINDS:
                proper = pos if proper < 0 else proper
                kind = kind if kind == "military" else value
                ranked = value in ("military", "honorific")
                rank = (pos if rank < 0 else rank) if ranked else -1
                end = stop = self._charge(text, stop) or stop
                if text[end : end + 1] in _MARKS:
                    end = stop = end + 1
            gap = _GAP.match(text, stop)
            if not gap:
                break
            pos = gap.end()
        if end < 0 or (text[start].islower()):
            return None
        return Title(start, end, proper, rank if rank >= 0 else end, kind, tuple(words))  # type: ignore[arg-type]

    def _charge(self, text: str, pos: int) -> int | None:
        """End of "of State", "for the Armed Forces", "of Defence and Veterans Affairs" after a title."""
        if not (of := _OF.match(text, pos)):
            return None
        end = None
        step = self._entry(text, of.end())
        while step and step[1] == "portfolio" and text[step[0] - 1].isalpha():
            end = step[0]
            link = _AND.match(text, end) or _GAP.match(text, end)
            step = self._entry(text, link.end()) if link else None
        return end

    def _entry(self, text: str, pos: int) -> tuple[int, str, list[str]] | None:
        """The longest lexicon entry at this character, capitalised: its end, what it is, its words."""
        node, start, best, read, upper = self._root, pos, None, [], False
        while match := _WORD.match(text, pos):
            word = match[0].lower().replace(".", "").replace("’", "'")
            following = node.next.get(word)
            if following is None and word.endswith("'s"):
                break
            if following is None:
                break
            if not upper and not match[0][0].isupper() and not match[0][0].isdigit():
                break
            upper = True
            node = following
            read.append(word)
            if node.value and not (node.capitals and text[start : match.end()] != text[start : match.end()].upper()):
                end = match.end() - (match[0].endswith(".") and not node.dotted)
                best = (end, node.value, list(read))
            gap = _GAP.match(text, match.end())
            if not gap:
                break
            pos = gap.end()
        return best

    @staticmethod
    def _last_words(titles: dict[str, list[str]]) -> Iterator[str]:
        for name, forms in titles.items():
            for form in (form for form in (name, *forms) if " of " not in form):
                yield re.split(r"[\s-]", form.lower().rstrip("."))[-1].rstrip(".")

    def _add(self, form: str, value: str) -> None:
        node = self._root
        if first := _CAPITALISED.match(form):
            self._starts.update((first[0], first[0].capitalize(), first[0].upper()))
        for word in re.split(r"[\s-]+", form.lower().replace(".", "").replace("’", "'").strip(" -")):
            node = node.next.setdefault(word, _Node())
        node.capitals &= form.isupper()
        node.dotted |= form.endswith(".")
        # A title proper wins over the same word as a portfolio, that over a qualifier.
        if node.value not in KINDS and not (node.value == "portfolio" and value == "qualifier"):
            node.value = value


@lru_cache(maxsize=4)
def load_titles(lexicons: Path | None = None) -> Titles:
    """The shipped ranks and given names with the user's of folder ``lexicons`` added. Raises ``LexiconError``."""
    tables = read_all(lexicons)
    given = frozenset(name for table in tables["first_names"].values() for name in table.get("names", ()))
    return Titles(tables["ranks"], given)
