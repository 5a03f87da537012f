"""What a long source costs the reader: `python tests/bench/bench_text.py`.

One megabyte, 10,000 lines, 30,000 mentions, in a terminal of 132 by 36 without a screen behind it. Prints wall time
from asking for the text to its first frame, CPU time of line and page scrolls and of a change of width, each to the
end of the frame it causes, and the peak of the process's memory.
"""

import argparse
import asyncio
import gc
import resource
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from briefing.library import Library
from briefing.model.facts import Extraction, Mention
from briefing.model.settings import Settings
from briefing.model.source import Source
from briefing.tui.app import BriefingApp
from briefing.tui.messages import Target

SIZE = (132, 36)
LINE = "Norland sent two Kestrel boats to Larnholm, where the coast guard of “Sudria” met them at dawn once more.\n"
NAMES = (("Norland", "NATION"), ("Kestrel", "SHIP"), ("Larnholm", "PLACE"))


def make_source(lines: int) -> tuple[Source, Extraction]:
    """The long source."""
    text = LINE * lines
    mentions = []
    for number in range(lines):
        for name, kind in NAMES:
            start = number * len(LINE) + LINE.index(name)
            mentions.append(Mention(start=start, end=start + len(name), text=name, type=kind, name=name))
    source = Source(id="1" * 64, path="/made-up/long.txt", title="Long", text=text)
    return source, Extraction(source_id=source.id, extractor="bench", mentions=tuple(mentions))


class Frames:
    """Waits for what the app draws."""

    def __init__(self, app: BriefingApp) -> None:
        self.drawn = 0
        real = app._display

        def display(screen: Any, renderable: Any) -> None:
            real(screen, renderable)
            if renderable is not None:
                self.drawn += 1

        app._display = display  # type: ignore[method-assign]

    async def after(self, act: Callable[[], object], done: Callable[[], object] = lambda: True) -> tuple[float, float]:
        """Wall and CPU seconds from ``act`` to the end of the first frame that is drawn once ``done``."""
        gc.collect()
        wall, cpu, before = time.perf_counter(), time.thread_time(), None
        act()
        while before is None or self.drawn == before:
            if before is None and done():
                before = self.drawn
            await asyncio.sleep(0)
        return time.perf_counter() - wall, time.thread_time() - cpu


def percentile(values: list[float]) -> str:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(values)
    return f"p50 {statistics.median(ordered) * 1e3:7.1f}   p95 {ordered[int(len(ordered) * 0.95)] * 1e3:7.1f} ms"


async def measure(library: Library, source: Source, repeats: int) -> None:
    """Open, scroll, resize."""
    themes = Path(__file__).parents[2] / "themes"
    app = BriefingApp(library, settings=Settings(), themes=[themes])
    async with app.run_test(size=SIZE) as pilot:
        view, frames = app.main.text_view, Frames(app)
        await pilot.pause()
        await _until(lambda: app.main.extraction is not None)
        opened, spent = [], []
        for _ in range(5):
            app.main.close_source()
            await pilot.pause()
            wall, cpu = await frames.after(lambda: app.main.open(Target(source.id)), lambda: view.text == source.text)
            opened.append(wall)
            spent.append(cpu)
            await _until(lambda: view.rows.complete and app.main.extraction is not None)
        print("first screen, wall        ", percentile(opened))
        print("first screen, CPU         ", percentile(spent), "(of the thread that draws)")
        await _scrolls(frames, "line scroll, CPU          ", view.action_down, repeats)
        await _scrolls(frames, "page scroll, CPU          ", view.action_page_down, repeats)
        resized = []
        for width in (100, 132, 90, 160, 132):
            before = view.rows
            begun = time.thread_time()
            await pilot.resize_terminal(width, SIZE[1])
            await _until(lambda before=before: view.rows is not before and view.rows.complete)
            await pilot.pause()
            resized.append(time.thread_time() - begun)
        print("change of width, CPU      ", percentile(resized))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process  {peak:.0f} MiB")


async def _scrolls(frames: Frames, name: str, act: Callable[[], object], repeats: int) -> None:
    spent = []
    for _ in range(repeats):
        _, cpu = await frames.after(act)
        spent.append(cpu)
    print(name, percentile(spent))


async def _until(true: Callable[[], object]) -> None:
    while not true():  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.005)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library.db") as library:
        source, extraction = make_source(given.lines)
        print(f"{len(source.text):,} characters, {given.lines:,} lines, {len(extraction.mentions):,} mentions")
        library.add(source, extraction)
        del extraction
        run: Awaitable[None] = measure(library, source, given.repeats)
        asyncio.run(run)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
