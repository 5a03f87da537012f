"""Rows of the facts panel: facts, and claims that several facts make; what they are told apart by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.model.fact_forms import FORM_OF, FORMS, corrected
from briefing.model.kinds import FactKind
from briefing.model.safetext import SafeText
from briefing.tui.fact_forms import LISTED, Trait
from briefing.tui.wording import NOTHING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from briefing.model.facts import Extraction, Fact
    from briefing.model.kinds import ReviewState
    from briefing.model.review import Review
    from briefing.tui.agreement import Standing

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
    "source": "source",
}
NONE: Final[dict[Trait, str]] = {
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
    """A row: a claim with the fact that words it best, or, where ``fact`` is None, the head of a group.

    What several facts claim, in one source or in many, is one row with these facts as ``members``; a claim of one fact
    has none. A member is an entry of its own.
    """

    source_id: str
    fact: Fact | None
    heading: SafeText = NOTHING
    review: Review | None = None
    standing: Standing | None = None
    n: int = 0
    """For a head: how many claims stand under it."""
    event: str | None = None
    """Id of the event that the claim is of."""
    members: tuple[Entry, ...] = ()

    @property
    def facts(self) -> tuple[Entry, ...]:
        """The facts of the claim in their order: the row itself where it is one."""
        return self.members or (self,)

    @property
    def state(self) -> ReviewState:
        """The verdict on all facts of the claim; unreviewed while one waits."""
        if not self.members:
            return self.review.state if self.review else "unreviewed"
        return common_state({one.state for one in self.members})

    @property
    def shown(self) -> Fact | None:
        """The fact with its reader's corrections."""
        if self.fact is None or self.review is None or not self.review.edited:
            return self.fact
        try:
            return corrected(self.fact, self.review.edited)
        except ValueError:  # corrected by a program that knows other fields
            return self.fact


def common_state(states: Collection[ReviewState]) -> ReviewState:
    """One verdict for several facts: unreviewed where one waits, unsure or edited where they differ."""
    if "unreviewed" in states or not states:
        return "unreviewed"
    return next(iter(states)) if len(states) == 1 else "unsure" if "unsure" in states else "edited"


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
    """What the claims stand under; None for their events, where these are known."""
    several: bool
    """Whether facts of several sources are shown: then claims run through all of them."""


def value_of(entry: Entry, trait: Trait) -> str:
    """A trait of a fact as it is shown and filtered by, with the user's corrections.

    Args:
        entry: The row of the fact.
        trait: The trait.
    """
    if trait == "state":
        return "corrected" if entry.state == "edited" else entry.state
    if trait == "standing":
        return STANDING_WORDS[entry.standing.tone] if entry.standing else NONE["standing"]
    found = getattr(entry.shown, trait)
    return SafeText(str(found)).line() if found else NONE.get(trait, "other")


def facts_of(extraction: Extraction, kind: Kind) -> Sequence[Fact]:
    """Facts of one kind in the order to read them: core participants first, the others as the text has them.

    Args:
        extraction: The extraction.
        kind: The kind.
    """
    facts, first = FORM_OF[kind].of(extraction), LISTED[kind].first
    return facts if first is None else sorted(facts, key=lambda one: not first(one))
