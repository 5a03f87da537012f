"""The list of sources: its rows, order, groups and filter, and what the reader notes on sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from briefing.model.selection import EVERYTHING, SourceFilter
from briefing.tui.actions import pane_bindings
from briefing.tui.changes import (
    Arrived,
    Listed,
    ListingChanged,
    QueueChanged,
    Removed,
    RowsChanged,
    SearchLeft,
    StandingsChanged,
    TitlesChanged,
    TotalsChanged,
)
from briefing.tui.main_screen.other_programs import open_original
from briefing.tui.main_screen.source_notes import SourceKeys, SourceNotes
from briefing.tui.main_screen.status_words import filter_words, order_words, source_words
from briefing.tui.places import Target
from briefing.tui.textual_patches.framed import Framed
from briefing.tui.threads import in_thread
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.source_list import PAGE, Page, SourceList
from briefing.tui.wording import GROUP_WORDS, ORDER_WORDS, STATE_WORDS, number, own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.library import Library
    from briefing.model.listing import SourceRow
    from briefing.model.safetext import SafeText
    from briefing.model.selection import Group, SourceState
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.line import Said

_ORDERS: Final = tuple(ORDER_WORDS)


@dataclass(eq=False)
class ListMade(Message):
    """The layout of the source list: ``count`` sources, in ``groups`` unless None, and its first rows.

    ``version`` is the question it answers, ``keep`` as in :meth:`SourceList.lay_out`.
    """

    count: int
    groups: Sequence[Group] | None
    page: Page | None
    rows: Sequence[SourceRow]
    version: int
    keep: bool


@dataclass(eq=False)
class RowsFetched(Message):
    """A page of the source list."""

    page: Page
    rows: Sequence[SourceRow]
    version: int


class SourcesPane(SourceKeys, Framed, inherit_bindings=False):
    """The source list with its frame and its filter. The source under its cursor is the one that is shown."""

    BINDINGS = pane_bindings("sources")

    def __init__(self, state: ReaderState) -> None:
        self.list = SourceList(id="sources")
        self.filter_bar = SafeInput(id="filter", placeholder="title or publisher")
        super().__init__(self.list, id="left", classes="pane")
        self.state = state
        self._awaited = False
        """Whether the cursor is on a row that is to be shown once it is fetched."""
        self._queued: tuple[str, ...] = ()  # what is left in the queue of a library on a server: longer, shorter
        self.border_title = "Sources"
        state.listen(ListingChanged, self._relist)
        state.listen(TotalsChanged, lambda _: self.tell_list())
        state.listen(QueueChanged, self._take_queue)
        state.listen(Arrived, self._arrived)
        state.listen(RowsChanged, self._rows_changed)
        state.listen(SearchLeft, lambda _: self._come_back())
        state.listen(Removed, self._removed)
        state.listen(StandingsChanged, lambda _: self.list.show_copies(state.copies))

    def on_mount(self) -> None:
        """The notes are written by a controller of their own."""
        self.notes = SourceNotes(self.screen, self.state)

    def mount_rest(self) -> None:
        """Add what is not in sight at first."""
        self.mount(self.filter_bar, before=self.list)

    # What the frame says

    def tell_list(self) -> None:
        """Show number of sources, filter, order and groups in the list's frame."""
        where, marked = self.state.where, self.list.marked
        total = self.state.totals.sources if self.state.totals else 0
        words = [number(total)]
        if where != EVERYTHING:
            words = [f"{number(self.state.listed)} of {number(total)}", *filter_words(where)]
        if marked:
            words.append(f"{number(len(marked))} marked")
        said = own(" · ".join(words))
        room = self.size.width - 4
        fits = len("Sources ") + len(said) <= room
        self.say_above(Content((own("Sources ") if fits or len(words) == 1 else own("")) + said))
        self.list.empty = own("" if where == EVERYTHING else "No sources match. Esc shows all of them.")
        below = order_words(self.state.order, self.state.grouping, room)
        failures = self.state.totals.failures if self.state.totals else 0
        badge = f" · {number(failures)} not read" if failures else ""
        notes = [below + queued + badge for queued in self._queued] + [
            below + badge,
            badge.removeprefix(" · ") or below,
        ]
        self.say_below(Content(next((note for note in notes if len(note) <= room), below)))
        self.state.announce(TitlesChanged())

    def on_resize(self) -> None:
        """Say in the frame what there is room for, once there is something to say."""
        if self.state.totals is not None:
            self.tell_list()

    def _take_queue(self, change: QueueChanged) -> None:
        words = f" · {number(change.left)} queued"
        self._queued = (f"{words}, {number(change.a_minute)} a minute", words) if change.left else ()
        self.tell_list()

    def note(self) -> SafeText:
        """Number of listed sources, for the tab of a narrow screen."""
        total = number(self.state.totals.sources if self.state.totals else 0)
        return own(total if self.state.where == EVERYTHING else f"{number(self.state.listed)} of {total}")

    # Rows

    def _relist(self, change: ListingChanged) -> None:
        self._list(self.list.ask(), change.keep)

    @in_thread("list")
    def _list(self, version: int, keep: bool) -> None:
        library, state = self.state.library, self.state
        if library is None or version != self.list.version:
            return
        groups = library.groups(state.grouping, state.where) if state.grouping else None
        count = library.count(state.where)
        page = None if keep or not count else Page(groups[0] if groups else None, 0)
        rows = self._rows(library, page) if page else ()
        self.post_message(ListMade(count, groups, page, rows, version, keep))

    def _rows(self, library: Library, page: Page) -> Sequence[SourceRow]:
        state, offset = self.state, page.number * PAGE
        return library.sources(order=state.order, where=state.where, group=page.group, offset=offset, limit=PAGE)

    @on(ListMade)
    def _take_list(self, message: ListMade) -> None:
        if message.version != self.list.version:
            return
        self.state.listed = message.count
        self.list.lay_out(message.count, message.groups, keep=message.keep)
        if message.page is not None:
            self.list.put(message.page, message.rows, message.version)
        self._reconcile(keep=message.keep)
        self.tell_list()
        self.state.announce(Listed())

    @on(SourceList.PagesWanted)
    def _pages_wanted(self, message: SourceList.PagesWanted) -> None:
        self._fetch(message.pages, message.version)

    @in_thread("rows")
    def _fetch(self, pages: Sequence[Page], version: int) -> None:
        library = self.state.library
        if library is None:
            return
        for page in pages:
            if version != self.list.version:
                return
            self.post_message(RowsFetched(page, self._rows(library, page), version))

    @on(RowsFetched)
    def _take_rows(self, message: RowsFetched) -> None:
        self.list.put(message.page, message.rows, message.version)
        self._reconcile()

    # The cursor

    def _reconcile(self, *, keep: bool = True) -> None:
        """After what is listed has changed: cursor and text are on one source again.

        The cursor goes to the source that is shown, if that is listed; else the one under the cursor is shown, unless
        the list is about the same (``keep``) and one is reading elsewhere.
        """
        row = self.list.current()
        if row is None or not self.list.display or self.list.unsettled:
            return
        wanted = self.state.wanted
        if wanted == row.id:
            self._awaited = False
        elif wanted is None:
            self.state.open(Target(row.id, preview=True))
        elif self.list.index_of(wanted) is not None and not self._awaited:
            self.list.select(wanted)
        elif self._awaited or not keep or self.has_focus_within:
            self._awaited = False
            self.state.preview(Target(row.id, preview=True))
        else:
            self.list.select(wanted)  # one is reading what is not listed any more: the cursor is on none

    def _come_back(self) -> None:
        """After a search: the cursor goes to the source that is shown."""
        if self.state.wanted is not None:
            self.list.select(self.state.wanted)
        self.tell_list()

    @on(RowList.Moved, "#sources")
    def _source_moved(self, message: RowList.Moved) -> None:
        row = self.list.row(message.index)
        self.state.moved()
        self._awaited = row is None
        self.state.preview(None if row is None else Target(row.id, preview=True))

    def _arrived(self, change: Arrived) -> None:
        """The cursor goes to the source that is shown, which is read now unless it is a preview."""
        if not change.target.preview:
            self.notes.mark_read()
        self.list.select(change.target.source_id)

    def _rows_changed(self, change: RowsChanged) -> None:
        for row in change.rows:
            self.list.replace(row)
        self.state.moved()

    def _removed(self, change: Removed) -> None:
        for source_id in change.source_ids:
            self.list.marked.pop(source_id, None)

    def said(self) -> list[Said]:
        """Words for the status line: file state, publisher, warning or title, tags, words, path of the source."""
        row = self.list.current()
        return source_words(row, self.state.copies.get(row.id, 0), row.id in self.list.marked) if row else []

    @on(RowList.Chosen, "#sources")
    def action_open(self) -> None:
        """Read the source under the cursor; on the head of a group, fold or open it."""
        row = self.list.current()
        if row is not None:
            self.state.open(Target(row.id))
        elif self.list.group() is not None:
            self.list.toggle()

    def action_original(self) -> None:
        """Open the file or the page that the source under the cursor was read from."""
        row = self.list.current() or self.state.row
        if row is not None:
            open_original(self.screen, row.path)

    # Order, groups, filter

    def action_sort(self) -> None:
        """The next order."""
        self.state.order = _ORDERS[(_ORDERS.index(self.state.order) + 1) % len(_ORDERS)]
        self.state.relist()
        self.tell_list()

    def action_group(self) -> None:
        """Ask what to group by."""
        from briefing.tui.dialogs.choose import Choice, ChooseScreen

        now = self.state.grouping

        def chosen(key: str | None) -> None:
            if key is not None:
                self.state.grouping = key or None  # type: ignore[assignment]
                self.state.relist()
                self.tell_list()

        ways = [Choice("", own("Not grouped"), current=now is None)]
        ways += [Choice(by, own(f"By {words}"), current=now == by) for by, words in GROUP_WORDS.items()]
        self.app.push_screen(ChooseScreen("Group the sources", ways), chosen)

    @in_thread("which", exclusive=True)
    def action_which(self) -> None:
        """Ask which sources to list, with how many each choice would leave."""
        library = self.state.library
        if library is not None:
            states = {state: library.count(SourceFilter(state=state)) for state in STATE_WORDS}
            tags = library.tags.all()
            self.app.call_from_thread(self._ask_which, states, tags)

    def _ask_which(self, states: dict[str, int], tags: Sequence[tuple[SafeText, int]]) -> None:
        from briefing.tui.dialogs.choose import Choice, ChooseScreen

        now = self.state.where
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
                self.set_filter(self.state.where._replace(state=state, tag=value if kind == "tag" else ""))

        self.app.push_screen(ChooseScreen("Show only…", ways), chosen)

    def set_filter(self, where: SourceFilter) -> None:
        """List other sources."""
        if where != self.state.where:
            self.state.where = where
            self.state.relist()

    def action_filter(self) -> None:
        """Open the field that filters the list."""
        self.filter_bar.add_class("-shown")
        self.screen.set_focus(self.filter_bar, scroll_visible=False)

    @on(Input.Changed, "#filter")
    def _filter_changed(self, message: Input.Changed) -> None:
        self.set_filter(self.state.where._replace(text=message.value.strip()))

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        if not self.state.where.text:
            self.filter_bar.remove_class("-shown")
        self.state.go_to("sources")

    def leave_filter(self) -> bool:
        """Forget the marks, else show all sources; whether there was anything to leave in the list."""
        if self.state.pane != "sources" and not self.filter_bar.has_focus:
            return False
        if self.list.marked and not self.filter_bar.has_focus:
            self.list.unmark()
            self.tell_list()
            return True
        if self.state.where == EVERYTHING and not self.filter_bar.has_class("-shown"):
            return False
        self.filter_bar.remove_class("-shown")
        self.filter_bar.value = ""
        here = EVERYTHING._replace(workspace=self.state.where.workspace)  # first the filters within it go
        self.set_filter(EVERYTHING if self.state.where == here else here)
        self.state.go_to("sources")
        return True

    # Notes

    def chosen(self) -> list[SourceRow]:
        """The sources that an action is for: those marked, else the one under the cursor, else the one in sight."""
        return self.list.chosen() or ([self.state.row] if self.state.row and self.list.detached else [])

    def action_mark(self) -> None:
        """Mark the source under the cursor, so that the next action is for all marked ones."""
        self.list.mark()
        self.tell_list()
