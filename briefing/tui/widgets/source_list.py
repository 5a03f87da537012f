"""The list of sources. Rows are fetched a page at a time when they come into sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from briefing.tui.actions import bindings
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.shelves import Shelves, name_of
from briefing.tui.widgets.source_rows import Marked, head, lines_of_source, source_lines, waiting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.model.listing import SourceRow
    from briefing.model.selection import Group
    from briefing.tui.widgets.shelves import Name

PAGE: Final = 100
"""Rows of one fetch."""
_KEPT: Final = 2000
"""Rows that are kept at least, beside those in sight."""


class Page(NamedTuple):
    """A page of rows of a group: ``number * PAGE`` and on."""

    group: Group | None
    number: int


class SourceList(RowList, inherit_bindings=False):
    """Sources by title, publisher and date, with what is known of each; under heads where they are grouped."""

    BINDINGS = bindings("sources")

    class PagesWanted(Message):
        """Rows that are in sight and not here."""

        def __init__(self, pages: Sequence[Page], version: int) -> None:
            self.pages = pages
            self.version = version
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._height = lines_of_source(0)
        """Lines of a source."""
        self._count = 0
        self._shelves = Shelves(0, height=self._height)
        self._pages: dict[tuple[Name, int], Sequence[SourceRow]] = {}
        self._wanted: set[tuple[Name, int]] = set()
        self._asked: list[Page] = []
        self._folded: set[Name] = set()
        self.version = 0
        """Goes up when order, filter, groups or library change; answers to older questions are dropped."""
        self.opened: str | None = None
        """Id of the source in the text pane."""
        self.marked: dict[str, SourceRow] = {}
        """The sources that the next action is for, by id; without any it is for the one under the cursor."""
        self._copies: Mapping[str, int] = {}
        self._followed: str | None = None
        """Id of the source that the cursor stays on when the list changes."""

    # What is in it

    def ask(self) -> int:
        """Begin a new question: returns its number; answers to older ones are dropped."""
        self.version += 1
        self._wanted.clear()
        self._asked.clear()
        return self.version

    def lay_out(self, count: int, groups: Sequence[Group] | None, *, keep: bool) -> None:
        """Lay out another list of sources.

        With ``keep`` what was in sight is shown until it is fetched again, and the cursor stays where it is.

        Args:
            count: Number of sources.
            groups: Their groups, in order; None for no groups.
            keep: Whether they are about the same as before.
        """
        row = self.current()
        self._followed = row.id if keep and row is not None else None
        self.detached = self.detached and keep
        if not keep:
            self._pages.clear()
            self._folded.clear()
        self._count = count
        self._shelves = Shelves(count, groups, self._folded, self._height)
        self._pages = {key: rows for key, rows in self._pages.items() if key in self._in_sight()}
        first = next((n for n in range(self._shelves_rows()) if self._shelves.spot(n).offset is not None), 0)
        self.set_rows(self._shelves, self.cursor if keep else first)
        if keep:
            for key in list(self._pages):
                self._want(*key)
            self._follow()

    def _shelves_rows(self) -> int:
        """Rows among which the first source is: the head of the first group may be above it."""
        return min(2, len(self._shelves) - 1)

    def put(self, page: Page, rows: Sequence[SourceRow], version: int) -> None:
        """Take over a fetched page of rows, the answer to :class:`PagesWanted`.

        Args:
            page: The page.
            rows: Its rows.
            version: Number of the question it answers; of an older one it is dropped.
        """
        if version != self.version:
            return
        key = _name(page.group), page.number
        self._wanted.discard(key)
        self._pages.pop(key, None)
        kept = sum(map(len, self._pages.values()))
        in_sight = self._in_sight() if kept > _KEPT else set()
        for old in [old for old in self._pages if old not in in_sight]:
            if kept <= _KEPT:
                break
            kept -= len(self._pages.pop(old))
        self._pages[key] = rows
        self._follow()
        self.redraw()

    def _follow(self) -> None:
        """Put the cursor on the source it was on before the list changed, once its row is here."""
        index = self.index_of(self._followed) if self._followed is not None else None
        if index is not None and index != self.cursor:
            self.set_rows(self._tops, index)

    def watch_cursor(self) -> None:
        """The reader goes on: no source is followed any more."""
        if not self._quiet:
            self._followed = None
        super().watch_cursor()

    @property
    def unsettled(self) -> bool:
        """Whether the source that the cursor stays on may be among rows that are still being fetched."""
        return self._followed is not None and bool(self._wanted)

    def row(self, index: int) -> SourceRow | None:
        """The source in a row, if it is here; None for a head."""
        spot = self._shelves.spot(index)
        if spot.offset is None:
            return None
        rows = self._pages.get((self._shelves.names[spot.shelf], spot.offset // PAGE), ())
        return rows[spot.offset % PAGE] if spot.offset % PAGE < len(rows) else None

    def current(self) -> SourceRow | None:
        """The source under the cursor, if it is here."""
        return self.row(self.cursor) if self.count and not self.detached else None

    def chosen(self) -> list[SourceRow]:
        """The sources that an action is for: those marked, else the one under the cursor."""
        row = self.current()
        return list(self.marked.values()) or ([row] if row else [])

    def replace(self, row: SourceRow) -> None:
        """Replace the row of a source."""
        for key, rows in self._pages.items():
            self._pages[key] = [row if old.id == row.id else old for old in rows]
        if row.id in self.marked:
            self.marked[row.id] = row
        self.redraw()

    def mark(self) -> None:
        """Mark or unmark the source under the cursor, and go on to the next."""
        row = self.current()
        if row is None:
            return
        if self.marked.pop(row.id, None) is None:
            self.marked[row.id] = row
        self.redraw()
        self.action_move("down")

    def unmark(self) -> None:
        """Mark no source."""
        self.marked.clear()
        self.redraw()

    def show_copies(self, copies: Mapping[str, int]) -> None:
        """Show the number of near-duplicates beside sources."""
        self._copies = copies
        self.redraw()

    def index_of(self, source_id: str) -> int | None:
        """The row of a source, if it is loaded and its group open."""
        for (name, page), rows in self._pages.items():
            for index, row in enumerate(rows):
                if row.id == source_id:
                    return self._shelves.row_of(name, page * PAGE + index)
        return None

    def select(self, source_id: str) -> None:
        """Put the cursor on a source without opening it, if its row is here."""
        self.opened = source_id
        here = self.current()
        index = self.index_of(source_id)
        self.detached = index is None and self.row(self.cursor) is not None if self.count else False
        if index is not None and index != self.cursor and (here is None or here.id != source_id):
            self.set_rows(self._tops, index)
        else:
            self.redraw()

    def _row_of(self, line: int) -> int:
        return self._shelves.row_at(line)

    def _in_sight(self) -> set[tuple[Name, int]]:
        """The pages of the rows on the screen."""
        shelves = self._shelves
        count = len(shelves) - 1
        first = shelves.row_at(self.scroll_offset.y) if count else 0
        spots = (shelves.spot(row) for row in range(first, min(count, first + self.size.height + 2)))
        return {(shelves.names[spot.shelf], spot.offset // PAGE) for spot in spots if spot.offset is not None}

    def _want(self, name: Name, number: int) -> None:
        if (name, number) in self._wanted or name not in self._shelves.numbers:
            return
        self._wanted.add((name, number))
        groups = self._shelves.groups
        if not self._asked:  # what else the same screen lacks is asked for together with it
            self.call_later(self._ask)
        self._asked.append(Page(groups[self._shelves.numbers[name]] if groups is not None else None, number))

    def _ask(self) -> None:
        asked, self._asked = self._asked, []
        if asked:
            self.post_message(self.PagesWanted(asked, self.version))

    # Groups

    def group(self) -> Group | None:
        """The group whose head the cursor is on."""
        if not self.count or self._shelves.groups is None:
            return None
        spot = self._shelves.spot(self.cursor)
        return self._shelves.groups[spot.shelf] if spot.offset is None else None

    def toggle(self) -> None:
        """Fold the group under the cursor, or open it."""
        shelf = self._shelves.spot(self.cursor).shelf
        self._fold(shelf, fold=not self._shelves.folded[shelf])

    def _fold(self, shelf: int, *, fold: bool) -> None:
        name = self._shelves.names[shelf]
        (self._folded.add if fold else self._folded.discard)(name)
        self._fold_to(name)

    def _fold_to(self, name: Name) -> None:
        """Other groups are folded: put the cursor on the head of one."""
        self._shelves = Shelves(0, self._shelves.groups, self._folded, self._height)
        self.set_rows(self._shelves, self._shelves.row_of(name))

    def action_fold(self) -> None:
        """Fold the group one is in; on the head of a folded one, go to the head before."""
        if self._shelves.groups is None or not self.count:
            return
        spot = self._shelves.spot(self.cursor)
        if self._shelves.folded[spot.shelf]:
            self.action_previous_group()
        else:
            self._fold(spot.shelf, fold=True)

    def action_unfold(self) -> None:
        """Open the group one is on; in an open one, go to the next head."""
        if self._shelves.groups is None or not self.count:
            return
        spot = self._shelves.spot(self.cursor)
        if self._shelves.folded[spot.shelf]:
            self._fold(spot.shelf, fold=False)
        else:
            self.action_next_group()

    def action_fold_all(self) -> None:
        """Fold all groups, or open all where all are folded."""
        if self._shelves.groups and self.count:
            name = self._shelves.names[self._shelves.spot(self.cursor).shelf]
            self._folded = set() if all(self._shelves.folded) else set(self._shelves.names)
            self._fold_to(name)

    def action_next_group(self) -> None:
        """To the head of the next group."""
        self._go_to_head(1)

    def action_previous_group(self) -> None:
        """To the head before."""
        self._go_to_head(-1)

    def _go_to_head(self, step: int) -> None:
        row = self._shelves.head_near(self.cursor, step) if self.count else None
        if row is not None:
            self.cursor = row

    # Drawing

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """Title; publisher and date; counts or a warning. Or the head of a group."""
        spot = self._shelves.spot(index)
        groups = self._shelves.groups
        if spot.offset is None and groups is not None:
            return [head(groups[spot.shelf], self._shelves.folded[spot.shelf], width, base, inks(self))]
        row = self.row(index)
        if row is None:
            self._want(self._shelves.names[spot.shelf], (spot.offset or 0) // PAGE)
            return waiting(self._height, width, base, inks(self))
        marks = Marked(row.id in self.marked, row.id == self.opened, self._copies.get(row.id, 0))
        return source_lines(row, marks, self._height, width, base, inks(self))

    def on_resize(self) -> None:
        """Titles take a line more in a narrow list."""
        height = lines_of_source(self.scrollable_content_region.width)
        if height != self._height:
            self._height = height
            self._shelves = Shelves(self._count, self._shelves.groups, self._folded, height)
            self.set_rows(self._shelves)
        super().on_resize()


def _name(group: Group | None) -> Name:
    return None if group is None else name_of(group)
