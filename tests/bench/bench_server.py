"""Time a library on a server beside one in a file: ``python tests/bench/bench_server.py``.

``-n 10000`` made-up sources go into both. The 60 queries of ``bench_search`` and 440 others are asked of both in turn;
hits, their order and what is said of them must be equal. The server is a temporary cluster of the tests' own.
"""

import argparse
import itertools
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench_library import World, fill
from bench_search import Query, queries

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.library import Library
from briefing.library.opening import open_library
from tests.library.server import cluster

CLOCK = time.perf_counter


def quantiles(times: list[float]) -> str:
    """Median, 95th percentile and maximum, in milliseconds."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return f"{cuts[49]:8.2f} {cuts[94]:8.2f} {max(times):8.2f}"


def fill_server(address: str, world: World, n: int) -> None:
    """The same sources that are in the file."""
    spent = 0.0
    with open_library(address) as library:
        items = world.items(n)
        while part := list(itertools.islice(items, 50)):
            begun = CLOCK()
            library.add_all(part)
            spent += CLOCK() - begun
        with library.store.write() as db:
            size = db.execute("SELECT pg_database_size(current_database())").fetchone()[0]
    print(f"server: {n / spent:,.0f} sources/s written, {size / 2**20:,.0f} MiB")


def more_queries(world: World, n: int) -> list[Query]:
    """Others, of every kind that the language has."""
    pick = random.Random(11)
    common, middle = world.words[:200], world.words[150:3000]

    def one() -> str:
        word, other, third = pick.choice(common), pick.choice(middle), pick.choice(common)
        return pick.choice(
            (
                other, f"{word} {other}", f"{word} OR {other}", f"{other} -{word}", f'"{pick.choice(world.phrases)}"',
                f'"{word} {other}"~{pick.randint(1, 12)}', f'"{word} {third} {other}"~{pick.randint(2, 12)}',
                f"{other[:4]}*", f"{other}~1", f"title:{word}", f"title:{word} {other}", f"quote:{other}",
                f'person:"{world.name("PERSON")}"', f"nation:{world.name('NATION')} {word}",
                f"({word} OR {other}) -{third}", f"({word} {other}) OR ({third} -{other})",
                f"{other} date:2024-0{pick.randint(1, 9)}",
                f'publisher:"{world.names["ORG"][pick.randrange(40)]}" {other}',
            )
        )  # fmt: skip

    return [Query("other", one()) for _ in range(n)]


def found(library: Library, query: Query) -> Any:
    """What a library answers."""
    result = library.search(query.text, typing=query.typing)
    hits = [(hit.source.id, hit.snippet, hit.marks) for hit in result.hits]
    return result.total, result.exact, result.order, result.note, hits


def spent(library: Library, cpu: bool) -> float:
    """Seconds; with ``cpu`` those of the processor, in this thread and in the server's process that answers it."""
    if not cpu:
        return CLOCK()
    idle = getattr(library.store, "_idle", ())
    pid = idle[-1].connection.info.backend_pid if idle and hasattr(idle[-1], "connection") else None
    there = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9 if pid else 0.0
    return time.thread_time() + there


def search_both(path: Path, address: str, asked: list[Query], rounds: int, *, cpu: bool) -> None:
    """Ask both in turn, and print the times by kind: of each query the least of the rounds."""
    times: dict[str, dict[str, dict[str, float]]] = {}
    different = 0
    with open_library(path) as file, open_library(address) as server:
        for number in range(rounds):
            for query in asked:
                answers = []
                for name, library in (("file", file), ("server", server)):
                    begun = spent(library, cpu)
                    answers.append(found(library, query))
                    took = (spent(library, cpu) - begun) * 1000
                    least = times.setdefault(query.kind, {}).setdefault(name, {})
                    if number or rounds == 1:  # the first round warms both
                        least[query.text] = min(took, least.get(query.text, took))
                if number == 0 and answers[0] != answers[1]:
                    different += 1
                    print(f"different: {query.text}: {answers[0][:4]} {answers[1][:4]}")
    print(f"\n{len(asked)} queries, {different} answered differently; ms: median, 95 %, most\n")
    of_all = {name: {f"{k} {q}": t for k in times for q, t in times[k][name].items()} for name in ("file", "server")}
    for kind, both in [*sorted(times.items()), ("all", of_all)]:
        file_times, server_times = ([*both[name].values()] * 2 for name in ("file", "server"))
        ratio = statistics.quantiles(server_times, n=20)[18] / statistics.quantiles(file_times, n=20)[18]
        shown = f"file {quantiles(file_times)}   server {quantiles(server_times)}"
        print(f"{kind:14} {shown}   95 %: {ratio:.1f} times")


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=10_000, help="sources")
    options.add_argument("--rounds", type=int, default=2, help="times that each of the 60 queries is asked, 2 or more")
    options.add_argument("--more", type=int, default=440, help="queries beside the 60")
    options.add_argument("--cpu", action="store_true", help="time of this thread and of the server's process for it")
    options.add_argument("--library", nargs=2, metavar=("FILE", "ADDRESS"), help="two that are filled alike already")
    chosen = options.parse_args()
    if chosen.library:
        compare(Path(chosen.library[0]), chosen.library[1], World(), chosen)
        return
    with tempfile.TemporaryDirectory() as folder, cluster() as server:
        path, address = Path(folder) / "library.db", server.new_library()
        world = fill(path, chosen.n)
        fill_server(address, World(), chosen.n)
        server.ask("VACUUM ANALYZE", address.partition("@/")[2].partition("?")[0])
        compare(path, address, world, chosen)


def compare(path: Path, address: str, world: World, chosen: argparse.Namespace) -> None:
    """The 60 queries, and the others."""
    search_both(path, address, queries(world), max(2, chosen.rounds), cpu=chosen.cpu)
    if chosen.more:
        search_both(path, address, more_queries(world, chosen.more), 1, cpu=chosen.cpu)


if __name__ == "__main__":
    main()
