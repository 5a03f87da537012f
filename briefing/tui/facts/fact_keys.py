"""What is done to the claim under the cursor of the facts panel: verdicts, corrections, notes, grades, copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.model.fact_forms import form_of
from briefing.tui.facts.detail import sentence_without_text
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.screen import Screen

    from briefing.model.kinds import ReviewState
    from briefing.tui.fact_rows import Entry
    from briefing.tui.facts.copying import FactCopying
    from briefing.tui.facts.detail import FactDetail
    from briefing.tui.main_screen.verdicts import Verdicts
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.facts_panel import FactList


class FactKeys:
    """The keys of the pane that acts on facts; verdicts are on the whole claim, the rest on the fact in sight."""

    if TYPE_CHECKING:
        list: FactList
        detail: FactDetail
        state: ReaderState
        verdicts: Verdicts
        copying: FactCopying

        app: App[Any]

        @property
        def screen(self) -> Screen[Any]:
            """The screen, as every widget has it."""

    def _current(self, entry: Entry | None) -> Entry | None:
        """What a verdict is on: nothing of a source that is on its way out of sight."""
        return entry if entry and (self.state.all_sources or entry.source_id == self.state.wanted) else None

    def action_accept(self) -> None:
        """Accept the claim under the cursor, again takes it back; or all that are marked."""
        self._judge("accepted")

    def action_reject(self) -> None:
        """Reject the claim under the cursor, again takes it back; or all that are marked."""
        self._judge("rejected")

    def action_doubt(self) -> None:
        """Note that one is unsure of the claim under the cursor, again takes it back; or of all that are marked."""
        self._judge("unsure")

    def action_accept_place(self) -> None:
        """Accept the statement in sight alone; again takes it back."""
        self._judge_one("accepted")

    def action_reject_place(self) -> None:
        """Reject the statement in sight alone; again takes it back."""
        self._judge_one("rejected")

    def action_mark_fact(self) -> None:
        """Mark the claim under the cursor, or take its mark away."""
        self.list.mark()

    def _judge(self, verdict: ReviewState) -> None:
        self.verdicts.decide(self.list, self._current(self.list.current()), verdict)

    def _judge_one(self, verdict: ReviewState) -> None:
        if (entry := self._current(self.list.member())) is not None:
            self.verdicts.judge(entry, verdict)

    def action_copy(self) -> None:
        """Copy the words that the fact in sight was read from."""
        self._copy(self.copying.words, self.list.member())

    def action_copy_cited(self) -> None:
        """Copy the claim with each of its statements and where it stands."""
        self._copy(self.copying.cited, self.list.current())

    def _copy(self, copy: Callable[[Entry], object], entry: Entry | None) -> None:
        if entry is None:
            self.app.notify("Go to a fact first.", timeout=3)
        else:
            copy(entry)

    def action_detail_down(self) -> None:
        """Scroll what is said of the fact in sight."""
        self.detail.step(1)

    def action_detail_up(self) -> None:
        """Scroll it back."""
        self.detail.step(-1)

    def action_correct(self) -> None:
        """Correct the fields of the fact in sight."""
        from briefing.tui.main_screen.fact_choices import ask_correction

        ask_correction(self.app, self._current(self.list.member()), self.verdicts, self.state.source)

    def action_note(self) -> None:
        """Write a note on the fact in sight."""
        from briefing.tui.main_screen.fact_choices import ask_note

        ask_note(self.app, self._current(self.list.member()), self.verdicts)

    @in_thread("grades", exclusive=True)
    def action_grade_source(self) -> None:
        """Grade the publisher or the source of the fact in sight, or the statement."""
        from briefing.tui.dialogs.grade_keys import Statement, ask_grade
        from briefing.tui.kept_grades import kept_grades

        entry, row, standings = self.list.member(), self.state.row, self.state.standings
        fact = entry.shown if entry is not None else None
        if entry is None or fact is None or row is None or row.id != entry.source_id:
            self.app.call_from_thread(self.app.notify, "Go to a fact first.", timeout=3)
            return
        start, end = form_of(fact).span(fact)
        group = standings.group_of(entry.source_id, fact) if standings else None
        words = sentence_without_text(fact).words
        statement = Statement(f"{row.id}:{start}-{end}", words, group.origins if group else 1)
        self.app.call_from_thread(ask_grade, self.app, kept_grades(self.screen, self.state), row, statement)
