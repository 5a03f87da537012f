"""Time searches, lists and opening over a large library: ``python tests/bench/bench_search.py [-n 20000] [FILE]``.

The library is filled by ``bench_library`` unless FILE holds one. 60 queries of the kinds that analysts type, each asked
several times: the first page of 20 with snippets, as the reader asks for while it is typed. Prints a table.
``--fill``, ``--cold`` and ``--memory`` print tables of their own, on a copy and in processes of their own.
"""

import argparse
import ctypes
import hashlib
import itertools
import mmap
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

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


def while_filling(path: Path, asked: list[Query], rounds: int, rate: int) -> None:
    """Searches while another process adds so many sources a second, or as many as it can, to a copy of the library."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(shutil.copy(path, folder))
        with Library.open(copy) as library:
            searches_of = [lambda q=q: library.search(q.text, typing=q.typing) for q in asked]
            for search in searches_of:
                search()
            quiet = [timed(search) for _ in range(rounds) for search in searches_of]
            writer = subprocess.Popen(
                [sys.executable, __file__, "--add", str(rate), str(copy)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            assert writer.stdout
            writer.stdout.readline()  # it is ready
            have, begun = library.totals().sources, time.perf_counter()
            busy = [timed(search) for _ in range(rounds) for search in searches_of]
            added, lasted = library.totals().sources - have, time.perf_counter() - begun
            writer.communicate()
            print(f"{'quiet':28} {spread(quiet)}")
            print(f"{f'while {added / lasted:.0f}/s are added':28} {spread(busy)}   {added:,} in {lasted:.1f} s")
            print(f"{'p95, times the quiet one':28} {p95(busy) / p95(quiet):17.2f}")


def add(path: Path, rate: int) -> None:
    """Add sources until standard input ends, in batches of 50; ``rate`` a second, or as fast as it goes where it is 0.

    They are made before, so that what is timed is a writer and not this.
    """
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    made = (item._replace(source=renamed(item.source, n)) for n, item in enumerate(World().items(12_000)))
    batches = list(iter(lambda: list(itertools.islice(made, 50)), []))
    with Library.open(path) as library:
        print("ready", flush=True)
        due = time.perf_counter()
        for batch in batches:
            if ended.wait(max(0.0, due - time.perf_counter())):
                return
            library.add_all(batch)
            due = max(due + 50 / rate, time.perf_counter()) if rate else 0.0


def p95(times: list[float]) -> float:
    """The time that 95 of 100 do not exceed."""
    return statistics.quantiles(times, n=100, method="inclusive")[94]


def renamed(source: Source, n: int) -> Source:
    """The source under another id."""
    return source.model_copy(update={"id": hashlib.sha256(f"again {n}".encode()).hexdigest()})


# Cold pages


def cold(path: Path, asked: list[Query]) -> None:
    """The first search, the first list and the first source after opening, each in a new process with cold pages."""
    calls = ["list", "open", *(f"search {n}" for n in range(0, len(asked), 5))]
    times: dict[str, list[float]] = {}
    left = 0.0
    for call in [*calls, "list", "open", "list", "open"]:
        left = max(left, dropped(path))
        done = subprocess.run(
            [sys.executable, __file__, "--first", call, str(path)], capture_output=True, text=True, check=True
        )
        times.setdefault(call.partition(" ")[0], []).append(float(done.stdout))
    for name, shown in (("search", "first search"), ("list", "newest 200"), ("open", "open one source")):
        print(f"{f'{shown}, cold':28} {spread(times[name])}   ({len(times[name])} processes)")
    print(f"{100 * left:.0f} % of the file, at most, were still in memory after they were dropped")


def dropped(path: Path) -> float:
    """Ask the system to forget the file's pages; the share that it kept."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as mapped:
            pages = (len(mapped) + mmap.PAGESIZE - 1) // mmap.PAGESIZE
            held = (ctypes.c_ubyte * pages)()
            start = ctypes.c_char.from_buffer(mapped)
            ctypes.CDLL(None, use_errno=True).mincore(
                ctypes.c_void_p(ctypes.addressof(start)), ctypes.c_size_t(len(mapped)), held
            )
            del start
    return sum(page & 1 for page in held) / pages


