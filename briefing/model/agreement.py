"""The answer of a comparison: claims over several sources, near-duplicate sources, events."""

from typing import Literal

from briefing.model.base import Frozen, Span
from briefing.model.event import Event
from briefing.model.safetext import SafeText
from briefing.model.statuses import ClaimKind, Form, Status


class ClaimItem(Span):
    """The statement of one source on a claim, with its place.

    ``value`` is the amount of a count, the words of a quotation, the spelling of a name, the ISO date (or interval,
    ``2025-04-18/2025-04-20``) of a date. ``asserted_by`` is whom the source has it from, null where it speaks for
    itself; ``origin`` a letter that all items of the claim share which go back to one asserter, null for a source that
    names what others count and gives no quantity at all, which confirms no number. ``low``, ``high`` and
    ``approx`` are those of a count or an ordinal; ``superseded`` where a later report of the same story moved the
    figure.
    """

    document: str
    value: SafeText
    asserted_by: SafeText | None = None
    origin: str | None = None
    form: Form | None = None
    low: int | None = None
    high: int | None = None
    approx: bool = False
    superseded: bool = False
    joined_by: SafeText | None = None
    """The evidence by which it was joined to the claim, in a few words; null for the first item."""


class Agreement(Frozen):
    """A claim compared over several sources. ``origins`` counts the independent asserters behind it.

    ``event`` is the id of the event it belongs to, null where a name runs through several. ``silent`` are the sources
    of that event which do not speak of the claim.
    """

    kind: ClaimKind
    status: Status
    event: str | None = None
    claim: SafeText
    origins: int
    items: tuple[ClaimItem, ...]
    silent: tuple[str, ...] = ()


class NearDuplicate(Frozen):
    """Sources that carry largely the same text. ``similarity`` is from 0 to 1, ``how`` the one takes the other over."""

    documents: tuple[str, ...]
    similarity: float
    how: Literal["alike", "contained", "paraphrased"] = "alike"


class Comparison(Frozen):
    """The result of a comparison. Events are in order of time."""

    groups: tuple[Agreement, ...]
    near_duplicates: tuple[NearDuplicate, ...]
    events: tuple[Event, ...] = ()
