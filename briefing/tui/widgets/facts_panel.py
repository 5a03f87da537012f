"""Counts, participants and quotes, one under the other, with what the reader and other sources say of each."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.review_desk import SIGNS
from briefing.tui.theming.styles import TONE_INKS, inks
from briefing.tui.widgets.drawing import Piece, fold, line
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import amount, number, own

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.model.facts import Count, Fact, Participant, Quote
    from briefing.model.kinds import ReviewState
    from briefing.tui.fact_rows import Entry, Kind
    from briefing.tui.theming.styles import Ink

KIND_TITLES: Final[dict[Kind, tuple[str, str]]] = {
    "count": ("Counts", "Counts"),
    "participant": ("Participants", "Who"),
    "quote": ("Quotes", "Quotes"),
}
"""What the tabs say, and where that is too long."""
_QUOTE_LINES: Final = 4
_AMOUNT_LEAST, _AMOUNT_MOST = 3, 0.3
"""Cells of the column of amounts, and what it may take of a row: a wider amount pushes its own item to the right."""
_STEM: Final = 4
"""Letters by which a noun is found in the words of the source, whatever its ending."""

_STATE_INKS: Final[dict[ReviewState, Ink]] = {
    "unreviewed": "plain",
    "accepted": "good",
    "rejected": "bad",
    "edited": "warn",
    "unsure": "warn",
}
HeadName = tuple[str, str]
"""What tells a head from others: source id and words."""


class Measured(NamedTuple):
    """Rows laid out for a width: those that are not folded away, their first lines, the columns of counts."""

    entries: Sequence[Entry]
    shown: Sequence[int]
    """Numbers of the entries that are rows."""
    tops: Sequence[int]
    column: int
    below: int
    """Where what stands below a count begins: under its item, further left where not all has room there."""
    width: int


def measure(entries: Sequence[Entry], folded: Collection[HeadName], width: int) -> Measured:
    """Lay rows out. Takes about 10 µs for a row, so thousands are laid out in a thread."""
    shown: list[int] = []
    hidden = False
    column, most, said = _AMOUNT_LEAST, int(width * _AMOUNT_MOST), 0
    for index, entry in enumerate(entries):
        if entry.fact is None:
            hidden = _head(entry) in folded
        elif hidden:
            continue
        elif entry.fact.key.startswith("count:"):
            cells = cell_len(_amount(entry))
            column = max(column, cells if cells <= most else 0)
            said = max(said, len(entry.standing.text) if entry.standing else 0)
        shown.append(index)
    tops = [0, *accumulate(_height(entries[index], width) for index in shown)]
    return Measured(entries, shown, tops, column, max(0, min(column + 2, width - 2 - said)), width)


class FactList(RowList, inherit_bindings=False):
    """Facts of one kind, under heads where they are grouped or of several sources."""

    BINDINGS = bindings("facts")
    CLICK_CHOOSES = False

    class KindStep(Message):
        """The kind of fact ``step`` to the right is wanted."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    class Remeasure(Message):
        """The rows must be laid out anew: another width, or another group is folded."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.entries: Sequence[Entry] = ()
        self.folded: set[HeadName] = set()
        self._measured = Measured((), (), (0,), _AMOUNT_LEAST, 0, 0)

    @property
    def content_width(self) -> int:
        """Cells that a row has."""
        return self.scrollable_content_region.width

    def show(self, measured: Measured, keep: bool = False) -> None:
        """Show other facts; with ``keep`` they are about the same ones, and the cursor stays on the one it is on."""
        here = self._under_cursor() if keep else None
        self._measured, self.entries = measured, measured.entries
        cursor = self._find(here) if here is not None else None
        if cursor is None:
            cursor = self.cursor if keep else self._first_fact()
        self.set_rows(measured.tops, cursor)

    def go_to_fact(self, fact: Fact) -> None:
        """Put the cursor on a fact, if it is shown."""
        for row, index in enumerate(self._measured.shown):
            if self.entries[index].fact is fact:
                self.cursor = row
                return

    def _find(self, wanted: Entry) -> int | None:
        """The row of a fact or head that was a row before."""
        same = wanted.fact.key if wanted.fact else wanted.heading
        for row, index in enumerate(self._measured.shown):
            entry = self.entries[index]
            if entry.source_id == wanted.source_id and same == (entry.fact.key if entry.fact else entry.heading):
                return row
        return None

    def _first_fact(self) -> int:
        shown = self._measured.shown[:2]
        return next((row for row, index in enumerate(shown) if self.entries[index].fact is not None), 0)

    def on_resize(self) -> None:
        """Quotes take more or fewer lines."""
        if self.content_width != self._measured.width:
            self.post_message(self.Remeasure())
        super().on_resize()

    def _under_cursor(self) -> Entry | None:
        shown = self._measured.shown
        return self.entries[shown[self.cursor]] if self.cursor < len(shown) else None

    def current(self) -> Entry | None:
        """The fact under the cursor; None on a head."""
        entry = self._under_cursor()
        return entry if entry and entry.fact is not None else None

    def next_fact(self) -> None:
        """Go down to the next fact, over heads."""
        shown = self._measured.shown
        for row in range(self.cursor + 1, len(shown)):
            if self.entries[shown[row]].fact is not None:
                self.cursor = row
                return

    def action_next_kind(self) -> None:
        """The next kind of fact."""
        self.post_message(self.KindStep(1))

    def action_previous_kind(self) -> None:
        """The kind before."""
        self.post_message(self.KindStep(-1))

    # Heads

    def toggle(self) -> bool:
        """Fold or open what stands under the head that the cursor is on; whether it is on one."""
        entry = self._under_cursor()
        if entry is None or entry.fact is not None or not entry.n:
            return False
        self.folded ^= {_head(entry)}
        self.post_message(self.Remeasure())
        return True

    def action_fold_all(self) -> None:
        """Fold all groups, or open all where all are folded."""
        heads = {_head(entry) for entry in self.entries if entry.fact is None and entry.n}
        self.folded = set() if heads <= self.folded else heads
        self.post_message(self.Remeasure())

    def action_next_group(self) -> None:
        """To the next head."""
        self._go_to_head(range(self.cursor + 1, self.count))

    def action_previous_group(self) -> None:
        """To the head before."""
        self._go_to_head(range(self.cursor - 1, -1, -1))

    def _go_to_head(self, rows: range) -> None:
        shown = self._measured.shown
        self.cursor = next((row for row in rows if self.entries[shown[row]].fact is None), self.cursor)

    # Drawing

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """The lines of a fact, or a head."""
        entry = self.entries[self._measured.shown[index]]
        if entry.fact is None:
            heading = inks(self)["heading"]
            sign = own("" if not entry.n else "▸ " if _head(entry) in self.folded else "▾ ")
            count = [(own(f" {number(entry.n)}"), inks(self)["muted"])] if entry.n else []
            return [line([(sign, heading), (entry.heading, heading)], width, base, count)]
        gone = Style(strike=True) if entry.state == "rejected" else Style.null()
        gutter = own(SIGNS[entry.state] + " "), inks(self)[_STATE_INKS[entry.state]]
        kind, _, _ = entry.fact.key.partition(":")
        if kind == "count":
            rows = self._count(entry, gone)
        elif kind == "participant":
            rows = self._participant(entry, gone)
        else:
            rows = self._quote(entry, gone, width)
        if entry.standing and entry.standing.shown:
            indent = own(" " * self._measured.below if kind == "count" else "")
            rows.append([(indent, Style.null()), (entry.standing.text, inks(self)[TONE_INKS[entry.standing.tone]])])
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
        item = SafeText(str(edited["item"])) if edited.get("item") else _words_of(fact)
        kind = fact.category if fact.category != fact.item else "no operator"
        known = edited.get("operator", fact.operator) or kind
        column = self._measured.column
        written = _amount(entry)
        how_many = own(" " * max(0, column - cell_len(written))) + written + "  "
        main = inks(self)["title"] + gone
        remarks = self._remarks(entry, SafeText(str(known)).line())
        return [[(how_many, main), (item.line(), main)], [(own(" " * self._measured.below), Style.null()), *remarks]]

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


def _head(entry: Entry) -> HeadName:
    return entry.source_id, entry.heading


def _height(entry: Entry, width: int) -> int:
    if entry.fact is None:
        return 1
    quote = entry.fact.key.startswith("quote:")
    lines = _quote_lines(entry.fact, width) + 1 if quote else 1  # type: ignore[arg-type]
    return lines + 1 + (entry.standing is not None and entry.standing.shown)


def _quote_lines(fact: Quote, width: int) -> int:
    """How many lines the words of a quote take: most need not be broken to be counted."""
    room = max(4, width - 2)
    cells = len(fact.text) + 2
    if fact.text.isascii() and cells <= room and "\n" not in fact.text:
        return 1
    if cells >= _QUOTE_LINES * room:
        return _QUOTE_LINES
    return len(_words(fact, width))


def _words(fact: Quote, width: int) -> list[SafeText]:
    """The lines of a quote, beside the gutter."""
    return fold(own("“") + fact.text.line() + own("”"), max(4, width - 2), _QUOTE_LINES)


def _words_of(fact: Count) -> SafeText:
    """What is counted; in the source's own words where it has no noun for it: ``killed  “left five dead”``."""
    item = _item(fact)
    noun = item.rpartition(" ")[2].casefold()
    named = noun.removesuffix("s")[:_STEM] in fact.evidence.casefold() or fact.item[:1].isupper()
    if named or " " not in fact.evidence.strip():
        return item
    what = fact.what.line() + own("  ") if fact.what else own("")
    return what + own("“") + fact.evidence.line() + own("”")


def _item(fact: Count) -> SafeText:
    """What is counted, in the plural if the source writes it so: ``soldiers``, where the fact's item is ``soldier``."""
    head, gap, noun = fact.item.rpartition(" ")
    plurals = {noun + "s", noun + "es"}
    if noun.endswith("y"):
        plurals.add(noun[:-1] + "ies")
    elif noun.endswith("man"):
        plurals.add(noun[:-2] + "en")
    written = {word.strip(',.;:()“”"’') for word in fact.evidence.split()} if noun.islower() else set()
    return SafeText(head + gap + next(iter(plurals & written), noun))


def _amount(entry: Entry) -> SafeText:
    """How many, with the reader's figures in it."""
    fact: Count = entry.fact  # type: ignore[assignment]
    edited = (entry.review and entry.review.edited) or {}
    figures: dict[str, object] = {name: edited[name] for name in ("low", "high", "approx") if name in edited}
    return amount(fact.model_copy(update=figures) if figures else fact)
