"""The facts of the source in sight, or of all: showing them, their evidence, the reader's verdicts."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from textual import on, work

from briefing.model.passage import locate
from briefing.model.safetext import SafeText
from briefing.tui.agreement import COMPARED
from briefing.tui.messages import AllFactsLoaded, Compared, FactsLoaded, Reviewed, Target
from briefing.tui.screens.searching import SearchingScreen
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.facts_panel import KIND_TITLES, KINDS, Entry, FactList, Kind
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.tabs import Tab
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.model.facts import Extraction, Fact
    from briefing.model.listing import SourceRow
    from briefing.model.review import Review, ReviewState
    from briefing.tui.agreement import Standings
    from briefing.tui.screens.frame import Pane

    Fields = dict[str, str | int | bool | None]

ALL_FACTS: Final = 200
"""Sources whose facts are listed together."""
_NAMES: Final[dict[Kind, str]] = {"count": "counts", "participant": "participants", "quote": "quotes"}


class ReviewingScreen(SearchingScreen):
    """What has to do with the facts panel."""

    kind: Kind = "count"
    all_sources = False
    _reviews: Mapping[str, Review] = MappingProxyType({})
    _all: AllFactsLoaded | None = None
    _standings: Standings | None = None

    # Showing

    def library_ready(self) -> None:
        """Say where facts will stand."""
        self.show_facts()

    def facts_taken(self, message: FactsLoaded) -> None:
        """Show the facts of the source in sight."""
        self._reviews = message.reviews
        if not self.all_sources:
            self.show_facts()
        self.compare()

    def close_source(self) -> None:
        """Show no text and no facts."""
        super().close_source()
        self._reviews = {}
        self.show_facts()

    def show_facts(self, keep: bool = False) -> None:
        """Show the facts of the kind and scope chosen; with ``keep`` the cursor stays where it is."""
        entries = list(self._entries())
        self.fact_list.empty = self._no_facts()
        self.fact_list.show(entries, keep)
        self._tell_kinds()
        self.right.border_subtitle = "all sources" if self.all_sources else "this source"

    def _entries(self) -> Iterable[Entry]:
        if not self.all_sources:
            if self.extraction is not None:
                yield from self._of(self.extraction, self._reviews)
            return
        for row, extraction, reviews in self._all.documents if self._all else ():
            facts = list(self._of(extraction, reviews))
            if facts:
                yield Entry(row.id, None, row.title.line())
                yield from facts
        if self._all is not None and self._all.more:
            yield Entry("", None, own(f"… and {number(self._all.more)} sources more"))

    def _of(self, extraction: Extraction, reviews: Mapping[str, Review]) -> Iterable[Entry]:
        for fact in facts_of(extraction, self.kind):
            standing = self._standings.of(extraction.source_id, fact) if self._standings else None
            yield Entry(extraction.source_id, fact, review=reviews.get(fact.key), standing=standing)

    def _no_facts(self) -> SafeText:
        if self.source is None and not self.all_sources:
            return own("Facts stand here once a source is open.")
        if self.extraction is None and not self.all_sources:
            return own("Loading …")
        return own(f"No {_NAMES[self.kind]} were found. Other kinds: ← →")

    def _tell_kinds(self) -> None:
        if self.all_sources:
            documents = [extraction for _, extraction, _ in self._all.documents] if self._all else []
        else:
            documents = [self.extraction] if self.extraction else []
        tabs = []
        for kind in KINDS:
            found = sum(len(facts_of(extraction, kind)) for extraction in documents)
            title, short = KIND_TITLES[kind]
            tabs.append(Tab(kind, own(title), own(number(found)), own(short)))
        self.kind_tabs.show(tabs)
        self.kind_tabs.active = self.kind
        self.show_pane_titles(self.pane_notes())

    def pane_notes(self) -> dict[Pane, SafeText]:
        """What the tabs of a narrow screen say beside their names."""
        notes = super().pane_notes()
        if self.extraction is not None:
            found = self.extraction
            notes["facts"] = own(f"{len(found.counts)}·{len(found.participants)}·{len(found.quotes)}")
        return notes

    @on(Bar.Chosen, "#kinds")
    def _kind_chosen(self, message: Bar.Chosen) -> None:
        self.kind = message.key  # type: ignore[assignment]
        self.show_facts()
        self.go_to("facts")

    @on(FactList.KindStep)
    def _kind_step(self, message: FactList.KindStep) -> None:
        self.kind = KINDS[(KINDS.index(self.kind) + message.step) % len(KINDS)]
        self.show_facts()
        self._mark_evidence()

    def action_scope(self) -> None:
        """Facts of this source, or of all."""
        self.all_sources = not self.all_sources
        if self.all_sources:
            self._load_all()
        self.show_facts()

    @work(thread=True, exclusive=True, group="facts", exit_on_error=False)
    def _load_all(self) -> None:
        library = self.library
        if library is None:
            return
        rows = library.sources(order=self.order, limit=ALL_FACTS)
        documents: list[tuple[SourceRow, Extraction, Mapping[str, Review]]] = [
            (row, library.extraction(row.id), library.reviews(row.id)) for row in rows
        ]
        self.post_message(AllFactsLoaded(documents, library.totals().sources - len(rows)))

    @on(AllFactsLoaded)
    def _all_loaded(self, message: AllFactsLoaded) -> None:
        self._all = message
        if self.all_sources:
            self.show_facts()

    # Agreement

    @work(thread=True, exclusive=True, group="compare", exit_on_error=False)
    def compare(self) -> None:
        """Ask how the facts stand among the sources, if these are several and not too many."""
        library = self.library
        if library is None or not 2 <= library.totals().sources <= COMPARED:
            self.post_message(Compared(None, {}))
            return
        from briefing.tui.agreement import Standings, comparison_of, copies_of

        rows = library.sources(order="added", limit=COMPARED)
        key = tuple(row.id for row in rows)
        if key == self._compared:
            return
        comparison = comparison_of([(library.source(one), library.extraction(one)) for one in key])
        self._compared = key
        self.post_message(Compared(Standings(comparison) if comparison else None, copies_of(comparison)))

    _compared: tuple[str, ...] = ()

    @on(Compared)
    def _take_standings(self, message: Compared) -> None:
        self._standings = message.standings
        self.source_list.show_copies(message.copies)
        self.show_facts(keep=True)

    # Evidence

    @on(RowList.Moved, "#facts")
    def _fact_moved(self) -> None:
        self._mark_evidence()
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

    def _mark_evidence(self) -> None:
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
        """Go to the words the fact under the cursor was read from."""
        entry = self.fact_list.current()
        if entry is None or entry.fact is None:
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
            self.fact_list.action_down()

    @work(thread=True, group="review", exit_on_error=False)
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
                (row, extraction, reviews if row.id == source_id else old)
                for row, extraction, old in self._all.documents
            ]
            self._all = AllFactsLoaded(documents, self._all.more)
        self.show_facts(keep=True)

    def action_undo(self) -> None:
        """Take the last verdict back, whatever source it was on."""
        self._undo()

    @work(thread=True, group="review", exit_on_error=False)
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
        from briefing.tui.screens.correct import CorrectScreen

        entry = self.fact_list.current()
        if entry is None or entry.fact is None:
            return
        fact = entry.fact

        def done(fields: Fields | None) -> None:
            if fields is not None:
                self._review(entry.source_id, fact, "edited" if fields else "unreviewed", fields or None)

        self.app.push_screen(CorrectScreen(fact, (entry.review and entry.review.edited) or {}), done)


def facts_of(extraction: Extraction, kind: Kind) -> Sequence[Fact]:
    """Facts of one kind in the order to read them: participants who act first, the others as the text has them."""
    if kind == "count":
        return extraction.counts
    if kind == "quote":
        return extraction.quotes
    return sorted(extraction.participants, key=lambda one: not one.core)


def evidence_of(fact: Fact) -> list[tuple[int, int]]:
    """Where a fact was read, the place to go to first."""
    kind = fact.key.partition(":")[0]
    if kind == "participant":
        return list(fact.mentions)  # type: ignore[union-attr]
    spans = [(fact.start, fact.end)]  # type: ignore[union-attr]
    start, end = getattr(fact, "speaker_start", None), getattr(fact, "speaker_end", None)
    return [*spans, (start, end)] if start is not None and end is not None else spans
