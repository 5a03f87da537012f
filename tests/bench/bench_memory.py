"""What an ingest holds in memory: ``python tests/bench/bench_memory.py [-n 4000] [--jobs 2]``.

Texts of about 300 words, each with some words that no other has, go through the whole engine into a new library. At
every tenth of them the memory of the program and of its workers is printed: private (what is given back when it ends)
and resident, in MiB. ``--plain`` has the workers find nothing, so that tens of thousands of texts show what the program
itself keeps. Needs Linux (``/proc``).
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

from prose import Prose

from briefing.ingest import ExtractionCache, Ingest
from briefing.library import Library
from briefing.model.progress import Added, IngestEvent

_RARE = 10
_PLAIN = Path(__file__).parents[1] / "library" / "plain_worker.py"


def memory(pid: int) -> tuple[float, float]:
    """Private and resident MiB of a process."""
    private = resident = 0
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            name, _, value = line.partition(":")
            if name in {"Private_Clean", "Private_Dirty"}:
                private += int(value.split()[0])
            elif name == "Rss":
                resident = int(value.split()[0])
    return private / 1024, resident / 1024


def workers() -> list[int]:
    """The running children of this process."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(status.read_text("ascii", "replace").rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(status.parent.name))
    return sorted(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=4000, help="texts")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", action="store_true", help="keep extractions in a cache too, as the program does")
    parser.add_argument("--plain", action="store_true", help="without a language model")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-memory-") as place, contextlib.ExitStack() as stack:
        folder = Path(place, "in")
        folder.mkdir()
        prose = Prose()
        for number, text in enumerate(prose.texts(given.n)):
            rare = " ".join(f"{prose.random.getrandbits(40):x}a" for _ in range(_RARE))
            (folder / f"{number:06}.txt").write_text(f"{text}\n{rare}\n", "utf-8")
        library = stack.enter_context(Library.open(Path(place, "library.db")))
        cache = ExtractionCache(Path(place, "cache.db")) if given.cache else None
        done = 0
        steps = [given.n * tenth // 10 for tenth in range(1, 11)]
        begun = time.perf_counter()
        print(f"{'texts':>8}{'s':>8}{'program':>18}   workers (private/resident MiB)", flush=True)

        def on_event(event: IngestEvent) -> None:
            nonlocal done
            if isinstance(event, Added):
                done += 1
                if done == steps[0]:
                    steps.pop(0)
                    each = [memory(pid) for pid in (os.getpid(), *workers())]
                    own, *others = (f"{private:.0f}/{resident:.0f}" for private, resident in each)
                    spent = time.perf_counter() - begun
                    print(f"{done:8,}{spent:8.0f}{own:>18}   {'   '.join(others)}", flush=True)

        ingest = Ingest(library, [str(folder)], jobs=given.jobs, cache=cache)
        if given.plain:
            ingest.command = (sys.executable, str(_PLAIN), ingest.fingerprint)
        ingest.run(on_event)


if __name__ == "__main__":
    main()
