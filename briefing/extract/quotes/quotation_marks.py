"""Pair quotation marks: which runs of a text stand between a pair of them.

Marks come in every state in real text: curly, straight, doubled apostrophes, British single ones, turned the wrong
way, left open over several paragraphs, never closed. What a mark does is read off its neighbours first (a mark after a
space and before a letter opens), off its glyph second, off what is open last. Nothing is open beyond its paragraph: a
quotation over several paragraphs is a run in each of them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple


class Run(NamedTuple):
    """The words between a pair of marks: characters ``start`` to ``end`` of the text, marks excluded."""

    start: int
    end: int
    outer_start: int
    """Where the opening mark starts."""
    outer_end: int
    """Where the closing mark ends; ``end`` where there is none."""
    closed: bool
    """Whether a mark closes the run; an open one ends with its paragraph or before the next opening mark."""
    single: bool
    """Between single marks."""
    inside: int
    """Index, in the same list, of the run that encloses this one, or -1."""


class _Mark(NamedTuple):
    start: int
    end: int
    glyph: str
    opens: bool
    """Its neighbours let it open a run."""
    closes: bool
    glued: bool
    """A stop stands before it and a capital right behind: '"We agree,"Lee said'."""


_MARK: Final = re.compile(r"``|''|[\"“”„«»`‘‚]|(?<!\w)['’]|['’](?!\w)")
_ATTRIBUTE: Final = re.compile(r"=\s?(\")[^\"<>]{0,300}(\")")
_INCHES: Final = re.compile(r"[\d½¼¾][’'′] ?\d{1,2}(?:½|\.\d)?$")
_ELISION: Final = re.compile(r"(?:em|til|tis|twas|cause|n|round|bout|\d\ds?)\b", re.IGNORECASE)
_APOSTROPHE: Final = re.compile(r"(?:[^\W\d_]s|in)['’] \w")
_BRIEF: Final = 60
_WRAPPED: Final = range(40, 101)
"""Length of a line that may have been cut by a line-wrapping program."""
_OPENERS: Final = frozenset("“„«``")
_CLOSERS: Final = frozenset("”»")
_DOUBLE: Final = frozenset(("``", "''", '"', "“", "”", "„", "«", "»"))
_QUOTES: Final = frozenset("\"“”„«»`‘’‚'")
_BEFORE_OPENING: Final = frozenset("([{—–―-…/>=:;,")
_AFTER_CLOSING: Final = frozenset(")]}—–―-….,;:!?/<*")


def runs(text: str) -> list[Run]:
    """Every run between marks, in order of its start; an outer run comes before those inside it. Takes linear time."""
    masked = {m.start(mark) for m in _ATTRIBUTE.finditer(text) for mark in (1, 2)}
    found: list[Run] = []
    marks = [m for m in _MARK.finditer(text) if m.start() not in masked]
    if not marks:
        return found
    at = 0
    for start, end in paragraphs(text):
        first = at
        while at < len(marks) and marks[at].start() < end:
            at += 1
        if at > first:
            here = [_read(text, m.start(), m.end(), start, end) for m in marks[first:at]]
            found += _nested(_paragraph(text, here, start, end), len(found))
    return found


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs: lines, joined where a program wrapped them in mid-sentence."""
    spans: list[tuple[int, int]] = []
    previous = (-2, -2)
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        start, end = line.span()
        if start == previous[1] + 1 and _is_wrapped(text, *previous, start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        previous = (start, end)
    return spans


def _is_wrapped(text: str, start: int, end: int, after: int) -> bool:
    if end - start not in _WRAPPED:
        return False
    last, first = text[start:end].rstrip()[-1:], text[after]
    return first.islower() or ((last.isalnum() or last in ",;-'’") and (first.isalnum() or first in "\"'“‘($"))


def _read(text: str, start: int, end: int, first: int, last: int) -> _Mark:
    """A mark and what its neighbours let it do; other marks beside it are looked through."""
    before, after = start - 1, end
    while before >= first and text[before] in _QUOTES and before > start - 4:
        before -= 1
    while after < last and text[after] in _QUOTES and after < end + 3:
        after += 1
    left = text[before] if before >= first else " "
    right = text[after] if after < last else " "
    opens = not right.isspace() and right not in _AFTER_CLOSING - {"—", "–", "-", "…", "."} and not left.isalnum()
    opens = opens and (left.isspace() or left in _BEFORE_OPENING)
    closes = not left.isspace() and left not in "([{" and (right.isspace() or right in _AFTER_CLOSING)
    glued = left in ",.?!" and right.isupper() and before == start - 1 and after == end
    return _Mark(start, end, text[start:end], opens, closes, glued)


def _paragraph(text: str, marks: list[_Mark], first: int, end: int) -> list[Run]:
    double = _nested(sorted(_double(text, [m for m in marks if m.glyph in _DOUBLE], end), key=_outer_first))
    single = [m for m in marks if m.glyph not in _DOUBLE]
    return (
        _nested(sorted([*double, *_single(text, single, double, first, end)], key=_outer_first)) if single else double
    )


def _outer_first(run: Run) -> tuple[int, int]:
    return run.start, -run.end


def _double(text: str, marks: list[_Mark], end: int) -> Iterator[Run]:
    """Runs between double marks of one paragraph. At most two are open at a time."""
    stack: list[_Mark] = []
    cut: int | None = None  # where the first mark of the outer run's own kind opened a run inside it
    for mark in marks:
        if _is_inches(text, mark):
            continue
        if _opens(mark, stack):
            if stack and cut is None and mark.glyph == stack[0].glyph:
                cut = mark.start
            del stack[1:]
            stack.append(mark)
        elif stack:
            yield from _run(text, stack.pop(), mark.start, mark.end)
            cut = cut if stack else None
    for depth, opened in enumerate(stack):
        stop = cut if depth == 0 and cut is not None else end
        yield from _run(text, opened, stop, None)


def _opens(mark: _Mark, stack: list[_Mark]) -> bool:
    if mark.glued and stack and mark.glyph not in _OPENERS:
        return False
    if mark.opens != mark.closes:
        return mark.opens
    if mark.glyph in _OPENERS:
        return True
    return mark.glyph not in _CLOSERS and not stack


def _is_inches(text: str, mark: _Mark) -> bool:
    return mark.glyph in {'"', "''", "”"} and _INCHES.search(text[max(0, mark.start - 8) : mark.start]) is not None


def _run(text: str, opened: _Mark, stop: int, outer_end: int | None, *, single: bool = False) -> Iterator[Run]:
    """The run without the white space at its edges, if anything is left."""
    body = text[opened.end : stop]
    start = opened.end + len(body) - len(body.lstrip())
    end = stop - len(body) + len(body.rstrip())
    if start < end:
        yield Run(start, end, opened.start, outer_end or end, outer_end is not None, single, -1)


def _single(text: str, marks: list[_Mark], double: list[Run], first: int, end: int) -> Iterator[Run]:
    """Runs between single marks of one paragraph, each within one double run or outside all of them."""
    groups: dict[int, list[_Mark]] = {}
    starts = [run.start for run in double]
    for mark in marks:
        around = bisect_right(starts, mark.start) - 1
        while around >= 0 and double[around].end <= mark.start:
            around = double[around].inside
        groups.setdefault(around, []).append(mark)
    for group in groups.values():
        opening = [i for i, mark in enumerate(group) if _opens_single(text, mark)]
        for i, until in pairwise([*opening, len(group)]):
            closing = [mark for mark in group[i + 1 : until] if mark.closes and mark.glyph in "'’"]
            if closing:
                closer = _closer(text, group[i], closing)
                yield from _run(text, group[i], closer.start, closer.end, single=True)
            elif group[i].start == first and text[end : end + 4].lstrip().startswith(group[i].glyph):
                yield from _run(text, group[i], end, None, single=True)


def _opens_single(text: str, mark: _Mark) -> bool:
    if mark.glyph == "’" or _ELISION.match(text, mark.end):
        return False
    return mark.opens


def _closer(text: str, opened: _Mark, closing: list[_Mark]) -> _Mark:
    """The mark that closes, among those that could: some are apostrophes ("the pilots' mess", "flyin' low")."""
    said = text[opened.end : opened.end + 1].isupper()
    for mark in closing:
        apostrophe = _APOSTROPHE.match(text, mark.start - 2)
        brief = not said and mark.start - opened.end < _BRIEF and text.count(" ", opened.end, mark.start) < 4
        if not apostrophe or brief:
            return mark
    return closing[0]


def _nested(found: Sequence[Run], base: int = 0) -> list[Run]:
    """The runs with the index of what encloses each, counted from ``base``."""
    out: list[Run] = []
    around: list[int] = []
    for run in found:
        while around and found[around[-1]].end <= run.start:
            around.pop()
        around_index = around[-1] + base if around else -1
        around.append(len(out))
        out.append(run._replace(inside=around_index))
    return out
