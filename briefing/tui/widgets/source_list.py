"""The list of sources. Rows are fetched a page at a time when they come into sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from briefing.tui.actions import bindings
from briefing.tui.ink import inks
from briefing.tui.widgets.drawing import Piece, line
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import day, file_name, own, plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.model.listing import SourceRow

PAGE: Final = 100
"""Rows of one fetch."""
_HEIGHT: Final = 3
_KEPT_PAGES: Final = 20


class SourceList(RowList, inherit_bindings=False):
    """Sources by title, publisher and date, with what is known of each and whether it was read."""

    BINDINGS = bindings("sources")

    class PageWanted(Message):
        """Rows ``page * PAGE`` and on are in sight and not here."""

        def __init__(self, page: int, version: int) -> None:
            self.page = page
            self.version = version
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._pages: dict[int, Sequence[SourceRow]] = {}
        self._wanted: set[int] = set()
        self.version = 0
        """Goes up when order, filter or library change; answers to older questions are dropped."""
        self.opened: str | None = None
        """Id of the source in the text pane."""
        self._copies: Mapping[str, int] = {}

    def restart(self, count: int) -> None:
        """Forget all rows: there are ``count`` now, in another order or of another filter."""
        self._pages.clear()
        self._forget_wanted()
        self._resize_to(count, 0)

    def refetch(self, count: int) -> None:
        """Rows may have come or changed: show the old ones until the new are here."""
        self._forget_wanted()
        self._pages = {page: rows for page, rows in self._pages.items() if page in self._pages_in_sight()}
        for page in self._pages_in_sight():
            self._want(page)
        self._resize_to(count, self.cursor)

    def _forget_wanted(self) -> None:
        self.version += 1
        self._wanted.clear()

    def _resize_to(self, count: int, cursor: int) -> None:
        self.set_rows(range(0, (count + 1) * _HEIGHT, _HEIGHT), cursor)

    def put(self, page: int, rows: Sequence[SourceRow], count: int, version: int) -> None:
        """The answer to :class:`PageWanted`. ``count`` is how many rows there are in all."""
        if version != self.version:
            return
        self._wanted.discard(page)
        while len(self._pages) >= _KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[page] = rows
        if count != self.count:
            self._resize_to(count, self.cursor)
        else:
            self.redraw()

    def row(self, index: int) -> SourceRow | None:
        """A row, if it is here."""
        rows = self._pages.get(index // PAGE, ())
        return rows[index % PAGE] if index % PAGE < len(rows) else None

    def current(self) -> SourceRow | None:
        """The row under the cursor, if it is here."""
        return self.row(self.cursor) if self.count else None

    def replace(self, row: SourceRow) -> None:
        """A source's row has changed."""
        for page, rows in self._pages.items():
            self._pages[page] = [row if old.id == row.id else old for old in rows]
        self.redraw()

    def show_copies(self, copies: Mapping[str, int]) -> None:
        """Say of which sources others carry the same text."""
        self._copies = copies
        self.redraw()

    def index_of(self, source_id: str) -> int | None:
        """Where a source stands, if its row is here."""
        for page, rows in self._pages.items():
            for index, row in enumerate(rows):
                if row.id == source_id:
                    return page * PAGE + index
        return None

    def select(self, source_id: str) -> None:
        """Put the cursor on a source without opening it, if its row is here."""
        self.opened = source_id
        index = self.index_of(source_id)
        if index is not None and index != self.cursor:
            self.set_rows(self._tops, index)
        else:
            self.redraw()

    def _pages_in_sight(self) -> range:
        first = self.scroll_offset.y // _HEIGHT
        last = min(self.count, first + self.size.height // _HEIGHT + 2)
        return range(first // PAGE, max(0, last - 1) // PAGE + 1)

    def _want(self, page: int) -> None:
        if page not in self._wanted:
            self._wanted.add(page)
            self.post_message(self.PageWanted(page, self.version))

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """Title; publisher and date; counts or a warning."""
        row = self.row(index)
        if row is None:
            self._want(index // PAGE)
            dots = [(own("  …"), inks(self)["muted"])]
            return [line(dots, width, base), *(Strip.blank(width, base) for _ in range(_HEIGHT - 1))]
        muted = inks(self)["muted"]
        title = Style.null() if row.read else inks(self)["title"]
        published = day(row.published)
        right = [(own(" ") + published, muted)] if published else []
        below = [(own("  ") + (row.publisher or file_name(row.path)).line(), muted)]
        return [
            line([self._mark(row), (row.title.line() or row.path, title)], width, base, self._opened(row)),
            line(below, width, base, right),
            line(self._facts(row, muted, width), width, base),
        ]

    def _mark(self, row: SourceRow) -> Piece:
        if row.reviewed:
            return own("✓ "), inks(self)["good"]
        if row.read:
            return own("○ "), inks(self)["muted"]
        return own("● "), inks(self)["key"]

    def _opened(self, row: SourceRow) -> list[Piece]:
        if row.id != self.opened:
            return []
        return [(own("▸"), inks(self)["key"])]

    def _facts(self, row: SourceRow, muted: Style, width: int) -> list[Piece]:
        counts, quotes = plural(row.counts, "count"), plural(row.quotes, "quote")
        facts = f"{counts} · {row.participants} · {quotes}"
        if len(facts) + 2 > width:
            facts = f"{counts} · {quotes}"
        if copies := self._copies.get(row.id):
            facts = f"= {plural(copies, 'copy', 'copies')} · {facts}"
        if not row.warnings:
            return [(own("  " + facts), muted)]
        warning = inks(self)["warn"]
        return [(own("  ⚠ ") + row.warnings[0].line(), warning)]
