"""Searching all sources as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from textual import on
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from briefing.tui.main_screen.suggesting import SuggestingScreen
from briefing.tui.messages import Searched, Target
from briefing.tui.threads import in_thread
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from briefing.model.listing import Hit, SearchResult

    SearchOrder = Literal["auto", "ranked", "newest"]

TYPING_DELAY: Final = 0.03
"""Seconds after a key before the query is asked, so that quick typing asks once."""
RANKING_DELAY: Final = 0.5
"""Seconds of rest after which hits that were too many to rank are ranked after all."""
_HITS: Final = 20


class SearchingScreen(SuggestingScreen):
    """What has to do with the search bar and its hits."""

    _search_number = 0
    _asking: Timer | None = None
    _ranking: Timer | None = None
    _wants_more = False
    _open_for = ""
    """The query whose first hit is to be opened once it is there."""
    result: SearchResult | None = None

    @on(Input.Changed, "#search")
    def _query_changed(self, message: Input.Changed) -> None:
        self._open_for = ""
        for timer in (self._asking, self._preview):  # what was to be shown is out of date, and would keep keys waiting
            if timer is not None:
                timer.stop()
        if message.value.strip():
            self._asking = self.set_timer(TYPING_DELAY, self._ask_now)
        else:
            self._search_number += 1
            self.hide_suggestions()
            self._show_list()

    def _ask_now(self) -> None:
        bar = self.search_bar
        if self.focused is bar:
            self.ask_suggestions(bar.value, bar.cursor_position)
        self._ask(bar.value, "auto", 0)

    def _ask(self, query: str, order: SearchOrder, offset: int) -> None:
        self._search_number += 1
        self._wants_more = offset > 0
        self._stop_ranking()
        if self.library is not None:
            self.library.interrupt()
        self._search(self._search_number, query, order, offset)

    @in_thread("search", exclusive=True)
    def _search(self, asked: int, query: str, order: SearchOrder, offset: int) -> None:
        library = self.library
        if library is None or asked != self._search_number:
            return
        try:
            result = library.search(query, limit=_HITS, offset=offset, order=order, typing=True)
        except Exception:
            if asked == self._search_number:  # an answer that nobody waits for was interrupted on purpose
                raise
            return
        self.post_message(Searched(asked, result, more=offset > 0))

    @on(Searched)
    def _searched(self, message: Searched) -> None:
        if message.number != self._search_number or not self.search_bar.value.strip():
            return
        result, before = message.result, self.result
        self._wants_more = False
        if message.more and before is not None:
            self.hit_list.extend(result.hits)
            return
        ranked_late = before is not None and before.query == result.query and before.order != result.order
        if ranked_late and self.hit_list.cursor:
            return  # one is going through the hits already: they stay as they are
        self.result = result
        if not self.searching:
            self.show_hits(True)
            self.bring("sources")
            self.call_after_refresh(self.place_suggestions)
        self.hit_list.show(result.hits)
        self._tell_search(result)
        if result.hits and self._open_for == result.query:
            self._open_hit(result.hits[0])
        elif result.hits:
            self._preview_hit(0)
        if result.order == "newest" and not result.exact:
            self._ranking = self.set_timer(RANKING_DELAY, self._rank)

    def _rank(self) -> None:
        if self.result is not None and not self.hit_list.cursor:
            self._ask(self.result.query, "ranked", 0)

    def _stop_ranking(self) -> None:
        if self._ranking is not None:
            self._ranking.stop()
            self._ranking = None

    def _tell_search(self, result: SearchResult) -> None:
        from briefing.model.listing import NOTHING_FOUND

        total = number(result.total) + ("" if result.exact else "+")
        of = f" of {number(self.totals.sources)}" if self.totals else ""
        order = ", newest first" if result.order == "newest" and result.total > 1 else ""
        self.found.say(right=[(own(f"{total}{of} sources{order}"), "muted")])
        self.left.say_above(Content(f"Hits {total}"))
        self.left.say_below(Content(""))
        self.tell_where()
        self.hit_list.empty = own(NOTHING_FOUND)

    def tell_what(self) -> bool:
        """How the query was understood, while one types it or goes through its hits."""
        result = self.result
        if result is None or self.focused not in (self.search_bar, self.hit_list):
            return super().tell_what()
        words = own("Read as  ") + result.interpreted.line()
        self.status.tell(words + own("  ·  ") + result.note.line() if result.note else words)
        return True

    @on(RowList.Moved, "#hits")
    def _hit_moved(self, message: RowList.Moved) -> None:
        self._preview_hit(message.index)
        result = self.result
        held = len(self.hit_list.hits)
        if result is not None and message.index >= held - 5 and held < result.total and not self._wants_more:
            self._ask(result.query, result.order, held)

    def _preview_hit(self, index: int) -> None:
        hit = self.hit_list.hits[index]
        query = self.result.query if self.result else ""
        self.preview(Target(hit.source.id, hit.start, query=query, preview=True))

    @on(RowList.Chosen, "#hits")
    def _hit_chosen(self, message: RowList.Chosen) -> None:
        if message.index < len(self.hit_list.hits):
            self._open_hit(self.hit_list.hits[message.index])

    def action_open_hit(self) -> None:
        """Read the source at the hit; the hits stay where they are. Before they are there, once they are."""
        typed = self.search_bar.value
        if self.focused is self.search_bar and self.picked_suggestion():
            return
        if self.focused is self.search_bar and typed.strip() and (self.result is None or self.result.query != typed):
            self._open_for = typed
            return
        hit = self.hit_list.current() if self.searching else None
        if hit is not None:
            self._open_hit(hit)
        elif typed.strip():
            self._keep_query(typed)

    def _open_hit(self, hit: Hit) -> None:
        """Read the source at this hit. What is still being asked will not put another in its place."""
        if self.result is None:
            return
        self._open_for = ""
        self.hide_suggestions()
        self._stop_ranking()
        if not self._wants_more:
            self._search_number += 1
        if self._preview is not None:
            self._preview.stop()
        if self._before is not None and self._before.place is not None:
            self._back.append(self._before.place)
        self._before = None
        query = self.result.query
        self.open(Target(hit.source.id, hit.start, query=query))
        self._keep_query(query)

    def whole_query(self, query: str) -> str:
        """With the star that the search put after the last word, if it did."""
        result = self.result
        last = query.split()[-1].casefold() + "*"
        begun = result is not None and result.query == query and result.interpreted.casefold().endswith(last)
        return query + "*" if begun else query

    def _keep_query(self, query: str) -> None:
        """Remember what was asked."""
        self.write(lambda library: library.searches.remember(query))

    def action_next_hit(self) -> None:
        """Move down the hits while typing."""
        if self.searching:
            self.hit_list.action_down()

    def action_previous_hit(self) -> None:
        """Move up the hits while typing; before anything is typed, list the searches of before."""
        if self.searching:
            self.hit_list.action_up()
        elif not self.search_bar.value:
            self.action_searches()

    def action_next_hits(self) -> None:
        """A page down the hits while typing."""
        if self.searching:
            self.hit_list.action_page_down()

    def action_previous_hits(self) -> None:
        """A page up the hits while typing."""
        if self.searching:
            self.hit_list.action_page_up()

    def action_leave_search(self) -> None:
        """Leave the search, back to where one was when it began."""
        before = self._before
        self.hide_suggestions()
        self.search_bar.value = ""
        self._show_list()
        if before is not None and before.place is not None:
            self.open(Target(before.place.source_id, before.place.at, preview=True, top=True))
        if before is not None and before.focus is not None and before.focus.can_focus:
            self.take_focus(before.focus)
        else:
            self.go_to(self.pane)

    def end_search(self) -> bool:
        """Show the sources again but stay with the text; whether there was a search to leave."""
        if not self.searching:
            return False
        self.search_bar.value = ""
        self._show_list()
        return True

    def _show_list(self) -> None:
        """Take the hits and their marks away."""
        if self._preview is not None:
            self._preview.stop()
        if not self.searching:
            return
        self._search_number += 1
        self.show_hits(False)
        self.result = None
        self.found.say(right=[])
        self.text_view.set_matches(())
        self.tell_list()
        self.tell_where()
        if self.focused is self.hit_list:
            self.take_focus(self.source_list)
