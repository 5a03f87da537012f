"""The participants of a brief with their roles; nations and bodies without one go into the index."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from briefing.export.brief import STATES, Claim, EventPart, Person, Span, State
from briefing.export.notes import Notes, Place
from briefing.export.remarks import role_words
from briefing.export.selection import Document
from briefing.model.agreement import Agreement, ClaimItem, Comparison
from briefing.model.base import Confidence
from briefing.model.facts import Participant, ParticipantKind
from briefing.model.safetext import SafeText

_KINDS: Final[tuple[ParticipantKind, ...]] = ("person", "nation", "organisation", "unit")
_NO_OFFICE: Final = frozenset({"officer"})
"""The words of a role that tells nothing beside another."""
_TRUST: Final[tuple[Confidence, ...]] = ("high", "medium", "low")


class _Present(NamedTuple):
    """A participant in a source."""

    source: int
    participant: Participant
    state: State


class People:
    """The participants of a brief; those that the comparison joined are one."""

    def __init__(
        self, documents: Sequence[Document], states: "Sequence[dict[str, str]]", comparison: Comparison | None
    ) -> None:
        firsts: dict[str, list[tuple[Span, Span]]] = {
            source.id: [(span, one.mentions[0]) for one in extraction.participants for span in one.mentions]
            for source, extraction in documents
        }
        self._groups = _grouped(comparison, firsts)
        found: dict[Hashable, list[_Present]] = {}
        for index, ((source, extraction), known) in enumerate(zip(documents, states, strict=True), start=1):
            for one in extraction.participants:
                state = next(state for state in STATES if state == known[one.key])
                found.setdefault(self._key(source.id, one), []).append(_Present(index, one, state))
        self._found = sorted(found.items(), key=lambda pair: _rank(pair[1]))

    def _key(self, source_id: str, one: Participant) -> Hashable:
        for span in one.mentions[:1]:
            if (group := self._groups.get((source_id, *span))) is not None:
                return group[0]
        return one.kind, one.name

    @property
    def with_role(self) -> int:
        """How many have a role, and so a line of their own."""
        return sum(bool(_roles(present)) for _, present in self._found)

    def collect(self, notes: Notes) -> None:
        """Collect in the notes what will be cited."""
        for _, present in self._found:
            if _roles(present):
                notes.collect(_places(present))

    def made(self, notes: Notes, events: Sequence[EventPart], claims: Sequence[Claim]) -> tuple[Person, ...]:
        """Make all participants, persons first, then by how they take part; each with the event that it takes part in.

        That is the event that it is a party to, else the one of a claim in the same sentence, else the main one of its
        first source.

        Args:
            notes: The footnotes, numbered.
            events: The events of the brief.
            claims: Its claims.
        """
        told = _Told(claims)
        of_party = {name.casefold(): event.id for event in reversed(events) for name in event.parties}
        known = {event.id for event in events if event.id}
        people = []
        for key, present in self._found:
            group = (
                next((group for number, group in self._groups.values() if number == key), None)
                if isinstance(key, int)
                else None
            )
            names = _distinct(one.participant.name for one in present)
            event = group.event if group else None
            if event not in known:
                event = next((of_party[name.casefold()] for name in names if name.casefold() in of_party), None)
            person = _person(present, names, event, notes)
            if event not in known and person.citations:
                person = person.model_copy(update={"event": told.event_of(person)})
            people.append(person)
        return tuple(people)


class _Told:
    """Which events the sentences and the sources are about, by the claims that are cited there."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._notes: dict[int, Counter[str]] = {}
        self._sources: dict[int, Counter[str]] = {}
        for claim in claims:
            for citation in (c for value in claim.values for c in value.citations if claim.event):
                self._sources.setdefault(citation.source, Counter())[claim.event or ""] += 1
                for note in citation.notes:
                    self._notes.setdefault(note, Counter())[claim.event or ""] += 1

    def event_of(self, person: Person) -> str | None:
        """The event of the sentence that tells the role, else the main one of its source; None where there is none."""
        first = person.citations[0]
        found = self._notes.get(first.notes[0]) or self._sources.get(first.source)
        return found.most_common(1)[0][0] if found else None


_At = tuple[str, int, int]
"""Id of a source, start, end."""


def _grouped(
    comparison: Comparison | None, firsts: Mapping[str, Sequence[tuple[Span, Span]]]
) -> dict[_At, tuple[int, Agreement]]:
    """The claim that each participant's first mention stands in, with the claim's place.

    Participants whose names are spellings of one name, as a claim says, are in one.

    Args:
        comparison: The comparison; None for none.
        firsts: The mentions of participants by id of the source, each with the first one of the participant.
    """
    found: dict[_At, tuple[int, Agreement]] = {}
    groups = comparison.groups if comparison else ()
    for place, group in enumerate(groups):
        if group.kind == "participant":
            for item in group.items:
                found[item.document, item.start, item.end] = (place, group)
    for group in groups:
        if group.kind == "name":
            named = [found[at] for item in group.items if (at := _named(item, firsts)) in found]
            joined = {place for place, _ in named}
            if len(joined) > 1:
                first = min(named, key=lambda one: one[0])
                found |= {at: first for at, one in found.items() if one[0] in joined}
    return found


def _named(item: ClaimItem, firsts: Mapping[str, Sequence[tuple[Span, Span]]]) -> _At | None:
    """The first mention of the participant whose name is spelt there; a mention may have a rank before the name."""
    for (start, end), first in firsts.get(item.document, ()):
        if start <= item.start and item.end <= end:
            return (item.document, *first)
    return None


def _person(present: "list[_Present]", names: Sequence[SafeText], event: str | None, notes: Notes) -> Person:
    roles = _roles(present)
    aliases = [alias for one in present for alias in one.participant.aliases]
    return Person(
        name=max(names, key=len),
        kind=present[0].participant.kind,
        roles=roles,
        affiliations=_distinct(one.participant.affiliation for one in present),
        aliases=_distinct(alias for alias in [*aliases, *names] if alias != max(names, key=len)),
        core=any(one.participant.core for one in present),
        event=event,
        sources=tuple(sorted({one.source for one in present})),
        citations=notes.citations(_places(present)) if roles else (),
        confidence=min((one.participant.confidence for one in present), key=_TRUST.index),
        review=min((one.state for one in present), key=STATES.index),
    )


def _roles(present: "Iterable[_Present]") -> tuple[SafeText, ...]:
    """The roles that sources give, each once: not one whose words another has too, in whatever order."""
    roles = list({role.casefold(): role for one in present if (role := one.participant.role)}.values())
    roles = [role for role in roles if role_words(role) != _NO_OFFICE] or roles
    words = [role_words(role) for role in roles]
    return tuple(
        role
        for place, role in enumerate(roles)
        if not any(
            words[place] < other or (words[place] == other and n < place) for n, other in enumerate(words) if n != place
        )
    )


def _places(present: "Iterable[_Present]") -> list[Place]:
    """Places to cite for a participant: the first mention in each source that gives a role."""
    with_role = [one for one in present if one.participant.role and one.participant.mentions]
    return [(one.source, *one.participant.mentions[0]) for one in with_role][:1]


def _rank(present: "list[_Present]") -> tuple[bool, int]:
    core = any(one.participant.core for one in present)
    return not core, _KINDS.index(present[0].participant.kind)


def _distinct(values: Iterable[SafeText | None]) -> tuple[SafeText, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
