"""The help screen: keys, signs, the query language. Keys and their meanings come from the list of actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from briefing.tui.actions import ACTIONS, SCOPE_TITLES, bindings
from briefing.tui.agreement import MEANINGS, SIGNS
from briefing.tui.dialogs.base import Dialog
from briefing.tui.keymap import shown_keys
from briefing.tui.widgets.drawing import fold
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.widgets.row_list import Move

_LEFT: Final = 21
"""Cells of keys and signs, before what they mean."""
_MARKS: Final = (
    ("●", "a source not read yet"),
    ("○", "a source that was read"),
    ("✓", "a source that was reviewed"),
    ("◆", "a source that is pinned"),
    ("■", "a source that is marked: what is done next is for all of these"),
    ("↻ ∅", "a source whose file was replaced by a newer version, or deleted"),
    ("▾ ▸", "a group of sources or facts that is open, or folded"),
    ("=", "other sources carry the same text"),
    ("⚠", "a source to be careful with: the words say why"),
    ("▌", "in the margin: the evidence of the fact one is on"),
    ("•", "in the margin: a match of the search or the find"),
    ("▸", "in the margin: the current mention or match"),
    ("✔ ✘ ✎", "a fact accepted, rejected, corrected"),
    ("?", "a fact the rules are not sure of"),
    ("300+", "at least so many;  ≤ at most;  ~ about"),
)
_QUERIES: Final = (
    ("escort fighters", "both words"),
    ('"ballistic missile"', "the words one after the other"),
    ('"missile launch"~5', "within five words of each other"),
    ("F-2 OR F-15", "either"),
    ("bomber -nuclear", "the first without the second; NOT does the same"),
    ("strato*", "words that begin so"),
    ("anderson~1", "words that differ in one letter"),
    ("nation:Japan", "title speaker person org nation place quote publisher type;"),
    ("aircraft:B-52H", "ship vehicle weapon event"),
    ("tag:navy is:unread", "what you noted: read reviewed unreviewed pinned gone"),
    ("note:harbour", "words of your notes on sources and facts"),
    ("date:[2025-07 TO 2025-08]", "published then"),
)


_MOUSE: Final = (
    ("click", "a source, a hit, a fact, a tab, a switch of the legend, a key of the last line"),
    ("click", "an entity in the text: its card"),
    ("click", "the head of a group: folds or opens it; the frame of a pane: its menu"),
    ("right click", "a pane: its menu; a type in the legend: that type alone, or all again"),
    ("drag", "selects text; y copies it. A double click selects the paragraph"),
)


class Page(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Text to scroll."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("page")

    def _scroll(self, lines: float) -> None:
        self.scroll_relative(y=lines, animate=False)

    def action_move(self, how: Move) -> None:
        """Scroll."""
        if how in ("top", "bottom"):
            self.scroll_home(animate=False) if how == "top" else self.scroll_end(animate=False)
        else:
            name, _, way = how.rpartition("_")
            lines = {"": 1, "half": self.size.height // 2, "page": self.size.height}[name]
            self._scroll(lines if way == "down" else -lines)


class HelpScreen(Dialog[None]):
    """Shows all keys as they are now."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """One page, and a field that finds in it."""
        with Vertical(classes="box wide") as box:
            box.border_title = "Help"
            yield SafeInput(id="find-help", placeholder="find in the help")
            with Page(id="page"):
                yield Static(id="keys-and-signs")

    def on_mount(self) -> None:
        """One came to read."""
        self.set_focus(self.query_one(Page))

    def action_find_help(self) -> None:
        """Show only the lines that hold some words."""
        field = self.query_one(SafeInput)
        field.add_class("-shown")
        self.set_focus(field)

    @on(Input.Changed)
    def _found(self) -> None:
        self._write()

    @on(Input.Submitted)
    def _done(self) -> None:
        self.set_focus(self.query_one(Page))

    def on_resize(self) -> None:
        """Break the lines where they are to go on below each other."""
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        width = self.query_one(Page).scrollable_content_region.width
        self.query_one("#keys-and-signs", Static).update(self._page(width))

    def _page(self, width: int) -> Content:
        """All of it, or the lines that hold what is to be found, for so many cells."""
        words = self.query_one(SafeInput).value.casefold().split() if self.is_mounted else []
        parts: list[tuple[str, str] | str] = []
        for title, lines in self._sections():
            found = [one for one in lines if all(word in f"{title} {one[0]} {one[1]}".casefold() for word in words)]
            parts += _heading(title) if found else []
            for left, right in found:
                parts += _line(max(20, width - _LEFT), left, right)
        return Content.assemble(*parts[1:]) if parts else Content("Nothing in the help holds these words.")

    def _sections(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Headings, each with its lines: keys or a sign, and what it means."""
        for scope, title in SCOPE_TITLES.items():
            found = [one for one in ACTIONS if scope in one.scopes and ("rows" in one.scopes) == (scope == "rows")]
            yield title, [(shown_keys(action.id, self._keymap), action.help) for action in found]
        yield "With the mouse", list(_MOUSE)
        yield "Search", list(_QUERIES)
        yield "Facts and other sources", [(sign, MEANINGS[tone]) for tone, sign in SIGNS.items()]
        yield "Marks", list(_MARKS)


def _heading(title: str) -> list[tuple[str, str] | str]:
    return ["\n", (title, "bold $key"), "\n"]


def _line(room: int, left: str, right: str) -> list[tuple[str, str] | str]:
    """Keys or a sign, and in ``room`` cells beside it what it means; below it where it is long itself."""
    below = "\n" + " " * _LEFT
    lines = fold(right, room, 9)
    return [(f"  {left:<{_LEFT - 2}}", "bold"), below if len(left) > _LEFT - 3 else "", below.join(lines), "\n"]
