"""Compare the sources in a thread, and show the comparison claim by claim."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from briefing.tui.agreement import COMPARED
from briefing.tui.changes import FactsChanged, NamesChanged, ReviewsChanged
from briefing.tui.main_screen.writing import may_write
from briefing.tui.places import Target
from briefing.tui.threads import in_thread
from briefing.tui.widgets.status import Status
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from briefing.library import Library
    from briefing.model.agreement import Agreement, Comparison
    from briefing.model.facts import Extraction, Fact
    from briefing.model.listing import SourceRow
    from briefing.model.selection import Order
    from briefing.model.source import Source
    from briefing.tui.dialogs.compare import ClaimsScreen, Compared
    from briefing.tui.dialogs.event_keys import Edit
    from briefing.tui.dialogs.review_keys import Judging
    from briefing.tui.state import ReaderState


ALONE: Final = 20_000
"""Words of the longest source that is compared with nothing but itself."""


class CompareController:
    """Keeps the state's standings of facts up to date, and opens the comparison."""

    def __init__(self, screen: Screen[Any], state: ReaderState) -> None:
        self.screen = screen
        self.state = state
        self._compared: tuple[str, ...] = ()
        """The sources that were compared last, and the verdicts that count in it."""
        self.judging: Judging | None = None
        """Who writes verdicts down."""
        self._open: ClaimsScreen | None = None
        self._left: tuple[tuple[str, str, int], str] = (("", "", 0), "")
        """The claim, by a place of it, and the source from which one went to a passage last."""
        state.listen(FactsChanged, lambda change: self.refresh(anew=change.renamed))
        state.listen(ReviewsChanged, self._reviews_changed)
        state.listen(NamesChanged, lambda _: self.refresh(anew=True))

    def refresh(self, *, anew: bool = False) -> None:
        """Compare the facts of all sources, if they are not too many; with ``anew`` even if they are the same."""
        if anew:
            self._compared = ()
        self._refresh()

    @in_thread("compare", exclusive=True)
    def _refresh(self) -> None:
        library, tell = self.state.library, self.screen.call_later
        rows = self._to_compare(library) if library is not None else []
        if library is None or not rows:
            tell(self.state.take_standings, None, {})
            return
        from briefing.tui.agreement import Standings, compared, copies_of
        from briefing.tui.widgets.source_names import short_names

        ids = [row.id for row in rows]
        reviews = {one: library.reviews(one) for one in ids}
        changed = [one for verdicts in reviews.values() for one in verdicts.values() if one.state != "accepted"]
        edits = library.claim_edits.all()
        key = (
            *ids,
            *(str(edit.number) for edit in edits),
            *(f"{one.source_id} {one.key} {one.state} {one.edited}" for one in changed),
        )
        if key == self._compared:
            return
        shown, whole = compared([document(library, one) for one in ids], reviews, edits)
        self._compared = key
        tell(
            self.state.take_standings,
            Standings(shown, short_names(rows), whole, several=len(ids) > 1),
            copies_of(shown),
        )

    def _to_compare(self, library: Library) -> list[SourceRow]:
        """All sources where they are not too many; else that in sight alone, for the claims and events of its text."""
        if library.totals().sources <= COMPARED:
            return [row for row in library.sources(order="added", limit=COMPARED) if row.newer is None]
        source = self.state.source
        row = library.row(source.id) if source is not None else None
        return [row] if row is not None and row.words <= ALONE else []

    def show(self, chosen: Sequence[tuple[str, Sequence[str]]], fact: tuple[str, Fact] | None, scope: int = 0) -> None:
        """Show, claim by claim, what each source says, beginning with the claim of ``fact``, of a source by its id.

        Args:
            chosen: What was chosen of the sources, the narrowest first: its name and the ids.
            fact: The fact to begin with.
            scope: Which of these is compared; after them the event of the source in sight, then all.
        """
        self.screen.query_one(Status).tell(own("Comparing the sources …"))
        self._show_scope(list(chosen), fact, scope)

    @in_thread("claims", exclusive=True)
    def _show_scope(self, chosen: list[tuple[str, Sequence[str]]], fact: tuple[str, Fact] | None, scope: int) -> None:
        from briefing.tui.agreement import Standings, comparison_of
        from briefing.tui.dialogs.compare import Compared
        from briefing.tui.kept_grades import kept_grades
        from briefing.tui.review_desk import ReviewDesk
        from briefing.tui.widgets.source_names import short_names, title_and_name

        library, state = self.state.library, self.state
        here = state.source.id if state.source else None
        if library is None:
            return
        scopes = scopes_of(library, state, chosen, here)
        name, ids = scopes[scope % len(scopes)]
        rows = _rows_of(library, [*ids, *([fact[0]] if fact else [])], here)
        reviews = {row.id: library.reviews(row.id) for row in rows}
        documents, edits = [document(library, row.id) for row in rows], library.claim_edits.all()
        comparison = comparison_of(documents, reviews, edits)
        if comparison is not None and name == EVENT and here is not None:
            within = _of_event(comparison, here)
            rows, documents = [r for r in rows if r.id in within], [one for one in documents if one[0].id in within]
            comparison = comparison_of(documents, reviews, edits) if len(rows) > 1 else None
        if comparison is None:
            if scope + 1 < len(scopes):
                self._show_scope(chosen, fact, scope + 1)
                return
            self.screen.call_later(self._nothing)
            return
        group = Standings(comparison).group_of(*fact) if fact else self._group_left(comparison)
        at = (group, fact[0] if fact else self._left[1]) if group else None
        names = short_names(rows)
        compared = Compared(
            comparison,
            {row.id: title_and_name(row, names[row.id]) for row in rows},
            names,
            own(f" · {name}") + own(f", {COMPARED} of {number(len(ids))}" if len(ids) > COMPARED else ""),
            ReviewDesk(documents, reviews),
            self.judging,
            kept_grades(self.screen, state),
            {source.id: source for source, _ in documents},
        )
        self.screen.call_later(self._push, compared, at, partial(self.show, chosen, fact), scope)

    def _nothing(self) -> None:
        self.state.moved()
        self.screen.app.notify("There are no two sources to compare.", timeout=3)

    def _group_left(self, comparison: Comparison) -> Agreement | None:
        """The claim from which one went to a passage last, if it is among these."""
        place, document = self._left
        return next(
            (
                group
                for group in comparison.groups
                if any((group.kind, i.document, i.start) == place and i.document == document for i in group.items)
            ),
            None,
        )

    def _push(
        self, compared: Compared, at: tuple[Agreement, str] | None, show: Callable[[int], None], scope: int
    ) -> None:
        from briefing.tui.dialogs.compare import ClaimsScreen
        from briefing.tui.dialogs.event_keys import Edit

        self.state.moved()
        screen = self._open = ClaimsScreen(compared, at)

        def chosen(target: Target | Edit | Literal["scope"] | None) -> None:
            self._open = None
            self.refresh()
            if target == "scope":
                show(scope + 1)
            elif isinstance(target, Edit):
                self._left = screen.place_of_cursor()
                if may_write(self.screen, self.state):
                    self._edit(target, partial(show, scope))
            elif target is not None:
                self._left = screen.left
                self.state.open(target)

        self.screen.app.push_screen(screen, chosen)

    @in_thread("claims")
    def _edit(self, edit: Edit, again: Callable[[], None]) -> None:
        """Take down what was said of events or origins, or take the last such thing back; then compare anew."""
        library, tell = self.state.library, self.screen.call_later
        if library is None:
            return
        if edit.action is None:
            taken = library.claim_edits.undo()
            said = f"Taken back: {taken.described}." if taken else "Nothing was said of events or origins."
            tell(partial(self.screen.app.notify, said, timeout=3, markup=False))
        else:
            library.claim_edits.add(edit.action, edit.places, edit.to, edit.words)
        tell(again)

    def _reviews_changed(self, change: ReviewsChanged) -> None:
        if self._open is not None and self._open.is_running:
            self._open.taken_back(change.source_id, change.reviews)
        else:  # while one judges claim by claim, nothing is compared anew
            self.refresh()


