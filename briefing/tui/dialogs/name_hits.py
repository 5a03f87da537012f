"""A list of names looked up at once: the hits of each under its name, and the names that no source has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from briefing.model.safetext import SafeText
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import Choice, ChoiceList
from briefing.tui.places import Target
from briefing.tui.widgets.drawing import flat
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import day, number, own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.library.search.name_lists import Sought
    from briefing.model.answers import SearchResult

HITS: Final = 20
"""Sources that are shown of each name."""


class Found(NamedTuple):
    """A name, and what it was found in."""

    sought: Sought
    result: SearchResult


class NameHitsScreen(Dialog[tuple[Target, int]]):
    """Answers with the place to go to, and the row it stands in; ``at`` is the row to begin with."""

    def __init__(self, name: SafeText, found: Sequence[Found], at: int = 0) -> None:
        super().__init__()
        self._name = name
        self._at = at
        self._targets: dict[str, Target] = {}
        self._choices = self._rows(found)
        self._titles = sum(1 for one in found if one.result.hits), len(found)

    def _rows(self, found: Sequence[Found]) -> list[Choice]:
        """A heading for each name that was found, its hits; at the end the names that were not."""
        rows: list[Choice] = []
        for one in found:
            hits = one.result.hits
            if hits:
                total = number(one.result.total) + ("" if one.result.exact else "+")
                rows.append(Choice(None, own(one.sought.name).line() + own(f"  {total}")))
            for hit in hits:
                key = str(len(self._targets))
                span = [(hit.start, hit.end)] if hit.end > hit.start else []
                self._targets[key] = Target(hit.source.id, hit.start, query=one.sought.query, evidence=span)
                about = [hit.source.publisher or "", day(hit.source.published)]
                note = own(" ").join(part for part in about if part)
                rows.append(Choice(key, flat(hit.snippet) or hit.source.title.line(), note))
        missed = [one for one in found if not one.result.hits]
        if missed:
            rows.append(Choice(None, own(f"In no source  {len(missed)}")))
            rows += [Choice("", own(one.sought.name).line()) for one in missed]
        return rows

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="box wide list") as box:
            there, of = self._titles
            box.border_title = Content(SafeText(f"{self._name}: {number(there)} of {plural(of, 'name')}"))
            box.border_subtitle = "Enter goes to the words"
            yield ChoiceList(id="choices")

    def on_mount(self) -> None:
        """Begin where one was, or at the first hit."""
        first = next((at for at, one in enumerate(self._choices) if one.key), 0)
        listed = self.query_one(ChoiceList)
        listed.show(self._choices, min(self._at or first, max(0, len(self._choices) - 1)))
        self.set_focus(listed)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Go to the hit under the cursor."""
        listed = self.query_one(ChoiceList)
        choice = listed.current()
        if choice is not None and choice.key:
            self.dismiss((self._targets[choice.key], listed.cursor))
