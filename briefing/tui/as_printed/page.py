"""The page that a text was read from, its words marked: in pixels where the terminal shows these, else in blocks."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import ScrollableContainer, Vertical
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from briefing.model.passage import page_box
from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.dialogs.base import Dialog
from briefing.tui.threads import in_thread
from briefing.tui.widgets.row_list import Move
from briefing.tui.wording import own

if TYPE_CHECKING:
    from textual.app import App

    from briefing.ingest.page_picture import Part, Picture
    from briefing.model.source import Source

_ZOOMS: Final = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
"""Widths of the page in widths of the pane."""
_UPPER: Final = "▀"
_SHADES: Final = " ░▒▓█"
"""From white to black, where there are no colours."""
_TINT: Final = (255, 214, 0)
_FRAME: Final = (214, 40, 40)
_TALL: Final = 2
"""How many times as high as wide a cell is taken to be."""


class Blocks(Widget):
    """A picture in half blocks, two pixels a cell; in shades where the terminal has no colours."""

    def __init__(self, pixels: Any) -> None:
        """``pixels``: rows of pixels of three colours, an array."""
        super().__init__()
        self._pixels = pixels
        self._fitted: tuple[tuple[int, int], Any] | None = None

    def render_line(self, y: int) -> Strip:
        """One line of cells."""
        width, height = self.size
        if self._fitted is None or self._fitted[0] != (width, height):
            self._fitted = (width, height), fitted(self._pixels, width, _TALL * height)
        rows = self._fitted[1]
        if not 0 <= y < height:
            return Strip.blank(width)
        if self.app.console.color_system is None:
            dark = 255 - (rows[2 * y].mean(axis=1) + rows[2 * y + 1].mean(axis=1)) / 2
            return Strip([Segment("".join(_SHADES[min(4, int(one * 5 / 255))] for one in dark))])
        cells = zip(rows[2 * y].tolist(), rows[2 * y + 1].tolist(), strict=True)
        return Strip([Segment(_UPPER, _style(tuple(upper), tuple(lower))) for upper, lower in cells], width)


def _style(upper: tuple[int, ...], lower: tuple[int, ...]) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))


def fitted(pixels: Any, width: int, height: int) -> Any:
    """The picture in another size: each new pixel is the mean of those that it stands for.

    Args:
        pixels: Rows of pixels of three colours, an array.
        width: Pixels of a row.
        height: Rows.
    """
    import numpy as np

    tall, wide = pixels.shape[:2]
    down = np.linspace(0, tall, height + 1).astype(int)
    across = np.linspace(0, wide, width + 1).astype(int)
    sums = np.add.reduceat(pixels.astype(np.uint32), np.minimum(down[:-1], tall - 1), axis=0)
    sums = np.add.reduceat(sums, np.minimum(across[:-1], wide - 1), axis=1)
    many = np.maximum(1, np.diff(down))[:, None, None] * np.maximum(1, np.diff(across))[None, :, None]
    return (sums // many).astype(np.uint8)


def marked(picture: Picture, parts: tuple[Part, ...]) -> Any:
    """The pixels of a page as an array, with a tint and a frame on parts of it.

    Args:
        picture: The page.
        parts: The parts, from 0 to 1.
    """
    import numpy as np

    page = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.width, 3).copy()
    thick = max(2, picture.width // 400)
    for left, top, right, bottom in parts:
        x0, x1 = int(left * picture.width) - 2 * thick, int(right * picture.width) + 2 * thick
        y0, y1 = int(top * picture.height) - thick, int(bottom * picture.height) + thick
        x0, y0 = max(0, x0), max(0, y0)
        within = page[y0:y1, x0:x1]
        within[:] = within * 0.72 + np.array(_TINT) * 0.28
        for edge in (within[:thick], within[-thick:], within[:, :thick], within[:, -thick:]):
            edge[:] = _FRAME
    return page


class Sheet(ScrollableContainer, can_focus=True, inherit_bindings=False):
    """A picture that scrolls both ways, in several sizes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("picture")

    def __init__(self, pixels: Any, shown: Widget, at: tuple[float, float]) -> None:
        """``shown`` draws the ``pixels``; ``at``, from 0 to 1, is what is in the middle at first."""
        super().__init__(shown)
        self._ratio = pixels.shape[0] / max(1, pixels.shape[1])
        self._shown = shown
        self._at = at
        self._zoom = 1.0

    def on_mount(self) -> None:
        """As wide as the pane, with what is looked for in sight."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """The same part in another size."""
        self._draw()

    def _draw(self) -> None:
        width = max(10, int(self.scrollable_content_region.width * self._zoom))
        height = max(4, round(width * self._ratio / _TALL))
        self._shown.styles.width, self._shown.styles.height = width, height
        x = self._at[0] * width - self.size.width / 2
        y = self._at[1] * height - self.size.height / 2
        self.call_after_refresh(self.scroll_to, x=max(0, x), y=max(0, y), animate=False, force=True)

    def _zoom_to(self, zoom: float) -> None:
        if zoom != self._zoom:
            self._zoom = zoom
            self._draw()

    def action_larger(self) -> None:
        """The next size."""
        self._zoom_to(next((zoom for zoom in _ZOOMS if zoom > self._zoom), _ZOOMS[-1]))

    def action_smaller(self) -> None:
        """The size before."""
        self._zoom_to(next((zoom for zoom in reversed(_ZOOMS) if zoom < self._zoom), _ZOOMS[0]))

    def action_whole(self) -> None:
        """As large as fits the pane as a whole."""
        pane = self.scrollable_content_region
        self._zoom_to(min(1.0, pane.height * _TALL / max(1.0, pane.width * self._ratio)))

    def action_pan(self, way: str) -> None:
        """Go to a side."""
        self.scroll_relative(x=8 if way == "right" else -8, animate=False)

    def action_move(self, how: Move) -> None:
        """Scroll."""
        if how in ("top", "bottom"):
            self.scroll_home(animate=False) if how == "top" else self.scroll_end(animate=False)
            return
        name, _, way = how.rpartition("_")
        lines = {"": 1, "half": self.size.height // 2, "page": self.size.height}[name]
        self.scroll_relative(y=lines if way == "down" else -lines, animate=False)


class PageScreen(Dialog[None]):
    """Shows a page; it is drawn in another process."""

    class Drawn(Message):
        """The page is there, or the reason why there is none."""

        def __init__(self, picture: Picture | None, reason: str) -> None:
            self.picture = picture
            self.reason = reason
            super().__init__()

    def __init__(self, source: Source, span: tuple[int, int]) -> None:
        """``span``: the characters that are looked for, half-open."""
        super().__init__()
        self._source = source
        self._span = span

    def compose(self) -> ComposeResult:
        """One frame around the page."""
        from briefing.model.passage import page_place

        with Vertical(classes="box wide picture") as box:
            place = page_place(self._span[0], self._source.pages, self._source.text)
            box.border_title = Content(self._source.title.line() + own(f" · {place}" if place else ""))
            yield Static(Content("The page is being drawn …"), id="drawing")

    def on_mount(self) -> None:
        """Begin to draw."""
        self._begin()

    @in_thread("page", exclusive=True)
    def _begin(self) -> None:
        from briefing.ingest.page_picture import NoPicture, draw_page

        source, (start, end) = self._source, self._span
        number = page_number(source, start)
        words = "" if source.pages and source.pages[number].boxes else str(source.text[start:end])
        try:
            picture = draw_page(str(source.path), source.id, number, words=words)
        except NoPicture as error:
            self.post_message(self.Drawn(None, str(error)))
        else:
            self.post_message(self.Drawn(picture, ""))

    @on(Drawn)
    async def _show(self, message: PageScreen.Drawn) -> None:
        message.stop()
        waiting = self.query_one("#drawing", Static)
        if message.picture is None:
            waiting.update(Content(SafeText(message.reason)))
            return
        parts = self._parts() or message.picture.parts
        pixels = marked(message.picture, parts)
        at = ((parts[0][0] + parts[0][2]) / 2, (parts[0][1] + parts[-1][3]) / 2) if parts else (0.5, 0.0)
        sheet = Sheet(pixels, shown_by(self.app, pixels), at)
        await waiting.remove()
        await self.query_one(".picture").mount(sheet)
        self.set_focus(sheet)

    def _parts(self) -> tuple[Part, ...]:
        """Where the words stand on a page that was recognised, line by line."""
        start, end = self._span
        if page_box(start, end, self._source.pages) is None:
            return ()
        boxes = self._source.pages[page_number(self._source, start)].boxes
        return tuple(
            (box[2] / 10_000, box[3] / 10_000, box[4] / 10_000, box[5] / 10_000)
            for box in boxes
            if box[0] < end and box[1] > start
        )


def page_number(source: Source, offset: int) -> int:
    """Number of the page that holds a character, from zero.

    Args:
        source: A source with pages.
        offset: The character.
    """
    return max(0, sum(page.start <= offset for page in source.pages) - 1)


def has_pictures(source: Source) -> bool:
    """Whether the pages of a source can be drawn: those of PDF documents and of pictures."""
    return source.format in {"pdf", "picture"} and bool(source.pages)


def shown_by(app: App[Any], pixels: Any) -> Widget:
    """The widget that shows a picture as finely as the terminal can.

    Args:
        app: The app; it leaves the terminal for a moment, once, to ask it what it can show.
        pixels: Rows of pixels of three colours, an array.
    """
    if find_spec("textual_image") is None or find_spec("PIL") is None:
        return Blocks(pixels)
    if "textual_image.widget" not in sys.modules:
        try:
            with app.suspend():  # it asks when it is imported, which is answered only while nobody else listens
                import textual_image.widget
        except SuspendNotSupported:
            return Blocks(pixels)
    import textual_image.widget
    from PIL import Image
    from textual_image.renderable import Image as Best
    from textual_image.renderable import SixelImage, TGPImage

    if Best not in (SixelImage, TGPImage):
        return Blocks(pixels)
    shown: Widget = textual_image.widget.Image(Image.fromarray(pixels))
    return shown
