"""Citations of a place in a text: paragraph and sentence, both counted from one, or the printed page, slide or cell."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:  # the reader's first frame needs passages, before pydantic is loaded
    from briefing.model.safetext import SafeText
    from briefing.model.source import Box, Page

_SAID: Final = frozenset({"slide", "message"})
"""Kinds of pages whose labels are numbers that say nothing alone."""
_FIRST_CELL: Final = re.compile(r"(.*?)([A-Z]{1,3})(\d{1,7})", re.DOTALL)
_PARAGRAPH: Final = re.compile(r"[^\n]*\S[^\n]*")


class Passage(NamedTuple):
    """Paragraph number of the text, and sentence number within that paragraph."""

    paragraph: int
    sentence: int


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs: lines that hold more than white space. A title line is paragraph 1."""
    return [m.span() for m in _PARAGRAPH.finditer(text)]


def locate(offset: int, spans: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]]) -> Passage:
    """The paragraph and sentence that hold a character.

    An offset in white space belongs to what comes before it, before the first to the first.

    Args:
        offset: Character of the text, from 0.
        spans: Half-open spans of the text's paragraphs in order, see :func:`paragraphs`.
        sentences: Half-open spans of all sentences of the text, in order.
    """
    number = max(1, bisect_right(spans, (offset, float("inf"))))
    start = spans[number - 1][0] if spans else 0
    first = bisect_right(sentences, (start, -1))
    upto = bisect_right(sentences, (offset, float("inf")))
    return Passage(number, max(1, upto - first))


def page_label(offset: int, pages: "Sequence[Page]", text: str = "") -> "SafeText | None":
    """The label of the page that holds a character; None where there are no pages.

    A page's is the printed number; of other kinds it is how they are cited: ``slide 3``, ``00:01:12``, ``Losses!C7``.

    Args:
        offset: Character of the text, from 0.
        pages: Pages of the source in order of their start; may be empty.
        text: The source's text, to find the cell of a sheet; without it, the label is that of the sheet's first cell.
    """
    number = bisect_right(pages, offset, key=lambda page: page.start)
    if not pages:
        return None
    page = pages[max(0, number - 1)]
    if page.kind == "cells" and text:
        return _cell(offset, page, text)
    return page.label if page.kind not in _SAID else type(page.label)(f"{page.kind} {page.label}")


def page_place(offset: int, pages: "Sequence[Page]", text: str = "") -> "SafeText | None":
    """The page as written in a citation: ``p. 12``, ``slide 3``, ``Losses!C7``; None where there are no pages.

    Of a page that was recognised in a picture also where on it: ``p. 12, 40 % down``.

    Args:
        offset: Character of the text, from 0.
        pages: Pages of the source in order of their start; may be empty.
        text: The source's text, to find the cell of a sheet.
    """
    label = page_label(offset, pages, text)
    if label is None or pages[0].kind not in {"page", "scan"}:
        return label
    box = page_box(offset, offset + 1, pages)
    down = f", {round((box[3] + box[5]) / 200)} % down" if box else ""
    return type(label)(f"p. {label}{down}")


def page_box(start: int, end: int, pages: "Sequence[Page]") -> "Box | None":
    """The characters of a page's picture that share any with a stretch of text, with the box around them all.

    Args:
        start: First character of the stretch.
        end: The character after its last; what lies on the next page does not count.
        pages: Pages of the source in order of their start; may be empty.

    Returns:
        None where the page was not recognised in a picture, or not these words on it.
    """
    number = bisect_right(pages, start, key=lambda page: page.start) - 1
    held = [box for box in pages[number].boxes if box[0] < end and box[1] > start] if number >= 0 else []
    if not held:
        return None
    first, last, left, top, right, bottom = zip(*held, strict=True)
    return min(first), max(last), min(left), min(top), max(right), max(bottom)


def _cell(offset: int, page: "Page", text: str) -> "SafeText":
    """The cell that holds a character, counted from the one that the table begins with."""
    from briefing.model.tables import find_tables

    match = _FIRST_CELL.fullmatch(page.label)
    upto = text.find("\n\n", offset)
    table = next(iter(find_tables(text[page.start : upto if upto >= 0 else len(text)])), None)
    if match is None or table is None or not table.start <= offset - page.start <= table.end:
        return page.label
    rows = table.rows
    row = max(0, bisect_right(rows, offset - page.start, key=lambda spans: spans[0][0]) - 1)
    column = max(0, bisect_right(rows[row], offset - page.start, key=lambda span: span[0]) - 1)
    return type(page.label)(f"{match[1]}{column_name(column + column_number(match[2]))}{int(match[3]) + row}")


def column_number(name: str) -> int:
    """The number of a sheet's column, from zero: ``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in name:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def column_name(number: int) -> str:
    """The letters of a sheet's column by its number, from zero."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
