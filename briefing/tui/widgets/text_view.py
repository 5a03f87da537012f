"""The text of a source: wrapped, marked, scrolled, selected. Only the lines in sight are ever drawn."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from textual import events, work
from textual.cache import LRUCache
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from briefing.model.passage import paragraphs
from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.layout import Layout, window
from briefing.tui.marks import Marks, Mentions, Spans
from briefing.tui.widgets.text_paint import Painter
from briefing.tui.wording import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.model.facts import EntityType, Mention

_AT_ONCE: Final = 100_000
"""Characters wrapped at once: a few milliseconds of narrow ones, some tens of wide ones. The rest in a thread."""
_MARGIN: Final = 2
"""Lines kept above and below a place that is jumped to."""


class TextView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one text. Offsets are characters of the text; its lines end at line feeds only."""

    ALLOW_SELECT = True
    BINDINGS = bindings("text")

    class MentionChanged(Message):
        """The current mention or match is another one, or none."""

    class MentionChosen(Message):
        """A mention was clicked."""

        def __init__(self, mention: Mention) -> None:
            self.mention = mention
            super().__init__()

    class Placed(Message):
        """Another part of the text is in sight: its first paragraph, of how many, and how far down it is."""

        def __init__(self, paragraph: int, paragraphs: int, percent: int) -> None:
            self.paragraph = paragraph
            self.paragraphs = paragraphs
            self.percent = percent
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the newest place matters."""
            return isinstance(message, TextView.Placed)

    class Wrapped(Message):
        """A long text's rows, from the thread that made them."""

        def __init__(self, text: SafeText, rows: Layout) -> None:
            self.text = text
            self.rows = rows
            super().__init__()

    def __init__(self, measure: int = 84, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.measure = measure
        self.text = SafeText()
        self.marks = Marks(TYPES)
        self.paragraphs: list[tuple[int, int]] = []
        self.rows = Layout("", 2)
        self._painter = Painter(self)
        self._strips: LRUCache[tuple[int, int], Strip] = LRUCache(512)
        self._anchor = 0
        self._pressed: Offset | None = None
        self._to_reveal: tuple[int, int | None] | None = None

    # What is shown

    def show(self, text: SafeText, at: int = 0) -> None:
        """Show another text without any mark, the row of character ``at`` on top."""
        self.text = text
        self.paragraphs = paragraphs(text)
        self.marks = Marks(TYPES, self.marks.shown)
        self._anchor = at
        self._to_reveal = None
        if self.text_selection is not None:
            self.screen.clear_selection()
        self._wrap_from(at)

    def set_mentions(self, mentions: Mentions) -> None:
        """Mark the entities of the text."""
        self.marks.set_mentions(mentions)
        self._changed()

    def set_shown(self, types: frozenset[EntityType]) -> None:
        """Mark only entities of these types."""
        self.marks.set_shown(types)
        self._changed()

    def set_evidence(self, spans: Iterable[tuple[int, int]]) -> None:
        """Mark where a fact was read."""
        self.marks.evidence = Spans(spans)
        self._changed()

    def set_matches(self, spans: Iterable[tuple[int, int]]) -> None:
        """Mark what a search or a find looks for; none is current."""
        self.marks.matches = Spans(spans)
        self.marks.match = None
        self._changed()

    def _changed(self) -> None:
        self._strips.clear()
        self.refresh()
        self.post_message(self.MentionChanged())

    def notify_style_update(self) -> None:
        """Colours have changed."""
        super().notify_style_update()
        self._painter.forget()
        self._strips.clear()

    # Rows

    def _wrap_from(self, at: int) -> None:
        """Wrap the text for the present width, at once what is in sight, and put character ``at`` on top."""
        pane = self.scrollable_content_region.width
        if pane <= 0:
            return
        width = max(10, min(self.measure, pane - self._painter.gutter(pane) - 1))
        if len(self.text) <= _AT_ONCE:
            self._take(Layout(self.text, width), at)
        else:
            self._wrap_window(at, width)
            self._wrap_all(self.text, width)

    def _wrap_window(self, at: int, width: int) -> None:
        """What is in sight, until the rest is there."""
        self._take(Layout(self.text, width, *window(self.text, at)), at)

    # Without a description Textual would make one with the repr of the text in it.
    @work(thread=True, exclusive=True, group="wrap", description="wrap")
    def _wrap_all(self, text: SafeText, width: int) -> None:
        self.post_message(self.Wrapped(text, Layout(text, width)))

    def on_text_view_wrapped(self, message: Wrapped) -> None:
        """The rest is there: the rows in sight stay where they are on the screen."""
        message.stop()
        if message.text is self.text and message.rows.width == self.rows.width:
            self._take(message.rows, self._anchor)

    def _take(self, rows: Layout, at: int) -> None:
        self.rows = rows
        self._strips.clear()
        self.virtual_size = Size(0, rows.total)
        self.scroll_to(y=rows.row_of(at) if at else 0, animate=False, force=True)
        self._anchor = at
        self._tell_position()
        self.refresh()

    def on_resize(self) -> None:
        """Wrap anew; the first character in sight stays in sight."""
        self._wrap_from(self._anchor)
        self.on_show()

    def on_show(self) -> None:
        """Do what had to wait until the pane is in sight."""
        if self._to_reveal is not None:
            self.reveal(*self._to_reveal)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place."""
        super().watch_scroll_y(old_value, new_value)
        span = self.rows.span(round(new_value))
        if span is not None:
            self._anchor = span[0]
        elif not self.rows.complete:
            self._anchor = int(len(self.text) * new_value / max(1, self.rows.total))
            self._wrap_window(self._anchor, self.rows.width)
        self._tell_position()

    def _tell_position(self) -> None:
        number = max(1, bisect_right(self.paragraphs, (self._anchor, len(self.text))))
        percent = round(100 * self.scroll_y / self.max_scroll_y) if self.max_scroll_y else 100
        self.post_message(self.Placed(number, len(self.paragraphs), percent))

    @property
    def place(self) -> int:
        """The first character in sight."""
        return self._anchor

    @property
    def in_sight(self) -> tuple[int, int]:
        """The characters in sight."""
        top = self.scroll_offset.y
        last = self.rows.span(min(top + self.size.height, self.rows.first + len(self.rows.ends) - 1) - 1)
        return self._anchor, last[1] if last else len(self.text)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        key = (y + self.scroll_offset.y, width)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._painter.row(key[0], width)
        return strip

    # Going about

    def reveal(self, start: int, end: int | None = None) -> None:
        """Scroll so that these characters are in sight, a third down the pane unless they are in sight already.

        In a pane that is out of sight this is done once it comes into sight.
        """
        if not self.is_on_screen:
            self._to_reveal = start, end
            return
        self._to_reveal = None
        if not self.rows.covers(start):
            self._wrap_window(start, self.rows.width)
        top = self.scroll_offset.y
        height = self.scrollable_content_region.height
        first, last = self.rows.row_of(start), self.rows.row_of(max(start, (end or start) - 1))
        low = top + (_MARGIN if top > 0 else 0)
        if first < low or min(last, first + height // 2) > top + height - 1 - _MARGIN:
            self.scroll_to(y=max(0, first - height // 3), animate=False, force=True)

    def step_mention(self, step: int, same: bool = False) -> Mention | None:
        """Make the next mention (``step`` 1) or the one before (-1) current; from the end on to the beginning."""
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

    def leave_mention(self) -> None:
        """No mention is current."""
        self.marks.mention = None
        self._changed()

    def _scroll_lines(self, lines: float) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def action_down(self) -> None:
        """One line down."""
        self._scroll_lines(1)

    def action_up(self) -> None:
        """One line up."""
        self._scroll_lines(-1)

    def action_half_down(self) -> None:
        """Half a page down."""
        self._scroll_lines(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """Half a page up."""
        self._scroll_lines(-max(1, self.size.height // 2))

    def action_page_down(self) -> None:
        """A page down, one line of it kept."""
        self._scroll_lines(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """A page up, one line of it kept."""
        self._scroll_lines(-max(1, self.size.height - 1))

    def action_top(self) -> None:
        """To the beginning."""
        self.scroll_to(y=0, animate=False, force=True)

    def action_bottom(self) -> None:
        """To the end."""
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def action_next_paragraph(self) -> None:
        """The next paragraph on top."""
        number = bisect_right(self.paragraphs, (self._anchor, len(self.text)))
        if number < len(self.paragraphs):
            self._to_top(self.paragraphs[number][0])

    def action_previous_paragraph(self) -> None:
        """The paragraph before on top."""
        starts = [start for start, _ in self.paragraphs if start < self._anchor]
        self._to_top(starts[-1] if starts else 0)

    def _to_top(self, offset: int) -> None:
        if not self.rows.covers(offset):
            self._wrap_window(offset, self.rows.width)
        self.scroll_to(y=self.rows.row_of(offset), animate=False, force=True)

    # Selecting

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected characters, and what ends them."""
        start, end = self.selected_span(selection)
        return self.text[start:end], "\n"

    def selected_span(self, selection: Selection) -> tuple[int, int]:
        """Where the selected characters stand."""
        start = 0 if selection.start is None else self._offset_of(selection.start)
        end = len(self.text) if selection.end is None else self._offset_of(selection.end)
        return start, max(start, end)

    def _offset_of(self, place: Offset) -> int:
        """The character at a place of the content: x counts characters of row y."""
        span = self.rows.span(place.y)
        return len(self.text) if span is None else min(span[0] + place.x, span[1])

    def selection_updated(self, selection: Selection | None) -> None:
        """Other characters are selected."""
        del selection
        self._strips.clear()
        self.refresh()

    def select(self, start: int, end: int) -> None:
        """Select these characters."""
        ends = []
        for offset in (start, end):
            row = self.rows.row_of(offset)
            span = self.rows.span(row)
            ends.append(Offset(offset - (span[0] if span else offset), row))
        self.screen.selections = {self: Selection(ends[0], ends[1])}

    def offset_at(self, event: events.MouseEvent) -> int | None:
        """The character under the pointer; None beside the text."""
        widget, place = self.screen.get_widget_and_offset_at(event.screen_x, event.screen_y)
        if widget is not self or place is None:
            return None
        return self._offset_of(place)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where, to tell a click from a drag."""
        self._pressed = event.screen_offset

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
