"""The events of a brief on a line of time, as an inline SVG: no script, no font or picture from elsewhere."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from briefing.export.brief import EventPart
from briefing.model.wording import when

_WIDTH: Final = 720
_MARGIN: Final = 14
_ROW: Final = 22
_LETTER: Final = 6.4
"""Width of a letter of a label."""
_GAP: Final = 14
_MOST: Final = 40
"""Events that are drawn: of more, a line of time shows nothing any more."""


def timeline_svg(events: Sequence[EventPart]) -> Markup:
    """The events with a date, each as a dot, or a bar where it lasts, with its number and day; links lead to it.

    Labels that would cover one another stand under each other. Empty where fewer than two days are known.
    """
    dated = [(event, *_span(event)) for event in events if event.start_date][:_MOST]
    if len({first for _, first, _ in dated}) < 2:
        return Markup()
    begin = min(first for _, first, _ in dated)
    end = max(last for _, _, last in dated)
    scale = (_WIDTH - 2 * _MARGIN) / max(1, (end - begin).days)
    labels: list[_Label] = []
    for event, first, last in sorted(dated, key=lambda one: (one[1], one[0].number), reverse=True):
        left, right = (_MARGIN + (day - begin).days * scale for day in (first, last))
        words = f"{event.label} {when(event.start_date, event.end_date)}"
        wide = len(words) * _LETTER
        at = min(max(left - 3, 0), _WIDTH - wide)
        labels.append(_Label(event, words, (left, right), (at, at + wide), _row(labels, at, at + wide)))
    height = _ROW * (max(one.row for one in labels) + 2)
    stems = Markup().join(_stem(one) for one in labels)
    marks = [_mark(one) for one in reversed(labels)]
    line = Markup('<line x1="{}" y1="10" x2="{}" y2="10" class="axis"/>').format(_MARGIN, _WIDTH - _MARGIN)
    label = "The events in order of time"
    head = Markup('<svg class="timeline" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(_WIDTH, height, label)
    return head + stems + line + Markup().join(marks) + Markup("</svg>")


class _Label(NamedTuple):
    """An event's label: its words, where the event begins and ends, where the words do, and their row."""

    event: EventPart
    words: str
    days: tuple[float, float]
    span: tuple[float, float]
    row: int

    @property
    def y(self) -> int:
        """The line that the words stand on."""
        return 10 + _ROW * (self.row + 1)


def _row(later: Sequence[_Label], start: float, end: float) -> int:
    """The first row where a label covers no other one, and no stem of a later event runs through it.

    Args:
        later: The labels of later events.
        start: Where the label begins.
        end: Where it ends.
    """
    row = max((one.row + 1 for one in later if start < one.days[0] < end), default=0)
    taken = {one.row for one in later if one.span[0] < end + _GAP and start < one.span[1] + _GAP}
    while row in taken:
        row += 1
    return row


def _stem(label: _Label) -> Markup:
    return Markup('<line x1="{0:.1f}" y1="10" x2="{0:.1f}" y2="{1}" class="stem"/>').format(label.days[0], label.y - 11)


def _mark(label: _Label) -> Markup:
    event, (left, right) = label.event, label.days
    if right - left > 1:
        shape = Markup('<rect x="{:.1f}" y="7" width="{:.1f}" height="6"/>').format(left, right - left)
    else:
        shape = Markup('<circle cx="{:.1f}" cy="10" r="4"/>').format(left)
    told = Markup('<text x="{:.1f}" y="{}">{}</text><title>{}</title>').format(
        label.span[0], label.y, label.words, event.what
    )
    return Markup('<a href="#e{}">{}{}</a>').format(event.number, shape, told)


def _span(event: EventPart) -> tuple[date, date]:
    """The first and last day of an event; a month or a year by its middle."""
    first, last = event.start_date or "", event.end_date or event.start_date or ""
    return _day(first), max(_day(first), _day(last))


def _day(value: str) -> date:
    year, month, day = (*map(int, value.split("-")), 0, 0)[:3]
    return date(year, month or 7, day or (15 if month else 1))
