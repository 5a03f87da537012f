"""Places of a text where someone is named, meant or speaks: what a pronoun may stand for."""

import re
from bisect import bisect_left
from typing import Final, NamedTuple

from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.quotation_marks import Run

_WINDOW: Final = 1500
"""Tokens before a pronoun in which its antecedent is looked for."""
MOST: Final = 40
"""Places before a pronoun that are weighed."""


class Place(NamedTuple):
    """A place in the text where someone is named, meant or speaks, with its weight."""

    token: int
    name: str
    worth: float
    beat: int
    """Number of the sentence, counting those outside quotations."""


def last_places(places: list[Place], token: int) -> list[Place]:
    """The places before a token that are near enough to be weighed.

    Args:
        places: Places, in order.
        token: The token.
    """
    end = bisect_left(places, token, key=lambda place: place.token)
    return [place for place in places[max(0, end - MOST) : end] if place.token >= token - _WINDOW]


def line_numbers(view: View) -> list[int]:
    """Number of the line each token stands in."""
    numbers: list[int] = []
    for number, line in enumerate(re.finditer(r"[^\n]*\n|[^\n]+$", view.text)):
        numbers.extend([number] * (bisect_left(view.starts, line.end()) - len(numbers)))
    return numbers + [0] * (len(view) - len(numbers))


def names_with(view: View, token: int, run: Run | None, pool: list[Place]) -> set[str]:
    """Names in what a pronoun says, or after it in its sentence: hardly whom it means.

    Args:
        view: The document's columns.
        token: The pronoun.
        run: The run that it is the speaker of; None for none.
        pool: Places of who may be meant, in order.
    """
    spans = [(token, min(token + MOST, view.sentences[view.sentence_of[token]][1]))]
    if run is not None:
        spans.append(view.token_range(run.start, run.end))
    found = set()
    for first, last in spans:
        at = bisect_left(pool, first, key=lambda place: place.token)
        while at < len(pool) and pool[at].token < last:
            found.add(pool[at].name)
            at += 1
    return found
