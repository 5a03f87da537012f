"""A selection becomes a brief: facts merged over sources, footnotes numbered in the order in which they are read."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from briefing import __version__
from briefing.export.brief import (
    Brief,
    Citation,
    CitedSource,
    Copies,
    CountLine,
    Note,
    ParticipantLine,
    QuoteLine,
    State,
)
from briefing.export.claims import Claims
from briefing.export.selection import Document, Selection, reviewed
from briefing.export.wording import number, shortened, whereabouts
from briefing.model.base import Confidence
from briefing.model.facts import Category, Count, Participant, ParticipantKind, Quote
from briefing.model.passage import locate, page_label, page_place, paragraphs
from briefing.model.safetext import SafeText

EVIDENCE_WIDTH: Final = 160
"""Characters of a passage that a footnote repeats; a brief that repeats whole paragraphs is not read."""

_CATEGORIES: Final[tuple[Category, ...]] = ("aircraft", "ship", "vehicle", "munition", "personnel", "other")
_KINDS: Final[tuple[ParticipantKind, ...]] = ("nation", "organisation", "unit", "person")
_TRUST: Final[tuple[Confidence, ...]] = ("high", "medium", "low")
_STATES: Final[tuple[State, ...]] = ("edited", "accepted", "unreviewed")

_Fact = TypeVar("_Fact", Count, Participant, Quote)


def compose(selection: Selection) -> Brief:
    """The brief of a selection. Raises :class:`ExportError` where a correction does not fit its fact."""
    return _Composer(selection).brief()


class Found(NamedTuple, Generic[_Fact]):
    """A fact, the number of the source it stands in, and what its reader said of it."""

    source: int
    fact: _Fact
    state: State


class Notes:
    """The footnotes so far. One passage cited twice keeps its number."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.all: list[Note] = []
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._documents = documents
        self._paragraphs = [paragraphs(source.text) for source, _ in documents]

    def cite(
        self, source: int, start: int, end: int, speaker: SafeText | None = None, cue: SafeText | None = None
    ) -> int:
        """The number of the footnote for characters ``start`` to ``end`` of the source of that number."""
        known = self._numbers.get((source, start, end))
        if known is not None:
            return known
        document, extraction = self._documents[source - 1]
        passage = locate(start, self._paragraphs[source - 1], extraction.sentences)
        note = Note(
            number=len(self.all) + 1,
            source=source,
            paragraph=passage.paragraph,
            sentence=passage.sentence,
            start=start,
            end=end,
            page=page_label(start, document.pages, document.text),
            place=page_place(start, document.pages, document.text),
            evidence=shortened(document.text[start:end], EVIDENCE_WIDTH),
            speaker=speaker,
            cue=cue,
        )
        self.all.append(note)
        self._numbers[source, start, end] = note.number
        return note.number

    def citations(self, places: Iterable[tuple[int, int, int]]) -> tuple[Citation, ...]:
        """The footnotes of several (source, start, end), by source."""
        by_source: dict[int, dict[int, None]] = {}
        for source, start, end in places:
            by_source.setdefault(source, {})[self.cite(source, start, end)] = None
        return tuple(Citation(source=source, notes=tuple(notes)) for source, notes in by_source.items())


