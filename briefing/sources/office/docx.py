"""Word documents (DOCX): the text as it would be printed, without what was deleted, hidden or is repeated on pages."""

import posixpath
from collections.abc import Iterator
from typing import Any, Final

from briefing.sources import properties
from briefing.sources.document import BytesReader, Document, Refused, limited
from briefing.sources.office.docx_styles import Styles
from briefing.sources.office.docx_text import Paragraphs, attribute
from briefing.sources.office.embedded import read_embedded
from briefing.sources.opening import read_opening
from briefing.sources.package import Package, is_zip
from briefing.sources.xmltree import child_text, parse

_MAIN: Final = "word/document.xml"
_DEEPEST: Final = 2
"""Documents within documents that are read."""
_MOST_CHUNKS: Final = 1000


def read(data: bytes) -> Document:
    """The text of the body, then its notes. Raises :class:`Refused` where it is damaged."""
    package = Package(data)
    reading = _Reading(package, _main_part(package), 0)
    text = reading.text()
    about = parse(package.read("docProps/core.xml")) if "docProps/core.xml" in package.names else None
    opening = read_opening(text)
    stated = _Stated(about)
    return Document(
        text,
        properties.title(stated.get("title")) or opening.title,
        opening.publisher,
        opening.author or properties.author(stated.get("creator")),
        opening.published,
        properties.language(stated.get("language")),
        published_from=opening.published_from,
        published_inferred=opening.inferred,
        made=properties.moment(stated.get("modified", "created")),
        lost=tuple(reading.lost),
    )


class _Reading:
    """One document while it is read, with the parts that its text is spread over."""

    def __init__(self, package: Package, main: str, depth: int) -> None:
        self.package = package
        self.main = main
        self.folder = main.rpartition("/")[0]
        self.depth = depth
        self.lost: list[str] = []
        self._chunks: list[str] = []

    def text(self) -> str:
        """The paragraphs with a blank line between. Raises :class:`Refused`."""
        walk = Paragraphs(Styles(self._part("styles"), self._part("numbering")), self._chunk)
        paragraphs = list(limited(walk.read(parse(self.package.read(self.main)))))
        for notes in ("footnotes", "endnotes"):
            root = self._part(notes)
            for note in () if root is None else root:
                if note.get(attribute(note, "type")) is None:  # the others are separating lines
                    paragraphs += walk.read(note)
        embedded = sorted(name for name in self.package.names if name.startswith(f"{self.folder}/embeddings/"))
        if embedded:
            names = ", ".join(posixpath.basename(name) for name in embedded[:5])
            self.lost.append(f"Embedded files that are not read ({len(embedded)}): {names}.")
        return "\n\n".join(paragraphs)

    def _part(self, name: str) -> Any:
        """The root of a part beside the main text; None where there is none."""
        full = f"{self.folder}/{name}.xml"
        return parse(self.package.read(full)) if full in self.package.names else None

    def _chunk(self, element: Any) -> Iterator[str]:
        """The text of a document that is put in as a whole; what cannot be read is a warning."""
        name = self._target(element.get(next((key for key in element.attrib if str(key).endswith("}id")), "")) or "")
        if len(self._chunks) >= _MOST_CHUNKS or name in self._chunks:
            self.lost.append("An embedded part stands in it again; it is read once.")
            return
        self._chunks.append(name)
        try:
            if name not in self.package.names:
                raise Refused("is not there")
            yield self._embedded(name, self.package.read(name))
        except Refused as error:
            self.lost.append(
                f"An embedded part ({posixpath.basename(name) or 'without a name'}) is left out: it {error}."
            )

    def _embedded(self, name: str, data: bytes) -> str:
        if not is_zip(data):
            return read_embedded(name, data)
        if self.depth >= _DEEPEST:
            raise Refused("is packed into too many others")
        package = Package(data)
        inner = _Reading(package, _main_part(package), self.depth + 1)
        text = inner.text()
        self.lost += inner.lost
        return text

    def _target(self, key: str) -> str:
        """The name of the part that a relation of the main text stands for; empty where there is none."""
        folder, _, name = self.main.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        if relations in self.package.names:
            for relation in parse(self.package.read(relations)):
                if relation.get("Id") == key:
                    target = relation.get("Target") or ""
                    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        return ""


class _Stated:
    """The properties of the document, where there are any."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def get(self, *names: str) -> str | None:
        return child_text(self.root, *names) if self.root is not None else None


def _main_part(package: Package) -> str:
    """The name of the main text; some programs give it another one than usual."""
    if _MAIN in package.names:
        return _MAIN
    if "_rels/.rels" in package.names:
        for relation in parse(package.read("_rels/.rels")):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target in package.names:
                return target
    package.refuse_others()
    raise Refused("is a Word document without text: it is damaged")


def looks_like(data: bytes) -> bool:
    """A zip file in which there is the text of a Word document."""
    if not is_zip(data):
        return False
    try:
        names = Package(data).names
    except Refused:
        return b"word/document.xml" in data
    return _MAIN in names or any(name.startswith("word/document") for name in names)


READER = BytesReader("docx", (".docx", ".docm", ".dotx"), looks_like, read, packed=True)
