"""Rows of the facts panel: which facts are shown, in what groups. Made in a thread where they are many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.model.fact_forms import FORM_OF, FORMS, corrected
from briefing.model.kinds import FactKind
from briefing.model.safetext import SafeText
from briefing.tui.fact_forms import LISTED, Trait
from briefing.tui.wording import NOTHING, own

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.model.facts import Extraction, Fact
    from briefing.model.kinds import ReviewState
    from briefing.model.review import Review
    from briefing.tui.agreement import Standing, Standings

Kind = FactKind
KINDS: Final[tuple[Kind, ...]] = tuple(form.kind for form in FORMS)

TRAIT_WORDS: Final[dict[Trait, str]] = {
    "category": "category",
    "operator": "operator",
    "kind": "kind",
    "affiliation": "affiliation",
    "speaker": "speaker",
    "state": "verdict",
    "confidence": "confidence",
    "standing": "other sources",
}
_NONE: Final[dict[Trait, str]] = {
    "operator": "no operator",
    "affiliation": "no affiliation",
    "speaker": "nobody named",
    "standing": "not compared",
}
STANDING_WORDS: Final = {
    "agree": "agree", "copied": "carry the same text", "differ": "differ", "less": "less precise",
    "altered": "words altered", "silent": "silent",
}  # fmt: skip

Wanted = dict[Trait, str]
"""The values that facts must have to be shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: a fact of a source, or, where ``fact`` is None, the head of a group or of a source's facts."""

    source_id: str
    fact: Fact | None
    heading: SafeText = NOTHING
    review: Review | None = None
    standing: Standing | None = None
    n: int = 0
    """For a head: how many facts stand under it."""

    @property
    def state(self) -> ReviewState:
        """The verdict on the fact."""
        return self.review.state if self.review else "unreviewed"

    @property
    def shown(self) -> Fact | None:
        """The fact with its reader's corrections."""
        if self.fact is None or self.review is None or not self.review.edited:
            return self.fact
        try:
            return corrected(self.fact, self.review.edited)
        except ValueError:  # corrected by a program that knows other fields
            return self.fact


class Document(NamedTuple):
    """The facts of one source, with verdicts."""

    title: SafeText
    extraction: Extraction
    reviews: Mapping[str, Review]


class Chosen(NamedTuple):
    """What the facts panel shows: kind, groups, filter."""

    kind: Kind
    wanted: Mapping[Trait, str]
    group: Trait | None
    titles: bool
    """Whether the facts of each source stand under its title, unless they are grouped."""


def value_of(entry: Entry, trait: Trait) -> str:
    """A trait of a fact as it is shown and filtered by, with the user's corrections.

    Args:
        entry: The row of the fact.
        trait: The trait.
    """
    if trait == "state":
        return "corrected" if entry.state == "edited" else entry.state
    if trait == "standing":
        return STANDING_WORDS[entry.standing.tone] if entry.standing else _NONE["standing"]
    found = getattr(entry.shown, trait)
    return SafeText(str(found)).line() if found else _NONE.get(trait, "other")


def facts_of(extraction: Extraction, kind: Kind) -> Sequence[Fact]:
    """Facts of one kind in the order to read them: core participants first, the others as the text has them.

    Args:
        extraction: The extraction.
        kind: The kind.
    """
    facts, first = FORM_OF[kind].of(extraction), LISTED[kind].first
    return facts if first is None else sorted(facts, key=lambda one: not first(one))


def _entries(document: Document, kind: Kind, standings: Standings | None) -> Iterator[Entry]:
    source_id = document.extraction.source_id
    for fact in facts_of(document.extraction, kind):
        entry = Entry(source_id, fact, review=document.reviews.get(fact.key))
        standing = standings.of(source_id, entry.shown or fact) if standings else None
        yield replace(entry, standing=standing) if standing is not None else entry


def rows_of(documents: Iterable[Document], chosen: Chosen, standings: Standings | None) -> list[Entry]:
    """The rows of the facts panel; a head says how many facts are under it, the greatest groups come first.

    Args:
        documents: Facts of the sources, in order.
        chosen: Kind, groups and filter.
        standings: How facts stand among the sources; None where that is not known.
    """
    rows: list[Entry] = []
    groups: dict[str, list[Entry]] = {}
    for document in documents:
        found = [entry for entry in _entries(document, chosen.kind, standings) if _passes(entry, chosen.wanted)]
        if chosen.group is not None:
            for entry in found:
                groups.setdefault(value_of(entry, chosen.group), []).append(entry)
            continue
        if found and chosen.titles:
            title = document.title.line()
            rows.append(Entry(document.extraction.source_id, None, title, n=len(found)))
        rows += found
    last = _NONE.get(chosen.group, "") if chosen.group else ""
    for value, entries in sorted(groups.items(), key=lambda one: (one[0] == last, -len(one[1]), one[0])):
        rows.append(Entry("", None, own(value), n=len(entries)))
        rows += entries
    return rows


def _passes(entry: Entry, wanted: Mapping[Trait, str]) -> bool:
    return all(value_of(entry, trait) == value for trait, value in wanted.items())


def values(
    documents: Iterable[Document], chosen: Chosen, standings: Standings | None
) -> list[tuple[Trait, list[tuple[str, int]]]]:
    """What the facts can be filtered by: each trait's values, with the facts that have them under the other filters.

    Args:
        documents: Facts of the sources.
        chosen: Kind, groups and filter.
        standings: How facts stand among the sources; None where that is not known.
    """
    entries = [entry for document in documents for entry in _entries(document, chosen.kind, standings)]
    found: list[tuple[Trait, list[tuple[str, int]]]] = []
    for trait in LISTED[chosen.kind].filters:
        others = {other: value for other, value in chosen.wanted.items() if other != trait}
        counted = Counter(value_of(entry, trait) for entry in entries if _passes(entry, others))
        if len(counted) > 1 or trait in chosen.wanted:
            found.append((trait, counted.most_common()))
    return found
