"""The comparison, claim by claim: a matrix of sources, or a list where the screen is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.tui.claims import PARTS, numbers, part_of, rows_of
from briefing.tui.dialogs.base import Dialog
from briefing.tui.matrix import matrix_of
from briefing.tui.places import Target
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.widgets.parted_list import PartedList
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.tabs import Tab, Tabs
from briefing.tui.wording import number, own, plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.model.agreement import Agreement, Comparison
    from briefing.model.safetext import SafeText
    from briefing.tui.claims import Part
    from briefing.tui.widgets.claim_list import AnyRow

WIDE: Final = 100
"""Columns of the screen from which sources stand beside each other."""


class ClaimsScreen(Dialog[Target]):
    """Answers with the place to go to. ``at`` is the claim, and the source, to begin with."""

    def __init__(
        self,
        comparison: Comparison,
        titles: Mapping[str, SafeText],
        names: Mapping[str, SafeText],
        at: tuple[Agreement, str] | None,
    ) -> None:
        super().__init__()
        self._comparison = comparison
        self._titles = titles
        self._names = names
        self._wide = False
        self._numbers = numbers(comparison)
        self._at = at
        filled: list[Part] = [part for part in PARTS if self._numbers[part]]
        self._part: Part = (part_of(at[0]) if at else None) or (*filled, *PARTS)[0]

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
        listed = self.query_one(ClaimList)
        self._wide = self.app.size.width >= WIDE
        rows: Sequence[tuple[AnyRow, Agreement | None]]
        if self._wide:
            rows = matrix_of(self._comparison, self._part, self._names)
        else:
            rows = rows_of(self._comparison, self._part, self._titles)
        listed.show(rows)
        if self._at is not None:
            listed.go_to(*self._at)

    def on_resize(self) -> None:
        """A matrix where there is room for one."""
        if self.is_mounted and self._wide != (self.app.size.width >= WIDE):
            self._show()

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
