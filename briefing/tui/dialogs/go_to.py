"""Ask for a place of the text: a paragraph, a page, a percentage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from briefing.tui.dialogs.base import Dialog
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from briefing.model.safetext import SafeText
    from briefing.model.source import Page

_PARAGRAPH: Final = re.compile(r"(?:¶|par(?:agraph|a)?\b)?\s*([0-9]{1,9})", re.IGNORECASE)
_PART: Final = re.compile(r"([0-9]{1,3})(?:[.,][0-9]*)?\s*%")
_PAGE: Final = re.compile(r"p(?:age|\.)?\s*(\S+)", re.IGNORECASE)


class NoSuchPlace(ValueError):
    """The text has no such place; the message says which there are."""


def find_place(words: str, paragraphs: Sequence[tuple[int, int]], pages: Sequence[Page], length: int) -> int:
    """Parse a place and return its first character.

    Args:
        words: ``12`` or ``¶ 12`` for a paragraph, ``p. iv`` for a page, ``40 %`` for a part of the text.
        paragraphs: Half-open spans of the text's paragraphs.
        pages: Pages of the source; may be empty.
        length: Characters of the text.

    Raises:
        NoSuchPlace: With a sentence for the user.
    """
    words = words.strip()
    if part := _PART.fullmatch(words):
        share = length * min(100, int(part[1])) // 100
        index = bisect_right(paragraphs, (share, length)) - 1
        return paragraphs[index][0] if index > 0 else 0
    if paragraph := _PARAGRAPH.fullmatch(words):
        wanted = int(paragraph[1])
        if not 1 <= wanted <= len(paragraphs):
            raise NoSuchPlace(f"Paragraphs go from 1 to {number(len(paragraphs))}.")
        return paragraphs[wanted - 1][0]
    if page := _PAGE.fullmatch(words):
        return _page(page[1], pages)
    raise NoSuchPlace("A paragraph is a number, a page is p and its number, a part is a number and %.")


def _page(label: str, pages: Sequence[Page]) -> int:
    if not pages:
        raise NoSuchPlace("This source has no pages.")
    found = next((page for page in pages if page.label.casefold() == label.casefold()), None)
    if found is None:
        raise NoSuchPlace(f"Pages go from {pages[0].label} to {pages[-1].label}.")
    return found.start


class GoToScreen(Dialog[int]):
    """Answers with the character to go to."""

    def __init__(self, text: SafeText, paragraphs: Sequence[tuple[int, int]], pages: Sequence[Page]) -> None:
        super().__init__()
        self._length = len(text)
        self._paragraphs = paragraphs
        self._pages = pages

    def compose(self) -> ComposeResult:
        """One field, and what may be typed into it."""
        with Vertical(classes="box small") as box:
            box.border_title = "Go to"
            box.border_subtitle = "Enter goes there"
            count = len(self._paragraphs)
            words = f"{min(12, count)} is paragraph {min(12, count)} of {number(count)}, 40% a part of the text"
            if self._pages:
                words += f", p{self._pages[-1].label} the page with that number"
            yield Static(Content(own(words)), classes="said")
            yield SafeInput(id="place")
            yield Static(id="wrong")

    def on_mount(self) -> None:
        """Ready to type."""
        self.set_focus(self.query_one("#place"))

    @on(Input.Submitted, "#place")
    def _answered(self, message: Input.Submitted) -> None:
        message.stop()
        if not message.value.strip():
            self.dismiss(None)
            return
        try:
            self.dismiss(find_place(message.value, self._paragraphs, self._pages, self._length))
        except NoSuchPlace as error:
            self.query_one("#wrong", Static).update(Content(own(str(error))))
