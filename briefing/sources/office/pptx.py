"""Presentations (PPTX): the slides in their order with their tables and notes; cited by slide."""

import posixpath
from collections.abc import Iterator
from typing import Any, Final

from briefing.sources import properties
from briefing.sources.document import BytesReader, Document, Refused
from briefing.sources.package import Package, is_zip
from briefing.sources.pieces import Piece, joined
from briefing.sources.tables import table_text
from briefing.sources.xmltree import child_text, local, parse

_MAIN: Final = "ppt/presentation.xml"
_MOST_SLIDES: Final = 5000
_LEFT_OUT: Final = frozenset({"sldNum", "ftr", "dt", "hdr", "sldImg"})
"""Placeholders for what is repeated on every slide."""
_MOST_SPAN: Final = 100


def read(data: bytes) -> Document:
    """The text of the slides, each with its notes. Raises :class:`Refused` where it is damaged."""
    package = Package(data)
    if _MAIN not in package.names:
        raise Refused("is a presentation of a kind that is not read; save it as .pdf and add that")
    slides = _slides(package)
    if len(slides) > _MOST_SLIDES:
        raise Refused(f"has more than {_MOST_SLIDES:,} slides; split it")
    parts: list[str] = []
    pages: list[tuple[int, str]] = []
    length, title, hidden = 0, "", []
    for number, name in enumerate(slides, start=1):
        root = parse(package.read(name))
        if (root.get("show") or "1") in {"0", "false"}:
            hidden.append(str(number))
            continue
        texts = list(_shapes(root))
        title = title or next((text for text in texts if not text.startswith("|")), "")
        texts += [f"Notes: {text}" if at == 0 else text for at, text in enumerate(_notes(package, name))]
        if texts:
            text = "\n\n".join(texts)
            pages.append((length, str(number)))
            parts.append(text)
            length += len(text) + 2
    about = parse(package.read("docProps/core.xml")) if "docProps/core.xml" in package.names else ()
    return Document(
        "\n\n".join(parts),
        properties.title(child_text(about, "title")) or title,
        author=properties.author(child_text(about, "creator")),
        language=properties.language(child_text(about, "language")),
        made=properties.moment(child_text(about, "modified", "created")),
        pages=tuple(pages),
        page_kind="slide",
        lost=tuple(_lost(package, hidden)),
    )


def _slides(package: Package) -> list[str]:
    """The parts of the slides in the order in which they are shown."""
    targets = _relations(package, _MAIN)
    order = []
    for element in parse(package.read(_MAIN)).iter():
        if local(element) == "sldId":
            key = next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), "")
            order.append(targets.get(key, ("", ""))[1])
    return [name for name in dict.fromkeys(order) if name in package.names]


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Kind and name of the parts that a part refers to."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.names:
        return {}
    found = {}
    for one in parse(package.read(relations)):
        target = one.get("Target") or ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        found[one.get("Id") or ""] = ((one.get("Type") or "").rpartition("/")[2], path)
    return found


def _notes(package: Package, slide: str) -> Iterator[str]:
    for kind, name in _relations(package, slide).values():
        if kind == "notesSlide" and name in package.names:
            yield from _shapes(parse(package.read(name)))


def _shapes(root: Any) -> Iterator[str]:
    """The paragraphs and tables of a slide, the title first."""
    titles: list[str] = []
    others: list[str] = []
    pending = [iter(root)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
            continue
        name = local(element)
        if name in {"sp", "cxnSp"}:
            kind = _placeholder(element)
            if kind not in _LEFT_OUT:
                (titles if kind in {"title", "ctrTitle"} else others).extend(_texts(element))
        elif name == "tbl":
            if text := table_text(_rows(element)):
                others.append(text)
        elif name == "AlternateContent":
            pending.append(iter(list(element)[:1]))
        else:
            pending.append(iter(element))
    return iter([*titles, *others])


def _placeholder(shape: Any) -> str:
    """What a shape stands for: ``title``, ``body``, ``sldNum``; empty where it is none of these."""
    for part in shape:
        if local(part) == "nvSpPr":
            for inner in part.iter():
                if local(inner) == "ph":
                    return inner.get("type") or "body"
    return ""


def _texts(element: Any) -> list[str]:
    """The paragraphs within an element that hold anything."""
    return [text for part in element.iter() if local(part) == "p" and (text := _paragraph(part))]


def _paragraph(paragraph: Any) -> str:
    pieces: list[Piece] = []
    for part in paragraph:
        name = local(part)
        if name == "br":
            pieces.append(("\n", 0))
        elif name in {"r", "fld"}:
            rise, struck = 0, False
            for inner in part:
                if local(inner) == "rPr":
                    moved = inner.get("baseline") or "0"
                    rise = (
                        (int(moved) > 0) - (int(moved) < 0) if moved.lstrip("-").isdecimal() and len(moved) < 9 else 0
                    )
                    struck = (inner.get("strike") or "noStrike") != "noStrike"
                elif local(inner) == "t" and not struck:
                    pieces.append(((inner.text or "").replace("\v", "\n"), rise))
    return joined(pieces).strip()


def _rows(table: Any) -> Iterator[list[str]]:
    """The rows of a table; cells that a wider or higher one covers are blank."""
    for row in table:
        if local(row) == "tr":
            cells = [cell for cell in row if local(cell) == "tc"]
            yield [
                ""
                if cell.get("hMerge") in {"1", "true"} or cell.get("vMerge") in {"1", "true"}
                else " ".join(_texts(cell))
                for cell in cells
            ]


def _lost(package: Package, hidden: list[str]) -> Iterator[str]:
    if hidden:
        yield f"Hidden slides are left out: {', '.join(hidden[:20])}."
    for folder, what in (
        ("ppt/charts/chart", "Charts"),
        ("ppt/diagrams/data", "Diagrams"),
        ("ppt/embeddings/", "Embedded files"),
    ):
        if count := sum(name.startswith(folder) and not name.endswith(".rels") for name in package.names):
            yield f"{what} are left out: {count}."
    if not hidden and any(name.startswith("ppt/media/") for name in package.names):
        yield "Words in pictures are not read."


def looks_like(data: bytes) -> bool:
    """A zip file in which there is a presentation."""
    if not is_zip(data):
        return False
    try:
        return _MAIN in Package(data).names
    except Refused:
        return b"ppt/presentation.xml" in data


READER = BytesReader("pptx", (".pptx", ".pptm", ".ppsx", ".potx"), looks_like, read, packed=True)
