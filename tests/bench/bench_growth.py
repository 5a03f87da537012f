"""How the cost of each thing grows with a library: ``python tests/bench/bench_growth.py FILE FILE …``.

Libraries of made-up sources (``bench_library.py``) of several sizes, smallest first. For each: milliseconds of
processor time in a process of its own (the median, of searches and facets the 95th percentile too), private memory
after it, bytes of disk a source; and the exponent, the slope of the logarithm of cost over that of size. Adds 100
sources and a verdict to each library.
"""

import argparse
import itertools
import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench_library import World, private_memory
from bench_search import open_one, queries, renamed

from briefing.export.event_pool import event_pool
from briefing.library import Library


def spent(call: Callable[[], object], times: int = 7) -> float:
    """Milliseconds of this thread's processor time, the median."""
    took = []
    for _ in range(times):
        begun = time.thread_time()
        call()
        took.append((time.thread_time() - begun) * 1000)
    return statistics.median(took)


def opened(path: Path) -> None:
    """Open it and show the first page."""
    with Library.open(path) as library:
        library.sources(limit=200)
        library.totals()


def measured(path: Path) -> dict[str, float]:
    """All of one library."""
    world, costs = World(), {}
    asked, opened_at = queries(world), path.stat().st_size
    costs["open, newest 200"] = spent(lambda: opened(path))
    with Library.open(path) as library:
        rows = library.sources(limit=200)
        source = library.source(rows[3].id)
        costs["sources"] = library.totals().sources
        costs["disk a source"] = opened_at / costs["sources"]
        costs["newest 200"] = spent(lambda: library.sources(limit=200))
        costs["one source"] = spent(lambda: open_one(library, rows[7].id))
        each = [spent(lambda q=q: library.search(q.text, typing=q.typing), 4) for q in asked]  # type: ignore[misc]
        costs["search p50"], costs["search p95"] = statistics.median(each), statistics.quantiles(each, n=20)[18]
        each = [spent(lambda q=q: library.facets(q.text, typing=q.typing), 2) for q in asked]  # type: ignore[misc]
        costs["facets p50"], costs["facets p95"] = statistics.median(each), statistics.quantiles(each, n=20)[18]
        costs["entity card"] = spent(lambda: library.entity(world.names["NATION"][0], "NATION", occurrences=50))
        costs["sources of an event"] = spent(lambda: event_pool(library, source), 3)
        counted = next(row.id for row in rows if row.counts)
        key = library.extraction(counted).counts[0].key
        costs["one verdict"] = spent(lambda: library.review(counted, "count", key, "accepted"))
        costs["memory, MiB"] = private_memory()
        made = World(seed=99).items(100)
        new = [one._replace(source=renamed(one.source, int(costs["sources"]) + n)) for n, one in enumerate(made)]
        parts = [list(part) for part in itertools.zip_longest(*[iter(new)] * 50)]
        begun = time.thread_time()
        for part in parts:
            library.add_all(part)
        costs["adding one"] = (time.thread_time() - begun) * 1000 / len(new)
    return costs


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of the least squares line through the logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(max(cost, 1e-6)) for cost in costs]
    return statistics.linear_regression(x, y).slope


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("files", nargs="+", type=Path)
    chosen = options.parse_args()
    if chosen.one:
        print(json.dumps(measured(chosen.files[0])))
        return
    found: list[dict[str, float]] = []
    for path in chosen.files:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(path)], capture_output=True, text=True, check=True
        )
        found.append(json.loads(done.stdout))
    sizes = [one["sources"] for one in found]
    print(f"{'sources':24}" + "".join(f"{size:12,.0f}" for size in sizes) + f"{'exponent':>12}")
    for name in found[0]:
        if name != "sources":
            row = [one[name] for one in found]
            print(f"{name:24}" + "".join(f"{cost:12.2f}" for cost in row) + f"{exponent(sizes, row):12.2f}")


if __name__ == "__main__":
    main()
