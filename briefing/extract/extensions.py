"""Attributes of a spaCy document that our components set, beside ``doc.ents`` and ``doc.spans``.

``doc._.briefing_mentions``, ``briefing_counts``, ``briefing_participants``, ``briefing_quotes`` and
``briefing_warnings`` are tuples of the model's types, whose spans are characters of ``doc.text``.
``doc.spans["briefing_counts"]`` (labels are categories) and ``doc.spans["briefing_quotes"]`` (labels are kinds of
speakers) cover the same in whole tokens.

Every module with a factory imports this one: the extensions are there wherever a factory is.
"""

from collections.abc import Iterable
from typing import Any, Final

from spacy.tokens import Doc

from briefing.model.fact_forms import FORMS

EXTENSIONS: Final = ("mentions", *(form.field for form in FORMS), "warnings")


def _register(name: str) -> None:
    """A tuple on ``doc._``, kept in ``user_data``: a serialised document comes back with lists in place of tuples."""

    def get(doc: Doc) -> tuple[Any, ...]:
        return tuple(doc.user_data.get(name, ()))

    def set_to(doc: Doc, facts: tuple[Any, ...]) -> None:
        doc.user_data[name] = facts

    if not Doc.has_extension(name):
        Doc.set_extension(name, getter=get, setter=set_to)


for _name in EXTENSIONS:
    _register(f"briefing_{_name}")


def set_spans(doc: Doc, key: str, spans: Iterable[tuple[int, int, str]]) -> None:
    """Set ``doc.spans[key]``, spans widened to whole tokens.

    Args:
        doc: The document.
        key: Name of the span group.
        spans: Start, end (exclusive) and label of each, in characters.
    """
    made = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans)
    doc.spans[key] = [span for span in made if span is not None]
