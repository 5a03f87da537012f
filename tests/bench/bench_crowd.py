"""Many people at work on one library on a server: ``python tests/bench/bench_crowd.py [-n 2000] [--seconds 120]``.

Ten writers, ten reviewers and twenty readers, each a program of their own with its own login, and one more reader who
sees what changes. A writer adds five sources at a time, a reviewer gives a verdict, a reader searches and lists; each
rests in between for ``--pause`` seconds in the mean (0: not at all, which is a test of the machine and not of people).
Nothing may be lost or double, and every verdict must stand under its author's name. The time of a verdict is from the
call that gives it to the moment at which another reader has it. The server is a temporary cluster of the tests' own.
"""

import argparse
import itertools
import json
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict, deque
from pathlib import Path
from typing import Any

from bench_library import World
from bench_search import queries, renamed
from bench_server import fill_server, quantiles

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.library import Library
from briefing.library.checking import problems
from briefing.library.judging import reviews_of
from briefing.library.opening import changes_of, open_library
from briefing.library.postgres.library import verdicts_of
from tests.library.server import cluster

Told = dict[str, Any]
"""What somebody did: times in milliseconds, ids of sources, verdicts."""


class Person:
    """One program: does its work until the time is over, and prints what it did."""

    def __init__(self, kind: str, address: str, number: int, seconds: float, pause: float) -> None:
        self.kind, self.address, self.number = kind, address, number
        self.seconds, self.pause = seconds, pause
        self.luck = random.Random(number)
        self.told: Told = {"kind": kind, "times": [], "sources": [], "verdicts": [], "seen": []}

    def run(self) -> None:
        """Wait for a line, work, print."""
        with open_library(self.address) as library:
            task = self.prepared(library)
            print("ready", flush=True)
            sys.stdin.readline()
            until = time.monotonic() + self.seconds
            try:
                while time.monotonic() < until:
                    begun = time.monotonic()
                    task(library)
                    self.told["times"].append((time.monotonic() - begun) * 1000)
                    if self.pause:
                        time.sleep(self.luck.expovariate(1 / self.pause))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                self.told["error"] = repr(error)
        print(json.dumps(self.told))

    def prepared(self, library: Library) -> Any:
        """What this person does."""
        if self.kind == "write":
            made = World(seed=100 + self.number).items(400)
            fresh = (one._replace(source=renamed(one.source, n + 10_000 * self.number)) for n, one in enumerate(made))
            self.new = deque(itertools.islice(fresh, 400))
            return self.write
        if self.kind == "review":
            ids = [row.id for row in library.sources(limit=400) if row.counts]
            self.keys = {key: library.extraction(key).counts[0].key for key in ids}
            return self.review
        self.asked = queries(World())
        return self.read

    def write(self, library: Library) -> None:
        """Add five sources."""
        part = [self.new.popleft() for _ in range(min(5, len(self.new)))]
        library.add_all(part)
        self.told["sources"] += [item.source.id for item in part]

    def review(self, library: Library) -> None:
        """Give a verdict."""
        source_id = self.luck.choice(list(self.keys))
        state = self.luck.choice(("accepted", "rejected"))
        begun = time.monotonic()
        library.review(source_id, "count", self.keys[source_id], state)  # type: ignore[arg-type]
        self.told["verdicts"].append((source_id, state, begun))

    def read(self, library: Library) -> None:
        """Search, and look at the list."""
        query = self.luck.choice(self.asked)
        library.search(query.text, typing=query.typing)
        library.sources(limit=50)


def watch(address: str) -> None:
    """See the verdicts of others as an open reader does, until standard input ends; print who gave which, and when."""
    import threading

    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    seen = []
    with open_library(address) as library:
        print("ready", flush=True)
        waiting = []
        for told in changes_of(library, stop):
            if told is not None and told.kind == "verdict":
                waiting.append(told)
            elif told is None and waiting:
                reviews_of(library, [told.source_id for told in waiting])
                at = time.monotonic()
                seen += [(told.who, told.source_id, at) for told in waiting]
                waiting = []
    print(json.dumps({"kind": "watch", "seen": seen}))


