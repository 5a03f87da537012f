"""Where in a text something stands, as a reader would cite it: paragraph and sentence, both counted from one."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:  # the reader's first frame needs passages, before pydantic is loaded
    from briefing.model.safetext import SafeText
    from briefing.model.source import Page

_PARAGRAPH: Final = re.compile(r"[^\n]*\S[^\n]*")


class Passage(NamedTuple):
    """Paragraph number of the text, and sentence number within that paragraph."""

    paragraph: int
    sentence: int


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs: lines that hold more than white space. A title line is paragraph 1."""
    return [m.span() for m in _PARAGRAPH.finditer(text)]


def locate(offset: int, spans: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]]) -> Passage:
    """The passage that holds character ``offset``; ``spans`` are :func:`paragraphs`, ``sentences`` all of the text's.

    An offset in white space belongs to what comes before it, before the first to the first.
    """
    number = max(1, bisect_right(spans, (offset, float("inf"))))
    start = spans[number - 1][0] if spans else 0
    first = bisect_right(sentences, (start, -1))
    upto = bisect_right(sentences, (offset, float("inf")))
    return Passage(number, max(1, upto - first))


def page_label(offset: int, pages: "Sequence[Page]") -> "SafeText | None":
    """The printed number of the page that holds character ``offset``; None where there are no pages."""
    number = bisect_right(pages, offset, key=lambda page: page.start)
    return pages[max(0, number - 1)].label if pages else None
