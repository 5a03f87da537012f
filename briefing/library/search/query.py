"""The query language: parse a query into a tree that can be written as a query again.

Lucene's syntax as analysts know it::

    query  = all { OR all }
    all    = term { [AND] term }
    term   = [ - | NOT ] [field:] ( "(" query ")" | text | * )  |  date:day  |  date:[day TO day]
    text   = word | word* | word~1 | "phrase" | "phrase"* | "words near each other"~5

Every input is a query. Brackets and quotes that are not closed end with the input; an operator with nothing beside it
is passed over; whatever else means nothing here is searched as words, and ``Parsed.notes`` says so.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple, get_args

from briefing.library.search import date_ranges
from briefing.library.search.query_tree import (
    MOST_CHARACTERS,
    QUOTES,
    UNQUOTED,
    And,
    Dates,
    Everything,
    Node,
    Not,
    Or,
    Text,
    join,
    show,
    show_text,
    within_limits,
)
from briefing.library.store.tokenizer import alternatives
from briefing.model.kinds import ENTITY_TYPES, FactKind, Format
from briefing.model.safetext import SafeText

__all__ = [
    "ALSO", "ENTITY_FIELDS", "FIELDS", "MOST_CHARACTERS", "QUOTES", "STATES", "TYPES", "UNQUOTED", "And", "Dates",
    "Everything", "Node", "Not", "Or", "Parsed", "Text", "narrowing", "parse", "show", "states", "types",
]  # fmt: skip

ENTITY_FIELDS: Final = {
    "person": "PERSON",
    "org": "ORG",
    "nation": "NATION",
    "place": "PLACE",
    "aircraft": "AIRCRAFT",
    "ship": "SHIP",
    "vehicle": "VEHICLE",
    "weapon": "WEAPON",
    "event": "EVENT",
    "speaker": "SPEAKER",
    "publisher": "PUBLISHER",
}
"""Fields whose value is looked for among names, with the type of name."""
FIELDS: Final = (*ENTITY_FIELDS, "title", "quote", "type", "date", "tag", "note", "is")

STATES: Final = ("unread", "read", "unreviewed", "reviewed", "pinned", "gone")
"""What ``is:`` may name: what the reader made of a source, and what became of its file."""

TYPES: Final = (
    *(name.lower() for name in ENTITY_TYPES),
    *(name.lower() for name in get_args(FactKind)),
    *(name.lower() for name in get_args(Format)),
    "warning",
)
"""What ``type:`` may name: something the source holds, or the format it came in."""

ALSO: Final = {"organisation": "org", "organization": "org", "country": "nation", "people": "person"}
"""Other names of fields."""
_MOST_TERMS: Final = 64
_DEEPEST: Final = 100
"""Brackets that are followed; a tree may be a third as deep, so that it can be written with as many."""
_MOST_APART: Final = 1000
_REMEMBERED: Final = 200
"""Characters of a query that is remembered as it was parsed."""


class Parsed(NamedTuple):
    """A query as it was understood; ``tree`` is None where there is nothing to search for."""

    tree: Node | None
    notes: tuple[str, ...] = ()
    shown: SafeText = SafeText()
    """The tree, written as a query."""

    def __str__(self) -> str:
        return self.shown


def parse(query: str, *, typing: bool = False) -> Parsed:
    """Parse a query. Never raises.

    Args:
        query: The query; of a very long one, the beginning is parsed and a note says so.
        typing: Whether the last word may be unfinished.
    """
    return (_remembered if len(query) <= _REMEMBERED else _parsed)(query, typing)


def _parsed(query: str, typing: bool) -> Parsed:
    query = str(SafeText(query))
    parser = _Parser(query[:MOST_CHARACTERS], typing)
    if len(query) > MOST_CHARACTERS:
        parser.notes.append(f"only the first {MOST_CHARACTERS:,} characters are searched")
    tree = parser.query(0, None)
    if tree is None and query.strip() and not (typing and query.rstrip().endswith(":")):
        tree = join(
            [Text(word) for word in parser.text.translate(UNQUOTED).split()[:_MOST_TERMS] if alternatives(word)], And
        )
        if tree is None:
            parser.notes.append("nothing to search for: no letters or digits")
    tree = within_limits(tree)
    return Parsed(tree, tuple(dict.fromkeys(parser.notes)), SafeText(show(tree) if tree is not None else ""))


_remembered: Final = lru_cache(maxsize=256)(_parsed)
"""A search, its facets and the places in the source that is open are asked with one query."""


def states(text: str, *, prefix: bool) -> list[str]:
    """The states that ``is:text`` means: ``is:unread``, and ``is:un*`` more than one.

    Args:
        text: What was written after the colon.
        prefix: Whether it may be the beginning of a state.
    """
    wanted = text.lower()
    return [name for name in STATES if wanted == name or (prefix and name.startswith(wanted))]


def types(text: str, *, prefix: bool) -> list[str]:
    """The fact and entity types that ``type:text`` means: ``persons``, ``AIRCRAFT`` and ``air*`` as well as ``person``.

    Args:
        text: What was written after the colon.
        prefix: Whether it may be the beginning of a type.
    """
    wanted = text.lower()
    wanted = ALSO.get(wanted, wanted)
    return [name for name in TYPES if wanted in {name, name + "s"} or (prefix and name.startswith(wanted))]


@lru_cache(maxsize=4096)
def narrowing(field: str, value: str) -> str | None:
    """Write ``field:value`` as a query, the value in quotes where it needs them; None where it has no letter or digit.

    Args:
        field: Name of a field.
        value: The value, such as a name or tag.
    """
    plain = " ".join(str(SafeText(value)).split())
    if any(mark in plain for mark in QUOTES):
        plain = " ".join(plain.translate(UNQUOTED).split())
    return show_text(Text(plain, field)) if alternatives(plain) else None


_BLANK: Final = re.compile(r"\s+")
_AND: Final = re.compile(r"AND(?=[\s()]|\Z)|&&")
_OR: Final = re.compile(r"OR(?=[\s()]|\Z)|\|\|")
_NOT: Final = re.compile(r"NOT(?=[\s(])\s*|[-!](?=[^\s)])")
_PASSED: Final = re.compile(r"\+|[-!&|](?=[\s)]|\Z)|NOT(?=\)|\Z)")
_FIELD: Final = rf"(?i:({'|'.join((*FIELDS, *ALSO))}):\s*)"
_QUOTED: Final = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)(?:([{QUOTES}])(?:~(\d*))?(\*?)|\Z)")
_EVERYTHING: Final = re.compile(r"\*(?::\*)?(?=[\s()]|\Z)")
_RUN: Final = re.compile(rf"[^\s(){QUOTES}]+")
_WORD: Final = re.compile(r"(.*?)(?:\^[\d.]*)?(?:(~)(\d*)(?:\.\d*)?)?(?:\^[\d.]*)?", re.DOTALL)
_RANGE: Final = r"([\[{])\s*([^\s\]}]*)(?:\s+(?:TO|to)(?:\s+([^\s\]}]*))?)?\s*([\]}]?)"
_BOUND: Final = r"([<>]=?)(.*)"


class _Parser:
    """Reads a query from left to right; what finds nothing returns None, and has moved on all the same."""

    def __init__(self, text: str, typing: bool) -> None:
        self.text = text
        self.typing = typing
        self.notes: list[str] = []
        self.at = 0
        self.terms = 0

    def query(self, depth: int, field: str | None) -> Node | None:
        """Alternatives, up to the end of the input or the closing bracket."""
        found: list[Node] = []
        while True:
            if (part := self._all(depth, field)) is not None:
                found.append(part)
            if not self._accept(_OR):
                return join(found, Or)

    def _all(self, depth: int, field: str | None) -> Node | None:
        found: list[Node] = []
        while True:
            self._accept(_BLANK)
            if self._at_end(depth) or _OR.match(self.text, self.at):
                return join(found, And)
            if self._accept(_AND) or self._accept(_PASSED):
                continue
            if self.text[self.at] == ")":  # nothing was opened
                self.at += 1
                continue
            if (part := self._term(depth, field)) is not None:
                found.append(part)

    def _counted(self, part: Node | None) -> Node | None:
        """The term, unless there have been enough."""
        if part is None or self.terms >= _MOST_TERMS:
            if part is not None:
                self.notes.append(f"only the first {_MOST_TERMS} terms are searched")
            return None
        self.terms += 1
        return part

    def _term(self, depth: int, field: str | None) -> Node | None:
        if self._accept(_NOT):
            if depth >= _DEEPEST or self._at_end(depth) or _OR.match(self.text, self.at):
                return None
            part = self._term(depth + 1, field)
            return part.part if isinstance(part, Not) else part and Not(part)
        if ":" in self.text and (m := self._accept(re.compile(_FIELD))):
            name = m.group(1).lower()
            field = ALSO.get(name, name)
        if self._accept(re.compile(r"\(")):
            part = self.query(depth + 1, field) if depth < _DEEPEST else None
            self._accept(re.compile(r"\)"))
            return part
        return self._counted(self._leaf(field))

    def _leaf(self, field: str | None) -> Node | None:
        """A term without brackets."""
        if field == "date":
            return self._date()
        if self._accept(_EVERYTHING):
            return _anything(field)
        if m := self._accept(_QUOTED):
            words, closed, apart, prefix = m.groups()
            return self._words(words, field, closed is not None, apart, bool(prefix))
        return self._word(m.group(), field) if (m := self._accept(_RUN)) else None

    def _word(self, run: str, field: str | None) -> Node | None:
        """One run of characters without white space, brackets or quotes."""
        m = _WORD.fullmatch(run)
        assert m is not None
        word, tilde, apart = m.group(1).rstrip("?"), m.group(2), m.group(3)
        bare = word.lstrip("*?")
        cut = min((at for at in (bare.find("*"), bare.find("?")) if at >= 0), default=len(bare))
        if bare != word or cut < len(bare) - 1:
            self.notes.append("* may stand only at the end of a word")
        if len(run) > 2 and run[0] == run[-1] == "/":
            self.notes.append("regular expressions are searched as words")
        elif re.match(r"[A-Za-z]{2,}:(?!/)\w", bare):
            self.notes.append(_unknown_field(bare.partition(":")[0]))
        return self._words(bare[:cut], field, tilde is not None, apart, cut < len(bare))

    def _words(self, text: str, field: str | None, closed: bool, apart: str | None, prefix: bool) -> Node | None:
        """The words of ``text``; ``apart`` is the number after a tilde, empty where there is a tilde alone."""
        text = " ".join(text.split())
        found = alternatives(text)
        if not found:
            return None
        unfinished = self.typing and not closed and self._done()
        for closed_field, word, known in (("type", "type", types), ("is", "state", states)):
            if field == closed_field and not known(text, prefix=(prefix or unfinished) and apart is None):
                self.notes.append(f"there is no {word} “{text}”; searched as words")
                field = None
        several = sum(1 for word in text.split() if alternatives(word)) > 1
        term = Text(text, field)
        if apart is not None and several:
            return term.but(near=min(int(apart), _MOST_APART)) if apart else term
        if apart is not None:
            distance = min(int(apart), 2) if apart else 2
            return term.but(fuzzy=distance) if len(found) == 1 else term
        if prefix:
            return term.but(prefix=True)
        return self._unfinished(term, found[-1][0]) if unfinished else term

    def _unfinished(self, term: Text, last: str) -> Node | None:
        """A term whose last word is still being typed. A single letter would find half of all words: wait for more."""
        if len(last) > 1 or last.isdigit():
            return term.but(prefix=True)
        rest, _, word = term.text.rpartition(" ")
        if len(alternatives(word)) > 1:
            return term
        if alternatives(rest):
            return term.but(text=rest)
        return None if self.terms else term

    def _date(self) -> Node | None:
        """A day, month or year, or a range of them."""
        if m := self._accept(re.compile(_RANGE)):
            opening, first, last, closing = m.groups()
            return self._dates(first, last or "*", opening == "{", closing == "}")
        if m := self._accept(_QUOTED):
            written = m.group(1).strip()
        elif m := self._accept(_RUN):
            written = m.group()
        else:
            return None
        first, dots, last = written.partition("..")
        if dots:
            return self._dates(first or "*", last or "*", False, False)
        if m := re.fullmatch(_BOUND, written):
            sign, day = m.groups()
            return (
                self._dates(day, "*", sign == ">", False)
                if sign[0] == ">"
                else self._dates("*", day, False, sign == "<")
            )
        return self._dates(written, written, False, False)

    def _dates(self, first: str, last: str, after_first: bool, before_last: bool) -> Node | None:
        """From ``first`` to ``last``, ``*`` for an open end; or the words, where one of them is no date."""
        ends = [None if written in {"", "*"} else date_ranges.period(written) for written in (first, last)]
        for written, end in zip((first, last), ends, strict=True):
            if end is None and written not in {"", "*"}:
                self.notes.append(f"“{written}” is no date; searched as words")
                words = " ".join(dict.fromkeys(each for each in (first, last) if each != "*")).translate(UNQUOTED)
                return self._words(words, None, True, None, False)
        low, high = ends
        if low and after_first:
            low = date_ranges.after(low)
        if high and before_last:
            high = date_ranges.before(high)
        if low and high and date_ranges.first_day(low) > date_ranges.last_day(high):
            low, high = high, low
        return Dates(low, high) if low or high else Everything()

    def _accept(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        m = pattern.match(self.text, self.at)
        if m is not None:
            self.at = m.end()
        return m

    def _at_end(self, depth: int) -> bool:
        return self.at >= len(self.text) or (depth > 0 and self.text[self.at] == ")")

    def _done(self) -> bool:
        return self.at >= len(self.text)


def _anything(field: str | None) -> Node:
    """``*``, or ``field:*``: whatever has something in that field."""
    if field == "speaker":
        return Text("quote", "type")
    if field in {"tag", "note"}:
        return Text("", field, prefix=True)
    return Everything() if field in {None, "title", "type", "publisher", "is"} else Text(str(field), "type")


def _unknown_field(name: str) -> str:
    """Note on an unknown field, with the one that was perhaps meant."""
    from difflib import get_close_matches  # nobody waits for it who spells well

    near = get_close_matches(name.lower(), (*FIELDS, *ALSO), n=1)
    meant = f" (did you mean “{near[0]}:”?)" if near else ""
    return f"there is no field “{name}”{meant}; searched as words"