def started(*arguments: object) -> subprocess.Popen[str]:
    """One of the programs, ready."""
    command = [sys.executable, __file__, "--as", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ended(program: subprocess.Popen[str]) -> Told:
    """What it says in the end."""
    out, _ = program.communicate()
    told: Told = json.loads(out.strip().rpartition("\n")[2] or '{"kind": "lost", "error": "it said nothing"}')
    return told


def crowd(chosen: argparse.Namespace) -> None:
    """All at once."""
    with cluster() as server:
        address = server.new_library()
        fill_server(address, World(), chosen.n)
        server.ask("VACUUM ANALYZE", address.partition("@/")[2].partition("?")[0])
        people: dict[str, subprocess.Popen[str]] = {}
        for kind, role, many in (
            ("write", "owner", chosen.writers),
            ("review", "reviewer", chosen.reviewers),
            ("read", "reader", chosen.readers),
        ):
            for number in range(many):
                name = f"{kind}{number}"
                server.ask(f"CREATE ROLE {name} LOGIN")
                server.ask(f"GRANT briefing_{role} TO {name}")
                own = address.replace("tests@", f"{name}@")
                people[name] = started(kind, own, number, chosen.seconds, chosen.pause)
        watcher = started("watch", address, 0, 0, 0)
        for one in (*people.values(), watcher):
            assert one.stdout
            one.stdout.readline()
        for one in people.values():
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        told = {name: ended(one) for name, one in people.items()}
        time.sleep(2)
        report(address, chosen, told, ended(watcher)["seen"])


def report(address: str, chosen: argparse.Namespace, told: dict[str, Told], seen: list[Any]) -> None:
    """Times, and whether all is there once."""
    rest = f"{chosen.pause:g} s between two" if chosen.pause else "without a rest"
    who = f"{chosen.writers} writers, {chosen.reviewers} reviewers, {chosen.readers} readers"
    print(f"{who}, {chosen.seconds:.0f} s, {rest}; {chosen.n:,} sources before")
    for kind in ("write", "review", "read"):
        times = [each for one in told.values() if one["kind"] == kind for each in one["times"]]
        if len(times) > 1:
            print(f"{kind:10} {len(times):6} times    {quantiles(times)}   ms: median, 95 %, most")
    given: dict[tuple[str, str], deque[float]] = defaultdict(deque)
    for name, one in told.items():
        for source_id, _, begun in one.get("verdicts", ()):
            given[name, source_id].append(begun)
    waits = [(at - given[who, key].popleft()) * 1000 for who, key, at in seen if given[who, key]]
    if len(waits) > 1:
        print(f"{'seen':10} {len(waits):6} verdicts {quantiles(waits)}   by another reader")
    print(f"{sum(map(len, given.values()))} verdicts were not seen")
    with open_library(address) as library:
        written = [key for one in told.values() for key in one.get("sources", ())]
        there = library.totals().sources - chosen.n
        print(f"{len(written):,} sources written, {there:,} there, {len(set(written)):,} different")
        last = {(name, key): state for name, one in told.items() for key, state, _ in one.get("verdicts", ())}
        held = Counter(
            last.get((author, key)) == review.state
            for key in {key for _, key in last}
            for author, review in verdicts_of(library, key)
        )
        print(f"{held[True]:,} last verdicts stand under their authors of {len(last):,}; others: {held[False]}")
        print(f"problems: {list(problems(library)) or 'none'}")
    print(f"errors: {[one['error'] for one in told.values() if 'error' in one] or 'none'}")


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=2000, help="sources that are there before")
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--pause", type=float, default=1.0)
    for who, n in (("writers", 10), ("reviewers", 10), ("readers", 20)):
        options.add_argument(f"--{who}", type=int, default=n)
    options.add_argument("--as", dest="person", nargs=5, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.person is None:
        crowd(chosen)
        return
    kind, address, number, seconds, pause = chosen.person
    if kind == "watch":
        watch(address)
    else:
        Person(kind, address, int(number), float(seconds), float(pause)).run()


if __name__ == "__main__":
    main()
