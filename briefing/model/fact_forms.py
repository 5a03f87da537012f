"""Registry of the kinds of facts: what every room must know to keep, show and carry over facts of a kind.

A further kind is its class and its field of an :class:`~briefing.model.facts.Extraction`, an entry here, and one in the
file of each room that has a form of its own for it: ``library/store/fact_codecs.py`` (bytes and rows),
``export/fact_cells.py`` (columns), ``cli/fact_tables.py`` (tables), ``tui/fact_forms.py`` (tabs, groups, corrections)
and ``tui/widgets/fact_drawing.py``. Nothing here needs pydantic: lists start without it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from briefing.model.kinds import FactKind
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from briefing.model.facts import Extraction, Fact

Spans = tuple[tuple[int, int], ...]


class FactForm(NamedTuple):
    """What is true of all facts of a kind."""

    kind: FactKind
    """The beginning of their keys; the kind of verdicts on them."""
    field: str
    """Their field of an extraction, and of a document in JSON."""
    says: Callable[[Any], tuple[object, ...]]
    """What a fact claims: one that claims the same after its source was extracted anew is the same fact."""
    names: tuple[str, ...]
    """Fields that hold names of entities."""
    words: str = ""
    """The field with the words at its first place; empty where it has none."""
    places: tuple[tuple[str, str], ...] = (("start", "end"),)
    """Fields with the start and the end of each place where it was read; what to show first comes first."""
    lists: tuple[str, ...] = ()
    """Fields with several such places."""
    placed: bool = True
    """Whether its place tells it from others; else its key is made of its name, which edits of entities change."""

    def of(self, found: Extraction) -> tuple[Fact, ...]:
        """The facts of this kind, in the order of the text."""
        return cast("tuple[Fact, ...]", getattr(found, self.field))

    def spans(self, fact: Fact) -> Spans:
        """Where a fact was read, as characters of the text; what to show first comes first."""
        ends = ((getattr(fact, start), getattr(fact, end)) for start, end in self.places)
        return (*(one for one in ends if None not in one), *chain.from_iterable(getattr(fact, n) for n in self.lists))

    def anchors(self, fact: Fact) -> Spans:
        """Places by which a claim knows the fact: a verdict on a quotation is on its words, wherever the speaker is."""
        return (self.span(fact),) if self.placed else self.spans(fact)

    def moved(self, fact: Fact, to: Callable[[int, int], tuple[int, int]], text: str) -> Fact:
        """The fact with its places in another text, and its words as they stand there.

        Args:
            fact: The fact.
            to: Start and end in the other text, given those in the one that it was read in.
            text: The other text.
        """
        update: dict[str, Any] = {}
        for first, last in self.places:
            start, end = getattr(fact, first), getattr(fact, last)
            if start is not None and end is not None:
                update[first], update[last] = to(start, end)
        if self.words:
            start, end = (update[name] for name in self.places[0])
            update[self.words] = SafeText(text[start:end])
        update |= {name: tuple(to(*span) for span in getattr(fact, name)) for name in self.lists}
        return fact.model_copy(update=update)

    def span(self, fact: Fact) -> tuple[int, int]:
        """The evidence: the span to show first; empty at the beginning where there is none."""
        return next(iter(self.spans(fact)), (0, 0))


MOST: Final = 10**15
"""No number of a text is larger, and no text longer."""


FORMS: Final[tuple[FactForm, ...]] = (
    FactForm(
        kind="count",
        field="counts",
        says=lambda fact: (fact.low, fact.high, fact.item.casefold(), fact.operator),
        names=("item", "operator", "asserted_by"),
        words="evidence",
    ),
    FactForm(
        kind="participant",
        field="participants",
        says=lambda fact: (fact.kind, fact.name),
        names=("name", "affiliation"),
        places=(),
        lists=("mentions",),
        placed=False,
    ),
    FactForm(
        kind="quote",
        field="quotes",
        says=lambda fact: (fact.text.strip(" ,."), fact.speaker),
        names=("speaker",),
        words="text",
        places=(("start", "end"), ("speaker_start", "speaker_end")),
    ),
)
"""In the order in which kinds are listed; the place of a kind is its number in libraries: only ever added to."""
FORM_OF: Final[dict[str, FactForm]] = {form.kind: form for form in FORMS}


def form_of(fact: Fact) -> FactForm:
    """The form of the fact's kind."""
    return FORM_OF[fact.key.partition(":")[0]]


def all_facts(found: Extraction) -> Iterator[Fact]:
    """Every fact, kind after kind."""
    return chain.from_iterable(form.of(found) for form in FORMS)


def corrected(fact: Fact, fields: Mapping[str, str | int | bool | None]) -> Fact:
    """A fact with other fields.

    Args:
        fact: The fact.
        fields: Corrected fields by name.

    Raises:
        ValueError: Where one does not fit the fact.
    """
    if not fields:
        return fact
    made = type(fact).model_validate({**fact.model_dump(), **fields})
    for start, end in form_of(made).spans(made):
        if not 0 <= start < end <= MOST:
            raise ValueError(f"no text has characters {start} to {end}")
    if any(abs(number) > MOST for number in _bounds(made)):
        raise ValueError("no number has more than 15 digits")
    return made


def _bounds(fact: Fact) -> list[int]:
    return [number for number in (getattr(fact, "low", None), getattr(fact, "high", None)) if number]


def misplaced(found: Extraction, text: str) -> str | None:
    """What of the facts cannot be of a text, as a stranger may have written them; None where nothing is.

    Args:
        found: The facts.
        text: The text.
    """
    spans = [(one.start, one.end, one.text) for one in found.mentions]
    worded = ((form, fact) for form in FORMS if form.words for fact in form.of(found))
    spans += [(*form.span(fact), getattr(fact, form.words)) for form, fact in worded]
    for start, end, words in spans:
        if text[max(start, 0) : max(end, 0)] != words:
            return f"“{words.line()[:40]}” does not stand at {start}"
    places = chain(
        (span for fact in all_facts(found) for span in form_of(fact).spans(fact)),
        (span for warning in found.warnings for span in warning.evidence),
        found.sentences,
    )
    if wrong := next((place for place in places if not 0 <= place[0] <= place[1] <= len(text)), None):
        return f"the text has no characters {wrong[0]} to {wrong[1]}"
    large = (number for fact in all_facts(found) for number in _bounds(fact) if abs(number) > MOST)
    return next((f"{str(number)[:20]}… is no number" for number in large), None)


def as_found(found: Extraction) -> Extraction:
    """The extraction without what readers added."""
    if all(fact.added_by is None for fact in all_facts(found)):
        return found
    return with_facts(found, lambda _, facts: [fact for fact in facts if fact.added_by is None])


def with_facts(found: Extraction, change: Callable[[FactForm, Sequence[Fact]], Iterable[Fact]]) -> Extraction:
    """The extraction with other facts.

    Args:
        found: What was found.
        change: Given a kind and its facts, those that stand in their place.

    """
    return found.model_copy(update={form.field: tuple(change(form, form.of(found))) for form in FORMS})
