"""Write sheets of cells as text: each block of rows a table, single lines above it paragraphs; cells are cited."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from briefing.model.passage import column_name
from briefing.sources.document import MAX_CHARS, Refused
from briefing.sources.tables import table_text

_UNNAMED: Final = re.compile(
    r"(?:sheet|tabelle|feuil|feuille|hoja|foglio|blad|ark|arkusz|planilha|лист|аркуш|工作表|シート)\s?\d{0,3}",
    re.IGNORECASE,
)
"""Names that programs give."""
Row = tuple[int, Sequence[str]]
"""The number of a row, counted from one, and its cells from the first column on."""


@dataclass(slots=True)
class Sheets:
    """Text that grows sheet by sheet."""

    parts: list[str] = field(default_factory=list)
    pages: list[tuple[int, str]] = field(default_factory=list)
    """Where each table begins, and the cell that it begins with: ``Losses!B5``, without a sheet's name ``B5``."""
    length: int = 0

    def add(self, rows: Iterable[Row], name: str = "") -> None:
        """Add the rows of a sheet; blank ones part its blocks. A sheet with a name begins with it.

        Args:
            rows: Number of each row, and its cells.
            name: Name of the sheet; empty, or one that programs give, is not written.

        Raises:
            Refused: Where there is too much text: cells may share a long one.
        """
        block: list[Row] = []
        named = not name or _UNNAMED.fullmatch(name) is not None
        last = size = 0
        for number, cells in rows:
            filled = any(cell.strip() for cell in cells)
            if block and (not filled or number != last + 1):
                self._block(block, name)
                block = []
            last = number
            size += sum(map(len, cells))
            if self.length + size > MAX_CHARS:
                raise Refused(f"holds more than {MAX_CHARS:,} characters of text; split it")
            if filled:
                if not named:
                    self._put(name)
                    named = True
                block.append((number, cells))
        if block:
            self._block(block, name)

    def text(self) -> str:
        """The whole text."""
        return "\n\n".join(self.parts)

    def _block(self, rows: list[Row], name: str) -> None:
        """Add neighbouring rows: those of one cell at the top are its caption, the others a table."""
        while rows and (len(rows) == 1 or _filled(rows[0][1]) == 1) and _filled(rows[0][1]) < 2:
            self._put(" ".join(" ".join(rows[0][1]).split()))
            rows = rows[1:]
        if not rows:
            return
        first = min(next(at for at, cell in enumerate(cells) if cell.strip()) for _, cells in rows)
        text = table_text([cells[first:] for _, cells in rows])
        sheet = f"{name}!" if name else ""
        self.pages.append((self._next(), f"{sheet}{column_name(first)}{rows[0][0]}"))
        self._put(text)

    def _next(self) -> int:
        """Where the next part begins."""
        return self.length + 2 if self.parts else 0

    def _put(self, text: str) -> None:
        self.length = self._next() + len(text)
        self.parts.append(text)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
