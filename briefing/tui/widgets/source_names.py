"""Short names of sources, by which two of them are told apart where there is no room for their titles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from briefing.model.languages import language_name
from briefing.model.safetext import SafeText
from briefing.tui.widgets.drawing import fit, flat
from briefing.tui.wording import day, file_name, own

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from briefing.model.listing import SourceRow
    from briefing.model.source import Source

_NAME: Final = 18
"""Characters of a publisher's name, or of a title, that stand for a source."""
_TITLE: Final = 24
"""Cells that a title keeps beside publisher and day, where the line is shorter than all of them."""


def publisher_of(row: SourceRow) -> SafeText:
    """Who published a source; of one that does not say so, the name of its file."""
    return (row.publisher or file_name(row.path)).line()


def day_within(when: date | datetime | None, room: int) -> SafeText:
    """``12 Jul 2025``, or ``12 Jul`` where there is no room for the year.

    Args:
        when: The day; None for none.
        room: Cells that it may take.
    """
    words = day(when)
    return words if len(words) <= room else SafeText(words.rpartition(" ")[0])


def short_name(row: SourceRow) -> SafeText:
    """``Gazette 12 Jul``: the publisher, else how the title begins, and the day; a warning sign where there is one."""
    return _named(row, row.publisher or row.title)


def short_names(rows: Sequence[SourceRow]) -> dict[str, SafeText]:
    """Short names of sources by id, no two of them the same.

    What one publisher brought on one day is called by how its title begins, and by its number where that is the same
    too.
    """
    names = {row.id: short_name(row) for row in rows}
    often = Counter(names.values())
    for row in rows:
        if often[names[row.id]] > 1:
            names[row.id] = _named(row, row.title)
    seen: Counter[str] = Counter()
    for key, name in names.items():
        seen[name] += 1
        if seen[name] > 1:
            names[key] = name + own(f" ({seen[name]})")
    return names


def named(row: SourceRow) -> SafeText:
    """``Gazette · 12 Jul 2025 · Boats meet``: publisher, day and title in full, as far as they are known."""
    parts = [row.publisher.line() if row.publisher else "", day(row.published), row.title.line()]
    return own(" · ").join(part for part in parts if part)


def title_and_name(row: SourceRow, name: SafeText) -> SafeText:
    """``Gazette 12 Jul · Boats meet``: a short name, and the title if that says more.

    Args:
        row: The source.
        name: Its short name.
    """
    title = row.title.line()
    return name + own(" · ") + title if title and row.publisher else title or name


def titled(source: Source | None, room: int) -> SafeText:
    """``Boats meet near… · Gazette · 12 Jul 2025``: publisher and day are not cut for the title.

    Args:
        source: The source; without one the answer is ``Text``.
        room: Cells for all of it.
    """
    if source is None:
        return own("Text")
    language = "" if source.language in {None, "en"} else language_name(source.language or "")
    known = [source.publisher.line() if source.publisher else "", day(source.published), language]
    behind = own("").join(own(" · ") + part for part in known if part)
    title = source.title.line() or source.path.line()
    kept = max(_TITLE, room - cell_len(flat(behind)))
    return fit(flat(title), kept) + flat(behind)


def _named(row: SourceRow, words: SafeText) -> SafeText:
    name = words.line()
    if len(name) > _NAME:
        cut = name[:_NAME].rpartition(" ")[0] or name[:_NAME]
        name = SafeText(cut.rstrip(" ,;:-")) + own("…")
    when = str(day(row.published)).rsplit(" ", 1)[0] if row.published else ""
    return own(" ").join([name, *([own(when)] if when else []), *([own("⚠")] if row.warnings else [])])
