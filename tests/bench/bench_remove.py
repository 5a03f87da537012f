"""What taking sources out of a large library takes: `python tests/bench/bench_remove.py [-n 5000,20000]`.

Libraries of made-up sources; for each the seconds of the wall and of a processor for removing one source, ten at once,
and one again: all traces are overwritten, the full-text indexes merged, the log emptied.
"""

import argparse
import tempfile
import time
from pathlib import Path

from bench_library import fill

from briefing.library import Library


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", default="5000,20000", help="sources, of each library")
    for n in map(int, options.parse_args().n.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "library.db"
            fill(path, n)
            with Library.open(path) as library:
                for size in (1, 10, 1):
                    chosen = [row.id for row in library.sources(limit=size)]
                    wall, processor = time.perf_counter(), time.process_time()
                    library.remove(*chosen)
                    print(
                        f"{n:,} sources, {len(chosen)} removed: {time.perf_counter() - wall:.2f} s, "
                        f"{time.process_time() - processor:.2f} s of a processor",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
