"""Data types of a brief: events, claims, and the passages they rest on. Every format is made from them."""

import re
from datetime import date, datetime
from typing import Final, Literal

from pydantic import Field

from briefing.model.base import Confidence, Frozen
from briefing.model.facts import Category, ParticipantKind, SpeakerKind
from briefing.model.safetext import SafeText
from briefing.model.statuses import ClaimKind, Form, Status, group_of
from briefing.model.tables import find_tables

ELISION: Final = "[…]"
"""What stands for the words that a note leaves out."""
SLACK: Final = 3
"""So few words are not worth leaving out."""
State = Literal["unreviewed", "unsure", "accepted", "edited", "added"]
STATES: Final[tuple[State, ...]] = ("unsure", "added", "edited", "accepted", "unreviewed")
"""States of review; where facts of one claim are in several, the first of these stands."""
Span = tuple[int, int]


class Note(Frozen):
    """A footnote: the sentences of one source that bear some facts, named as a reader would look them up."""

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
    box: tuple[float, float, float, float] | None = None
    """Of a page recognised in a picture: left, top, right, bottom of the lines of the evidence, in per cent of it."""
    text: SafeText
    """The whole sentences, as one line; where they are the words of an earlier note, empty."""
    marks: tuple[Span, ...]
    """Spans of the evidence in the source's text."""
    evidence: tuple[SafeText, ...]
    """The words of each mark, each as one line."""
    shown: tuple[Span, ...] = ()
    """Where these words stand in ``text``."""
    head: tuple[SafeText, ...] = ()
    """Of a row of a table: what stands in the first row of each column."""
    same_as: int | None = None
    """The note of another source that has these sentences word for word."""
    printed: bool = True
    """False where it bears only claims for which the printed brief has no room."""
    around: int = Field(default=12, exclude=True)
    """Words beside the evidence that stay where a long sentence is shortened."""

    @property
    def pieces(self) -> tuple[tuple[SafeText, bool], ...]:
        """The text in pieces, each with whether it is evidence."""
        made: list[tuple[SafeText, bool]] = []
        at = 0
        for start, end in self.shown:
            made += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        made.append((self.text[at:], False))
        return tuple(piece for piece in made if piece[0])

    @property
    def cells(self) -> tuple[tuple[tuple[SafeText, bool], ...], ...]:
        """The cells of a row of a table in pieces, each with whether it is evidence; empty for running text."""
        tables = find_tables(f"{'| ' * (len(self.head) + 1)}\n{self.text}") if self.head and self.text else []
        if len(tables) != 1 or len(tables[0].rows) != 2 or len(tables[0].rows[1]) != len(self.head):
            return ()
        before = 2 * len(self.head) + 3
        return tuple(self._parts(start - before, end - before) for start, end in tables[0].rows[1])

    def _parts(self, start: int, end: int) -> tuple[tuple[SafeText, bool], ...]:
        """A stretch of the text in pieces, each with whether it is evidence."""
        made: list[tuple[SafeText, bool]] = []
        for first, last in (*self.shown, (len(self.text), len(self.text))):
            if start < (upto := min(first, end)):
                made.append((self.text[start:upto], False))
            start = max(start, first)
            if start < (upto := min(last, end)):
                made.append((self.text[start:upto], True))
                start = upto
        return tuple(made)

    @property
    def excerpt(self) -> tuple[tuple[SafeText, bool], ...]:
        """The pieces of a short passage; of a long one the evidence with words around it, ``[…]`` for the others."""
        pieces = self.pieces
        if len(self.text.split()) <= 3 * self.around:
            return pieces
        last = len(pieces) - 1
        return tuple(
            (
                words
                if evidence
                else _cut(words, 0 if place == 0 else self.around, 0 if place == last else self.around),
                evidence,
            )
            for place, (words, evidence) in enumerate(pieces)
        )


def _cut(words: SafeText, head: int, tail: int) -> SafeText:
    """A piece of a sentence without the words beyond its first ``head`` and last ``tail`` ones."""
    parts = re.findall(r"\s*\S+(?:\s+$)?", words)
    if len(parts) <= head + tail + SLACK:
        return words
    kept = [*parts[:head], f" {ELISION}" if head else ELISION, *parts[len(parts) - tail :]]
    return SafeText("".join(kept))


