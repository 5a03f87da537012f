"""The card of an entity: mentions, ways of writing, company and facts over all sources."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from briefing.model.kinds import EntityType
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from briefing.model.facts import Fact


class Occurrence(NamedTuple):
    """One mention of an entity, with the words around it."""

    source_id: str
    title: SafeText
    start: int
    end: int
    snippet: SafeText
    at: int = 0
    """Where it stands within the snippet."""


class Way(NamedTuple):
    """A way of writing an entity's name, with its number of mentions."""

    text: SafeText
    mentions: int


class Company(NamedTuple):
    """An entity that occurs in the same sources as another one.

    ``sources`` counts the shared ones that were looked at.
    """

    name: SafeText
    type: EntityType
    sources: int


NamedAs = Literal["item", "operator", "speaker", "participant"]


class EntityFact(NamedTuple):
    """A fact that names an entity: as item or operator of a count, as speaker, or as participant."""

    source_id: str
    title: SafeText
    start: int
    """Where it was read: an offset in the source's text."""
    end: int
    fact: "Fact"
    named_as: NamedAs


class EntityCard(NamedTuple):
    """The card of one entity over all sources."""

    name: SafeText
    type: EntityType
    about: tuple[tuple[SafeText, SafeText], ...] = ()
    """Label and value from the lexicon: role, maker, nations."""
    ways: tuple[Way, ...] = ()
    """How it is written, the most frequent way first."""
    mentions: int = 0
    sources: int = 0
    company: tuple[Company, ...] = ()
    """Entities that stand in the same sources, the most frequent first."""
    facts: tuple[EntityFact, ...] = ()
    """The facts that name it, the newest sources first."""
    occurrences: tuple[Occurrence, ...] = ()
    looked: int = 0
    """In so many sources, the newest ones, facts were looked for."""
