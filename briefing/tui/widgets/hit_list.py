"""The hits of a search, each with a snippet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import Piece, flat, fold, fold_spans, line, marked
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.source_names import day_within, publisher_of
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.model.answers import Hit

_SNIPPET_LINES: Final = 3
_TITLE_LINES: Final = 2
_HEIGHT: Final = _SNIPPET_LINES + 3
"""Lines of a hit, the last one blank: a title of two lines takes one from the snippet."""


class HitList(RowList, inherit_bindings=False):
    """Hits: title, publisher and date, snippet with the matches marked."""

    BINDINGS = bindings("hits")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.hits: tuple[Hit, ...] = ()
        self._copies: Mapping[str, int] = {}

    def show_copies(self, copies: Mapping[str, int]) -> None:
        """Say of each source how many others have its text."""
        self._copies = copies
        self.redraw()

    def show(self, hits: tuple[Hit, ...]) -> None:
        """Show other hits, the cursor on the first."""
        self.hits = hits
        self.detached = False
        self.set_rows(range(0, (len(hits) + 1) * _HEIGHT, _HEIGHT), 0)

    def extend(self, hits: tuple[Hit, ...]) -> None:
        """Show more hits below."""
        self.hits += hits
        self.set_rows(range(0, (len(self.hits) + 1) * _HEIGHT, _HEIGHT))

    def current(self) -> Hit | None:
        """The hit under the cursor."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) and not self.detached else None

    def select(self, source_id: str) -> None:
        """Put the cursor on the hit of a source; on none where there is none."""
        here = self.current()
        if here is not None and here.source.id == source_id:
            return
        index = next((number for number, hit in enumerate(self.hits) if hit.source.id == source_id), None)
        self.detached = index is None
        if index is not None:
            self.set_rows(self._tops, index)
        else:
            self.redraw()

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """The lines of a hit, the last one empty."""
        hit = self.hits[index]
        muted = inks(self)["muted"]
        title = inks(self)["title"]
        copies = self._copies.get(hit.source.id, 0)
        same = own("= ") + plural(copies, "copy", "copies") + own("  ") if copies else own("")
        who = publisher_of(hit.source)
        when = day_within(hit.source.published, width - 2 - cell_len(who + same))
        titles = fold(hit.source.title.line() or hit.source.path, width, _TITLE_LINES)
        lines = [line([(words, title)], width, base) for words in titles]
        lines.append(line([(who, muted)], width, base, [(own(" ") + same + when, muted)] if same or when else []))
        lines += [line(pieces, width, base) for pieces in self._snippet(hit, width)]
        return [*lines[: _HEIGHT - 1], *[Strip.blank(width, base)] * (_HEIGHT - min(len(lines), _HEIGHT - 1))]

    def _snippet(self, hit: Hit, width: int) -> list[list[Piece]]:
        mark = inks(self)["match"]
        text = flat(hit.snippet)
        lines = []
        for start, end in fold_spans(text, width, _SNIPPET_LINES):
            inside = [(one - start, other - start) for one, other in hit.marks if other > start and one < end]
            lines.append(marked(SafeText(text[start:end]), inside, Style.null(), mark))
        return lines
