"""Remove running titles, page numbers, and what browsers print at the head or foot of pages.

A line goes only where it recurs, or where it holds nothing but the page's number: a row of a table may begin with any
number.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from briefing.sources.pdf.lines import Line

_EDGE: Final = 3
"""Rows at the head and the foot of a page among which running lines stand."""
_MOST_NUMBERS: Final = 8
_FEW_PAGES: Final = 5
"""Of so many pages two are enough for a running line that is set apart."""
_FULL: Final = 4
"""Rows of a page that has text between its head and its foot."""
_ENDS: Final = frozenset('.!?:”"’)')
_PAGED: Final = re.compile(r"(?:\b(?:page|p\.|seite|página|pág\.|s\.)|[|•·–—])\s*#|#\s*(?:of|/|von|de)\s")
_NUMBER: Final = re.compile(
    r"[\s\-–—|•\[(]*(?:page|p\.|seite|página)?\s*(\d{1,4}|[ivxl]{1,7})(?:\s*(?:of|/|von|de)\s*\d{1,4})?[\s\-–—|•\])]*",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"(?:https?://|file:///|www\.)\S+", re.IGNORECASE)
_COUNT: Final = re.compile(r"(?:page\s+)?\d{1,4}\s*(?:/|of)\s*\d{1,4}", re.IGNORECASE)
_MOMENT: Final = re.compile(
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?"
    r"|\d{1,2}/\d{1,2}/\d{2,4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One of the outer rows of a page."""

    text: str
    """Its cells with tabs between."""
    lines: tuple[int, ...]
    top: bool
    outer: bool
    """Whether it is the first or the last row of the page."""
    apart: bool
    """Whether more than the space between two lines parts it from the next row."""
    height: int
    """Where on the page it stands, in steps of a few points."""


def without_running(
    pages: Sequence[list[Line]], labels: Sequence[str], kept: list[str] | None = None
) -> list[list[Line]]:
    """Remove page numbers, and the headers and footers that are on many pages.

    A header stays where it stands first, unless a sentence goes on below it: it may say whose document it is.

    Args:
        pages: Lines of each page.
        labels: Number printed on, or counted for, each page.
        kept: Takes the headers that stay, each a line.
    """
    edges = [_edges(lines) for lines in pages]
    owns = [{label.casefold(), str(number + 1)} for number, label in enumerate(labels)]
    keys = [[_keys(row.text, number, owns[number]) for row in edge] for number, edge in enumerate(edges)]
    counts = Counter(key for page in keys for key in {key for row in page for key in row})
    twice = _set_twice(edges, keys) if len(pages) <= _FEW_PAGES else set()
    running = {key for key, times in counts.items() if _runs(key, times, len(pages)) or key in twice}
    seen: set[str] = set()
    out: list[list[Line]] = []
    for number, lines in enumerate(pages):
        printed = _printed(edges[number])
        dropped: set[int] = set()
        headers: set[int] = set()
        for row, known in zip(edges[number], keys[number], strict=True):
            found = [key for key in known if key in running]
            new = row.top and not any("#" in key for key in found) and not seen.intersection(found)
            first = new and not (out and _goes_on(out[-1]))
            if row in printed or _lone(row, owns[number]) or (found and not first):
                dropped.update(row.lines)
            elif found:
                headers.update(row.lines)
                if kept is not None:
                    kept.append(row.text)
            seen.update(found)
        if dropped and len(dropped | headers) == len(lines):  # a page of nothing else: what is within it is its text
            dropped = {index for row in edges[number] if row.outer for index in row.lines}
        out.append([line for index, line in enumerate(lines) if index not in dropped])
    return out


def _goes_on(page: Sequence[Line]) -> bool:
    """Whether a page ends within a sentence."""
    return bool(page) and page[-1].text.rstrip()[-1:] not in _ENDS


def _runs(key: str, times: int, pages: int) -> bool:
    """Whether a line that stands on so many pages is a running one; two are enough with the page's own number."""
    return times >= 2 if "#own" in key else times >= 3 and times >= 0.3 * pages


