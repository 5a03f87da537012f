"""OpenDocument texts (ODT): the text as it would be printed, without tracked deletions and comments."""

from collections.abc import Iterator
from typing import Any, Final

from briefing.sources import properties
from briefing.sources.document import BytesReader, Document, Refused, limited
from briefing.sources.office.odt_styles import Styles, stated
from briefing.sources.opening import read_opening
from briefing.sources.package import Package, is_zip
from briefing.sources.pieces import Piece, joined
from briefing.sources.tables import table_text
from briefing.sources.xmltree import child_text, local, parse

_MIME: Final = b"application/vnd.oasis.opendocument.text"
_CONTENT: Final = "content.xml"
_STYLES: Final = "styles.xml"
_LEFT_OUT: Final = frozenset({
    "tracked-changes", "annotation", "annotation-end", "note-citation", "sequence-decls", "forms", "scripts",
    "automatic-styles", "font-face-decls", "user-field-decls", "variable-decls", "event-listeners", "desc", "title",
    "ruby-text",
})  # fmt: skip
_PARAGRAPHS: Final = frozenset({"p", "h"})
_MOST_SPACES: Final = 100
_MOST_CELLS: Final = 500
_MOST_REPEATED: Final = 200
"""Times that a cell or a row stands for."""


def read(data: bytes) -> Document:
    """The text of the body with its notes after it. Raises :class:`Refused` where it is damaged or locked."""
    package = Package(data)
    root = content(package, "text")
    body = next((one for one in root if local(one) == "body"), None)
    styles = Styles(root, parse(package.read(_STYLES)) if _STYLES in package.names else None)
    text = "\n\n".join(limited(_paragraphs(body, styles))) if body is not None else ""
    about = stated_about(package)
    opening = read_opening(text)
    return Document(
        text,
        about.title or opening.title,
        opening.publisher,
        opening.author or about.author,
        opening.published,
        about.language,
        published_from=opening.published_from,
        published_inferred=opening.inferred,
        made=about.made,
    )


def content(package: Package, what: str) -> Any:
    """The root element of an OpenDocument file's content.

    Args:
        package: The file.
        what: What kind of document it is, for the error ("text", "spreadsheet").

    Raises:
        Refused: Where it is damaged or locked.
    """
    if _CONTENT not in package.names:
        raise Refused(f"is an OpenDocument {what} without text: it is damaged")
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and b"encryption-data" in package.read(manifest):
        raise Refused("is locked by a password; save a copy without one and add that")
    return parse(package.read(_CONTENT))


def stated_about(package: Package) -> Document:
    """The metadata of an OpenDocument file, without text."""
    root = parse(package.read("meta.xml")) if "meta.xml" in package.names else ()
    about = next((one for one in root if local(one) == "meta"), ())
    return Document(
        "",
        properties.title(child_text(about, "title")),
        author=properties.author(child_text(about, "initial-creator", "creator")),
        made=properties.moment(child_text(about, "date", "creation-date")),
        language=properties.language(child_text(about, "language")),
    )


def _paragraphs(body: Any, styles: Styles) -> Iterator[str]:
    """Paragraphs and headings in order, rows of tables as lines with their cells between bars, then the notes."""
    notes: list[Any] = []
    rows: list[list[str]] = []
    for element, marker in _blocks(body, styles):
        if local(element) == "table-row":
            times = repeated(element, "number-rows-repeated")
            row = row_cells(element, notes, styles)
            rows += [row] * (times if any(row) else 1)
            continue
        if rows and (table := table_text(rows)):
            yield table
        rows = []
        if text := _flat(element, notes, styles):
            yield marker + text
    if rows and (table := table_text(rows)):
        yield table
    for note in notes:
        for part, _ in _blocks(note, styles):
            if local(part) in _PARAGRAPHS and (text := _flat(part, [], styles)):
                yield text


