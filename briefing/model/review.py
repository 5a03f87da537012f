"""The user's verdict on a fact: accepted, rejected or edited."""

from datetime import datetime
from typing import Literal

from briefing.model.base import Frozen
from briefing.model.facts import FactKind

ReviewState = Literal["unreviewed", "accepted", "rejected", "edited"]


class Review(Frozen):
    """A verdict on one fact of one source. ``edited`` holds the corrected fields by name, as JSON values."""

    source_id: str
    kind: FactKind
    key: str
    state: ReviewState
    edited: dict[str, str | int | bool | None] | None = None
    at: datetime | None = None
