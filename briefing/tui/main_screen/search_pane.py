"""The search bar: search as one types, suggestions, and the place to come back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from textual import on
from textual.containers import Horizontal
from textual.events import DescendantBlur
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from briefing.tui.actions import pane_bindings
from briefing.tui.changes import HitKey, HitsFound, LibraryOpened, NamesChanged, SearchLeft
from briefing.tui.first_frame import SEARCH_HINT
from briefing.tui.main_screen.saved_searches import SavedSearches
from briefing.tui.main_screen.suggestion_popup import Suggested, SuggestionPopup
from briefing.tui.main_screen.writing import write
from briefing.tui.places import Target
from briefing.tui.threads import in_thread
from briefing.tui.widgets.inputs import SearchBar
from briefing.tui.widgets.line import Line
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from briefing.model.answers import SearchResult
    from briefing.tui.places import Place
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.line import Said

    SearchOrder = Literal["auto", "ranked", "newest"]

TYPING_DELAY: Final = 0.03
"""Seconds after a key before the query is asked, so that quick typing asks once."""
RANKING_DELAY: Final = 0.5
"""Seconds of rest after which hits that were too many to rank are ranked after all."""
_HITS: Final = 20


class Before(NamedTuple):
    """The place and lists before the search began."""

    place: Place | None
    focus: Widget | None


@dataclass(eq=False)
class Searched(Message):
    """The answer to query number ``number``; ``more`` when it continues the one before."""

    number: int
    result: SearchResult
    more: bool = False


@dataclass(eq=False)
class NotSearched(Message):
    """Query number ``number`` has no answer: the error is told."""

    number: int


class SearchPane(Horizontal, inherit_bindings=False):
    """The query over all sources, and how many answer it. The hits are shown by the pane that reads its messages."""

    BINDINGS = pane_bindings("search")

    def __init__(self, state: ReaderState) -> None:
        self.bar = SearchBar(id="search", placeholder=SEARCH_HINT, select_on_focus=False)
        self.found = Line(id="found")
        self.prompt = Line(id="prompt")
        super().__init__(self.prompt, self.bar, self.found, id="top")
        self.saved = SavedSearches(self, state, self.put)
        self.state = state
        self.result: SearchResult | None = None
        self.before: Before | None = None
        self.suggestions = SuggestionPopup(self, self.bar, state)
        self.cursor_moved: Callable[[], bool] = lambda: False
        """Whether one is going through the hits; the pane of the hits knows."""
        self._number = 0
        self._asking: Timer | None = None
        self._ranking: Timer | None = None
        self._wants_more = False
        self._open_for = ""
        """The query whose first hit is to be opened once it is there."""
        state.listen(NamesChanged, lambda _: self.ask_anew())
        state.listen(LibraryOpened, lambda _: self._ask_now() if self.bar.value.strip() else None)

    def on_mount(self) -> None:
        """Say what the bar is for."""
        self.prompt.say([(own("/"), "heading")])

    # Asking

    @property
    def searching(self) -> bool:
        """Whether a query was answered and not left."""
        return self.result is not None

    def begin(self) -> None:
        """Focus the search bar with the query selected."""
        if self.screen.focused is not self.bar:
            if not self.searching:
                self.before = Before(self.state.here, self.screen.focused)
            self.suggestions.mount()
            self.screen.set_focus(self.bar, scroll_visible=False)
            self.bar.action_select_all()

    def put(self, query: str) -> None:
        """Search for it, as if it had been typed."""
        self.begin()
        self.bar.value = query
        self.bar.cursor_position = len(query)

    @on(Input.Changed, "#search")
    def _query_changed(self, message: Input.Changed) -> None:
        self._open_for = ""
        if self._asking is not None:
            self._asking.stop()
        if message.value.strip():
            if self.searching or self.state.resting is not None:
                self.state.preview(None)  # what was to be shown is out of date, and would keep keys waiting
            self._asking = self.set_timer(TYPING_DELAY, self._ask_now)
        else:
            self._number += 1
            self.suggestions.hide()
            self._end()

    def _ask_now(self) -> None:
        bar = self.bar
        if self.screen.focused is bar:
            self.suggestions.ask(bar.value, bar.cursor_position)
        self._ask(bar.value, "auto", 0)

    def ask_anew(self) -> None:
        """Run the search again, as the library has changed."""
        if self.searching:
            self._ask(self.bar.value, "auto", 0)

    def ask_more(self, held: int) -> None:
        """Load more hits than the ``held`` ones, if there are any."""
        result = self.result
        if result is not None and held < result.total and not self._wants_more:
            self._ask(result.query, result.order, held)

    def _ask(self, query: str, order: SearchOrder, offset: int) -> None:
        self._number += 1
        self._wants_more = offset > 0
        self._stop_ranking()
        if self.state.library is not None:
            self.state.library.interrupt()
        self._search(self._number, query, order, offset)

    @in_thread("search", exclusive=True)
    def _search(self, asked: int, query: str, order: SearchOrder, offset: int) -> None:
        library = self.state.library
        if library is None or asked != self._number:
            return
        try:
            result = library.search(query, limit=_HITS, offset=offset, order=order, typing=True)
        except Exception:
            if asked == self._number:  # an answer that nobody waits for was interrupted on purpose
                self.post_message(NotSearched(asked))
                raise
            return
        self.post_message(Searched(asked, result, more=offset > 0))

    @on(NotSearched)
    def _not_searched(self, message: NotSearched) -> None:
        if message.number == self._number:
            self._open_for = ""

    def awaits_hits(self) -> bool:
        """Whether Enter was pressed before the hits are there: the keys after it are for the source."""
        return bool(self._open_for) and self._open_for == self.bar.value and self.bar.has_focus

    @on(Searched)
    def _searched(self, message: Searched) -> None:
        if message.number != self._number or not self.bar.value.strip():
            return
        result, before = message.result, self.result
        self._wants_more = False
        if message.more and before is not None:
            self.state.announce(HitsFound(result, more=True))
            return
        ranked_late = before is not None and before.query == result.query and before.order != result.order
        if ranked_late and self.cursor_moved():
            return  # one is going through the hits already: they stay as they are
        self.result = result
        self._tell_found(result)
        wanted = self._open_for == result.query
        self.state.announce(HitsFound(result, open=wanted))
        if wanted:
            self._open_for = ""
        self.call_after_refresh(self.suggestions.place)
        if result.order == "newest" and not result.exact:
            self._ranking = self.set_timer(RANKING_DELAY, self._rank)

    def _rank(self) -> None:
        if self.result is not None and not self.cursor_moved():
            self._ask(self.result.query, "ranked", 0)

    def _stop_ranking(self) -> None:
        if self._ranking is not None:
            self._ranking.stop()
            self._ranking = None

    def _tell_found(self, result: SearchResult) -> None:
        of = f" of {number(self.state.totals.sources)}" if self.state.totals else ""
        order = ", newest first" if result.order == "newest" and result.total > 1 else ""
        self.found.say(right=[(own(f"{self.total}{of} sources{order}"), "muted")])

    @property
    def total(self) -> str:
        """Number of hits, ``30+`` where they were not all counted."""
        return number(self.result.total) + ("" if self.result.exact else "+") if self.result else ""

    def said(self) -> list[Said]:
        """Words for the status line: how the query was understood."""
        result = self.result
        if result is None:
            return []
        words = own("Searching for  ") + result.interpreted.line()
        return [(words + own("  ·  ") + result.note.line() if result.note else words, "muted")]

    # Opening, leaving

    def action_open_hit(self) -> None:
        """Read the source at the hit; the hits stay where they are. Before they are there, once they are."""
        typed = self.bar.value
        if self.suggestions.take_picked():
            return
        if typed.strip() and (self.result is None or self.result.query != typed):
            self._open_for = typed
        elif self.searching and self.result is not None and self.result.hits:
            self.state.announce(HitKey("open_hit"))
        elif typed.strip():
            self.keep_query(typed)

    def opening(self, target: Target) -> None:
        """A hit is read now. What is still being asked will not put another in its place."""
        self._open_for = ""
        self.suggestions.hide()
        self._stop_ranking()
        if not self._wants_more:
            self._number += 1
        self.state.open(target)
        self.keep_query(target.query)

    def keep_query(self, query: str) -> None:
        """Remember what was asked."""
        write(self.screen, self.state, lambda library: library.searches.remember(query))

    def whole_query(self, query: str) -> str:
        """The query with the star that the search put after the last word, if it did."""
        result = self.result
        last = query.split()[-1].casefold() + "*" if query.split() else "*"
        begun = result is not None and result.query == query and result.interpreted.casefold().endswith(last)
        return query + "*" if begun else query

    def action_leave_search(self) -> None:
        """Leave the search, back to where one was when it began."""
        before, self.before = self.before, None
        self.suggestions.hide()
        self.bar.value = ""
        self._end()
        if before is not None and before.place is not None:
            self.state.open(Target(before.place.source_id, before.place.at, preview=True, top=True))
        if before is not None and before.focus is not None and before.focus.can_focus:
            self.screen.set_focus(before.focus, scroll_visible=False)
        else:
            self.state.go_to(self.state.pane)

    def _end(self) -> None:
        if self.searching:
            self.state.preview(None)
            self._number += 1
            self.result = None
            self.found.say(right=[])
        self.state.announce(SearchLeft())

    # Suggestions

    def on_resize(self) -> None:
        """The hits are as wide as they are only later."""
        self.call_after_refresh(self.suggestions.place)

    @on(Suggested)
    def _suggested(self, message: Suggested) -> None:
        self.suggestions.show(message)

    @on(DescendantBlur)
    def _bar_left(self) -> None:
        """Hide the suggestions, as they belong to the bar."""
        self.suggestions.hide()

    @on(SearchBar.PastEnd)
    def _past_end(self) -> None:
        self.suggestions.take()

    def action_take_suggestion(self) -> None:
        """Go on with the marked suggestion; without one, go to the sources as Tab does elsewhere."""
        if not self.suggestions.take():
            self.state.go_to("sources")

    def action_next_suggestion(self) -> None:
        """Mark the next suggestion."""
        self.suggestions.step(1)

    def action_previous_suggestion(self) -> None:
        """Mark the suggestion before."""
        self.suggestions.step(-1)

    # Hits, while one types

    def action_next_hit(self) -> None:
        """Move down the hits."""
        self._to_hits("down")

    def action_previous_hit(self) -> None:
        """Move up the hits; before anything is typed, list the searches of before."""
        if not self.searching and not self.bar.value:
            self.saved.list()
        self._to_hits("up")

    def action_next_hits(self) -> None:
        """A page down the hits."""
        self._to_hits("page_down")

    def action_previous_hits(self) -> None:
        """A page up the hits."""
        self._to_hits("page_up")

    def _to_hits(self, action: Literal["down", "up", "page_down", "page_up"]) -> None:
        if self.searching:
            self.state.announce(HitKey(action))

    # Searches kept, narrowing

    def action_save_search(self) -> None:
        """Ask for the name to keep the query under: as it was understood, so that it finds the same again."""
        self.suggestions.hide()
        self.saved.ask_name(self.whole_query(self.bar.value))

    def action_narrow(self) -> None:
        """Count what the sources found have in common, to narrow the search by it."""
        self.suggestions.hide()
        self.saved.narrow(self.bar.value.strip(), self.whole_query)
