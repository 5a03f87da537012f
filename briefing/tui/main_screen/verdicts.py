"""The reader's verdicts on facts, written down one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.tui.main_screen.writing import may_write
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from briefing.model.facts import Fact
    from briefing.model.kinds import ReviewState
    from briefing.tui.fact_rows import Entry, Kind
    from briefing.tui.state import ReaderState

    Fields = dict[str, str | int | bool | None]
    Given = tuple[str, Fact, ReviewState, Fields | None, str | None]
    """A verdict: the source, the fact, what was said, corrected fields, the reason."""


class Verdicts:
    """Writes verdicts in a thread; the state announces what they have become."""

    def __init__(self, screen: Screen[Any], state: ReaderState) -> None:
        self.screen = screen
        self.state = state

    def judge(self, entry: Entry, verdict: ReviewState) -> None:
        """Accept, reject or doubt a fact; the same verdict again takes it back."""
        if entry.fact is not None:
            edited, note = (entry.review.edited, entry.review.note) if entry.review else (None, None)
            again: ReviewState = "edited" if edited else "unreviewed"
            self._write([(entry.source_id, entry.fact, again if entry.state == verdict else verdict, edited, note)])

    def correct(self, entry: Entry, fields: Fields) -> None:
        """Give a fact other fields; without any it is as it was read."""
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
        for _ in given:
            self.state.done("verdict", self.undo)
        self._write_down(given)
        return True

    @in_thread("review")
    def _write_down(self, given: Sequence[Given]) -> None:
        library = self.state.library
        if library is None:
            return
        for source_id, fact, verdict, edited, note in given:
            kind: Kind = fact.key.partition(":")[0]  # type: ignore[assignment]
            library.review(source_id, kind, fact.key, verdict, edited, note=note)
        for source_id in dict.fromkeys(one[0] for one in given):
            self.screen.call_later(self.state.take_reviews, source_id, library.reviews(source_id))

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
