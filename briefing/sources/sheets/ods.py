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
_MOST_COLUMNS: Final = 16_384
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
    lost = [f"Hidden sheets are left out: {', '.join(left_out[:8])}."] if left_out else []
    lost += [f"Hidden rows are left out: {reading.rows}."] if reading.rows else []
    lost += [f"Hidden columns are left out: {reading.columns}."] if reading.columns else []
    return Document(
        sheets.text(),
        about.title,
        author=about.author,
        made=about.made,
        pages=tuple(sheets.pages),
        page_kind="cells",
        lost=tuple(lost),
    )


class _Rows:
    """Reads the rows of sheets, with one limit for all."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._cells = 0
        self.rows = self.columns = 0
        """Those that hold words and are not shown."""

    def read(self, table: Any) -> Iterator[Row]:
        """The rows that hold anything. Raises :class:`Refused`."""
        number, hidden, seen = 1, _hidden_columns(table), set[int]()
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
                if any(cells) and stated(element, "visibility") not in {"", "visible"}:
                    self.rows += times
                elif any(cells):
                    seen.update(at for at, words in enumerate(cells) if words and at in hidden)
                    cells = ["" if at in hidden else words for at, words in enumerate(cells)]
                    for again in range(min(times, 200)):
                        self._cells += len(cells)
                        if self._cells > _MOST_CELLS:
                            raise Refused(f"holds more than {_MOST_CELLS:,} cells; split it")
                        yield number + again, cells
                number += times
        self.columns += len(seen)


def _hidden_columns(table: Any) -> set[int]:
    """Places of the columns that are not shown, counted from 0."""
    hidden: set[int] = set()
    place = 0
    for column in table.iter():
        if local(column) == "table-column":
            times = odt.repeated(column, "number-columns-repeated", _MOST_COLUMNS)
            if stated(column, "visibility") not in {"", "visible"}:
                hidden.update(range(place, min(place + times, _MOST_COLUMNS)))
            place += times
    return hidden


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
