"""Word documents (DOCX): the text as it would be printed, without what was deleted, hidden or is repeated on pages."""

from collections.abc import Iterator
from typing import Any, Final

from briefing.sources import properties
from briefing.sources.document import BytesReader, Document, Refused
from briefing.sources.opening import read_opening
from briefing.sources.package import Package, is_zip
from briefing.sources.xmltree import child_text, local, parse

_MAIN: Final = "word/document.xml"
_LEFT_OUT: Final = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "sectPr", "annotationRef"})
"""Deleted and moved text, codes of fields, what older programs show instead, and measures."""
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}


def read(data: bytes) -> Document:
    """The text of the body, then its notes. Raises :class:`Refused` where it is damaged."""
    package = Package(data)
    main = _main_part(package)
    paragraphs = list(_paragraphs(parse(package.read(main))))
    folder = main.rpartition("/")[0]
    for notes in ("footnotes", "endnotes"):
        if (name := f"{folder}/{notes}.xml") in package.names:
            for note in parse(package.read(name)):
                if note.get(_attribute(note, "type")) is None:  # the others are separating lines
                    paragraphs += _paragraphs(note)
    text = "\n\n".join(paragraphs)
    about = parse(package.read("docProps/core.xml")) if "docProps/core.xml" in package.names else None
    opening = read_opening(text)
    stated = _Stated(about)
    return Document(
        text,
        properties.title(stated.get("title")) or opening.title,
        opening.publisher,
        opening.author or properties.author(stated.get("creator")),
        opening.published or properties.moment(stated.get("modified", "created")),
        properties.language(stated.get("language")),
    )


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


def _attribute(element: Any, name: str) -> str:
    """The name of an attribute in the namespace of its element."""
    space = element.tag.rpartition("}")[0] if isinstance(element.tag, str) else ""
    return f"{space}}}{name}" if space else name


def _paragraphs(root: Any) -> Iterator[str]:
    """The paragraphs in order, the rows of tables as lines with their cells between bars."""
    table: list[str] = []
    for element in _blocks(root):
        if local(element) == "tr":
            table.append(_row(element))
            continue
        if table:
            yield "\n".join(filter(None, table))
            table = []
        yield from _flat(element)
    if table:
        yield "\n".join(filter(None, table))


def _blocks(root: Any) -> Iterator[Any]:
    """Paragraphs and rows of the outermost tables, in order, without recursion."""
    pending = [iter(root)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
        elif (name := local(element)) in {"p", "tr"}:
            yield element
        elif name not in _LEFT_OUT:
            pending.append(iter(element))


def _row(row: Any) -> str:
    """The cells of a row, what is in tables within them included."""
    cells = []
    for cell in row:
        if local(cell) == "tc":
            words = (" ".join(text.split()) for part in cell.iter() if local(part) == "p" for text in _flat(part))
            cells.append(" ".join(words))
    return "| " + " | ".join(cells) + " |" if any(cells) else ""


def _flat(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph, then that of the boxes that hang on it; none where they are blank."""
    boxes: list[Any] = []
    parts: list[str] = []
    pending = [iter(paragraph)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
            continue
        name = local(element)
        if name == "t":
            parts.append("".join(element.itertext()))
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name == "txbxContent":
            boxes.append(element)
        elif name not in _LEFT_OUT and not (name == "r" and _hidden(element)):
            pending.append(iter(element))
    text = "".join(parts).strip()
    if text:
        yield text
    for box in boxes[:50]:
        for inner in box:
            if local(inner) == "p":
                yield from _flat(inner)


def _hidden(run: Any) -> bool:
    """Whether a run is marked as not to be shown."""
    for measures in run:
        if local(measures) == "rPr":
            for mark in measures:
                if local(mark) in {"vanish", "webHidden"}:
                    return (mark.get(_attribute(mark, "val")) or "1") not in {"0", "false", "off"}
    return False


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
