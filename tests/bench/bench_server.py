"""Time a library on a server beside one in a file, and many people at once: ``python tests/bench/bench_server.py``.

``-n 10000`` made-up sources go into both. The 60 queries of ``bench_search`` and 500 others are asked of both in turn;
hits, their order and what is said of them must be equal. Then ``--writers``, ``--reviewers`` and ``--readers`` work on
one library for ``--seconds``, each with connections of its own: nothing may be lost or double, and every verdict must
stand under its author's name. The server is a temporary cluster of the tests' own.
"""

import argparse
import itertools
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench_library import World, fill
from bench_search import Query, queries

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.library import Library
from briefing.library.opening import changes_of, open_library
from briefing.library.postgres.library import verdicts_of
from tests.library.server import Cluster, cluster

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


def search_both(path: Path, address: str, asked: list[Query], rounds: int) -> None:
    """Ask both in turn, and print the times by kind."""
    times: dict[tuple[str, str], list[float]] = {}
    different = 0
    with open_library(path) as file, open_library(address) as server:
        for number in range(rounds):
            for query in asked:
                answers = []
                for name, library in (("file", file), ("server", server)):
                    begun = CLOCK()
                    answers.append(found(library, query))
                    times.setdefault((query.kind, name), []).append((CLOCK() - begun) * 1000)
                if number == 0 and answers[0] != answers[1]:
                    different += 1
                    print(f"different: {query.text}: {answers[0][:4]} {answers[1][:4]}")
    print(f"\n{len(asked)} queries, {different} answered differently; ms: median, 95 %, most\n")
    kinds = sorted({kind for kind, _ in times})
    for kind in [*kinds, "all"]:
        of = {
            n: [t for (k, m), every in times.items() if m == n and kind in {k, "all"} for t in every]
            for n in ("file", "server")
        }
        ratio = statistics.quantiles(of["server"], n=20)[18] / statistics.quantiles(of["file"], n=20)[18]
        print(f"{kind:14} file {quantiles(of['file'])}   server {quantiles(of['server'])}   95 %: {ratio:.1f} times")


class Crowd:
    """People at work on one library, each in a thread with connections of their own."""

    def __init__(self, server: Cluster, address: str, seconds: float) -> None:
        self.server, self.address = server, address
        self.until = CLOCK() + seconds
        self.errors: list[str] = []
        self.times: dict[str, list[float]] = {}
        self.written: list[str] = []
        self.verdicts: Counter[tuple[str, str, str]] = Counter()
        self.said: dict[tuple[str, str], float] = {}
        self.seen: list[float] = []
        self.lock = threading.Lock()

    def address_of(self, name: str, role: str) -> str:
        """The library as one person opens it."""
        self.server.ask(f"CREATE ROLE {name} LOGIN")
        self.server.ask(f"GRANT briefing_{role} TO {name}")
        return self.address.replace("tests@", f"{name}@")

    def repeat(self, kind: str, address: str, task: Callable[[Library, random.Random], None], seed: int) -> None:
        """Do a task again and again."""
        luck = random.Random(seed)
        try:
            with open_library(address) as library:
                while CLOCK() < self.until:
                    begun = CLOCK()
                    task(library, luck)
                    with self.lock:
                        self.times.setdefault(kind, []).append((CLOCK() - begun) * 1000)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            self.errors.append(f"{kind}: {error!r}")

    def watch(self, stop: threading.Event) -> None:
        """See the verdicts of others as an open reader does."""
        with open_library(self.address) as library:
            for told in changes_of(library, stop):
                if told is not None and told.kind == "verdict":
                    verdicts = library.reviews(told.source_id)
                    now = CLOCK()
                    with self.lock:
                        for key in verdicts:
                            if (said := self.said.pop((told.source_id, key), None)) is not None:
                                self.seen.append((now - said) * 1000)