class _Composer:
    """Holds what the parts of one brief share while it is made."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.documents: list[Document] = []
        self.counts: list[Found[Count]] = []
        self.participants: list[Found[Participant]] = []
        self.quotes: list[Found[Quote]] = []
        for index, (source, extraction) in enumerate(selection.documents, start=1):
            kept, states = reviewed(extraction, selection.reviews.get(source.id, {}), selection.accepted_only)
            self.documents.append((source, kept))
            self.counts += [Found(index, fact, _state(states, fact.key)) for fact in kept.counts]
            self.participants += [Found(index, fact, _state(states, fact.key)) for fact in kept.participants]
            self.quotes += [Found(index, fact, _state(states, fact.key)) for fact in kept.quotes]
        self.notes = Notes(self.documents)
        self.claims = Claims(selection, self.documents)

    def brief(self) -> Brief:
        counts = tuple(map(self._count, _merged(self.counts, _count_key)))
        participants = tuple(map(self._participant, _merged(self.participants, lambda p: (p.kind, p.name))))
        quotes = tuple(map(self._quote, _merged(self.quotes, _quote_key)))
        return Brief(
            title=self.selection.heading,
            day=self.selection.day,
            program=f"briefing {__version__}",
            sources=tuple(self._source(index, document) for index, document in enumerate(self.documents, start=1)),
            counts=counts,
            participants=participants,
            quotes=quotes,
            compared=self.selection.comparison is not None,
            claims=self.claims.written(self.notes.citations),
            copies=self._copies(),
            notes=tuple(self.notes.all),
        )

    def _source(self, index: int, document: Document) -> CitedSource:
        source, extraction = document
        return CitedSource(
            number=index,
            id=source.id,
            title=source.title.line() or SafeText("untitled source"),
            publisher=source.publisher and source.publisher.line(),
            author=source.author and source.author.line(),
            published=source.published,
            where=whereabouts(source.path),
            words=source.words,
            warnings=tuple(warning.message.line() for warning in extraction.warnings),
        )

    def _count(self, same: "list[Found[Count]]") -> CountLine:
        fact = same[0].fact
        return CountLine(
            number=number(fact),
            low=fact.low,
            high=fact.high,
            approx=fact.approx,
            item=fact.item,
            category=fact.category,
            operator=fact.operator,
            confidence=_best(same),
            review=_strongest(same),
            citations=self.notes.citations((f.source, f.fact.start, f.fact.end) for f in same),
            claims=self.claims.of("count", [(f.source, f.fact.start, f.fact.end) for f in same]),
        )

    def _participant(self, same: "list[Found[Participant]]") -> ParticipantLine:
        fact = same[0].fact
        first = [(f.source, *f.fact.mentions[0]) for f in same if f.fact.mentions]
        return ParticipantLine(
            name=fact.name,
            kind=fact.kind,
            roles=_distinct(f.fact.role for f in same),
            affiliations=_distinct(f.fact.affiliation for f in same),
            aliases=_distinct(alias for f in same for alias in f.fact.aliases if alias != fact.name),
            core=any(f.fact.core for f in same),
            confidence=_best(same),
            review=_strongest(same),
            citations=self.notes.citations(first),
            claims=self.claims.of("participant", [(f.source, *span) for f in same for span in f.fact.mentions]),
        )

    def _quote(self, same: "list[Found[Quote]]") -> QuoteLine:
        fact = same[0].fact
        for found in same:
            quote, text = found.fact, self.documents[found.source - 1][0].text
            named = quote.speaker_start is not None and quote.speaker_end is not None
            speaker = text[quote.speaker_start : quote.speaker_end].line() if named else None
            self.notes.cite(found.source, quote.start, quote.end, speaker, quote.cue and quote.cue.line())
        places = [(f.source, f.fact.start, f.fact.end) for f in same]
        return QuoteLine(
            text=fact.text,
            speaker=fact.speaker,
            speaker_kind=fact.speaker_kind,
            confidence=_best(same),
            review=_strongest(same),
            citations=self.notes.citations(places),
            claims=self.claims.of("quote", places),
        )

    def _copies(self) -> tuple[Copies, ...]:
        comparison = self.selection.comparison
        numbers = {source.id: index for index, (source, _) in enumerate(self.documents, start=1)}
        found = []
        for pair in comparison.near_duplicates if comparison else ():
            sources = tuple(sorted(numbers[key] for key in pair.documents if key in numbers))
            if len(sources) > 1:
                found.append(Copies(sources=sources, similarity=pair.similarity))
        return tuple(found)


def _merged(found: "list[Found[_Fact]]", key: Callable[[_Fact], Hashable]) -> "list[list[Found[_Fact]]]":
    """The same fact of one or several sources once, in reading order: by category or kind, then as first met."""
    groups: dict[Hashable, list[Found[_Fact]]] = {}
    for one in found:
        groups.setdefault(key(one.fact), []).append(one)
    return sorted(groups.values(), key=lambda same: min(_rank(found.fact) for found in same))


def _rank(fact: Count | Participant | Quote) -> tuple[int, int]:
    if isinstance(fact, Count):
        return _CATEGORIES.index(fact.category), 0
    if isinstance(fact, Participant):
        return not fact.core, _KINDS.index(fact.kind)
    return 0, 0


def _count_key(fact: Count) -> Hashable:
    # Vague counts ("dozens", "hundreds") have no bounds to tell them apart: their wording does.
    return number(fact), fact.low, fact.high, fact.approx, fact.item.casefold(), fact.category, fact.operator


def _quote_key(fact: Quote) -> Hashable:
    # Typesetting does not make another quotation: kinds of marks, white space, the comma before the speaker's name.
    words = " ".join(fact.text.translate(_MARKS).split()).rstrip(".,; ")
    return words, fact.speaker


_MARKS: Final = str.maketrans("‘’“”", "''\"\"")


def _state(states: dict[str, str], key: str) -> State:
    return next(state for state in _STATES if state == states[key])


def _best(same: "Sequence[Found[_Fact]]") -> Confidence:
    return min((found.fact.confidence for found in same), key=_TRUST.index)


def _strongest(same: "Sequence[Found[_Fact]]") -> State:
    return min((found.state for found in same), key=_STATES.index)


def _distinct(values: Iterable[SafeText | None]) -> tuple[SafeText, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
