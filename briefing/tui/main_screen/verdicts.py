"""Write the user's verdicts on facts, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.tui.main_screen.writing import may_write
from briefing.tui.state import ServerBack
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


class Verdicts:
    """Writes verdicts in a thread; the state announces what they have become."""

    def __init__(self, screen: Screen[Any], state: ReaderState) -> None:
        self.screen = screen
        self.state = state
        self._unwritten: list[tuple[str, Fact, ReviewState, Fields | None]] = []
        """Verdicts that the server could not be told of, in their order."""
        state.listen(ServerBack, lambda _: self._write_unwritten())

    def judge(self, entry: Entry, verdict: ReviewState) -> None:
        """Accept or reject a fact; the same verdict again takes it back.

        Args:
            entry: Row of the fact; that of a head is ignored.
            verdict: The verdict.
        """
        if entry.fact is not None:
            edited = entry.review.edited if entry.review else None
            again: ReviewState = "edited" if edited else "unreviewed"
            self._write(entry.source_id, entry.fact, again if entry.state == verdict else verdict, edited)

    def decide(self, facts: FactList, entry: Entry | None, verdict: ReviewState) -> None:
        """Judge the facts that are marked, else the one under the cursor, and go on to the next.

        Args:
            facts: The list that they are marked in.
            entry: The fact under the cursor; None on a head.
            verdict: What to make of them.
        """
        if marked := facts.marked_facts():
            self.judge_all(marked, verdict)
            facts.unmark()
        elif entry is not None:
            self.judge(entry, verdict)
            facts.next_fact()

    def judge_all(self, entries: Sequence[Entry], verdict: ReviewState) -> None:
        """Accept or reject several facts: one thing to undo.

        Args:
            entries: The facts.
            verdict: What to make of them; those of which it is made already are left as they are.
        """
        facts = [(one.source_id, one.fact, one.review) for one in entries if one.fact and one.state != verdict]
        if facts and may_write(self.screen, self.state):
            self.state.done("verdict", lambda: [self.undo() for _ in facts])
            for source_id, fact, review in facts:
                self._write_down(source_id, fact, verdict, review.edited if review else None)

    def correct(self, entry: Entry, fields: Fields) -> None:
        """Correct a fact.

        Args:
            entry: Row of the fact; that of a head is ignored.
            fields: Corrected values by field; empty takes a correction back.
        """
        if entry.fact is not None:
            self._write(entry.source_id, entry.fact, "edited" if fields else "unreviewed", fields or None)

    def _write(self, source_id: str, fact: Fact, verdict: ReviewState, edited: Fields | None) -> None:
        if may_write(self.screen, self.state):
            self.state.done("verdict", self.undo)
            self._write_down(source_id, fact, verdict, edited)

    @in_thread("review")
    def _write_down(self, source_id: str, fact: Fact, verdict: ReviewState, edited: Fields | None) -> None:
        from briefing.library.errors import LibraryUnreachable

        library = self.state.library
        if library is not None:
            kind: Kind = fact.key.partition(":")[0]  # type: ignore[assignment]
            try:
                library.review(source_id, kind, fact.key, verdict, edited)
            except LibraryUnreachable:
                self._unwritten.append((source_id, fact, verdict, edited))
                words = "The server does not answer. Your verdict is written down once it does; leave briefing open."
                self.screen.app.notify(words, severity="warning", timeout=8)
                return
            self.screen.call_later(self.state.take_reviews, source_id, library.reviews(source_id))

    def _write_unwritten(self) -> None:
        """Write down what waited for the server."""
        waited, self._unwritten = self._unwritten, []
        for each in waited:
            self._write_down(*each)

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
