"""The rows of an entity's card: mentions, facts, company, ways of writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import Piece, flat, line, marked
from briefing.tui.widgets.parted_list import PartedList
from briefing.tui.wording import TYPE_TITLES, amount, own, plural

if TYPE_CHECKING:
    from briefing.model.entity_card import Company, EntityCard, EntityFact, Occurrence, Way
    from briefing.model.facts import Count, Fact, Participant, Quote
    from briefing.tui.places import CardPart

    Row = Occurrence | EntityFact | Company | Way | SafeText

_MARGIN: Final = 3


class CardList(PartedList, inherit_bindings=False):
    """The rows of a card, one part at a time."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("card")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.part: CardPart = "places"
        self._rows: list[Row] = []

    def show(self, card: EntityCard, part: CardPart, first: str | None, cursor: int = 0) -> None:
        """Show a part of a card.

        Args:
            card: The card.
            part: The part.
            first: Id of the source whose rows come first; None for none.
            cursor: Row of the cursor.
        """
        self.part = part
        rows: dict[CardPart, list[Row]] = {
            "places": list(_by_source(card.occurrences, first)),
            "facts": list(_by_source(card.facts, first)),
            "company": list(card.company),
            "ways": list(card.ways),
        }
        self._rows = rows[part]
        self.empty = _EMPTY[part]
        self.set_rows(range(len(self._rows) + 1), cursor)

    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def selectable(self, index: int) -> bool:
        """Titles of sources are headings."""
        return not isinstance(self._rows[index], SafeText)

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """One line."""
        row: object = self._rows[index]
        if isinstance(row, SafeText):
            return [line([(row, inks(self)["heading"])], width, base)]
        kind = type(row).__name__  # the model is not imported: it is slow to start
        if kind == "Occurrence":
            return [self._occurrence(row, width, base)]  # type: ignore[arg-type]
        if kind == "EntityFact":
            return [self._fact(row, width, base)]  # type: ignore[arg-type]
        if kind == "Company":
            return [self._company(row, width, base)]  # type: ignore[arg-type]
        return [self._way(row, width, base)]  # type: ignore[arg-type]

    def _occurrence(self, row: Occurrence, width: int, base: Style) -> Strip:
        """The words around it, the name in the middle."""
        length = row.end - row.start
        column = max(0, (width - length) // 2 - _MARGIN - 1)
        left = max(0, row.at - column)
        span = row.at - left, row.at - left + length
        pieces = marked(flat(row.snippet[left:]), [span], Style.null(), inks(self)["match"])
        before = own("  …" if left else " " * (_MARGIN + max(0, column - row.at)))
        return line([(before, Style.null()), *pieces], width, base)

    def _fact(self, row: EntityFact, width: int, base: Style) -> Strip:
        said, note = _said(row.fact, row.named_as)
        return line([(own("   "), base), (said, Style.null())], width, base, [(note, inks(self)["muted"])])

    def _company(self, row: Company, width: int, base: Style) -> Strip:
        style = inks(self).entity(row.type)
        pieces: list[Piece] = [(own("   "), base), (row.name.line(), style)]
        note = own(f"{TYPE_TITLES[row.type]}  ") + plural(row.sources, "source")
        return line(pieces, width, base, [(note, inks(self)["muted"])])

    def _way(self, row: Way, width: int, base: Style) -> Strip:
        note = plural(row.mentions, "mention")
        return line([(own("   "), base), (row.text.line(), Style.null())], width, base, [(note, inks(self)["muted"])])


_EMPTY: Final[dict[CardPart, SafeText]] = {
    "places": own("No source mentions it."),
    "facts": own("No fact names it."),
    "company": own("No other entity appears beside it."),
    "ways": own("No source mentions it."),
}


def _by_source(rows: Iterable[Occurrence | EntityFact], first: str | None) -> Iterator[Row]:
    """The rows under the titles of their sources."""
    ordered = sorted(rows, key=lambda one: one.source_id != first)
    for _, group in groupby(ordered, key=lambda one: one.source_id):
        ones = list(group)
        yield ones[0].title.line() + own(f"  {len(ones)}×")
        yield from ones


def _said(fact: Fact, named_as: str) -> tuple[SafeText, SafeText]:
    """A fact in a line, and a word beside it."""
    if named_as == "speaker":
        quote: Quote = fact  # type: ignore[assignment]
        return own("“") + quote.text.line() + own("”"), own("said")
    if named_as == "participant":
        one: Participant = fact  # type: ignore[assignment]
        parts = [part.line() for part in (one.role, one.affiliation) if part]
        return own(", ").join(parts) or one.name.line(), own("takes part" if one.core else "mentioned")
    count: Count = fact  # type: ignore[assignment]
    note = own("") if named_as == "operator" or not count.operator else count.operator.line()
    return amount(count) + own(" ") + count.item.line(), note
