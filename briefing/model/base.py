"""Base classes of the model: frozen pydantic types, and spans of characters."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Confidence = Literal["high", "medium", "low"]
"""How far a rule is trusted: ``high`` states it outright, ``medium`` infers it, ``low`` guesses from what is near."""


class Frozen(BaseModel):
    """An immutable value; unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """Characters ``start`` to ``end`` (exclusive) of a source's text."""

    start: int
    end: int
