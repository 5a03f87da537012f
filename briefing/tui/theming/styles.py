"""Styles by name: colours of the theme with bold, underline and the like.

They are Rich styles made straight from the theme, not component classes of the style sheet: those would be matched for
every widget that has them each time it is styled, which took a third of the time to the first frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, Protocol, cast

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget

    from briefing.model.kinds import EntityType
    from briefing.tui.agreement import Tone

Ink = Literal[
    "plain", "title", "muted", "key", "heading", "good", "warn", "bad", "row", "active", "tab",
    "evidence", "evidence_sign", "match", "current", "current_match", "selection",
]  # fmt: skip
"""Names of styles; those of entities are asked for by type."""

TONE_INKS: Final[dict[Tone, Ink]] = {
    "agree": "good",
    "copied": "muted",
    "differ": "bad",
    "less": "warn",
    "altered": "bad",
    "silent": "muted",
}
"""How the signs of a comparison are written."""
LOOKS: Final[dict[str, Style]] = {
    "PERSON": Style(bold=True),
    "ORG": Style(underline=True),
    "NATION": Style(italic=True),
    "PLACE": Style(italic=True, underline=True),
    "AIRCRAFT": Style(bold=True, underline=True),
    "SHIP": Style(bold=True, italic=True),
    "VEHICLE": Style(bold=True, italic=True, underline=True),
    "WEAPON": Style(underline2=True),
    "EVENT": Style(bold=True, underline2=True),
    "DATE": Style(overline=True),
    "QUANTITY": Style(italic=True, underline2=True),
    "MONEY": Style(bold=True, italic=True, underline2=True),
}
"""The second sign of each type of entity, beside its colour. No two are alike."""

_ON: Final = {
    "row": ("row_text", "row"),
    "active": ("row_text", "active"),
    "tab": ("active_text", "active"),
    "evidence": ("evidence_text", "evidence"),
    "match": ("match_text", "match"),
    "current": ("current_text", "current"),
    "current_match": ("current_match_text", "current_match"),
    "selection": ("row_text", "selection"),
}
"""Styles with a background: keys of the theme for the words, if they change colour, and for what is behind them."""
_WITHOUT: Final[dict[str, Style]] = {
    "muted": Style(dim=True),
    "row": Style(underline=True),
    "active": Style(reverse=True),
    "tab": Style(reverse=True),
    "evidence": Style(reverse=True, dim=True),
    "match": Style(reverse=True),
    "current": Style(reverse=True, bold=True),
    "current_match": Style(reverse=True, underline=True),
    "selection": Style(reverse=True, italic=True),
}
"""What stands for the colours where there are none; the others are told by their signs."""
_BOLD: Final = {"title", "heading", "tab", "current_match"}
_SAME: Final = {"heading": "key"}


class Inks:
    """The styles of one theme. ``colours`` are by the keys of the theme files; with ``colourless`` none is used."""

    def __init__(self, colours: Mapping[str, str], *, colourless: bool = False) -> None:
        self._colours = {} if colourless else colours
        self._colourless = colourless
        self._made: dict[str, Style] = {}

    def __getitem__(self, name: Ink) -> Style:
        """A style, to be laid over whatever it stands on."""
        style = self._made.get(name)
        if style is None:
            style = self._made[name] = self._make(name)
        return style

    def entity(self, kind: EntityType) -> Style:
        """The style of a type of entity: its colour and its second sign."""
        style = self._made.get(kind)
        if style is None:
            style = self._made[kind] = LOOKS[kind] + self._style(self._colours.get(kind), None)
        return style

    def on_row(self, strips: list[Strip], ground: Style) -> list[Strip]:
        """The lines of the row under a cursor, drawn on ``ground``.

        In a theme with ``row_text`` all words that stand on it are in that colour: theirs may not be read there.
        """
        if "row_text" not in self._colours:
            return strips
        words = Style(color=ground.color)
        return [
            Strip(
                [
                    Segment(text, style + words if style and style.bgcolor == ground.bgcolor else style, control)
                    for text, style, control in strip
                ],
                strip.cell_length,
            )
            for strip in strips
        ]

    def _make(self, name: Ink) -> Style:
        bold = Style(bold=True) if name in _BOLD else Style.null()
        if self._colourless:
            return bold + _WITHOUT.get(name, Style.null())
        if name in {"plain", "title"}:
            return bold
        words, behind = _ON.get(name, (_SAME.get(name, name), ""))
        colour = self._colours.get(words) or (self._colours["foreground"] if name == "selection" else None)
        return bold + self._style(colour, self._colours.get(behind))

    @staticmethod
    def _style(words: str | None, behind: str | None) -> Style:
        colour, background = (Color.parse(value).rich_color if value else None for value in (words, behind))
        return Style(color=colour, bgcolor=background)


class Inked(Protocol):
    """An app that has inks."""

    @property
    def inks(self) -> Inks:
        """The styles of the theme in use."""


def inks(widget: Widget) -> Inks:
    """The styles of the theme in use."""
    return cast("Inked", widget.app).inks
