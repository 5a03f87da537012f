"""Marking words of a text as a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from briefing.model.facts import Fact
    from briefing.model.source import Source
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.text_view import TextView


@dataclass(eq=False)
class FactMarked(Message):
    """The reader marked a fact in the text of a source."""

    source_id: str
    fact: Fact


class FactMarking:
    """Asks what the selected words of a text are, and posts :class:`FactMarked` from it."""

    def __init__(self, view: TextView, state: ReaderState) -> None:
        self._view = view
        self._state = state

    @property
    def screen(self) -> Screen[Any]:
        """The screen of the text."""
        return self._view.screen

    def ask(self) -> None:
        """Ask about the selection, or say how to make one."""
        state, selection = self._state, self._view.text_selection
        if selection is None or state.source is None or state.extraction is None:
            self._view.app.notify("Select the words of the fact first, with v or the mouse.", timeout=3)
            return
        self._read(state.source, self._view.selected_span(selection))

    @in_thread("draft", exclusive=True)
    def _read(self, source: Source, span: tuple[int, int]) -> None:
        """Read the words; the rules for numbers take a moment to load."""
        from briefing.tui.dialogs.fact_drafts import Marked, drafts

        found, mentions = self._state.extraction, self._state.mentions
        if found is not None and mentions is not None and found.source_id == source.id:
            made = drafts(Marked(source.text, *span, found, mentions))
            self.screen.call_later(self._ask, source, made)

    def _ask(self, source: Source, made: Sequence[Fact]) -> None:
        from briefing.tui.dialogs.add_fact import AddFactScreen

        def done(fact: Fact | None) -> None:
            if fact is not None:
                self.screen.clear_selection()
                self._view.post_message(FactMarked(source.id, fact))

        if made:
            self._view.app.push_screen(AddFactScreen(made, source.text), done)
        else:
            self._view.app.notify("Only white space is selected.", timeout=3)
