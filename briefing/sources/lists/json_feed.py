"""Feeds in JSON (JSON Feed): each item is a source of its own."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from briefing.model.safetext import SafeText
from briefing.sources import html, properties
from briefing.sources.document import Bundle, Document, Part, Refused
from briefing.sources.json_text import objects, parse, words
from briefing.sources.opening import with_title

_LOOKS: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{[\s\S]{0,3000}?"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org'
)
_MOST_NAME: Final = 80


def parts(data: bytes) -> Iterator[Part]:
    """The items in the order of the feed. Raises :class:`Refused` where there are none."""
    root = parse(data)
    items = objects(root.get("items")) if isinstance(root, dict) else []
    if not items:
        raise Refused("is a feed without items")
    for number, item in enumerate(items, start=1):
        document = _document(item, root)
        own = json.dumps(item, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
        name = " ".join((document.title or "").split())[:_MOST_NAME].replace("/", "-")
        yield Part(f"{number} {name}".strip(), own, "feed", document)


def _document(item: dict[str, Any], feed: dict[str, Any]) -> Document:
    title = words(item.get("title")).strip()
    markup = words(item.get("content_html"))
    texts = [
        html.whole(SafeText(markup)) if markup else "",
        words(item.get("content_text")),
        words(item.get("summary")),
    ]
    text = next((one.strip() for one in texts if one.strip()), "")
    stated = words(item.get("date_published")) or words(item.get("date_modified"))
    return Document(
        with_title(title, text) if text else title,
        title or None,
        words(feed.get("title")) or None,
        _authors(item) or _authors(feed),
        properties.moment(stated),
        properties.language(words(item.get("language")) or words(feed.get("language"))),
        lost=_lost(item),
    )


def _authors(holder: dict[str, Any]) -> str | None:
    """The names of who wrote it; the older version of the format has one author."""
    one = holder.get("author")
    authors = objects(holder.get("authors")) or ([one] if isinstance(one, dict) else [])
    return ", ".join(filter(None, (words(author.get("name")).strip() for author in authors))) or None


def _lost(item: dict[str, Any]) -> tuple[str, ...]:
    attached = len(objects(item.get("attachments")))
    return (f"Attached recordings and files are not fetched: {attached}.",) if attached else ()


READER = Bundle("feed", (), lambda data: _LOOKS.match(data[:4096]) is not None, parts, nests=False, certain=True)
