"""Markdown to readable text: a paragraph a line, lists, quotations and code kept. Front matter is metadata."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from briefing.sources import html
from briefing.sources.dates import find_date
from briefing.sources.document import Document, Reader
from briefing.sources.opening import read_opening, with_title
from briefing.sources.raised import lowered, raised

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT: Final = re.compile(r"\ufeff?---[ \t]*\n((?:[^\n]*\n){1,100}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_LOOKS: Final = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n[A-Za-z_-]+[ \t]*:")
_PAIR: Final = re.compile(r"([A-Za-z][\w -]*?)\s*:(?:\s+(.*))?")
_ITEM: Final = re.compile(r"\s*-\s+(.*)")
_NOTE: Final = re.compile(r"(?<=\S)\[\^([\w-]{1,20})\]")
_NOTE_TEXT: Final = re.compile(r"(?m)^\[\^([\w-]{1,20})\]:[ \t]*")
_CARETS: Final = re.compile(r"(?<=\w)\^(\d{1,3}|st|nd|rd|th)\^")
_OPENING: Final = re.compile(r"<(sup|sub|del|s|strike|q)\b[^<>]*>", re.IGNORECASE)
_CLOSING: Final = re.compile(r"</(sup|sub|del|s|strike|q)\s*>", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_KEYS: Final = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "by", "byline"),
    "publisher": ("publisher", "source", "site", "sitename", "site_name", "outlet", "publication"),
    "published": ("date", "published", "pubdate", "publish_date", "date_published", "published_at"),
    "language": ("lang", "language", "locale"),
}


def read(text: str) -> Document:
    """The text without its marks, and what front matter or the opening lines state."""
    stated, body = _front_matter(text)
    readable = with_title(stated.get("title"), "".join(_Blocks(_parse(body))).strip("\n"))
    opening = read_opening(readable)
    day = find_date(stated.get("published", ""))
    language = re.match(r"([a-z]{2})(?:[-_]|$)", stated.get("language", "").lower())
    return Document(
        text=readable,
        title=stated.get("title") or opening.title,
        publisher=stated.get("publisher") or opening.publisher,
        author=stated.get("author") or opening.author,
        published=day.value if day else opening.published,
        published_from="front matter" if day else opening.published_from,
        published_inferred=not day and opening.inferred,
        language=language[1] if language else None,
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the front matter states, by field, and the text after it."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    pairs: dict[str, str] = {}
    key = ""
    for line in match[1].split("\n"):
        if pair := _PAIR.fullmatch(line):
            key = pair[1].lower().replace("-", "_")
            pairs[key] = _scalar(pair[2] or "")
        elif key and (item := _ITEM.fullmatch(line)):
            pairs[key] = ", ".join(filter(None, (pairs[key], _scalar(item[1]))))
    if not pairs:
        return {}, text
    found = {field: next((pairs[k] for k in keys if pairs.get(k)), "") for field, keys in _KEYS.items()}
    return {field: value for field, value in found.items() if value}, text[match.end() :]


def _scalar(value: str) -> str:
    """A YAML scalar or inline list as a person would write it."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(filter(None, map(_scalar, value[1:-1].split(","))))
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _parse(text: str) -> "Sequence[Token]":
    """The tokens of CommonMark with tables and struck-out text."""
    from markdown_it import MarkdownIt

    notes = _numbered(text)
    marked = _NOTE.sub(lambda found: raised(notes[found[1]]), _NOTE_TEXT.sub(lambda found: _note(found, notes), text))
    marked = _CARETS.sub(lambda found: raised(found[1], "0"), marked)
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(marked)


def _numbered(text: str) -> dict[str, str]:
    """The numbers of footnotes by what they are called: their own, where all have one, else in their order."""
    called = list(dict.fromkeys(found[1] for found in _NOTE.finditer(text)))
    if all(name.isdigit() for name in called):
        return {name: name for name in called}
    return {name: str(number) for number, name in enumerate(called, start=1)}


def _note(found: re.Match[str], numbers: dict[str, str]) -> str:
    """What a footnote's text begins with."""
    return f"{numbers.get(found[1], found[1])}: "


