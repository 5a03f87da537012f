"""Make the claims of a brief from a comparison and from the facts behind it."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from briefing.export.brief import STATES, Change, Claim, ClaimValue, State
from briefing.export.notes import Notes, Place
from briefing.export.selection import Document, Selection
from briefing.model.agreement import Agreement, ClaimItem
from briefing.model.base import Confidence
from briefing.model.facts import Count, Quote
from briefing.model.safetext import SafeText
from briefing.model.wording import number

CITED: Final = 2
"""Most sources of one value that are cited with footnotes, of different origins first; the others are only named."""

VALUES: Final = 4
"""Most values of one claim that are cited; of more, those that most sources give, and the others are counted."""

_CHANGES: Final = 12
_TRUST: Final[tuple[Confidence, ...]] = ("high", "medium", "low")
_MARKS: Final = str.maketrans("‘’“”", "''\"\"")
FactAt = tuple[str, str, int, int]
"""Kind of fact, source id, start, end."""


@dataclass
class _Value:
    """A value of a claim while it is gathered: the items that say the same."""

    value: SafeText
    speaker: SafeText | None
    items: list[ClaimItem] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    """Where it is cited."""


class Facts:
    """Look up the fact that an item of a claim was made of."""

    def __init__(self, documents: Sequence[Document], states: "Sequence[dict[str, str]]") -> None:
        self.facts: dict[FactAt, Count | Quote] = {}
        self.states: dict[FactAt, State] = {}
        for (source, extraction), known in zip(documents, states, strict=True):
            facts: list[Count | Quote] = [*extraction.counts, *extraction.quotes]
            for fact in facts:
                place = (fact.key.partition(":")[0], source.id, fact.start, fact.end)
                self.facts[place] = fact
                self.states[place] = next(state for state in STATES if state == known[fact.key])

    def at(self, kind: str, item: ClaimItem) -> Count | Quote | None:
        """The count or quotation of an item; None for a name, a date or a mention without a number.

        Args:
            kind: Kind of the claim.
            item: The item.
        """
        return self.facts.get((kind, item.document, item.start, item.end))

    def outside(self, groups: Iterable[Agreement]) -> list[Agreement]:
        """Make claims of the facts that are in no group, equal ones together."""
        held = {(group.kind, i.document, i.start, i.end) for group in groups for i in group.items}
        alike: dict[Hashable, list[FactAt]] = {}
        for place, fact in self.facts.items():
            if place not in held:
                alike.setdefault(_key(fact), []).append(place)
        return [self._group(places) for places in alike.values()]

    def _group(self, places: list[FactAt]) -> Agreement:
        fact = self.facts[places[0]]
        items = tuple(self._item(place) for place in places)
        documents = {item.document for item in items}
        several = "agree" if isinstance(fact, Count) else "verbatim"
        return Agreement(
            kind="count" if isinstance(fact, Count) else "quote",
            status=several if len(documents) > 1 else "single",
            claim=_title(fact),
            origins=len(documents),
            items=items,
        )

    def _item(self, place: FactAt) -> ClaimItem:
        fact = self.facts[place]
        if isinstance(fact, Quote):
            return ClaimItem(document=place[1], start=place[2], end=place[3], value=fact.text)
        return ClaimItem(
            document=place[1],
            start=place[2],
            end=place[3],
            value=SafeText(number(fact)),
            asserted_by=fact.asserted_by,
            low=fact.low,
            high=fact.high,
            approx=fact.approx,
        )


class ClaimMaker:
    """Make the claims of a brief, with the sources numbered in the order of the selection."""

    def __init__(self, selection: Selection, documents: Sequence[Document], facts: Facts) -> None:
        self._selection = selection
        self._facts = facts
        self._texts = {source.id: source.text for source, _ in documents}
        self.numbers = {source.id: index for index, (source, _) in enumerate(documents, start=1)}
        self._grades = {source.id: selection.grades.of_source(source) for source, _ in documents}

    def values(self, group: Agreement) -> list[_Value]:
        """The values of a claim, the same words or figures once; the original or most precise first."""
        found: dict[Hashable, _Value] = {}
        for item in group.items:
            fact = self._facts.at(group.kind, item)
            speaker = fact.speaker if isinstance(fact, Quote) else None
            value = SafeText(number(fact)) if isinstance(fact, Count) else item.value.line()
            words = " ".join(value.translate(_MARKS).split()).rstrip(".,; ").casefold()
            found.setdefault((words, speaker), _Value(value, speaker)).items.append(item)
        for one in found.values():
            one.items.sort(key=lambda item: (self.numbers[item.document], item.start))
        if group.kind == "date":
            return sorted(found.values(), key=lambda value: (_precision(str(value.value)), self._rank(value)))
        return sorted(found.values(), key=self._rank_of_many if len(found) > VALUES else self._rank)

    def _rank_of_many(self, value: _Value) -> tuple[bool, int, bool, int]:
        original, unnumbered, number = self._rank(value)
        return original, -len({item.document for item in value.items}), unnumbered, number

    def _rank(self, value: _Value) -> tuple[bool, bool, int]:
        original = any(item.form == "original" for item in value.items)
        numbered = any(item.low is not None or item.high is not None for item in value.items)
        return not original, not numbered, self.numbers[value.items[0].document]

    def confidence(self, group: Agreement) -> Confidence:
        """How sure the least sure fact of a claim is; one that a person accepted or corrected is."""
        held = [(group.kind, item.document, item.start, item.end) for item in group.items]
        known = [place for place in held if place in self._facts.facts]
        looked_at = any(self._facts.states[place] != "unreviewed" for place in known)
        return (
            "high"
            if looked_at
            else min((self._facts.facts[p].confidence for p in known), key=_TRUST.index, default="high")
        )

    def cite(self, values: Sequence[_Value], notes: Notes, *, printed: bool = True) -> None:
        """Choose where each value is cited: one place a source, first a source of each origin.

        Of sources of one origin, one whose sentence is cited already goes first: the notes stay short.

        Args:
            values: Values of a claim; their places are set here.
            notes: The footnotes, which collect the places.
            printed: Whether the claim is printed, rather than in the JSON only.
        """
        for value in values[:VALUES]:
            first: dict[str, ClaimItem] = {}
            for item in value.items:
                first.setdefault(item.document, item)
            ranked = sorted(first.values(), key=lambda item: not notes.holds(self._place(item)))
            fresh: list[ClaimItem] = []
            rest: list[ClaimItem] = []
            origins: set[str] = set()
            for item in ranked:
                (rest if item.origin is not None and item.origin in origins else fresh).append(item)
                origins.add(item.origin or "")
            value.places = sorted(self._place(item) for item in [*fresh, *rest][:CITED])
            notes.collect(value.places, printed=printed)

    def _place(self, item: ClaimItem) -> Place:
        return self.numbers[item.document], item.start, item.end

    def make(self, index: int, group: Agreement, values: Sequence[_Value], notes: Notes) -> Claim:
        """Make a claim of a group of the comparison. The notes have to be numbered before.

        Args:
            index: Number of the claim.
            group: The group.
            values: Its values, cited.
            notes: The footnotes.
        """
        facts = [fact for item in group.items if (fact := self._facts.at(group.kind, item))]
        states = [self._facts.states[group.kind, i.document, i.start, i.end] for i in group.items
                  if (group.kind, i.document, i.start, i.end) in self._facts.states]  # fmt: skip
        counts = [fact for fact in facts if isinstance(fact, Count)]
        quotes = [fact for fact in facts if isinstance(fact, Quote)]
        return Claim(
            number=index,
            kind=group.kind,
            status=group.status,
            event=group.event,
            claim=group.claim.line(),
            origins=group.origins,
            values=tuple(self._value(group, value, values[0], notes) for value in values),
            silent=tuple(sorted(self.numbers[key] for key in group.silent if key in self.numbers)),
            item=counts[0].item if counts else None,
            category=counts[0].category if counts else None,
            operator=next((count.operator for count in counts if count.operator), None),
            what=next((count.what for count in counts if count.what), None),
            speaker_kind=next((quote.speaker_kind for quote in quotes if quote.speaker_kind), None),
            confidence=min((fact.confidence for fact in facts), key=_TRUST.index, default="high"),
            review=min(states, key=STATES.index, default="unreviewed"),
            grade=self._selection.grades.of_claim(group, [self._grades[item.document] for item in group.items]),
        )

    def _value(self, group: Agreement, value: _Value, first: _Value, notes: Notes) -> ClaimValue:
        item = value.items[0]
        reworded = group.kind == "quote" and value is not first
        return ClaimValue(
            value=value.value,
            written=self._texts[item.document][item.start : item.end].line(),
            asserted_by=tuple(dict.fromkeys(i.asserted_by.line() for i in value.items if i.asserted_by)),
            own=any(not i.asserted_by and (i.low is not None or i.high is not None) for i in value.items),
            speaker=value.speaker.line() if value.speaker else None,
            form=item.form,
            changes=_changes(first.value, value.value) if reworded else (),
            sources=tuple(sorted({self.numbers[i.document] for i in value.items})),
            citations=notes.citations(value.places),
        )


def _changes(first: SafeText, other: SafeText) -> tuple[Change, ...]:
    """Differences of two wordings; not the words that one leaves out at its beginning or end."""
    from briefing.compare import diff_words

    found = [change for change in diff_words(first, other) if change[0] != "equal"]
    edges = {(0, 0), (len(other.rstrip(" .,;:!?")), len(other.rstrip(" .,;:!?")))}
    made = [
        Change(was=first[was[0] : was[1]], now=other[now[0] : now[1]])
        for op, was, now in found
        if not (op == "delete" and now in edges)
    ]
    return tuple(made[:_CHANGES])


def _precision(value: str) -> int:
    """How precise a date is: a day goes before some days, these before a month, that before a year."""
    return {10: 0, 21: 1, 7: 2}.get(len(value), 3)  # 2025-07-11, 2025-07-11/2025-07-14, 2025-07


def _key(fact: Count | Quote) -> Hashable:
    if isinstance(fact, Quote):
        # Typesetting makes no other quotation: kinds of marks, white space, the comma before the speaker's name.
        return " ".join(fact.text.translate(_MARKS).split()).rstrip(".,; "), fact.speaker
    # Open amounts ("dozens", "hundreds") have no bounds to tell them apart: their wording does.
    return number(fact), fact.low, fact.high, fact.approx, fact.item.casefold(), fact.category, fact.operator, fact.what


def _title(fact: Count | Quote) -> SafeText:
    if isinstance(fact, Quote):
        return SafeText(f"{fact.speaker}: {fact.text}" if fact.speaker else fact.text).line()
    return SafeText(", ".join(part for part in (fact.item, fact.operator, fact.what) if part)).line()
