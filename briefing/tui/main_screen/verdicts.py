"""Write the user's verdicts on facts, one after the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from briefing.model.fact_forms import all_facts, form_of
from briefing.tui.changes import ServerBack
from briefing.tui.main_screen.writing import may_write
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from briefing.library import Library
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
        """Accept, reject or doubt all facts of a claim; the same verdict again takes it back.

        Args:
            entry: Row of the claim, or one fact of it; that of a head is ignored.
            verdict: The verdict.
        """
        if entry.fact is None:
            return
        if entry.state != verdict:
            self.judge_all(entry.facts, verdict)
        else:
            self._write([_given(one, _as_before(one)) for one in entry.facts])

    def decide(self, facts: FactList, entry: Entry | None, verdict: ReviewState) -> None:
        """Judge the claims that are marked, else the one under the cursor, and go on to the next.

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
        if given := [_given(one, verdict) for one in entries if one.state != verdict]:
            self._write(given)

    def correct(self, entry: Entry, fields: Fields) -> None:
        """Correct a fact.

        Args:
            entry: Row of the fact; that of a head is ignored.
            fields: Corrected values by field; empty takes a correction back.
        """
        if entry.fact is not None:
            note = entry.review.note if entry.review else None
            state: ReviewState = "edited" if fields else "accepted" if entry.fact.added_by else "unreviewed"
            self._write([(entry.source_id, entry.fact, state, fields or None, note)])

    def note(self, entry: Entry, words: str) -> None:
        """Write a note on a fact; its verdict stays.

        Args:
            entry: Row of the fact; that of a head is ignored.
            words: The note; empty takes it away.
        """
        if entry.fact is not None:
            edited = entry.review.edited if entry.review else None
            self._write([(entry.source_id, entry.fact, entry.state, edited, words or None)])

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
            self._tell(library, source_id)

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
            self._tell(library, review.source_id)

    def add(self, source_id: str, fact: Fact) -> None:
        """Keep a fact that the reader marked: one thing to undo.

        Args:
            source_id: Id of the source.
            fact: The fact.
        """
        if may_write(self.screen, self.state):
            self._add(source_id, fact)

    @in_thread("review")
    def _add(self, source_id: str, fact: Fact) -> None:
        from briefing.library.errors import LibraryError

        library, app = self.state.library, self.screen.app
        if library is None:
            return
        try:
            own, _ = library.add_fact(source_id, fact)
        except LibraryError as error:
            app.call_from_thread(app.notify, str(error), severity="warning", timeout=6, markup=False)
            return
        self.screen.call_later(self.state.done, "verdict", self.undo)
        self._tell(library, source_id)
        app.call_from_thread(app.notify, f"Added to the {form_of(own).field}; u undoes it.", timeout=3)

    def _tell(self, library: Library, source_id: str) -> None:
        """Announce the verdicts on a source, and first its facts where others were added or taken out."""
        tell_facts(self.screen, self.state, library, source_id)
        self.screen.call_later(self.state.take_reviews, source_id, library.reviews(source_id))


def _given(entry: Entry, verdict: ReviewState) -> Given:
    """A verdict on a fact, with what was corrected and noted before."""
    assert entry.fact is not None
    edited, note = (entry.review.edited, entry.review.note) if entry.review else (None, None)
    return entry.source_id, entry.fact, verdict, edited, note


def _as_before(entry: Entry) -> ReviewState:
    """What a fact is without a verdict."""
    if entry.review is not None and entry.review.edited:
        return "edited"
    return "accepted" if entry.fact is not None and entry.fact.added_by else "unreviewed"


def tell_facts(screen: Screen[Any], state: ReaderState, library: Library, source_id: str) -> None:
    """In a thread: announce the facts of the source in sight where readers' own ones are others than those shown.

    Args:
        screen: The main screen.
        state: What the reader shows.
        library: The library.
        source_id: Id of the source that may have others.
    """
    source, shown = state.source, state.extraction
    if source is None or shown is None or source.id != source_id:
        return
    found, mentions = library.marked(source_id, source.text)
    if [one for one in all_facts(found) if one.added_by] != [one for one in all_facts(shown) if one.added_by]:
        screen.call_later(partial(state.take_facts, found, mentions, library.reviews(source_id), renamed=True))
