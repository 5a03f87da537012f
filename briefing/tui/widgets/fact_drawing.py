"""Draw a claim of each kind in the facts panel: its words, and a quiet line under them."""

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
_UNSURE: Final[dict[str, str]] = {"medium": "? weaker rule", "low": "? a guess"}
"""How sure a fact is, in short, where it is not stated outright."""
_AMOUNTS: Final = 3
"""Amounts of one claim that have room in its row."""
Rows = list[list[Piece]]


class Brush(NamedTuple):
    """Styles and columns to draw facts with: of the theme, of amounts."""

    inks: Inks
    column: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws facts of a kind."""

    rows: Callable[[Entry, Brush, Style, int], Rows]
    """The lines of a fact, beside the gutter: given how what was rejected is struck out, and the width."""
    height: Callable[[Fact, int], int] = lambda fact, width: 1  # noqa: ARG005
    """Lines of the words alone, in a width."""
    signed_below: bool = False
    """Whether the signs stand below the words, which take whole lines."""
    amount: Callable[[Entry], SafeText] | None = None
    """What stands in the column of amounts."""
    in_words: Callable[[Entry], tuple[SafeText | None, ...]] = lambda claim: ()  # noqa: ARG005
    """A claim in parts: what it says, who."""
    gap: bool = False
    """Whether an empty line follows."""

    def signs_at(self, entry: Entry, width: int) -> int:
        """The line that the signs stand on.

        Args:
            entry: The claim.
            width: Width of the row in cells.
        """
        shown = entry.shown
        return self.height(shown, width) if self.signed_below and shown is not None else 0


def drawing_of(fact: Fact) -> Drawing:
    """The drawing of a fact's kind."""
    return DRAWINGS[form_of(fact).kind]


def _remarks(entry: Entry, brush: Brush, first: SafeText) -> list[Piece]:
    """A quiet line under a claim: what more is known, how sure, whose it is."""
    pieces: list[Piece] = [(first, brush.inks["muted"])] if first else []
    assert entry.fact is not None
    if entry.fact.confidence in _UNSURE:
        pieces.append((own(" · " if pieces else "") + _UNSURE[entry.fact.confidence], brush.inks["warn"]))
    if entry.fact.added_by:
        pieces.append((own(" · " if pieces else "") + "+ added", brush.inks["good"]))
    return pieces


def _times(often: int, brush: Brush) -> list[Piece]:
    """How often a text or several say it, where that is more than once."""
    return [(own(f"  {number(often)}×"), brush.inks["muted"])] if often > 1 else []


def _count(entry: Entry, brush: Brush, gone: Style, width: int) -> Rows:  # noqa: ARG001
    fact: Count = entry.shown  # type: ignore[assignment]
    item = fact.item if "item" in ((entry.review and entry.review.edited) or {}) else counted(fact)
    known = own(" · ").join(part.line() for part in (fact.what, fact.operator) if part)
    written = _amount(entry)
    how_many = own(" " * max(0, brush.column - cell_len(written))) + written + "  "
    main = brush.inks["title"] + gone
    remarks = _remarks(entry, brush, known or own(fact.category if fact.category != fact.item else "no operator"))
    below = own(" " * (brush.column + 2))
    return [
        [(how_many, main), (item.line(), main), *_times(len(entry.members), brush)],
        [(below, Style.null()), *remarks],
    ]


def _participant(entry: Entry, brush: Brush, gone: Style, width: int) -> Rows:  # noqa: ARG001
    fact: Participant = entry.shown  # type: ignore[assignment]
    name = fact.name.line()
    said = own(" · ").join(part.line() for part in (fact.role, fact.affiliation) if part) or own(fact.kind)
    mentions = sum(len(getattr(one.fact, "mentions", ())) for one in entry.facts)
    times = [(own(f"  {number(mentions)}×"), brush.inks["muted"])]
    main = brush.inks["title"] if fact.core else Style.null()
    return [[(name, main + gone), *times], _remarks(entry, brush, said)]


def _quote(entry: Entry, brush: Brush, gone: Style, width: int) -> Rows:
    fact: Quote = entry.shown  # type: ignore[assignment]
    rows: Rows = [[(part, gone)] for part in quoted(fact, width)]
    said = own("— ") + (fact.speaker.line() if fact.speaker else own("nobody named"))
    return [*rows, [*_remarks(entry, brush, said), *_times(len(entry.members), brush)]]


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
    """The amounts of a claim in short, with the user's corrections: ``12 / 30`` where its facts do not say the same."""
    counts: list[Count] = [one.shown for one in entry.facts]  # type: ignore[misc]
    given = [one for one in counts if one.low is not None or one.high is not None] or counts[:1]
    amounts = list(dict.fromkeys(map(amount, given)))
    return own(" / ").join(amounts[:_AMOUNTS]) + own(" …" if len(amounts) > _AMOUNTS else "")


def _count_in_words(claim: Entry) -> tuple[SafeText | None, ...]:
    count: Count = claim.shown  # type: ignore[assignment]
    said = own("according to ") + count.asserted_by if count.asserted_by else None
    return (_amount(claim) + own(" ") + item_as_written(count), count.operator, count.what, said)


def _quote_in_words(claim: Entry) -> tuple[SafeText | None, ...]:
    quote: Quote = claim.shown  # type: ignore[assignment]
    return (quote.speaker or own("nobody named"),)


def _fields(fact: Fact | None, *names: str) -> tuple[SafeText | None, ...]:
    return tuple(getattr(fact, name) for name in names)


_NOBODY: Final = (own("nobody named"),)
DRAWINGS: Final[dict[FactKind, Drawing]] = {
    "count": Drawing(_count, amount=_amount, in_words=_count_in_words),
    "participant": Drawing(_participant, in_words=lambda claim: _fields(claim.shown, "name", "role", "affiliation")),
    "quote": Drawing(_quote, _quote_lines, signed_below=True, gap=True, in_words=_quote_in_words),
}


def in_words(claim: Entry) -> SafeText:
    """A claim in a line: ``2 KF-16, Republic of Korea Air Force``, a name with its role, a quotation's speaker."""
    parts = drawing_of(claim.shown).in_words(claim) if claim.shown is not None else _NOBODY
    return own(", ").join(part.line() for part in parts if part)
