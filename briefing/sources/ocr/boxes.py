"""Where recognised words stand on their page: found again in the text that was made of them."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from briefing.model.source import Box
from briefing.sources.ocr.engine import Words

_PARTS: Final = 10_000
"""Of a page's width and height, in which places are told."""


Seen = tuple[Sequence[Words], tuple[float, float]]
"""What was recognised on a page, and the width and height of its picture in pixels."""


def boxes_of(seen: Mapping[int, Seen], pages: Sequence[tuple[int, str]], text: str) -> dict[int, tuple[Box, ...]]:
    """The places of the words on all pages that were recognised.

    Args:
        seen: What was recognised, by the number of the page, from zero.
        pages: Where each page begins in the text, with its label.
        text: The text of the source.
    """
    ends = [*(start for start, _ in pages[1:]), len(text)]
    return {number: _boxes(*seen[number], text, pages[number][0], ends[number]) for number in seen}


def _boxes(found: Sequence[Words], size: tuple[float, float], text: str, start: int, end: int) -> tuple[Box, ...]:
    """The places of what was recognised on a page, by the characters of the text; what is not found has none.

    Long runs come first, so that a lone number is not taken for a part of one of them.

    Args:
        found: What was recognised.
        size: Width and height of the page's picture in pixels.
        text: The text of the source.
        start: First character of the page.
        end: The character after its last.
    """
    taken = bytearray(max(0, end - start))
    placed: list[Box] = []
    for words in sorted(found, key=lambda one: (-len(one.text), one.top, one.left)):
        if (at := _free(words.text.strip(), text, start, end, taken)) is None:
            continue
        taken[at[0] - start : at[1] - start] = b"\1" * (at[1] - at[0])
        placed.append((*at, *_place(words, size)))
    return tuple(sorted(placed))


def _free(words: str, text: str, start: int, end: int, taken: bytearray) -> tuple[int, int] | None:
    """The first place of some words on the page where none were found yet; of a broken word without its hyphen."""
    for shown in dict.fromkeys((words, words.rstrip("-\u00ad\u2010"))):
        if not shown:
            continue
        pattern = re.compile(rf"(?<!\w){re.escape(shown)}(?!\w)" if shown == words else re.escape(shown))
        for match in pattern.finditer(text, start, end):
            if not any(taken[match.start() - start : match.end() - start]):
                return match.span()
    return None


def _place(words: Words, size: tuple[float, float]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in parts of the page."""
    width, height = max(1.0, size[0]), max(1.0, size[1])
    across = (max(0.0, words.left) / width, min(width, words.right) / width)
    down = (max(0.0, words.top) / height, min(height, words.bottom) / height)
    return (
        int(_PARTS * across[0]), int(_PARTS * down[0]), round(_PARTS * across[1]), round(_PARTS * down[1]),
    )  # fmt: skip
