"""How the sources stand to each other: comparing them in a thread, and showing claim by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from briefing.tui.agreement import COMPARED
from briefing.tui.main_screen.searching import SearchingScreen
from briefing.tui.messages import ClaimsCompared, Compared, Target
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.model.facts import Extraction, Fact
    from briefing.model.source import Source
    from briefing.tui.agreement import Standings


class ComparingScreen(SearchingScreen):
    """Holds what the comparison says of each fact."""

    standings: Standings | None = None
    _compared: tuple[str, ...] = ()

    @in_thread("compare", exclusive=True)
    def compare(self) -> None:
        """Ask how the facts stand among the sources, if these are several and not too many."""
        library = self.library
        if library is None or not 2 <= library.totals().sources <= COMPARED:
            self.post_message(Compared(None, {}))
            return
        from briefing.tui.agreement import Standings, comparison_of, copies_of

        ids = [row.id for row in library.sources(order="added", limit=COMPARED) if row.newer is None]
        reviews = {one: library.reviews(one) for one in ids}
        changed = [one for verdicts in reviews.values() for one in verdicts.values() if one.state != "accepted"]
        key = (*ids, *(f"{one.source_id} {one.key} {one.state} {one.edited}" for one in changed))
        if key == self._compared:
            return
        comparison = comparison_of([_document(library, one) for one in ids], reviews)
        self._compared = key
        self.post_message(Compared(Standings(comparison) if comparison else None, copies_of(comparison)))

    @on(Compared)
    def _take_standings(self, message: Compared) -> None:
        self.standings = message.standings
        self.source_list.show_copies(message.copies)
        self.standings_changed()

    def standings_changed(self) -> None:
        """The facts stand otherwise than before."""

    def fact_under_cursor(self) -> tuple[str, Fact] | None:
        """The source and the fact that the comparison should begin with."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would change nothing is not offered."""
        if action == "compare" and self.has_class("-empty"):
            return False
        return super().check_action(action, parameters)

    def action_compare(self) -> None:
        """Show, claim by claim, what each source says."""
        hits = [hit.source.id for hit in self.result.hits] if self.searching and self.result else None
        self._compare_claims(hits, self.source.id if self.source else None, self.fact_under_cursor())

    @in_thread("claims", exclusive=True)
    def _compare_claims(self, hits: list[str] | None, here: str | None, fact: tuple[str, Fact] | None) -> None:
        """Compare all sources; of too many, the hits or those listed, with the one in sight.

        One that a newer version has replaced is compared only while it is in sight: then with what came after it too.
        """
        from briefing.tui.agreement import Standings, comparison_of

        library = self.library
        if library is None:
            return
        if library.totals().sources <= COMPARED:
            rows = library.sources(order="added", limit=COMPARED)
        else:
            rows = library.sources(order=self.order, limit=COMPARED - 1, where=self.where)
            ids = [*([here] if here else []), *(hits or [row.id for row in rows])]
            rows = [library.row(one) for one in dict.fromkeys(ids)][:COMPARED]
        rows = [row for row in rows if row.newer is None or row.id == here]
        reviews = {row.id: library.reviews(row.id) for row in rows}
        comparison = comparison_of([_document(library, row.id) for row in rows], reviews)
        group = Standings(comparison).group_of(*fact) if comparison and fact else None
        at = (group, fact[0]) if group and fact else None
        self.post_message(ClaimsCompared(comparison, {row.id: row.title.line() for row in rows}, at))

    @on(ClaimsCompared)
    def _show_claims(self, message: ClaimsCompared) -> None:
        from briefing.tui.dialogs.compare import ClaimsScreen

        if message.comparison is None:
            self.app.notify("There are no two sources to compare.", timeout=3)
            return

        def chosen(target: Target | None) -> None:
            if target is not None:
                self.open(target)

        self.app.push_screen(ClaimsScreen(message.comparison, message.titles, message.at), chosen)


def _document(library: Library, source_id: str) -> tuple[Source, Extraction]:
    """A source and what was found in it, to be compared.

    Its mentions stay in columns: as objects those of a long source take 20 MB, and they are looked at one by one.
    """
    source = library.source(source_id)
    found, mentions = library.marked(source_id, source.text)
    return source, found.model_copy(update={"mentions": mentions})
