"""Markdown to readable text: a paragraph a line, lists, quotations and code kept. Front matter is metadata."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from briefing.sources.dates import find_date
from briefing.sources.document import Document, Reader
from briefing.sources.opening import read_opening, with_title

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT: Final = re.compile(r"\ufeff?---[ \t]*\n((?:[^\n]*\n){1,100}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_LOOKS: Final = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n[A-Za-z_-]+[ \t]*:")
_PAIR: Final = re.compile(r"([A-Za-z][\w -]*?)\s*:(?:\s+(.*))?")
_ITEM: Final = re.compile(r"\s*-\s+(.*)")
_TAG: Final = re.compile(r"<[^<>]*>")
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

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


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
                yield self._block(_TAG.sub("", token.content).strip(), tight=False)
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
    """The words of a paragraph: links and pictures by their text, line breaks within it as spaces."""
    parts: list[str] = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type == "image":
            parts.append(_inline(token.children or ()))
    return "".join(parts)


READER = Reader("markdown", (".md", ".markdown", ".mdown", ".mkd"), lambda data: bool(_LOOKS.match(data)), read)
