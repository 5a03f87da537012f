"""The facts of the source in sight, or of all listed ones; their evidence and the user's verdicts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content
from textual.events import DescendantFocus

from briefing.model.safetext import SafeText
from briefing.model.selection import EVERYTHING
from briefing.tui.actions import pane_bindings
from briefing.tui.changes import (
    EvidenceWanted,
    FactsChanged,
    FactsShown,
    LibraryOpened,
    Listed,
    NamesChanged,
    ReviewsChanged,
    SourceChanged,
    StandingsChanged,
    TitlesChanged,
)
from briefing.tui.fact_forms import LISTED
from briefing.tui.fact_rows import KINDS, TRAIT_WORDS, Chosen, Document, facts_of
from briefing.tui.facts.claim_rows import values
from briefing.tui.facts.copying import FactCopying
from briefing.tui.facts.detail import FactDetail
from briefing.tui.facts.fact_keys import FactKeys
from briefing.tui.facts.loading import AllFacts, AllFactsLoaded
from briefing.tui.main_screen.facts_shown import (
    Asked,
    FactsArranged,
    arranged,
    evidence_of,
    how_many,
    in_sight,
    no_facts,
)
from briefing.tui.main_screen.status_words import fact_words
from briefing.tui.main_screen.verdicts import Verdicts
from briefing.tui.places import Target
from briefing.tui.textual_patches.framed import Framed
from briefing.tui.threads import in_thread
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.facts_panel import FactList
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.tabs import Tab, Tabs
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from briefing.model.facts import Fact
    from briefing.tui.fact_forms import Trait
    from briefing.tui.fact_rows import Kind, Wanted
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.line import Said

AT_ONCE: Final = 400
"""Facts that are arranged without a thread."""


class FactsPane(FactKeys, Framed, inherit_bindings=False):
    """Tabs of the kinds of fact, and the facts of one."""

    BINDINGS = pane_bindings("facts")

    def __init__(self, state: ReaderState) -> None:
        self.tabs = Tabs(id="kinds")
        self.list = FactList(id="facts")
        self.detail = FactDetail(id="fact-detail")
        super().__init__(self.tabs, self.list, self.detail, id="right", classes="pane")
        self.state = state
        self.border_title = "Facts"
        self.kind: Kind = KINDS[0]
        self.wanted: dict[Kind, Wanted] = {kind: {} for kind in KINDS}
        """The filter of each kind of fact."""
        self.groups: dict[Kind, Trait | None] = dict.fromkeys(KINDS)
        self.numbers: Mapping[Kind, int] = dict.fromkeys(KINDS, 0)
        """How many claims of each kind there are."""
        self._all: AllFactsLoaded | None = None
        self._reading = AllFacts(self, state)
        self.copying = FactCopying(self, state)
        self._arranging = 0
        state.listen(LibraryOpened, lambda _: self.show())
        state.listen(SourceChanged, lambda _: None if state.all_sources else self.show())
        state.listen(FactsChanged, self._facts_changed)
        state.listen(Listed, lambda _: self._list_changed())
        state.listen(NamesChanged, lambda _: self._list_changed())
        state.listen(ReviewsChanged, self._reviews_changed)
        state.listen(StandingsChanged, lambda _: self.show(keep=True))

    def on_mount(self) -> None:
        """Verdicts are written by a controller of their own."""
        self.verdicts = Verdicts(self.screen, self.state)

    # Showing

    def _facts_changed(self, change: FactsChanged) -> None:
        if not self.state.all_sources:
            self.show(keep=change.renamed)
        elif change.renamed:
            self._reading.read()

    def _list_changed(self) -> None:
        """Facts of all sources are those of the sources that are listed."""
        if self.state.all_sources:
            self._reading.read()

    def _reviews_changed(self, change: ReviewsChanged) -> None:
        if self._all is not None:
            self._all = self._all.with_reviews(change)
        self.show(keep=True)

    def _chosen(self) -> Chosen:
        return Chosen(self.kind, dict(self.wanted[self.kind]), self.groups[self.kind], self.state.all_sources)

    def _documents(self) -> Sequence[Document]:
        state = self.state
        if self.state.all_sources:
            return self._all.documents if self._all else ()
        if state.extraction is None or state.source is None:
            return ()
        return [Document(state.source.title, state.extraction, state.reviews)]

    def show(self, keep: bool = False) -> None:
        """Show the facts of the kind and scope chosen; with ``keep`` the cursor stays where it is.

        Where there are many, they are arranged in a thread, and what is shown stays until that is done.
        """
        documents = self._documents()
        found = sum(how_many(document.extraction, self.kind) for document in documents)
        self._arranging += 1
        asked = Asked(self._arranging, keep, documents, self.state.standings, dict(self.groups))
        make = partial(arranged, asked, self._chosen(), set(self.list.folded), self.list.content_width)
        if found <= AT_ONCE:
            self._take_facts(make())
        else:
            self._tell_kinds()
            self._arrange(self._arranging, make)
        self._tell_scope()
        self.state.announce(FactsShown())

    @in_thread("arrange")
    def _arrange(self, version: int, make: Callable[[], FactsArranged]) -> None:
        if version == self._arranging:
            self.post_message(make())

    @on(FactsArranged)
    def _take_facts(self, message: FactsArranged) -> None:
        if message.version != self._arranging:
            return
        self.list.empty = no_facts(self.state, self.kind, filtered=bool(self.wanted[self.kind]))
        self.list.show(message.measured, message.keep)
        self.numbers = message.numbers
        self._tell_kinds()
        self.tell_detail()
        wanted, left = self.wanted[self.kind], message.left
        title = ["Facts", *([f"{number(left)} left"] if left and left < message.claims else [])]
        if wanted:
            title = [f"{number(message.claims)} of {number(self.numbers[self.kind])}", *wanted.values()]
        self.say_above(Content(own(" · ".join(title))))
        self._show_source()
        self.state.moved()

    @on(DescendantFocus)
    def _show_source(self) -> None:
        """Among facts of all sources: show the source of the one under the cursor, while that has the focus."""
        entry = self.list.member() if self.state.all_sources and self.list.has_focus else None
        if entry is not None and entry.source_id != self.state.wanted:
            self._mark_evidence()

    @on(FactList.Remeasure)
    def _remeasure(self) -> None:
        self.show(keep=True)

    def _tell_scope(self) -> None:
        words = "this source"
        if self.state.all_sources:
            words = "all sources" if self.state.where == EVERYTHING else "sources listed"
            if self._all is not None and self._all.more:
                words = f"first {number(len(self._all.documents))} sources"
        group = self.groups[self.kind]
        self.say_below(Content(own(f"{words.split(' source')[0]} · by {TRAIT_WORDS[group]}" if group else words)))

    def _tell_kinds(self) -> None:
        titles = [(kind, number(self.numbers[kind]), *LISTED[kind].titles) for kind in KINDS]
        self.tabs.show([Tab(kind, own(title), own(found), own(short)) for kind, found, title, short in titles])
        self.tabs.active = self.kind
        self.state.announce(TitlesChanged())

    def tell_detail(self) -> None:
        """Show what is known of the fact in sight below the list."""
        self.detail.display = self.list.count > 0
        self.detail.show(in_sight(self.list, self.state), self.list.heading())

    def note(self) -> SafeText:
        """Number of claims of each kind, for the tab of a narrow screen."""
        if self.state.extraction is None:
            return own("")
        return own("·".join(str(self.numbers[kind]) for kind in KINDS))

    @on(Bar.Chosen, "#kinds")
    def _kind_chosen(self, message: Bar.Chosen) -> None:
        self.kind = message.key  # type: ignore[assignment]
        self.show()
        self.state.go_to("facts")

    @on(FactList.KindStep)
    def _kind_step(self, message: FactList.KindStep) -> None:
        self.kind = KINDS[(KINDS.index(self.kind) + message.step) % len(KINDS)]
        self.show()
        self._mark_evidence()

    # Scope, groups, filter

    def action_scope(self) -> None:
        """Facts of this source, or of all that are listed."""
        self.state.all_sources = not self.state.all_sources
        if self.state.all_sources:
            self._reading.read()
        self.show()

    @on(AllFactsLoaded)
    def _all_loaded(self, message: AllFactsLoaded) -> None:
        keep = self._all is not None and bool(self._all.documents)
        self._all = message
        if self.state.all_sources:
            self.show(keep=keep)

    def action_group_facts(self) -> None:
        """Ask what to group the facts by."""
        from briefing.tui.main_screen.fact_choices import ask_group

        def chosen(trait: Trait | None) -> None:
            self.groups[self.kind] = trait
            self.list.folded.clear()
            self.show()

        ask_group(self.app, self.kind, self.groups[self.kind], self.state.all_sources, chosen)

    @in_thread("which", exclusive=True)
    def action_which_facts(self) -> None:
        """Ask which facts to show, with how many each choice would leave."""
        from briefing.tui.main_screen.fact_choices import ask_filter

        found = values(self._documents(), self._chosen(), self.state.standings)
        wanted = self.wanted[self.kind]
        self.app.call_from_thread(ask_filter, self.app, self.kind, wanted, found, self.show)

    def leave_filter(self) -> bool:
        """Take the marks away, else show all facts of the kind; whether there was one to leave, in this pane."""
        if self.state.pane != "facts":
            return False
        if self.list.unmark():
            return True
        if not self.wanted[self.kind]:
            return False
        self.wanted[self.kind].clear()
        self.show(keep=True)
        return True

    # Evidence

    @on(RowList.Moved, "#facts")
    def _fact_moved(self) -> None:
        self.tell_detail()
        self._mark_evidence()
        self.state.moved()

    def said(self) -> list[Said]:
        """Words for the status line: place and words of the evidence of the fact under the cursor."""
        entry = self.list.member()
        return fact_words(entry, self.state) if entry is not None else []

    def meet(self) -> None:
        """Put the cursor on the shortest fact whose evidence holds the current match or mention, of any kind."""
        span, found = self.state.span_in_text(), self.state.extraction
        if span is None or found is None or self.state.all_sources or self.list.has_focus:
            return
        there = [
            (end - start, kind, fact)
            for kind in KINDS
            for fact in facts_of(found, kind)
            for start, end in evidence_of(fact)
            if start < span[1] and span[0] < end
        ]
        if there:
            _, self.kind, fact = min(there, key=lambda one: one[0])
            self.show()
            self.list.go_to_fact(fact)
            self._fact_moved()

    def _mark_evidence(self) -> None:
        """Mark in the text what the fact in sight was read from."""
        entry = self.list.member()
        shown = entry.shown if entry is not None else None
        spans = evidence_of(shown) if shown is not None else []
        if entry is None:
            self.state.announce(EvidenceWanted(()))
        elif self.state.source is not None and self.state.wanted == self.state.source.id == entry.source_id:
            if spans:
                self.state.announce(EvidenceWanted(spans))
        elif spans:
            self.state.preview(Target(entry.source_id, spans[0][0], evidence=spans, preview=True))

    @on(RowList.Chosen, "#facts")
    def action_evidence(self) -> None:
        """Go to the words the fact in sight was read from; on a head, fold or open what is under it."""
        entry = self.list.member()
        if entry is None or entry.shown is None:
            self.list.toggle()
            return
        spans = evidence_of(entry.shown)
        self.state.open(Target(entry.source_id, spans[0][0] if spans else None, evidence=spans))

    def fact_under_cursor(self) -> tuple[str, Fact] | None:
        """The source and the fact that is in sight, while the list has the focus."""
        entry = self.list.member() if self.list.has_focus else None
        return (entry.source_id, entry.shown) if entry is not None and entry.shown is not None else None
