"""The facts of a source's text: mentions of entities, counts, participants, quotes, warnings."""

from typing import Final, Literal

from briefing.model.base import Frozen, Span
from briefing.model.kinds import ENTITY_TYPES as ENTITY_TYPES
from briefing.model.kinds import Category as Category
from briefing.model.kinds import Confidence
from briefing.model.kinds import EntityType as EntityType
from briefing.model.kinds import FactKind as FactKind
from briefing.model.kinds import ParticipantKind as ParticipantKind
from briefing.model.kinds import SpeakerKind as SpeakerKind
from briefing.model.safetext import SafeText


class Mention(Span):
    """One occurrence of an entity; ``name`` is its canonical name within the source."""

    text: SafeText
    type: EntityType
    name: SafeText
    confidence: Confidence = "high"


class Count(Span):
    """A number of physical things, as one mention of the text states it.

    ``low`` and ``high`` are inclusive bounds, either null where the text leaves it open ("more than 300": 300 and
    null; "dozens": null and null). ``item`` is singular and normalised; ``operator`` the nation or service that
    owns, flies or fields it. ``what`` is what happened to the counted, as a short predicate ("killed", "deployed");
    ``asserted_by`` who says so in the text (a canonical name, or a description where nobody is named), null where the
    text speaks for itself. ``rule`` names the rule that read the fact; ``added_by`` the reader who marked it, null of
    what was extracted. Every kind of fact has these two.
    """

    evidence: SafeText
    low: int | None
    high: int | None
    approx: bool = False
    item: SafeText
    category: Category
    operator: SafeText | None = None
    what: SafeText | None = None
    asserted_by: SafeText | None = None
    confidence: Confidence = "high"
    rule: SafeText | None = None
    added_by: SafeText | None = None

    @property
    def key(self) -> str:
        """Names this fact within its source."""
        return f"count:{self.start}-{self.end}"


class Participant(Frozen):
    """A nation, organisation, unit or named person of the text.

    ``core`` participants act, speak, host or take part; the others are merely mentioned. ``mentions`` are spans in
    order of appearance; the first one is the evidence.
    """

    name: SafeText
    kind: ParticipantKind
    role: SafeText | None = None
    affiliation: SafeText | None = None
    aliases: tuple[SafeText, ...] = ()
    core: bool = False
    mentions: tuple[tuple[int, int], ...] = ()
    confidence: Confidence = "high"
    rule: SafeText | None = None
    added_by: SafeText | None = None

    @property
    def key(self) -> str:
        """Names this fact within its source."""
        return f"participant:{self.kind}:{self.name}"


class Quote(Span):
    """Words between quotation marks, and who said or wrote them.

    ``start`` and ``end`` cover the words between the marks. ``speaker`` is canonical (pronouns and roles resolved),
    null where the text names nobody. ``cue`` is the reporting word as written. ``relay`` is who passed the words on
    where that is not the speaker ("…," the agency quoted him as saying).
    """

    text: SafeText
    speaker: SafeText | None = None
    speaker_kind: SpeakerKind | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    cue: SafeText | None = None
    relay: SafeText | None = None
    confidence: Confidence = "high"
    rule: SafeText | None = None
    added_by: SafeText | None = None

    @property
    def key(self) -> str:
        """Names this fact within its source."""
        return f"quote:{self.start}-{self.end}"


Fact = Count | Participant | Quote
FACT_CLASSES: Final[dict[FactKind, type[Fact]]] = {"count": Count, "participant": Participant, "quote": Quote}


class SourceWarning(Frozen):
    """A warning about a source, with the spans that show it."""

    kind: Literal["machine-paraphrased", "replaced-bytes", "truncated", "not-read", "language", "not-extracted"]
    """``not-extracted``: facts of some kind could not be looked for."""
    message: SafeText
    evidence: tuple[tuple[int, int], ...] = ()


class Extraction(Frozen):
    """All facts that one version of the extractor found in one source."""

    source_id: str
    extractor: str
    """The fingerprint of the extractor: code, lexicons, model."""
    mentions: tuple[Mention, ...] = ()
    counts: tuple[Count, ...] = ()
    participants: tuple[Participant, ...] = ()
    quotes: tuple[Quote, ...] = ()
    warnings: tuple[SourceWarning, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    """Spans of the sentences, in order, white space trimmed."""
