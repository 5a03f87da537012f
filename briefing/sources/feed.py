"""Feeds (RSS, Atom, RDF, JSON Feed), saved or fetched: each entry is a source of its own."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from briefing.model.safetext import SafeText
from briefing.sources import html, properties
from briefing.sources.document import Bundle, Document, Part, Refused
from briefing.sources.json_text import members, objects, words
from briefing.sources.json_text import parse as parse_json
from briefing.sources.opening import with_title
from briefing.sources.xmltree import parse

_ROOT: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?>(?:<!--.*?-->|<\?[^>]*\?>|<!DOCTYPE[^>\[]*>)\s*)*+"
    rb"<(?:rss|(?:\w{1,20}:)?feed|rdf:RDF)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_JSON_ROOT: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_JSON_VERSION: Final = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
_ENTRIES: Final = frozenset({"item", "entry"})
_OWN: Final = frozenset({
    "", "atom", "rss", "rdf", "http://www.w3.org/2005/atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/", "http://backend.userland.com/rss2",
})  # fmt: skip
"""Namespaces and prefixes of the feed's own words."""
_ADDED: Final = {
    "date": frozenset({"dc", "dcterms", "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"}),
    "issued": frozenset({"dcterms", "http://purl.org/dc/terms/"}),
    "language": frozenset({"dc", "http://purl.org/dc/elements/1.1/"}),
    "body": frozenset({"xhtml", "http://www.w3.org/1999/xhtml"}),
}
"""Words of other namespaces that say of the entry what its own words say; a picture's caption is of another."""
_ANYWHERE: Final = frozenset({"encoded", "creator"})
"""Words that mean this in whatever namespace somebody put them."""
_BODIES: Final = ("encoded", "content", "body", "description", "summary")
"""What holds the text of an entry, the fuller first."""
_DATES: Final = ("published", "pubDate", "date", "issued", "updated", "modified")
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{2,10});")
_XML_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_NAME: Final = 80
_MOST_ENTRIES: Final = 100_000


def parts(data: bytes) -> Iterator[Part]:
    """The entries in the order of the feed. Raises :class:`Refused` where there are none."""
    if _JSON_ROOT.match(data[:64]):
        yield from _json_parts(data)
        return
    root = parse(data, lenient=True)
    entries = [element for element in root.iter() if _name(element) in _ENTRIES]
    channel = next((element for element in root if _name(element) == "channel"), root)
    if not entries:
        raise Refused("is no feed (RSS or Atom), or one without entries")
    publisher = _plain(_said(channel, "title") or "") or None
    language = _said(channel, "language") or root.get(_XML_LANGUAGE)
    for number, entry in enumerate(entries, start=1):
        yield _part(number, _own(entry), _document(entry, publisher, language))


def _part(number: int, data: bytes, document: Document) -> Part:
    name = " ".join((document.title or "").split())[:_MOST_NAME].replace("/", "-")
    return Part(f"{number} {name}".strip(), data, "feed", document)


