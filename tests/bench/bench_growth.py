"""How the cost of each thing grows with a library: ``python tests/bench/bench_growth.py FILE FILE …``.

Libraries of made-up sources (``bench_library.py``) of several sizes, smallest first, in files or, by their addresses,
on a server. For each: milliseconds of processor time in a process of its own, with those of the server's processes for
it (the median, of searches and facets the 95th percentile too), private memory after it, bytes of disk a source; and
the exponent, the slope of the logarithm of cost over that of size. Adds 100 sources and a verdict to each library.

``--server N N …`` makes them on a temporary server: of so many sources each, and the last ten times over (see
``multiply_server.py``). With ``--beside``, the 60 queries are asked in turn of that and of a file made in the same way.
"""

import argparse
import itertools
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench_library import World, fill, private_memory
from bench_search import open_one, queries, renamed
from bench_server import fill_server, search_both
from multiply_library import copied
from multiply_server import multiply_on_server

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.export.event_pool import event_pool
from briefing.library import Library
from briefing.library.address import on_server
from briefing.library.opening import open_library
from tests.library.server import cluster


class Clock:
    """Milliseconds of the processor that calls on a library take: in this thread, and in the server's processes."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def now(self) -> float:
        """Since some moment."""
        store = self.library.store
        sessions = [*getattr(store, "_idle", ()), getattr(store, "_writer", None)]
        pids = [one.connection.info.backend_pid for one in sessions if hasattr(one, "connection")]
        there = sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids)
        return time.thread_time() * 1000 + there / 1e6

    def spent(self, call: Callable[[], object], times: int = 7) -> float:
        """The median of several calls."""
        took = []
        for _ in range(times):
            begun = self.now()
            call()
            took.append(self.now() - begun)
        return statistics.median(took)


def opened(path: str) -> float:
    """Open it and show the first page; what that took."""
    begun = time.thread_time() * 1000
    with open_library(path) as library:
        library.sources(limit=200)
        library.totals()
        return Clock(library).now() - begun


def size_of(path: str, library: Library) -> float:
    """Bytes on disk."""
    if not on_server(path):
        return Path(path).stat().st_size
    with library.store.read() as db:
        return float(db.execute("SELECT pg_database_size(current_database())").fetchone()[0])


def measured(path: str) -> dict[str, float]:
    """All of one library."""
    world, costs = World(), {}
    asked = queries(world)
    costs["open, newest 200"] = statistics.median(opened(path) for _ in range(7))
    with open_library(path) as library:
        spent = Clock(library).spent
        rows = library.sources(limit=200)
        source = library.source(rows[3].id)
        costs["sources"] = library.totals().sources
        costs["disk a source"] = size_of(path, library) / costs["sources"]
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
        library.review(counted, "count", key, "rejected")  # a server's connection for writing is there from now on
        costs["one verdict"] = spent(lambda: library.review(counted, "count", key, "accepted"))
        costs["memory, MiB"] = private_memory()
        made = World(seed=99).items(100)
        new = [one._replace(source=renamed(one.source, int(costs["sources"]) + n)) for n, one in enumerate(made)]
        parts = [list(part) for part in itertools.zip_longest(*[iter(new)] * 50)]
        costs["adding one"] = spent(lambda: [library.add_all(part) for part in parts], 1) / len(new)
    return costs


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of the least squares line through the logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(max(cost, 1e-6)) for cost in costs]
    return statistics.linear_regression(x, y).slope


def table(paths: Sequence[str]) -> None:
    """Measure each in a process of its own, and print."""
    found: list[dict[str, float]] = []
    for path in paths:
        done = subprocess.run([sys.executable, __file__, "--one", path], capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
    sizes = [one["sources"] for one in found]
    print(f"{'sources':24}" + "".join(f"{size:12,.0f}" for size in sizes) + f"{'exponent':>12}")
    for name in found[0]:
        if name != "sources":
            row = [one[name] for one in found]
            print(f"{name:24}" + "".join(f"{cost:12.2f}" for cost in row) + f"{exponent(sizes, row):12.2f}")


def on_a_server(sizes: Sequence[int], beside: bool) -> None:
    """Make libraries on a server and measure them; ``beside`` one in a file, the largest.

    Args:
        sizes: Sources of each; the last of these ten times over as well.
        beside: Whether the queries are asked of a file, too.
    """
    with cluster() as server, tempfile.TemporaryDirectory() as folder:
        addresses = []
        for n in (*sizes, sizes[-1]):
            addresses.append(server.new_library())
            fill_server(addresses[-1], World(), n)
        multiply_on_server(addresses[-1], 10)
        for address in addresses[:-1]:
            server.ask("VACUUM ANALYZE", address.partition("@/")[2].partition("?")[0])
        if beside:
            small = Path(folder) / "small.db"
            world = fill(small, sizes[-1])
            search_both(copied(small, Path(folder) / "large.db", 10), addresses[-1], queries(world), 3, cpu=True)
        table(addresses)


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--server", action="store_true", help="the arguments are numbers of sources on a server")
    options.add_argument("--beside", action="store_true", help="ask the queries of a file and of the server in turn")
    options.add_argument("files", nargs="+", help="files or addresses; numbers with --server")
    chosen = options.parse_args()
    if chosen.one:
        print(json.dumps(measured(chosen.files[0])))
    elif chosen.server:
        on_a_server([int(n) for n in chosen.files], chosen.beside)
    else:
        table(chosen.files)


if __name__ == "__main__":
    main()
