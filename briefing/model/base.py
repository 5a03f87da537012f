"""Base classes of the model: frozen pydantic types, and spans of characters."""

from pydantic import BaseModel, ConfigDict

from briefing.model.kinds import Confidence as Confidence


class Frozen(BaseModel):
    """An immutable value; unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """Characters ``start`` to ``end`` (exclusive) of a source's text."""

    start: int
    end: int
