"""Draw a page of a PDF, and find words on it."""

from typing import Any, Final

from briefing.sources.document import Refused

_LONGEST: Final = 200
"""Characters that are looked for."""
_MOST: Final = 12
"""Rectangles that words over several lines may take."""


def pdf_page(data: bytes, number: int, side: int, words: str) -> tuple[Any, list[tuple[float, float, float, float]]]:
    """Draw a page, and find the first place of some words on it.

    Args:
        data: The document.
        number: Number of the page, from zero.
        side: Pixels of its longer side.
        words: The words; empty for none.

    Returns:
        Rows of pixels of three colours, an array; left, top, right and bottom of the words line by line, from 0 to 1.

    Raises:
        Refused: Where the document or the page is damaged, or there is no such page.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            page = pdf[number]
            scale = side / max(1.0, *page.get_size())
            drawn = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3].copy()
            return drawn, _found(page, " ".join(words.split())[:_LONGEST]) if words else []
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise Refused("cannot be drawn: it is damaged, or has no such page") from error


def _found(page: Any, words: str) -> list[tuple[float, float, float, float]]:
    """Where words stand on a page that is not turned."""
    if page.get_rotation():
        return []
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        place = text.search(words, match_case=True).get_next()
        if place is None:
            return []
        text.count_rects()  # makes the next call right
        found = [text.get_rect(index) for index in range(min(_MOST, text.count_rects(*place)))]
        return [
            (left / width, 1 - top / height, right / width, 1 - bottom / height) for left, bottom, right, top in found
        ]
    finally:
        text.close()
