"""Show what is in sight as it stands in the file: the page of a PDF or a scan, a table with aligned columns."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from briefing.model.tables import Table, find_tables
from briefing.tui.main_screen.passages import marked_span

if TYPE_CHECKING:
    from briefing.tui.main_screen.text_pane import TextPane

_AROUND = 400_000
"""Characters before and behind the place in which its table is looked for."""


def see_page(pane: TextPane) -> None:
    """Show the page of what is marked, else of what is in sight, or say why there is none.

    Args:
        pane: The pane with the source.
    """
    from briefing.tui.as_printed.page import PageScreen, has_pictures

    source = pane.state.source
    if source is None:
        return
    if not has_pictures(source):
        pane.app.notify("Only the pages of PDF documents and of pictures can be shown.", timeout=3)
        return
    span = marked_span(pane.view) or (pane.view.place, pane.view.place)
    pane.app.push_screen(PageScreen(source, span))


def see_table(pane: TextPane) -> None:
    """Show the table of what is marked, else the first one in sight; what is chosen in it comes into sight.

    Args:
        pane: The pane with the source.
    """
    from briefing.tui.as_printed.table import TableScreen

    source = pane.state.source
    if source is None:
        return
    span, seen = marked_span(pane.view), pane.view.in_sight
    table = table_at(source.text, span[0], span[0] + 1) if span else None
    if table is None:
        span, table = None, table_at(source.text, *seen)
    if table is None:
        pane.app.notify("There is no table in sight.", timeout=3)
        return

    def chosen(place: int | None) -> None:
        if place is not None:
            pane.view.reveal(place)
            pane.state.go_to("text")

    pane.app.push_screen(TableScreen(source, table, span[0] if span else None), chosen)


def table_at(text: str, start: int, end: int) -> Table | None:
    """The first table that shares a character with a stretch of the text; None where there is none.

    Args:
        text: The text.
        start: First character of the stretch.
        end: The character after its last.
    """
    first = text.rfind("\n\n", max(0, start - _AROUND), start + 1)
    first = max(0, start - _AROUND) if first < 0 else first
    last = text.find("\n\n", end, end + _AROUND)
    last = min(len(text), end + _AROUND) if last < 0 else last
    tables = find_tables(text[first:last])
    number = bisect_right(tables, start - first, key=lambda table: table.end)
    if number == len(tables) or tables[number].start + first >= end:
        return None
    table = tables[number]
    rows = tuple(tuple((one + first, other + first) for one, other in row) for row in table.rows)
    return Table(table.start + first, table.end + first, rows)
