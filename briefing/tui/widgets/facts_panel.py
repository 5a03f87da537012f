"""Counts, participants and quotes, one under the other, with what the reader and other sources say of each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.ink import inks
from briefing.tui.widgets.drawing import Piece, fold, line
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import NOTHING, amount, number, own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model.facts import Count, Fact, Participant, Quote
    from briefing.model.review import Review, ReviewState
    from briefing.tui.agreement import Standing, Tone
    from briefing.tui.ink import Ink

Kind = Literal["count", "participant", "quote"]
KINDS: Final[tuple[Kind, ...]] = ("count", "participant", "quote")
KIND_TITLES: Final[dict[Kind, tuple[str, str]]] = {
    "count": ("Counts", "Counts"),
    "participant": ("Participants", "Who"),
    "quote": ("Quotes", "Quotes"),
}
"""What the tabs say, and where that is too long."""
_QUOTE_LINES: Final = 4

REVIEW_SIGNS: Final[dict[ReviewState, str]] = {"unreviewed": " ", "accepted": "+", "rejected": "×", "edited": "*"}
_STATE_INKS: Final[dict[ReviewState, Ink]] = {
    "unreviewed": "plain",
    "accepted": "good",
    "rejected": "bad",
    "edited": "warn",
}
_TONE_INKS: Final[dict[Tone, Ink]] = {
    "agree": "good",
    "copied": "muted",
    "differ": "bad",
    "less": "warn",
    "altered": "bad",
    "silent": "muted",
}


@dataclass(frozen=True)
class Entry:
    """A row: a fact of a source, or, where ``fact`` is None, a heading."""

    source_id: str
    fact: Fact | None
    heading: SafeText = NOTHING
    review: Review | None = None
    standing: Standing | None = None

    @property
    def state(self) -> ReviewState:
        """What the reader thinks of it."""
        return self.review.state if self.review else "unreviewed"


class FactList(RowList, inherit_bindings=False):
    """Facts of one kind."""

    BINDINGS = bindings("facts")
    CLICK_CHOOSES = False

    class KindStep(Message):
        """The kind of fact ``step`` to the right is wanted."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.entries: Sequence[Entry] = ()
        self._width = 0

    def show(self, entries: Sequence[Entry], keep: bool = False) -> None:
        """Show other facts; with ``keep`` they are the same ones with other verdicts."""
        self.entries = entries
        self._measure(None if keep else 0)

    def _measure(self, cursor: int | None) -> None:
        self._width = self.scrollable_content_region.width
        heights = [self._height(entry, self._width) for entry in self.entries]
        self.set_rows([0, *accumulate(heights)], cursor)

    def on_resize(self) -> None:
        """Quotes take more or fewer lines."""
        if self.scrollable_content_region.width != self._width:
            self._measure(None)

    def selectable(self, index: int) -> bool:
        """Headings cannot be chosen."""
        return self.entries[index].fact is not None

    def current(self) -> Entry | None:
        """The fact under the cursor."""
        entry = self.entries[self.cursor] if self.cursor < len(self.entries) else None
        return entry if entry and entry.fact is not None else None

    def action_next_kind(self) -> None:
        """The next kind of fact."""
        self.post_message(self.KindStep(1))

    def action_previous_kind(self) -> None:
        """The kind before."""
        self.post_message(self.KindStep(-1))

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """The lines of a fact."""
        return self._draw(self.entries[index], width, base)

    @staticmethod
    def _height(entry: Entry, width: int) -> int:
        if entry.fact is None:
            return 1
        quote = entry.fact.key.startswith("quote:")
        lines = len(_words(entry.fact, width)) + 1 if quote else 1  # type: ignore[arg-type]
        return lines + 1 + (entry.standing is not None)

    def _draw(self, entry: Entry, width: int, base: Style) -> list[Strip]:
        fact = entry.fact
        if fact is None:
            return [line([(entry.heading, inks(self)["heading"])], width, base)]
        gone = Style(strike=True) if entry.state == "rejected" else Style.null()
        sign = own(REVIEW_SIGNS[entry.state] + " ")
        gutter = sign, inks(self)[_STATE_INKS[entry.state]]
        kind, _, _ = fact.key.partition(":")
        if kind == "count":
            rows = self._count(entry, gone)
        elif kind == "participant":
            rows = self._participant(entry, gone)
        else:
            rows = self._quote(entry, gone, width)
        if entry.standing:
            indent = own("     " if kind == "count" else "")
            rows.append([(indent, Style.null()), (entry.standing.text, inks(self)[_TONE_INKS[entry.standing.tone]])])
        if kind == "quote":
            rows.append([])
        indent = own("  ")
        return [line([gutter if not i else (indent, Style.null()), *row], width, base) for i, row in enumerate(rows)]

    def _remarks(self, entry: Entry, first: SafeText) -> list[Piece]:
        """A quiet line under a fact: what more is known, how sure, and the reader's verdict."""
        pieces: list[Piece] = [(first, inks(self)["muted"])] if first else []
        assert entry.fact is not None
        if entry.fact.confidence != "high":
            gap = own(" · " if pieces else "")
            pieces.append((gap + f"? {entry.fact.confidence}", inks(self)["warn"]))
        if entry.state != "unreviewed":
            pieces.append((own((" · " if pieces else "") + entry.state), inks(self)[_STATE_INKS[entry.state]]))
        return pieces

    def _count(self, entry: Entry, gone: Style) -> list[list[Piece]]:
        fact: Count = entry.fact  # type: ignore[assignment]
        edited = (entry.review and entry.review.edited) or {}
        item = SafeText(str(edited.get("item") or fact.item))
        operator = edited.get("operator", fact.operator)
        how_many = own(str(amount(_corrected(fact, edited))).rjust(3) + "  ")
        main = inks(self)["title"] + gone
        remarks = self._remarks(entry, SafeText(str(operator or fact.category)).line())
        return [[(how_many, main), (item.line(), main)], [(own("     "), Style.null()), *remarks]]

    def _participant(self, entry: Entry, gone: Style) -> list[list[Piece]]:
        fact: Participant = entry.fact  # type: ignore[assignment]
        edited = (entry.review and entry.review.edited) or {}
        name = SafeText(str(edited.get("name") or fact.name)).line()
        about = [edited.get("role", fact.role), edited.get("affiliation", fact.affiliation)]
        said = own(" · ").join(SafeText(str(part)).line() for part in about if part) or own(fact.kind)
        times = [(own(f"  {number(len(fact.mentions))}×"), inks(self)["muted"])]
        main = inks(self)["title"] if fact.core else Style.null()
        return [[(name, main + gone), *times], self._remarks(entry, said)]

    def _quote(self, entry: Entry, gone: Style, width: int) -> list[list[Piece]]:
        fact: Quote = entry.fact  # type: ignore[assignment]
        edited = (entry.review and entry.review.edited) or {}
        rows: list[list[Piece]] = [[(part, gone)] for part in _words(fact, width)]
        speaker = edited.get("speaker", fact.speaker)
        said = own("— ") + (SafeText(str(speaker)).line() if speaker else own("nobody named"))
        return [*rows, self._remarks(entry, said)]


def _words(fact: Quote, width: int) -> list[SafeText]:
    """The lines of a quote, beside the gutter."""
    return fold(own("“") + fact.text.line() + own("”"), max(4, width - 2), _QUOTE_LINES)


def _corrected(fact: Count, edited: dict[str, str | int | bool | None]) -> Count:
    """The count with the reader's figures in it."""
    figures: dict[str, object] = {name: edited[name] for name in ("low", "high", "approx") if name in edited}
    return fact.model_copy(update=figures) if figures else fact
