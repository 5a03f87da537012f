"""Fold facts into claims, and claims into groups: the rows of the facts panel. Made in a thread where they are many."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from briefing.model.fact_forms import FORM_OF
from briefing.tui.fact_forms import LISTED
from briefing.tui.fact_rows import KINDS, NONE, Entry, facts_of, value_of
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from briefing.model.safetext import SafeText
    from briefing.tui.agreement import Standings
    from briefing.tui.fact_forms import Trait
    from briefing.tui.fact_rows import Chosen, Document, Kind

_SURE: Final = ("high", "medium", "low")


def rows_of(documents: Iterable[Document], chosen: Chosen, standings: Standings | None) -> list[Entry]:
    """The rows of the facts panel, one a claim; a head says how many claims are under it.

    Args:
        documents: Facts of the sources, in order.
        chosen: Kind, groups and filter.
        standings: How facts stand among the sources; None where that is not known.
    """
    documents = list(documents)
    found = [entry for entry in _entries(documents, chosen.kind, standings) if _passes(entry, chosen.wanted)]
    if _apart(chosen.group, standings):
        return list(_by_source(documents, found, standings, heads=chosen.several))
    claims = fold(found, standings)
    if chosen.group is None:
        if standings is None or not LISTED[chosen.kind].of_events:
            return claims
        return list(_by_event(claims, standings, chosen))
    return list(_by_trait(claims, chosen.group))


def _entries(documents: Iterable[Document], kind: Kind, standings: Standings | None) -> Iterator[Entry]:
    """The facts of a kind, each for itself."""
    for document in documents:
        source_id = document.extraction.source_id
        for fact in facts_of(document.extraction, kind):
            entry = Entry(source_id, fact, review=document.reviews.get(fact.key))
            standing = standings.of(source_id, entry.shown or fact) if standings else None
            yield replace(entry, standing=standing) if standing is not None else entry


def _passes(entry: Entry, wanted: Mapping[Trait, str]) -> bool:
    return all(value_of(entry, trait) == value for trait, value in wanted.items())


# Claims


def fold(entries: Iterable[Entry], standings: Standings | None) -> list[Entry]:
    """One entry a claim, in the order in which the claims first stand; what several facts claim has them as members.

    Args:
        entries: Facts, each for itself.
        standings: The claims of a comparison; without one facts that say the same are a claim.
    """
    claims: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        claims.setdefault(claim_of(entry, standings), []).append(entry)
    return [_claim(facts, standings) for facts in claims.values()]


def claim_of(entry: Entry, standings: Standings | None) -> Hashable:
    """What tells the claim of a fact from others.

    Args:
        entry: The fact.
        standings: The claims of a comparison; None for none.
    """
    fact = entry.shown
    assert fact is not None
    if standings is not None and (claimed := standings.claim_of(entry.source_id, fact)) is not None:
        return claimed.number
    kind = fact.key.partition(":")[0]
    return kind, *FORM_OF[kind].says(fact), getattr(fact, "what", None)


def _claim(facts: Sequence[Entry], standings: Standings | None) -> Entry:
    """The row of a claim: the fact that words it best, with all of them."""
    best = min(facts, key=_worth)
    claimed = standings.claim_of(best.source_id, best.shown) if standings and best.shown is not None else None
    event = claimed.event if claimed else None
    if len(facts) == 1:
        return replace(best, event=event) if event else best
    return replace(best, event=event, members=tuple(facts))


def _worth(entry: Entry) -> tuple[int, int]:
    """Sort key of the facts of a claim: what gives an exact number first, then what is surer."""
    fact = entry.shown
    low, high = getattr(fact, "low", 0), getattr(fact, "high", 0)
    vague = 2 if low is None and high is None else int(low != high)
    return vague, _SURE.index(fact.confidence) if fact is not None else 0


# Groups


def _apart(group: Trait | None, standings: Standings | None) -> bool:
    """Whether claims end with their source: where that is wanted, or no events are known to list them by."""
    return group == "source" or (group is None and (standings is None or not standings.events))


def _under(title: SafeText, claims: Sequence[Entry], source_id: str = "") -> Iterator[Entry]:
    """A head and its claims."""
    yield Entry(source_id, None, title, n=len(claims))
    yield from claims


def _by_source(
    documents: Iterable[Document], found: Iterable[Entry], standings: Standings | None, *, heads: bool
) -> Iterator[Entry]:
    """Claims of each source, under its title where there may be several."""
    titles = {document.extraction.source_id: document.title for document in documents}
    for source_id, facts in groupby(found, lambda entry: entry.source_id):
        claims = fold(facts, standings)
        yield from _under(titles[source_id].line(), claims, source_id) if heads else claims


def _by_event(claims: Sequence[Entry], standings: Standings, chosen: Chosen) -> Iterator[Entry]:
    """Claims under their events, those of none last; of a source with one event without a head.

    The events of a source stand in the order of its text, those of several sources in order of time.
    """
    from briefing.tui.matrix import event_words

    order = list(standings.events) if chosen.several else list(dict.fromkeys(claim.event for claim in claims))
    groups = {event: [claim for claim in claims if claim.event == event] for event in (*order, None)}
    groups[None] = groups.pop(None)
    shown = {event: own_claims for event, own_claims in groups.items() if own_claims}
    if len(shown) < 2 and not chosen.several:
        yield from claims
        return
    for event, own_claims in shown.items():
        yield from _under(event_words(standings.events.get(event or "")), own_claims)


def _by_trait(claims: Iterable[Entry], trait: Trait) -> Iterator[Entry]:
    """Claims under what they have in common, the greatest groups first."""
    groups: dict[str, list[Entry]] = {}
    for claim in claims:
        groups.setdefault(value_of(claim, trait), []).append(claim)
    last = NONE.get(trait, "")
    for value, own_claims in sorted(groups.items(), key=lambda one: (one[0] == last, -len(one[1]), one[0])):
        yield from _under(own(value), own_claims)


# Numbers


def numbers_of(
    documents: Sequence[Document], standings: Standings | None, groups: Mapping[Kind, Trait | None]
) -> dict[Kind, int]:
    """How many claims of each kind there are.

    Args:
        documents: Facts of the sources.
        standings: The claims of a comparison; None for none.
        groups: What the claims of each kind stand under.
    """
    found: dict[Kind, int] = {}
    for kind in KINDS:
        apart = _apart(groups[kind], standings)
        entries = _plain(documents, kind)
        found[kind] = len({(entry.source_id if apart else "", claim_of(entry, standings)) for entry in entries})
    return found


def _plain(documents: Iterable[Document], kind: Kind) -> Iterator[Entry]:
    """The facts of a kind, without their standings."""
    for document in documents:
        for fact in FORM_OF[kind].of(document.extraction):
            yield Entry(document.extraction.source_id, fact, review=document.reviews.get(fact.key))


def values(
    documents: Iterable[Document], chosen: Chosen, standings: Standings | None
) -> list[tuple[Trait, list[tuple[str, int]]]]:
    """What the facts can be filtered by: each trait's values, with the claims that have them under the other filters.

    Args:
        documents: Facts of the sources.
        chosen: Kind, groups and filter.
        standings: How facts stand among the sources; None where that is not known.
    """
    entries = [(entry, claim_of(entry, standings)) for entry in _entries(documents, chosen.kind, standings)]
    found: list[tuple[Trait, list[tuple[str, int]]]] = []
    for trait in LISTED[chosen.kind].filters:
        others = {other: value for other, value in chosen.wanted.items() if other != trait}
        claims: dict[str, set[Hashable]] = {}
        for entry, claim in entries:
            if _passes(entry, others):
                claims.setdefault(value_of(entry, trait), set()).add(claim)
        if len(claims) > 1 or trait in chosen.wanted:
            counted = ((value, len(same)) for value, same in claims.items())
            found.append((trait, sorted(counted, key=lambda one: -one[1])))
    return found
