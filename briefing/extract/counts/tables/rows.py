"""Counts of tables: a number in a cell, of what and whose by the heads of its row and column.

The evidence is the cell. Prose rules do not join words across cells; what they find within one keeps its number and
item, and takes the operator of its row or column.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from briefing.extract.counts.candidates import PERSON, Bench, Draft
from briefing.extract.counts.counted_phrase import Group
from briefing.extract.counts.item_typing import Thing, designation
from briefing.extract.counts.numerals import Number
from briefing.extract.counts.operator_bodies import Owner
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.counts.tables.heads import HeadKind, HeadWords, is_year, plain, unit_of, without_quantity
from briefing.extract.counts.tables.numbers import LONG, cell_number, in_english_form
from briefing.extract.counts.tables.titles import nation_of_title
from briefing.extract.lexicon.countable_nouns import item_of
from briefing.model.base import Confidence
from briefing.model.tables import Span, Table, find_tables

_PLATFORMS: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"})
_NAMES: Final = frozenset({"NATION", "ORG", "PLACE", "PERSON"})
_ASIDE: Final = re.compile(r"\s*[(\[,;/–—].*$|\s+[\"“„«‘].*$|\s*[¹²³⁰-⁹*†‡]+$", re.DOTALL)
_CAPTION: Final = 200
_MOST_HEADS: Final = 3
_HIGHEST: Final = 50
"""Rows over which one cell may reach."""
_PEOPLE: Final = frozenset({"killed", "wounded", "missing"})


@dataclass(frozen=True, slots=True)
class TableCount:
    """A count of a table, with what happened to what is counted."""

    draft: Draft
    what: str = ""


@dataclass(frozen=True, slots=True)
class _Column:
    """The parsed head of a column."""

    kind: HeadKind
    thing: Thing | None
    operator: str
    what: str
    total: bool
    head: str
    named: bool
    """Whether whatever stands below is an operator, known or not."""


class TableRows:
    """Reads the tables of one document."""

    def __init__(self, bench: Bench, owners: Owners, heads: HeadWords) -> None:
        self.bench = bench
        self.text = bench.view.text
        self.heads = heads
        self._owners: dict[int, Owner] = {owner.mention: owner for owner in owners.all}
        self.tables = find_tables(self.text)

    def find(self, drafts: Sequence[Draft]) -> tuple[list[Draft], list[TableCount]]:
        """The ``drafts`` of the prose rules that may stand, with operators by their cells, and the counts of cells."""
        readings = [_Reading(self, table) for table in self.tables]
        found = [count for reading in readings for count in reading.counts()]
        taken = {(one.draft.start, one.draft.end) for one in found}
        starts = [table.start for table in self.tables]
        kept: list[Draft] = []
        for draft in drafts:
            number = bisect_right(starts, draft.start) - 1
            if number < 0 or draft.start >= self.tables[number].end:
                kept += [draft] if bisect_left(starts, draft.end) == number + 1 else []  # else it reaches into a table
            elif (draft.start, draft.end) not in taken and readings[number].holds(draft):
                kept.append(self._placed(draft, readings[number]))
        return kept, found

    def _placed(self, draft: Draft, reading: "_Reading") -> Draft:
        """A prose candidate within a cell, with the operator of its row or column; None for a mere guess."""
        if operator := reading.operator_at(draft.start):
            return replace(draft, operator=operator, confidence="high")
        return replace(draft, operator="", confidence="medium") if draft.confidence == "low" else draft

    def words(self, span: Span) -> str:
        """The words of a cell."""
        return self.text[span[0] : span[1]]

    def before(self, table: Table) -> str:
        """The caption: a short line right above a table; empty where there is none."""
        above = self.text[max(0, table.start - _CAPTION - 2) : table.start].rstrip("| \t\n")
        line = above.rpartition("\n")[2]
        return line if 0 < len(line) < _CAPTION else ""

    def operator(self, span: Span, *, known: bool = False) -> str:
        """The nation or service that a cell names; empty where it names none.

        Args:
            span: Half-open span of the cell.
            known: Whether only a name that a lexicon lists counts, as in heads, whose capitals look like names.
        """
        mentions = self.bench.mentions
        first, end = self.bench.view.token_range(*span)
        for token in range(end - 1, first - 1, -1):
            owner = self._owners.get(mentions.at.get(token, -1))
            entry = mentions.info(mentions.all[owner.mention]) if owner is not None else None
            if owner is not None and (entry is not None or not known):
                allied = entry is not None and entry.kind in {"alliance", "coalition"}
                return owner.name or (entry.name if entry is not None and allied else "")
        return self.bench.mentions.lexicon.nation(_ASIDE.sub("", self.words(span)))

    def of_title(self, words: str, span: Span) -> str:
        """The operator that a title names; empty for none or for several.

        Args:
            words: The title.
            span: Where it stands.
        """
        first, end = self.bench.view.token_range(*span)
        numbers = {self.bench.mentions.at.get(token, -1) for token in range(first, end)}
        nations = {one.nation or one.name for number in numbers if (one := self._owners.get(number)) is not None}
        if len(nations) > 1:
            return ""
        return self.operator(span, known=True) or nation_of_title(words, self.bench.mentions.lexicon.nation)

    def thing(self, span: Span) -> Thing | None:
        """The item that a head names, without what happened to it."""
        words = self.words(span)
        skipped = without_quantity(words)
        words = _ASIDE.sub("", words[skipped:])
        lower = words.casefold()
        match = self.heads.trailing.search(lower)
        words = words[: match.start()] if match else words
        if not words.strip() or len(words) > LONG or plain(words) in self.heads.what:
            return None
        start = span[0] + skipped
        first, end = self.bench.view.token_range(start, start + len(words))
        return self._named(first, end, start + len(words), words) if first < end else None

    def _named(self, first: int, end: int, stop: int, words: str) -> Thing | None:
        bench = self.bench
        group = Group(first, end - 1, stop)
        mentions = [bench.mentions.mention_at(token) for token in range(first, end)]
        typed = [one for one in mentions if one is not None and one.type in _PLATFORMS]
        known = [one for one in typed if bench.mentions.info(one) is not None or any(map(str.isdigit, one.text))]
        last = mentions[-1]
        if known and last is not None and last.type in _PLATFORMS:
            return bench.things.of(group)
        own = [
            bench.view.words[token]
            for token, mention in zip(range(first, end), mentions, strict=True)
            if mention is None or mention.type not in _NAMES or bench.mentions.info(mention) is None
        ]
        cased = [
            word if designation(word) or any(map(str.isdigit, word)) or word.isupper() else word.lower() for word in own
        ]
        noun = bench.items.find([word.lower() for word in own])
        if noun is not None:
            if noun.category is None:
                return None
            if known and (thing := bench.things.of(group)) is not None:
                return thing
            item = item_of(cased, noun, bench.items)
            return Thing(item, noun.category, noun.fielded, key=noun.phrase)
        if known or any(map(designation, words.split())):
            thing = bench.things.of(group)
            return thing if thing is not None and thing.category != "other" else None
        return None


class _Reading:
    """One table while it is read."""

    def __init__(self, rows: TableRows, table: Table) -> None:
        self._rows = rows
        self._table = table
        self._words = [[rows.words(span) for span in row] for row in table.rows]
        self._caption = rows.before(table)
        units = [
            unit_of(" ".join(words[at] for words in self._words[:_MOST_HEADS] if at < len(words)))
            for at in range(max(map(len, table.rows)))
        ]
        whole = unit_of(self._caption) or units[0]
        self._numbers = [
            [
                cell_number(cell, unit_of(words[0]) or units[at] or whole, rows.bench.lists)
                for at, cell in enumerate(row)
            ]
            for row, words in zip(in_english_form(self._words, units), self._words, strict=True)
        ]
        self._width = max(map(len, table.rows))
        self._first = self._head_rows()
        self._columns = [self._column(column) for column in range(self._width)]
        self._items, self._whose = self._named_columns()
        self._sections = list(self._section_operators())

    def counts(self) -> Iterator[TableCount]:
        """The counts of the cells that hold nothing but a number."""
        for row in range(self._first, len(self._table.rows)):
            for column, number in enumerate(self._numbers[row]):
                if number is not None and (found := self._count(row, column, number)) is not None:
                    yield found

    def operator_at(self, place: int) -> str:
        """The operator of the cell that holds a character, by its row or its column."""
        row, column = self._cell_at(place)
        return self._operator(row, column) if row >= self._first else ""

    def holds(self, draft: Draft) -> bool:
        """Whether what a prose rule found stands within one cell, no head, that holds more than a number."""
        row, column = self._cell_at(draft.start)
        start, end = self._table.rows[row][column]
        own = start <= draft.start and draft.end <= end and self._numbers[row][column] is None
        return own and (row >= self._first or not unit_of(self._words[row][column]))

    def _cell_at(self, place: int) -> tuple[int, int]:
        """Row and column of the last cell that begins at or before a character."""
        row = max(0, bisect_right(self._table.rows, place, key=lambda spans: spans[0][0]) - 1)
        spans = self._table.rows[row]
        return row, max(0, bisect_right(spans, place, key=lambda span: span[0]) - 1)

    def _head_rows(self) -> int:
        """Number of rows at the top that are heads: those in which no number stands but years."""
        for row, numbers in enumerate(self._numbers):
            cells = [at for at, number in enumerate(numbers) if number is not None]
            years = cells and all(is_year(self._words[row][at]) for at in cells)
            if row == 0 and years and len(cells) > 1 and 0 not in cells:
                continue
            if cells or any(len(word) > LONG for word in self._words[row]) or self._mixed(row):
                return row if row <= _MOST_HEADS else 0
        return 0

    def _mixed(self, row: int) -> bool:
        """Whether a row without bare numbers has cells such as "12 tanks", as a body has."""
        return sum(bool(re.match(r"\d+\s+\w", word)) for word in self._words[row]) > 0

    def _column(self, column: int) -> _Column:
        """Parse the heads of a column, the lowest first; a head over several columns holds for all of them."""
        rows = self._rows
        kind: HeadKind = ""
        thing, operator, what, total = None, "", "", False
        shown = ""
        for row in range(self._first - 1, -1, -1):
            place = min(column, len(self._table.rows[row]) - 1)
            if row < self._first - 1:
                while place > 0 and not self._words[row][place]:
                    place -= 1
            if place >= len(self._words[row]) or not (head := self._words[row][place]):
                continue
            span = self._table.rows[row][place]
            shown = shown or head
            kind = kind or rows.heads.kind(head)
            thing = thing or rows.thing(span)
            operator = operator or rows.operator(span, known=True)
            what = what or rows.heads.happened(head)
            total = total or plain(head) in rows.heads.totals
        return _Column(kind, thing, operator, what, total, shown, plain(shown) in rows.heads.named)

    def _named_columns(self) -> tuple[int | None, int | None]:
        """The columns that name the things and whose they are."""
        best: list[tuple[float, int]] = []
        whose: list[tuple[float, int]] = []
        for column, head in enumerate(self._columns):
            cells = [
                row[column]
                for at, row in enumerate(self._table.rows[self._first :], self._first)
                if column < len(row) and self._words[at][column] and self._numbers[at][column] is None
            ]
            if not cells:
                continue
            cells = cells[:50]
            things = sum(self._rows.thing(span) is not None for span in cells) / len(cells)
            owners = sum(bool(self._rows.operator(span)) for span in cells) / len(cells)
            if things > 0 and (things >= owners or head.kind == "item"):
                best.append((things + (head.kind == "item"), -column))
            elif owners >= 0.3 or (head.kind == "operator" and owners) or head.named:
                whose.append((owners + (head.kind == "operator"), -column))
        return (-max(best)[1] if best else None), (-max(whose)[1] if whose else None)

    def _section_operators(self) -> Iterator[str]:
        """For every row the operator that a row of one cell above it names, as a heading within the table."""
        operator = ""
        for row, spans in enumerate(self._table.rows):
            filled = [at for at, word in enumerate(self._words[row]) if word]
            if row >= self._first and filled == [0] and len(spans) > 1 and self._numbers[row][0] is None:
                operator = self._rows.operator(spans[0], known=True)
            yield operator

    def _count(self, row: int, column: int, number: Number) -> TableCount | None:
        head = self._columns[column]
        if head.kind == "none" or (column == 0 and self._first_is_index) or column in self._years:
            return None
        named = self._cell_thing(row) if column != self._items else None
        thing, confidence = self._chosen(head, named)
        if thing is None:
            return None
        what = head.what or self._rows.heads.happened(self._caption)
        start = self._table.rows[row][column][0]
        end = self._table.rows[row][column][1]
        first, last = self._rows.bench.view.token_range(start, end)
        head_token = max(first, last - 1)
        draft = Draft(
            *(start, end, number.low, number.high, number.approx, thing, first, head_token),
            how="direct",
            confidence=confidence,
            operator=self._operator(row, column),
        )
        return TableCount(draft, what)

    def _chosen(self, head: _Column, named: Thing | None) -> tuple[Thing | None, Confidence]:
        """The item that a cell counts: the thing of its row or of its column, else what the caption names."""
        if head.thing is not None and named is not None:
            own = named.category == head.thing.category or head.kind in {"quantity", "item"}
            return (named if own else head.thing), "high"
        if head.thing is not None:
            return head.thing, "high"
        if named is not None:
            return named, "high" if head.kind or head.operator or not head.head else "medium"
        if head.what in _PEOPLE and self._items is None:
            return PERSON, "medium"
        if self._caption and (head.kind or head.operator or self._whose is not None):
            return self._captioned, "medium"
        return None, "low"

    def _cell_thing(self, row: int) -> Thing | None:
        column = self._items
        if column is None:
            return None
        for at in range(row, max(self._first, row - _HIGHEST) - 1, -1):  # a cell over several rows stands in the first
            if column < len(self._words[at]) and self._words[at][column]:
                return self._rows.thing(self._table.rows[at][column])
            if column != 0:
                break
        return None

    @cached_property
    def _caption_place(self) -> tuple[int, int]:
        """Where the caption stands in the text before the table."""
        place = self._rows.text.rfind(self._caption, 0, self._table.start)
        return place, place + len(self._caption)

    @cached_property
    def _of_caption(self) -> str:
        return self._rows.of_title(self._caption, self._caption_place) if self._caption else ""

    @cached_property
    def _captioned(self) -> Thing | None:
        """The first thing that the words of the caption name."""
        start = self._table.start - 200
        place = self._rows.text.rfind(self._caption, max(0, start), self._table.start)
        for match in re.finditer(r"[^\W\d_][\w-]+", self._caption) if place >= 0 else ():
            thing = self._rows.thing((place + match.start(), place + match.end()))
            if thing is not None:
                return thing
        return None

    def _operator(self, row: int, column: int) -> str:
        """The operator of a cell: by the row, the column, a heading within the table, or the caption."""
        whose = self._whose
        if whose is not None and whose != column:
            for at in range(row, max(self._first, row - _HIGHEST) - 1, -1):
                if whose < len(self._words[at]) and self._words[at][whose]:
                    cell = self._words[at][whose]
                    if found := self._rows.operator(self._table.rows[at][whose]):
                        return found
                    if self._columns[whose].named and (found := self._rows.heads.as_written(_ASIDE.sub("", cell))):
                        return found
                    break
        head = self._columns[column].operator if column < len(self._columns) else ""
        if head or self._sections[row]:
            return head or self._sections[row]
        return self._of_caption

    @cached_property
    def _years(self) -> set[int]:
        """The columns in which nothing but years stands, where their heads name nothing that is counted."""
        found = set()
        for column, head in enumerate(self._columns):
            words = [
                self._words[row][column]
                for row in range(self._first, len(self._words))
                if column < len(self._words[row]) and self._numbers[row][column] is not None
            ]
            if head.thing is None and not head.operator and words and all(map(is_year, words)):
                found.add(column)
        return found

    @cached_property
    def _first_is_index(self) -> bool:
        """Whether the numbers of the first column only count the rows."""
        values = [row[0].low for row in self._numbers[self._first :] if row and row[0] is not None]
        return len(values) > 1 and values == list(range(values[0] or 0, (values[0] or 0) + len(values)))
