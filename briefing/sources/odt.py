"""OpenDocument texts (ODT): the text as it would be printed, without tracked deletions and comments."""

from collections.abc import Iterator
from typing import Any, Final

from briefing.sources import properties
from briefing.sources.document import BytesReader, Document, Refused
from briefing.sources.opening import read_opening
from briefing.sources.package import Package, is_zip
from briefing.sources.xmltree import child_text, local, parse

_MIME: Final = b"application/vnd.oasis.opendocument.text"
_CONTENT: Final = "content.xml"
_LEFT_OUT: Final = frozenset({
    "tracked-changes", "annotation", "annotation-end", "note-citation", "sequence-decls", "forms", "scripts",
    "automatic-styles", "font-face-decls", "user-field-decls", "variable-decls", "event-listeners", "desc", "title",
    "ruby-text",
})  # fmt: skip
_PARAGRAPHS: Final = frozenset({"p", "h"})
_MOST_SPACES: Final = 100


def read(data: bytes) -> Document:
    """The text of the body with its notes after it. Raises :class:`Refused` where it is damaged or locked."""
    package = Package(data)
    if _CONTENT not in package.names:
        raise Refused("is an OpenDocument text without text: it is damaged")
    if b"encryption-data" in (
        package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package.names else b""
    ):
        raise Refused("is locked by a password; save a copy without one and add that")
    body = next((one for one in parse(package.read(_CONTENT)) if local(one) == "body"), None)
    text = "\n\n".join(_paragraphs(body)) if body is not None else ""
    about = _about(package)
    opening = read_opening(text)
    return Document(
        text,
        properties.title(_stated(about, "title")) or opening.title,
        opening.publisher,
        opening.author or properties.author(_stated(about, "initial-creator", "creator")),
        opening.published or properties.moment(_stated(about, "date", "creation-date")),
        properties.language(_stated(about, "language")),
    )


def _about(package: Package) -> Any:
    """The element that holds what the document states about itself; None where it states nothing."""
    if "meta.xml" not in package.names:
        return None
    return next((one for one in parse(package.read("meta.xml")) if local(one) == "meta"), None)


def _stated(about: Any, *names: str) -> str | None:
    return child_text(about, *names) if about is not None else None


def _paragraphs(body: Any) -> Iterator[str]:
    """Paragraphs and headings in order, rows of tables as lines with their cells between bars, then the notes."""
    notes: list[Any] = []
    table: list[str] = []
    for element in _blocks(body):
        if local(element) == "table-row":
            table.append(_row(element, notes))
            continue
        if table:
            yield "\n".join(filter(None, table))
            table = []
        if text := _flat(element, notes):
            yield text
    if table:
        yield "\n".join(filter(None, table))
    for note in notes:
        yield from (text for part in note.iter() if local(part) in _PARAGRAPHS and (text := _flat(part, [])))


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and rows of the outermost tables, without recursion."""
    pending = [iter(body)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
        elif (name := local(element)) in _PARAGRAPHS or name == "table-row":
            yield element
        elif name not in _LEFT_OUT:
            pending.append(iter(element))


def _row(row: Any, notes: list[Any]) -> str:
    cells = []
    for cell in row:
        if local(cell) == "table-cell":
            words = (" ".join(_flat(part, notes).split()) for part in cell.iter() if local(part) in _PARAGRAPHS)
            cells.append(" ".join(words))
    return "| " + " | ".join(cells) + " |" if any(cells) else ""


def _flat(paragraph: Any, notes: list[Any]) -> str:
    """The text of a paragraph; the notes in it are put aside."""
    parts: list[str] = [paragraph.text or ""]
    pending = [(iter(paragraph), "")]
    while pending:
        children, tail = pending[-1]
        element = next(children, None)
        if element is None:
            pending.pop()
            parts.append(tail)
            continue
        name, after = local(element), element.tail or ""
        if name == "note-body":
            notes.append(element)
        if name in _LEFT_OUT or name == "note-body" or not name:
            parts.append(after)
        elif sign := _sign(element, name):
            parts.append(sign + after)
        else:
            gap = " " if name in _PARAGRAPHS else ""
            parts.append(gap + (element.text or ""))
            pending.append((iter(element), gap + after))
    return "\n".join(" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n")).strip()


def _sign(element: Any, name: str) -> str:
    """What stands for white space; empty for other elements."""
    if name == "s":
        stated = next((value for key, value in element.attrib.items() if str(key).endswith("}c")), "1")
        return " " * min(int(stated), _MOST_SPACES) if stated.isdecimal() and len(stated) < 6 else " "
    return {"tab": "\t", "line-break": "\n"}.get(name, "")


def looks_like(data: bytes) -> bool:
    """A zip file that names its type first, as the standard has it."""
    return is_zip(data) and _MIME in data[:200]


READER = BytesReader("odt", (".odt", ".ott"), looks_like, read, packed=True)
