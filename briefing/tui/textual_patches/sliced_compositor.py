"""Draw a screen in slices, so that a key never waits until all of it is drawn.

Textual draws all that has changed in one go. A whole screen takes longer than a frame, and a key that is pressed
meanwhile is taken up only after it. Here some lines are drawn at a time, from the top, where the search bar is; keys
and whatever else waits come in between. Lines of a container that its children cover are not drawn at all.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, Final

from textual._compositor import ChopsUpdate, Compositor, CompositorMap, ReflowResult
from textual._context import visible_screen_stack
from textual.events import Idle
from textual.geometry import Region, Size
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

SLICE: Final = 6
"""Lines drawn at a time."""
BUDGET: Final = 0.002
"""Seconds of the loop's own time after which what is left to be drawn waits for its next step."""
HURRY: Final = 0.04
"""Seconds for which the rest of a screen waits for what a key changes to be drawn first."""
_BATCH: Final = 0.005
"""Seconds between two looks at whether a batch of changes is made."""

Span = tuple[int, int, int]
"""A line of the screen, and from which column to before which."""


class SlicedCompositor(Compositor):
    """Draws the topmost :data:`SLICE` lines of what has changed whenever it is asked for an update."""

    def __init__(self) -> None:
        super().__init__()
        self._laid_out: CompositorMap | None = None

    @property
    def full_map(self) -> CompositorMap:
        """Where every widget is. Whoever asks between two layouts has it arranged anew, which Textual forgets.

        The next layout would then find nothing changed, and neither draw what has moved nor tell it its size.
        """
        before = self._full_map
        found = super().full_map
        if found is not before and self.root is not None:
            if self._laid_out is None:
                self._laid_out = before
            self._cuts = self._layers = self._layers_visible = None
            self._mark_changes(before)
        return found

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out, and compare with the last layout, whatever was asked since.

        Args:
            parent: What is laid out, a screen.
            size: Its size in cells.

        Returns:
            The widgets that are hidden, shown and of another size since the last layout.
        """
        asked = self._full_map
        if self._laid_out is not None:
            self._full_map, self._laid_out = self._laid_out, None
        result = super().reflow(parent, size)
        self._mark_changes(asked)
        return result

    def _mark_changes(self, before: CompositorMap) -> None:
        """Have drawn where widgets are and were that are elsewhere than ``before``."""
        changes = self._full_map.items() ^ before.items()
        self._dirty_regions.update(part for _, at in changes if (part := at.clip.intersection(at.region)))

    @property
    def pending(self) -> bool:
        """Whether anything is left to be drawn."""
        return bool(self._dirty_regions)

    def render_update(self, full: bool = False, screen_stack: Any = None, simplify: bool = False) -> Any:
        """The next slice, or with ``full`` the whole screen, for a picture of it."""
        if full:
            return super().render_update(full=True, screen_stack=screen_stack, simplify=simplify)
        visible_screen_stack.set(screen_stack or [])
        return self.render_partial_update()

    def render_partial_update(self) -> ChopsUpdate | None:
        """The next slice; None where nothing has changed."""
        regions = self._take_slice()
        spans = list(self._regions_to_spans(regions))
        return ChopsUpdate(self._render_spans(spans), spans, [cuts[1:] for cuts in self.cuts]) if spans else None

    def _take_slice(self) -> list[Region]:
        """The topmost part of what has changed."""
        screen = self.size.region
        dirty = [part for part in (region.intersection(screen) for region in self._dirty_regions) if part]
        self._dirty_regions.clear()
        if not dirty:
            return []
        top = min(region.y for region in dirty)
        band = Region(0, top, screen.width, SLICE)
        below = Region(0, top + SLICE, screen.width, screen.height)
        self._dirty_regions.update(part for part in (region.intersection(below) for region in dirty) if part)
        return [part for part in (region.intersection(band) for region in dirty) if part]

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        return self._render_spans([(y, crop.x, crop.right) for y in crop.line_range if is_rendered_line(y)])

    def _render_spans(self, spans: Iterable[Span]) -> Sequence[Mapping[int, Strip]]:
        """The pieces of the lines that ``spans`` touch, by line and column.

        From front to back, and of each widget only what none before it covers.
        """
        cuts = self.cuts
        chops: list[dict[int, Any]] = [dict.fromkeys(line[:-1]) for line in cuts]
        missing: dict[int, set[int]] = {}
        for y, left, right in spans:
            touched = {start for start, end in pairwise(cuts[y]) if start < right and end > left}
            missing.setdefault(y, set()).update(touched)
        for widget, (region, clip) in self.visible_widgets.items():
            if not missing:
                break
            seen = region.intersection(clip)
            lines = [y for y in seen.line_range if y in missing and _within(missing[y], seen)]
            for run in _runs(lines):
                crop = Region(seen.x - region.x, run[0] - region.y, seen.width, len(run))
                for y, strip in zip(run, widget.render_lines(crop), strict=False):
                    columns = [cut for cut in cuts[y] if seen.x <= cut <= seen.right]
                    parts = strip.divide([cut - seen.x for cut in columns[1:]])
                    for cut, part in zip(columns, parts, strict=False):
                        if cut in missing[y]:
                            chops[y][cut] = part
                            missing[y].remove(cut)
                    if not missing[y]:
                        del missing[y]
        return chops


def _within(columns: Iterable[int], region: Region) -> bool:
    return any(region.x <= column < region.right for column in columns)


def _runs(lines: Sequence[int]) -> Iterator[list[int]]:
    """Lines that follow on one another, together."""
    for _, run in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]):
        yield [line for _, line in run]


class SlicedScreen(Screen[None], inherit_bindings=False):
    """A screen that is drawn in slices, and lets others have their turn between the messages that it takes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._compositor: SlicedCompositor = SlicedCompositor()
        self._next_slice: asyncio.TimerHandle | None = None
        self._laying_out = False
        self._hurry_until = 0.0
        self._resized_to: Size | None = None

    def _screen_resized(self, size: Size) -> None:
        """Pass over a size that the terminal has no more: two on their way would call for each other for ever."""
        if size == self.app.size and size != self._resized_to:
            self._resized_to = size
            self.before_layout(size)
            super()._screen_resized(size)

    def before_layout(self, size: Size) -> None:
        """The screen is about to be laid out for another size."""

    def hurry(self) -> None:
        """A key was pressed: what it changes is drawn before what is left to be drawn, if it comes soon."""
        now = time.monotonic()
        if now >= self._hurry_until:
            self._hurry_until = now + HURRY

    @property
    def hurried(self) -> bool:
        """Whether what a key changes is being waited for."""
        return time.monotonic() < self._hurry_until

    async def _dispatch_message(self, message: Message) -> None:
        """Take a message, and after one that took long let others have a turn: Textual would go on with the next."""
        began = time.thread_time()
        await super()._dispatch_message(message)
        if time.thread_time() - began > BUDGET:
            await asyncio.sleep(0)

    async def _on_idle(self, event: Idle) -> None:
        """Draw at once what a key has changed; Textual waits for its next sixtieth of a second."""
        await super()._on_idle(event)
        event.prevent_default()
        if self.hurried and self.is_current and self._dirty_widgets and not self.app._batch_count:
            self._on_timer_update()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay the screen out; what that has changed is drawn in the next step of the loop."""
        self._laying_out = True
        try:
            super()._refresh_layout(size, scroll)
        finally:
            self._laying_out = False

    def _compositor_refresh(self) -> None:
        """Draw for :data:`BUDGET`, and go on in the next step of the loop."""
        began = time.thread_time()
        self._compositor.update_widgets(self._dirty_widgets)  # what has changed since: Textual forgets it after drawing
        if self.app._batch_count:  # Textual would take a slice, show nothing, and so leave it as it was for ever
            self._go_on()
            return
        if not (self._laying_out and self._sliced):
            super()._compositor_refresh()
            self._hurry_until = 0.0
        while self._sliced and not self._laying_out and time.thread_time() - began < BUDGET:
            super()._compositor_refresh()
        if self._next_slice is not None:
            self._next_slice.cancel()
            self._next_slice = None
        self._go_on()

    @property
    def _sliced(self) -> bool:
        """Whether a part of what has changed is not drawn yet."""
        return self._compositor.pending and self.is_current and not self.app.is_inline

    def _go_on(self) -> None:
        """Have the next slice drawn once whatever waits had its turn; after a batch of changes, once all are made."""
        if self._sliced and self._next_slice is None:
            wait = _BATCH if self.app._batch_count else max(0.0, self._hurry_until - time.monotonic())
            self._next_slice = asyncio.get_running_loop().call_later(wait, self._paint_on)

    def _paint_on(self) -> None:
        """Draw more, if the screen is still in sight and no key waits for what it changes to be drawn."""
        self._next_slice = None
        if self._sliced and not self.hurried and not self.app._batch_count:
            try:
                self._compositor_refresh()
            except Exception as error:  # noqa: BLE001 - as Textual does with what goes wrong in a timer
                self.app._handle_exception(error)
        self._go_on()
        if self._next_slice is None and self._callbacks:
            self.call_next(self._invoke_and_clear_callbacks)

    async def _invoke_and_clear_callbacks(self) -> None:
        """What is to be done after the screen was drawn is done once all of it is."""
        if self._next_slice is None:
            await super()._invoke_and_clear_callbacks()
