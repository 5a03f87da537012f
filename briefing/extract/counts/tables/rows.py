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
from briefing.extract.counts.item_typing import Thing
from briefing.extract.counts.numerals import Number
from briefing.extract.counts.operator_bodies import Owner
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.counts.tables.heads import (
    Column,
    HeadKind,
    HeadWords,
    alike,
    is_year,
    plain,
    unit_of,
)
from briefing.extract.counts.tables.numbers import LONG, cell_number, counts_on, in_english_form
from briefing.extract.counts.tables.things import listed, unlisted
from briefing.extract.counts.tables.titles import nation_of_title, side_of_title
from briefing.model.base import Confidence
from briefing.model.facts import Category
from briefing.model.tables import Span, Table, find_tables

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
        known = self.operator(span, known=True) or nation_of_title(words, self.bench.mentions.lexicon.nation)
        return known or side_of_title(words, self.heads.side)

    def thing(self, span: Span) -> Thing | None:
        """The item that a cell names, without what happened to it."""
        place = self._of_thing(span)
        return listed(self.bench, *place) if place is not None else None

    def unlisted(self, span: Span, *, names: bool) -> Thing | None:
        """The item of a cell that no lexicon has.

        Args:
            span: Half-open span of the cell.
            names: Whether it may be the name of a type.
        """
        place = self._of_thing(span)
        if place is None or plain(self.words(span)) in self.heads.totals:
            return None
        return unlisted(self.bench, *place, names=names)

    def _of_thing(self, span: Span) -> tuple[int, int, int] | None:
        """Tokens and end of what names the item in a cell."""
        words = self.words(span)
        skipped = self.heads.without_quantity(words)
        words = _ASIDE.sub("", words[skipped:])
        match = self.heads.trailing.search(words.casefold())
        words = words[: match.start()] if match else words
        if not words.strip() or len(words) > LONG or plain(words) in self.heads.what:
            return None
        start = span[0] + skipped
        first, end = self.bench.view.token_range(start, start + len(words))
        return (first, end, start + len(words)) if first < end else None


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
        self._columns = alike([self._column(column) for column in range(self._width)], rows.heads)
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

    def _column(self, column: int) -> Column:
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
            operator = operator or rows.operator(span, known=True) or rows.heads.side(head)
            what = what or rows.heads.happened(head)
            total = total or plain(head) in rows.heads.totals
        return Column(kind, thing, operator, what, total, shown, plain(shown) in rows.heads.named)

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
            side = self._rows.heads.side if head.kind in {"operator", "quantity"} else None
            own = [self._rows.operator(span) or (side and side(self._rows.words(span))) for span in cells]
            owners = sum(map(bool, own)) / len(cells)
            if things > 0 and (things >= owners or head.kind == "item"):
                best.append((things + (head.kind == "item"), -column))
            elif head.kind == "item" and plain(head.head) in self._rows.heads.inventory and owners < 0.3:
                best.append((0.5, -column))
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
        named = self._cell_thing(row, head) if column != self._items else None
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

    def _chosen(self, head: Column, named: Thing | None) -> tuple[Thing | None, Confidence]:
        """The item that a cell counts: the thing of its row or of its column, else what the caption names."""
        if head.thing is not None and named is not None:
            own = named.category == head.thing.category or head.kind in {"quantity", "item"}
            return (named if own else head.thing), "high"
        if head.thing is not None:
            return head.thing, "high"
        if named is not None:
            return named, "high" if named.sure and (head.kind or head.operator or not head.head) else "medium"
        if head.what in _PEOPLE and self._items is None:
            return PERSON, "medium"
        if self._caption and (head.kind or head.operator or self._whose is not None):
            return self._captioned, "medium"
        return None, "low"

    def _cell_thing(self, row: int, counted: Column) -> Thing | None:
        """The thing of a row, for a number below the head ``counted``."""
        column = self._items
        if column is None:
            return None
        for at in range(row, max(self._first, row - _HIGHEST) - 1, -1):  # a cell over several rows stands in the first
            if column < len(self._words[at]) and self._words[at][column]:
                return self._rows.thing(self._table.rows[at][column]) or self._unlisted(at, column, counted)
            if column != 0:
                break
        return None

    def _unlisted(self, row: int, column: int, counted: Column) -> Thing | None:
        """The thing of a row that no lexicon has, where the heads say that things are counted, and no money."""
        heads = self._rows.heads
        inventory = plain(self._columns[column].head) in heads.inventory
        if (
            not heads.counts_things(counted.head)
            or heads.is_money(self._caption)
            or not (inventory or self._categories)
        ):
            return None
        names = inventory and bool(self._categories)
        return self._rows.unlisted(self._table.rows[row][column], names=names)

    @cached_property
    def _categories(self) -> set[Category]:
        """The categories of the known things that the column of things names."""
        at = self._items
        cells = [row[at] for row in self._table.rows[self._first :] if at < len(row)] if at is not None else []
        things = map(self._rows.thing, cells[:_HIGHEST])
        return {thing.category for thing in things if thing is not None}

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
        place = self._rows.text.rfind(self._caption, max(0, self._table.start - _CAPTION), self._table.start)
        for match in re.finditer(r"[^\W\d_][\w-]+", self._caption) if place >= 0 else ():
            thing = self._rows.thing((place + match.start(), place + match.end()))
            if thing is not None and (not self._categories or thing.category in self._categories):
                return thing
        return None

    def _operator(self, row: int, column: int) -> str:
        """The operator of a cell: by the row, the column, a heading within the table, or the caption."""
        whose = self._whose
        if whose is not None and whose != column:
            for at in range(row, max(self._first, row - _HIGHEST) - 1, -1):
                if whose < len(self._words[at]) and self._words[at][whose]:
                    cell = self._words[at][whose]
                    found = self._rows.operator(self._table.rows[at][whose])
                    plainly = _ASIDE.sub("", cell)
                    heads, named = self._rows.heads, self._columns[whose].named
                    written = heads.as_written(plainly) if named else heads.side(plainly)
                    if found and not written.startswith(f"{found} of "):  # "Navy" alone is no name of a navy
                        return found
                    if written:
                        return written
                    break
        head = self._columns[column].operator if column < len(self._columns) else ""
        if head or self._sections[row]:
            return head or self._sections[row]
        return self._of_caption

    @cached_property
    def _years(self) -> set[int]:
        """The columns in which nothing but years stands, where their heads name nothing that is counted."""
        rows = list(zip(self._words[self._first :], self._numbers[self._first :], strict=True))
        unnamed = [at for at, head in enumerate(self._columns) if head.thing is None and not head.operator]
        columns = {at: [row[at] for row, number in rows if at < len(row) and number[at] is not None] for at in unnamed}
        return {at for at, words in columns.items() if words and all(map(is_year, words))}

    @cached_property
    def _first_is_index(self) -> bool:
        """Whether the numbers of the first column only count the rows."""
        return counts_on([row[0] for row in self._numbers[self._first :] if row])
