"""Write the user's verdicts on facts, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.tui.changes import ServerBack
from briefing.tui.main_screen.writing import may_write
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from briefing.model.facts import Fact
    from briefing.model.kinds import ReviewState
    from briefing.tui.fact_rows import Entry, Kind
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.facts_panel import FactList

    Fields = dict[str, str | int | bool | None]
    Given = tuple[str, Fact, ReviewState, Fields | None, str | None]
    """A verdict: the source, the fact, what was said, corrected fields, the reason."""


class Verdicts:
    """Writes verdicts in a thread; the state announces what they have become."""

    def __init__(self, screen: Screen[Any], state: ReaderState) -> None:
        self.screen = screen
        self.state = state
        self._unwritten: list[Given] = []
        """Verdicts that the server could not be told of, in their order."""
        state.listen(ServerBack, lambda _: self._write_unwritten())

    def judge(self, entry: Entry, verdict: ReviewState) -> None:
        """Accept, reject or doubt a fact; the same verdict again takes it back.

        Args:
            entry: Row of the fact; that of a head is ignored.
            verdict: The verdict.
        """
        if entry.fact is not None:
            edited, note = (entry.review.edited, entry.review.note) if entry.review else (None, None)
            again: ReviewState = "edited" if edited else "unreviewed"
            self._write([(entry.source_id, entry.fact, again if entry.state == verdict else verdict, edited, note)])

    def decide(self, facts: FactList, entry: Entry | None, verdict: ReviewState) -> None:
        """Judge the facts that are marked, else the one under the cursor, and go on to the next.

        Args:
            facts: The list.
            entry: Row under the cursor; None for none.
            verdict: The verdict.
        """
        if marked := facts.marked_facts():
            self.judge_all(marked, verdict)
            facts.unmark()
        elif entry is not None:
            self.judge(entry, verdict)
            facts.next_fact()

    def judge_all(self, entries: Sequence[Entry], verdict: ReviewState) -> None:
        """Judge several facts: one thing to undo.

        Args:
            entries: Rows of the facts.
            verdict: The verdict.
        """
        given: list[Given] = [
            (one.source_id, one.fact, verdict, *((one.review.edited, one.review.note) if one.review else (None, None)))
            for one in entries
            if one.fact is not None and one.state != verdict
        ]
        if given and may_write(self.screen, self.state):
            self.state.done("verdict", lambda: [self.undo() for _ in given])
            self._write_down(given)

    def correct(self, entry: Entry, fields: Fields) -> None:
        """Correct a fact.

        Args:
            entry: Row of the fact; that of a head is ignored.
            fields: Corrected values by field; empty takes a correction back.
        """
        if entry.fact is not None:
            note = entry.review.note if entry.review else None
            state: ReviewState = "edited" if fields else "unreviewed"
            self._write([(entry.source_id, entry.fact, state, fields or None, note)])

    def give(self, given: Sequence[Given]) -> bool:
        """Write down several verdicts, as on all facts of a claim; whether that can be done."""
        return self._write(given)

    def _write(self, given: Sequence[Given]) -> bool:
        if not may_write(self.screen, self.state):
            return False
        self.state.done("verdict", lambda: [self.undo() for _ in given])
        self._write_down(given)
        return True

    def take_back(self) -> None:
        """Take back what was judged last, all that was judged at once."""
        last = next((at for at, (kind, _) in reversed(list(enumerate(self.state.undoable))) if kind == "verdict"), None)
        _, undo = self.state.undoable.pop(last) if last is not None else ("", self.undo)
        undo()

    @in_thread("review")
    def _write_down(self, given: Sequence[Given]) -> None:
        from briefing.library.errors import LibraryUnreachable

        library = self.state.library
        if library is None:
            return
        for number, (source_id, fact, verdict, edited, note) in enumerate(given):
            kind: Kind = fact.key.partition(":")[0]  # type: ignore[assignment]
            try:
                library.review(source_id, kind, fact.key, verdict, edited, note=note)
            except LibraryUnreachable:
                self._unwritten += given[number:]
                words = "The server does not answer. Your verdict is written down once it does; leave briefing open."
                self.screen.app.notify(words, severity="warning", timeout=8)
                return
        for source_id in dict.fromkeys(one[0] for one in given):
            self.screen.call_later(self.state.take_reviews, source_id, library.reviews(source_id))

    def _write_unwritten(self) -> None:
        """Write down what waited for the server."""
        waited, self._unwritten = self._unwritten, []
        if waited:
            self._write_down(waited)

    @in_thread("review")
    def undo(self) -> None:
        """Take the last verdict back, whatever source it was on."""
        library = self.state.library
        if library is None:
            return
        review = library.undo_review()
        if review is None:
            self.screen.app.notify("No verdict to undo.", timeout=2)
        else:
            self.screen.call_later(self.state.take_reviews, review.source_id, library.reviews(review.source_id))