def _set_twice(edges: Sequence[Sequence[_Row]], keys: Sequence[Sequence[set[str]]]) -> set[str]:
    """What stands on two pages of a few, apart from the text at the edge of the page and at one height.

    Args:
        edges: The outer rows of each page.
        keys: What each of them is recognised by.
    """
    places: dict[str, list[int]] = {}
    for edge, known in zip(edges, keys, strict=True):
        for row, own in zip(edge, known, strict=True):
            set_off = row.outer and row.apart and len(edge) >= _FULL and not row.text.rstrip().endswith((".", ":"))
            for key in own if set_off else ():
                if "#" not in key or _PAGED.search(key):
                    places.setdefault(key, []).append(row.height)
    return {key for key, heights in places.items() if len(heights) > 1 and max(heights) - min(heights) <= 1}


def _keys(text: str, number: int, own: set[str]) -> set[str]:
    """What a row is recognised by on other pages: its words, and its numbers as they are or by how they count on."""
    words = " ".join(text.casefold().split(" "))
    cells = words.split("\t")
    keys = {words}
    for place in {0, len(cells) - 1}:
        if cells[place] in own and len(cells) > 1:
            others = (re.sub(r"\d+", lambda match: "#own" if match[0] in own else match[0], cell) for cell in cells)
            keys.add("\t".join([*cells[:place], "#own", *cells[place + 1 :]]))
            keys.add("\t".join("#own" if at == place else other for at, other in enumerate(others)))
    parts = re.split(r"(\d{1,6})", words)
    if 1 < len(parts) <= 2 * _MOST_NUMBERS:
        for place in range(1, len(parts), 2):
            keys.add("".join([*parts[:place], _counted(parts[place], number), *parts[place + 1 :]]))
        keys.add("".join(_counted(part, number) if at % 2 else part for at, part in enumerate(parts)))
    return keys if any(map(str.isalpha, words)) or len(cells) == 1 else set()


def _counted(digits: str, number: int) -> str:
    """A number by how far it is ahead of the page's place: the same on every page for one that counts pages."""
    return f"#{int(digits) - number}"


def _lone(row: _Row, own: set[str]) -> bool:
    """Whether a row holds nothing but the number of its page, set apart from the text."""
    found = _NUMBER.fullmatch(row.text)
    return row.outer and row.apart and found is not None and found[1].casefold() in own


def _printed(edge: Sequence[_Row]) -> list[_Row]:
    """The rows that a browser prints around a page: its address, the title, the time, and the number of the page."""
    kinds = {row.text: [_part(cell) for cell in row.text.split("\t")] for row in edge if row.outer}
    every = [kind for row in kinds.values() for kind in row]
    if "address" not in every or not ("count" in every or "moment" in every):
        return []
    return [row for row in edge if row.outer and any(kinds[row.text]) and kinds[row.text].count("") <= 1]


def _part(cell: str) -> str:
    """Which of the things that browsers print a cell is; empty for others, as the title is."""
    for kind, pattern in (("address", _ADDRESS), ("count", _COUNT), ("moment", _MOMENT)):
        if pattern.fullmatch(cell.strip()):
            return kind
    return ""


def _edges(lines: Sequence[Line]) -> list[_Row]:
    """The outer rows of a page, from its head to its foot."""
    rows: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        rows.setdefault(round(line.y0 / 3), []).append(index)
    heights = sorted(rows, reverse=True)
    return [_row(lines, rows, heights, place) for place in _outer(len(heights))]


def _outer(count: int) -> Iterator[int]:
    return (place for place in range(count) if place < _EDGE or place >= count - _EDGE)


def _row(lines: Sequence[Line], rows: dict[int, list[int]], heights: Sequence[int], place: int) -> _Row:
    own = [lines[index] for index in rows[heights[place]]]
    top = place < _EDGE and place < len(heights) / 2
    other = place + 1 if top else place - 1
    apart = True
    if 0 <= other < len(heights):
        gap = abs(min(line.y0 for line in own) - min(lines[index].y0 for index in rows[heights[other]]))
        apart = gap > 1.7 * median(line.height for line in own)
    return _Row(
        "\t".join(line.text for line in sorted(own, key=lambda line: line.x0)),
        tuple(rows[heights[place]]),
        top,
        place in {0, len(heights) - 1},
        apart,
        heights[place],
    )
