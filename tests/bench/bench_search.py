"""Time searches, lists and opening over a large library: ``python tests/bench/bench_search.py [-n 20000] [FILE]``.

The library is filled by ``bench_library`` unless FILE holds one. 60 queries of the kinds that analysts type, each asked
several times: the first page of 20 with snippets, as the reader asks for while it is typed. Prints a table.
"""

import argparse
import hashlib
import itertools
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench_library import World, fill, private_memory

from briefing.library import Library
from briefing.model.source import Source

CLOCK = time.perf_counter


class Query(NamedTuple):
    """What is typed, its kind, and whether its last word is unfinished."""

    kind: str
    text: str
    typing: bool = False


def queries(world: World) -> list[Query]:
    """60 queries: the frequent, the rare, both together, phrases, dates, names, and words as they grow."""
    pick = random.Random(3)
    common, middle, rare = world.words[:60], world.words[150:1500], world.words[8000:30000]
    made: list[Query] = []
    for _ in range(5):
        made.append(Query("common", pick.choice(common)))
        made.append(Query("middle", pick.choice(middle)))
        made.append(Query("rare", pick.choice(rare)))
        made.append(Query("and", f"{pick.choice(common)} {pick.choice(middle)} {pick.choice(common)}"))
        made.append(Query("or", f"{pick.choice(common)} OR {pick.choice(rare)}"))
        made.append(Query("not", f"{pick.choice(middle)} -{pick.choice(common)}"))
        made.append(Query("phrase", f'"{world.phrases[pick.choice((0, 5, 60, 400, 1200))]}"'))
        month = pick.randint(1, 11)
        dates = f"date:[2024-{month:02} TO 2024-{month + 1:02}]"
        made.append(Query("phrase+dates", f'"{pick.choice(world.phrases[:40])}" {dates}'))
        made.append(Query("common+dates", f"{pick.choice(common)} {dates}"))
        made.append(Query("name", f'person:"{world.name("PERSON")}"'))
    word = pick.choice([w for w in middle if len(w) > 6])
    made += [Query("prefix", word[:n], typing=True) for n in range(1, 6)]
    made += [Query("prefix", f"{common[3]} {word[:n]}", typing=True) for n in (2, 4)]
    made.append(Query("phrase", f'"{common[0]} {common[9]}"'))
    made.append(Query("designation", world.names["AIRCRAFT"][3]))
    made.append(Query("field", f"nation:{world.names['NATION'][0]} {pick.choice(middle)}"))
    return made


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    begun = CLOCK()
    call()
    return (CLOCK() - begun) * 1000


def spread(times: list[float]) -> str:
    """Median and tails."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return f"{cuts[49]:8.2f} {cuts[94]:8.2f} {cuts[98]:8.2f} {max(times):8.2f}"


def searches(library: Library, asked: list[Query], rounds: int) -> None:
    """The table of searches."""
    first = [timed(lambda q=q: library.search(q.text, typing=q.typing)) for q in asked]
    print(f"{'milliseconds':28}      p50      p95      p99      max")
    print(f"{'first time each':28} {spread(first)}")
    by_kind: dict[str, list[float]] = {}
    for _ in range(rounds):
        for query in asked:
            took = timed(lambda q=query: library.search(q.text, typing=q.typing))
            by_kind.setdefault(query.kind, []).append(took)
    print(f"{'60 queries':28} {spread([t for times in by_kind.values() for t in times])}")
    for kind, times in by_kind.items():
        print(f"  {kind:26} {spread(times)}")
    ranked = [timed(lambda q=q: library.search(q.text, typing=q.typing, order="ranked")) for q in asked]
    print(f"{'fully ranked':28} {spread(ranked)}")
    slowest = asked[max(range(len(asked)), key=ranked.__getitem__)].text
    print(f"{'stopped after 20 ms':28} {spread([cancelled(library, slowest) for _ in range(10)])}   {slowest}")


def while_filling(path: Path, world: World, asked: list[Query], rounds: int, rate: int) -> None:
    """Searches while another thread adds so many sources a second, to a copy of the library."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        with Library.open(copy) as library:
            searches_of = [lambda q=q: library.search(q.text, typing=q.typing) for q in asked]
            for search in searches_of:
                search()
            quiet = [timed(search) for _ in range(rounds) for search in searches_of]
            done = threading.Event()
            have = library.totals().sources
            made = [item._replace(source=renamed(item.source, n)) for n, item in enumerate(world.items(4000))]
            items = iter(made)

            def add() -> None:
                while not done.wait(50 / rate):
                    library.add_all(list(itertools.islice(items, 50)))

            thread = threading.Thread(target=add)
            thread.start()
            busy = [timed(search) for _ in range(rounds) for search in searches_of]
            done.set()
            thread.join()
            print(f"{'quiet':28} {spread(quiet)}")
            print(f"{f'{rate} sources added a second':28} {spread(busy)}   {library.totals().sources - have:,} added")


def renamed(source: Source, n: int) -> Source:
    """The source under another id."""
    return source.model_copy(update={"id": hashlib.sha256(f"again {n}".encode()).hexdigest()})


def cancelled(library: Library, query: str) -> float:
    """Milliseconds from the call to stop a search to its end."""
    ended: list[float] = []

    def run() -> None:
        library.search(query, order="ranked")
        ended.append(time.perf_counter())

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.02)
    asked = time.perf_counter()
    library.interrupt()
    thread.join()
    return max(0.0, (ended[0] - asked) * 1000)


def others(library: Library, world: World, rounds: int) -> None:
    """Lists, single sources, cards."""
    rows = library.sources(limit=200)
    pick = random.Random(5)
    calls: dict[str, Callable[[], object]] = {
        "newest 200": lambda: library.sources(limit=200),
        "200 by title": lambda: library.sources("title", limit=200),
        "filter by publisher": lambda: library.sources(text=str(rows[0].publisher), limit=200),
        "open one source": lambda: open_one(library, pick.choice(rows).id),
        "totals": library.totals,
        "entities, as typed": lambda: library.entities(world.name("PERSON")[:3], 20),
        "card, frequent nation": lambda: library.entity(world.names["NATION"][0], "NATION", occurrences=50),
        "card, person": lambda: library.entity(world.name("PERSON"), "PERSON", occurrences=50),
        "misspelt word": lambda: library.search(pick.choice(world.words[200:2000]) + "x~1"),
    }
    for name, call in calls.items():
        print(f"{name:28} {spread([timed(call) for _ in range(max(rounds, 5))])}")


def open_one(library: Library, source_id: str) -> None:
    """What the reader asks for when a source is opened."""
    library.source(source_id)
    library.extraction(source_id)
    library.reviews(source_id)


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=20_000, help="sources")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--fill", type=int, metavar="N", help="search while N sources a second are added, to a copy")
    options.add_argument("--cpu", action="store_true", help="time of this thread's processor, for a busy machine")
    options.add_argument("file", nargs="?", type=Path, help="the library; kept when it is named")
    chosen = options.parse_args()
    if chosen.cpu:
        global CLOCK
        CLOCK = time.thread_time
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.file or Path(folder) / "library.db"
        world = fill(path, chosen.n)
        before = private_memory()
        with Library.open(path) as library:
            print(f"{library.totals().sources:,} sources")
            if chosen.fill:
                while_filling(path, world, queries(world), chosen.rounds, chosen.fill)
                return
            searches(library, queries(world), chosen.rounds)
            others(library, world, 4 * chosen.rounds)
            print(f"{private_memory() - before:.0f} MiB of memory for it")


if __name__ == "__main__":
    main()
