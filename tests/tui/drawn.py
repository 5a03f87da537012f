"""What a terminal shows of what the reader sends, to hold it against what the reader means to show."""

import re
from functools import lru_cache
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot

from briefing.tui.app import BriefingApp

MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
PIECES = re.compile(r"\x1b\[[0-9;:?]*[A-Za-z]|\x1b\].*?(?:\x07|\x1b\\)|\n|[^\x1b\n]+", re.DOTALL)


@lru_cache(4096)
def is_even(piece: str) -> bool:
    """Whether each character takes one cell."""
    return piece.isascii() or all(cell_len(character) == 1 for character in piece)


class Drawn:
    """The cells of a terminal that gets all updates of a reader; made before the reader is started."""

    def __init__(self, app: BriefingApp) -> None:
        self._app = app
        self._console = Console(color_system=None)
        self.cells: dict[int, list[str]] = {}
        show = app._display

        def display(screen: Any, update: Any) -> None:
            if isinstance(update, CompositorUpdate) and not app._batch_count:  # when Textual writes nothing
                self._write(update.render_segments(self._console))
            show(screen, update)

        app._display = display  # type: ignore[assignment,method-assign]

    def _write(self, sequences: str) -> None:
        x = y = 0
        for piece in PIECES.findall(sequences):
            if moved := MOVE.fullmatch(piece):
                y, x = int(moved[1]) - 1, int(moved[2]) - 1
            elif piece == "\n":
                y, x = y + 1, 0
            elif not piece.startswith("\x1b"):
                x += self._put(y, x, piece)

    def _put(self, y: int, x: int, piece: str) -> int:
        """Write in a line; how many cells that takes. What has no width joins the cell before."""
        line = self.cells.setdefault(y, [])
        line.extend(" " * (x - len(line)))
        if is_even(piece):
            line[x : x + len(piece)] = piece
            return len(piece)
        cells: list[str] = []
        for character in piece:
            if width := cell_len(character):
                cells.extend((character, *[""] * (width - 1)))
            elif cells:
                cells[-1] += character
            elif x:
                line[x - 1] += character
        line[x : x + len(cells)] = cells
        return len(cells)

    def lines(self) -> list[str]:
        """Line by line what stands in the terminal."""
        width, height = self._app.size
        return ["".join(self.cells.get(y, [])[:width]).rstrip() for y in range(height)]

    async def stale(self, pilot: Pilot[None]) -> list[tuple[int, str, str]]:
        """Lines that go on showing something else than the screen on top means: number, meant, there."""
        for _ in range(50):
            if not (wrong := self._differing()):
                break
            await pilot.pause()
        return wrong

    def _differing(self) -> list[tuple[int, str, str]]:
        strips = self._app.screen._compositor.render_strips(self._app.size)
        meant = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
        pairs = enumerate(zip(meant, self.lines(), strict=True))
        return [(y, wanted, there) for y, (wanted, there) in pairs if wanted != there]
