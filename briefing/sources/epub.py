"""E-books (EPUB): the chapters in their order, and what the book states about itself."""

import posixpath
import re
from typing import Any, Final
from urllib.parse import unquote

from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import html, properties
from briefing.sources.decode import decode
from briefing.sources.document import BytesReader, Document, Refused, limited
from briefing.sources.opening import with_title
from briefing.sources.package import Package, is_zip
from briefing.sources.xmltree import child_text, local, parse

_CONTAINER: Final = "META-INF/container.xml"
_PAGES: Final = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_MOST_CHAPTERS: Final = 20_000
_LETTERS: Final = re.compile(r"[^\W_]")


def read(data: bytes) -> Document:
    """The text of the book. Raises :class:`Refused` where it is damaged, or locked against reading."""
    package = Package(data)
    if "META-INF/rights.xml" in package.names:
        raise Refused("is an e-book that is locked to its buyer's programs")
    folder, book = _book(package)
    about: Any = next((part for part in book if local(part) == "metadata"), ())
    read_ = limited(_chapter(package, name) for name in _spine(book, folder))
    chapters = [chapter for chapter in read_ if _LETTERS.search(chapter)]
    title = properties.title(child_text(about, "title"))
    authors = [name for part in about if local(part) == "creator" and (name := "".join(part.itertext()).strip())]
    return Document(
        with_title(title, "\n\n".join(chapters)) if chapters else "",
        title,
        child_text(about, "publisher"),
        ", ".join(authors) or None,
        properties.moment(_published(about)),
        properties.language(child_text(about, "language")),
        published_from="the book's description",
    )


def _book(package: Package) -> tuple[str, Any]:
    """The folder of the book's description, and its root. Raises :class:`Refused` where there is none."""
    names = [name for name in package.names if name.lower().endswith(".opf")]
    if _CONTAINER in package.names:
        for element in parse(package.read(_CONTAINER), lenient=True).iter():
            if local(element) == "rootfile" and (path := element.get("full-path")) in package.names:
                names.insert(0, path)
                break
    if not names:
        raise Refused("is a damaged e-book (EPUB): nothing says in which order it is read")
    return posixpath.dirname(names[0]), parse(package.read(names[0]), lenient=True)


def _spine(book: Any, folder: str) -> list[str]:
    """The names of the chapters in the order of reading."""
    files: dict[str, str] = {}
    order: list[str] = []
    for element in book.iter():
        name = local(element)
        if name == "item" and element.get("media-type") in _PAGES and "nav" not in (element.get("properties") or ""):
            path = unquote(element.get("href") or "").partition("#")[0]
            files[element.get("id") or ""] = posixpath.normpath(posixpath.join(folder, path))
        elif name == "itemref":
            order.append(element.get("idref") or "")
    named = [files[key] for key in order if key in files] or list(files.values())
    return list(dict.fromkeys(named))[:_MOST_CHAPTERS]


def _chapter(package: Package, name: str) -> str:
    """All text of one chapter; empty where it is not there. Raises :class:`Refused` where it is locked or damaged."""
    if name not in package.names:
        return ""
    data = package.read(name)
    try:
        return html.whole(SafeText(decode(data, "", html.declared(data)).text))
    except Unreadable as error:
        raise Refused("is an e-book that is locked, or damaged: a chapter is no text") from error


def _published(about: Any) -> str | None:
    """The date of publication, rather than those of other events."""
    dates = [part for part in about if local(part) == "date"]
    marked = [part for part in dates if any("publi" in value.lower() for value in part.attrib.values())]
    plain = [part for part in dates if not part.attrib]
    return next((part.text for part in (*marked, *plain) if part.text), None)


def looks_like(data: bytes) -> bool:
    """A zip file that names its type first, as the standard has it."""
    return is_zip(data) and b"application/epub+zip" in data[:200]


READER = BytesReader("epub", (".epub",), looks_like, read, packed=True)
