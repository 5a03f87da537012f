"""Select text by keys: the origin of a selection, its moving end, and where each key moves it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from briefing.tui.text_layout.graphemes import at_column, column, graphemes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.model.safetext import SafeText
    from briefing.tui.text_layout.wrapping import Layout

Span = tuple[int, int]
_WORD: Final = re.compile(r"(?<!\S)\S")
_SPACE: Final = re.compile(r"\s")
_FAR: Final = 2000
"""Characters in which the beginning of a word is looked for, back from the caret."""


class Caret:
    """The end of a selection that keys move, in a text that is laid out in rows; ``at`` is None while there is none.

    Offsets are characters of the text. What a reader takes for one character, such as an emoji of several, is never
    parted.
    """

    def __init__(self) -> None:
        self.text: SafeText | str = ""
        self.rows: Layout | None = None
        self.at: int | None = None
        self._origin = 0
        self._column: int | None = None
        """The column that moves by rows keep to."""

    def take(self, text: SafeText, rows: Layout) -> None:
        """Take over a text and its layout.

        Args:
            text: The text.
            rows: Its rows as they are now.
        """
        self.text, self.rows = text, rows

    # What is one for the reader

    def _row(self, offset: int) -> Span:
        """The span of the row that holds a character."""
        rows = self.rows
        return (rows.span(rows.row_of(offset)) if rows else None) or (offset, offset + 1)

    def whole(self, offset: int) -> int:
        """The end of the grapheme that holds the character before ``offset``."""
        start, end = self._row(offset)
        row = graphemes(self.text[start:end]) if start < offset else ()
        return next((start + after for _, after in row if start + after >= offset), offset)

    def _from(self, offset: int) -> Iterator[int]:
        """Where characters begin, in the row that holds ``offset`` and after it."""
        start, end = self._row(offset)
        for one, _ in graphemes(self.text[start:end]):
            yield start + one
        if end < len(self.text):
            yield end

    def _end_of_word(self, offset: int) -> int:
        space = _SPACE.search(self.text, offset)
        return space.start() if space else len(self.text)

    def first_word(self, first: int, last: int) -> Span:
        """The first word of a stretch of text, or its first grapheme; as half-open span.

        Args:
            first: First character of the stretch.
            last: The character after its last.
        """
        word = _WORD.search(self.text, first, last)
        start = word.start() if word else first
        end = self._end_of_word(start)
        return start, end if word and end <= last else self.whole(start + 1)

    # The selection

    def begin(self, start: int, end: int) -> None:
        """Begin a selection.

        Args:
            start: First character selected, where it begins.
            end: The character after the last selected so far.
        """
        self._origin = start
        self.put(end - 1)

    def put(self, offset: int, *, keep_column: bool = False) -> None:
        """Move the end of the selection.

        Args:
            offset: The last character selected.
            keep_column: Whether moves by rows keep to the column where they began.
        """
        self.at = max(0, min(offset, len(self.text) - 1))
        if not keep_column:
            self._column = None

    def span(self) -> Span:
        """The selection as half-open span."""
        first, last = sorted((self._origin, self.at or 0))
        return first, next((at for at in self._from(last) if at > last), len(self.text))

    # Moves; each says where the caret goes from ``at``

    def right(self, at: int) -> int:
        """The next character."""
        return next((one for one in self._from(at) if one > at), at)

    def left(self, at: int) -> int:
        """The character before."""
        if not at:
            return 0
        before = [one for one in self._from(self._row(at - 1)[0]) if one < at]
        return before[-1] if before else at - 1

    def word(self, at: int) -> int:
        """The end of the next word."""
        word = _WORD.search(self.text, at + 1)
        return self._end_of_word(word.start()) - 1 if word else at

    def word_back(self, at: int) -> int:
        """The beginning of the word, or of the one before."""
        first = max(0, at - _FAR)
        before = [word.start() for word in _WORD.finditer(self.text, first, at)]
        return before[-1] if before else first

    def by_rows(self, at: int, number: int) -> int | None:
        """The character some rows on, in the column where the first such move began; None where there is no such row.

        Args:
            at: The character to start from.
            number: Rows to go down; negative goes up.
        """
        rows = self.rows
        if rows is None:
            return None
        row = rows.row_of(at)
        start, _ = rows.span(row) or (0, 0)
        if self._column is None:
            self._column = column(self.text[start : at + 1], at - start)
        span = rows.span(max(0, min(row + number, rows.total - 1)))
        return None if span is None else span[0] + at_column(self.text[span[0] : span[1]], self._column)
