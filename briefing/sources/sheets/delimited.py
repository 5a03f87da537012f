"""Tables as text with commas, semicolons or tabs between the cells (CSV, TSV)."""

import csv
from collections import Counter
from typing import Final

from briefing.sources.document import Document, Reader, Refused
from briefing.sources.sheets.blocks import Sheets

_MARKS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 50
"""Lines by which the mark between cells is told."""
_MOST_CELLS: Final = 2_000_000


def read(text: str) -> Document:
    """The rows as a table. Raises :class:`Refused` where there are too many cells."""
    mark, body = _mark(text)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # never lower: other libraries read by it too
    sheets = Sheets()
    cells = 0
    rows = []
    try:
        for number, row in enumerate(csv.reader(body.splitlines(keepends=True), delimiter=mark), start=1):
            cells += len(row)
            if cells > _MOST_CELLS:
                raise Refused(f"holds more than {_MOST_CELLS:,} cells; split it")
            rows.append((number, row))
    except csv.Error as error:
        raise Refused("is a damaged table: its quotation marks do not match") from error
    sheets.add(rows)
    return Document(sheets.text(), pages=tuple(sheets.pages), page_kind="cells")


def _mark(text: str) -> tuple[str, str]:
    """The separator of cells, and the text of the rows; a first line ``sep=;`` says it."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip()) == 5:
        return first[4], rest
    lines = [line for line in text[:100_000].split("\n")[:_SAMPLE] if line.strip()]
    best, mark = 0.0, ","
    for tried in _MARKS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=tried))
        width, times = max(widths.items(), key=lambda one: (one[1] * (one[0] > 1), one[0]), default=(1, 0))
        if width > 1 and times * (1 + 0.01 * width) > best:
            best, mark = times * (1 + 0.01 * width), tried
    return mark, text


READER = Reader("csv", (".csv", ".tsv", ".tab"), lambda data: False, read)  # noqa: ARG005 - only its name tells it