class Citation(Frozen):
    """A source's part in a fact: its number and the numbers of its footnotes."""

    source: int
    notes: tuple[int, ...]


class CitedSource(Frozen):
    """One entry of the list of sources. ``where`` is the file's name, without its folders, or the address."""

    number: int
    id: str
    """SHA-256 of the original bytes."""
    text_sha256: str
    """SHA-256 of the text that offsets count in, as UTF-8."""
    title: SafeText
    publisher: SafeText | None
    author: SafeText | None
    published: datetime | date | None
    retrieved: datetime | date | None = None
    """The day of its file, where that is still known."""
    where: SafeText
    words: int
    grade: str | None = None
    """Reliability, A to F, as its reader graded the publisher or the source."""
    copies: tuple[int, ...] = ()
    """Sources that carry largely the same text: one origin wherever they speak for themselves."""
    warnings: tuple[SafeText, ...] = ()


class Change(Frozen):
    """One difference from the first wording: its words, and those of the other one; either may be empty."""

    was: SafeText
    now: SafeText


_NUMBER: Final = re.compile(r"(?:about |up to )?\d")


class ClaimValue(Frozen):
    """One value of a claim, with the sources that give it in the same words or figures."""

    value: SafeText
    written: SafeText
    """As the first of them writes it."""
    asserted_by: tuple[SafeText, ...] = ()
    own: bool = False
    """Whether one of them names nobody from whom it has it."""
    speaker: SafeText | None = None
    form: Form | None = None
    changes: tuple[Change, ...] = ()
    """Of a quotation: how it departs from the wording of the first value."""
    sources: tuple[int, ...]
    """All sources that say it; ``citations`` may name fewer of them."""
    citations: tuple[Citation, ...]

    @property
    def numbered(self) -> bool:
        """Whether it gives a number, and does not only name what others count ("B-52s") or say "dozens"."""
        return _NUMBER.match(self.value) is not None


class Claim(Frozen):
    """One claim. ``origins`` counts the independent asserters behind it, as the comparison found them."""

    number: int
    kind: ClaimKind
    status: Status
    event: str | None = None
    claim: SafeText
    origins: int
    values: tuple[ClaimValue, ...]
    silent: tuple[int, ...] = ()
    item: SafeText | None = None
    category: Category | None = None
    operator: SafeText | None = None
    what: SafeText | None = None
    speaker_kind: SpeakerKind | None = None
    confidence: Confidence = "high"
    review: State = "unreviewed"
    grade: str | None = None
    """Reliability of the best graded source and credibility of the claim (``B2``)."""

    @property
    def label(self) -> str:
        """``C12``."""
        return f"C{self.number}"

    @property
    def shown(self) -> tuple[ClaimValue, ...]:
        """The values that are cited: all, or the first ones where there are very many."""
        return tuple(value for value in self.values if value.citations)

    @property
    def sources(self) -> tuple[int, ...]:
        """The sources that make it."""
        return tuple(sorted({source for value in self.values for source in value.sources}))

    @property
    def contrast(self) -> bool:
        """Whether the sources differ."""
        return group_of(self.status) == "contrast"


class Person(Frozen):
    """A participant (``core``) or somebody mentioned. Sources may give several roles and affiliations."""

    name: SafeText
    kind: ParticipantKind
    roles: tuple[SafeText, ...] = ()
    affiliations: tuple[SafeText, ...] = ()
    aliases: tuple[SafeText, ...] = ()
    core: bool = False
    event: str | None = None
    sources: tuple[int, ...]
    citations: tuple[Citation, ...] = ()
    """Empty for those without a role: they stand in the index."""
    confidence: Confidence = "high"
    review: State = "unreviewed"


