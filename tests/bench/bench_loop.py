"""The longest block of the event loop: ``python tests/bench/bench_loop.py [-n 5000] [--library FILE]``.

Drives the reader over a large library: a query of 20 characters typed key by key, its hits gone through, the text and
the lists scrolled, all while sources are being added. Every step of the loop is timed, by the clock and by the CPU time
of its thread; of those that take long a second thread notes where they are. On a busy machine the clock counts what
other programs took as well: the CPU time is what the reader itself did.
"""

import argparse
import asyncio
import asyncio.events
import collections
import gc
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from bench_library import World, fill

from briefing.library import Library
from briefing.model import progress
from briefing.model.settings import Settings
from briefing.tui.app import BriefingApp
from briefing.tui.main_screen.ingest_watcher import Watcher

SIZE = (132, 36)
FRAME = 0.016
"""Seconds that a step may take: one frame of a screen that shows sixty a second."""
SAMPLE = 0.002
QUERY = "missile exercise bor"


class Step(NamedTuple):
    """One step of the loop that took long."""

    wall: float
    cpu: float
    where: str


class Monitor:
    """Times the steps of the loop that runs in the thread it is made in."""

    def __init__(self) -> None:
        self.steps: list[tuple[float, float]] = []
        self.long: list[Step] = []
        self._thread = threading.get_ident()
        self._began: float | None = None
        self._seen: collections.Counter[str] = collections.Counter()
        self._over = threading.Event()
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._run = asyncio.events.Handle._run
        self._collecting = 0.0
        self.collected: list[float] = []
        """Seconds of each run of the garbage collector, in whatever thread: all others wait for it."""

    def __enter__(self) -> "Monitor":
        asyncio.events.Handle._run = self._timed()  # type: ignore[method-assign]
        gc.callbacks.append(self._on_collect)
        self._sampler.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.events.Handle._run = self._run  # type: ignore[method-assign]
        gc.callbacks.remove(self._on_collect)
        self._over.set()
        self._sampler.join()

    def _on_collect(self, phase: str, _: object) -> None:
        if phase == "start":
            self._collecting = time.perf_counter()
        else:
            self.collected.append(time.perf_counter() - self._collecting)

    def forget(self) -> None:
        """Begin anew."""
        self.steps.clear()
        self.long.clear()
        self.collected.clear()

    def _timed(self) -> Callable[[asyncio.events.Handle], None]:
        def run(handle: asyncio.events.Handle) -> None:
            self._seen.clear()
            cpu, self._began = time.thread_time(), time.perf_counter()
            try:
                self._run(handle)
            finally:
                wall, self._began = time.perf_counter() - self._began, None
                self.steps.append((wall, time.thread_time() - cpu))
                if wall > FRAME:
                    seen = self._seen.most_common(3)
                    self.long.append(Step(*self.steps[-1], "\n      ".join(f"{n}x {where}" for where, n in seen)))

        return run

    def _sample(self) -> None:
        while not self._over.wait(SAMPLE):
            began = self._began
            if began is not None and time.perf_counter() - began > FRAME / 4:
                frame = sys._current_frames().get(self._thread)
                with suppress(AttributeError):  # the frame may end while its calls are gone through
                    self._seen[_where(frame)] += 1


def _where(frame: FrameType | None) -> str:
    """The innermost calls that say what is being done."""
    calls = traceback.extract_stack(frame)
    names = [f"{Path(call.filename).stem}.{call.name}" for call in calls if "asyncio" not in call.filename]
    ours = [f"{Path(call.filename).stem}.{call.name}" for call in calls if "/briefing/" in call.filename]
    return " < ".join([*reversed(names[-3:]), *(f"[{name}]" for name in ours[-2:])])


