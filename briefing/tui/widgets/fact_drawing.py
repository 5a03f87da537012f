"""Draw a fact of each kind in the facts panel: its words, and a quiet line under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len
from rich.style import Style

from briefing.model.fact_forms import form_of
from briefing.model.safetext import SafeText
from briefing.tui.widgets.drawing import Piece, fold
from briefing.tui.wording import amount, number, own

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.model.facts import Count, Fact, Participant, Quote
    from briefing.model.kinds import FactKind, ReviewState
    from briefing.tui.fact_rows import Entry
    from briefing.tui.theming.styles import Ink, Inks

QUOTE_LINES: Final = 4
_STEM: Final = 4
"""Letters by which a noun is found in the words of the source, whatever its ending."""
STATE_INKS: Final[dict[ReviewState, Ink]] = {
    "unreviewed": "plain",
    "accepted": "good",
    "rejected": "bad",
    "edited": "warn",
    "unsure": "warn",
}
Rows = list[list[Piece]]


class Brush(NamedTuple):
    """Styles and columns to draw facts with: of the theme, of amounts, of lines below an amount."""

    inks: Inks
    column: int
    below: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws facts of a kind."""

    rows: Callable[[Entry, Brush, Style, int], Rows]
    """The lines of a fact, beside the gutter: given how what was rejected is struck out, and the width."""
    height: Callable[[Fact, int], int] = lambda fact, width: 1  # noqa: ARG005
    """Lines of the words alone, in a width."""
    amount: Callable[[Entry], SafeText] | None = None
    """What stands in the column of amounts."""
    gap: bool = False
    """Whether an empty line follows."""


def drawing_of(fact: Fact) -> Drawing:
    """The drawing of a fact's kind."""
    return DRAWINGS[form_of(fact).kind]


def _remarks(entry: Entry, brush: Brush, first: SafeText) -> list[Piece]:
    """A quiet line under a fact: what more is known, how sure, and the reader's verdict."""
    pieces: list[Piece] = [(first, brush.inks["muted"])] if first else []
    assert entry.fact is not None
    if entry.fact.confidence != "high":
        gap = own(" · " if pieces else "")
        pieces.append((gap + f"? {entry.fact.confidence}", brush.inks["warn"]))
    if entry.state != "unreviewed":
        pieces.append((own((" · " if pieces else "") + entry.state), brush.inks[STATE_INKS[entry.state]]))
    return pieces


def _count(entry: Entry, brush: Brush, gone: Style, width: int) -> Rows:  # noqa: ARG001
    fact: Count = entry.shown  # type: ignore[assignment]
    item = fact.item if "item" in ((entry.review and entry.review.edited) or {}) else counted(fact)
    known = fact.operator or (fact.category if fact.category != fact.item else "no operator")
    written = _amount(entry)
    how_many = own(" " * max(0, brush.column - cell_len(written))) + written + "  "
    main = brush.inks["title"] + gone
    remarks = _remarks(entry, brush, SafeText(str(known)).line())
    return [[(how_many, main), (item.line(), main)], [(own(" " * brush.below), Style.null()), *remarks]]


def _participant(entry: Entry, brush: Brush, gone: Style, width: int) -> Rows:  # noqa: ARG001
    fact: Participant = entry.shown  # type: ignore[assignment]
    name = fact.name.line()
    said = own(" · ").join(part.line() for part in (fact.role, fact.affiliation) if part) or own(fact.kind)
    times = [(own(f"  {number(len(fact.mentions))}×"), brush.inks["muted"])]
    main = brush.inks["title"] if fact.core else Style.null()
    return [[(name, main + gone), *times], _remarks(entry, brush, said)]


def _quote(entry: Entry, brush: Brush, gone: Style, width: int) -> Rows:
    fact: Quote = entry.shown  # type: ignore[assignment]
    rows: Rows = [[(part, gone)] for part in quoted(fact, width)]
    said = own("— ") + (fact.speaker.line() if fact.speaker else own("nobody named"))
    return [*rows, _remarks(entry, brush, said)]


def _quote_lines(fact: Fact, width: int) -> int:
    """Number of lines of a quote's words: most need not be broken to be counted."""
    quote: Quote = fact  # type: ignore[assignment]
    room = max(4, width - 2)
    cells = len(quote.text) + 2
    if quote.text.isascii() and cells <= room and "\n" not in quote.text:
        return 1
    if cells >= QUOTE_LINES * room:
        return QUOTE_LINES
    return len(quoted(quote, width))


def quoted(fact: Quote, width: int) -> list[SafeText]:
    """The lines of a quote, beside the gutter.

    Args:
        fact: The quote.
        width: Width of the row in cells.
    """
    return fold(own("“") + fact.text.line() + own("”"), max(4, width - 2), QUOTE_LINES)


def counted(fact: Count) -> SafeText:
    """The item of a count; the source's own words where it has no noun for it: ``killed  “left five dead”``."""
    item = item_as_written(fact)
    noun = item.rpartition(" ")[2].casefold()
    named = noun.removesuffix("s")[:_STEM] in fact.evidence.casefold() or fact.item[:1].isupper()
    if named or " " not in fact.evidence.strip():
        return item
    what = fact.what.line() + own("  ") if fact.what else own("")
    return what + own("“") + fact.evidence.line() + own("”")


def item_as_written(fact: Count) -> SafeText:
    """The item, in the plural if the source writes it so: ``soldiers``, where the fact's item is ``soldier``."""
    head, gap, noun = fact.item.rpartition(" ")
    plurals = {noun + "s", noun + "es"}
    if noun.endswith("y"):
        plurals.add(noun[:-1] + "ies")
    elif noun.endswith("man"):
        plurals.add(noun[:-2] + "en")
    written = {word.strip(',.;:()“”"’') for word in fact.evidence.split()} if noun.islower() else set()
    return SafeText(head + gap + next(iter(plurals & written), noun))


def _amount(entry: Entry) -> SafeText:
    """The amount in short, with the user's corrections."""
    fact: Count = entry.shown  # type: ignore[assignment]
    return amount(fact)


DRAWINGS: Final[dict[FactKind, Drawing]] = {
    "count": Drawing(_count, amount=_amount),
    "participant": Drawing(_participant),
    "quote": Drawing(_quote, _quote_lines, gap=True),
}
