"""Mark sources as read, reviewed or pinned, tag them, remove them from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.model.safetext import SafeText
from briefing.tui.main_screen.writing import may_write
from briefing.tui.places import Target
from briefing.tui.threads import in_thread
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual.screen import Screen

    from briefing.model.listing import SourceRow, Totals
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.source_list import SourceList

_DECIDES: dict[str, str] = {"unread": "read", "unreviewed": "reviewed", "reviewed": "reviewed", "pinned": "pinned"}
"""For each filter of the list, what is noted that decides whether a source passes it."""


class SourceNotes:
    """Shows changes at once, writes them in a thread, and has the list made anew where that moves rows."""

    def __init__(self, screen: Screen[Any], state: ReaderState) -> None:
        self.screen = screen
        self.state = state

    def note(self, rows: Sequence[SourceRow], **changes: bool) -> None:
        """Mark sources as read, reviewed or pinned, or not.

        Args:
            rows: The sources.
            **changes: ``read``, ``reviewed`` or ``pinned``, and whether they are.
        """
        if rows and may_write(self.screen, self.state):
            self.state.done("note", lambda: self._note_as_before(rows, tuple(changes)))
            self._note(rows, changes)

    def _note(self, rows: Sequence[SourceRow], changes: dict[str, Any]) -> None:
        self.state.take_rows([row._replace(**changes) for row in rows])
        self._write([row.id for row in rows], changes)

    def _note_as_before(self, rows: Sequence[SourceRow], names: tuple[str, ...]) -> None:
        """Undo: each source has again what it had."""
        for row in rows:
            self._note([row], {name: getattr(row, name) for name in names})

    @in_thread("write")
    def _write(self, source_ids: Sequence[str], changes: dict[str, Any]) -> None:
        library = self.state.library
        if library is None:
            return
        ways = {"read": library.mark_read, "reviewed": library.mark_reviewed, "pinned": library.pin}
        for source_id in source_ids:
            for name, value in changes.items():
                ways[name](source_id, value)
        self.screen.call_later(self._noted, tuple(changes))

    def _noted(self, names: Collection[str]) -> None:
        """A row may stand elsewhere now, or be none of those that the filter lets through."""
        where = self.state.where
        moved = "pinned" in names or _DECIDES.get(where.state) in names
        if moved or ("tags" in names and (where.tag or self.state.grouping == "tag")):
            self.state.relist(keep=True)

    def mark_read(self) -> None:
        """Note that the source in sight was read."""
        row = self.state.row
        if row is not None and not row.read and self.state.writable is not None:
            self._note([row], {"read": True})

    @in_thread("newer")
    def open_newer(self, row: SourceRow | None) -> None:
        """Open the newest version of a source: a newer one may have been replaced in its turn."""
        library, app = self.state.library, self.screen.app
        if library is None or row is None or row.newer is None:
            app.notify("No newer version of this source is known.", timeout=3)
            return
        source_id = row.newer
        seen = set[str]()
        while library.has(source_id) and (after := library.row(source_id).newer) and after not in seen:
            seen.add(source_id)
            source_id = after
        if library.has(source_id):
            app.call_from_thread(self.state.open, Target(source_id))
        else:
            app.notify("The newer version was removed from the library.", timeout=3)

    def ask_note(self, row: SourceRow | None) -> None:
        """Ask for a note on a source; None for none, and nothing is asked."""
        from briefing.tui.dialogs.note import NoteScreen

        if row is None or not may_write(self.screen, self.state):
            return
        before = row.note or own("")

        def done(words: str | None) -> None:
            if words is not None and words != before:
                self.state.done("note", lambda: self._write_note(row.id, before))
                self._write_note(row.id, words)

        title = own("Note on ") + (row.title.line() or row.path.line())
        self.screen.app.push_screen(NoteScreen(title, before, own("What you want to remember of it")), done)

    @in_thread("write")
    def _write_note(self, source_id: str, words: str) -> None:
        from briefing.library.notes import write_note

        library = self.state.library
        if library is not None:
            write_note(library, source_id, words)
            self.screen.call_later(self.state.take_rows, [library.row(source_id)])

    @in_thread("grades", exclusive=True)
    def ask_grade(self, row: SourceRow | None) -> None:
        """Ask for the grade of a source or its publisher; None for none, and nothing is asked."""
        from briefing.tui.dialogs.grade_keys import ask_grade
        from briefing.tui.kept_grades import kept_grades

        if row is not None:
            grading = kept_grades(self.screen, self.state)
            self.screen.app.call_from_thread(ask_grade, self.screen.app, grading, row)

    # Tags

    @in_thread("tags", exclusive=True)
    def ask_tags(self, rows: Sequence[SourceRow]) -> None:
        """Ask for the tags of sources."""
        if self.state.library is not None and rows:
            self.screen.app.call_from_thread(self._ask_tags, rows, self.state.library.tags.all())

    def _ask_tags(self, rows: Sequence[SourceRow], known: Sequence[tuple[SafeText, int]]) -> None:
        from briefing.tui.dialogs.tags import TagsScreen

        shared = [tag for tag in rows[0].tags if all(tag in row.tags for row in rows)]

        def done(tags: Sequence[SafeText] | None) -> None:
            if tags is not None:
                taken = [tag for tag in shared if tag not in tags]
                self.state.done("tags", lambda: self._tags_as_before(rows, [*tags, *taken]))
                self._write_tags([row.id for row in rows], tags, taken)

        title = rows[0].title.line() if len(rows) == 1 else plural(len(rows), "source")
        self.screen.app.push_screen(TagsScreen(title, shared, known), done)

    def _tags_as_before(self, rows: Sequence[SourceRow], tags: Sequence[SafeText]) -> None:
        """Undo: each source has those of ``tags`` again that it had."""
        for row in rows:
            had = [tag for tag in tags if tag in row.tags]
            self._write_tags([row.id], had, [tag for tag in tags if tag not in row.tags])

    @in_thread("write")
    def _write_tags(self, source_ids: Sequence[str], add: Sequence[str], take: Sequence[str]) -> None:
        library = self.state.library
        if library is not None:
            library.tags.change(source_ids, add, take)
            rows = [library.row(source_id) for source_id in source_ids]
            self.screen.call_later(self.state.take_rows, rows)
            self.screen.call_later(self._noted, ("tags",))

    # Taking out

    def ask_to_remove(self, rows: Sequence[SourceRow]) -> None:
        """Take sources out of the library, after asking."""
        from briefing.tui.dialogs.confirm import ConfirmScreen

        if not rows:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove([row.id for row in rows])

        what = own("“") + rows[0].title.line() + own("”") if len(rows) == 1 else plural(len(rows), "source")
        stay = "The file itself stays where it is." if len(rows) == 1 else "The files themselves stay where they are."
        question = own("Remove ") + what + own(f" from the library? {stay}")
        self.screen.app.push_screen(ConfirmScreen(question, own("Remove")), answered)

    @in_thread("remove")
    def _remove(self, source_ids: Sequence[str]) -> None:
        library = self.state.library
        if library is not None:
            library.remove(*source_ids)
            self.screen.call_later(self._removed, source_ids, library.totals())

    def _removed(self, source_ids: Sequence[str], totals: Totals) -> None:
        self.state.removed(source_ids, totals)
        self.screen.app.notify(own("Removed ") + plural(len(source_ids), "source") + ".", timeout=2)


class SourceKeys:
    """The keys of the list of sources that change what is noted on them."""

    if TYPE_CHECKING:
        notes: SourceNotes
        state: ReaderState
        list: SourceList

        def chosen(self) -> Sequence[SourceRow]:
            """The sources that an action is for."""

    def action_reviewed(self) -> None:
        """Note that sources are reviewed, or, where all of them are, that they are not."""
        rows = self.chosen()
        if all(row.reviewed for row in rows):
            self.notes.note(rows, reviewed=False)
        else:
            self.notes.note(rows, reviewed=True, read=True)

    def action_unread(self) -> None:
        """Note that sources are unread, and so not reviewed; or read, where none of them is."""
        rows = self.chosen()
        if any(row.read for row in rows):
            self.notes.note(rows, read=False, reviewed=False)
        else:
            self.notes.note(rows, read=True)

    def action_pin(self) -> None:
        """Pin sources, or, where all of them are pinned, put them back."""
        rows = self.chosen()
        self.notes.note(rows, pinned=not all(row.pinned for row in rows))

    def action_newer(self) -> None:
        """Go to the newer version of the source under the cursor."""
        self.notes.open_newer(self.list.current() or self.state.row)

    def action_note(self) -> None:
        """Write a note on the source."""
        self.notes.ask_note(self.list.current() or self.state.row)

    def action_grade_source(self) -> None:
        """Grade the publisher of the source, or the source alone."""
        self.notes.ask_grade(self.list.current() or self.state.row)

    def action_tags(self) -> None:
        """Ask for the tags of sources."""
        self.notes.ask_tags(self.chosen())

    def action_remove(self) -> None:
        """Take sources out of the library, after asking."""
        self.notes.ask_to_remove(self.chosen())
