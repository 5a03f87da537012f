"""Saved searches, past searches, lists of names, and facets to narrow a search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual.worker import get_current_worker

from briefing.model.safetext import SafeText
from briefing.tui.main_screen.writing import may_write, write
from briefing.tui.threads import in_thread
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen
    from textual.widget import Widget

    from briefing.library import Library
    from briefing.library.search.name_lists import Sought
    from briefing.model.answers import Facets, SavedSearch
    from briefing.tui.dialogs.name_hits import Found
    from briefing.tui.places import Target
    from briefing.tui.state import ReaderState

_NAMES: Final = 1000
"""Names that are looked up at once."""


class SavedSearches:
    """Asks for them in dialogs over the screen of ``widget``; ``put`` puts a query into the search bar."""

    def __init__(self, widget: Widget, state: ReaderState, put: Callable[[str], None]) -> None:
        self._widget = widget
        self.state = state
        self._put = put
        self._rows: dict[str, int] = {}
        """Where one was in each list of names."""

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
            self.screen.call_later(self._show, searches.saved(), searches.past(limit=PAST), searches.lists.all())

    def _show(
        self, saved: Sequence[SavedSearch], past: Sequence[SafeText], lists: Sequence[tuple[SafeText, int]]
    ) -> None:
        from briefing.tui.dialogs.saved_searches import LIST, SearchesScreen

        def chosen(answer: tuple[str, str | None] | None) -> None:
            if answer is not None and answer[0] == LIST:
                self.look_up(answer[1] or "")
            elif answer is not None:
                self.ask_again(*answer)

        if self.state.library is not None and self.screen.is_current:
            self.screen.app.push_screen(SearchesScreen(self.state.library, saved, past, lists), chosen)

    # Lists of names

    @in_thread("names", exclusive=True)
    def take_names(self, path: str) -> None:
        """Keep the names of a file as a list, called as the file is, and look them up."""
        from pathlib import Path

        from briefing.library.errors import LibraryError
        from briefing.library.search.name_lists import read_names
        from briefing.model.regular_files import read_words

        library, file = self.state.library, Path(path).expanduser()
        if library is None:
            return
        try:
            names = read_names(read_words(file), file.name)
            if not library.read_only:
                library.searches.lists.save(file.stem, names)
        except (OSError, UnicodeDecodeError, LibraryError) as error:
            reason = getattr(error, "strerror", None) or ("no UTF-8 text" if isinstance(error, ValueError) else error)
            words = SafeText(str(reason) if isinstance(error, LibraryError) else f"{path}: {reason}").line()
            self.screen.call_later(partial(self.screen.app.notify, words, severity="warning", timeout=6, markup=False))
            return
        self._look_up(library, file.stem, names)

    @in_thread("names", exclusive=True)
    def look_up(self, name: str) -> None:
        """Look up a list that is kept."""
        if self.state.library is not None:
            self._look_up(self.state.library, name, self.state.library.searches.lists.get(name))

    def _look_up(self, library: Library, name: str, names: Sequence[Sought]) -> None:
        """In a thread: search for each name, then show what was found."""
        from briefing.tui.dialogs.name_hits import HITS, Found

        found = []
        for sought in names[:_NAMES]:
            if get_current_worker().is_cancelled:
                return
            found.append(Found(sought, library.search(sought.query, limit=HITS)))
        self.screen.call_later(self._show_names, name, found)
        if len(names) > _NAMES:
            words = f"The first {_NAMES:,} of {len(names):,} names; briefing search --queries looks up all of them."
            self.screen.call_later(partial(self.screen.app.notify, words, timeout=6))

    def _show_names(self, name: str, found: Sequence[Found]) -> None:
        from briefing.tui.dialogs.name_hits import NameHitsScreen

        def chosen(answer: tuple[Target, int] | None) -> None:
            if answer is not None:
                target, self._rows[name] = answer
                self.state.open(target)

        title, at = SafeText(name).line(), self._rows.get(name, 0)
        self.screen.app.push_screen(NameHitsScreen(title, found, at), chosen)

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
