"""A map of dates: for each day, week or month that something is told of, how many sources and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from briefing.model.days import Dated, Stretch, stretches
from briefing.model.wording import when
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import Choice, ChoiceList
from briefing.tui.dialogs.timeline import TimelineScreen
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model.agreement import Comparison
    from briefing.model.event import Event

_DAYS: Final = 62
"""Days, or weeks, from the first to the last, above which the map goes by weeks, or months."""
_BESIDE: Final = 56
"""Cells of a row beside its bar: a sign, its date and its numbers."""
_LONGEST_BAR: Final = 80
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_LONG_GAP: Final = 2


class DateMapScreen(Dialog[str]):
    """Answers with the id of the event to go to; ``here`` is the one of the claim that one came from."""

    def __init__(self, comparison: Comparison, here: str | None = None) -> None:
        super().__init__()
        self._comparison = comparison
        self._here = here
        self._cells = 0
        self._unit, self._stretches = stretches(map(_dated, _with_date(comparison.events)), _DAYS)

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="box wide list", id="date-map") as box:
            undated = len(self._comparison.events) - len(_with_date(self._comparison.events))
            left = own(f", {undated:,} without a date") if undated else own("")
            box.border_title = Content(own(f"Map of dates · sources a {self._unit}") + left)
            box.border_subtitle = f"Enter shows the events of a {self._unit}"
            yield ChoiceList(id="choices")

    def on_mount(self) -> None:
        """Begin at the day of the claim that one came from."""
        listed = self.query_one(ChoiceList)
        listed.empty = own("No event has a date.")
        self._show()
        self.call_after_refresh(self._show)  # the list has its width now
        first = next((at for at, one in enumerate(listed.choices) if one.key), 0)
        listed.move(next((at for at, one in enumerate(listed.choices) if one.current), first))
        self.set_focus(listed)

    def on_resize(self) -> None:
        """Draw the bars as long as there is room for."""
        if self.is_mounted:
            self.call_after_refresh(self._show)

    def _show(self) -> None:
        listed = self.query_one(ChoiceList)
        cells = max(4, min(_LONGEST_BAR, listed.scrollable_content_region.width - _BESIDE))
        if cells != self._cells:
            self._cells = cells
            listed.show(date_rows(self._unit, self._stretches, cells, self._here), None)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Answer with the one event of the day under the cursor, or show its events."""
        choice = self.query_one(ChoiceList).current()
        if choice is None or choice.key is None:
            return
        keys = next(one.keys for one in self._stretches if one.value == choice.key)
        if len(keys) == 1:
            self.dismiss(keys[0])
            return
        events = tuple(event for event in self._comparison.events if event.id in keys)
        only = self._comparison.model_copy(update={"events": events})
        self.app.push_screen(TimelineScreen(only, self._here), self._chosen)

    def _chosen(self, event: str | None) -> None:
        """Go to an event of the day; back to the map where none was chosen."""
        if event is not None:
            self.dismiss(event)


def date_rows(unit: str, found: Sequence[Stretch], cells: int, here: str | None = None) -> list[Choice]:
    """A row for each day, week or month: its date, a bar as long as it has sources, and its numbers.

    Days on which nothing was are a row that says how many.

    Args:
        unit: What the rows are: ``day``, ``week`` or ``month``.
        found: The days, weeks or months, in order.
        cells: Length of the longest bar.
        here: Id of the event whose row is marked.
    """
    most = max((one.sources for one in found), default=1)
    rows: list[Choice] = []
    before: Stretch | None = None
    for one in found:
        if unit == "day" and before is not None and (gap := (one.first - before.first).days - 1) >= _LONG_GAP:
            rows.append(Choice(None, own(f"  ⋮ {gap:,} days")))
        told = when(one.value)
        if unit == "week" and "/" in one.value:
            told = "week of " + when(one.value.partition("/")[0])
        numbers = own(", ").join([plural(one.sources, "source"), plural(len(one.keys), "event")])
        rows.append(
            Choice(one.value, own(f"{told:<{_DATE}} {_bar(one.sources, most, cells)}"), numbers, here in one.keys)
        )
        before = one
    return rows


_DATE: Final = len("week of 30 September 2025")


def _bar(number: int, most: int, cells: int) -> str:
    """A bar of eighths of cells; never empty."""
    eighths = max(1, round(number * cells * 8 / most))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _with_date(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.start_date]


def _dated(event: Event) -> Dated:
    return Dated(event.id, event.start_date or "", event.end_date, event.documents, not event.recalled_at)
