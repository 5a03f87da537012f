"""Check the numbers of a draft: counts with their items, and any other figure with the word after it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.compare.amounts import amount
from briefing.compare.draft.finding import Finding, Support, Verdict
from briefing.compare.draft.texts import Around, SourceText, Span, around
from briefing.compare.nouns import kinship, path_of, singular
from briefing.compare.platforms import thing
from briefing.compare.predicates import Doing, find_predicate, fit, predicate_of
from briefing.compare.wording import keys
from briefing.model.amounts import fits
from briefing.model.facts import Count

_FIGURE: Final = re.compile(r"(?<![\w.,-])[€$£]?\d+(?:,\d{3})*(?:\.\d+)?(?![\w-])")
_NEXT: Final = re.compile(r"\s*(?:[-–]\s*)?(%|[^\W\d_]+)")
_SHOWN: Final = 3
_ALIKE: Final = 0.34
"""Share of telling words from which two sentences with other numbers of one thing are about the same."""
_NEAR: Final = 0.5
"""Least kinship of two nouns of one thing: the same, or the one more general."""
_AFTER: Final = 3
"""Words that may stand between a figure and the word behind it in a source."""


def check_counts(draft: SourceText, texts: Sequence[SourceText]) -> Iterator[Finding]:
    """Check each count of the draft against the counts of the sources.

    Args:
        draft: The draft.
        texts: The sources.
    """
    for count in draft.extraction.counts:
        same: list[Support] = []
        other: list[tuple[float, Support]] = []
        own = _around(draft, count)
        for text in texts:
            for one in text.extraction.counts:
                if not _one_thing(draft, count, text, one):
                    continue
                support = text.support(one.start, one.end)
                if not amount(one).is_open and fits(amount(count), amount(one)):
                    same.append(support)
                elif (likeness := own.likeness(_around(text, one))) >= _ALIKE:
                    other.append((likeness, support))
        same = same or list(_in_words(count, texts))
        other.sort(key=lambda pair: -pair[0])
        shown = same or [support for _, support in other]
        verdict: Verdict = "supported" if same else "different" if other else "nowhere"
        yield Finding("number", count.start, count.end, count.evidence.line(), verdict, tuple(shown[:_SHOWN]))


def check_figures(draft: SourceText, texts: Sequence[SourceText], taken: Sequence[Span]) -> Iterator[Finding]:
    """Check figures outside counts, dates, names and quotations, by the word after them ("12 percent", "300 km").

    Args:
        draft: The draft.
        texts: The sources.
        taken: Half-open spans of the draft whose figures are checked elsewhere.
    """
    text = draft.source.text
    for match in _FIGURE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        following = _NEXT.match(text, match.end())
        unit = keys(following[1])[0] if following else ""
        end = following.end() if following else match.end()
        number = keys(match[0])[-1]
        same, other = _figures(number, unit, texts)
        verdict: Verdict = "supported" if same else "different" if other else "nowhere"
        shown = tuple((same or other)[:_SHOWN])
        yield Finding("number", match.start(), end, text[match.start() : end].line(), verdict, shown)


def _figures(number: str, unit: str, texts: Sequence[SourceText]) -> tuple[list[Support], list[Support]]:
    """Passages with the figure before its word, and passages with another figure before it."""
    same: list[Support] = []
    other: list[Support] = []
    for text in texts:
        said = text.words
        for place, word in enumerate(said):
            if not word.key[0].isdigit():
                continue
            behind = [singular(one.key) for one in said[place + 1 : place + 1 + _AFTER]]
            fitting = not unit or singular(unit) in behind
            if word.key == number and fitting:
                same.append(text.support(word.start, said[min(place + 1, len(said) - 1)].end))
            elif unit and behind[:1] == [singular(unit)] and word.key != number:
                other.append(text.support(word.start, said[place + 1].end))
    return same, other


def _one_thing(draft: SourceText, count: Count, text: SourceText, one: Count) -> bool:
    """Whether both can be of the same things to which the same happened."""
    if fit(_doing(draft, count), _doing(text, one)) < _NEAR:
        return False
    a, b = thing(count.item, count.evidence), thing(one.item, one.evidence)
    if a.typed and b.typed:
        return a.fits(b)
    paths = [path_of(noun) for noun in (count.item, one.item)]
    return count.item.casefold() == one.item.casefold() or a.fits(b) or kinship(*paths) >= _NEAR


def _doing(text: SourceText, count: Count) -> Doing:
    people = count.category == "personnel"
    if count.what and (name := predicate_of(count.what, people=people)):
        return Doing(name, near=True)
    start, end = text.passage(count.start, count.end)
    return find_predicate(text.source.text[start:end], count.start - start, count.end - start, people=people)


def _around(text: SourceText, count: Count) -> Around:
    return around(text.source.text, count.start, count.end, text.passage(count.start, count.end))


def _in_words(count: Count, texts: Sequence[SourceText]) -> Iterator[Support]:
    """Sources that have the very words, though no count was read from them."""
    said = keys(count.evidence)
    if len(said) < 2:
        return
    for text in texts:
        counted = [(one.start, one.end) for one in text.extraction.counts]
        for start, end in text.runs(said):
            if not any(a < end and start < b for a, b in counted):
                yield text.support(start, end)
