"""An event that several sources report or mention: what, when, where."""

from briefing.model.base import Frozen, Span
from briefing.model.safetext import SafeText


class Passage(Span):
    """A passage of a document."""

    document: str


class Event(Frozen):
    """An event. Every claim belongs to one at most; claims are compared within one event only.

    Dates are ISO, as precise as known (``2025-04``, ``2025-04-18``), null where no source tells; ``stated`` says
    whether a text gives the date, or whether it was inferred from the date of a source. ``documents`` are all sources
    that report or mention the event; ``recalled_at`` is where one of them recalls it, null where one reports it.
    """

    id: str
    what: SafeText
    start_date: str | None = None
    end_date: str | None = None
    stated: bool = True
    place: SafeText | None = None
    parties: tuple[SafeText, ...] = ()
    documents: tuple[str, ...] = ()
    recalled_at: Passage | None = None
