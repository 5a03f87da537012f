"""The brief as data: facts merged over sources, each with the passages it rests on. Every format is made from this."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from briefing.model.base import Confidence, Frozen
from briefing.model.facts import Category, ParticipantKind, SpeakerKind
from briefing.model.safetext import SafeText

State = Literal["unreviewed", "accepted", "edited"]


class Note(Frozen):
    """A footnote: one passage of one source, named as a reader would look it up."""

    number: int
    source: int
    """Number of the source in the brief's list, from one."""
    paragraph: int
    sentence: int
    start: int
    end: int
    page: SafeText | None = None
    """What is printed on the page as its number, where the source has pages."""
    place: SafeText | None = None
    """The same as it is cited: ``p. 12``, ``slide 3``, ``Losses!C7``."""
    evidence: SafeText
    """The words of the passage that bear the fact."""
    speaker: SafeText | None = None
    """Of a quote: who said it, as the source writes it there."""
    cue: SafeText | None = None


class Citation(Frozen):
    """A source's part in a fact: its number and the numbers of its footnotes."""

    source: int
    notes: tuple[int, ...]


class CitedSource(Frozen):
    """One entry of the list of sources. ``where`` is the file's name, without its folders, or the address."""

    number: int
    id: str
    title: SafeText
    publisher: SafeText | None
    author: SafeText | None
    published: datetime | date | None
    where: SafeText
    words: int
    warnings: tuple[SafeText, ...] = ()


class ClaimValue(Frozen):
    """What some sources say of a claim, in the same words or figures."""

    value: SafeText
    citations: tuple[Citation, ...]


class Claim(Frozen):
    """One claim over several sources. ``origins`` counts copies of one text or statement once."""

    kind: Literal["count", "quote", "name", "participant"]
    status: Literal["agree", "differ", "altered", "single"]
    claim: SafeText
    origins: int
    values: tuple[ClaimValue, ...]
    silent: tuple[int, ...] = ()


class Line(Frozen):
    """What every fact of a brief has: how sure, what its reader said, where it stands, and how other sources put it."""

    confidence: Confidence = "high"
    review: State = "unreviewed"
    citations: tuple[Citation, ...]
    claims: tuple[int, ...] = ()
    """Places of the claims it belongs to in :attr:`Brief.claims`, from zero."""


class CountLine(Line):
    """So many of something. ``number`` says it in words, ``low`` and ``high`` are the bounds."""

    number: str
    low: int | None
    high: int | None
    approx: bool
    item: SafeText
    category: Category
    operator: SafeText | None


class ParticipantLine(Line):
    """Somebody who takes part (``core``) or is mentioned. Sources may give several roles and affiliations."""

    name: SafeText
    kind: ParticipantKind
    roles: tuple[SafeText, ...] = ()
    affiliations: tuple[SafeText, ...] = ()
    aliases: tuple[SafeText, ...] = ()
    core: bool = False


class QuoteLine(Line):
    """Words of somebody, exactly as the first cited source has them."""

    text: SafeText
    speaker: SafeText | None
    speaker_kind: SpeakerKind | None

    @property
    def paragraphs(self) -> tuple[SafeText, ...]:
        """The quoted words by paragraph."""
        return tuple(SafeText(part).line() for part in self.text.split("\n") if part.strip())


class Copies(Frozen):
    """Sources that carry largely the same text. ``similarity`` is from 0 to 1."""

    sources: tuple[int, ...]
    similarity: float


class Brief(Frozen):
    """Everything that is to be written. Citations refer to ``notes`` by number, notes to ``sources`` by number."""

    title: SafeText
    day: date = Field(serialization_alias="date")
    program: str
    sources: tuple[CitedSource, ...]
    counts: tuple[CountLine, ...]
    participants: tuple[ParticipantLine, ...]
    quotes: tuple[QuoteLine, ...]
    compared: bool
    """Whether the sources were compared; without it, ``claims`` is empty and says nothing."""
    claims: tuple[Claim, ...] = ()
    copies: tuple[Copies, ...] = ()
    notes: tuple[Note, ...] = ()

    def note(self, number: int) -> Note:
        """The footnote of that number."""
        return self.notes[number - 1]

    @property
    def disputed(self) -> tuple[Claim, ...]:
        """The claims that sources put differently, those included that agree but for how precise they are."""
        return tuple(c for c in self.claims if c.status in {"differ", "altered"} or len(c.values) > 1)

    @property
    def tally(self) -> dict[str, int]:
        """How many facts stand in each state of review."""
        lines: list[Line] = [*self.counts, *self.participants, *self.quotes]
        return {state: sum(line.review == state for line in lines) for state in ("accepted", "edited", "unreviewed")}
