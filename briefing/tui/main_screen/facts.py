"""The facts of the source in sight, or of all: which of them are shown, and how they are grouped."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content
from textual.worker import get_current_worker

from briefing.model.safetext import SafeText
from briefing.model.selection import EVERYTHING
from briefing.tui.fact_rows import GROUPS, KINDS, TRAIT_WORDS, Chosen, Document, rows_of, values
from briefing.tui.main_screen.comparing import ComparingScreen
from briefing.tui.messages import AllFactsLoaded, FactsArranged, FactsLoaded
from briefing.tui.threads import in_thread
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.facts_panel import KIND_TITLES, FactList, measure
from briefing.tui.widgets.tabs import Tab
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from briefing.model.facts import Extraction, Fact
    from briefing.model.review import Review
    from briefing.model.selection import Order
    from briefing.tui.agreement import Standings
    from briefing.tui.fact_rows import Kind, Trait, Wanted
    from briefing.tui.main_screen.frame import Pane
    from briefing.tui.widgets.facts_panel import HeadName

ALL_FACTS: Final = 500
"""Sources whose facts are listed together."""
_FIRST: Final = 50
"""Of these, sources whose facts are shown before the others are read."""
_AT_ONCE: Final = 400
"""Facts that are arranged without a thread."""
_NAMES: Final[dict[Kind, str]] = {"count": "counts", "participant": "participants", "quote": "quotes"}


class FactsScreen(ComparingScreen):
    """What has to do with the facts panel."""

    kind: Kind = "count"
    all_sources = False
    _reviews: Mapping[str, Review] = MappingProxyType({})
    _all: AllFactsLoaded | None = None
    _arranging = 0

    def __init__(self, measure: int, order: Order) -> None:
        super().__init__(measure, order)
        self.wanted: dict[Kind, Wanted] = {kind: {} for kind in KINDS}
        """The filter of each kind of fact."""
        self.fact_groups: dict[Kind, Trait | None] = dict.fromkeys(KINDS)

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

    def _chosen(self) -> Chosen:
        return Chosen(self.kind, dict(self.wanted[self.kind]), self.fact_groups[self.kind], self.all_sources)

    def _documents(self) -> Sequence[Document]:
        if self.all_sources:
            return self._all.documents if self._all else ()
        if self.extraction is None or self.source is None:
            return ()
        return [Document(self.source.title, self.extraction, self._reviews)]

    def show_facts(self, keep: bool = False) -> None:
        """Show the facts of the kind and scope chosen; with ``keep`` the cursor stays where it is.

        Where there are many, they are arranged in a thread, and what is shown stays until that is done.
        """
        documents = self._documents()
        found = sum(_number(document.extraction, self.kind) for document in documents)
        self._arranging += 1
        folded, width = set(self.fact_list.folded), self.fact_list.content_width
        arranged = partial(_arranged, self._arranging, keep, documents, self._chosen(), self.standings, folded, width)
        if found <= _AT_ONCE:
            self._take_facts(arranged())
        else:
            self._arrange(self._arranging, arranged)
        self._tell_kinds()
        self._tell_scope()

    @in_thread("arrange")
    def _arrange(self, version: int, arranged: Callable[[], FactsArranged]) -> None:
        if version == self._arranging:
            self.post_message(arranged())

    @on(FactsArranged)
    def _take_facts(self, message: FactsArranged) -> None:
        if message.version != self._arranging:
            return
        self.fact_list.empty = self._no_facts()
        self.fact_list.show(message.measured, message.keep)
        wanted = self.wanted[self.kind]
        title = ["Facts"]
        if wanted:
            found = sum(_number(document.extraction, self.kind) for document in self._documents())
            title = [f"{number(message.facts)} of {number(found)}", *wanted.values()]
        self.right.border_title = Content(own(" · ".join(title)))

    @on(FactList.Remeasure)
    def _remeasure(self) -> None:
        self.show_facts(keep=True)

    def _no_facts(self) -> SafeText:
        if self.source is None and not self.all_sources:
            return own("Facts stand here once a source is open.")
        if self.extraction is None and not self.all_sources:
            return own("Loading …")
        if self.wanted[self.kind]:
            return own(f"No {_NAMES[self.kind]} are so. Esc shows all.")
        return own(f"No {_NAMES[self.kind]} were found. Other kinds: ← →")

    def _tell_scope(self) -> None:
        words = "this source"
        if self.all_sources:
            words = "all sources" if self.where == EVERYTHING else "sources listed"
            if self._all is not None and self._all.more:
                words = f"first {number(len(self._all.documents))} sources"
        group = self.fact_groups[self.kind]
        self.right.border_subtitle = f"{words.split(' source')[0]} · by {TRAIT_WORDS[group]}" if group else words

    def _tell_kinds(self) -> None:
        documents = self._documents()
        tabs = []
        for kind in KINDS:
            found = sum(_number(document.extraction, kind) for document in documents)
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
        self.mark_evidence()

    # Scope, groups, filter

    def action_scope(self) -> None:
        """Facts of this source, or of all that are listed."""
        self.all_sources = not self.all_sources
        if self.all_sources:
            self._load_all()
        self.show_facts()

    def list_changed(self) -> None:
        """Facts of all sources are those of the sources that are listed."""
        super().list_changed()
        if self.all_sources:
            self._load_all()

    @in_thread("facts", exclusive=True)
    def _load_all(self) -> None:
        """Read the facts of the sources that are listed, without their mentions, which take most of the room."""
        library, worker = self.library, get_current_worker()
        if library is None:
            return
        rows = library.sources(order=self.order, limit=ALL_FACTS, where=self.where)
        more = library.count(self.where) - len(rows)
        documents: list[Document] = []
        for row in rows:
            if worker.is_cancelled:
                return
            found = library.extraction(row.id).model_copy(update={"mentions": (), "sentences": ()})
            documents.append(Document(row.title, found, library.reviews(row.id)))
            if len(documents) == _FIRST < len(rows):
                self.post_message(AllFactsLoaded(list(documents), more))
        self.post_message(AllFactsLoaded(documents, more))

    @on(AllFactsLoaded)
    def _all_loaded(self, message: AllFactsLoaded) -> None:
        keep = self._all is not None and bool(self._all.documents)
        self._all = message
        if self.all_sources:
            self.show_facts(keep=keep)

    def action_group_facts(self) -> None:
        """Ask what to group the facts by."""
        from briefing.tui.dialogs.choose import Choice, ChooseScreen

        now = self.fact_groups[self.kind]

        def chosen(key: str | None) -> None:
            if key is not None:
                self.fact_groups[self.kind] = key or None  # type: ignore[assignment]
                self.fact_list.folded.clear()
                self.show_facts()

        ways = [Choice("", own("By source" if self.all_sources else "Not grouped"), current=now is None)]
        ways += [Choice(trait, own(f"By {TRAIT_WORDS[trait]}"), current=now == trait) for trait in GROUPS[self.kind]]
        self.app.push_screen(ChooseScreen(f"Group the {_NAMES[self.kind]}", ways), chosen)

    @in_thread("which", exclusive=True)
    def action_which_facts(self) -> None:
        """Ask which facts to show, with how many each choice would leave."""
        found = values(self._documents(), self._chosen(), self.standings)
        self.app.call_from_thread(self._ask_which_facts, found)

    def _ask_which_facts(self, found: Sequence[tuple[Trait, Sequence[tuple[str, int]]]]) -> None:
        from briefing.tui.dialogs.choose import Choice, ChooseScreen

        wanted = self.wanted[self.kind]
        ways = [Choice("", own("All"), current=not wanted)]
        for trait, counted in found:
            ways.append(Choice(None, own(TRAIT_WORDS[trait].capitalize())))
            ways += [
                Choice(f"{trait}:{value}", own(value), own(number(n)), wanted.get(trait) == value)
                for value, n in counted
            ]

        def chosen(key: str | None) -> None:
            if key is None:
                return
            trait, _, value = key.partition(":")
            if not trait:
                wanted.clear()
            elif wanted.get(trait) == value:  # type: ignore[call-overload]
                del wanted[trait]  # type: ignore[arg-type]
            else:
                wanted[trait] = value  # type: ignore[index]
            self.show_facts()

        self.app.push_screen(ChooseScreen(f"Which {_NAMES[self.kind]}", ways), chosen)

    def leave_filter(self) -> bool:
        """Show all facts, else all sources; whether there was anything to leave in the pane one is in."""
        if self.pane != "facts" or not self.wanted[self.kind]:
            return super().leave_filter()
        self.wanted[self.kind].clear()
        self.show_facts(keep=True)
        return True

    # Agreement

    def standings_changed(self) -> None:
        """Show how the facts stand among the sources."""
        self.show_facts(keep=True)

    def fact_under_cursor(self) -> tuple[str, Fact] | None:
        """The fact that one is on, and its source."""
        entry = self.fact_list.current() if self.focused is self.fact_list else None
        return (entry.source_id, entry.fact) if entry is not None and entry.fact is not None else None

    def mark_evidence(self) -> None:
        """Mark in the text what the fact under the cursor was read from."""


def _number(extraction: Extraction, kind: Kind) -> int:
    """How many facts of a kind there are."""
    return len({"count": extraction.counts, "participant": extraction.participants, "quote": extraction.quotes}[kind])


def _arranged(
    version: int,
    keep: bool,
    documents: Sequence[Document],
    chosen: Chosen,
    standings: Standings | None,
    folded: Collection[HeadName],
    width: int,
) -> FactsArranged:
    rows = rows_of(documents, chosen, standings)
    facts = sum(1 for entry in rows if entry.fact is not None)
    return FactsArranged(version, measure(rows, folded, width), facts, keep=keep)