def _blocks(body: Any, styles: Styles) -> Iterator[tuple[Any, str]]:
    """Paragraphs, with the numbers of lists before them, and rows of the outermost tables, without recursion."""
    pending = [iter(body)]
    lists: list[tuple[int, str]] = []
    """How deep the lists that are open begin, and their styles."""
    counts: list[int] = []
    marker = ""
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
            if lists and len(pending) < lists[-1][0]:
                lists.pop()
                counts.pop()
            continue
        name = local(element)
        if name in _PARAGRAPHS or name == "table-row":
            yield element, marker
            marker = ""
            continue
        if name in _LEFT_OUT:
            continue
        pending.append(iter(element))
        if name == "list":
            style = stated(element, "style-name") or (lists[-1][1] if lists else "")
            lists.append((len(pending), style))
            counts.append(styles.first(style, len(lists)) - 1)
        elif name == "list-item" and lists:
            start = stated(element, "start-value")
            counts[-1] = int(start) if start.isdecimal() and len(start) < 7 else counts[-1] + 1
            marker = styles.marker(lists[-1][1], counts)


def row_cells(row: Any, notes: list[Any], styles: Styles) -> list[str]:
    """The texts of a row's cells; those covered by a wider or higher one are blank.

    Args:
        row: The row element.
        notes: Notes found in the cells are added here.
        styles: Styles of the document.
    """
    cells: list[str] = []
    for cell in row:
        name = local(cell)
        if name in {"table-cell", "covered-table-cell"}:
            words = " ".join(_words(cell, notes, styles)) if name == "table-cell" else ""
            times = repeated(cell, "number-columns-repeated")
            cells += [words] * (times if words or len(cells) + times < _MOST_CELLS else 1)
            if len(cells) >= _MOST_CELLS:
                break
    return cells


def _words(cell: Any, notes: list[Any], styles: Styles) -> Iterator[str]:
    for element, _ in _blocks(cell, styles):
        if local(element) == "table-row":
            yield " ".join(filter(None, row_cells(element, notes, styles)))
        else:
            yield " ".join(_flat(element, notes, styles).split())


def repeated(element: Any, name: str, most: int = _MOST_REPEATED) -> int:
    """How many times a cell or a row is repeated.

    Args:
        element: The cell or row.
        name: Local name of the attribute that says it.
        most: Upper bound on the result.
    """
    times = stated(element, name)
    return min(int(times), most) if times.isdecimal() and len(times) < 9 else 1


def _flat(paragraph: Any, notes: list[Any], styles: Styles) -> str:
    """The text of a paragraph; the notes in it are put aside."""
    pieces: list[Piece] = [(paragraph.text or "", 0)]
    pending: list[tuple[Iterator[Any], str, int]] = [(iter(paragraph), "", 0)]
    """What is open: its children, what follows it, and whether that is raised."""
    while pending:
        children, tail, rise = pending[-1]
        element = next(children, None)
        if element is None:
            pending.pop()
            pieces.append((tail, pending[-1][2] if pending else 0))
            continue
        name, after = local(element), element.tail or ""
        if name == "note-body":
            notes.append(element)
        struck = name == "span" and styles.struck(stated(element, "style-name"))
        if name in _LEFT_OUT or name == "note-body" or not name or struck:
            pieces.append((after, rise))
        elif sign := _sign(element, name):
            pieces.append((sign + after, rise))
        else:
            gap = " " if name in _PARAGRAPHS else ""
            own = styles.rise(stated(element, "style-name")) if name == "span" else None
            own = rise if own is None else own
            pieces.append((gap + (element.text or ""), own))
            pending.append((iter(element), gap + after, own))
    return "\n".join(" ".join(line.split(" ")).strip() for line in joined(pieces).split("\n")).strip()


def _sign(element: Any, name: str) -> str:
    """What stands for white space; empty for other elements."""
    if name == "s":
        times = stated(element, "c") or "1"
        return " " * min(int(times), _MOST_SPACES) if times.isdecimal() and len(times) < 6 else " "
    return {"tab": "\t", "line-break": "\n"}.get(name, "")


def looks_like(data: bytes) -> bool:
    """A zip file that names its type first, as the standard has it."""
    return is_zip(data) and _MIME in data[:200]


READER = BytesReader("odt", (".odt", ".ott"), looks_like, read, packed=True)
