"""Spreadsheets of older programs (XLS), and binary ones (XLSB), through python-calamine, which is an extra."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from briefing.sources.document import BytesReader, Document, Refused
from briefing.sources.package import Package, is_zip
from briefing.sources.sheets.blocks import Sheets

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES: Final = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_BINARY: Final = "xl/workbook.bin"
_MOST_CELLS: Final = 2_000_000
_DAMAGED: Final = "is a damaged spreadsheet: it cannot be opened"
_PANIC: Final = "pyo3_runtime"
"""Where the exception is from by which the library gives up on what it did not foresee: it is no ``Exception``."""


def read(data: bytes) -> Document:
    """The sheets in their order. Raises :class:`Refused` where it is damaged, or the library is not installed."""
    try:
        import python_calamine
    except ImportError as error:
        raise Refused(
            'is a spreadsheet of an older kind; to read those, run: pip install "briefing[xls]", or save it as .xlsx'
        ) from error
    if is_zip(data):
        package = Package(data)
        for entry in package.entries:  # the library sets no limits to what it unpacks
            package.read(entry)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = Sheets()
        for about in book.sheets_metadata:
            if about.visible == python_calamine.SheetVisibleEnum.Visible:
                sheet = book.get_sheet_by_name(about.name)
                if sheet.total_height * sheet.total_width > _MOST_CELLS:
                    raise Refused(f"holds more than {_MOST_CELLS:,} cells; split it")
                rows = sheet.to_python(skip_empty_area=False)
                sheets.add(((n, [_shown(cell) for cell in row]) for n, row in enumerate(rows, start=1)), about.name)
    except python_calamine.PasswordError as error:
        raise Refused("is locked by a password; save a copy without one and add that") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Refused(_DAMAGED) from error
    except BaseException as error:
        if type(error).__module__ != _PANIC:
            raise
        raise Refused(_DAMAGED) from None
    return Document(sheets.text(), pages=tuple(sheets.pages), page_kind="cells")


def _shown(value: Any) -> str:
    """A cell as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" + (f" {value:%H:%M}" if value.time() != time() else "")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def looks_like(data: bytes) -> bool:
    """Recognise it by the workbook in it."""
    if data.startswith(_COMPOUND):
        return any(name in data for name in _NAMES)
    if not is_zip(data):
        return False
    try:
        return _BINARY in Package(data).names
    except Refused:
        return False


READER = BytesReader("xlsx", (".xls", ".xlsb", ".xlt"), looks_like, read, packed=True)
