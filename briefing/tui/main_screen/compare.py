"""Compare the sources in a thread, and show the comparison claim by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.tui.agreement import COMPARED
from briefing.tui.places import Target
from briefing.tui.state import FactsChanged, NamesChanged, ReviewsChanged
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.screen import Screen

    from briefing.library import Library
    from briefing.model.agreement import Agreement, Comparison
    from briefing.model.facts import Extraction, Fact
    from briefing.model.safetext import SafeText
    from briefing.model.source import Source
    from briefing.tui.state import ReaderState


class CompareController:
    """Keeps the state's standings of facts up to date, and opens the comparison."""

    def __init__(self, screen: Screen[Any], state: ReaderState) -> None:
        self.screen = screen
        self.state = state
        self._compared: tuple[str, ...] = ()
        """The sources that were compared last, and the verdicts that count in it."""
        state.listen(FactsChanged, lambda change: None if change.renamed else self.refresh())
        state.listen(ReviewsChanged, lambda _: self.refresh())
        state.listen(NamesChanged, lambda _: self.refresh(anew=True))

    def refresh(self, *, anew: bool = False) -> None:
        """Compare the facts, if the sources are several and not too many; with ``anew`` even if they are the same."""
        if anew:
            self._compared = ()
        self._refresh()

    @in_thread("compare", exclusive=True)
    def _refresh(self) -> None:
        library, tell = self.state.library, self.screen.call_later
        if library is None or not 2 <= library.totals().sources <= COMPARED:
            tell(self.state.take_standings, None, {})
            return
        from briefing.tui.agreement import Standings, comparison_of, copies_of

        ids = [row.id for row in library.sources(order="added", limit=COMPARED) if row.newer is None]
        reviews = {one: library.reviews(one) for one in ids}
        changed = [one for verdicts in reviews.values() for one in verdicts.values() if one.state != "accepted"]
        key = (*ids, *(f"{one.source_id} {one.key} {one.state} {one.edited}" for one in changed))
        if key == self._compared:
            return
        comparison = comparison_of([document(library, one) for one in ids], reviews)
        self._compared = key
        tell(self.state.take_standings, Standings(comparison) if comparison else None, copies_of(comparison))

    @in_thread("claims", exclusive=True)
    def show(self, hits: Sequence[str] | None, fact: tuple[str, Fact] | None) -> None:
        """Compare the sources and show the claims.

        All sources are compared; of too many, the hits or those listed, with the one in sight. One that a newer version
        has replaced is compared only while it is in sight: then with what came after it too.

        Args:
            hits: Ids of the sources found by a search; None outside of one.
            fact: Id of a source and its fact, whose claim the cursor begins on; None for the first claim.
        """
        from briefing.tui.agreement import Standings, comparison_of

        library, state = self.state.library, self.state
        if library is None:
            return
        here = state.source.id if state.source else None
        if library.totals().sources <= COMPARED:
            rows = library.sources(order="added", limit=COMPARED)
        else:
            rows = library.sources(order=state.order, limit=COMPARED - 1, where=state.where)
            ids = [*([here] if here else []), *(hits or [row.id for row in rows])]
            rows = [library.row(one) for one in dict.fromkeys(ids)][:COMPARED]
        rows = [row for row in rows if row.newer is None or row.id == here]
        reviews = {row.id: library.reviews(row.id) for row in rows}
        comparison = comparison_of([document(library, row.id) for row in rows], reviews)
        group = Standings(comparison).group_of(*fact) if comparison and fact else None
        at = (group, fact[0]) if group and fact else None
        from briefing.tui.matrix import short_name

        names = {row.id: short_name(row) for row in rows}
        self.screen.call_later(self._show, comparison, {row.id: row.title.line() for row in rows}, names, at)

    def _show(
        self,
        comparison: Comparison | None,
        titles: Mapping[str, SafeText],
        names: Mapping[str, SafeText],
        at: tuple[Agreement, str] | None,
    ) -> None:
        from briefing.tui.dialogs.compare import ClaimsScreen

        if comparison is None:
            self.screen.app.notify("There are no two sources to compare.", timeout=3)
            return

        def chosen(target: Target | None) -> None:
            if target is not None:
                self.state.open(target)

        self.screen.app.push_screen(ClaimsScreen(comparison, titles, names, at), chosen)


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
