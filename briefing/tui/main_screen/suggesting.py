"""Help with a query: suggestions while one types, searches kept and asked before, what would narrow a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual import on
from textual.widget import Widget

from briefing.model.safetext import SafeText
from briefing.tui.main_screen.listing import ListingScreen
from briefing.tui.main_screen.reading import Place
from briefing.tui.messages import FacetsCounted, SearchesListed, Suggested
from briefing.tui.threads import in_thread
from briefing.tui.widgets.inputs import SearchBar
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.suggestions import SuggestionList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from textual.events import DescendantFocus

    from briefing.library import Library

_SUGGESTIONS: Final = 6


class Before(NamedTuple):
    """Where one was when the search began."""

    place: Place | None
    focus: Widget | None


class SuggestingScreen(ListingScreen):
    """What has to do with the search bar but the search itself."""

    _suggestions: SuggestionList | None = None
    _before: Before | None = None

    def action_search(self) -> None:
        """Go to the search bar, the query there selected."""
        if self.focused is not self.search_bar:
            if not self.searching:
                self._before = Before(self.here(), self.focused)
            self.mount_suggestions()
            self.take_focus(self.search_bar)
            self.search_bar.action_select_all()

    # Suggestions

    def mount_suggestions(self) -> None:
        """Have the list ready before it is needed."""
        if self._suggestions is None:
            self._suggestions = SuggestionList(id="suggestions")
            self.mount(self._suggestions, after="#top")

    @property
    def suggesting(self) -> bool:
        """Whether suggestions are in sight."""
        return self._suggestions is not None and self._suggestions.display

    @in_thread("suggest", exclusive=True)
    def ask_suggestions(self, query: str, cursor: int) -> None:
        """Have suggestions made for what is typed up to ``cursor``."""
        if self.library is not None:
            self.post_message(Suggested(query, cursor, self.library.suggest(query, cursor, _SUGGESTIONS)))

    @on(Suggested)
    def _suggested(self, message: Suggested) -> None:
        bar, listed = self.search_bar, self._suggestions
        if listed is None or message.query != bar.value or self.focused is not bar:
            return
        offered = [one for one in message.suggestions if one.query != bar.value]
        if not offered:
            self.hide_suggestions()
            return
        listed.show(offered)
        listed.display = True
        self.place_suggestions()

    def place_suggestions(self) -> None:
        """Below the bar, beside the hits; at the right end where these take the whole width."""
        listed = self._suggestions
        if listed is None or not self.suggesting:
            return
        width = min(self.size.width, listed.wanted_width())
        beside = self.size.width if self.narrow else self.middle.region.x
        listed.styles.width = width
        listed.styles.offset = (min(beside, self.size.width - width), 0)

    def on_resize(self) -> None:
        """The hits are as wide as they are only now."""
        self.call_after_refresh(self.place_suggestions)

    def hide_suggestions(self) -> None:
        """Take them away."""
        if self._suggestions is not None:
            self._suggestions.display = False

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """They belong to the search bar."""
        if event.widget is not self.search_bar and self.suggesting:
            self.hide_suggestions()

    @on(RowList.Chosen, "#suggestions")
    @on(SearchBar.PastEnd)
    def take_suggestion(self) -> bool:
        """Go on with the marked suggestion; whether there was one."""
        one = self._suggestions.current() if self._suggestions is not None and self.suggesting else None
        if one is None:
            return False
        self.hide_suggestions()
        self.search_bar.value = one.query
        self.search_bar.cursor_position = one.cursor
        return True

    def action_take_suggestion(self) -> None:
        """Go on with the marked suggestion; without one, go to the next pane as Tab does elsewhere."""
        if not self.take_suggestion():
            self.action_next_pane()

    def action_next_suggestion(self) -> None:
        """Mark the next suggestion."""
        if self._suggestions is not None and self.suggesting:
            self._suggestions.step(1)

    def action_previous_suggestion(self) -> None:
        """Mark the suggestion before."""
        if self._suggestions is not None and self.suggesting:
            self._suggestions.step(-1)

    def picked_suggestion(self) -> bool:
        """Take the suggestion that was gone to, if one was; whether that is so."""
        return self._suggestions is not None and self._suggestions.moved and self.take_suggestion()

    # Searches kept and asked before

    def action_searches(self) -> None:
        """List them, to ask one again."""
        self._list_searches()

    @in_thread("searches", exclusive=True)
    def _list_searches(self) -> None:
        from briefing.tui.dialogs.saved_searches import PAST

        if self.library is not None:
            searches = self.library.searches
            self.post_message(SearchesListed(searches.saved(), searches.past(limit=PAST)))

    @on(SearchesListed)
    def _searches_listed(self, message: SearchesListed) -> None:
        from briefing.tui.dialogs.saved_searches import SearchesScreen

        def chosen(answer: tuple[str, str | None] | None) -> None:
            if answer is not None:
                self.ask_again(*answer)

        if self.library is not None and self.app.screen is self:
            self.app.push_screen(SearchesScreen(self.library, message.saved, message.past), chosen)

    def ask_again(self, query: str, name: str | None) -> None:
        """Put a query into the search bar; what the search kept under ``name`` finds is known from now on."""
        self.action_search()
        self.search_bar.value = query
        self.search_bar.cursor_position = len(query)
        self.write(lambda library: _asked(library, query, name))

    def action_save_search(self) -> None:
        """Ask for the name to keep the query under."""
        from briefing.tui.dialogs.saved_searches import SaveSearchScreen

        query = SafeText(self.search_bar.value).line()
        if not query:
            self.app.notify("There is no search to save yet.", timeout=3)
            return
        if not self.may_write():
            return

        def named(name: str | None) -> None:
            if name:
                self.write(lambda library: library.searches.save(name, query))
                self.app.notify(own("Saved: ") + SafeText(name).line(), timeout=3)

        self.hide_suggestions()
        self.app.push_screen(SaveSearchScreen(query), named)

    # What would narrow it

    def action_narrow(self) -> None:
        """Count what the sources found have in common, to narrow the search by it."""
        if query := self.search_bar.value.strip():
            self._count_facets(query)
        else:
            self.app.notify("Search for something first; then this narrows it.", timeout=3)

    @in_thread("facets", exclusive=True)
    def _count_facets(self, query: str) -> None:
        if self.library is not None:
            self.post_message(FacetsCounted(query, self.library.facets(query, typing=True)))

    def whole_query(self, query: str) -> str:
        """The query as it is to be written where more follows; a word that was being typed is the beginning of one."""
        return query

    @on(FacetsCounted)
    def _facets_counted(self, message: FacetsCounted) -> None:
        from briefing.tui.dialogs.facets import FacetsScreen

        def chosen(term: str | None) -> None:
            if term is not None:
                query = f"{self.whole_query(message.query)} {term}"
                self.take_focus(self.search_bar)
                self.search_bar.value = query
                self.search_bar.cursor_position = len(query)

        if self.app.screen is self and message.query == self.search_bar.value.strip():
            self.hide_suggestions()
            self.app.push_screen(FacetsScreen(SafeText(message.query).line(), message.facets), chosen)


def _asked(library: Library, query: str, name: str | None) -> None:
    library.searches.remember(query)
    if name is not None:
        library.searches.mark_seen(name)
