"""The text of a source with its highlights. Only the lines in sight are drawn."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from briefing.tui.actions import bindings
from briefing.tui.text_layout.graphemes import displayed
from briefing.tui.text_layout.highlight_layers import Marks, Same, Spans
from briefing.tui.widgets.marked_text import MarkedText
from briefing.tui.widgets.text_paint import Painter
from briefing.tui.wording import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.model.facts import Mention
    from briefing.model.kinds import EntityType
    from briefing.model.mentions import Mentions
    from briefing.model.safetext import SafeText


class TextView(MarkedText, can_focus=True, inherit_bindings=False):
    """Shows one text: entities by type, a fact's evidence, what is searched for, what is selected."""

    BINDINGS = bindings("text")

    class MentionChanged(Message):
        """The current mention or match is another one, or none."""

    class MentionChosen(Message):
        """A mention was clicked."""

        def __init__(self, mention: Mention) -> None:
            self.mention = mention
            super().__init__()

    class MentionHovered(Message):
        """The pointer is over another mention, or over none."""

        def __init__(self, mention: Mention | None) -> None:
            self.mention = mention
            super().__init__()

    def __init__(self, measure: int = 84, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(measure, id=id)
        self._hovered: Mention | None = None
        self._painter = Painter(self)
        self._pressed: Offset | None = None

    # What is shown

    def show(self, text: SafeText, at: int = 0, parts: list[tuple[int, int]] | None = None) -> None:
        """Show another text without any mark.

        Args:
            text: The text.
            at: Character whose row is put on top.
            parts: Half-open spans of its paragraphs; None to find them.
        """
        self.marks = Marks(TYPES, self.marks.shown)
        if self.text_selection is not None:
            self.screen.clear_selection()
        self.set_text(text, at, parts)

    def set_mentions(self, mentions: Mentions) -> None:
        """Mark the entities of the text."""
        self.marks.set_mentions(mentions)
        self._changed()

    def set_shown(self, types: frozenset[EntityType]) -> None:
        """Mark only entities of these types."""
        self.marks.set_shown(types)
        self._changed()

    def set_evidence(self, spans: Iterable[tuple[int, int]]) -> None:
        """Mark the evidence of a fact."""
        self.marks.evidence = Spans(spans)
        self._changed()

    def set_matches(self, spans: Iterable[tuple[int, int]]) -> None:
        """Mark what a search or a find looks for; none is current."""
        self.marks.matches = Spans(spans)
        self.marks.match = None
        self._changed()

    def _changed(self) -> None:
        self.redraw()
        self.post_message(self.MentionChanged())

    def notify_style_update(self) -> None:
        """Colours have changed."""
        super().notify_style_update()
        self._painter.forget()
        self.redraw()

    def margin_of(self, pane: int) -> int:
        """Cells left of the text."""
        return self._painter.gutter(pane)

    @property
    def text_left(self) -> int:
        """Cells left of the text in the pane as it is."""
        pane = self.scrollable_content_region.width
        return self._painter.left(pane) + self._painter.gutter(pane)

    def row_strip(self, row: int, width: int) -> Strip:
        """A row with all its marks."""
        return self._painter.row(row, width)

    def action_numbers(self) -> None:
        """Show the numbers of the paragraphs in the margin, or hide them."""
        self.numbered = not self.numbered
        self.wrap_from(self.place)

    # Going from mark to mark

    def step_mention(self, step: int, same: Same = "any") -> Mention | None:
        """Make the next or previous mention current, around the ends of the text; returns it, None without mentions.

        Args:
            step: 1 for the next, -1 for the previous one.
            same: ``any``, or only mentions of the same ``type`` or ``entity`` as the current one.
        """
        marks = self.marks
        first, last = self.in_sight
        if len(marks.evidence) and first <= marks.evidence[0][0] < last:
            first, last = marks.evidence[0]
        number = marks.step(step, (first, last), same)
        if number is not None:
            marks.mention = number
            self.reveal(*marks.spans[number])
            self._changed()
        return marks.current()

    def step_match(self, step: int) -> tuple[int, int] | None:
        """Make the next match current, or the one before."""
        marks = self.marks
        if not len(marks.matches):
            return None
        if marks.match is None:
            start, _ = self.in_sight
            number = marks.matches.after(start - 1) if step > 0 else marks.matches.before(start)
        else:
            number = marks.match + step
        self.go_to_match(number % len(marks.matches))
        return marks.matches[number % len(marks.matches)]

    def go_to_match(self, number: int) -> None:
        """Make one match current and show it."""
        self.marks.match = number
        self.reveal(*self.marks.matches[number])
        self._changed()

    def return_to_mention(self, start: int) -> None:
        """Make the mention that begins there current, if there is one, without scrolling."""
        number = self.marks.mention_at(start)
        if number is not None and self.marks.spans[number][0] == start:
            self.marks.mention = number
            self._changed()

    def leave_mention(self) -> None:
        """No mention is current."""
        self.marks.mention = None
        self._changed()

    def first_selected(self) -> tuple[int, int]:
        """The span selected first by keys: what is marked and current, else the first word in sight."""
        marks = self.marks
        first, last = self.in_sight
        spans = []
        if marks.match is not None:
            spans.append(marks.matches[marks.match])
        if marks.mention is not None:
            spans.append(marks.spans[marks.mention])
        spans += [marks.evidence[number] for number in range(min(1, len(marks.evidence)))]
        seen = (span for span in spans if span[0] < span[1] and first <= span[0] < last)
        return next(seen, None) or super().first_selected()

    # The mouse

    def offset_at(self, event: events.MouseEvent) -> int | None:
        """The character under the pointer; None beside the text."""
        widget, place = self.screen.get_widget_and_offset_at(event.screen_x, event.screen_y)
        if widget is not self or place is None or event.screen_x < self.content_region.x + self.text_left:
            return None
        span = self.rows.span(place.y)
        if span is None or place.x >= len(displayed(self.text[slice(*span)]).rstrip()):
            return None
        return span[0] + place.x

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where, to tell a click from a drag."""
        self._pressed = event.screen_offset

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell when the pointer comes to another mention; not while it drags."""
        offset = None if event.button else self.offset_at(event)
        number = None if offset is None else self.marks.mention_at(offset)
        mention = None if number is None else self.marks.mentions[number]
        if mention != self._hovered:
            self._hovered = mention
            self.post_message(self.MentionHovered(mention))

    def on_click(self, event: events.Click) -> None:
        """Choose the mention under the pointer; twice selects its paragraph, for copying."""
        event.prevent_default()
        offset = self.offset_at(event)
        if offset is None or self._pressed != event.screen_offset:
            return
        if event.chain == 2:
            number = bisect_right(self.paragraphs, (offset, len(self.text))) - 1
            if number >= 0:
                self.select(*self.paragraphs[number])
            return
        number_ = self.marks.mention_at(offset)
        if number_ is not None:
            self.marks.mention = number_
            self._changed()
            self.post_message(self.MentionChosen(self.marks.mentions[number_]))
