"""What the sources say of each claim, one under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.tui.claims import PARTS, Said, numbers, part_of, rows_of
from briefing.tui.dialogs.base import Dialog
from briefing.tui.places import Target
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.widgets.parted_list import PartedList
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.tabs import Tab, Tabs
from briefing.tui.wording import number, own, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.model.agreement import Agreement, Comparison
    from briefing.model.safetext import SafeText
    from briefing.tui.claims import Part


class ClaimsScreen(Dialog[Target]):
    """Answers with the place to go to. ``at`` is the claim, and the source, to begin with."""

    def __init__(
        self, comparison: Comparison, titles: Mapping[str, SafeText], at: tuple[Agreement, str] | None
    ) -> None:
        super().__init__()
        self._comparison = comparison
        self._titles = titles
        self._numbers = numbers(comparison)
        self._at = at
        filled: list[Part] = [part for part in PARTS if self._numbers[part]]
        self._part: Part = part_of(at[0]) if at else (*filled, *PARTS)[0]

    def compose(self) -> ComposeResult:
        """Parts, then the claims."""
        with Vertical(classes="box wide", id="claims") as box:
            box.border_title = own(f"Compare {plural(len(self._titles), 'source')}")
            yield Tabs(id="claim-parts")
            yield ClaimList(id="claim-rows")

    def on_mount(self) -> None:
        """The list is what one came for."""
        listed = self.query_one(ClaimList)
        listed.empty = own("No claims of this kind.")
        self.set_focus(listed)
        self._show()

    def _show(self) -> None:
        tabs = self.query_one(Tabs)
        tabs.show([Tab(part, title, own(number(self._numbers[part])), short) for part, (title, short) in PARTS.items()])
        tabs.active = self._part
        rows = rows_of(self._comparison, self._part, self._titles)
        cursor = 0
        if self._at is not None:
            group, document = self._at
            there = (n for n, (row, of) in enumerate(rows) if of is group and isinstance(row, Said))
            mine = (n for n, (row, of) in enumerate(rows) if of is group and getattr(row, "document", "") == document)
            cursor = next(mine, next(there, 0))
        self.query_one(ClaimList).show(rows, cursor)

    @on(Bar.Chosen, "#claim-parts")
    def _part_chosen(self, message: Bar.Chosen) -> None:
        self._part, self._at = message.key, None  # type: ignore[assignment]
        self._show()

    @on(PartedList.PartStep)
    def _part_step(self, message: PartedList.PartStep) -> None:
        parts = list(PARTS)
        self._part, self._at = parts[(parts.index(self._part) + message.step) % len(parts)], None
        self._show()

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Go to the words under the cursor."""
        said = self.query_one(ClaimList).current()
        if said is not None:
            self.dismiss(Target(said.document, said.start, evidence=[(said.start, said.end)]))
