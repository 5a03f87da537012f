"""Read the heads of tables: whether numbers are counts, of what, whose, and what happened to it."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from briefing.extract.counts.item_typing import Thing
from briefing.extract.lexicon.files import read_all
from briefing.extract.lexicon.word_lists import any_of

HeadKind = Literal["quantity", "none", "item", "operator", ""]

_SPACE: Final = re.compile(r"\s+")
_ASIDE: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]|[¹²³⁰-⁹]+|[*†‡]+$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\s*[-/–]\s*(?:19|20)?\d\d)?")
_UNIT: Final = re.compile(
    r"[(\[]\s*(?:in\s+|x\s*)?[’']?(thousands?|millions?|000|mn?|k)[’']?s?\s*[)\]]|\bin\s+(thousands|millions)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"(?:\d{1,4}(?:st|nd|rd|th) )?[^\W\d_a-z][\w.’'&-]*(?: [\w.’'&-]+){0,5}")
_LONGEST_NAME: Final = 48
_CAPITAL: Final = re.compile(r"[^\W_a-z]|of\b|the\b|and\b")
_SHORTEST_SIDE: Final = 2
"""Words of a side's name: "Fleet" alone is how many there are."""
_MONEY: Final = re.compile(r"[$€£¥₩%]|\b(?:usd|eur|gbp|mn|bn)\b|\bper\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """The parsed head of a column."""

    kind: HeadKind
    thing: Thing | None
    operator: str
    what: str
    total: bool
    head: str
    named: bool
    """Whether whatever stands below is an operator, known or not."""


@dataclass(frozen=True, slots=True)
class HeadWords:
    """The lexicon of heads of tables."""

    kinds: dict[str, HeadKind]
    totals: frozenset[str]
    """Cells of rows that add others up, or name nothing."""
    what: dict[str, str]
    """Words of a head to what happened."""
    trailing: re.Pattern[str]
    """Such words at the end of a head, behind what they happened to."""
    named: frozenset[str]
    """Heads of columns that name nothing but operators, known or not."""
    inventory: frozenset[str]
    """Heads of columns that name nothing but things, known or not."""
    pieces: frozenset[str]
    """Heads below which things are counted, never sums of money."""
    sums: frozenset[str]
    """Words of captions above sums of money."""
    sides: frozenset[str]
    """Words that names of sides end in."""
    number_of: re.Pattern[str]
    """What only says at the beginning of a head that it is a number: "Number of"."""

    def without_quantity(self, head: str) -> int:
        """Number of characters at the beginning of a head that only say that it is one: of "Number of tanks" ten."""
        match = self.number_of.match(head)
        return match.end() if match else 0

    def kind(self, head: str) -> HeadKind:
        """The kind of numbers below a head; empty where its words do not say."""
        words = plain(head)
        if _MONEY.search(words):
            return "none"
        if found := self.kinds.get(words):
            return found
        if words in self.what:
            return "quantity"
        last = words.rpartition(" ")[2]
        return self.kinds.get(last, "") if self.kinds.get(last) in {"quantity", "none"} else ""

    def counts_things(self, head: str) -> bool:
        """Whether the numbers below a head count things, whatever the row names."""
        words = plain(head)
        return words in self.what or words in self.pieces or words.rpartition(" ")[2] in self.pieces

    def is_money(self, words: str) -> bool:
        """Whether words above a table speak of sums of money."""
        return _MONEY.search(words) is not None or not self.sums.isdisjoint(plain(words).split())

    def as_written(self, cell: str) -> str:
        """An operator by the name that a cell below such a head has; empty where it is no name."""
        name = " ".join(cell.split())
        return name if len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) and plain(name) not in self.totals else ""

    def side(self, head: str) -> str:
        """The side that a head names though no lexicon has it, "Southern Fleet"; empty where it is no such name."""
        name = self.as_written(_ASIDE.sub("", head).strip(" :."))
        words = name.casefold().split()
        if len(words) < _SHORTEST_SIDE:
            return ""
        if words[1] == "of" and words[0] in self.sides:
            return name if _CAPITAL.match(name.split()[-1]) else ""
        own = words[0] not in self.kinds and words[0] not in self.what and words[0] not in self.totals
        return name if own and words[-1] in self.sides and all(map(_CAPITAL.match, name.split()[:-1])) else ""

    def happened(self, head: str) -> str:
        """The predicate of what is counted; empty where the head does not say."""
        words = plain(head)
        if words in self.what:
            return self.what[words]
        match = self.trailing.search(words)
        if match is not None:
            return self.what[match[1]]
        first = words.partition(" ")[0]
        return self.what.get(first, "")


def alike(columns: list[Column], heads: HeadWords) -> list[Column]:
    """The columns with all sides as written where one of them is in no lexicon: "Northern Fleet", "Southern Fleet".

    Args:
        columns: The heads of a table.
        heads: Words of heads.
    """
    sides = [heads.side(column.head) for column in columns]
    if not any(side and side == column.operator for side, column in zip(sides, columns, strict=True)):
        return columns
    return [replace(column, operator=side or column.operator) for side, column in zip(sides, columns, strict=True)]


def plain(head: str) -> str:
    """Lower case, without asides and marks of notes."""
    return _SPACE.sub(" ", _ASIDE.sub("", head)).strip(" :.").casefold()


def is_year(cell: str) -> bool:
    """Whether a cell holds a year, or a run of years."""
    return _YEAR.fullmatch(plain(cell)) is not None


def unit_of(head: str) -> str:
    """What the numbers below a head are counted in, of "Strength (thousands)" thousand; empty where it is in ones."""
    match = _UNIT.search(head)
    if match is None:
        return ""
    word = (match[1] or match[2] or "").casefold()
    return {"m": "million", "mn": "million", "k": "thousand", "000": "thousand"}.get(word, word.rstrip("s"))


@lru_cache(maxsize=4)
def load_heads(folder: Path | None = None) -> HeadWords:
    """Our words with the user's of ``folder`` merged in. Raises ``LexiconError``."""
    table = read_all(folder)["tables"]
    heads = table["heads"]
    order: tuple[HeadKind, ...] = ("item", "operator", "quantity", "none")
    kinds: dict[str, HeadKind] = {word.strip(" :."): kind for kind in order for word in heads.get(kind, [])}
    what = {word: happened for happened, words in table.get("what", {}).items() for word in words}
    longest = sorted(map(re.escape, what), key=len, reverse=True)
    return HeadWords(
        kinds,
        frozenset([*heads.get("total", []), *heads.get("nameless", [])]),
        what,
        re.compile(rf"\s({'|'.join(longest)})$"),
        named=frozenset(heads["named"]),
        inventory=frozenset(heads["inventory"]),
        pieces=frozenset(heads["pieces"]),
        sums=frozenset(heads["sums"]),
        sides=frozenset(heads["sides"]),
        number_of=re.compile(rf"^(?:total\s+)?(?:{any_of(heads['number_of'])})\s+(?:of|in)\s+", re.IGNORECASE),
    )
