"""A map of dates, as an inline SVG: how many sources and events each day, week or month has."""

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from briefing.export.brief import EventPart
from briefing.model.days import Dated, Stretch, Unit, stretches
from briefing.model.wording import plural, when

_WIDTH: Final = 720
_MARGIN: Final = 14
_TOP: Final = 14
_HEIGHT: Final = 60
_FOOT: Final = 16
_BASE: Final = _TOP + _HEIGHT
_DAYS: Final = 92
"""Days, or weeks, above which the map goes by weeks, or months."""
_WIDEST: Final = 26
_LETTER: Final = 6.4
"""Width of a letter of a label."""
_GAP: Final = 10


def date_map_svg(events: Sequence[EventPart]) -> Markup:
    """The days with events as bars, as high as they have sources, with the number of events above; links lead to them.

    Empty where fewer than two days are known.
    """
    unit, found = _stretches(events)
    days = [one for one in found if _is_exact(one, unit)]
    if len(days) < 2:
        return Markup()
    begin, total = days[0].first, max(1, (days[-1].first - days[0].first).days)
    step = {"day": 1, "week": 7, "month": 30}[unit]
    wide = min(_WIDEST, (_WIDTH - 2 * _MARGIN) * step / (total + step))
    places = [_MARGIN + (one.first - begin).days * (_WIDTH - 2 * _MARGIN - wide) / total for one in days]
    most = max(one.sources for one in days)
    bars = [
        _bar(one, left, wide, max(2.0, one.sources * _HEIGHT / most)) for one, left in zip(days, places, strict=True)
    ]
    line = Markup('<line x1="0" y1="{0}" x2="{1}" y2="{0}" class="axis"/>').format(_BASE, _WIDTH)
    head = Markup('<svg class="timeline dates" viewBox="0 0 {} {}" role="img" aria-label="Sources a {}">').format(
        _WIDTH, _BASE + _FOOT, unit
    )
    return head + line + Markup().join([*bars, *_labels(days, places)]) + Markup("</svg>")


def date_map_caption(events: Sequence[EventPart]) -> str:
    """What the bars and the numbers of the map are."""
    return f"Map of dates: a bar as high as the sources of a {_stretches(events)[0]}, the number of events above"


def _stretches(events: Sequence[EventPart]) -> tuple[Unit, list[Stretch]]:
    """The days, weeks or months with events; an event's key is its number."""
    dated = (one for one in events if one.start_date)
    return stretches([Dated(str(one.number), str(one.start_date), one.end_date, one.sources) for one in dated], _DAYS)


def _bar(one: Stretch, left: float, wide: float, high: float) -> Markup:
    """A bar with its number of events, where there is room for that."""
    told = f"{when(one.value)}: {plural(one.sources, 'source')}, {plural(len(one.keys), 'event')}"
    shape = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        left, _BASE - high, max(1.5, wide - 1.5), high
    )
    if wide >= len(str(len(one.keys))) * _LETTER:
        shape += Markup('<text x="{:.1f}" y="{:.1f}" class="number">{}</text>').format(
            left + wide / 2, _BASE - high - 3, len(one.keys)
        )
    return Markup('<a href="#e{}">{}<title>{}</title></a>').format(one.keys[0], shape, told)


def _labels(days: Sequence[Stretch], places: Sequence[float]) -> Iterator[Markup]:
    """The dates under the bars, those that have room beside the one before."""
    free = 0.0
    for one, left in zip(days, places, strict=True):
        words = when(one.value.partition("/")[0])
        at = min(left, _WIDTH - len(words) * _LETTER)
        if at >= free:
            yield Markup('<text x="{:.1f}" y="{}">{}</text>').format(at, _BASE + _FOOT - 3, words)
            free = at + len(words) * _LETTER + _GAP


def _is_exact(one: Stretch, unit: str) -> bool:
    """Whether it is a day, week or month of the map, not a month or year in which the day is not known."""
    return unit == "month" or len(one.value) > len("2025-07")
