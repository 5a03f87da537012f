"""Draw a source, or the head of a group, in the list of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from briefing.tui.widgets.drawing import Piece, fold, line
from briefing.tui.widgets.source_names import day_within, publisher_of
from briefing.tui.wording import group_title, number, own, plural

if TYPE_CHECKING:
    from briefing.model.listing import SourceRow
    from briefing.model.safetext import SafeText
    from briefing.model.selection import Group
    from briefing.tui.theming.styles import Inks

_NARROW: Final = 60
"""Lists narrower than this have two lines for a title, which tells sources apart."""
_INDENT: Final = 2


class Marked(NamedTuple):
    """Whether a source is marked or shown in the text pane, and the number of its copies."""

    marked: bool
    opened: bool
    copies: int


def lines_of_source(width: int) -> int:
    """Lines that a source takes in a list of ``width`` cells."""
    return 4 if width < _NARROW else 3


def waiting(height: int, width: int, base: Style, inks: Inks) -> list[Strip]:
    """Draw a source whose row is not loaded yet.

    Args:
        height: Number of lines.
        width: Width in cells.
        base: Style under the row.
        inks: Styles of the theme.
    """
    return [line([(own("  …"), inks["muted"])], width, base), *(Strip.blank(width, base) for _ in range(height - 1))]


def head(group: Group, folded: bool, width: int, base: Style, inks: Inks) -> Strip:
    """Draw the head of a group, with its number of sources.

    Args:
        group: The group.
        folded: Whether its sources are hidden.
        width: Width in cells.
        base: Style under the row.
        inks: Styles of the theme.
    """
    heading, count = inks["heading"], own(f" {number(group.n)}")
    title = group_title(group)
    if group.by == "folder" and len(title) > width - 3 - len(count):
        title = own("…") + title[-max(1, width - 4 - len(count)) :]  # its end tells it from others
    sign = own("▸ " if folded else "▾ ")
    return line([(sign, heading), (title, heading)], width, base, [(count, inks["muted"])])


def source_lines(row: SourceRow, marks: Marked, height: int, width: int, base: Style, inks: Inks) -> list[Strip]:
    """Draw a source: title, publisher and date, counts or a warning.

    Args:
        row: The source.
        marks: Its marks in the list.
        height: Number of lines; those that the title does not need are blank.
        width: Width in cells.
        base: Style under the row.
        inks: Styles of the theme.
    """
    muted = inks["muted"]
    title = Style.null() if row.read else inks["title"]
    signs = _signs(row, marks, inks)
    room = width - _INDENT - sum(len(words) + 1 for words, _ in signs)
    titles = fold(row.title.line() or row.path, room, height - 2)
    first, *more = titles or [own("")]
    lines = [line([*_state(row, marks, inks), (first, title)], width, base, signs)]
    lines += [line([(own(" " * _INDENT), title), (words, title)], width, base) for words in more]
    below = own("  ") + publisher_of(row)
    published = day_within(row.published, width - 1 - cell_len(below))
    lines.append(line([(below, muted)], width, base, [(published, muted)] if published else []))
    lines.append(line(_remarks(row, marks.copies, width, inks), width, base))
    return lines + [Strip.blank(width, base)] * (height - len(lines))


def _state(row: SourceRow, marks: Marked, inks: Inks) -> list[Piece]:
    """Marks before the title: unread, read or reviewed; marked."""
    gap = (own("■"), inks["warn"]) if marks.marked else (own(" "), Style.null())
    if row.reviewed:
        return [(own("✓"), inks["good"]), gap]
    if row.read:
        return [(own("○"), inks["muted"]), gap]
    return [(own("●"), inks["key"]), gap]


def _signs(row: SourceRow, marks: Marked, inks: Inks) -> list[Piece]:
    """Signs after the title: pinned, and in the text pane."""
    signs = ("◆" if row.pinned else "") + ("▸" if marks.opened else "")
    return [(own(signs), inks["key"])] if signs else []


def _remarks(row: SourceRow, copies: int, width: int, inks: Inks) -> list[Piece]:
    """What became of the file, a warning, tags and the numbers of facts, as far as there is room."""
    pieces: list[Piece] = []
    warn, muted = inks["warn"], inks["muted"]
    if row.newer:
        pieces.append((own("↻ replaced"), warn))
    elif row.gone:
        pieces.append((own("∅ file deleted"), warn))
    if row.warnings:
        pieces.append((own("⚠ ") + row.warnings[0].line(), warn))
    if row.note:
        pieces.append((own("note: ") + row.note.line(), inks["key"]))
    if row.tags:
        pieces.append((own(" ").join(own("#") + tag.line() for tag in row.tags), inks["key"]))
    if not row.warnings:
        if copies:
            pieces.append((own("= ") + plural(copies, "copy", "copies"), muted))
        room = width - _INDENT - sum(len(text) + 3 for text, _ in pieces)
        pieces.append((_facts(row, room), muted))
    gap: Piece = (own(" · "), muted)
    joined = [piece for one in pieces if one[0] for piece in (gap, one)]
    return [(own("  "), muted), *joined[1:]]


def _facts(row: SourceRow, room: int) -> SafeText:
    """The numbers of facts in the longest way that fits; the shortest where none does."""
    counts, quotes = plural(row.counts, "count"), plural(row.quotes, "quote")
    ways = (
        f"{counts} · {plural(row.participants, 'participant')} · {quotes}",
        f"{counts} · {quotes}",
        f"{row.counts}·{row.participants}·{row.quotes}",
    )
    return own(next((way for way in ways if len(way) <= room), ways[-1]))
