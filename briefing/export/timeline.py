"""The events of a brief on a line of time, as an inline SVG: no script, no font or picture from elsewhere."""

from collections.abc import Sequence
from datetime import date
from typing import Final

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
    free: list[float] = []
    marks = []
    for event, first, last in sorted(dated, key=lambda one: (one[1], one[0].number)):
        left, right = (_MARGIN + (day - begin).days * scale for day in (first, last))
        words = f"{event.label} {when(event.start_date, event.end_date)}"
        wide = len(words) * _LETTER
        at = min(max(left - 3, 0), _WIDTH - wide)
        row = next((n for n, upto in enumerate(free) if upto <= at), len(free))
        free[row : row + 1] = [at + wide + _GAP]
        marks.append(_mark(event, words, (left, right), at, row))
    height = _ROW * (len(free) + 1)
    line = Markup('<line x1="{}" y1="10" x2="{}" y2="10" class="axis"/>').format(_MARGIN, _WIDTH - _MARGIN)
    label = "The events in order of time"
    head = Markup('<svg class="timeline" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(_WIDTH, height, label)
    return head + line + Markup().join(marks) + Markup("</svg>")


def _mark(event: EventPart, words: str, span: tuple[float, float], at: float, row: int) -> Markup:
    left, right = span
    y = 10 + _ROW * (row + 1)
    shape = Markup('<line x1="{0:.1f}" y1="10" x2="{0:.1f}" y2="{1}" class="stem"/>').format(left, y - 11)
    if right - left > 1:
        shape += Markup('<rect x="{:.1f}" y="7" width="{:.1f}" height="6"/>').format(left, right - left)
    else:
        shape += Markup('<circle cx="{:.1f}" cy="10" r="4"/>').format(left)
    told = Markup('<text x="{:.1f}" y="{}">{}</text><title>{}</title>').format(at, y, words, event.what)
    return Markup('<a href="#e{}">{}{}</a>').format(event.number, shape, told)


def _span(event: EventPart) -> tuple[date, date]:
    """The first and last day of an event; a month or a year by its middle."""
    first, last = event.start_date or "", event.end_date or event.start_date or ""
    return _day(first), max(_day(first), _day(last))


def _day(value: str) -> date:
    year, month, day = (*map(int, value.split("-")), 0, 0)[:3]
    return date(year, month or 7, day or (15 if month else 1))
