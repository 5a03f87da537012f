"""OpenDocument spreadsheets (ODS): every sheet that is shown, its blocks of rows as tables."""

from collections.abc import Iterator
from typing import Any, Final

from briefing.sources.document import BytesReader, Document, Refused
from briefing.sources.office import odt
from briefing.sources.office.odt_styles import Styles, stated
from briefing.sources.package import Package, is_zip
from briefing.sources.sheets.blocks import Row, Sheets
from briefing.sources.xmltree import local

_MIME: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_CELLS: Final = 2_000_000
_GROUPS: Final = frozenset({"table-row-group", "table-rows", "table-header-rows"})


def read(data: bytes) -> Document:
    """The sheets in their order. Raises :class:`Refused` where it is damaged, locked, or there are too many cells."""
    package = Package(data)
    root = odt.content(package, "spreadsheet")
    styles = Styles(root)
    hidden = _hidden_styles(root)
    sheets = Sheets()
    left_out: list[str] = []
    reading = _Rows(styles)
    for table in root.iter():
        if local(table) != "table":
            continue
        name = stated(table, "name")
        if stated(table, "style-name") in hidden:
            left_out.append(name)
        else:
            sheets.add(reading.read(table), name)
    about = odt.stated_about(package)
    lost = (f"Hidden sheets are left out: {', '.join(left_out[:8])}.",) if left_out else ()
    return Document(
        sheets.text(),
        about.title,
        author=about.author,
        made=about.made,
        pages=tuple(sheets.pages),
        page_kind="cells",
        lost=lost,
    )


class _Rows:
    """Reads the rows of sheets, with one limit for all."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._cells = 0

    def read(self, table: Any) -> Iterator[Row]:
        """The rows that hold anything. Raises :class:`Refused`."""
        number = 1
        pending = [iter(table)]
        while pending:
            element = next(pending[-1], None)
            if element is None:
                pending.pop()
            elif local(element) in _GROUPS:
                pending.append(iter(element))
            elif local(element) == "table-row":
                times = odt.repeated(element, "number-rows-repeated", 10_000_000)
                cells = odt.row_cells(element, [], self._styles)
                if any(cells) and stated(element, "visibility") in {"", "visible"}:
                    for again in range(min(times, 200)):
                        self._cells += len(cells)
                        if self._cells > _MOST_CELLS:
                            raise Refused(f"holds more than {_MOST_CELLS:,} cells; split it")
                        yield number + again, cells
                number += times


def _hidden_styles(root: Any) -> set[str]:
    """The styles of tables that are not shown."""
    return {
        stated(style, "name")
        for style in root.iter()
        if local(style) == "style"
        for part in style
        if local(part) == "table-properties" and stated(part, "display") == "false"
    }


def looks_like(data: bytes) -> bool:
    """A zip file that names its type first, as the standard has it."""
    return is_zip(data) and _MIME in data[:200]


READER = BytesReader("xlsx", (".ods", ".ots"), looks_like, read, packed=True)
