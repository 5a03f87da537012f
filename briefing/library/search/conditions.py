"""Conditions on sources: what a query comes to in one library.

The same condition is asked of the index (``sql``) and of one document (``matcher``), so that what is marked in a text
is what made it a hit.
"""

from datetime import date
from typing import Final, Literal

from briefing.library.search.value import Value

Where = Literal["anywhere", "title", "quote"]
Sequences = tuple[tuple[str, ...], ...]
"""Runs of words of which any one will do."""

FEW: Final = 5000
"""Up to so many sources of a name, a tag or a state are gathered first; of more, each source is asked in turn, so that
a walk from the newest source can end early."""
STATES: Final = {
    "unread": "read = 0",
    "read": "read = 1",
    "unreviewed": "reviewed = 0",
    "reviewed": "reviewed = 1",
    "pinned": "pinned = 1",
    "gone": "(gone = 1 OR newer IS NOT NULL)",
}
"""What each state is in a source's row; written as in the indexes of the schema."""


class Words(Value):
    """One of the word sequences occurs; with ``prefix`` its last word may be the beginning of one."""

    sequences: Sequences
    prefix: bool = False
    where: Where = "anywhere"
    begun: tuple[str, ...] = ()
    """All words of the library that begin so, where that is a single word and they are few."""


class Near(Value):
    """All groups occur, in any order, with at most ``distance`` words from the end of each to the last one."""

    groups: tuple[Sequences, ...]
    distance: int
    where: Where = "anywhere"


class Named(Value):
    """One of these names occurs, as an entity, a speaker or the publisher (by ``type``)."""

    type: str
    names: frozenset[str]
    entities: tuple[int, ...]
    sources: int
    """At most so many sources have one of them."""


class Trait(Value):
    """The source has something of one of these types (a bit each), or came in one of these formats."""

    mask: int
    formats: tuple[str, ...] = ()


class State(Value):
    """The source is in one of these states, see :data:`briefing.library.search.query.STATES`."""

    names: tuple[str, ...]
    sources: int
    """At most so many sources are."""


class Tagged(Value):
    """The source has one of these tags, in whatever case."""

    names: tuple[str, ...]
    sources: int
    """At most so many sources have one."""


class Remarked(Value):
    """The source, or a fact of it, has one of the notes that were looked for."""

    keys: tuple[bytes, ...]
    """Ids of the sources, as 32 bytes."""


class Added(Value):
    """Its reader added a fact to the source that says so: the indexes do not have it."""

    places: tuple[tuple[bytes, int, int], ...]
    """Id of the source, as 32 bytes, and the half-open span of the fact."""

    @property
    def keys(self) -> tuple[bytes, ...]:
        """Ids of the sources."""
        return tuple(sorted({key for key, _, _ in self.places}))


class Dated(Value):
    """Published within these days, both included; None leaves an end open."""

    first: date | None
    last: date | None


class AllOf(Value):
    """Every part holds; with no part, always."""

    parts: tuple["Condition", ...] = ()


class AnyOf(Value):
    """At least one part holds; with no part, never."""

    parts: tuple["Condition", ...] = ()


class NoneOf(Value):
    """The part does not hold."""

    part: "Condition"


Condition = Words | Near | Named | Trait | State | Tagged | Remarked | Added | Dated | AllOf | AnyOf | NoneOf