def first(path: Path, call: str) -> None:
    """Print the milliseconds of one call, opening the library included; modules are loaded before, as in the reader."""
    name, _, number = call.partition(" ")
    query = queries(World())[int(number)] if number else None
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "other.db") as other:
        other.search("a")
        other.sources()
    key = ""
    if name == "open":
        with Library.open(path) as library:
            key = random.Random().choice(library.sources(limit=200, offset=5000)).id
        dropped(path)

    def ask() -> None:
        with Library.open(path) as library:
            if query is not None:
                library.search(query.text, typing=query.typing)
            elif name == "open":
                open_one(library, key)
            else:
                library.sources(limit=200)
                library.totals()

    print(timed(ask))


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


def beside(library: Library, asked: list[Query], world: World, rounds: int) -> None:
    """What is asked beside a search: facets of the hits that are shown, and suggestions at every letter of a query."""
    facets = []
    for query in asked * (rounds + 1):
        library.search(query.text, typing=query.typing)
        facets.append(timed(lambda q=query: library.facets(q.text, typing=q.typing)))
    print(f"{'facets of the 60 results':28} {spread(facets[len(asked) :])}")
    person = world.names["PERSON"][0]
    typed = [f"{begun}{value[:n]}" for begun, value in _TYPED for n in range(len(value) + 1)]
    typed += [f"missile {person[:n]}" for n in range(1, len(person))]
    suggested = [timed(lambda q=q: library.suggest(q, len(q))) for _ in range(rounds) for q in typed]
    print(f"{'suggestions at every letter':28} {spread(suggested)}")


def saved(library: Library, asked: list[Query], rounds: int) -> None:
    """Ten saved searches of all kinds, with so many sources that came since; they are removed in the end."""
    kept = {f"bench {n}": query.text for n, query in enumerate(asked[::6])}
    try:
        for name, query in kept.items():
            library.searches.save(name, query)
        for new in (0, 100, 5000):
            with library.store.write() as db:
                db.execute("UPDATE saved_search SET seen = seen - ? WHERE name LIKE 'bench %'", (new,))
            times = [timed(library.searches.saved) for _ in range(3 * rounds)]
            print(f"{f'10 saved searches, {new:,} new':28} {spread(times)}")
    finally:
        for name in kept:
            library.searches.remove(name)


_TYPED: Final = (
    ("", "missile"),
    ("org:", "kl"),
    ("person:", "ka"),
    ("nation:", "b"),
    ("date:", "2024-0"),
    ("is:", "re"),
)


def memory(path: Path, asked: list[Query], n: int) -> None:
    """Memory of its own of a process that has searched so many times, and looked at what it found."""
    with Library.open(path) as library:
        for number in range(n):
            query = asked[number % len(asked)]
            hits = library.search(query.text, typing=query.typing).hits
            if number % 50 == 0:
                library.facets(query.text)
                if hits:
                    open_one(library, hits[0].source.id)
        print(f"{private_memory():.0f} MiB of its own after {n:,} searches of {library.totals().sources:,} sources")


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
    options.add_argument("--fill", type=int, metavar="N", help="search while N sources a second are added; 0: flat out")
    options.add_argument("--cold", action="store_true", help="first calls after opening, with cold pages")
    options.add_argument("--memory", type=int, metavar="N", help="memory after N searches")
    options.add_argument("--cpu", action="store_true", help="time of this thread's processor, for a busy machine")
    options.add_argument("--add", type=int, help=argparse.SUPPRESS)
    options.add_argument("--first", help=argparse.SUPPRESS)
    options.add_argument("file", nargs="?", type=Path, help="the library; kept when it is named")
    chosen = options.parse_args()
    if chosen.cpu:
        global CLOCK
        CLOCK = time.thread_time
    if chosen.add is not None:
        add(chosen.file, chosen.add)
    elif chosen.first is not None:
        first(chosen.file, chosen.first)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = chosen.file or Path(folder) / "library.db"
            report(path, fill(path, chosen.n), chosen)


def report(path: Path, world: World, chosen: argparse.Namespace) -> None:
    """Print the table that was asked for."""
    asked = queries(world)
    if chosen.fill is not None:
        while_filling(path, asked, chosen.rounds, chosen.fill)
    elif chosen.memory:
        memory(path, asked, chosen.memory)
    elif chosen.cold:
        cold(path, asked)
    else:
        before = private_memory()
        with Library.open(path) as library:
            print(f"{library.totals().sources:,} sources")
            searches(library, asked, chosen.rounds)
            beside(library, asked, world, chosen.rounds)
            others(library, world, 4 * chosen.rounds)
            saved(library, asked, chosen.rounds)
            print(f"{private_memory() - before:.0f} MiB of memory for it")


if __name__ == "__main__":
    main()
