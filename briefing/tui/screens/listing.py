"""The list of sources: fetching its rows, its order, its filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from textual import on, work
from textual.timer import Timer
from textual.widgets import Input

from briefing.model.safetext import SafeText
from briefing.tui.messages import LibraryOpened, Removed, RowsFetched, Target
from briefing.tui.screens.reading import ReadingScreen
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.source_list import PAGE, SourceList
from briefing.tui.wording import number, own, plural

if TYPE_CHECKING:
    from briefing.model.listing import SourceRow, Totals
    from briefing.tui.screens.frame import Pane

Order = Literal["newest", "title", "publisher", "added"]
_ORDERS: Final[tuple[Order, ...]] = ("newest", "title", "publisher", "added")
_ORDER_WORDS: Final[dict[Order, str]] = {
    "newest": "newest first",
    "title": "by title",
    "publisher": "by publisher",
    "added": "as added",
}
PREVIEW_DELAY: Final = 0.08
"""Seconds for which the cursor rests on a row before its source is shown."""


class ListingScreen(ReadingScreen):
    """What has to do with the source list."""

    def __init__(self, measure: int, order: Order) -> None:
        super().__init__(measure)
        self.order: Order = order
        self.filter = ""
        self.totals: Totals | None = None
        self._preview: Timer | None = None

    @on(LibraryOpened)
    def _library_opened(self, message: LibraryOpened) -> None:
        self.library = message.library
        self.take_totals(message.totals)
        self.source_list.restart(message.totals.sources)
        self.library_ready()

    def library_ready(self) -> None:
        """The library is there: the first thing that can be done with it is done here."""

    def take_totals(self, totals: Totals) -> None:
        """Say how much there is."""
        self.totals = totals
        self.set_class(totals.sources == 0, "-empty")
        self.refresh_bindings()
        if not totals.sources:
            self.set_focus(None)
            self.middle.border_title = "Welcome"
        elif self.focused is None:
            self.go_to(self.pane)
        self.tell_list()

    def tell_list(self) -> None:
        """Name the list with its number of sources, its order and its filter."""
        count = self.source_list.count if self.filter else self.totals.sources if self.totals else 0
        self.left.border_title = f"Sources {number(count)}"
        self.source_list.empty = own("No title or publisher holds these words." if self.filter else "")
        self.left.border_subtitle = _ORDER_WORDS[self.order]
        self.show_pane_titles(self.pane_notes())

    def pane_notes(self) -> dict[Pane, SafeText]:
        """What the tabs of a narrow screen say beside their names."""
        return {"sources": own(number(self.totals.sources if self.totals else 0))}

    @on(SourceList.PageWanted)
    def _page_wanted(self, message: SourceList.PageWanted) -> None:
        self._fetch(message.page, message.version)

    @work(thread=True, group="rows", exit_on_error=False)
    def _fetch(self, page: int, version: int) -> None:
        library = self.library
        if library is None:
            return
        rows = library.sources(order=self.order, text=self.filter, offset=page * PAGE, limit=PAGE)
        # How many rows a filter leaves is not known: one more than are here makes the list ask for the next page.
        filtered = page * PAGE + len(rows) + (len(rows) == PAGE)
        count = filtered if self.filter else library.totals().sources
        self.post_message(RowsFetched(page, rows, count, version))

    @on(RowsFetched)
    def _rows_fetched(self, message: RowsFetched) -> None:
        self.source_list.put(message.page, message.rows, message.count, message.version)
        self.tell_list()
        if self.source is None and self._target is None and message.rows and not message.page:
            self.open(Target(message.rows[0].id, preview=True))

    def rows_changed(self, totals: Totals) -> None:
        """Sources have come or gone."""
        self.take_totals(totals)
        if not self.filter:
            self.source_list.refetch(totals.sources)

    @on(RowList.Moved, "#sources")
    def _source_moved(self, message: RowList.Moved) -> None:
        row = self.source_list.row(message.index)
        self.tell_where()
        if row is not None:
            self.preview(Target(row.id, preview=True))

    def tell_what(self) -> bool:
        """The whole of what the list has to cut: warning or title, and the path."""
        row = self.source_list.current() if self.focused is self.source_list else None
        if row is None:
            return super().tell_what()
        first = own("⚠ ") + row.warnings[0].line() if row.warnings else row.title.line()
        self.status.tell(first + own(f"  ·  {plural(row.words, 'word')}  ·  ") + row.path.line())
        return True

    def preview(self, target: Target) -> None:
        """Show a source in a moment, if the cursor does not go on by then; not where the text is out of sight."""
        if self._preview is not None:
            self._preview.stop()
        if not self.narrow:
            self._preview = self.set_timer(PREVIEW_DELAY, lambda: self.open(target))

    @on(RowList.Chosen, "#sources")
    def action_open(self) -> None:
        """Read the source under the cursor."""
        row = self.source_list.current()
        if row is not None:
            if self._preview is not None:
                self._preview.stop()
            self.open(Target(row.id))

    def action_sort(self) -> None:
        """The next order."""
        self.order = _ORDERS[(_ORDERS.index(self.order) + 1) % len(_ORDERS)]
        self.source_list.restart(self.source_list.count)
        self.tell_list()

    def action_filter(self) -> None:
        """Open the field that filters the list."""
        self.filter_bar.add_class("-shown")
        self.take_focus(self.filter_bar)

    @on(Input.Changed, "#filter")
    def _filter_changed(self, message: Input.Changed) -> None:
        self.filter = message.value.strip()
        self.source_list.restart(1 if self.filter else self.totals.sources if self.totals else 0)
        self.tell_list()

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        if not self.filter:
            self.filter_bar.remove_class("-shown")
        self.go_to("sources")

    def leave_filter(self) -> bool:
        """Close the field and show all sources; whether there was anything to leave."""
        if not self.filter_bar.has_class("-shown"):
            return False
        self.filter_bar.remove_class("-shown")
        self.filter_bar.value = ""
        self.go_to("sources")
        return True

    def action_reviewed(self) -> None:
        """Mark the source under the cursor as reviewed, or not."""
        row = self.source_list.current()
        if row is not None:
            reviewed = not row.reviewed
            self._replace(row.model_copy(update={"reviewed": reviewed, "read": row.read or reviewed}))
            self.write(lambda library: library.mark_reviewed(row.id, reviewed))
            if reviewed and not row.read:
                self.write(lambda library: library.mark_read(row.id))

    def _replace(self, row: SourceRow) -> None:
        self.source_list.replace(row)
        if self.row is not None and self.row.id == row.id:
            self.row = row

    def action_remove(self) -> None:
        """Take the source under the cursor out of the library, after asking."""
        from briefing.tui.screens.confirm import ConfirmScreen

        row = self.source_list.current()
        if row is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove(row.id)

        question = own("Remove “") + row.title.line() + own("” from the library? The file itself stays where it is.")
        self.app.push_screen(ConfirmScreen(question, own("Remove")), answered)

    @work(thread=True, group="remove", exit_on_error=False)
    def _remove(self, source_id: str) -> None:
        library = self.library
        if library is not None:
            library.remove(source_id)
            self.post_message(Removed(source_id, library.totals()))

    @on(Removed)
    def _removed(self, message: Removed) -> None:
        source_id, totals = message.source_id, message.totals
        if self.source is not None and self.source.id == source_id:
            self.close_source()
        self._back = [place for place in self._back if place.source_id != source_id]
        self._forward = [place for place in self._forward if place.source_id != source_id]
        self.take_totals(totals)
        self.source_list.restart(totals.sources)
        self.app.notify("Removed.", timeout=2)

    def close_source(self) -> None:
        """Show no text."""
        self.source = self.row = self.extraction = self._target = None
        self.text_view.show(own(""))
        self.middle.border_title = "Text"
        self.legend_bar.show({})
