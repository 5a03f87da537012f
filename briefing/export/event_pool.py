"""The sources that may report the event of one source, found through the index: nothing else of a library is read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.model.agreement import Comparison
    from briefing.model.facts import EntityType
    from briefing.model.source import Source

MOST: Final = 300
"""Sources that are compared with one."""
_NAMES: Final = 8
"""Names that are searched for: those that stand in the fewest sources."""
_EVERYWHERE: Final = 0.2
"""A name that stands in a larger share of a library tells no event from another."""
_FEW: Final = 50
"""Sources of a library in which no name is too frequent."""
_DAYS: Final = 21
"""Days after the source within which others report the same event; half as many before it."""
_TELLING: Final[frozenset[EntityType]] = frozenset({"PERSON", "ORG", "PLACE", "AIRCRAFT", "SHIP", "EVENT", "WEAPON"})


def event_pool(library: Library, source: Source, most: int = MOST) -> list[str]:
    """Find the sources that may report the event of a source.

    They name one of the things that it names, those that stand in few sources, and were published about when it was;
    of a source without a day, whenever.

    Args:
        library: The library.
        source: The source.
        most: Sources at most.

    Returns:
        Ids, that of ``source`` first, then the best answers to the search.
    """
    names = _rarest(library, source)
    if not names:
        return [source.id]
    query = " OR ".join(f'"{name}"' for name in names)
    if source.published is not None:
        first = source.published - timedelta(days=_DAYS // 2)
        last = source.published + timedelta(days=_DAYS)
        query = f"({query}) date:[{first:%Y-%m-%d} TO {last:%Y-%m-%d}]"
    found = library.search(query, limit=most, order="ranked").hits
    return list(dict.fromkeys([source.id, *(hit.source.id for hit in found)]))[:most]


def _rarest(library: Library, source: Source) -> list[str]:
    """The names of a source that stand in the fewest others, but in some: what is named nowhere else finds nothing."""
    total = library.totals().sources
    found: dict[str, int] = {}
    for mention in library.extraction(source.id).mentions:
        name = str(mention.name).replace('"', " ").strip()
        if mention.type in _TELLING and name and name not in found:
            found[name] = library.entity_counts(mention.name, mention.type)[1]
    common = max(_FEW, _EVERYWHERE * total)
    telling = sorted((number, name) for name, number in found.items() if 1 < number <= common)
    return [name for _, name in telling[:_NAMES]]


def sources_of_event(comparison: Comparison, source_id: str) -> tuple[str, ...]:
    """Find the sources of the event that most claims of a source are about.

    Args:
        comparison: The comparison.
        source_id: Id of the source.

    Returns:
        Ids of the sources that report or mention it; the source alone where its claims are about none.
    """
    about: dict[str, int] = {}
    for group in comparison.groups:
        if group.event is not None and any(item.document == source_id for item in group.items):
            about[group.event] = about.get(group.event, 0) + 1
    best = max(about, key=lambda key: (about[key], key), default=None)
    found = next((event.documents for event in comparison.events if event.id == best), ())
    return found or (source_id,)
