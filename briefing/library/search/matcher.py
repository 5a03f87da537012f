"""Evaluate a search condition on one document: whether it holds, and the spans of the text that make it hold."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.library.search.conditions import (
    Added,
    AllOf,
    AnyOf,
    Condition,
    Dated,
    Named,
    Near,
    NoneOf,
    Remarked,
    Sequences,
    State,
    Tagged,
    Trait,
    Words,
)
from briefing.library.store.codec import Places
from briefing.library.store.tokenizer import texts, words
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from briefing.model.facts import Extraction
    from briefing.model.source import Source

Spans = list[tuple[int, int]]


class Tokens:
    """The words of a text with their spans."""

    def __init__(self, found: Iterable[tuple[str, int, int]]) -> None:
        listed = list(found)
        self.texts = [text for text, _, _ in listed]
        self.spans = [(start, end) for _, start, end in listed]

    def of_sequence(self, sequence: Sequence[str], prefix: bool) -> list[int]:
        """Positions of a sequence of words, each as the number of its first word.

        Args:
            sequence: The words, as they are compared.
            prefix: Whether the last word may be the beginning of one.
        """
        first, rest = sequence[0], list(sequence[1:])
        if prefix and not rest:
            return [at for at, text in enumerate(self.texts) if text.startswith(first)]
        found = []
        at = -1
        try:
            while True:
                at = self.texts.index(first, at + 1)
                if not rest or self._goes_on(at + 1, rest, prefix):
                    found.append(at)
        except ValueError:
            return found

    def _goes_on(self, at: int, rest: list[str], prefix: bool) -> bool:
        end = at + len(rest)
        if not prefix:
            return self.texts[at:end] == rest
        return (
            end <= len(self.texts)
            and self.texts[at : end - 1] == rest[:-1]
            and self.texts[end - 1].startswith(rest[-1])
        )

    def of_words(self, condition: Words) -> list[tuple[int, int]]:
        """Positions of the condition's words: number of the first word, and of the one after the last."""
        return sorted(
            (at, at + len(sequence))
            for sequence in condition.sequences
            for at in self.of_sequence(sequence, condition.prefix)
        )

    def of_near(self, condition: Near) -> list[tuple[int, int]]:
        """Positions of groups of words that stand near each other: every place where all are near enough.

        As the index counts: of all groups the one that begins last is looked at, and every other must end at most
        ``distance`` words before it.
        """
        groups = [self._of_group(group) for group in condition.groups]
        found: set[tuple[int, int]] = set()
        for last in {at for group in groups for at, _ in group}:
            near = [[p for p in group if p[0] <= last <= p[1] + condition.distance] for group in groups]
            if all(near):
                found.update(place for group in near for place in group)
        return sorted(found)

    def _of_group(self, sequences: Sequences) -> list[tuple[int, int]]:
        return [(at, at + len(sequence)) for sequence in sequences for at in self.of_sequence(sequence, False)]

    def places(self, condition: Words | Near) -> Spans:
        """Half-open spans of the characters that the words of the condition cover."""
        found = self.of_words(condition) if isinstance(condition, Words) else self.of_near(condition)
        return [(self.spans[first][0], self.spans[last - 1][1]) for first, last in found]


class Noted(NamedTuple):
    """Metadata that a source can be found by: dates, tags, states, format, publisher, kinds of facts."""

    title: SafeText
    publisher: SafeText | None
    published: str | None
    """Day, and perhaps time, as they are kept."""
    format: str
    traits: int
    """The bits of :func:`briefing.library.store.traits.traits`."""
    states: frozenset[str]
    """What ``is:`` finds it by."""
    tags: frozenset[str]
    """Its tags, their case folded."""
    key: bytes
    """Its id, as 32 bytes."""


class Document:
    """A source as conditions see it; all but its text is loaded when a condition asks."""

    def __init__(self, text: SafeText, note: Callable[[], Noted], load: Callable[[], Places]) -> None:
        self.text = text
        self.note = note
        self.load = load

    @cached_property
    def noted(self) -> Noted:
        """The source's metadata."""
        return self.note()

    @cached_property
    def body(self) -> Tokens:
        """The words of the text."""
        return Tokens(words(self.text))

    @cached_property
    def title(self) -> Tokens:
        """The words of the title."""
        return Tokens(words(self.noted.title))

    @cached_property
    def found(self) -> Places:
        """The mentions and quotes in the text."""
        return self.load()

    @cached_property
    def quotes(self) -> Tokens:
        """The words of all quotes, with a gap after each that no phrase crosses."""
        text = self.text
        found: list[tuple[str, int, int]] = []
        for _, start, end in self.found.quotes():
            found += [(word, start + s, start + e) for word, s, e in words(str(text)[start:end])]
            found.append((GAP, end, end))
        return Tokens(found)


GAP: Final = "\u2029"
"""Stands between two quotes in the index of quotes."""


def evaluate(condition: Condition, document: Document) -> tuple[bool, Spans]:
    """Whether a condition holds for a document, and the half-open spans of its text that make it hold, in no order.

    Args:
        condition: The condition.
        document: The source; what the condition does not ask for is not loaded.
    """
    match condition:
        case AllOf(parts):
            answers = [evaluate(part, document) for part in parts]
            holds = all(held for held, _ in answers)
            return holds, [span for _, spans in answers for span in spans] if holds else []
        case AnyOf(parts):
            answers = [evaluate(part, document) for part in parts]
            return any(held for held, _ in answers), [span for held, spans in answers if held for span in spans]
        case NoneOf(part):
            return not evaluate(part, document)[0], []
        case Words() | Near():
            return _in_text(condition, document)
        case Named():
            return _named(condition, document)
        case Trait(mask, formats):
            return bool(document.noted.traits & mask) or document.noted.format in formats, []
        case State(names):
            return not document.noted.states.isdisjoint(names), []
        case Tagged(names):
            return not document.noted.tags.isdisjoint(name.casefold() for name in names), []
        case Remarked() | Added():
            return _by_reader(condition, document)
        case Dated(first, last):
            day = (document.noted.published or "")[:10]
            if not day:
                return False, []
            return (first is None or day >= first.isoformat()) and (last is None or day <= last.isoformat()), []


def _by_reader(condition: Remarked | Added, document: Document) -> tuple[bool, Spans]:
    if isinstance(condition, Remarked):
        return document.noted.key in condition.keys, []
    spans = [(start, end) for key, start, end in condition.places if key == document.noted.key]
    return bool(spans), spans


def _in_text(condition: Words | Near, document: Document) -> tuple[bool, Spans]:
    if condition.where == "quote":
        spans = document.quotes.places(condition)
        return bool(spans), spans
    in_title = bool(document.title.places(condition))
    if condition.where == "title":
        return in_title, []
    spans = document.body.places(condition)
    return bool(spans) or in_title, spans


def _named(condition: Named, document: Document) -> tuple[bool, Spans]:
    if condition.type == "PUBLISHER":
        return document.noted.publisher in condition.names, []
    if condition.type == "SPEAKER":
        spans = [(start, end) for speaker, start, end in document.found.quotes() if speaker in condition.names]
    else:
        spans = document.found.named(condition.type, condition.names)
    return bool(spans), spans


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """The spans in order, those that overlap joined, empty ones left out."""
    joined: Spans = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


def texts_of_quotes(source: "Source", found: "Extraction") -> str:
    """The text that the index of quotes holds for a source: the words of all quotes, a gap after each.

    Args:
        source: The source.
        found: Its extraction.
    """
    return f" {GAP} ".join(" ".join(texts(source.text[q.start : q.end])) for q in found.quotes)
