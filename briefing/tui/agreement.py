"""How a single fact stands in a comparison: its sign and a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from briefing.model.safetext import SafeText
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.export.selection import Reviews
    from briefing.model.agreement import Agreement, Comparison
    from briefing.model.claim_edit import ClaimEdit
    from briefing.model.event import Event
    from briefing.model.facts import Extraction, Fact
    from briefing.model.source import Source
    from briefing.model.statuses import Status

    Document = tuple[Source, Extraction]

Tone = Literal["agree", "copied", "differ", "less", "altered", "silent"]
SIGNS: Final[dict[Tone, str]] = {"agree": "✓", "copied": "=", "differ": "≠", "less": "≈", "altered": "~", "silent": "○"}
MEANINGS: Final[dict[Tone, str]] = {
    "agree": "other sources say the same",
    "copied": "other sources carry the same text or statement, which confirms nothing",
    "differ": "another source says otherwise",
    "less": "another source says it less precisely",
    "altered": "another source changes the words of the quote",
    "silent": "other sources do not say it",
}
_WEIGHT: Final[dict[Tone, int]] = {"differ": 4, "altered": 3, "less": 2, "agree": 1, "copied": 1, "silent": 0}

TONES: Final[dict[Status, Tone]] = {
    "agree": "agree",
    "verbatim": "agree",
    "compatible": "agree",
    "shortened": "agree",
    "less_precise": "less",
    "later": "less",
    "differ": "differ",
    "spelling": "differ",
    "altered": "altered",
    "reattributed": "altered",
    "single": "silent",
}
"""How each status of a claim is shown."""
_CONTRASTS: Final[dict[Status, str]] = {
    "later": "the figure moved",
    "differ": "sources differ",
    "spelling": "spelt differently",
    "altered": "words altered",
    "reattributed": "other speakers named",
}

COMPARED: Final = 60
"""Most sources that are compared with each other while one waits; for more there is the compare command."""


def comparison_of(
    documents: Sequence[Document], reviews: Reviews | None = None, edits: Sequence[ClaimEdit] = ()
) -> Comparison | None:
    """Compare sources under the user's verdicts; None for a single source and for too many. Takes time.

    Args:
        documents: Sources with their extractions.
        reviews: Verdicts by id of the source, then by key of the fact; None for none.
        edits: What the user said of events and origins.
    """
    if not 2 <= len(documents) <= COMPARED:
        return None
    return compared(documents, reviews, edits).shown


class Comparisons(NamedTuple):
    """A comparison as it is shown, and with what verdicts take out of it."""

    shown: Comparison
    whole: Comparison


def compared(
    documents: Sequence[Document], reviews: Reviews | None = None, edits: Sequence[ClaimEdit] = ()
) -> Comparisons:
    """Compare sources under the user's verdicts, however many they are. Takes time.

    Args:
        documents: Sources with their extractions.
        reviews: Verdicts by id of the source, then by key of the fact; None for none.
        edits: What the user said of events and origins.
    """
    from briefing.export.verdicts import compare_corrected, taken_out, without

    whole = compare_corrected(documents, reviews or {}, edits)
    return Comparisons(without(whole, taken_out(documents, reviews or {})), whole)


def copies_of(comparison: Comparison | None) -> dict[str, int]:
    """Number of near-duplicates of each source, by id."""
    groups = comparison.near_duplicates if comparison else ()
    return {document: len(group.documents) - 1 for group in groups for document in group.documents}


Place = tuple[str, str, int, int]
"""Kind of fact, source id, start, end."""


class Standing(NamedTuple):
    """The status of a fact among the sources."""

    tone: Tone
    words: SafeText
    shown: bool = True
    """Whether that is worth a sign: no other source on the matter is not, least of all beside every fact of a pile."""
    sources: int = 0
    """How many sources the sign is about: those that carry the claim, or that are silent on it."""

    @property
    def text(self) -> SafeText:
        """Sign and words."""
        return own(f"{SIGNS[self.tone]} ") + self.words

    @property
    def brief(self) -> SafeText:
        """Sign and number of sources; empty where that is not worth a sign."""
        return own(f"{SIGNS[self.tone]}{self.sources or ''}") if self.shown else own("")


class Claimed(NamedTuple):
    """The claim that a fact belongs to, whatever was said of it: its number in the comparison, and its event."""

    number: int
    event: str | None


class Standings:
    """Look facts up in a comparison."""

    def __init__(
        self,
        comparison: Comparison,
        names: Mapping[str, SafeText] | None = None,
        whole: Comparison | None = None,
        *,
        several: bool = True,
    ) -> None:
        """Take over a comparison.

        Args:
            comparison: The comparison as it is shown.
            names: Short names of the sources by id.
            whole: The comparison with what verdicts take out; None where they take out nothing. Facts stay together
                by it: rejecting one must not part it from the others of its claim.
            several: Whether several sources were compared: one alone stands nowhere among others.
        """
        self.names = names or {}
        """Short names of the sources by id."""
        self.several = several
        self.events: Mapping[str, Event] = {event.id: event for event in comparison.events}
        """The events in order of time, by id."""
        self._claims: dict[Place, Claimed] = {}
        for number, group in enumerate((whole or comparison).groups):
            for item in group.items:
                place = (group.kind, item.document, item.start, item.end)
                self._claims.setdefault(place, Claimed(number, group.event))
        self._at: dict[Place, tuple[Standing, Agreement]] = {}
        for group in comparison.groups:
            kind = "participant" if group.kind == "name" else group.kind
            for item in group.items:
                place = (kind, item.document, item.start, item.end)
                standing = _standing(group, item.document)
                known = self._at.get(place)
                if known is None or _WEIGHT[standing.tone] > _WEIGHT[known[0].tone]:
                    self._at[place] = standing, group

    def of(self, source_id: str, fact: Fact) -> Standing | None:
        """How a fact stands; None where the comparison does not speak of it.

        Args:
            source_id: Id of its source.
            fact: The fact.
        """
        found = self._find(source_id, fact)
        return found[0] if found else None

    def group_of(self, source_id: str, fact: Fact) -> Agreement | None:
        """The claim that a fact is about; None where the comparison does not speak of it.

        Args:
            source_id: Id of its source.
            fact: The fact.
        """
        found = self._find(source_id, fact)
        return found[1] if found else None

    def claim_of(self, source_id: str, fact: Fact) -> Claimed | None:
        """The claim that a fact belongs to, even where it was rejected; None where the comparison knows of none.

        Args:
            source_id: Id of its source.
            fact: The fact.
        """
        return next((self._claims[place] for place in _places(source_id, fact) if place in self._claims), None)

    def _find(self, source_id: str, fact: Fact) -> tuple[Standing, Agreement] | None:
        if not self.several:
            return None
        return next((self._at[place] for place in _places(source_id, fact) if place in self._at), None)


def _places(source_id: str, fact: Fact) -> Iterator[Place]:
    kind, _, _ = fact.key.partition(":")
    spans = getattr(fact, "mentions", None)
    for start, end in spans if spans is not None else [(fact.start, fact.end)]:  # type: ignore[union-attr]
        yield kind, source_id, start, end


def _standing(group: Agreement, document: str) -> Standing:
    documents = {item.document for item in group.items}
    if group.status == "single" or documents <= {document}:
        silent = len(group.silent)
        return Standing("silent", own(f"silent in {silent}" if silent else "only here"), silent > 0, silent)
    tone, sources = TONES[group.status], len(documents)
    if group.status == "less_precise":
        return Standing(tone, own(_precision(group, document)), sources=sources)
    if group.status in _CONTRASTS:
        return Standing(tone, own(_CONTRASTS[group.status]), sources=sources)
    origins = "" if group.origins >= sources else f", {plural(group.origins, 'origin')}"
    words = own(f"{plural(sources, 'source')}{origins}")
    return Standing(tone if group.origins > 1 else "copied", words, sources=sources)


def _precision(group: Agreement, document: str) -> str:
    """Number of sources less precise than ``document``, or more precise where it gives no number itself."""
    without = {item.document for item in group.items if item.low is None and item.high is None}
    documents = {item.document for item in group.items}
    if document in without:
        return f"more precise in {len(documents - without)}"
    return f"less precise in {len(without)}" if without else "less precise elsewhere"
