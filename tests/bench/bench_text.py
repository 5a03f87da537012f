"""What a long source costs the reader: `python tests/bench/bench_text.py`.

One megabyte, 10,000 lines, 30,000 mentions, in a terminal of 132 by 36 without a screen behind it. Prints wall time
from asking for the text to its first frame, CPU time of line and page scrolls and of a change of width, each to the
end of the frame it causes, and the memory that the process holds with a tiny source and with the long one: private is
what is given back when it ends, resident counts the code of Python and of the libraries too, which programs share.
"""

import argparse
import asyncio
import gc
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from textual.events import Resize
from textual.geometry import Size

from briefing.library import Library
from briefing.model.facts import Extraction, Mention
from briefing.model.safetext import SafeText
from briefing.model.settings import Settings
from briefing.model.source import Source
from briefing.tui.app import BriefingApp
from briefing.tui.places import Target

SIZE = (132, 36)
LONG, TINY = "1" * 64, "2" * 64
LINE = "Norland sent two Kestrel boats to Larnholm, where the coast guard of “Sudria” met them at dawn once more.\n"
NAMES = (("Norland", "NATION"), ("Kestrel", "SHIP"), ("Larnholm", "PLACE"))


def make_source(lines: int) -> tuple[Source, Extraction]:
    """The long source."""
    text = LINE * lines
    mentions = []
    sentences = tuple((number * len(LINE), (number + 1) * len(LINE) - 1) for number in range(lines))
    for number in range(lines):
        for name, kind in NAMES:
            start = number * len(LINE) + LINE.index(name)
            mentions.append(Mention(start=start, end=start + len(name), text=name, type=kind, name=name))
    source = Source(id=LONG, path="/made-up/long.txt", title="Long", text=text)
    extraction = Extraction(source_id=source.id, extractor="bench", mentions=tuple(mentions), sentences=sentences)
    return source, extraction


class Frames:
    """Waits for what the app draws."""

    def __init__(self, app: BriefingApp) -> None:
        self._view = app.main.text_view
        self._wanted: Callable[[], object] | None = None
        self._drawn = asyncio.Event()
        self._asked = (0.0, 0.0, 0.0)
        self._took = (0.0, 0.0, 0.0)
        self._rows = False
        display, row_strip = app._display, self._view.row_strip

        def draw_row(row: int, width: int) -> Any:
            self._rows = True
            return row_strip(row, width)

        def draw(screen: Any, renderable: Any) -> None:
            display(screen, renderable)
            whole = not getattr(screen._compositor, "pending", False)  # else this was a slice of the screen
            if renderable is not None and whole and self._rows and self._wanted is not None and self._wanted():
                wall, cpu, all_cpu = self._asked
                self._took = time.perf_counter() - wall, time.thread_time() - cpu, time.process_time() - all_cpu
                self._wanted = None
                self._drawn.set()

        self._view.row_strip = draw_row  # type: ignore[method-assign]
        app._display = draw  # type: ignore[method-assign]

    async def after(
        self, act: Callable[[], object], done: Callable[[], object] = lambda: True
    ) -> tuple[float, float, float]:
        """From ``act`` until the whole screen is drawn, rows since then with it, and ``done`` is true.

        Wall seconds, those of CPU of the thread that draws, those of all threads.
        """
        gc.collect()
        self._rows, self._wanted = False, done
        self._drawn.clear()
        self._asked = time.perf_counter(), time.thread_time(), time.process_time()
        act()
        await self._drawn.wait()
        return self._took


def percentile(values: list[float]) -> str:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(values)
    return f"p50 {statistics.median(ordered) * 1e3:7.1f}   p95 {ordered[int(len(ordered) * 0.95)] * 1e3:7.1f} ms"