class FakeIngest:
    """Adds sources from a thread, and tells of each, as the engine does."""

    def __init__(self, library: Library, app: BriefingApp, total: int) -> None:
        self._library = library
        self._watcher = Watcher(app.main.post_message)
        self._total = total
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go, daemon=True)
        app.main.ingest.asked = self._watcher
        self._thread.start()

    def end(self) -> int:
        """Stop; how many were added."""
        self._stop.set()
        self._thread.join()
        return self._watcher.done

    def _go(self) -> None:
        self._watcher.on_event(progress.Discovered(total=self._total))
        world = World(99)
        batch = []
        for item in world.items(self._total):
            batch.append(item)
            if len(batch) == 20:
                for row in self._library.add_all(batch):
                    self._watcher.on_event(progress.Added(row=row))
                batch = []
            if self._stop.wait(0.002):
                return


async def drive(library: Library) -> None:
    """Do what a reader does, and report part by part."""
    app = BriefingApp(library, settings=Settings(), themes=[Path(__file__).parents[2] / "themes"])
    async with app.run_test(size=SIZE) as pilot:
        await _until(lambda: app.begun and app.main.state.extraction is not None)
        await pilot.pause()
        with Monitor() as monitor:
            for ingesting in (False, True):
                fake = FakeIngest(library, app, 100_000) if ingesting else None
                await _parts(app, pilot, monitor, "ingesting, " if ingesting else "")
                if fake is not None:
                    print(f"({fake.end():,} sources were added meanwhile)")


async def _parts(app: BriefingApp, pilot: Any, monitor: Monitor, when: str) -> None:
    main = app.main

    async def typing() -> None:
        for key in QUERY:
            await pilot.press("space" if key == " " else key)
            await asyncio.sleep(0.03)
        await _until(lambda: main.search_pane.result and main.search_pane.result.query == QUERY)
        await asyncio.sleep(0.8)

    async def keys(*names: str) -> None:
        for name in names:
            await pilot.press(name)
            await asyncio.sleep(0.03)

    await pilot.press("slash")
    await _report(monitor, f"{when}typing {len(QUERY)} characters", typing)
    await _report(monitor, f"{when}going through the hits", lambda: keys(*["down"] * 10))
    await _report(monitor, f"{when}leaving the search", lambda: keys("escape"))
    await _report(monitor, f"{when}scrolling the list", lambda: keys("1", *["down"] * 10, *["space"] * 10))
    await _report(monitor, f"{when}scrolling the text", lambda: keys("2", *["j"] * 10, *["space"] * 5))
    await _report(monitor, f"{when}going through mentions", lambda: keys(*["n"] * 10))
    await _report(monitor, f"{when}the facts", lambda: keys("3", *["j"] * 10))
    await keys("1")


async def _report(monitor: Monitor, name: str, act: Callable[[], Awaitable[None]]) -> None:
    await asyncio.sleep(0)  # the step that this belongs to has printed the line before
    monitor.forget()
    await act()
    ordered = sorted(step[1] for step in monitor.steps)
    wall, cpu = max(step[0] for step in monitor.steps) * 1e3, ordered[-1] * 1e3
    over = sum(step[1] > FRAME for step in monitor.steps)
    print(f"{name:42} longest {wall:6.1f} ms, {cpu:6.1f} ms of CPU; {over} of {len(monitor.steps)} steps over 16 ms")
    if monitor.collected:
        print(f"    garbage collected {len(monitor.collected)} times, at most {max(monitor.collected) * 1e3:.1f} ms")
    for step in sorted(monitor.long, key=lambda step: -step.cpu)[:2]:
        print(f"    {step.wall * 1e3:.1f} ms, {step.cpu * 1e3:.1f} ms of CPU\n      {step.where}")


async def _until(true: Callable[[], object]) -> None:
    while not true():  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.005)


def main() -> None:
    """Fill a library if none is named, and drive the reader over it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-n", type=int, default=5000)
    parser.add_argument("--library", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.library or Path(folder) / "library.db"
        if not path.exists():
            fill(path, given.n)
        with Library.open(path) as library:
            print(f"{library.totals().sources:,} sources")
            asyncio.run(drive(library))


if __name__ == "__main__":
    main()
