"""Restore order, groups and filters of the lists at the start, and save them when they change."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from briefing.tui.changes import FactsShown, Listed, SourceChanged
from briefing.tui.recalled import Lists
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from briefing.tui.main_screen.facts_pane import FactsPane
    from briefing.tui.recalled import ListsFile
    from briefing.tui.state import ReaderState

_WRITING: Final = Lock()
"""Held while it is written how the lists are left."""


class Recall:
    """Order, groups and filters of sources and facts, in ``file``; without one nothing is kept."""

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        facts: FactsPane,
        file: ListsFile | None,
        take_widths: Callable[[tuple[int, int]], None],
    ) -> None:
        """``take_widths`` has the panes as wide as they were left."""
        self._take_widths = take_widths
        self.screen = screen
        self._state = state
        self._facts = facts
        self._file = file
        self.widths = (0, 0)
        """Of the panes, as the reader has them."""
        self._kept: Lists | None = None
        """As they were kept last; None before that is known, or where nothing is kept."""
        state.listen(Listed, lambda _: self.keep())
        state.listen(FactsShown, lambda _: self.keep())
        state.listen(SourceChanged, lambda _: self.keep())

    def read(self) -> Lists | None:
        """Read how the lists were left, in the calling thread."""
        return self._file.read() if self._file is not None else None

    def take(self, lists: Lists) -> None:
        """Restore the lists as they were left. The library comes after this, so nothing is listed twice."""
        state, facts = self._state, self._facts
        state.order = lists.order or state.order
        state.grouping = lists.grouping
        state.where = state.where._replace(state=lists.state, tag=lists.tag)
        facts.kind = lists.kind
        facts.groups = dict(lists.fact_groups)
        facts.wanted = {kind: dict(wanted) for kind, wanted in lists.wanted.items()}
        self.widths = lists.widths
        self._take_widths(lists.widths)
        self._kept = self._lists()

    def _lists(self) -> Lists:
        state, facts = self._state, self._facts
        wanted = {kind: dict(one) for kind, one in facts.wanted.items()}
        where = state.where
        lists = Lists(state.order, state.grouping, where.state, where.tag, facts.kind, dict(facts.groups), wanted)
        return lists._replace(widths=self.widths, source=state.source.id if state.source else "", pane=state.pane)

    def keep(self) -> None:
        """Write down how they are, if that is otherwise than before."""
        if self._kept is not None and self._kept != (lists := self._lists()):
            self._kept = lists
            self._write(lists)

    @in_thread("lists")
    def _write(self, lists: Lists) -> None:
        with _WRITING:
            if self._file is not None and lists is self._kept:  # else a newer one is about to be written
                self._file.write(lists)