class _Blocks:
    """Readable text of a token stream, in pieces."""

    def __init__(self, tokens: "Sequence[Token]") -> None:
        self._tokens = tokens
        self._lists: list[int | None] = []
        """The lists that are open, outermost first: the number of the next item, or None for bullets."""
        self._quotes = 0
        self._cells: list[str] | None = None
        self._tight = False
        self._marker = ""

    def __iter__(self) -> Iterator[str]:
        for token in self._tokens:
            if token.type == "inline" and self._cells is not None:
                self._cells.append(_inline(token.children or ()))
            elif token.type == "inline":
                yield self._block(_inline(token.children or ()), tight=bool(self._lists))
            elif token.type == "tr_close":
                yield self._block("| " + " | ".join(self._cells or ()) + " |", tight=True)
            elif token.type in {"fence", "code_block"}:
                yield self._block(token.content.rstrip("\n"), tight=False)
            elif token.type == "html_block":
                yield self._block(html.whole(token.content), tight=False)
            else:
                self._enter(token)

    def _enter(self, token: "Token") -> None:
        """Keep count of what is open."""
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
                self._tight = bool(self._lists)
            case "list_item_open":
                self._marker = self._next_marker()
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "tr_open":
                self._cells = []
            case "table_close":
                self._cells, self._tight = None, False

    def _next_marker(self) -> str:
        """The bullet or the number of the list item that begins."""
        number = self._lists[-1]
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _block(self, text: str, *, tight: bool) -> str:
        """One block with what stands before it; items of a list and rows of a table follow without a blank line."""
        gap = "\n" if tight and self._tight else "\n\n"
        self._tight = tight
        indent = "  " * (len(self._lists) - 1)
        start = "> " * self._quotes + indent + self._marker
        self._marker = ""
        return f"{gap}{start}{text}" if text else ""


def _inline(tokens: "Sequence[Token]") -> str:
    """The words of a paragraph: links and pictures by their text, line breaks within it as spaces.

    What is struck out is left out; raised and lowered characters are set apart from the number before them.
    """
    open_tags: list[tuple[str, list[str]]] = [("", [])]
    for token in tokens:
        parts = open_tags[-1][1]
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type == "image":
            parts.append(_inline(token.children or ()))
        elif token.type == "s_open":
            open_tags.append(("s", []))
        elif token.type == "s_close":
            _close(open_tags, "s")
        elif token.type == "html_inline":
            _take_tag(open_tags, token.content)
    while len(open_tags) > 1:  # a tag that nobody closed means nothing
        _, parts = open_tags.pop()
        open_tags[-1][1].extend(parts)
    return re.sub(r"(?<=\S)[ \t]{2,}(?=\S)", " ", "".join(open_tags[0][1])).strip(" ")


def _take_tag(open_tags: list[tuple[str, list[str]]], tag: str) -> None:
    """A tag within a paragraph: those that change what the words in it mean count, others do not."""
    if found := _OPENING.fullmatch(tag):
        open_tags.append((found[1].lower(), []))
    elif found := _CLOSING.fullmatch(tag):
        _close(open_tags, found[1].lower())
    elif _BREAK.fullmatch(tag):
        open_tags[-1][1].append("\n")


def _close(open_tags: list[tuple[str, list[str]]], name: str) -> None:
    """End the innermost tag of this name, with the text in it as it is read."""
    if all(tag != name for tag, _ in open_tags):
        return
    text = ""
    tag = ""
    while tag != name:
        tag, parts = open_tags.pop()
        text = "".join(parts) + text
    before = "".join(open_tags[-1][1])[-8:]
    match name:
        case "sup":
            text = raised(text, before)
        case "sub":
            text = lowered(text, before)
        case "q":
            text = f"“{text.strip()}”"
        case _:
            text = ""
    open_tags[-1][1].append(text)


READER = Reader("markdown", (".md", ".markdown", ".mdown", ".mkd"), lambda data: bool(_LOOKS.match(data)), read)
