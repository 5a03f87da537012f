"""Search the words of sources for runs of words, and sentences for shared words."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from briefing.compare.draft.finding import Support
from briefing.compare.wording import Word, keys, words
from briefing.model.facts import Extraction
from briefing.model.source import Source

Span = tuple[int, int]


class SourceText:
    """A source with its words in a row, its sentences and its extraction."""

    def __init__(self, source: Source, extraction: Extraction) -> None:
        self.source = source
        self.extraction = extraction

    @cached_property
    def words(self) -> list[Word]:
        """All words with their spans."""
        return words(self.source.text)

    @cached_property
    def _line(self) -> str:
        return " " + " ".join(word.key for word in self.words) + " "

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each word begins in the line of all words."""
        offsets, at = [], 1
        for word in self.words:
            offsets.append(at)
            at += len(word.key) + 1
        return offsets

    def runs(self, said: Sequence[str]) -> Iterator[Span]:
        """Half-open spans of the text where these words stand in a row."""
        if not said:
            return
        sought = " " + " ".join(said) + " "
        at = self._line.find(sought)
        while at >= 0:
            first = bisect_right(self._offsets, at + 1) - 1
            yield self.words[first].start, self.words[first + len(said) - 1].end
            at = self._line.find(sought, at + 1)

    def passage(self, start: int, end: int) -> Span:
        """The span of the sentences (lines, where no sentences are known) that hold a span.

        Args:
            start: First character of the span.
            end: The character after its last.
        """
        first, last = self._sentence(start), self._sentence(max(start, end - 1))
        return first[0], max(last[1], end)

    def _sentence(self, at: int) -> Span:
        spans = self.extraction.sentences
        place = bisect_right(spans, (at, float("inf"))) - 1
        if place >= 0 and spans[place][1] > at:
            return spans[place]
        end = self.source.text.find("\n", at)
        return self.source.text.rfind("\n", 0, at) + 1, end if end >= 0 else len(self.source.text)

    def support(self, start: int, end: int) -> Support:
        """Make a passage of the text evidence for a finding.

        Args:
            start: First character of the passage.
            end: The character after its last.
        """
        return Support(self.source.id, start, end, self.source.text[start:end].line())


class Around(NamedTuple):
    """The content words of a sentence, to tell whether two sentences are about the same."""

    words: frozenset[str]

    def likeness(self, other: "Around") -> float:
        """Share of the content words of the shorter sentence that occur in both, from 0 to 1."""
        fewest = min(len(self.words), len(other.words))
        return len(self.words & other.words) / fewest if fewest else 0.0


_STEM = 5
_SHORTEST = 4


def around(text: str, start: int, end: int, sentence: Span) -> Around:
    """The content words of a sentence, without those of a span in it.

    Args:
        text: The text.
        start: First character of the span.
        end: The character after its last.
        sentence: Half-open span of the sentence.
    """
    said = text[sentence[0] : start] + " " + text[end : sentence[1]]
    return Around(frozenset(key[:_STEM] for key in keys(said) if len(key) >= _SHORTEST and key.isalpha()))
