"""Places to go to and come back to: in a source, on the card of an entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from briefing.model.kinds import EntityType
    from briefing.model.safetext import SafeText

CardPart = Literal["places", "facts", "company", "ways"]
CARD_PARTS: Final[tuple[CardPart, ...]] = ("places", "facts", "company", "ways")


class CardPlace(NamedTuple):
    """A place on the card of an entity."""

    name: SafeText
    type: EntityType
    part: CardPart = "places"
    cursor: int = 0


class Place(NamedTuple):
    """A place in a source: the character on top."""

    source_id: str
    at: int
    card: CardPlace | None = None
    """The card from which one left it."""


@dataclass(frozen=True, eq=False)
class Target:
    """A place to go to in a source, with what to mark there.

    ``at`` is a character; None is where the reader left the source; with ``top`` its row becomes the first one in
    sight. A ``preview`` leaves focus, history and the unread mark alone.
    """

    source_id: str
    at: int | None = None
    evidence: Sequence[tuple[int, int]] = ()
    query: str = ""
    preview: bool = False
    top: bool = False
