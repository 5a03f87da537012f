"""Small sources with facts, made from their sentences."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from briefing.model.facts import Category, Count, EntityType, Extraction, Mention, Participant, ParticipantKind, Quote
from briefing.model.source import Source

Made = tuple[Source, Extraction]


class Maker:
    """Builds one source; every fact is named by words that stand in its text."""

    def __init__(self, name: str, text: str, day: date | None = None) -> None:
        self.source = Source(id=name, path=f"{name}.txt", title=text[:30], text=text, published=day)
        self._mentions: list[Mention] = []
        self._counts: list[Count] = []
        self._participants: list[Participant] = []
        self._quotes: list[Quote] = []

    def _span(self, words: str) -> tuple[int, int]:
        start = self.source.text.index(words)
        return start, start + len(words)

    def names(self, *pairs: tuple[str, EntityType], as_: str | None = None) -> "Maker":
        """Mentions, each of its words as they stand."""
        for words, kind in pairs:
            start, end = self._span(words)
            self._mentions.append(Mention(start=start, end=end, text=words, type=kind, name=as_ or words))
        return self

    def counts(
        self,
        words: str,
        low: int | None,
        item: str,
        operator: str | None = None,
        *,
        high: int | None = -1,
        approx: bool = False,
        category: Category = "aircraft",
        what: str | None = None,
    ) -> "Maker":
        """A count; exact unless ``high`` says otherwise."""
        start, end = self._span(words)
        high = low if high == -1 else high
        self._counts.append(
            Count(
                start=start, end=end, evidence=words, low=low, high=high, approx=approx,
                item=item, category=category, operator=operator, what=what,
            )
        )  # fmt: skip
        return self

    def takes_part(
        self, words: str, kind: ParticipantKind, name: str | None = None, affiliation: str | None = None
    ) -> "Maker":
        """A participant by all its mentions."""
        spans = tuple(match.span() for match in re.finditer(re.escape(words), self.source.text))
        self._participants.append(
            Participant(name=name or words, kind=kind, affiliation=affiliation, aliases=(words,), mentions=spans)
        )
        return self

    def says(self, words: str, speaker: str | None = None) -> "Maker":
        """A quotation."""
        start, end = self._span(words)
        self._quotes.append(Quote(start=start, end=end, text=words, speaker=speaker))
        return self

    def made(self) -> Made:
        """The source with its facts."""
        extraction = Extraction(
            source_id=self.source.id,
            extractor="test",
            mentions=tuple(self._mentions),
            counts=tuple(self._counts),
            participants=tuple(self._participants),
            quotes=tuple(self._quotes),
        )
        return self.source, extraction


@pytest.fixture
def make() -> Callable[..., Maker]:
    """Makes sources that speak of one matter: both name the same port and exercise."""

    def one(name: str, text: str, day: date | None = None) -> Maker:
        maker = Maker(name, f"{text}\nExercise Grey Heron, Port Alder.", day)
        return maker.names(("Grey Heron", "EVENT"), ("Port Alder", "PLACE"))

    return one
