"""The paragraphs of a Word document's XML, in order and without recursion over what a hostile one nests."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from briefing.sources.office.docx_styles import Styles, attribute, child, value
from briefing.sources.pieces import joined
from briefing.sources.tables import table_text
from briefing.sources.xmltree import local

__all__ = ["Paragraphs", "attribute"]

_LEFT_OUT: Final = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "sectPr", "annotationRef"})
"""Deleted and moved text, codes of fields, and measures."""
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_NOT_SHOWN: Final = frozenset({"vanish", "webHidden", "strike", "dstrike"})
_MOST_SPAN: Final = 100
"""Columns over which one cell may reach."""


class Paragraphs:
    """Walks through the parts of one document; ``chunk`` gives the text of a part that is put in as a whole."""

    def __init__(self, styles: Styles, chunk: Callable[[Any], Iterator[str]]) -> None:
        self._styles = styles
        self._chunk = chunk

    def read(self, root: Any) -> Iterator[str]:
        """The paragraphs in order, the rows of tables as lines with their cells between bars."""
        rows: list[list[str]] = []
        for element in _blocks(root):
            name = local(element)
            if name == "tr":
                if not _deleted(element, "trPr", "del", "hidden"):
                    rows.append(self._row(element))
                continue
            if rows and (table := table_text(rows)):
                yield table
            rows = []
            yield from self._chunk(element) if name == "altChunk" else self._flat(element)
        if rows and (table := table_text(rows)):
            yield table

    def _row(self, row: Any) -> list[str]:
        """The cells of a row, with what is in tables within them; one over several columns is blank in the later."""
        cells: list[str] = []
        for cell in _cells(row):
            measures = child(cell, "tcPr")
            span = value(child(measures, "gridSpan")) if measures is not None else ""
            gone = _deleted(cell, "tcPr", "cellDel")
            cells.append("" if gone else " ".join(self._words(cell)))
            if span.isdecimal() and len(span) < 5:
                cells += [""] * (min(int(span), _MOST_SPAN) - 1)
        return cells

    def _words(self, cell: Any) -> Iterator[str]:
        for element in _blocks(cell):
            if local(element) == "tr":
                if not _deleted(element, "trPr", "del", "hidden"):
                    yield " ".join(filter(None, self._row(element)))
            else:
                yield from self._chunk(element) if local(element) == "altChunk" else self._flat(element)

    def _flat(self, paragraph: Any) -> Iterator[str]:
        """The text of a paragraph, then that of the boxes that hang on it; none where they are blank."""
        boxes: list[Any] = []
        pieces: list[tuple[str, int]] = []
        pending = [(iter(paragraph), 0)]
        while pending:
            children, rise = pending[-1]
            element = next(children, None)
            if element is None:
                pending.pop()
                continue
            name = local(element)
            if name == "t":
                pieces.append(("".join(element.itertext()), rise))
            elif name in _SIGNS:
                pieces.append((_SIGNS[name], 0))
            elif name == "txbxContent":
                boxes.append(element)
            elif name == "r":
                measures = child(element, "rPr")
                if not _hidden(measures):
                    pending.append((iter(element), self._styles.rise(measures)))
            elif name not in _LEFT_OUT:
                pending.append((_shown(element), rise))
        if text := joined(pieces).strip():
            yield self._styles.marker(child(paragraph, "pPr")) + text
        for box in boxes:
            yield from self.read(box)


def _blocks(root: Any) -> Iterator[Any]:
    """Paragraphs, rows of the outermost tables, and chunks, in order, without recursion."""
    pending = [iter(root)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
        elif (name := local(element)) in {"p", "tr", "altChunk"}:
            yield element
        elif name not in _LEFT_OUT:
            pending.append(_shown(element))


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, also those within controls."""
    pending = [iter(row)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
        elif local(element) == "tc":
            yield element
        elif local(element) in {"sdt", "sdtContent", "customXml", "smartTag", "ins"}:
            pending.append(iter(element))


def _shown(element: Any) -> Iterator[Any]:
    """The children that are to be shown: of alternatives the first, which is for newer programs."""
    if local(element) != "AlternateContent":
        return iter(element)
    first = child(element, "Choice")
    return iter((first,) if first is not None else element)


def _deleted(element: Any, measures: str, *marks: str) -> bool:
    """Whether a row or cell is marked as deleted, or as not to be shown."""
    stated = child(element, measures)
    return stated is not None and any(local(mark) in marks for mark in stated)


def _hidden(measures: Any) -> bool:
    """Whether a run with these properties is marked as not to be shown, or struck out."""
    marks = () if measures is None else measures
    return any(local(mark) in _NOT_SHOWN and value(mark) not in {"0", "false", "off"} for mark in marks)
