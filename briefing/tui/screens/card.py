"""The card of an entity: what it is, how it is called, how often and where it stands."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.ink import inks
from briefing.tui.screens.dialog import Dialog
from briefing.tui.widgets.drawing import flat, line, marked
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import TYPE_TITLES, own, plural

if TYPE_CHECKING:
    from briefing.model.listing import EntityCard, Occurrence


class Choice(NamedTuple):
    """An occurrence to go to."""

    source_id: str
    start: int
    end: int


class Occurrences(RowList, inherit_bindings=False):
    """Where the entity stands, source by source."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("rows"),
        Binding("enter", "screen.choose", "Go there", show=False),
    ]

    def __init__(self, card: EntityCard, first: str | None) -> None:
        super().__init__(id="occurrences")
        ordered = sorted(card.occurrences, key=lambda one: (one.source_id != first,))
        self._rows: list[Occurrence | SafeText] = []
        for _, group in groupby(ordered, key=lambda one: one.source_id):
            ones = list(group)
            self._rows += [ones[0].title.line() + own(f"  {len(ones)}×"), *ones]
        self._names = sorted({card.name, *(way.text for way in card.ways)}, key=len, reverse=True)

    def on_mount(self) -> None:
        """Show them."""
        self.set_rows(range(len(self._rows) + 1), 0)

    def selectable(self, index: int) -> bool:
        """Titles of sources are headings."""
        return not isinstance(self._rows[index], SafeText)

    def choice(self) -> Choice | None:
        """The occurrence under the cursor."""
        row = self._rows[self.cursor] if self._rows else None
        return None if row is None or isinstance(row, SafeText) else Choice(row.source_id, row.start, row.end)

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """The words around the occurrence, or the title of its source."""
        row = self._rows[index]
        if isinstance(row, SafeText):
            return [line([(row, inks(self)["heading"])], width, base)]
        text = flat(row.snippet)
        at = next((text.find(name) for name in self._names if name in text), -1)
        length = next((len(name) for name in self._names if name in text), 0)
        column = max(0, (width - length) // 2 - 4)
        left = max(0, at - column) if at >= 0 else 0
        spans = [(at - left, at - left + length)] if at >= 0 else []
        mark = inks(self)["match"]
        pieces = marked(SafeText(text[left:]), spans, Style.null(), mark)
        before = own("  …" if left else " " * (3 + max(0, column - at)))
        return [line([(before, Style.null()), *pieces], width, base)]


class CardScreen(Dialog[Choice]):
    """Answers with the occurrence to go to."""

    def __init__(self, card: EntityCard, source_id: str | None) -> None:
        super().__init__()
        self._card = card
        self._source_id = source_id

    def compose(self) -> ComposeResult:
        """What is known, then where it stands."""
        card = self._card
        with Vertical(classes="box wide") as box:
            box.border_title = Content(own(f"{TYPE_TITLES[card.type]} · ") + card.name.line())
            box.border_subtitle = "Enter goes there · Esc"
            yield Static(self._about(), classes="said")
            yield Occurrences(card, self._source_id)

    def on_mount(self) -> None:
        """The list is what one came for."""
        self.set_focus(self.query_one(Occurrences))

    def _about(self) -> Content:
        card = self._card
        lines = [own(f"{plural(card.mentions, 'mention')} in {plural(card.sources, 'source')}")]
        if ways := [way.text.line() for way in card.ways if way.text != card.name]:
            lines.append(own("also  ") + own(", ").join(ways[:12]))
        lines += [label.line() + own("  ") + value.line() for label, value in card.about]
        if card.company:
            lines.append(own("with  ") + own(", ").join(one.name.line() for one in card.company[:10]))
        return Content("\n".join(lines))

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Go to the occurrence under the cursor."""
        choice = self.query_one(Occurrences).choice()
        if choice is not None:
            self.dismiss(choice)
