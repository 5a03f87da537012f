"""Passages of the source in sight: choose the one to copy, write it as a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.model.languages import language_name
from briefing.model.passage import locate, page_place
from briefing.tui.app_protocol import reader
from briefing.tui.widgets.drawing import flat
from briefing.tui.wording import day, own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model.safetext import SafeText
    from briefing.model.source import Source
    from briefing.tui.main_screen.text_pane import TextPane
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.text_view import TextView


def title_of(source: Source | None) -> SafeText:
    """Title, publisher and date of a source in one line; ``Text`` without one."""
    if source is None:
        return own("Text")
    language = "" if source.language in {None, "en"} else language_name(source.language or "")
    parts = [source.title.line() or source.path, source.publisher or "", day(source.published), language]
    return flat(own(" · ").join(part for part in parts if part))


def copy_marked(pane: TextPane, *, with_source: bool) -> None:
    """Copy the selection, or the sentence of what is marked, or say how to mark something.

    Args:
        pane: The pane with the source.
        with_source: Whether what is copied says where it stands.
    """
    span, source = to_copy(pane.view, pane.state), pane.state.source
    if span is None or source is None:
        pane.app.notify("Select something with v or the mouse, or go to a mention with n.", timeout=3)
        return
    words = source.text[span[0] : span[1]].strip()
    if with_source:
        found = pane.state.extraction
        words = cited(words, span[0], source, pane.state.paragraphs, found.sentences if found else ())
    reader(pane).copy(words)
    pane.app.notify(f"Copied {plural(len(words), 'character')}.", timeout=2)


def to_copy(view: TextView, state: ReaderState) -> tuple[int, int] | None:
    """The half-open span to copy: the selection, else the sentence of the current match, mention or evidence; or None.

    Args:
        view: The text view.
        state: The reader's state.
    """
    marked = marked_span(view)
    if marked is None or view.text_selection is not None:
        return marked
    place = marked[0]
    spans = state.extraction.sentences if state.extraction else ()
    within = (span for span in (*spans, *state.paragraphs) if span[0] <= place < span[1])
    return next(within, None)


def marked_span(view: TextView) -> tuple[int, int] | None:
    """The half-open span of the selection, else of the current match, mention or evidence; None where nothing is.

    Args:
        view: The text view.
    """
    if view.text_selection is not None:
        return view.selected_span(view.text_selection)
    marks = view.marks
    if (span := marks.current_span()) is not None:
        return span
    return marks.evidence[0] if len(marks.evidence) else None


def cited(
    words: SafeText,
    place: int,
    source: Source,
    paragraphs: Sequence[tuple[int, int]],
    sentences: Sequence[tuple[int, int]],
) -> SafeText:
    """Write a quotation with title, page, paragraph and sentence.

    Args:
        words: The quoted words.
        place: First character of the words in the text.
        source: The source.
        paragraphs: Spans of its paragraphs.
        sentences: Spans of its sentences; none where these are not known.
    """
    passage = locate(place, paragraphs, sentences)
    where = f"¶ {passage.paragraph}, sentence {passage.sentence}" if sentences else f"¶ {passage.paragraph}"
    page = page_place(place, source.pages, source.text)
    where = f"{page.line()}, {where}" if page else where
    return own("“") + words.line() + own(f"” — {title_of(source)}, {where}")
