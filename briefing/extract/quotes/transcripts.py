"""Find turns of transcripts by their labels, and embedded posts by their signatures."""

import re
from collections import Counter
from collections.abc import Collection
from typing import Final, NamedTuple

_NAME: Final = (
    r"([A-Z][A-Z.'’-]{0,30}(?: [A-Z][A-Z.'’-]{0,30}){0,3}|[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,3})"
    r"(?: \([^()\n]{1,60}\))?:[ \t\xa0]{1,4}(?=\S)"
)
_LABEL: Final = re.compile(_NAME)
_LINE: Final = re.compile(r"^[ \t]{0,4}" + _NAME, re.MULTILINE)
_RECORD: Final = re.compile(
    r"^[ \t]{0,4}((?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][A-Z'’-]{2,30}(?: [A-Z][A-Z'’-]{1,30}){0,2})"
    r"(?: of [A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20}){0,2})?\.[ \t\xa0]{1,4}(?=\S)",
    re.MULTILINE,
)
"""A line of a parliament's record: "Ms. HALE of Ohio. I rise"."""
_TITLES: Final = re.compile(r"(?:[A-Z][a-z]{1,5}\. ){1,3}")
_HEADLINE: Final = re.compile(r"((?:[A-Z][\w.'’-]{0,30}[ \xa0]){0,4}[A-Z][\w.'’-]{0,30}):[ \xa0]")
_SIGNATURE: Final = re.compile(r"[—–―-]{1,2} ?[^\n()—–―]{1,60}\(@\w{1,30}\)")
_FEWEST: Final = 3
"""Labelled lines that make a transcript."""


class Turn(NamedTuple):
    """A labelled paragraph: the label's characters, and those of what is said."""

    label_start: int
    label_end: int
    start: int
    end: int

    def label(self, text: str) -> str:
        """The label as written."""
        return text[self.label_start : self.label_end]

    def named(self, text: str, labels: Collection[str]) -> bool:
        """Whether the label names someone: not "Q" or "Note".

        Args:
            text: The text.
            labels: Lower-case labels that name nobody.
        """
        return self.label(text).lower() not in labels


def turns(text: str) -> list[Turn]:
    """Turns of a transcript, in order; none where too few lines are labelled."""
    found = []
    lines = [*_LINE.finditer(text), *_RECORD.finditer(text)]
    for match in sorted(lines, key=lambda match: match.start(1)):
        end = text.find("\n", match.end())
        body = text[match.end() : end if end >= 0 else len(text)].rstrip()
        found.append(Turn(match.start(1), match.end(1), match.end(), match.end() + len(body)))
    counts = Counter(turn.label(text) for turn in found)
    kept = [turn for turn in found if counts[turn.label(text)] > 1 or _in_capitals(turn.label(text))]
    names = {turn.label(text).split()[-1].lower() for turn in kept}
    kept = [turn for turn in found if turn.label(text).split()[-1].lower() in names]
    if len(kept) < _FEWEST or len({turn.label(text) for turn in kept}) < 2:
        return []
    return kept


def _in_capitals(label: str) -> bool:
    """Whether the label is in capitals, but for titles before it: "Mr. HALE"."""
    titles = _TITLES.match(label)
    return label[titles.end() if titles else 0 :].isupper()


def label_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Half-open span of the label in capitals that opens a quoted run: "SMITH: We agree"; None where there is none.

    Args:
        text: The text.
        start: First character of the run.
        end: The character after its last.
    """
    match = _LABEL.match(text, start, end)
    return match.span(1) if match and text[match.start(1) : match.end(1)].isupper() else None


def headline_label(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Half-open span of the name that opens a headline: "Lee: Fleet ‘Will Not Sail’"; None where there is none.

    Args:
        text: The text.
        start: First character of the headline.
        end: The character after its last.
    """
    match = _HEADLINE.match(text, start, end)
    return match.span(1) if match else None


def posts(text: str) -> list[tuple[int, int]]:
    """Spans of embedded posts: the line a signature ends, and the one before a signature alone on its line."""
    spans: list[tuple[int, int]] = []
    if "(@" not in text:
        return spans
    for match in _SIGNATURE.finditer(text):
        before = spans[-1][1] if spans else 0
        line = text.rfind("\n", before, match.start())
        if line < 0 and spans:
            spans[-1] = (spans[-1][0], match.end())
            continue
        start = line + 1
        if not text[start : match.start()].strip() and start > 1:
            start = max(before, text.rfind("\n", before, start - 1) + 1)
        spans.append((start, match.end()))
    return spans