EVENT: Final = "one event"
"""The scope of the sources that report the event of the one in sight."""


def _of_event(comparison: Comparison, source_id: str) -> tuple[str, ...]:
    from briefing.export.event_pool import sources_of_event  # takes as long to import as the first frame

    return sources_of_event(comparison, source_id)


def _rows_of(library: Library, ids: Sequence[str], here: str | None) -> list[SourceRow]:
    """Rows of sources, each once, as many as are compared; without replaced versions but for that in sight."""
    rows = map(library.row, list(dict.fromkeys(ids))[:COMPARED])
    return [row for row in rows if row.newer is None or row.id == here]


def scopes_of(
    library: Library, state: ReaderState, chosen: Sequence[tuple[str, Sequence[str]]], here: str | None
) -> list[tuple[str, Sequence[str]]]:
    """Which sources can be compared, the narrowest choice first: those chosen, those of one event, all.

    Args:
        library: The library.
        state: What the reader shows.
        chosen: What was chosen of the sources: its name and the ids.
        here: Id of the source in sight; None for none.
    """
    from briefing.export.event_pool import event_pool

    scopes = [(name, ids) for name, ids in chosen if len(ids) > 1]
    if here is not None and len(pool := event_pool(library, library.source(here), COMPARED)) > 1:
        scopes.append((EVENT, pool))
    total = library.totals().sources
    order: Order = "added" if total <= COMPARED else state.order
    everything = [row.id for row in library.sources(order=order, limit=COMPARED)]
    return [*scopes, ("all sources" if total <= COMPARED else f"{COMPARED} of all", everything)]


def document(library: Library, source_id: str) -> tuple[Source, Extraction]:
    """A source and its extraction, for comparing.

    Its mentions stay in columns: as objects those of a long source take 20 MB, and they are looked at one by one.

    Args:
        library: The library.
        source_id: Id of the source.
    """
    source = library.source(source_id)
    found, mentions = library.marked(source_id, source.text)
    return source, found.model_copy(update={"mentions": mentions})
