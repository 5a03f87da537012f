"""Write rows of cells as text: a line a row, bars around its cells, as :mod:`briefing.model.tables` parses them."""

from collections.abc import Iterable, Sequence

from briefing.sources.document import MAX_CHARS, Refused


def row_text(cells: Sequence[str]) -> str:
    """Write one row; empty where all cells are blank. White space within a cell becomes single spaces."""
    words = [" ".join(cell.replace("|", "¦").split()) for cell in cells]
    return "| " + " | ".join(words) + " |" if any(words) else ""


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows that are not blank, each as long as the longest, without the last columns that are blank in all.

    Raises :class:`Refused` where that would be too long: a cell may stand for any number of them.
    """
    kept = [list(row) for row in rows if any(cell.strip() for cell in row)]
    if sum(len(cell) + 3 for row in kept for cell in row) > MAX_CHARS:
        raise Refused(f"holds a table of more than {MAX_CHARS:,} characters; split it")
    width = max((_filled(row) for row in kept), default=0)
    return "\n".join(row_text([*row[:width], *[""] * (width - len(row))]) for row in kept)


def _filled(row: Sequence[str]) -> int:
    """Cells up to the last that is not blank."""
    return next((number for number in range(len(row), 0, -1) if row[number - 1].strip()), 0)
