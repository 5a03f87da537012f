"""Parse the numbers of a table's cells.

"1.200" is a thousand and two hundred in one country and little more than one in another, and so is "12,5": what points
and commas mean is told by the other cells of the column, and of the table.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.extract.counts.numerals import Number, find_numbers
from briefing.extract.lexicon.word_lists import CountWords

LONG: Final = 60
"""Characters of a cell above which it is a text."""
_REST: Final = re.compile(r"[\s*†‡§¹²³⁰-⁹]*(?:\([^()]*\)|\[[^\[\]]{1,8}\])?[\s*†‡§¹²³⁰-⁹]*")
_BLANK: Final = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d{3}(?!\d))")
_DIGITS: Final = re.compile(r"[^\[(]*\d")
_FIGURE: Final = re.compile(r"(?<![\w.,:/-])\d[\d.,]*\d(?![\w:/])")
_ALONE: Final = re.compile(rf"[\s*†‡§~≈<>≤≥+(]*({_FIGURE.pattern})[^\d\w]*")
_DAY: Final = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d\d){1,2}")
_POINTS: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_CONTINENTAL: Final = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})")
_FRACTION: Final = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})")
_ENGLISH: Final = re.compile(rf"{_FRACTION.pattern}|\d{{1,3}}(?:,\d{{3}}){{2,}}")


def cell_number(cell: str, unit: str, lists: CountWords) -> Number | None:
    """The number that a cell holds, and nothing else beside marks of notes and what stands in brackets.

    Args:
        cell: The words of the cell.
        unit: "thousand" or the like, where a head says that numbers are in it.
        lists: Words beside which "over" and "about" are no hedges.
    """
    if not cell or len(cell) > LONG:
        return None
    cell = _BLANK.sub(",", cell)
    if unit:
        cell = _DIGITS.sub(rf"\g<0> {unit}", cell, count=1)
    number = next(iter(find_numbers(cell, lists=lists)), None)
    if number is None or number.start or _REST.fullmatch(cell, number.end) is None:
        return None
    return number


def in_english_form(rows: Sequence[Sequence[str]], units: Sequence[str]) -> list[list[str]]:
    """The cells with their numbers as English writes them; empty where it cannot be told what a point means.

    Args:
        rows: The words of the cells.
        units: For each column "thousand" or the like, where its numbers are in that.
    """
    table = list(_figures(cell for row in rows for cell in row))
    abroad = _some(_CONTINENTAL, table) and not _some(_ENGLISH, table)
    written = [list(row) for row in rows]
    for at, unit in enumerate(units):
        own = list(_figures(row[at] for row in rows if at < len(row)))
        if not own:
            continue
        continental = abroad or (_some(_CONTINENTAL, own) and not _some(_ENGLISH, own))
        pointed = [figure for figure in own if "." in figure]
        thousands = all(map(_POINTS.fullmatch, pointed)) and not unit and not _some(_FRACTION, own)
        for row in written:
            if at < len(row) and any(sign in row[at] for sign in ".,"):
                row[at] = _rewritten(row[at], continental=continental, thousands=thousands)
    return written


def counts_on(numbers: Sequence[Number | None]) -> bool:
    """Whether the numbers of a column only count its rows: 1, 2, 3."""
    values = [number.low for number in numbers if number is not None]
    return len(values) > 1 and values == list(range(values[0] or 0, (values[0] or 0) + len(values)))


def _figures(cells: Iterator[str]) -> Iterator[str]:
    """The numbers with points and commas that stand alone in their cells; days are none."""
    for cell in cells:
        match = _ALONE.fullmatch(cell) if ("." in cell or "," in cell) and len(cell) <= LONG else None
        if match is not None and ("." in match[1] or "," in match[1]) and not _DAY.fullmatch(match[1]):
            yield match[1]


def _some(form: re.Pattern[str], figures: Sequence[str]) -> bool:
    return any(map(form.fullmatch, figures))


def _rewritten(cell: str, *, continental: bool, thousands: bool) -> str:
    """A cell with its first number rewritten.

    Args:
        cell: Its words.
        continental: Whether points part thousands and a comma begins a fraction.
        thousands: Whether points part thousands, as nothing else of the column can be meant.
    """
    match = _FIGURE.search(cell)
    if match is None or len(cell) > LONG:
        return cell
    figure = match[0]
    if continental:
        figure = figure.replace(".", "").replace(",", ".")
    elif _POINTS.fullmatch(figure):
        if not thousands:
            return ""
        figure = figure.replace(".", "")
    return cell[: match.start()] + figure + cell[match.end() :]
