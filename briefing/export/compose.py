"""Compose a brief from a selection: claims under their events, the most important on page one, footnotes by source."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from briefing import __version__
from briefing.export.brief import Brief, Changes, CitedSource, Claim, Copies, EventPart, PageOne, Person, Recalled
from briefing.export.claims import ClaimMaker, Facts
from briefing.export.notes import Notes, Place
from briefing.export.page_one import page_one
from briefing.export.people import People
from briefing.export.reader_notes import reader_notes
from briefing.export.room import without_room
from briefing.export.selection import Document, Selection
from briefing.export.since import changes_since
from briefing.export.verdicts import reviewed, taken_out, without
from briefing.model.agreement import Agreement, Comparison
from briefing.model.event import Event
from briefing.model.facts import Category, Count
from briefing.model.safetext import SafeText
from briefing.model.statuses import CLAIM_KINDS, group_of
from briefing.model.wording import whereabouts

_CATEGORIES: Final[tuple[Category, ...]] = ("aircraft", "ship", "vehicle", "munition", "personnel", "other")

_RECALLED: Final = 6
"""So many events that are only recalled are named."""
_RECALLING: Final = 40
"""In a pile of more sources, what one recalls in passing is left to the comparison."""


def compose(selection: Selection) -> Brief:
    """Compose the brief of a selection. Raises :class:`ExportError` where a correction does not fit its fact."""
    documents, states = [], []
    for source, found in selection.documents:
        kept, known = reviewed(found, selection.reviews.get(source.id, {}), selection.accepted_only)
        documents.append((source, kept))
        states.append(known)
    return _Composer(selection, documents, states).brief()


class _Composer:
    """State that the parts of one brief share while it is composed."""

    def __init__(self, selection: Selection, documents: Sequence[Document], states: "list[dict[str, str]]") -> None:
        self.selection = selection
        self.documents = documents
        self.facts = Facts(documents, states)
        self.numbers = {source.id: index for index, (source, _) in enumerate(documents, start=1)}
        self.comparison = _narrowed(selection)
        self.people = People(documents, states, self.comparison)
        self.maker = ClaimMaker(selection, documents, self.facts)

    def brief(self) -> Brief:
        notes = Notes(self.documents)
        told = [(group, self.maker.values(group)) for group in self._groups()]
        left = without_room(
            [(group, len(values)) for group, values in told],
            [self.maker.confidence(group) for group, _ in told],
            self.documents,
            self.people.with_role,
        )
        for place, (_, values) in sorted(enumerate(told), key=lambda one: one[0] in left):
            self.maker.cite(values, notes, printed=place not in left)
        self.people.collect(notes)
        recalled = self._recalled()
        notes.collect(self._recalled_at(event) for event in recalled)
        notes.number()
        notes.fit(sum(source.words for source, _ in self.documents))
        claims = tuple(self.maker.make(n, group, values, notes) for n, (group, values) in enumerate(told, start=1))
        events = self._events(claims)
        front = page_one(
            claims, events, bool(self.selection.bottom_line.strip()), self.selection.comparison is not None
        )
        participants = self.people.made(notes, events, claims)
        copies = self._copies()
        return Brief(
            title=self.selection.heading,
            day=self.selection.day,
            program=f"briefing {__version__}",
            bottom_line=SafeText(self.selection.bottom_line).strip() or None,
            page_one=front,
            events=_filled(events, claims, participants, front, {place + 1 for place in left}),
            claims=claims,
            participants=participants,
            sources=tuple(self._source(index, copies) for index in range(1, len(self.documents) + 1)),
            compared=self.selection.comparison is not None,
            copies=copies,
            recalled=tuple(self._recalled_part(event, notes) for event in recalled),
            changes=self._changes(claims, events),
            notes=tuple(notes.all),
            reader_notes=tuple(reader_notes(self.selection)),
        )

    def _changes(self, claims: Sequence[Claim], events: Sequence[EventPart]) -> Changes | None:
        if self.selection.before is None:
            return None
        sources = [(number, key) for key, number in self.numbers.items()]
        return changes_since(self.selection.before, sources, claims, events)

    def _groups(self) -> list[Agreement]:
        """The claims in the order of the events, then by kind; names and who is named where sources differ only."""
        found = list(self.comparison.groups) if self.comparison else []
        found += self.facts.outside(found)
        shown = [g for g in found if g.kind not in {"name", "participant"} or group_of(g.status) == "contrast"]
        place = {event.id: n for n, event in enumerate(self.comparison.events if self.comparison else ())}
        return sorted(shown, key=lambda group: (place.get(group.event or "", len(place)), *self._rank(group)))

    def _rank(self, group: Agreement) -> tuple[int, int, int, int, int]:
        first = min((self.numbers[item.document], item.start) for item in group.items)
        fact = self.facts.at(group.kind, group.items[0])
        category = _CATEGORIES.index(fact.category) if isinstance(fact, Count) else 0
        several = len({item.document for item in group.items})
        return CLAIM_KINDS.index(group.kind), category, -several, *first

    def _events(self, claims: Sequence[Claim]) -> list[EventPart]:
        """The events that a claim is about, in order of time; after them what belongs to none."""
        told = {claim.event for claim in claims}
        known = [event for event in (self.comparison.events if self.comparison else ()) if event.id in told]
        events = [
            EventPart(
                number=number,
                id=event.id,
                what=event.what.line().rstrip("."),
                start_date=event.start_date,
                end_date=event.end_date,
                stated=event.stated,
                place=event.place.line() if event.place else None,
                parties=tuple(party.line() for party in event.parties),
                sources=tuple(sorted(self.numbers[key] for key in event.documents if key in self.numbers)),
            )
            for number, event in enumerate(known, start=1)
        ]
        if told - {event.id for event in events}:
            what = SafeText("Not tied to an event" if events else "What the sources say")
            events.append(EventPart(number=len(events) + 1, id=None, what=what))
        return events

    def _recalled(self) -> list[Event]:
        """Dated events that sources of the pile only recall, and nothing is claimed of: those most sources recall."""
        if self.comparison is None or len(self.documents) > _RECALLING:
            return []
        told = {group.event for group in self._groups()}
        chosen = {source.id for source, _ in self.documents}
        found = [
            event for event in self.comparison.events
            if event.start_date and event.recalled_at and event.id not in told and event.recalled_at.document in chosen
        ]  # fmt: skip
        kept = sorted(found, key=lambda event: (-len(event.documents), -found.index(event)))[:_RECALLED]
        return [event for event in found if event in kept]

    def _recalled_at(self, event: Event) -> Place:
        at = event.recalled_at
        assert at is not None
        return self.numbers[at.document], at.start, at.end

    def _recalled_part(self, event: Event, notes: Notes) -> Recalled:
        return Recalled(
            what=event.what.line().rstrip("."),
            start_date=event.start_date or "",
            end_date=event.end_date,
            sources=tuple(sorted(self.numbers[key] for key in event.documents if key in self.numbers)),
            citations=notes.citations([self._recalled_at(event)]),
        )

    def _source(self, index: int, copies: Sequence[Copies]) -> CitedSource:
        source, extraction = self.documents[index - 1]
        return CitedSource(
            number=index,
            id=source.id,
            text_sha256=sha256(source.text.encode()).hexdigest(),
            title=source.title.line() or SafeText("untitled source"),
            publisher=source.publisher and source.publisher.line(),
            author=source.author and source.author.line(),
            published=source.published,
            retrieved=self.selection.retrieved.get(source.id),
            where=whereabouts(source.path),
            words=source.words,
            grade=self.selection.grades.of_source(source),
            copies=tuple(sorted({n for c in copies if index in c.sources for n in c.sources} - {index})),
            warnings=tuple(warning.message.line() for warning in extraction.warnings),
        )

    def _copies(self) -> tuple[Copies, ...]:
        comparison = self.selection.comparison
        found = []
        for pair in comparison.near_duplicates if comparison else ():
            sources = tuple(sorted(self.numbers[key] for key in pair.documents if key in self.numbers))
            if len(sources) > 1:
                found.append(Copies(sources=sources, similarity=pair.similarity))
        return tuple(found)


def _narrowed(selection: Selection) -> Comparison | None:
    """The comparison without rejected facts and without sources that are not in the selection."""
    comparison = selection.comparison
    if comparison is None:
        return None
    gone = taken_out(selection.documents, selection.reviews, selection.accepted_only)
    comparison = without(comparison, gone, selection.accepted_only)
    chosen = {source.id for source, _ in selection.documents}
    if all(item.document in chosen for group in comparison.groups for item in group.items):
        return comparison
    from briefing.model.statuses import narrowed

    groups = [(g, tuple(item for item in g.items if item.document in chosen)) for g in comparison.groups]
    return comparison.model_copy(update={"groups": tuple(narrowed(g, items) for g, items in groups if items)})


def _filled(
    events: Sequence[EventPart],
    claims: Sequence[Claim],
    participants: Sequence[Person],
    front: PageOne,
    unprinted: "set[int]",
) -> tuple[EventPart, ...]:
    """The events with their people and claims, those without either left out."""
    known = {event.id for event in events}
    shown = {*front.figures, *front.differ}
    made = []
    for event in events:
        own = [claim for claim in claims if (claim.event if claim.event in known else None) == event.id]
        people = [n for n, one in enumerate(participants) if one.citations and event.id and one.event == event.id]
        update = {
            "claims": tuple(claim.number for claim in own if claim.number not in shown | unprinted),
            "unprinted": tuple(claim.number for claim in own if claim.number in unprinted - shown),
            "on_page_one": tuple(claim.number for claim in own if claim.number in shown),
            "people": tuple(people),
        }
        if event.id is not None or update["claims"] or update["unprinted"]:
            made.append(event.model_copy(update=update))
    return tuple(made)
