"""What moving through the lists costs: ``python tests/bench/bench_lists.py [--library FILE] [-n 20000]``.

A headless reader over a library of made-up sources (see ``bench_library.py``), 132 by 36 cells. For every step the
processor time of the whole process is taken, from the key until nothing is left to do: the thread that fetches rows,
and, where the cursor rests, the preview of the source are in it; typing on without a rest would show fewer previews.
What a key that does nothing takes is the part of the test harness in every figure.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench_library import fill
from textual.pilot import Pilot

from briefing.library import Library
from briefing.model.selection import EVERYTHING, SourceFilter
from briefing.model.settings import Settings
from briefing.tui.app import BriefingApp
from briefing.tui.main_screen import text_pane

THEMES = Path(__file__).parents[2] / "themes"


async def rest(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs and no message waits."""
    while True:
        await pilot.pause()
        ours = [worker for worker in pilot.app.workers if worker.group not in {"default", "_loader"}]
        if not ours:
            return
        await pilot.app.workers.wait_for_complete(ours)


async def steps(pilot: Pilot[Any], keys: Sequence[str]) -> list[float]:
    """Milliseconds of processor time for each key."""
    spent: list[float] = []
    for key in keys:
        begun = time.process_time()
        await pilot.press(key)
        await rest(pilot)
        spent.append((time.process_time() - begun) * 1000)
    return spent


def say(name: str, spent: Sequence[float]) -> None:
    """p50 and p95."""
    ordered = sorted(spent)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(f"{name:44}{statistics.median(ordered):9.1f}{p95:9.1f}{len(ordered):7}", flush=True)


def queries(library: Library) -> None:
    """The library's own part, as wall time of single calls."""

    def of(call: Callable[[], object], times: int = 15) -> list[float]:
        call()
        spent = []
        for _ in range(times):
            begun = time.perf_counter()
            call()
            spent.append((time.perf_counter() - begun) * 1000)
        return spent

    count = library.totals().sources
    for order in ("newest", "title", "publisher", "added"):
        say(f"first page, {order}", of(lambda order=order: library.sources(order, limit=100)))  # type: ignore[misc]
        say(
            f"last page, {order}",
            of(lambda order=order: library.sources(order, limit=100, offset=count - 100)),  # type: ignore[misc]
        )
    say("first page, unread", of(lambda: library.sources(limit=100, where=SourceFilter(state="unread"))))
    say("how many are unread", of(lambda: library.count(SourceFilter(state="unread"))))
    for by in ("publisher", "day", "folder", "tag"):
        say(f"heads by {by}", of(lambda by=by: library.groups(by, EVERYTHING)))  # type: ignore[misc]
        groups = library.groups(by)  # type: ignore[arg-type]
        largest = max(groups, key=lambda group: group.n)
        say(f"  first page of the largest ({largest.n:,})", of(lambda g=largest: library.sources(group=g, limit=100)))  # type: ignore[misc]


async def drive(library: Library, preview: bool) -> None:
    """Move through the list as a reader does."""
    text_pane.PREVIEW_DELAY = 0.001 if preview else 3600.0  # type: ignore[misc]
    app = BriefingApp(library, settings=Settings(), themes=[THEMES])
    async with app.run_test(size=(132, 36)) as pilot:
        while not app.begun:
            await rest(pilot)
        main = app.main
        while not main.source_list.count or main.state.source is None:
            await rest(pilot)
        await pilot.press("escape")
        note = ", with preview" if preview else ""
        say("a key that does nothing", await steps(pilot, ["f12"] * 50))
        say(f"one row down{note}", await steps(pilot, ["j"] * 200))
        if preview:
            return
        say("one page down", await steps(pilot, ["space"] * 200))
        say("to the end, to the beginning", await steps(pilot, ["G", "g"] * 10))
        for by in ("folder", "day"):
            main.state.grouping = by  # type: ignore[assignment]
            begun = time.process_time()
            main.state.relist()
            await rest(pilot)
            say(f"grouped by {by}", [(time.process_time() - begun) * 1000])
            say("  one row down", await steps(pilot, ["j"] * 200))
            say("  one page down", await steps(pilot, ["space"] * 100))
            say("  to the next head", await steps(pilot, ["}"] * 50))
            say("  fold, open", await steps(pilot, ["h", "l"] * 20))
            say("  fold all, open all", await steps(pilot, ["-", "-"] * 5))
            say("  to the end, to the beginning", await steps(pilot, ["G", "g"] * 10))


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--library", type=Path, help="a library that bench_library.py made; else one is made")
    options.add_argument("-n", type=int, default=20_000, help="sources of the library that is made")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.library or Path(folder) / "library.db"
        if chosen.library is None:
            fill(path, chosen.n)
        with Library.open(path) as library:
            print(f"{library.totals().sources:,} sources\n{'wall time of a call, ms':44}{'p50':>9}{'p95':>9}{'n':>7}")
            queries(library)
            print(f"{'processor time of a step, ms':44}{'p50':>9}{'p95':>9}{'n':>7}")
            for preview in (False, True):
                asyncio.run(drive(library, preview))


if __name__ == "__main__":
    main()