def memory() -> tuple[float, float]:
    """Private and resident MiB of this process."""
    gc.collect()
    kibibytes = dict.fromkeys(("Private_Clean", "Private_Dirty", "Rss"), 0)
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        name, _, value = line.partition(":")
        if name in kibibytes:
            kibibytes[name] = int(value.split()[0])
    return (kibibytes["Private_Clean"] + kibibytes["Private_Dirty"]) / 1024, kibibytes["Rss"] / 1024


def fill(path: Path, lines: int) -> None:
    """A library of the long source and a tiny one."""
    source, extraction = make_source(lines)
    print(f"{len(source.text):,} characters, {lines:,} lines, {len(extraction.mentions):,} mentions", flush=True)
    tiny = source.model_copy(update={"id": TINY, "text": SafeText("One line."), "title": SafeText("Tiny")})
    with Library.open(path) as library:
        library.add(source, extraction)
        library.add(tiny, Extraction(source_id=tiny.id, extractor="bench"))


async def measure(library: Library, repeats: int) -> None:
    """Open, scroll, resize."""
    themes = Path(__file__).parents[2] / "themes"
    app = BriefingApp(library, settings=Settings(), themes=[themes])
    async with app.run_test(size=SIZE) as pilot:
        await _until(lambda: app.begun)
        view, frames = app.main.text_view, Frames(app)
        await _until(lambda: app.main.state.library is not None)
        app.main.state.open(Target(TINY))
        await _until(
            lambda: app.main.state.source is not None and app.main.state.source.id == TINY and app.main.state.extraction
        )
        await pilot.pause()
        await _until(lambda: not any(worker.is_running for worker in app.workers))  # the sources are compared
        before = memory()
        opened, spent, spent_by_all = [], [], []
        for _ in range(repeats // 6):
            app.main.state.close()
            await pilot.pause()
            took = await frames.after(lambda: app.main.state.open(Target(LONG)), lambda: len(view.text) > 100)
            for times, value in zip((opened, spent, spent_by_all), took, strict=True):
                times.append(value)
            await _until(lambda: view.rows.complete and app.main.state.extraction is not None)
        print("first screen, wall        ", percentile(opened))
        print("first screen, CPU         ", percentile(spent), "(of the thread that draws)")
        print("first screen, all CPU     ", percentile(spent_by_all), "(of the thread that reads the text, too)")
        await _scrolls(frames, "line scroll, CPU          ", lambda: view.action_move("down"), repeats)
        await _scrolls(frames, "page scroll, CPU          ", lambda: view.action_move("page_down"), repeats)
        opened, spent = [], []
        for number in range(repeats // 3):
            width = (100, 132, 118, 160, 132)[number % 5]
            rows = view.rows
            act = partial(_resize, app, width)
            wall, cpu, _ = await frames.after(act, lambda rows=rows: view.rows is not rows or view.size.width == 0)
            opened.append(wall)
            spent.append(cpu)
            await _until(lambda: view.rows.complete)
            await pilot.pause()
        print("change of width, wall     ", percentile(opened), "(to the first frame with rows of that width)")
        print("change of width, CPU      ", percentile(spent))
        after = memory()
    for name, one, other in zip(("private", "resident"), before, after, strict=True):
        print(f"{name} memory {one:4.0f} MiB with a source of one line, {other:4.0f} MiB after the long one was read")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak: {peak:.0f} MiB resident, while both sources are compared as the reader starts")


def _resize(app: BriefingApp, width: int) -> None:
    """As the terminal tells of it."""
    size = Size(width, SIZE[1])
    app._driver._size = size  # type: ignore[union-attr]
    app.post_message(Resize(size, size))


async def _scrolls(frames: Frames, name: str, act: Callable[[], object], repeats: int) -> None:
    spent = []
    for _ in range(repeats):
        _, cpu, _ = await frames.after(act)
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
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        # In a process of its own: what it takes to make the sources is no memory of the reader.
        maker = multiprocessing.get_context("spawn").Process(target=fill, args=(path, given.lines))
        maker.start()
        maker.join()
        with Library.open(path) as library:
            asyncio.run(measure(library, given.repeats))


if __name__ == "__main__":
    main()
