"""Find names that the base model missed: behind an office and its place, before an age."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.extract.lexicon.lexicon import Lexicon
from briefing.extract.lexicon.titles import Title, Titles
from briefing.extract.nlp.token_columns import View
from briefing.extract.persons import name_patterns

PROPER: Final = ("NNP", "NNPS")
_FEWEST_NAMES: Final = 2
_MOST_NAMES: Final = 4
"""Words of a name that the base model missed."""
_BELONGING: Final = frozenset(("member", "observer"))
"""Words for people before what they belong to: "observer Liberal International"."""


def in_charge(text: str, titles: Sequence[Title], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Half-open spans of names behind an office and its place: "President of Ruritania |Ann Lee|".

    Args:
        text: The text.
        titles: Titles in it.
        lexicon: The lexicon, for the places.
    """
    for title in titles:
        of = name_patterns.CHARGE.match(text, title.end) if title.kind == "civil" else None
        name = name_patterns.NAME.match(text, of.end()) if of else None
        words = list(re.finditer(r"\S+", name[0])) if name else []
        for n in range(len(words) - 1, 0, -1):
            assert name is not None
            place = name[0][: words[n - 1].end()]
            if place in lexicon.entries or lexicon.nation(place):
                yield name.start() + words[n].start(), name.end()
                break


def aged(view: View, lexicon: Lexicon, titles: Titles) -> Iterator[tuple[int, int]]:
    """Half-open spans of names with an age behind them: "|Ann Lee|, 61, keeps …".

    Args:
        view: Token columns of the document.
        lexicon: The lexicon; a name that it lists is no person's.
        titles: The lexicon of titles, which are no names.
    """
    for age in name_patterns.AGED.finditer(view.text):
        first = view.token_at(age.start() - 1)
        last = first + 1
        while first > 0 and goes_on(view, first - 1, titles):
            first -= 1
        start, end = view.starts[first], view.ends[last - 1]
        if view.tags[last - 1] in PROPER and end == age.start() and view.text[start:end] not in lexicon.entries:
            yield start, end


def behind_office(view: View, lexicon: Lexicon, titles: Titles) -> Iterator[tuple[int, int]]:
    """Half-open spans of two names or more right behind a word for someone: "said ferryman |Ann Lee|".

    Args:
        view: Token columns of the document.
        lexicon: The lexicon; a name that it lists is no person's.
        titles: The lexicon of titles, with its offices.
    """
    for i, word in enumerate(view.words):
        if word not in titles.offices or view.tags[i] != "NN" or word in _BELONGING:
            continue
        last = i + 1
        while last < len(view) and last - i <= _MOST_NAMES and _follows(view, last, titles):
            last += 1
        if last - i > _FEWEST_NAMES:
            start, end = view.starts[i + 1], view.ends[last - 1]
            if view.text[start:end] not in lexicon.entries and view.words[i + 1] not in lexicon.terms:
                yield start, end


def _follows(view: View, i: int, titles: Titles) -> bool:
    """Whether a token may belong to the name that the word before it is part of, or begins."""
    word = view.words[i]
    if view.tags[i] != "NNP" or not word[0].isupper() or view.starts[i] - view.ends[i - 1] != 1:
        return False
    return word.lower() not in titles.heads and word.lower() not in titles.not_names and not word.isupper()


def goes_on(view: View, i: int, titles: Titles) -> bool:
    """Whether a token may belong to the name that the next one is part of.

    Args:
        view: Token columns of the document.
        i: The token.
        titles: The lexicon of titles, which are no names.
    """
    if view.tags[i] not in PROPER or not view.words[i][0].isupper() or view.starts[i + 1] - view.ends[i] > 1:
        return False
    word = view.words[i].lower()
    return word not in titles.heads and word not in titles.not_names


def from_given(text: str, start: int, end: int, titles: Titles) -> int:
    """Where the given name begins in a span of three words or more: "Aircraft Handler |Josh Pugh|"; else ``start``.

    Args:
        text: The text.
        start: First character of the span.
        end: The character after its last.
        titles: The lexicon of titles, with its given names.
    """
    words = list(re.finditer(r"\S+", text[start:end]))
    if len(words) < 3 or words[0][0] in titles.given or not words[0][0].isalpha():
        return start
    return next((start + w.start() for w in words[1:-1] if w[0] in titles.given and w[0].isalpha()), start)


def after_office(view: View, start: int, titles: Titles) -> bool:
    """Whether a word for someone stands right before a character: "bakery owner |Ann Lee|".

    Args:
        view: Token columns of the document.
        start: The character.
        titles: The lexicon of titles, with its offices.
    """
    i = view.token_at(start) - 1
    near = i >= 0 and start - view.ends[i] == 1
    return near and view.words[i] in titles.offices and view.words[i] not in _BELONGING and view.tags[i] == "NN"
