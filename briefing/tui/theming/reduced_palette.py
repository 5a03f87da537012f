"""Reduce a theme's colours to a terminal's 256, so that text stays readable.

What draws would round each colour by itself: grounds that differ a little become one, and the row under a cursor can no
longer be seen. Here the colours of a theme are chosen together, so that words can be read on what they stand on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.color import Color

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.tui.theming.palette import Look

    Rgb = tuple[int, int, int]

GROUNDS: Final = ("background", "panel", "row", "active", "evidence", "selection")
"""Keys of what words of many colours stand on."""
MARKS: Final = ("match", "current", "current_match")
"""Keys of marks that bring the colour of their words with them."""
LEAST: Final = 4.5
"""Contrast between words and what they stand on; the least that WCAG 2 asks for at level AA."""
_LEVELS: Final = (0, 95, 135, 175, 215, 255)
_ALL: Final[tuple[Rgb, ...]] = (
    *((red, green, blue) for red in _LEVELS for green in _LEVELS for blue in _LEVELS),
    *((8 + 10 * step,) * 3 for step in range(24)),
)
"""The colours of a 256-colour terminal that are the same everywhere: a cube and a row of greys."""


def luminance(colour: Rgb) -> float:
    """Relative luminance as WCAG 2 defines it, from 0 to 1."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of two colours as WCAG 2 defines it, from 1 to 21.

    Args:
        one: One colour.
        other: The other one; the order of the two does not matter.
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def in_256(look: Look) -> Look:
    """The theme in colours of a 256-colour terminal, each as near to its own as can be read."""
    if look.ansi:
        return look
    wanted = {key: Color.parse(colour).rgb for key, colour in look.colours.items()}
    made: dict[str, Rgb] = {}
    for key in GROUNDS:
        taken = {made[other] for other in made if wanted[other] != wanted[key]} if key != "panel" else ()
        made[key] = _nearest(wanted[key], [one for one in _ALL if one not in taken])
    for mark in MARKS:
        made[mark] = _nearest(wanted[mark], _ALL)
        made[f"{mark}_text"] = _nearest(wanted[f"{mark}_text"], _readable([made[mark]]))
    many = _readable([made[ground] for ground in GROUNDS if ground != "selection"])
    for key, colour in wanted.items():
        if key not in made:
            made[key] = _nearest(colour, _ALL if key == "frame" else many)
    made["foreground"] = _nearest(wanted["foreground"], _readable([made[ground] for ground in GROUNDS]))
    return look._replace(colours={key: Color(*colour).hex for key, colour in made.items()})


def _readable(grounds: Iterable[Rgb]) -> Sequence[Rgb]:
    """The colours that can be read on all of these; all there are where none can."""
    grounds = list(grounds)
    return [one for one in _ALL if all(contrast(one, ground) >= LEAST for ground in grounds)] or _ALL


def _nearest(colour: Rgb, among: Sequence[Rgb]) -> Rgb:
    """The nearest colour by a weighted distance, which is near to what eyes see and needs no other colour space."""

    def distance(other: Rgb) -> float:
        mean = (colour[0] + other[0]) / 2
        red, green, blue = (one - two for one, two in zip(colour, other, strict=True))
        return (2 + mean / 256) * red**2 + 4 * green**2 + (2 + (255 - mean) / 256) * blue**2

    return min(among, key=distance)
