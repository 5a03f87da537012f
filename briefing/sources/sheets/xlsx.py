"""Spreadsheets (XLSX): every sheet that is shown, its blocks of rows as tables, cells cited by sheet, column and row.

Read by its own XML: libraries join raised figures to the number before, and lay out all the cells that a sheet claims.
"""

import posixpath
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from briefing.model.passage import column_number
from briefing.sources import properties
from briefing.sources.document import BytesReader, Document, Refused
from briefing.sources.package import Package, is_zip
from briefing.sources.pieces import Piece, joined
from briefing.sources.sheets.blocks import Row, Sheets
from briefing.sources.xmltree import child_text, local, parse

_BOOK: Final = "xl/workbook.xml"
_MOST_CELLS: Final = 2_000_000
_MOST_COLUMNS: Final = 1000
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DAYS: Final = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})
_CLOCKS: Final = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47})
_PERCENT: Final = frozenset({9, 10})
"""Numbers of formats that need not be described."""
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read(data: bytes) -> Document:
    """The sheets in their order. Raises :class:`Refused` where it is damaged, or there are too many cells."""
    package = Package(data)
    if _BOOK not in package.names:
        raise Refused("is a spreadsheet of a kind that is not read; save it as .xlsx and add that")
    book = _Book(package)
    sheets = Sheets()
    for name, part in book.shown():
        sheets.add(book.rows(part), name)
    about = parse(package.read("docProps/core.xml")) if "docProps/core.xml" in package.names else ()
    return Document(
        sheets.text(),
        properties.title(child_text(about, "title")),
        author=properties.author(child_text(about, "creator")),
        made=properties.moment(child_text(about, "modified", "created")),
        pages=tuple(sheets.pages),
        page_kind="cells",
        lost=tuple(book.lost()),
    )


class _Book:
    """The parts of a workbook that its sheets refer to."""

    def __init__(self, package: Package) -> None:
        self.package = package
        root = parse(package.read(_BOOK))
        settings = next((one for one in root if local(one) == "workbookPr"), None)
        self._since = date(1904, 1, 1) if _on(settings, "date1904") else date(1899, 12, 30)
        self._strings = self._shared()
        self._formats = self._styles()
        self._cells = 0
        self.hidden: list[str] = []
        self.hidden_rows = self.unknown = 0
        targets = self._relations()
        self._sheets: list[tuple[str, str]] = []
        for sheet in (one for part in root if local(part) == "sheets" for one in part):
            name = sheet.get("name") or ""
            target = targets.get(next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), ""), "")
            if (sheet.get("state") or "visible") != "visible":
                self.hidden.append(name)
            elif target in package.names and "chartsheet" not in target:
                self._sheets.append((name, target))

    def shown(self) -> list[tuple[str, str]]:
        """Names and parts of the sheets that are shown; one that is alone needs no name."""
        return self._sheets

    def lost(self) -> Iterator[str]:
        """Sentences on what is left out."""
        if self.hidden:
            yield f"Hidden sheets are left out: {', '.join(self.hidden[:8])}."
        if self.hidden_rows:
            yield f"Hidden rows are left out: {self.hidden_rows}."
        if self.unknown:
            yield f"Cells whose formulas were never calculated are blank: {self.unknown}."
        charts = sum(name.startswith("xl/charts/chart") for name in self.package.names)
        if charts:
            yield f"Charts are left out: {charts}."

    def rows(self, part: str) -> Iterator[Row]:
        """The rows of a sheet that hold anything. Raises :class:`Refused`."""
        number = 0
        hidden: set[int] = set()
        for element in parse(self.package.read(part)).iter():
            name = local(element)
            if name == "col" and _on(element, "hidden"):
                first, last = element.get("min") or "0", element.get("max") or "0"
                if first.isdecimal() and last.isdecimal() and len(last) < 6:
                    hidden.update(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))
            elif name == "row":
                stated = element.get("r") or ""
                number = int(stated) if stated.isdecimal() and len(stated) < 8 else number + 1
                if _on(element, "hidden"):
                    self.hidden_rows += 1
                elif cells := self._row(element, hidden):
                    yield number, cells

    def _row(self, row: Any, hidden: set[int]) -> list[str]:
        cells: list[str] = []
        for cell in row:
            if local(cell) != "c":
                continue
            match = _PLACE.fullmatch(cell.get("r") or "")
            column = column_number(match[1]) if match else len(cells)
            if column >= _MOST_COLUMNS or column < len(cells):
                continue
            value = "" if column in hidden else self._value(cell)
            if value:
                self._cells += column + 1 - len(cells)
                cells += [""] * (column - len(cells)) + [value]
        if self._cells > _MOST_CELLS:
            raise Refused(f"holds more than {_MOST_CELLS:,} cells; split it")
        return cells

    def _value(self, cell: Any) -> str:
        """The shown text of a cell."""
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return next((_runs(one) for one in cell if local(one) == "is"), "")
        stated = next((one.text or "" for one in cell if local(one) == "v"), "")
        if not stated:
            self.unknown += any(local(one) == "f" for one in cell)
            return ""
        if kind == "s":
            return self._strings[int(stated)] if stated.isdecimal() and int(stated) < len(self._strings) else ""
        if kind == "b":
            return "yes" if stated == "1" else "no"
        if kind != "n":
            return stated
        style = cell.get("s") or ""
        shape = self._formats[int(style)] if style.isdecimal() and int(style) < len(self._formats) else ""
        return _number(stated, shape, self._since)

    def _shared(self) -> list[str]:
        """The texts that cells refer to by number."""
        name = "xl/sharedStrings.xml"
        if name not in self.package.names:
            return []
        return [_runs(one) for one in parse(self.package.read(name)) if local(one) == "si"]

    def _styles(self) -> list[str]:
        """Of every style of a cell, whether it shows a day, a moment, a time, or per cent; else empty."""
        name = "xl/styles.xml"
        if name not in self.package.names:
            return []
        root = parse(self.package.read(name))
        own = {
            one.get("numFmtId"): one.get("formatCode") or ""
            for part in root
            if local(part) == "numFmts"
            for one in part
        }
        shapes = [one for part in root if local(part) == "cellXfs" for one in part]
        return [_shape(one.get("numFmtId") or "0", own) for one in shapes]

    def _relations(self) -> dict[str, str]:
        name = "xl/_rels/workbook.xml.rels"
        if name not in self.package.names:
            return {}
        found = {}
        for one in parse(self.package.read(name)):
            target = one.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[one.get("Id") or ""] = path
        return found


