"""The sources that answer a search, in place of the list of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content

from briefing.tui.actions import pane_bindings
from briefing.tui.changes import Arrived, HitKey, HitsFound, StandingsChanged
from briefing.tui.places import Target
from briefing.tui.textual_patches.framed import Framed
from briefing.tui.widgets.hit_list import HitList
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from briefing.model.answers import Hit
    from briefing.tui.main_screen.search_pane import SearchPane
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.line import Said

_MARGIN: Final = 5
"""Hits below the cursor, at the least, before more are asked for."""


class HitsPane(Framed, inherit_bindings=False):
    """The hits with their frame. The source of the hit under the cursor is the one that is shown."""

    BINDINGS = pane_bindings("hits")

    def __init__(self, state: ReaderState, search: SearchPane) -> None:
        self.list = HitList(id="hits")
        super().__init__(self.list, id="hits-pane", classes="pane")
        self.state = state
        self.search = search
        search.cursor_moved = lambda: self.list.cursor > 0
        state.listen(HitsFound, self._show)
        state.listen(HitKey, self._key)
        state.listen(Arrived, lambda change: self.list.select(change.target.source_id))
        state.listen(StandingsChanged, lambda _: self.list.show_copies(state.copies))

    def _show(self, change: HitsFound) -> None:
        """Show hits."""
        from briefing.model.answers import NOTHING_FOUND

        result = change.result
        if change.more:
            self.list.extend(result.hits)
            return
        self.list.empty = own(NOTHING_FOUND)
        self.list.show(result.hits)
        self.say_above(Content(f"Hits {self.search.total}"))
        if result.hits and change.open:
            self._open(result.hits[0])
        elif result.hits:
            self._preview(result.hits[0])

    def said(self) -> list[Said]:
        """Words for the status line: how the query was understood."""
        return self.search.said()

    def _key(self, change: HitKey) -> None:
        if change.action == "open_hit":
            self.action_open_hit()
        else:
            self.list.action_move(change.action)

    def _target(self, hit: Hit, *, preview: bool) -> Target:
        query = self.search.result.query if self.search.result else ""
        return Target(hit.source.id, hit.start, query=query, preview=preview)

    def _preview(self, hit: Hit) -> None:
        self.state.preview(self._target(hit, preview=True))

    def _open(self, hit: Hit) -> None:
        self.search.opening(self._target(hit, preview=False))

    @on(RowList.Moved, "#hits")
    def _moved(self, message: RowList.Moved) -> None:
        self._preview(self.list.hits[message.index])
        if message.index >= len(self.list.hits) - _MARGIN:
            self.search.ask_more(len(self.list.hits))

    @on(RowList.Chosen, "#hits")
    def _chosen(self, message: RowList.Chosen) -> None:
        if message.index < len(self.list.hits):
            self._open(self.list.hits[message.index])

    def action_open_hit(self) -> None:
        """Read the source at the hit; the hits stay where they are."""
        hit = self.list.current()
        if hit is not None:
            self._open(hit)

    def action_narrow(self) -> None:
        """Count what the sources found have in common."""
        self.search.action_narrow()

    def action_save_search(self) -> None:
        """Keep the search under a name."""
        self.search.action_save_search()

    def action_leave_search(self) -> None:
        """Leave the search, back to where one was when it began."""
        self.search.action_leave_search()
