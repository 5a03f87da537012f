"""The list of counts, participants and quotes, with verdicts and standings."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from briefing.tui.actions import bindings
from briefing.tui.review_desk import SIGNS
from briefing.tui.theming.styles import TONE_INKS, inks
from briefing.tui.widgets.drawing import line
from briefing.tui.widgets.fact_drawing import STATE_INKS, Brush, drawing_of
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.model.facts import Fact
    from briefing.tui.fact_rows import Entry

_AMOUNT_LEAST, _AMOUNT_MOST = 3, 0.3
"""Cells of the column of amounts, and what it may take of a row: a wider amount pushes its own item to the right."""
HeadName = tuple[str, str]
"""What tells a head from others: source id and words."""


class Measured(NamedTuple):
    """Rows laid out for a width: those that are not folded away, their first lines, the columns of counts."""

    entries: Sequence[Entry]
    shown: Sequence[int]
    """Numbers of the entries that are rows."""
    tops: Sequence[int]
    column: int
    below: int
    """Where what stands below a count begins: under its item, further left where not all has room there."""
    width: int


def measure(entries: Sequence[Entry], folded: Collection[HeadName], width: int) -> Measured:
    """Lay out rows. Takes about 10 µs a row, so thousands are laid out in a thread.

    Args:
        entries: The rows.
        folded: Heads that hide their facts.
        width: Width of a row in cells.
    """
    shown: list[int] = []
    hidden = False
    column, most, said = _AMOUNT_LEAST, int(width * _AMOUNT_MOST), 0
    for index, entry in enumerate(entries):
        if entry.fact is None:
            hidden = _head(entry) in folded
        elif hidden:
            continue
        elif (amount := drawing_of(entry.fact).amount) is not None:
            cells = cell_len(amount(entry))
            column = max(column, cells if cells <= most else 0)
            said = max(said, len(entry.standing.text) if entry.standing else 0)
        shown.append(index)
    tops = [0, *accumulate(_height(entries[index], width) for index in shown)]
    return Measured(entries, shown, tops, column, max(0, min(column + 2, width - 2 - said)), width)


class FactList(RowList, inherit_bindings=False):
    """Facts of one kind, under heads where they are grouped or of several sources."""

    BINDINGS = bindings("facts")
    CLICK_CHOOSES = False

    class KindStep(Message):
        """The kind of fact ``step`` to the right is wanted."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    class Remeasure(Message):
        """The rows must be laid out anew: another width, or another group is folded."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.entries: Sequence[Entry] = ()
        self.folded: set[HeadName] = set()
        self.marked: set[tuple[str, str]] = set()
        """Source and key of facts that the next verdict is on."""
        self._measured = Measured((), (), (0,), _AMOUNT_LEAST, 0, 0)

    @property
    def content_width(self) -> int:
        """Cells that a row has."""
        return self.scrollable_content_region.width

    def show(self, measured: Measured, keep: bool = False) -> None:
        """Show other facts.

        Args:
            measured: The rows, laid out.
            keep: Whether they are about the same facts: then the cursor stays on its fact.
        """
        here = self._under_cursor() if keep else None
        self._measured, self.entries = measured, measured.entries
        cursor = self._find(here) if here is not None else None
        if cursor is None:
            cursor = self.cursor if keep else self._first_fact()
        self.set_rows(measured.tops, cursor)

    def go_to_fact(self, fact: Fact) -> None:
        """Put the cursor on a fact, if it is shown."""
        for row, index in enumerate(self._measured.shown):
            if self.entries[index].fact is fact:
                self.cursor = row
                return

    def _find(self, wanted: Entry) -> int | None:
        """The row of a fact or head that was a row before."""
        same = wanted.fact.key if wanted.fact else wanted.heading
        for row, index in enumerate(self._measured.shown):
            entry = self.entries[index]
            if entry.source_id == wanted.source_id and same == (entry.fact.key if entry.fact else entry.heading):
                return row
        return None

    def _first_fact(self) -> int:
        shown = self._measured.shown[:2]
        return next((row for row, index in enumerate(shown) if self.entries[index].fact is not None), 0)

    def on_resize(self) -> None:
        """Quotes take more or fewer lines."""
        if self.content_width != self._measured.width:
            self.post_message(self.Remeasure())
        super().on_resize()

    def _under_cursor(self) -> Entry | None:
        shown = self._measured.shown
        return self.entries[shown[self.cursor]] if self.cursor < len(shown) else None

    def current(self) -> Entry | None:
        """The fact under the cursor; None on a head."""
        entry = self._under_cursor()
        return entry if entry and entry.fact is not None else None

    def mark(self) -> None:
        """Mark the fact under the cursor, or take its mark away; then the next one is under the cursor."""
        entry = self.current()
        if entry is not None and entry.fact is not None:
            self.marked ^= {(entry.source_id, entry.fact.key)}
            self.redraw()
            self.next_fact()

    def unmark(self) -> bool:
        """Take all marks away; whether there were any."""
        had, self.marked = bool(self.marked), set()
        self.redraw()
        return had

    def marked_facts(self) -> list[Entry]:
        """The facts that are marked and shown, in their order."""
        return [one for one in self.entries if one.fact is not None and (one.source_id, one.fact.key) in self.marked]

    def next_fact(self) -> None:
        """Go down to the next fact, over heads."""
        shown = self._measured.shown
        for row in range(self.cursor + 1, len(shown)):
            if self.entries[shown[row]].fact is not None:
                self.cursor = row
                return

    def action_next_kind(self) -> None:
        """The next kind of fact."""
        self.post_message(self.KindStep(1))

    def action_previous_kind(self) -> None:
        """The kind before."""
        self.post_message(self.KindStep(-1))

    # Heads

    def toggle(self) -> bool:
        """Fold or open what stands under the head that the cursor is on; whether it is on one."""
        entry = self._under_cursor()
        if entry is None or entry.fact is not None or not entry.n:
            return False
        self.folded ^= {_head(entry)}
        self.post_message(self.Remeasure())
        return True

    def action_fold_all(self) -> None:
        """Fold all groups, or open all where all are folded."""
        heads = {_head(entry) for entry in self.entries if entry.fact is None and entry.n}
        self.folded = set() if heads <= self.folded else heads
        self.post_message(self.Remeasure())

    def action_next_group(self) -> None:
        """To the next head."""
        self._go_to_head(range(self.cursor + 1, self.count))

    def action_previous_group(self) -> None:
        """To the head before."""
        self._go_to_head(range(self.cursor - 1, -1, -1))

    def _go_to_head(self, rows: range) -> None:
        shown = self._measured.shown
        self.cursor = next((row for row in rows if self.entries[shown[row]].fact is None), self.cursor)

    # Drawing

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """The lines of a fact, or a head."""
        entry = self.entries[self._measured.shown[index]]
        if entry.fact is None:
            heading = inks(self)["heading"]
            sign = own("" if not entry.n else "▸ " if _head(entry) in self.folded else "▾ ")
            count = [(own(f" {number(entry.n)}"), inks(self)["muted"])] if entry.n else []
            return [line([(sign, heading), (entry.heading, heading)], width, base, count)]
        gone = Style(strike=True) if entry.state == "rejected" else Style.null()
        gutter = own(SIGNS[entry.state] + ("+" if entry.fact.added_by else " ")), inks(self)[STATE_INKS[entry.state]]
        if (entry.source_id, entry.fact.key) in self.marked:
            gutter = own("■ "), inks(self)["warn"]
        drawing = drawing_of(entry.fact)
        brush = Brush(inks(self), self._measured.column, self._measured.below)
        rows = drawing.rows(entry, brush, gone, width)
        if entry.standing and entry.standing.shown:
            indent = own(" " * self._measured.below if drawing.amount else "")
            rows.append([(indent, Style.null()), (entry.standing.text, inks(self)[TONE_INKS[entry.standing.tone]])])
        if entry.review is not None and entry.review.note:
            indent = own(" " * self._measured.below if drawing.amount else "")
            rows.append([(indent, Style.null()), (own("note: ") + entry.review.note.line(), inks(self)["key"])])
        if drawing.gap:
            rows.append([])
        indent = own("  ")
        return [line([gutter if not i else (indent, Style.null()), *row], width, base) for i, row in enumerate(rows)]


def _head(entry: Entry) -> HeadName:
    return entry.source_id, entry.heading


def _height(entry: Entry, width: int) -> int:
    fact = entry.shown
    if fact is None:
        return 1
    drawing = drawing_of(fact)
    below = 1 + (entry.standing is not None and entry.standing.shown)
    below += entry.review is not None and entry.review.note is not None
    return drawing.height(fact, width) + drawing.gap + below