def _on(element: Any, name: str) -> bool:
    return element is not None and (element.get(name) or "") in {"1", "true", "on"}


def _runs(item: Any) -> str:
    """The text of a string, raised and lowered runs told apart, struck-out ones and readings of characters left out."""
    pieces: list[Piece] = []
    for one in item:
        if local(one) == "t":
            pieces.append((one.text or "", 0))
        elif local(one) == "r":
            rise, struck = 0, False
            for part in one:
                if local(part) == "rPr":
                    marks = {local(mark): mark.get("val") or "1" for mark in part}
                    rise = {"superscript": 1, "subscript": -1}.get(marks.get("vertAlign", ""), 0)
                    struck = marks.get("strike", "0") in {"1", "true"}
                elif local(part) == "t" and not struck:
                    pieces.append((part.text or "", rise))
    return joined(pieces)


def _shape(number: str, own: dict[str | None, str]) -> str:
    if number in own:
        code = _QUOTED.sub("", own[number]).lower()
        day, clock = re.search(r"[yd]|mmm", code), re.search(r"[hs]", code)
        if day or clock:
            return ("day" if day else "") + ("clock" if clock else "")
        return "percent" if "%" in code else ""
    known = int(number) if number.isdecimal() and len(number) < 5 else 0
    if known == 22:
        return "dayclock"
    return "day" if known in _DAYS else "clock" if known in _CLOCKS else "percent" if known in _PERCENT else ""


def _number(stated: str, shape: str, since: date) -> str:
    """A number as it is shown; days and times of the calendar in the form of ISO 8601."""
    try:
        value = float(stated)
    except ValueError:
        return stated
    if shape in {"day", "dayclock", "clock"} and 0 <= value < 2_958_466:
        moment = datetime(since.year, since.month, since.day) + timedelta(seconds=round(value * 86400))
        if shape == "clock":
            return f"{moment:%H:%M}" if value < 1 else f"{value:g}"
        return f"{moment:%Y-%m-%d}" + (f" {moment:%H:%M}" if shape == "dayclock" and value % 1 else "")
    if shape == "percent":
        return f"{round(value * 100, 4):g}%"
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"


def looks_like(data: bytes) -> bool:
    """A zip file in which there is a workbook."""
    if not is_zip(data):
        return False
    try:
        return _BOOK in Package(data).names
    except Refused:
        return b"xl/workbook.xml" in data


READER = BytesReader("xlsx", (".xlsx", ".xlsm", ".xltx"), looks_like, read, packed=True)
