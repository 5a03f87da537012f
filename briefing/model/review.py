"""The user's verdict on a fact: accepted, rejected or edited."""

from datetime import datetime

from briefing.model.base import Frozen
from briefing.model.kinds import FactKind
from briefing.model.kinds import ReviewState as ReviewState


class Review(Frozen):
    """A verdict on one fact of one source. ``edited`` holds the corrected fields by name, as JSON values."""

    source_id: str
    kind: FactKind
    key: str
    state: ReviewState
    edited: dict[str, str | int | bool | None] | None = None
    at: datetime | None = None
