"""Corrections of facts that do not fit them, as a stranger's bundle may hold: refused, or left out."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from briefing.library.errors import LibraryError
from briefing.model.fact_forms import corrected, form_of
from briefing.model.facts import FACT_CLASSES, Fact
from briefing.model.review import Review
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from briefing.library.store.reviews import Edited


def require_fitting(fact: Fact, edited: "Edited | None", text: str) -> None:
    """Look at a correction before it is kept.

    Args:
        fact: The fact.
        edited: Corrected fields by name, remarks among them; None for none.
        text: The text of its source.

    Raises:
        LibraryError: Where it does not fit the fact, or its words do not stand at its place.
    """
    fields = {name: value for name, value in (edited or {}).items() if not name.startswith("@")}
    try:
        right = corrected(fact, fields)
    except ValueError as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise LibraryError(f"The correction of {fact.key} does not fit: {SafeText(said).line()[:200]}") from error
    words = getattr(right, "evidence", None) or getattr(right, "text", None)
    if {"start", "end"} & fields.keys() and words != text[slice(*form_of(right).span(right))]:
        raise LibraryError(f"The correction of {fact.key} does not fit: its words do not stand there")


def fitting(review: Review, fact: str) -> Review:
    """The verdict, unless its correction does not fit its fact: that would end every comparison of the source.

    Args:
        review: The verdict.
        fact: The fact, as it is kept with the verdict.

    Raises:
        ValueError: Where it does not fit.
    """
    if review.edited:
        corrected(FACT_CLASSES[review.kind].model_validate_json(fact), review.edited)
    return review
