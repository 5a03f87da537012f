"""Tabs, groups, filters and correctable fields of each kind of fact in the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from briefing.model.kinds import Category, ParticipantKind, SpeakerKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.model.kinds import FactKind

Trait = Literal["category", "operator", "kind", "affiliation", "speaker", "state", "confidence", "standing", "source"]
"""What facts are told apart by: fields of theirs, the reader's verdict, what other sources say, their source."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field that a reader may correct, under its ``title``; of ``choices`` where there are any."""

    field: str
    title: str
    number: bool = False
    needed: bool = False
    choices: tuple[str, ...] = ()
    yes_or_no: bool = False
    words: bool = False
    """Whether it is the words of the text, and so the place of the fact."""


@dataclass(frozen=True, slots=True)
class Listed:
    """How facts of a kind are listed."""

    titles: tuple[str, str]
    """What the tab says, and where that is too long."""
    groups: tuple[Trait, ...]
    filters: tuple[Trait, ...]
    corrections: tuple[Correction, ...]
    of_events: bool = True
    """Whether a fact is of one event: a participant is of all that it takes part in."""
    first: Callable[[Any], bool] | None = None
    """Which facts come before the others; else all stand in the order of the text."""


LISTED: Final[dict[FactKind, Listed]] = {
    "count": Listed(
        ("Counts", "Counts"),
        groups=("category", "operator", "source"),
        filters=("category", "state", "confidence", "standing"),
        corrections=(
            Correction("evidence", "words", needed=True, words=True),
            Correction("low", "at least", number=True),
            Correction("high", "at most", number=True),
            Correction("approx", "rounded", yes_or_no=True),
            Correction("item", "of what", needed=True),
            Correction("category", "category", needed=True, choices=get_args(Category)),
            Correction("operator", "operator"),
            Correction("what", "what happened"),
            Correction("asserted_by", "who says so"),
        ),
    ),
    "participant": Listed(
        ("Participants", "Who"),
        groups=("kind", "affiliation", "source"),
        filters=("kind", "state", "confidence", "standing"),
        corrections=(
            Correction("name", "name", needed=True),
            Correction("kind", "kind", needed=True, choices=get_args(ParticipantKind)),
            Correction("role", "role"),
            Correction("affiliation", "affiliation"),
            Correction("core", "takes part", yes_or_no=True),
        ),
        of_events=False,
        first=lambda one: bool(one.core),
    ),
    "quote": Listed(
        ("Quotes", "Quotes"),
        groups=("speaker", "source"),
        filters=("state", "confidence", "standing"),
        corrections=(
            Correction("text", "words", needed=True, words=True),
            Correction("speaker", "speaker"),
            Correction("speaker_kind", "speaker is", choices=get_args(SpeakerKind)),
            Correction("relay", "passed on by"),
        ),
    ),
}
