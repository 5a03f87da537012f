"""Saved searches, past searches, and facets to narrow a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.model.safetext import SafeText
from briefing.tui.main_screen.writing import may_write, write
from briefing.tui.threads import in_thread
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen
    from textual.widget import Widget

    from briefing.library import Library
    from briefing.model.answers import Facets, SavedSearch
    from briefing.tui.state import ReaderState


class SavedSearches:
    """Asks for them in dialogs over the screen of ``widget``; ``put`` puts a query into the search bar."""

    def __init__(self, widget: Widget, state: ReaderState, put: Callable[[str], None]) -> None:
        self._widget = widget
        self.state = state
        self._put = put

    @property
    def screen(self) -> Screen[Any]:
        """The main screen."""
        return self._widget.screen

    @in_thread("searches", exclusive=True)
    def list(self) -> None:
        """List them, to ask one again."""
        from briefing.tui.dialogs.saved_searches import PAST

        if self.state.library is not None:
            searches = self.state.library.searches
            self.screen.call_later(self._show, searches.saved(), searches.past(limit=PAST))

    def _show(self, saved: Sequence[SavedSearch], past: Sequence[SafeText]) -> None:
        from briefing.tui.dialogs.saved_searches import SearchesScreen

        def chosen(answer: tuple[str, str | None] | None) -> None:
            if answer is not None:
                self.ask_again(*answer)

        if self.state.library is not None and self.screen.is_current:
            self.screen.app.push_screen(SearchesScreen(self.state.library, saved, past), chosen)

    def ask_again(self, query: str, name: str | None) -> None:
        """Run a search again; what a saved one finds counts as seen.

        Args:
            query: The query.
            name: The name it is saved under; None for a past one.
        """
        self._put(query)
        write(self.screen, self.state, lambda library: _asked(library, query, name))

    def ask_name(self, query: str) -> None:
        """Ask for the name to keep a query under."""
        from briefing.tui.dialogs.saved_searches import SaveSearchScreen

        kept = SafeText(query).line()
        if not kept:
            self.screen.app.notify("There is no search to save yet.", timeout=3)
            return
        if not may_write(self.screen, self.state):
            return

        def named(name: str | None) -> None:
            if name:
                write(self.screen, self.state, lambda library: library.searches.save(name, kept))
                self.screen.app.notify(own("Saved: ") + SafeText(name).line(), timeout=3)

        self.screen.app.push_screen(SaveSearchScreen(kept), named)

    def narrow(self, query: str, whole: Callable[[str], str]) -> None:
        """Ask for a facet of a search to narrow it by.

        Args:
            query: The query; empty tells the user to search first.
            whole: Given the query, returns it as a complete one that words can be added to.
        """
        if query:
            self._count(query, whole)
        else:
            self.screen.app.notify("Search for something first; then this narrows it.", timeout=3)

    @in_thread("facets", exclusive=True)
    def _count(self, query: str, whole: Callable[[str], str]) -> None:
        if self.state.library is not None:
            facets = self.state.library.facets(query, typing=True)
            self.screen.call_later(self._offer, query, facets, whole)

    def _offer(self, query: str, facets: Facets, whole: Callable[[str], str]) -> None:
        from briefing.tui.dialogs.facets import FacetsScreen

        def chosen(term: str | None) -> None:
            if term is not None:
                self._put(f"{whole(query)} {term}")

        if self.screen.is_current:
            self.screen.app.push_screen(FacetsScreen(SafeText(query).line(), facets), chosen)


def _asked(library: Library, query: str, name: str | None) -> None:
    library.searches.remember(query)
    if name is not None:
        library.searches.mark_seen(name)
