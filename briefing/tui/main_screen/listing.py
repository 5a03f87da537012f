"""The list of sources: fetching its rows, its order, its groups, its filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from briefing.model.selection import EVERYTHING, SourceFilter
from briefing.tui.main_screen.noting import NotingScreen
from briefing.tui.messages import LibraryOpened, Listed, Noted, RowsFetched, Target
from briefing.tui.threads import in_thread
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.source_list import PAGE, Page, SourceList
from briefing.tui.wording import GROUP_WORDS, ORDER_WORDS, STATE_WORDS, number, own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.library import Library
    from briefing.model.listing import SourceRow, Totals
    from briefing.model.safetext import SafeText
    from briefing.model.selection import GroupBy, Order, SourceState
    from briefing.tui.main_screen.frame import Pane

_ORDERS: Final = tuple(ORDER_WORDS)
PREVIEW_DELAY: Final = 0.08
"""Seconds for which the cursor rests on a row before its source is shown."""


class ListingScreen(NotingScreen):
    """What has to do with the source list."""

    def __init__(self, measure: int, order: Order) -> None:
        super().__init__(measure)
        self.order: Order = order
        self.where = EVERYTHING
        self.grouping: GroupBy | None = None
        self.totals: Totals | None = None
        self.listed = 0
        """How many sources pass the filter."""
        self._preview: Timer | None = None

    @on(LibraryOpened)
    def _library_opened(self, message: LibraryOpened) -> None:
        self.library = message.library
        self.take_totals(message.totals)
        self.relist()
        self.library_ready()

    def library_ready(self) -> None:
        """The library is there: the first thing that can be done with it is done here."""

    def take_totals(self, totals: Totals) -> None:
        """Say how much there is."""
        before, self.totals = self.totals, totals
        self.set_class(totals.sources == 0, "-empty")
        if before is None or _offering(before) != _offering(totals):
            self.refresh_bindings()  # looks through all keys: not at each source that is added
        if not totals.sources:
            self.set_focus(None)
            self.middle.border_title = "Welcome"
        elif self.focused is None:
            self.go_to(self.pane)
        self.tell_list()

    # What the frame of the list says

    def tell_list(self) -> None:
        """Name the list with its number of sources, its filter, its order and its groups."""
        total = self.totals.sources if self.totals else 0
        words = [number(total)]
        if self.where != EVERYTHING:
            words = [f"{number(self.listed)} of {number(total)}", *filter_words(self.where)]
        if self.source_list.marked:
            words.append(f"{number(len(self.source_list.marked))} marked")
        said = own(" · ".join(words))
        room = self.left.size.width - 4
        fits = len("Sources ") + len(said) <= room
        self.left.say_above(Content((own("Sources ") if fits or len(words) == 1 else own("")) + said))
        self.source_list.empty = own("" if self.where == EVERYTHING else "No source is so. Esc shows all.")
        self.left.say_below(Content(order_words(self.order, self.grouping, room)))
        self.show_pane_titles(self.pane_notes())

    def pane_notes(self) -> dict[Pane, SafeText]:
        """What the tabs of a narrow screen say beside their names."""
        total = number(self.totals.sources if self.totals else 0)
        return {"sources": own(total if self.where == EVERYTHING else f"{number(self.listed)} of {total}")}

    # Its rows

    def relist(self, *, keep: bool = False) -> None:
        """Have the list made anew. With ``keep`` it is about the same: what is in sight and the cursor stay."""
        self._list(self.source_list.ask(), keep)

    @in_thread("list")
    def _list(self, version: int, keep: bool) -> None:
        library = self.library
        if library is None or version != self.source_list.version:
            return
        groups = library.groups(self.grouping, self.where) if self.grouping else None
        count = library.count(self.where)
        page = None if keep or not count else Page(groups[0] if groups else None, 0)
        rows = self._rows(library, page) if page else ()
        self.post_message(Listed(count, groups, page, rows, version, keep=keep))

    def _rows(self, library: Library, page: Page) -> Sequence[SourceRow]:
        offset = page.number * PAGE
        return library.sources(order=self.order, where=self.where, group=page.group, offset=offset, limit=PAGE)

    @on(Listed)
    def _take_list(self, message: Listed) -> None:
        if message.version != self.source_list.version:
            return
        self.listed = message.count
        self.source_list.lay_out(message.count, message.groups, keep=message.keep)
        if message.page is not None:
            self._take_rows(message.page, message.rows, message.version)
        self.tell_list()
        self.list_changed()

    def list_changed(self) -> None:
        """Other sources are listed, or in another order."""

    @on(SourceList.PagesWanted)
    def _pages_wanted(self, message: SourceList.PagesWanted) -> None:
        self._fetch(message.pages, message.version)

    @in_thread("rows")
    def _fetch(self, pages: Sequence[Page], version: int) -> None:
        library = self.library
        if library is None:
            return
        for page in pages:
            if version != self.source_list.version:
                return
            self.post_message(RowsFetched(page, self._rows(library, page), version))

    @on(RowsFetched)
    def _rows_fetched(self, message: RowsFetched) -> None:
        self._take_rows(message.page, message.rows, message.version)

    def _take_rows(self, page: Page, rows: Sequence[SourceRow], version: int) -> None:
        self.source_list.put(page, rows, version)
        if self.source is None and self._target is None and rows:
            self.open(Target(rows[0].id, preview=True))

    def rows_changed(self, totals: Totals) -> None:
        """Sources have come or gone."""
        self.take_totals(totals)
        self.relist(keep=True)

    @on(Noted)
    def _noted(self, message: Noted) -> None:
        """A row may stand elsewhere now, or be none of those that the filter lets through."""
        asked = {"unread": "read", "unreviewed": "reviewed", "reviewed": "reviewed", "pinned": "pinned"}
        moved = "pinned" in message.names or asked.get(self.where.state) in message.names
        if moved or ("tags" in message.names and (self.where.tag or self.grouping == "tag")):
            self.relist(keep=True)

    # The cursor

    @on(RowList.Moved, "#sources")
    def _source_moved(self, message: RowList.Moved) -> None:
        row = self.source_list.row(message.index)
        self.tell_where()
        if row is not None:
            self.preview(Target(row.id, preview=True))

    def tell_what(self) -> bool:
        """The whole of what the list has to cut: state of the file, warning or title, and the path."""
        row = self.source_list.current() if self.focused is self.source_list else None
        if row is None:
            return super().tell_what()
        first = own("⚠ ") + row.warnings[0].line() if row.warnings else row.title.line()
        if row.newer:
            first = own("↻ Replaced by a newer version: n goes there")
        elif row.gone:
            first = own("∅ The file was deleted; its text is kept here")
        tags = own("".join(f"  #{tag.line()}" for tag in row.tags))
        self.status.tell(first + tags + own(f"  ·  {plural(row.words, 'word')}  ·  ") + row.path.line())
        return True

    def preview(self, target: Target) -> None:
        """Show a source in a moment, if the cursor does not go on by then; not where the text is out of sight."""
        if self._preview is not None:
            self._preview.stop()
        if not self.narrow:
            self._preview = self.set_timer(PREVIEW_DELAY, lambda: self.open(target))

    @on(RowList.Chosen, "#sources")
    def action_open(self) -> None:
        """Read the source under the cursor; on the head of a group, fold or open it."""
        row = self.source_list.current()
        if row is not None:
            if self._preview is not None:
                self._preview.stop()
            self.open(Target(row.id))
        elif self.source_list.group() is not None:
            self.source_list.toggle()

    # Order, groups, filter

    def action_sort(self) -> None:
        """The next order."""
        self.order = _ORDERS[(_ORDERS.index(self.order) + 1) % len(_ORDERS)]
        self.relist()
        self.tell_list()

    def action_group(self) -> None:
        """Ask what to group by."""
        from briefing.tui.dialogs.choose import Choice, ChooseScreen

        def chosen(key: str | None) -> None:
            if key is not None:
                self.grouping = key or None  # type: ignore[assignment]
                self.relist()
                self.tell_list()

        ways = [Choice("", own("Not grouped"), current=self.grouping is None)]
        ways += [Choice(by, own(f"By {words}"), current=self.grouping == by) for by, words in GROUP_WORDS.items()]
        self.app.push_screen(ChooseScreen("Group the sources", ways), chosen)

    @in_thread("which", exclusive=True)
    def action_which(self) -> None:
        """Ask which sources to list, with how many each choice would leave."""
        library = self.library
        if library is not None:
            states = {state: library.count(SourceFilter(state=state)) for state in STATE_WORDS}
            tags = library.tags.all()
            self.app.call_from_thread(self._ask_which, states, tags)

    def _ask_which(self, states: dict[str, int], tags: Sequence[tuple[SafeText, int]]) -> None:
        from briefing.tui.dialogs.choose import Choice, ChooseScreen

        now = self.where
        ways = [
            Choice(f"state:{state}", own(words), own(number(states[state])), now.state == state and not now.tag)
            for state, words in STATE_WORDS.items()
        ]
        if tags:
            ways.append(Choice(None, own("With the tag")))
        ways += [Choice(f"tag:{tag}", own("#") + tag.line(), own(number(n)), now.tag == tag) for tag, n in tags]

        def chosen(key: str | None) -> None:
            if key is not None:
                kind, _, value = key.partition(":")
                state: SourceState = value if kind == "state" else "all"  # type: ignore[assignment]
                self.set_filter(SourceFilter(self.where.text, state, value if kind == "tag" else ""))

        self.app.push_screen(ChooseScreen("Which sources", ways), chosen)

    def set_filter(self, where: SourceFilter) -> None:
        """List other sources."""
        if where != self.where:
            self.where = where
            self.relist()

    def action_filter(self) -> None:
        """Open the field that filters the list."""
        self.filter_bar.add_class("-shown")
        self.take_focus(self.filter_bar)

    @on(Input.Changed, "#filter")
    def _filter_changed(self, message: Input.Changed) -> None:
        self.set_filter(self.where._replace(text=message.value.strip()))

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        if not self.where.text:
            self.filter_bar.remove_class("-shown")
        self.go_to("sources")

    def leave_filter(self) -> bool:
        """Forget the marks, else show all sources; whether there was anything to leave in the list."""
        if self.pane != "sources" and not self.filter_bar.has_focus:
            return False
        if self.source_list.marked and not self.filter_bar.has_focus:
            self.source_list.unmark()
            self.tell_list()
            return True
        if self.where == EVERYTHING and not self.filter_bar.has_class("-shown"):
            return False
        self.filter_bar.remove_class("-shown")
        self.filter_bar.value = ""
        self.set_filter(EVERYTHING)
        self.go_to("sources")
        return True


def _offering(totals: Totals) -> tuple[bool, bool]:
    """What of the numbers says which actions are offered."""
    return totals.sources > 0, totals.failures > 0


def order_words(order: Order, grouping: GroupBy | None, room: int) -> str:
    """``newest first · by publisher``; ``newest · publisher`` where that is wider than ``room``."""
    words = ORDER_WORDS[order]
    if not grouping:
        return words
    long = f"{words} · by {grouping}"
    return long if len(long) <= room else f"{words.removeprefix('by ').removesuffix(' first')} · {grouping}"


def filter_words(where: SourceFilter) -> list[SafeText]:
    """What a filter asks for, in the words of the list's frame."""
    words = [own("not reviewed" if where.state == "unreviewed" else where.state)] if where.state != "all" else []
    words += [own("#") + own(where.tag).line()] if where.tag else []
    return [*words, own(f"“{where.text}”").line()] if where.text else words
