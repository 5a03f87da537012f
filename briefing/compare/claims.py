"""Claims as they are first found, before origins, statuses and silent sources are known."""

from dataclasses import dataclass
from typing import NamedTuple

from briefing.model.statuses import ClaimKind, Form


class Item(NamedTuple):
    """The statement of one source: its number, place and value; bounds, form, asserter and origin as far as they apply.

    ``origin_key`` names whom it goes back to; equal keys are one origin.
    """

    document: int
    start: int
    end: int
    value: str
    low: int | None = None
    high: int | None = None
    approx: bool = False
    superseded: bool = False
    form: Form | None = None
    asserted_by: str | None = None
    origin_key: str = ""
    joined_by: str | None = None
    bare: bool = False
    """Whether it only names what others count, so that nobody stands behind the figure by it."""


@dataclass(slots=True)
class Claim:
    """One claim. ``event`` is the number of the event it belongs to; None where a name runs through several."""

    kind: ClaimKind
    title: str
    items: list[Item]
    event: int | None = None
    one_origin: bool = False
    """Whether all items go back to one statement, as those of a quotation and of a name do."""
    tally: bool = False
    """Whether it counts people whom something befell, so that the figure moves while a story develops."""