class EventPart(Frozen):
    """An event: what, when, where, who, and the claims on it that do not stand on page one.

    Dates are ISO, as precise as known; ``stated`` is false where they were inferred from the day of a source. The part
    without an ``id`` holds what belongs to no event.
    """

    number: int
    id: str | None
    what: SafeText
    start_date: str | None = None
    end_date: str | None = None
    stated: bool = True
    place: SafeText | None = None
    parties: tuple[SafeText, ...] = ()
    sources: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    """Places in :attr:`Brief.participants`, from zero."""
    claims: tuple[int, ...] = ()
    """Numbers of claims that are printed under it."""
    on_page_one: tuple[int, ...] = ()
    unprinted: tuple[int, ...] = ()
    """Those of one source alone for which a printed brief has no room: they stand in the JSON only."""

    @property
    def label(self) -> str:
        """``E2``."""
        return f"E{self.number}"


class PageOne(Frozen):
    """Contents of page one: numbers of claims, but ``unsaid``, which are sentences."""

    offered: tuple[int, ...] = ()
    """The best corroborated claims, offered as a start where no bottom line was written."""
    figures: tuple[int, ...] = ()
    differ: tuple[int, ...] = ()
    more: tuple[int, ...] = ()
    """Claims that differ too, for which page one has no room."""
    unsaid: tuple[SafeText, ...] = ()


class Moved(Frozen):
    """A claim with other values than in the earlier brief, and its values there."""

    claim: int
    before: SafeText


class Changes(Frozen):
    """Changes since an earlier brief of that ``day``: new sources, number of sources that left, claims by number."""

    day: SafeText
    came: tuple[int, ...] = ()
    left: int = 0
    new: tuple[int, ...] = ()
    moved: tuple[Moved, ...] = ()
    gone: tuple[SafeText, ...] = ()


class Recalled(Frozen):
    """An event that a source only recalls, and of which the brief claims nothing else."""

    what: SafeText
    start_date: str
    end_date: str | None = None
    sources: tuple[int, ...]
    citations: tuple[Citation, ...]


class Copies(Frozen):
    """Sources that carry largely the same text. ``similarity`` is from 0 to 1."""

    sources: tuple[int, ...]
    similarity: float


class ReaderNote(Frozen):
    """What a reader wrote on a source, or on a fact of it."""

    source: int
    about: SafeText | None = None
    """The words that the fact was read from; none where the note is on the source."""
    text: SafeText
    by: SafeText | None = None
    at: datetime | None = None


class Brief(Frozen):
    """A whole brief. Citations refer to ``notes`` by number, notes to ``sources`` by number."""

    title: SafeText
    day: date = Field(serialization_alias="date")
    program: str
    bottom_line: SafeText | None = None
    page_one: PageOne
    events: tuple[EventPart, ...]
    claims: tuple[Claim, ...]
    participants: tuple[Person, ...]
    sources: tuple[CitedSource, ...]
    compared: bool
    """Whether the sources were compared; without it, statuses and origins say nothing."""
    copies: tuple[Copies, ...] = ()
    recalled: tuple[Recalled, ...] = ()
    """In order of time."""
    changes: Changes | None = None
    notes: tuple[Note, ...] = ()
    reader_notes: tuple[ReaderNote, ...] = ()
    """Where they are wanted."""

    @property
    def printed_notes(self) -> tuple[Note, ...]:
        """The footnotes of the printed brief."""
        return tuple(note for note in self.notes if note.printed)

    @property
    def printed_events(self) -> tuple[EventPart, ...]:
        """The events of which the printed brief says something."""
        return tuple(event for event in self.events if event.claims or event.people or event.on_page_one)

    @property
    def unprinted(self) -> tuple[int, ...]:
        """The numbers of the claims that stand in the JSON only."""
        return tuple(number for event in self.events for number in event.unprinted)

    def note(self, number: int) -> Note:
        """The footnote of that number."""
        return self.notes[number - 1]

    def claim(self, number: int) -> Claim:
        """The claim of that number."""
        return self.claims[number - 1]

    @property
    def index(self) -> tuple[Person, ...]:
        """Nations and bodies without a role, and whoever else is only named."""
        return tuple(person for person in self.participants if not person.citations)

    @property
    def tally(self) -> dict[str, int]:
        """Numbers of claims and participants in each state of review."""
        lines: list[Claim | Person] = [*self.claims, *self.participants]
        return {state: sum(line.review == state for line in lines) for state in STATES}
