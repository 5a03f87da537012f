"""The events that some sources report, in order of time: when, what, where, in how many sources, who differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from briefing.model.days import bounds
from briefing.model.statuses import group_of
from briefing.model.wording import when
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import Choice, ChoiceList
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from briefing.model.agreement import Comparison
    from briefing.model.event import Event
    from briefing.model.safetext import SafeText

_AXIS: Final = 24
"""Cells of the line on which each event is marked."""
_WIDE: Final = 100
"""Columns of the screen from which there is room for that line."""


class TimelineScreen(Dialog[str]):
    """Answers with the id of the event to go to; ``here`` is the one to begin with."""

    def __init__(self, comparison: Comparison, here: str | None = None) -> None:
        super().__init__()
        self._comparison = comparison
        self._here = here
        self._wide = False

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="box wide list", id="timeline") as box:
            box.border_title = Content(own("Timeline · ") + plural(len(self._comparison.events), "event"))
            box.border_subtitle = "Enter goes to the claims"
            yield ChoiceList(id="choices")

    def on_mount(self) -> None:
        """Begin at the event of the claim that one came from."""
        listed = self.query_one(ChoiceList)
        listed.empty = own("No events.")
        self._show()
        first = next((at for at, one in enumerate(listed.choices) if one.key), 0)
        listed.move(next((at for at, one in enumerate(listed.choices) if one.current), first))
        self.set_focus(listed)

    def on_resize(self) -> None:
        """Draw the line where there is room for one."""
        if self.is_mounted and self._wide != (self.app.size.width >= _WIDE):
            self._show()

    def _show(self) -> None:
        self._wide = self.app.size.width >= _WIDE
        rows = timeline(self._comparison, axis=_AXIS if self._wide else 0, here=self._here)
        self.query_one(ChoiceList).show(rows, None)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Answer with the event under the cursor."""
        choice = self.query_one(ChoiceList).current()
        if choice is not None and choice.key:
            self.dismiss(choice.key)


def timeline(comparison: Comparison, axis: int = 0, here: str | None = None) -> list[Choice]:
    """The events under the month each begins in, those without a date at the end.

    Args:
        comparison: The comparison; its events are in order of time.
        axis: Cells of a line from the first day that is reported to the last, with the event marked; 0 for none.
        here: Id of the event that is marked as the current one.
    """
    events = sorted(comparison.events, key=lambda event: event.start_date is None)
    span = _span(events)
    differing = [g.event for g in comparison.groups if group_of(g.status) == "contrast" and g.kind != "participant"]
    rows: list[Choice] = []
    above = None
    for event in events:
        month = _month(event)
        if month != above:
            rows.append(Choice(None, own(month)))
            above = month
        line = own(_axis(bounds(_dates(event)), span, axis) + "  ") if axis and span and event.start_date else own("")
        sources = plural(len(event.documents), "source")
        note = [
            own("recalled by ") + sources if event.recalled_at else sources,
            *_differences(differing.count(event.id)),
        ]
        words = own(" · ").join([part for part in _told(event) if part])
        rows.append(Choice(event.id, line + words, own(", ").join(note), event.id == here))
    return rows


def _told(event: Event) -> Sequence[SafeText]:
    """When, what and where, a day without the month and year that stand above it."""
    days = when(event.start_date, event.end_date)
    within = not event.end_date or event.end_date[:7] == (event.start_date or "")[:7]
    short = days.removesuffix(_month(event)).strip() if within and event.start_date else days
    guessed = "?" if short and not event.stated else ""
    return own(short + guessed), event.what.line(), event.place.line() if event.place else own("")


def _differences(number: int) -> Iterator[SafeText]:
    if number:
        yield plural(number, "claim differs", "claims differ")


def _month(event: Event) -> str:
    """The month that an event begins in, or its year where no month is known."""
    return when((event.start_date or "")[:7]) or "No date known"


def _dates(event: Event) -> str:
    start = event.start_date or ""
    return f"{start}/{event.end_date}" if event.end_date and "/" not in start else start


def _span(events: Sequence[Event]) -> tuple[date, date] | None:
    """The first and the last day of what is reported, not of what is only recalled: that may be a war ago."""
    days = [bounds(_dates(event)) for event in events if event.start_date and not event.recalled_at]
    span = (min(first for first, _ in days), max(last for _, last in days)) if days else None
    return span if span and span[0] < span[1] else None


def _axis(days: tuple[date, date], span: tuple[date, date], cells: int) -> str:
    """``──────●────``: where some days stand, ``━`` for as long as they last; ``◂`` and ``▸`` for what is outside."""
    total = (span[1] - span[0]).days
    first, last = (round((day - span[0]).days * (cells - 1) / total) for day in days)
    if first < 0 or first >= cells:
        return "◂" + "─" * (cells - 1) if first < 0 else "─" * (cells - 1) + "▸"
    return "".join("━" if first < at <= last else "●" if at == first else "─" for at in range(cells))
