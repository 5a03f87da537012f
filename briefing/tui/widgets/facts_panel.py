"""The list of facts of a kind, a row for each claim, with verdicts and standings."""

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
from briefing.tui.widgets.drawing import Piece, line
from briefing.tui.widgets.fact_drawing import STATE_INKS, Brush, drawing_of
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.model.facts import Fact
    from briefing.model.safetext import SafeText
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
    standing: int
    """Cells of the column that says how many sources agree."""
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
    column, most, standing = _AMOUNT_LEAST, int(width * _AMOUNT_MOST), 0
    for index, entry in enumerate(entries):
        if entry.fact is None:
            hidden = _head(entry) in folded
        elif hidden:
            continue
        else:
            if (amount := drawing_of(entry.fact).amount) is not None:
                cells = cell_len(amount(entry))
                column = max(column, cells if cells <= most else 0)
            standing = max(standing, cell_len(entry.standing.brief) if entry.standing else 0)
        shown.append(index)
    tops = [0, *accumulate(_height(entries[index], width) for index in shown)]
    return Measured(entries, shown, tops, column, standing, width)


class FactList(RowList, inherit_bindings=False):
    """Claims of one kind, under heads of events or of what they are grouped by."""

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
        self._member = 0
        """Which fact of the claim under the cursor is in sight."""

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
        head, fact = (self._under_cursor(), self.member()) if keep else (None, None)
        self._measured, self.entries = measured, measured.entries
        found = self._find(fact or head)
        self.set_rows(measured.tops, found[0] if found else self.cursor if keep else self._first_fact())
        self._member = found[1] if found else self._best()

    def go_to_fact(self, fact: Fact) -> None:
        """Put the cursor on the claim of a fact, with the fact in sight, if it is shown."""
        for row, index in enumerate(self._measured.shown):
            members = self.entries[index].facts
            if (place := next((n for n, one in enumerate(members) if one.fact is fact), None)) is not None:
                self.cursor, self._member = row, place
                return

    def _find(self, wanted: Entry | None) -> tuple[int, int] | None:
        """The row of a fact or head that was a row before, and the fact's place in its claim."""
        if wanted is None:
            return None
        same = _identity(wanted)
        for row, index in enumerate(self._measured.shown):
            for place, one in enumerate(self.entries[index].facts):
                if _identity(one) == same:
                    return row, place
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
        """The claim under the cursor; None on a head."""
        entry = self._under_cursor()
        return entry if entry and entry.fact is not None else None

    def heading(self) -> SafeText | None:
        """The words of the head under the cursor; None on a claim."""
        entry = self._under_cursor()
        return entry.heading if entry is not None and entry.fact is None else None

    def member(self) -> Entry | None:
        """The fact in sight of the claim under the cursor: its evidence is marked; None on a head."""
        entry = self.current()
        if entry is None or not entry.members:
            return entry
        return entry.members[self.place_of_member()[0]]

    def place_of_member(self) -> tuple[int, int]:
        """The place of the fact in sight among those of its claim, from 0, and how many they are."""
        entry = self.current()
        members = entry.facts if entry is not None else ()
        return min(self._member, max(0, len(members) - 1)), len(members)

    def watch_cursor(self) -> None:
        """On another claim, the fact that words it best is in sight."""
        if not self._quiet:
            self._member = self._best()
        super().watch_cursor()

    def _best(self) -> int:
        """The place of the fact that words the claim under the cursor."""
        entry = self.current()
        return next((n for n, one in enumerate(entry.facts) if one.fact is entry.fact), 0) if entry is not None else 0

    def action_next_member(self) -> None:
        """The next fact of the claim under the cursor, in turn."""
        self._step(1)

    def action_previous_member(self) -> None:
        """The fact before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        place, members = self.place_of_member()
        if members > 1:
            self._member = (place + step) % members
            self.post_message(self.Moved(self, self.cursor))

    def mark(self) -> None:
        """Mark the claim under the cursor, or take its mark away; then the next one is under the cursor."""
        entry = self.current()
        if entry is not None:
            keys = set(map(_identity, entry.facts))
            self.marked = self.marked - keys if keys <= self.marked else self.marked | keys
            self.redraw()
            self.next_fact()

    def unmark(self) -> bool:
        """Take all marks away; whether there were any."""
        had, self.marked = bool(self.marked), set()
        self.redraw()
        return had

    def marked_facts(self) -> list[Entry]:
        """The facts of the claims that are marked and shown, in their order."""
        claims = (entry for entry in self.entries if entry.fact is not None)
        return [one for entry in claims for one in entry.facts if _identity(one) in self.marked]

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
        is_marked = any(_identity(one) in self.marked for one in entry.facts)
        gutter = (own("■ "), inks(self)["warn"]) if is_marked else (own("  "), Style.null())
        drawing = drawing_of(entry.fact)
        rows = drawing.rows(entry, Brush(inks(self), self._measured.column), gone, width)
        if note := _note(entry):
            indent = own(" " * (self._measured.column + 2) if drawing.amount else "")
            rows.append([(indent, Style.null()), (own("note: ") + note.line(), inks(self)["key"])])
        signs, indent = self._signs(entry), own("  ")
        at = drawing.signs_at(entry, width)
        strips = [
            line([gutter if not i else (indent, Style.null()), *row], width, base, signs if i == at else ())
            for i, row in enumerate(rows)
        ]
        return [*strips, Strip.blank(width, base)] if drawing.gap else strips

    def _signs(self, entry: Entry) -> list[Piece]:
        """At the right: how the claim stands among the sources, and the verdict on it."""
        standing, room = entry.standing, self._measured.standing
        brief = standing.brief if standing else own("")
        ink = inks(self)[TONE_INKS[standing.tone]] if standing else Style.null()
        verdict = own(" " if room else "") + SIGNS[entry.state]
        return [(own(brief.ljust(room)), ink), (verdict, inks(self)[STATE_INKS[entry.state]])]


def _identity(entry: Entry) -> tuple[str, str]:
    """What tells a fact or a head from others."""
    return entry.source_id, entry.fact.key if entry.fact is not None else entry.heading


def _note(entry: Entry) -> SafeText | None:
    """The first note on a fact of the claim."""
    return next((one.review.note for one in entry.facts if one.review is not None and one.review.note), None)


def _head(entry: Entry) -> HeadName:
    return entry.source_id, entry.heading


def _height(entry: Entry, width: int) -> int:
    fact = entry.shown
    if fact is None:
        return 1
    drawing = drawing_of(fact)
    return drawing.height(fact, width) + drawing.gap + 1 + (_note(entry) is not None)
