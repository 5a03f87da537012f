"""The first frame: the frames of the main screen, drawn before the modules of the main screen are loaded.

Loading those takes several times as long as drawing this. Keys that are typed meanwhile wait for the main screen, which
takes this one's place and begins with the same cells: its style sheet says how wide the panes are, and so does this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment
from textual.screen import Screen
from textual.strip import Strip

from briefing.tui.theming.styles import inks

if TYPE_CHECKING:
    from rich.style import Style

SEARCH_HINT: Final = "Search all sources"
TABS: Final = ("1 Sources", "2 Text", "3 Facts")
_BELOW: Final = 3
"""Lines below the panes: legend, status, keys."""


class Pane(NamedTuple):
    """A pane in sight: its title, its cells, what stands in the lower line of its frame."""

    title: str
    width: int
    below: str = ""


def panes(width: int) -> tuple[Pane, ...]:
    """The panes in sight on a screen so wide, from left to right; the first has the focus."""
    if width < 100:
        return (Pane("Sources", width),)
    if width < 128:
        left, right = 26, 30
    elif width < 164:
        left, right = 31, 35
    else:
        left, right = (min(max(width * 24 // 100, least), 56) for least in (40, 44))
    return Pane("Sources", left), Pane("Text", width - left - right), Pane("Facts", right, " this source ")


class FirstFrame(Screen[None], inherit_bindings=False):
    """Search bar and empty panes, without widgets: each would delay the frame by some milliseconds."""

    DEFAULT_CSS = """
    FirstFrame { background: $background; color: $foreground; }
    FirstFrame > .first--frame { color: $frame; background: $background; }
    FirstFrame > .first--focused { color: $frame-focus; background: $background; }
    FirstFrame > .first--title { color: $frame-focus; background: $background; text-style: bold; }
    FirstFrame > .first--hint { color: $muted; background: $background; }
    """
    COMPONENT_CLASSES = {"first--frame", "first--focused", "first--title", "first--hint"}  # noqa: RUF012
    AUTO_FOCUS = ""
    BLANK = False

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, height = self.size
        short = height < 32
        above = 1 if short else 3
        tabs = above + 1 if width < 100 else above
        if y < above:
            return self._search(y if not short else 1, width, framed=not short)
        if y < tabs:
            return self._tabs()
        if y >= height - _BELOW:
            return self._filled([])
        return self._panes(y - tabs, height - _BELOW - tabs)

    def _ink(self, name: str) -> Style:
        return self.get_component_rich_style(f"first--{name}")

    def _filled(self, segments: list[Segment]) -> Strip:
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _tabs(self) -> Strip:
        """The tabs of a narrow screen; how many sources there are is not known yet."""
        first, *others = (f" {title} " for title in TABS)
        style = self.rich_style
        return self._filled([Segment(first, style + inks(self)["tab"]), *(Segment(each, style) for each in others)])

    def _search(self, y: int, width: int, *, framed: bool) -> Strip:
        """A line of the search bar; without a frame it has the one in the middle only."""
        frame = self._ink("frame")
        if y != 1:
            return Strip([Segment(("╭", "", "╰")[y] + "─" * (width - 2) + ("╮", "", "╯")[y], frame)])
        edge = Segment("│ " if framed else " ", frame)
        slash = self.rich_style + inks(self)["heading"]
        words = [Segment("/", slash), Segment(f" {SEARCH_HINT}", self._ink("hint"))]
        room = Strip([edge, *words]).adjust_cell_length(width - len(edge.text), self.rich_style)
        return Strip([*room, Segment(edge.text[::-1], frame)])

    def _panes(self, y: int, height: int) -> Strip:
        """A line through the panes."""
        segments = []
        for number, pane in enumerate(panes(self.size.width)):
            ink = self._ink("focused" if number == 0 else "frame")
            room = pane.width - 2
            if y == 0:
                title = self._ink("title") if number == 0 else self.rich_style
                segments += [Segment("╭─", ink), Segment(f" {pane.title} ", title)]
                segments.append(Segment("─" * (room - len(pane.title) - 3) + "╮", ink))
            elif y == height - 1:
                line = "─" * (room - len(pane.below) - 1)
                segments += [Segment(f"╰{line}", ink), Segment(pane.below, self._ink("hint")), Segment("─╯", ink)]
            else:
                segments += [Segment("│", ink), Segment(" " * room, self.rich_style), Segment("│", ink)]
        return Strip(segments)
