"""The evidence of facts, and the reader's verdicts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from briefing.model.passage import locate
from briefing.model.safetext import SafeText
from briefing.tui.fact_rows import KINDS, facts_of
from briefing.tui.main_screen.facts import FactsScreen
from briefing.tui.messages import AllFactsLoaded, Reviewed, Target
from briefing.tui.threads import in_thread
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from briefing.model.facts import Fact
    from briefing.model.review import ReviewState
    from briefing.tui.fact_rows import Kind

    Fields = dict[str, str | int | bool | None]


class ReviewingScreen(FactsScreen):
    """What is done with the fact under the cursor."""

    # Evidence

    @on(RowList.Moved, "#facts")
    def _fact_moved(self) -> None:
        self.mark_evidence()
        self.tell_where()

    def tell_what(self) -> bool:
        """Where the evidence of the fact under the cursor stands, and its words."""
        entry = self.fact_list.current() if self.focused is self.fact_list else None
        here = self.source is not None and entry is not None and entry.source_id == self.source.id
        spans = evidence_of(entry.fact) if entry is not None and entry.fact is not None and here else []
        if not spans or self.extraction is None:
            return super().tell_what()
        start, end = spans[0]
        passage = locate(start, self.text_view.paragraphs, self.extraction.sentences)
        where = own(f"Evidence  ¶ {passage.paragraph}, sentence {passage.sentence}  “")
        self.status.tell(where + SafeText(self.text_view.text[start:end]).line() + own("”"))
        return True

    def meet_fact(self) -> None:
        """Put the cursor on the shortest fact that was read where the current match or mention stands, of any kind."""
        span = self.text_view.marks.current_span()
        found = self.extraction
        if span is None or found is None or self.all_sources or self.focused is self.fact_list:
            return
        there = [
            (end - start, kind, fact)
            for kind in KINDS
            for fact in facts_of(found, kind)
            for start, end in evidence_of(fact)
            if start < span[1] and span[0] < end
        ]
        if not there:
            return
        _, self.kind, fact = min(there, key=lambda one: one[0])
        self.show_facts()
        self.fact_list.go_to_fact(fact)

    def mark_evidence(self) -> None:
        """Mark in the text what the fact under the cursor was read from."""
        entry = self.fact_list.current()
        if entry is None or entry.fact is None:
            self.text_view.set_evidence(())
            return
        spans = evidence_of(entry.fact)
        if not spans:
            return
        if self.source is not None and self.source.id == entry.source_id:
            self.text_view.leave_mention()
            self.text_view.set_evidence(spans)
            self.text_view.reveal(*spans[0])
        else:
            self.preview(Target(entry.source_id, spans[0][0], evidence=spans, preview=True))

    @on(RowList.Chosen, "#facts")
    def action_evidence(self) -> None:
        """Go to the words the fact under the cursor was read from; on a head, fold or open what is under it."""
        entry = self.fact_list.current()
        if entry is None or entry.fact is None:
            self.fact_list.toggle()
            return
        spans = evidence_of(entry.fact)
        self.open(Target(entry.source_id, spans[0][0] if spans else None, evidence=spans))

    def leave_evidence(self) -> bool:
        """Take the evidence's mark away; whether there was one."""
        there = bool(len(self.text_view.marks.evidence))
        self.text_view.set_evidence(())
        return there

    # Verdicts

    def action_accept(self) -> None:
        """Accept the fact under the cursor; again takes it back."""
        self._judge("accepted")

    def action_reject(self) -> None:
        """Reject the fact under the cursor; again takes it back."""
        self._judge("rejected")

    def _judge(self, state: ReviewState) -> None:
        entry = self.fact_list.current()
        if entry is not None and entry.fact is not None:
            edited = entry.review.edited if entry.review else None
            again: ReviewState = "edited" if edited else "unreviewed"
            self._review(entry.source_id, entry.fact, again if entry.state == state else state, edited)
            self.fact_list.next_fact()

    @in_thread("review")
    def _review(self, source_id: str, fact: Fact, state: ReviewState, edited: Fields | None = None) -> None:
        library = self.library
        if library is not None:
            kind: Kind = fact.key.partition(":")[0]  # type: ignore[assignment]
            library.review(source_id, kind, fact.key, state, edited)
            self.post_message(Reviewed(source_id, library.reviews(source_id)))

    @on(Reviewed)
    def _take_reviews(self, message: Reviewed) -> None:
        source_id, reviews = message.source_id, message.reviews
        if self.source is not None and self.source.id == source_id:
            self._reviews = reviews
        if self._all is not None:
            documents = [
                one._replace(reviews=reviews) if one.extraction.source_id == source_id else one
                for one in self._all.documents
            ]
            self._all = AllFactsLoaded(documents, self._all.more)
        self.show_facts(keep=True)
        self.compare()

    def action_undo(self) -> None:
        """Take the last verdict back, whatever source it was on."""
        self._undo()

    @in_thread("review")
    def _undo(self) -> None:
        library = self.library
        if library is None:
            return
        review = library.undo_review()
        if review is None:
            self.app.notify("There is no verdict to take back.", timeout=2)
        else:
            self.post_message(Reviewed(review.source_id, library.reviews(review.source_id)))

    def action_correct(self) -> None:
        """Correct the fields of the fact under the cursor."""
        from briefing.tui.dialogs.correct_fact import CorrectScreen

        entry = self.fact_list.current()
        if entry is None or entry.fact is None:
            return
        fact = entry.fact

        def done(fields: Fields | None) -> None:
            if fields is not None:
                self._review(entry.source_id, fact, "edited" if fields else "unreviewed", fields or None)

        self.app.push_screen(CorrectScreen(fact, (entry.review and entry.review.edited) or {}), done)


def evidence_of(fact: Fact) -> list[tuple[int, int]]:
    """Where a fact was read, the place to go to first."""
    kind = fact.key.partition(":")[0]
    if kind == "participant":
        return list(fact.mentions)  # type: ignore[union-attr]
    spans = [(fact.start, fact.end)]  # type: ignore[union-attr]
    start, end = getattr(fact, "speaker_start", None), getattr(fact, "speaker_end", None)
    return [*spans, (start, end)] if start is not None and end is not None else spans