def _name(element: Any) -> str:
    """The feed's own word that the element is; empty for those of other namespaces, which mean something else.

    A prefix that the feed does not declare stays in the tag: ``content:encoded``.
    """
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}") if tag.startswith("{") else tag.rpartition(":")
    space = space.lstrip("{")
    if space.lower() in _OWN or name in _ANYWHERE or space in _ADDED.get(name, ()):
        return name
    return ""


def _said(element: Any, *names: str) -> str | None:
    """The text of the first child with any of these names, in their order."""
    for name in names:
        for child in element:
            if _name(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return None


def _own(entry: Any) -> bytes:
    """Bytes that identify an entry: the same wherever it stands in whichever copy of the feed."""
    said: list[str] = []
    for element in entry.iter():
        tail = element.tail if element is not entry else None
        said += [str(element.tag), *(f"{key}={value}" for key, value in sorted(element.attrib.items()))]
        said += [(element.text or "").strip(), (tail or "").strip()]
    return "\0".join(said).encode("utf-8", "surrogatepass")


def _document(entry: Any, publisher: str | None, language: str | None) -> Document:
    """One entry: its title, then its fullest text."""
    title = _plain(_said(entry, "title") or "")
    texts = [_body(child) for name in _BODIES for child in entry if _name(child) == name]
    text = max(texts, key=len, default="")
    source = next((_said(child, "title") or child.text for child in entry if _name(child) == "source"), None)
    return Document(
        with_title(title, text) if text else title,
        title or None,
        _plain(source or "") or publisher,
        _author(entry),
        properties.moment(_said(entry, *_DATES)),
        language=properties.language(entry.get(_XML_LANGUAGE) or _said(entry, "language") or language),
        published_from="feed",
    )


def _body(element: Any) -> str:
    """The text of an entry: markup within it, or written out in it, or plain."""
    if any(isinstance(child.tag, str) for child in element):  # Atom's "xhtml": elements of the feed itself
        from lxml import etree

        for inner in element.iter():  # whatever prefix the page's own elements have here
            if not isinstance(inner.tag, str):
                continue
            with suppress(ValueError):  # "a:" is a name only to a parser that takes everything
                inner.tag = inner.tag.rpartition("}")[2].rpartition(":")[2]
        return html.whole(SafeText(etree.tostring(element, encoding="unicode", with_tail=False)))
    return _plain("".join(element.itertext()))


def _plain(text: str) -> str:
    """Remove markup, where there is any."""
    return html.whole(SafeText(text)) if _MARKUP.search(text) else text.strip()


def _author(entry: Any) -> str | None:
    """The names of who wrote the entry; of ``mail@address (Name)`` the name."""
    names = []
    for child in entry:
        if _name(child) in {"creator", "author"}:
            name = _said(child, "name") or "".join(child.itertext()).strip()
            bracketed = re.fullmatch(r"\S+@\S+\s*\((.+)\)", name)
            names.append(_plain(bracketed[1] if bracketed else name))
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _json_parts(data: bytes) -> Iterator[Part]:
    """The entries of a JSON Feed (jsonfeed.org). Raises :class:`Refused`."""
    feed = members(parse_json(data))
    entries = objects(feed.get("items"))[:_MOST_ENTRIES]
    if not entries:
        raise Refused("is a JSON feed without entries")
    for number, entry in enumerate(entries, start=1):
        own = json.dumps(entry, sort_keys=True, ensure_ascii=True).encode()
        yield _part(number, own, _json_document(entry, feed))


def _json_document(entry: dict[str, Any], feed: dict[str, Any]) -> Document:
    title = _plain(_word(entry, "title"))
    page = html.whole(SafeText(_word(entry, "content_html"))) if _word(entry, "content_html") else ""
    text = max(page, _word(entry, "content_text"), _plain(_word(entry, "summary")), key=len)
    listed = (one for of in (entry, feed) for one in (of.get("authors"), [of.get("author")]) if objects(one))
    authors = [_word(one, "name") for one in objects(next(listed, None))]
    return Document(
        with_title(title, text) if text else title,
        title or None,
        _word(feed, "title") or None,
        ", ".join(filter(None, authors)) or None,
        properties.moment(_word(entry, "date_published") or _word(entry, "date_modified")),
        language=properties.language(_word(entry, "language") or _word(feed, "language")),
        published_from="feed",
    )


def _word(fields: dict[str, Any], name: str) -> str:
    return words(fields.get(name)).strip()


def _looks(data: bytes) -> bool:
    head = data[:4096]
    return _ROOT.match(head) is not None or (
        _JSON_ROOT.match(head) is not None and _JSON_VERSION.search(head) is not None
    )


READER = Bundle("feed", (".rss", ".atom", ".rdf", ".jsonfeed"), _looks, parts, nests=False)
