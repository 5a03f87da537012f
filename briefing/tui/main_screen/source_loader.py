"""Load a source in a thread: its text first, its facts once the text is on the screen."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from textual.message import Message
from textual.worker import get_current_worker

from briefing.model.passage import paragraphs
from briefing.tui.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.screen import Screen
    from textual.widget import Widget

    from briefing.model.facts import Extraction
    from briefing.model.listing import SourceRow
    from briefing.model.mentions import Mentions
    from briefing.model.review import Review
    from briefing.model.safetext import SafeText
    from briefing.model.source import Source
    from briefing.tui.places import Target
    from briefing.tui.state import ReaderState

_FIRST_FRAME: Final = 0.25
"""Seconds after which the mentions of a source are read even if its text is not on the screen yet."""


@dataclass(eq=False)
class SourceLoaded(Message):
    """The text of a source is loaded. Its facts follow once ``shown`` is set, or after a moment.

    ``place`` is the character where the reader left it, ``matches`` are spans of what is searched for.
    """

    target: Target
    source: Source
    row: SourceRow
    place: int
    matches: Sequence[tuple[int, int]]
    paragraphs: list[tuple[int, int]]
    shown: threading.Event = field(default_factory=threading.Event)


@dataclass(eq=False)
class FactsLoaded(Message):
    """The extraction of a source, and the verdicts on it, are loaded."""

    extraction: Extraction
    mentions: Mentions
    reviews: Mapping[str, Review]


@dataclass(eq=False)
class Hinted(Message):
    """The lexicons' facts of the entity under the pointer are loaded."""

    words: SafeText


class SourceLoader:
    """Posts :class:`SourceLoaded` and then :class:`FactsLoaded` to a widget."""

    def __init__(self, widget: Widget, state: ReaderState) -> None:
        self._widget = widget
        self._state = state

    @property
    def screen(self) -> Screen[Any]:
        """The widget's."""
        return self._widget.screen

    @in_thread("open", exclusive=True)
    def load(self, target: Target) -> None:
        """Load the source of a target; what is still being loaded is not wanted any more."""
        library = self._state.library
        if library is None:
            return
        source = library.source(target.source_id)
        matches = library.matches(target.query, target.source_id, typing=True) if target.query else []
        row = library.row(target.source_id)
        place = library.position(target.source_id)
        if get_current_worker().is_cancelled:
            return
        loaded = SourceLoaded(target, source, row, place, matches, paragraphs(source.text))
        self._widget.post_message(loaded)
        loaded.shown.wait(_FIRST_FRAME)  # reading ten thousand mentions would keep the text from being drawn
        here = self._state.source
        if here is None or here.id != target.source_id or self._state.extraction is None:
            found, mentions = library.marked(target.source_id, source.text)
            if not get_current_worker().is_cancelled:
                self._widget.post_message(FactsLoaded(found, mentions, library.reviews(target.source_id)))
