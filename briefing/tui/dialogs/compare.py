"""The comparison, claim by claim: a matrix of sources, or a list where the screen is narrow."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from briefing.tui.claims import PARTS, numbers, part_of
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.event_keys import Edit, EventKeys
from briefing.tui.dialogs.grade_keys import GradeKeys
from briefing.tui.dialogs.review_keys import ReviewKeys
from briefing.tui.matrix import listed_by_event, matrix_of
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
    from briefing.model.source import Source
    from briefing.tui.claims import Part
    from briefing.tui.dialogs.grade_keys import Grading
    from briefing.tui.dialogs.review_keys import Judging
    from briefing.tui.review_desk import ReviewDesk
    from briefing.tui.widgets.claim_list import AnyRow

WIDE: Final = 100
"""Columns of the screen from which sources stand beside each other."""


class Compared(NamedTuple):
    """What is shown: the comparison, titles and short names by source id, which sources these are, and how to judge."""

    comparison: Comparison
    titles: Mapping[str, SafeText]
    names: Mapping[str, SafeText]
    scope: SafeText = own("")
    desk: ReviewDesk | None = None
    judging: Judging | None = None
    grading: Grading | None = None
    sources: Mapping[str, Source] = MappingProxyType({})
    """The sources by id, to grade them."""


class ClaimsScreen(Dialog[Target | Edit | Literal["scope"]], GradeKeys, ReviewKeys, EventKeys):
    """Answers with the place to go to, with what is said of events, or ``scope`` to compare other sources.

    ``at`` is the claim, and the source, to begin with.
    """

    def __init__(self, compared: Compared, at: tuple[Agreement, str] | None = None) -> None:
        super().__init__()
        self.comparison, self._titles, self._names, self._scope = compared[:4]
        self.desk, self.judging = compared.desk, compared.judging
        self.grading, self.sources = compared.grading, compared.sources
        self._wide = False
        self._numbers = numbers(self.comparison)
        if self.desk is not None:
            self._numbers["waits"] = self.desk.left(self.comparison.groups)
        self._at = at
        self.left: tuple[tuple[str, str, int], str] = (("", "", 0), "")
        """Where one was when one went to a passage: the claim by a place of it, and the source."""
        filled: list[Part] = [part for part in PARTS if self._numbers[part]]
        self._part: Part = (part_of(at[0]) if at else None) or (*filled, *PARTS)[0]

    def compose(self) -> ComposeResult:
        """Parts, then the claims."""
        with Vertical(classes="box wide", id="claims") as box:
            box.border_title = Content(own(f"Compare {plural(len(self._titles), 'source')}") + self._scope)
            yield Tabs(id="claim-parts")
            yield ClaimList(id="claim-rows")

    def on_mount(self) -> None:
        """The list is what one came for."""
        listed = self.query_one(ClaimList)
        listed.empty = own("No claims of this kind.")
        self.set_focus(listed)
        self._show()

    def _show(self) -> None:
        self.counted()
        listed = self.query_one(ClaimList)
        self._wide = self.app.size.width >= WIDE
        rows: Sequence[tuple[AnyRow, Agreement | None]]
        if self._part == "waits":
            rows = listed_by_event(self.comparison, self._queue(), self._titles, self._names)
        elif self._wide:
            rows = matrix_of(self.comparison, self._part, self._names)
        else:
            groups = [group for group in self.comparison.groups if part_of(group) == self._part]
            rows = listed_by_event(self.comparison, groups, self._titles, self._names)
        self.rows = rows
        listed.show(self.with_marks())
        if self._at is not None:
            listed.go_to(*self._at)

    def graded(self) -> None:
        """Draw the claims with the grades that hold now."""
        self.query_one(ClaimList).marked(self.with_marks())

    def counted(self) -> None:
        """Say how many claims each part has, and how many wait."""
        if self.desk is not None:
            self._numbers["waits"] = self.desk.left(self.comparison.groups)
        tabs = self.query_one(Tabs)
        tabs.show([Tab(part, title, own(number(self._numbers[part])), short) for part, (title, short) in PARTS.items()])
        tabs.active = self._part

    def _queue(self) -> list[Agreement]:
        """The claims that nobody has judged yet."""
        desk = self.desk
        if desk is None:
            return []
        return [group for group in self.comparison.groups if desk.waits(group)]

    def place_of_cursor(self) -> tuple[tuple[str, str, int], str]:
        """The claim that the cursor is on, by a place of it, and the source."""
        listed = self.query_one(ClaimList)
        said, group = listed.current(), listed.group
        return ((group.kind, said.document, said.start), said.document) if said and group else (("", "", 0), "")

    def action_compared(self) -> None:
        """Compare other sources."""
        self.dismiss("scope")

    def action_timeline(self) -> None:
        """Show the events in order of time, and go to the claims of the one that is chosen."""
        from briefing.tui.dialogs.timeline import TimelineScreen

        group = self.query_one(ClaimList).group
        self.app.push_screen(TimelineScreen(self.comparison, group.event if group else None), self._to_event)

    def action_date_map(self) -> None:
        """Show how many sources and events each day has, and go to the claims of the event that is chosen."""
        from briefing.tui.dialogs.date_map import DateMapScreen

        group = self.query_one(ClaimList).group
        self.app.push_screen(DateMapScreen(self.comparison, group.event if group else None), self._to_event)

    def _to_event(self, event: str | None) -> None:
        if event is None:
            return
        listed = [
            (part, group) for group in self.comparison.groups if group.event == event and (part := part_of(group))
        ]
        if not listed:
            self.app.notify("No claim of this event is in the lists: nothing but names is told of it.", timeout=4)
            return
        self._part, group = min(listed, key=lambda one: list(PARTS).index(one[0]))
        self._at = group, group.items[0].document
        self._show()

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
            self.left = self.place_of_cursor()
            self.dismiss(Target(said.document, said.start, evidence=[(said.start, said.end)]))
