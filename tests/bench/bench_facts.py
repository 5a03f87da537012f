"""Ask a large library for facts: ``python tests/bench/bench_facts.py FILE``, a library that ``bench_library`` filled.

Prints how long it takes until it is known in which sources to look, and until the first 20 of them were read and
filtered; and what the table of facts takes of the file.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from bench_library import World

from briefing.library import Library
from briefing.library.search.fact_filter import FactFilter


def median(call: Callable[[], object], times: int = 15) -> float:
    """Milliseconds of a call."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        call()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def first_twenty(library: Library, wanted: FactFilter) -> int:
    """Read the newest sources until 20 have such a fact; how many have."""
    kept = (wanted.kept(library.extraction(row.id)) for row in library.with_facts(wanted))
    return len(list(islice((one for one in kept if one.counts or one.participants or one.quotes), 20)))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    path = parser.parse_args().file
    world = World()
    asked = {
        "counts of 395 and more": FactFilter(item="aircraft", at_least=395),
        "a frequent participant": FactFilter(name=world.names["PERSON"][0]),
        "a rare participant": FactFilter(name=world.names["PERSON"][-1]),
        "a frequent speaker": FactFilter(speaker=world.names["PERSON"][0]),
        "no such item": FactFilter(item="zeppelin"),
    }
    with Library.open(path) as library:
        print(f"{library.totals().sources:,} sources\n{'milliseconds':28}  sources   places  first 20")
        for name, wanted in asked.items():
            n = sum(1 for _ in library.with_facts(wanted))
            places = median(lambda wanted=wanted: next(library.with_facts(wanted), None))
            print(f"{name:28}{n:9,}{places:9.1f}{median(lambda wanted=wanted: first_twenty(library, wanted)):10.1f}")
        with library.store.read() as db:
            size = "SELECT sum(pgsize) FROM dbstat WHERE name IN ('fact', 'fact_operator', 'term')"
            share = db.execute(size).fetchone()[0] / path.stat().st_size
            print(f"the table of facts is {100 * share:.0f} % of the file")


if __name__ == "__main__":
    main()
