"""Passages of the source in sight: choose the one to copy, write it as a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.model.languages import language_name
from briefing.model.passage import locate, page_place
from briefing.tui.widgets.drawing import flat
from briefing.tui.wording import day, own

if TYPE_CHECKING:
    from briefing.model.safetext import SafeText
    from briefing.model.source import Source
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.text_view import TextView


def title_of(source: Source | None) -> SafeText:
    """Title, publisher and date of a source in one line; ``Text`` without one."""
    if source is None:
        return own("Text")
    language = "" if source.language in {None, "en"} else language_name(source.language or "")
    parts = [source.title.line() or source.path, source.publisher or "", day(source.published), language]
    return flat(own(" · ").join(part for part in parts if part))


def to_copy(view: TextView, state: ReaderState) -> tuple[int, int] | None:
    """The half-open span to copy: the selection, else the sentence of the current match, mention or evidence; or None.

    Args:
        view: The text view.
        state: The reader's state.
    """
    if view.text_selection is not None:
        return view.selected_span(view.text_selection)
    marks = view.marks
    place: int | None = None
    if marks.match is not None:
        place = marks.matches[marks.match][0]
    elif marks.mention is not None:
        place = marks.spans[marks.mention][0]
    elif len(marks.evidence):
        place = marks.evidence[0][0]
    if place is None:
        return None
    spans = state.extraction.sentences if state.extraction else ()
    within = (span for span in (*spans, *state.paragraphs) if span[0] <= place < span[1])
    return next(within, None)


def cited(words: SafeText, place: int, source: Source, state: ReaderState) -> SafeText:
    """Write a quotation with title, page, paragraph and sentence.

    Args:
        words: The quoted words.
        place: First character of the words in the text.
        source: The source.
        state: The reader's state, for sentences and paragraphs.
    """
    sentences = state.extraction.sentences if state.extraction else ()
    passage = locate(place, state.paragraphs, sentences)
    where = f"¶ {passage.paragraph}, sentence {passage.sentence}" if sentences else f"¶ {passage.paragraph}"
    page = page_place(place, source.pages, source.text)
    where = f"{page.line()}, {where}" if page else where
    return own("“") + words.line() + own(f"” — {title_of(source)}, {where}")