def crowd(server: Cluster, address: str, world: World, chosen: argparse.Namespace) -> None:
    """Ten writers, ten reviewers, twenty readers, or as many as were asked for."""
    many = Crowd(server, address, chosen.seconds)
    with open_library(address) as library:
        before = library.totals().sources
        ids = [row.id for row in library.sources(limit=400) if row.counts]
        keys = {key: library.extraction(key).counts[0].key for key in ids}
    new = itertools.islice(world.items(10**6), chosen.n, None)
    asked = queries(world)

    def write(library: Library, _luck: random.Random) -> None:
        with many.lock:
            part = list(itertools.islice(new, 5))
        library.add_all(part)
        with many.lock:
            many.written += [item.source.id for item in part]

    def review_as(name: str) -> Callable[[Library, random.Random], None]:
        def review(library: Library, luck: random.Random) -> None:
            key = luck.choice(ids)
            state = luck.choice(("accepted", "rejected"))
            with many.lock:
                many.said[key, keys[key]] = CLOCK()
            library.review(key, "count", keys[key], state)  # type: ignore[arg-type]
            with many.lock:
                many.verdicts[name, key, state] += 1

        return review

    def read(library: Library, luck: random.Random) -> None:
        query = luck.choice(asked)
        library.search(query.text, typing=query.typing)
        library.sources(limit=50)

    people: list[tuple[str, str, Callable[[Library, random.Random], None]]] = []
    people += [("write", many.address_of(f"writer{n}", "owner"), write) for n in range(chosen.writers)]
    people += [
        ("review", many.address_of(f"reviewer{n}", "reviewer"), review_as(f"reviewer{n}"))
        for n in range(chosen.reviewers)
    ]
    people += [("read", many.address_of(f"reader{n}", "reader"), read) for n in range(chosen.readers)]
    stop = threading.Event()
    watcher = threading.Thread(target=many.watch, args=(stop,))
    watcher.start()
    many.until = CLOCK() + chosen.seconds
    threads = [threading.Thread(target=many.repeat, args=(*each, n)) for n, each in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(1)
    stop.set()
    watcher.join()
    print(
        f"\n{chosen.writers} writers, {chosen.reviewers} reviewers, {chosen.readers} readers,"
        f" {chosen.seconds:.0f} s; ms"
    )
    for kind, times in sorted(many.times.items()):
        print(f"{kind:10} {len(times):6} times {quantiles(times)}")
    if len(many.seen) > 1:
        print(f"{'seen':10} {len(many.seen):6} verdicts {quantiles(many.seen)}   by an open reader")
    check_crowd(many, address, before)


def check_crowd(many: Crowd, address: str, before: int) -> None:
    """Nothing is lost or double, and every verdict is its author's."""
    from briefing.library.checking import problems

    with open_library(address) as library:
        wrong = list(problems(library))
        total = library.totals().sources
        authors = Counter(
            (author, key) for key in {key for _, key, _ in many.verdicts} for author, _ in verdicts_of(library, key)
        )
    expected = {(name, key) for name, key, _ in many.verdicts}
    print(f"{len(many.written):,} sources written, {total - before:,} there, {len(set(many.written)):,} different")
    print(
        f"{sum(many.verdicts.values()):,} verdicts given; {len(authors):,} hold of {len(expected):,} authors and facts"
    )
    print(f"problems: {wrong or 'none'}; errors: {many.errors or 'none'}")


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=10_000, help="sources")
    options.add_argument("--rounds", type=int, default=2, help="times that each of the 60 queries is asked, 2 or more")
    options.add_argument("--more", type=int, default=440, help="queries beside the 60")
    options.add_argument("--seconds", type=float, default=30)
    for who, n in (("writers", 10), ("reviewers", 10), ("readers", 20)):
        options.add_argument(f"--{who}", type=int, default=n)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, cluster() as server:
        path, address = Path(folder) / "library.db", server.new_library()
        world = fill(path, chosen.n)
        fill_server(address, World(), chosen.n)
        server.ask("VACUUM ANALYZE", address.partition("@/")[2].partition("?")[0])
        asked = queries(world)
        search_both(path, address, asked, max(2, chosen.rounds))
        search_both(path, address, more_queries(world, chosen.more), 1)
        if chosen.seconds:
            crowd(server, address, World(), chosen)


if __name__ == "__main__":
    main()
