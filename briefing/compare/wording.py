"""Word-by-word similarity and difference of two wordings."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import Indel, LCSseq

Op = Literal["equal", "replace", "delete", "insert"]
Change = tuple[Op, tuple[int, int], tuple[int, int]]
"""What becomes of a run of words, and its characters in the one text and in the other."""

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W_]+(?:[’'][^\W_]+)?|[&%]")
_SPELT: Final = {"&": "and", "%": "percent", "’": "'"}


class Word(NamedTuple):
    """A word with the form it is compared by, and its span."""

    key: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of ``text``. Case, marks, hyphens, dots of abbreviations and commas of numbers make no difference."""
    return [Word(_key(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def keys(text: str) -> tuple[str, ...]:
    """The words of ``text`` in the form they are compared by."""
    return tuple([found.casefold() if found.isalnum() else _key(found) for found in _WORD.findall(text)])


@lru_cache(maxsize=50_000)
def short_keys(text: str) -> tuple[str, ...]:
    """:func:`keys` of a name or a phrase, cached."""
    return keys(text)


def _key(written: str) -> str:
    if written.isalnum():
        return written.casefold()
    if written[0].isdigit():
        return written.replace(",", "")
    return _SPELT.get(written) or written.replace(".", "").replace("’", "'").casefold()


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of the words of both that stand in both in the same order, from 0 to 1.

    Args:
        a: Words of one wording.
        b: Words of the other.
    """
    return 2 * LCSseq.similarity(a, b) / (len(a) + len(b)) if a and b else 0.0


def diff_words(a: str, b: str) -> list[Change]:
    """Differences of two wordings in order: runs of words that are equal, replaced, deleted or inserted.

    Spans are half-open, from the first to the end of the last word of the run; a deleted run has an empty span in
    ``b``, an inserted one in ``a``, where it would stand.

    Args:
        a: One wording.
        b: What it becomes.
    """
    left, right = words(a), words(b)
    changes: list[Change] = []
    for op in Indel.opcodes([word.key for word in left], [word.key for word in right]):
        change: Change = (
            op.tag,  # type: ignore[assignment]  # one of the four
            _span(left, op.src_start, op.src_end),
            _span(right, op.dest_start, op.dest_end),
        )
        if changes and change[0] != "equal" and changes[-1][0] != "equal":
            change = _joined(changes.pop(), change)
        changes.append(change)
    return changes


def _span(found: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Characters of the words from ``first`` to before ``last``."""
    if first < last:
        return found[first].start, found[last - 1].end
    point = found[first - 1].end if first else 0
    return point, point


def _joined(one: Change, two: Change) -> Change:
    """Two changes that follow each other, as one."""
    spans = []
    for before, after in zip(one[1:], two[1:], strict=True):
        if before[0] == before[1]:
            spans.append(after)
        else:
            spans.append(before if after[0] == after[1] else (before[0], after[1]))
    left, right = spans
    op: Op = "insert" if left[0] == left[1] else "delete" if right[0] == right[1] else "replace"
    return op, left, right
