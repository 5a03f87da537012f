"""Copy a claim of the facts panel: its words, or the claim with each of its statements and where that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.model.fact_forms import form_of
from briefing.model.passage import paragraphs
from briefing.model.safetext import SafeText
from briefing.tui.app_protocol import reader
from briefing.tui.main_screen.passages import cited
from briefing.tui.threads import in_thread
from briefing.tui.widgets.fact_drawing import in_words
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from textual.screen import Screen
    from textual.widget import Widget

    from briefing.library import Library
    from briefing.tui.fact_rows import Entry
    from briefing.tui.state import ReaderState


class FactCopying:
    """Copies facts, of whatever sources they are."""

    def __init__(self, pane: Widget, state: ReaderState) -> None:
        self._pane = pane
        self._state = state

    @property
    def screen(self) -> Screen[Any]:
        """The screen of the pane."""
        return self._pane.screen

    @in_thread("copy")
    def words(self, fact: Entry) -> None:
        """Copy the words that a fact was read from."""
        library = self._state.library
        spans = _spans(fact)
        if library is not None and spans:
            text = library.source(fact.source_id).text
            self._copy(SafeText(text[slice(*spans[0])]))

    @in_thread("copy")
    def cited(self, claim: Entry) -> None:
        """Copy a claim, and each of its statements with source, paragraph and sentence."""
        library = self._state.library
        if library is not None:
            self._copy(citation(claim, library))

    def _copy(self, words: SafeText) -> None:
        app = self._pane.app
        app.call_from_thread(reader(self._pane).copy, words)
        said = f"Copied “{words.line()[:40]}”" if len(words) <= 40 else f"Copied {plural(len(words), 'character')}"
        app.call_from_thread(app.notify, said + ".", timeout=2, markup=False)


def citation(claim: Entry, library: Library) -> SafeText:
    """A claim in a line, and below it each statement with where it stands.

    Args:
        claim: The claim.
        library: The library, for the texts.
    """
    lines: list[SafeText] = [in_words(claim)]
    for fact in claim.facts:
        spans: Sequence[tuple[int, int]] = _spans(fact)
        if not spans:
            continue
        source = library.source(fact.source_id)
        sentences = library.extraction(fact.source_id).sentences
        words = SafeText(source.text[slice(*spans[0])])
        lines.append(cited(words, spans[0][0], source, paragraphs(source.text), sentences))
    return own("\n").join(lines)


def _spans(fact: Entry) -> Sequence[tuple[int, int]]:
    shown = fact.shown
    return form_of(shown).spans(shown) if shown is not None else ()
