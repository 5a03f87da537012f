"""What the reader notes on sources: read, reviewed, pinned, tags; and taking them out."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import on

from briefing.model.safetext import SafeText
from briefing.tui.main_screen.reading import ReadingScreen
from briefing.tui.messages import Noted, Removed, Target
from briefing.tui.threads import in_thread
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model.listing import SourceRow, Totals


class NotingScreen(ReadingScreen):
    """Each action is for the sources that are marked, else for the one under the cursor."""

    @abstractmethod
    def take_totals(self, totals: Totals) -> None:
        """Say how much there is."""

    @abstractmethod
    def tell_list(self) -> None:
        """Say what is listed."""

    @abstractmethod
    def rows_changed(self, totals: Totals) -> None:
        """Sources have come or gone."""

    def note(self, rows: Sequence[SourceRow], **changes: bool) -> None:
        """Show at once what is noted on sources (``read``, ``reviewed``, ``pinned``), and write it down."""
        if not self.may_write():
            return
        for row in rows:
            self._replace(row.model_copy(update=changes))
        self._write_notes([row.id for row in rows], changes)

    def _replace(self, row: SourceRow) -> None:
        self.source_list.replace(row)
        if self.row is not None and self.row.id == row.id:
            self.row = row
        self.tell_where()

    @in_thread("write")
    def _write_notes(self, source_ids: Sequence[str], changes: dict[str, bool]) -> None:
        library = self.library
        if library is None:
            return
        ways = {"read": library.mark_read, "reviewed": library.mark_reviewed, "pinned": library.pin}
        for source_id in source_ids:
            for name, value in changes.items():
                ways[name](source_id, value)
        self.post_message(Noted(tuple(changes)))

    def mark_read(self) -> None:
        """Note that the source in sight was read."""
        if self.row is not None and not self.row.read and self.library is not None and not self.library.read_only:
            self.note([self.row], read=True)

    def action_mark(self) -> None:
        """Mark the source under the cursor, so that the next action is for all marked ones."""
        self.source_list.mark()
        self.tell_list()

    def action_reviewed(self) -> None:
        """Note that sources are reviewed, or, where all of them are, that they are not."""
        rows = self.source_list.chosen()
        if all(row.reviewed for row in rows):
            self.note(rows, reviewed=False)
        else:
            self.note(rows, reviewed=True, read=True)

    def action_unread(self) -> None:
        """Note that sources are unread, and so not reviewed; or read, where none of them is."""
        rows = self.source_list.chosen()
        if any(row.read for row in rows):
            self.note(rows, read=False, reviewed=False)
        else:
            self.note(rows, read=True)

    def action_pin(self) -> None:
        """Pin sources, or, where all of them are pinned, put them back."""
        rows = self.source_list.chosen()
        self.note(rows, pinned=not all(row.pinned for row in rows))

    def action_newer(self) -> None:
        """Go to the newer version of the source under the cursor."""
        row = self.source_list.current() or self.row
        if row is None or row.newer is None:
            self.app.notify("No newer version of this source is known.", timeout=3)
        else:
            self._open_newer(row.newer)

    @in_thread("newer")
    def _open_newer(self, source_id: str) -> None:
        library = self.library
        if library is None:
            return
        seen = set[str]()  # a newer version may have been replaced in its turn
        while library.has(source_id) and (after := library.row(source_id).newer) and after not in seen:
            seen.add(source_id)
            source_id = after
        if library.has(source_id):
            self.app.call_from_thread(self.open, Target(source_id))
        else:
            self.app.notify("The newer version was removed from the library.", timeout=3)

    # Tags

    @in_thread("tags", exclusive=True)
    def action_tags(self) -> None:
        """Ask for the tags of sources."""
        library, rows = self.library, self.source_list.chosen()
        if library is not None and rows:
            self.app.call_from_thread(self._ask_tags, rows, library.tags.all())

    def _ask_tags(self, rows: Sequence[SourceRow], known: Sequence[tuple[SafeText, int]]) -> None:
        from briefing.tui.dialogs.tags import TagsScreen

        shared = [tag for tag in rows[0].tags if all(tag in row.tags for row in rows)]

        def done(tags: Sequence[SafeText] | None) -> None:
            if tags is not None:
                self._write_tags([row.id for row in rows], tags, [tag for tag in shared if tag not in tags])

        title = rows[0].title.line() if len(rows) == 1 else plural(len(rows), "source")
        self.app.push_screen(TagsScreen(title, shared, known), done)

    @in_thread("write")
    def _write_tags(self, source_ids: Sequence[str], add: Sequence[str], take: Sequence[str]) -> None:
        library = self.library
        if library is not None:
            library.tags.change(source_ids, add, take)
            rows = [library.row(source_id) for source_id in source_ids]
            self.app.call_from_thread(self._take_tags, rows)

    def _take_tags(self, rows: Sequence[SourceRow]) -> None:
        for row in rows:
            self._replace(row)
        self.post_message(Noted(("tags",)))

    # Taking out

    def action_remove(self) -> None:
        """Take sources out of the library, after asking."""
        from briefing.tui.dialogs.confirm import ConfirmScreen

        rows = self.source_list.chosen()
        if not rows:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove([row.id for row in rows])

        what = own("“") + rows[0].title.line() + own("”") if len(rows) == 1 else plural(len(rows), "source")
        stay = "The file itself stays where it is." if len(rows) == 1 else "The files themselves stay where they are."
        question = own("Remove ") + what + own(f" from the library? {stay}")
        self.app.push_screen(ConfirmScreen(question, own("Remove")), answered)

    @in_thread("remove")
    def _remove(self, source_ids: Sequence[str]) -> None:
        library = self.library
        if library is not None:
            library.remove(*source_ids)
            self.post_message(Removed(source_ids, library.totals()))

    @on(Removed)
    def _removed(self, message: Removed) -> None:
        gone = set(message.source_ids)
        if self.source is not None and self.source.id in gone:
            self.close_source()
        self._back = [place for place in self._back if place.source_id not in gone]
        self._forward = [place for place in self._forward if place.source_id not in gone]
        for source_id in gone:
            self.source_list.marked.pop(source_id, None)
        self.rows_changed(message.totals)
        self.app.notify("Removed.", timeout=2)

    def close_source(self) -> None:
        """Show no text."""
        self.source = self.row = self.extraction = self._target = None
        self.text_view.show(own(""))
        self.middle.border_title = "Text"
        self.legend_bar.show({})
