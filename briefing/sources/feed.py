"""Feeds (RSS, Atom, RDF), saved or fetched: each entry is a source of its own."""

import re
from collections.abc import Iterator
from typing import Any, Final

from briefing.model.safetext import SafeText
from briefing.sources import html, properties
from briefing.sources.document import Bundle, Document, Part, Refused
from briefing.sources.opening import with_title
from briefing.sources.xmltree import child_text, local, parse

_ROOT: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?>(?:<!--.*?-->|<\?[^>]*\?>|<!DOCTYPE[^>\[]*>)\s*)*+"
    rb"<(?:rss|(?:\w{1,20}:)?feed|rdf:RDF)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_ENTRIES: Final = frozenset({"item", "entry"})
_BODIES: Final = ("encoded", "content", "description", "summary")
"""What holds the text of an entry, the fuller first."""
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{2,10});")
_XML_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_NAME: Final = 80


def parts(data: bytes) -> Iterator[Part]:
    """The entries in the order of the feed. Raises :class:`Refused` where there are none."""
    root = parse(data, lenient=True)
    entries = [element for element in root.iter() if local(element) in _ENTRIES]
    channel = next((element for element in root if local(element) == "channel"), root)
    if not entries:
        raise Refused("is no feed (RSS or Atom), or one without entries")
    publisher = child_text(channel, "title")
    language = child_text(channel, "language") or root.get(_XML_LANGUAGE)
    for number, entry in enumerate(entries, start=1):
        document = _document(entry, publisher, language)
        name = " ".join((document.title or "").split())[:_MOST_NAME].replace("/", "-")
        yield Part(f"{number} {name}".strip(), _own(entry), "feed", document)


def _own(entry: Any) -> bytes:
    """The same bytes for the same entry, wherever it stands in whichever copy of the feed."""
    said: list[str] = []
    for element in entry.iter():
        tail = element.tail if element is not entry else None
        said += [str(element.tag), *(f"{key}={value}" for key, value in sorted(element.attrib.items()))]
        said += [(element.text or "").strip(), (tail or "").strip()]
    return "\0".join(said).encode("utf-8", "surrogatepass")


def _document(entry: Any, publisher: str | None, language: str | None) -> Document:
    """One entry: its title, then its fullest text."""
    title = _plain(child_text(entry, "title") or "")
    bodies = {local(child): child for child in entry if local(child) in _BODIES}
    texts = [_body(bodies[name]) for name in _BODIES if name in bodies]
    text = max(texts, key=len, default="")
    source = next((child_text(child, "title") or child.text for child in entry if local(child) == "source"), None)
    stated = child_text(entry, "published", "pubDate", "date", "issued", "updated", "modified")
    return Document(
        with_title(title, text) if text else title,
        title or None,
        source or publisher,
        _author(entry),
        properties.moment(stated),
        language=properties.language(entry.get(_XML_LANGUAGE) or child_text(entry, "language") or language),
    )


def _body(element: Any) -> str:
    """The text of an entry: markup within it, or written out in it, or plain."""
    if len(element):  # Atom's "xhtml": elements of the feed itself
        from lxml import etree

        return html.whole(SafeText(etree.tostring(element, encoding="unicode", with_tail=False)))
    return _plain(element.text or "")


def _plain(text: str) -> str:
    """Without markup, where there is any."""
    return html.whole(SafeText(text)) if _MARKUP.search(text) else text.strip()


def _author(entry: Any) -> str | None:
    """The names of who wrote the entry; of ``mail@address (Name)`` the name."""
    names = []
    for child in entry:
        if local(child) in {"creator", "author"}:
            name = child_text(child, "name") or "".join(child.itertext()).strip()
            bracketed = re.fullmatch(r"\S+@\S+\s*\((.+)\)", name)
            names.append(bracketed[1] if bracketed else name)
    return ", ".join(dict.fromkeys(filter(None, names))) or None


READER = Bundle(
    "feed", (".rss", ".atom", ".rdf"), lambda data: _ROOT.match(data[:4096]) is not None, parts, nests=False
)
